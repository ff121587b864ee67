// Live reload: keeps the scroll position, swaps stylesheets in place, shows errors over the page.
(() => {
  const generation = document.currentScript.src.split("?")[1];
  const key = "fika:" + location.pathname;
  const storage = (use) => { try { return use(sessionStorage); } catch { return null; } };

  const kept = storage((s) => s.getItem(key));
  if (kept) {
    storage((s) => s.removeItem(key));
    const [x, y] = kept.split(" ").map(Number);
    const restore = () => scrollTo({ left: x, top: y, behavior: "instant" });
    restore();
    addEventListener("load", restore, { once: true });
  }

  const reload = () => {
    storage((s) => s.setItem(key, scrollX + " " + scrollY));
    location.reload();
  };

  // Takes the sheets of the page as it is now. A new one stands beside the old one until it has been loaded, so the page
  // never stands there naked.
  const SHEETS = "link[rel~=stylesheet]:not([data-fika-old]), style";
  const restyle = async () => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const olds = [...document.querySelectorAll(SHEETS)];
    const news = [...page.querySelectorAll(SHEETS)];
    if (olds.length !== news.length) return reload();
    olds.forEach((old, n) => {
      const fresh = document.importNode(news[n], true);
      if (old.localName === "style" || fresh.localName === "style") return old.replaceWith(fresh);
      const url = new URL(fresh.href, location);
      if (url.origin === location.origin) url.searchParams.set("fika", Date.now());
      fresh.href = url;
      fresh.onload = fresh.onerror = () => old.remove();
      old.dataset.fikaOld = "";
      old.after(fresh);
    });
  };

  // Terminals give a Chinese character two columns; fonts need not. Each gets a box of two columns, so marks stay under their text.
  const WIDE = /([\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}])/u;
  const STYLE = `
    :host { all: initial; position: fixed; inset: 0; z-index: 2147483647; background: rgb(20 20 22 / .94); overflow: auto; }
    header { display: flex; justify-content: space-between; gap: 1em; font: 14px/1.5 system-ui, sans-serif; color: #bbb; padding: 1.5em 2em 0; }
    button { font: inherit; color: inherit; background: none; border: 1px solid #666; border-radius: 4px; padding: 0 .8em; cursor: pointer; }
    pre { font: 14px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", monospace; color: #f2f0ec; margin: 0; padding: 1em 2em 2em; tab-size: 4; }
    span { display: inline-block; width: 2ch; text-align: center; }`;
  let overlay = null;
  const show = (text) => {
    overlay?.remove();
    overlay = null;
    if (!text) return;
    overlay = document.createElement("fika-overlay");
    const root = overlay.attachShadow({ mode: "open" });
    const make = (name, parent, content = "") => {
      const element = parent.appendChild(document.createElement(name));
      element.textContent = content;
      return element;
    };
    make("style", root, STYLE);
    const header = make("header", root);
    make("b", header, "fika");
    const close = make("button", header, "Esc");
    const pre = make("pre", root);
    pre.setAttribute("role", "alert");
    text.split(WIDE).forEach((part, n) => (n % 2 ? make("span", pre, part) : pre.append(part)));
    close.onclick = () => show("");
    document.documentElement.append(overlay);
  };
  addEventListener("keydown", (event) => event.key === "Escape" && overlay && show(""));

  let lost = false;
  const connect = () => {
    const path = encodeURIComponent(location.pathname);
    const socket = new WebSocket(`ws://${location.host}/__fika/live?${generation}&${path}`);
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.kind === "reload") reload();
      else if (message.kind === "css") restyle();
      else if (message.kind === "error") show(message.text);
    };
    socket.onopen = () => { if (lost) reload(); };
    socket.onclose = () => { lost = true; setTimeout(connect, 500); };
  };
  addEventListener("pagehide", () => { lost = false; });
  connect();
})();
