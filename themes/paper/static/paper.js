// What needs a script: the choice of light or dark, copying code, notes that open in place. Reading needs none of it.
(() => {
  const root = document.documentElement, text = document.currentScript.dataset, all = q => document.querySelectorAll(q);
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  for (const button of all(".theme")) {
    button.hidden = false;
    button.onclick = () => {
      const next = dark() ? "light" : "dark";
      // Back to what the system says: forget the choice, so that the page follows the system again.
      const same = matchMedia(`(prefers-color-scheme: ${next})`).matches;
      if (same) { delete root.dataset.theme; localStorage.removeItem("theme"); }
      else localStorage.theme = root.dataset.theme = next;
    };
  }

  // The language switch keeps the #section. A translation has the original's ids inside its headings.
  for (const link of all(".langs :is([rel=alternate], [data-words])")) link.addEventListener("click", () => {
    const at = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("h1, h2, h3, h4, h5, h6");
    link.hash = at ? (at.querySelector(":scope > span[id]") ?? at).id : "";
  });

  // A task is called by its own text.
  for (const box of all(".prose li > input[type=checkbox]")) box.ariaLabel = box.parentNode.textContent.trim();

  // What scrolls sideways can be reached by the keyboard in browsers that do not see to it themselves.
  for (const box of all(".prose pre, .prose > table, .prose .math-display")) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;

  if (navigator.clipboard) for (const pre of all(".prose pre")) {
    const button = Object.assign(document.createElement("button"), { className: "copy", type: "button", textContent: text.copy });
    button.onclick = () => navigator.clipboard.writeText(pre.textContent).then(
      () => button.textContent = text.copied, () => button.textContent = text.failed);
    const box = document.createElement("div");
    box.className = "code";
    pre.replaceWith(box);
    box.append(pre, button);
  }

  // Where notes are not in the margin, a reference shows its note in place instead of jumping away.
  for (const mark of all("a[role=doc-noteref]")) mark.addEventListener("click", event => {
    const note = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
    if (!note || getComputedStyle(note).position === "absolute" || !("popover" in note)) return;
    event.preventDefault();
    const pop = document.createElement("div");
    pop.className = "pop";
    pop.popover = "auto";
    pop.append(...[...note.childNodes].map(node => node.cloneNode(true)));
    for (const back of pop.querySelectorAll("[role=doc-backlink]")) back.remove();
    pop.ontoggle = event => event.newState === "closed" && pop.remove();
    mark.after(pop);
    pop.showPopover();
  });
})();
