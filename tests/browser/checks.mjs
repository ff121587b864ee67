// What must be true of any page of any theme. Each check gives the list of what is wrong.
import { createRequire } from "node:module";

const axe = createRequire(import.meta.url).resolve("axe-core");

/** Records what goes wrong while a page loads. Call before the page is opened. */
export async function watch(page, origin) {
  const faults = [];
  page.on("console", (message) => {
    // A browser asks the host for an icon of its own accord; that is above the site's folder and not the site's fault.
    const own = message.location().url.endsWith("/favicon.ico");
    if (message.type() === "error" && !own) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => faults.push(`request failed: ${request.url()}`));
  page.on("request", (request) => {
    const { protocol, origin: to } = new URL(request.url());
    if (protocol.startsWith("http") && to !== origin) faults.push(`asks another host: ${request.url()}`);
  });
  page.on("response", (response) => {
    const isPage = response.request().isNavigationRequest();
    if (!isPage && response.status() >= 400) faults.push(`${response.status()} for ${response.url()}`);
  });
  await page.addInitScript(() => {
    window.__shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.__shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  return faults;
}

/** One h1, the language, no sideways scrolling, no layout shift after scrolling to the end. */
export async function structure(page, lang) {
  const seen = await page.evaluate(async () => {
    const root = document.documentElement;
    for (let y = 0; y < root.scrollHeight; y += window.innerHeight) {
      window.scrollTo(0, y);
      await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
    }
    window.scrollTo(0, 0);
    const wide = root.scrollWidth - root.clientWidth;
    const past = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
    const name = (e) => `${e.tagName.toLowerCase()}${e.className ? `.${e.className}` : ""}`;
    return { h1: document.querySelectorAll("h1").length, lang: root.lang, wide, past: past.slice(0, 3).map(name), shift: window.__shift };
  });
  const faults = [];
  if (seen.h1 !== 1) faults.push(`${seen.h1} h1 elements`);
  if (seen.lang !== lang) faults.push(`html lang is "${seen.lang}", not "${lang}"`);
  if (seen.wide > 0) faults.push(`overflows by ${seen.wide} px: ${seen.past.join(", ")}`);
  if (seen.shift > 0) faults.push(`layout shift of ${seen.shift.toFixed(4)}`);
  return faults;
}

/** The first Tab lands on a link that skips to the content, and shows that it does (WCAG 2.4.1, 2.4.7). */
export async function skipLink(page) {
  await page.keyboard.press("Tab");
  const seen = await page.evaluate(() => {
    const link = document.activeElement;
    const href = link?.getAttribute?.("href") ?? "";
    const box = link?.getBoundingClientRect?.();
    const visible = box && box.width > 1 && box.height > 1 && box.top >= 0 && box.left >= 0;
    return { href, target: href.startsWith("#") && document.getElementById(href.slice(1)) !== null, visible };
  });
  await page.evaluate(() => document.activeElement?.blur());
  if (!seen.target) return [`the first Tab lands on "${seen.href}", which is no skip link`];
  return seen.visible ? [] : ["the skip link cannot be seen when it has the focus"];
}

/** No serious or critical finding of axe. */
export async function accessible(page) {
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({ id, impact, target: nodes[0].target.join(" "), count: nodes.length }));
  });
  const grave = found.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.map(({ id, target, count }) => `axe ${id} (${count}): ${target}`);
}

/** A line of Chinese is a whole number of characters, 17 to 40 of them (clreq, 3.2 and 3.1.3). */
export async function measure(page) {
  const lines = await page.evaluate(() => {
    const prose = [...document.querySelectorAll("article p")].filter((p) => p.textContent.length > 80 && p.closest("blockquote, li, aside, figure, header, footer") === null);
    return prose.slice(0, 3).map((p) => {
      const style = getComputedStyle(p);
      return (p.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)) / parseFloat(style.fontSize);
    });
  });
  if (lines.length === 0) return ["no paragraph of the essay was found"];
  // clientWidth is a whole number of pixels: half a pixel of a 17 px character is .03.
  const bad = lines.filter((line) => Math.abs(line - Math.round(line)) > 0.06 || line < 16.94 || line > 40.06);
  return bad.map((line) => `a line holds ${line.toFixed(2)} characters`);
}

/** Every link of the language switch leads to a page that is there and is in the language it names. */
export async function languages(page, request) {
  const links = await page.$$eval("header a[hreflang], nav a[hreflang]", (all) => all.map((a) => [a.href, a.hreflang]));
  const faults = links.length === 0 ? ["no language switch"] : [];
  for (const [href, lang] of links) {
    const response = await request.get(href, { maxRedirects: 0 });
    const found = (await response.text()).match(/<html[^>]*\blang="?([\w-]+)/)?.[1];
    if (response.status() !== 200) faults.push(`the switch to ${lang} leads to ${response.status()}: ${href}`);
    else if (found !== lang) faults.push(`the switch to ${lang} leads to a page in ${found}: ${href}`);
  }
  return faults;
}

/** The page's background, to compare the light and the dark scheme. */
export const background = (page) =>
  page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d");
    const color = (e) => getComputedStyle(e).backgroundColor;
    const [root, body] = [color(document.documentElement), color(document.body)];
    canvas.fillStyle = body === "rgba(0, 0, 0, 0)" ? root : body;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  });

/** How much text the content has. */
export const amount = (page) => page.evaluate(() => document.querySelector("main")?.textContent.replace(/\s+/g, "").length ?? 0);
