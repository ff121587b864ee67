// What was written is what a reader sees and takes along: words of code that can be told from their ground, copied text that is the
// text of the source, formulas that are set. Each check gives the list of what is wrong.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The lowest contrast that text may have (WCAG 2.2, 1.4.3). */
const CONTRAST = 4.5;

/** The Markdown of a page without its front matter, or null where its words are not those of a file. */
export async function source(content, path, lang, first) {
  const suffix = lang === first ? "" : `.${lang}`;
  const below = lang === first ? path : path.replace(/^[^/]+\//, "");
  for (const name of [`${below.replace(/\/$/, "")}${suffix}.md`, `${below}index${suffix}.md`]) {
    const text = await readFile(join(content, name), "utf8").catch(() => null);
    if (text !== null) return text.replace(/^---\n[^]*?\n---\n/, "");
  }
  return null;
}

/** Every word of highlighted code stands out from what is behind it. */
export async function contrast(page) {
  const words = await page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const paint = (colours) => {
      canvas.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    // WCAG 2.2, relative luminance.
    const light = (colour) => {
      const [r, g, b] = colour.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const grounds = (element) => {
      const found = [];
      for (let e = element; e; e = e.parentElement) found.unshift(getComputedStyle(e).backgroundColor);
      return found;
    };
    return [...document.querySelectorAll('pre [class^="hl-"]')].map((word) => {
      const behind = grounds(word);
      const [a, b] = [light(paint(behind)), light(paint([...behind, getComputedStyle(word).color]))];
      return { word: word.textContent, kind: word.className, ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
    });
  });
  if (words.length === 0) return ["no highlighted code was found"];
  const faint = words.filter(({ ratio }) => ratio < CONTRAST);
  return faint.slice(0, 5).map(({ word, kind, ratio }) => `"${word}" (${kind}) has a contrast of ${ratio.toFixed(2)}`);
}

/** What the clipboard holds after an element was selected and copied by the keyboard. */
async function copied(page, element) {
  await element.evaluate((e) => getSelection().selectAllChildren(e));
  await page.keyboard.press("ControlOrMeta+c");
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Blocks of code in Markdown, in order, formulas left out. */
function fences(markdown) {
  const found = [...markdown.matchAll(/^(`{3,}|~{3,})[ ]*([^\n]*)\n([^]*?)^\1[ ]*$/gm)];
  return found.filter(([, , info]) => !/^(math|katex)\b/.test(info)).map(([, , , code]) => code);
}

/** Copied code is the code of the source, numbers of lines left out, be it selected or taken by the button. */
export async function code(page, markdown) {
  const wanted = fences(markdown);
  const blocks = await page.locator(".prose pre").all();
  if (wanted.length === 0 || blocks.length !== wanted.length) return [`${blocks.length} blocks of code, ${wanted.length} in the source`];
  const faults = [];
  for (const [at, block] of blocks.entries()) {
    const text = await copied(page, block.locator("code"));
    if (text.trimEnd() !== wanted[at].trimEnd()) faults.push(`selected code is not what was written: ${JSON.stringify(text)}`);
    await block.locator("xpath=..").locator("button").focus();
    await page.keyboard.press("Enter");
    const taken = await page.evaluate(() => navigator.clipboard.readText());
    if (taken !== wanted[at]) faults.push(`the button copies what was not written: ${JSON.stringify(taken)}`);
  }
  return faults;
}

/** Paragraphs of the source as a reader sees them, lines joined as Chinese text is; those with more than simple markup are left out. */
function paragraphs(markdown) {
  const wide = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
  const joined = (text) => text.replace(/(.)\n(.)/gu, (_, a, b) => (wide.test(a) && wide.test(b) ? a + b : `${a} ${b}`));
  const bare = (text) => text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/\*\*?/g, "");
  const isText = (text) => /^[\p{L}\p{N}“‘「（《*[]/u.test(text) && !/^(\d+[.)]|[*:]) /m.test(text);
  const all = markdown.replace(/^(`{3,}|~{3,})[^]*?^\1[ ]*$/gm, "").split(/\n{2,}/).map((text) => text.trim());
  return all.filter(isText).map((text) => joined(bare(text))).filter((text) => !/[[\]*_`<>{}|\\$&~#\t]/.test(text));
}

/** Copied prose is the prose of the source: what typography puts around its words adds no character and takes none. With `spans` there must
 * be a paragraph with such elements in it. */
export async function prose(page, markdown, spans) {
  const found = new Map();
  for (const paragraph of await page.locator(".prose p").all()) {
    const elements = await paragraph.locator("span.nb, span[lang]").count();
    found.set((await copied(page, paragraph)).trim(), elements > 0);
  }
  const wanted = paragraphs(markdown);
  const lost = wanted.filter((text) => !found.has(text));
  const faults = lost.slice(0, 3).map((text) => `copied prose is not what was written: ${text}`);
  if (spans && !wanted.some((text) => found.get(text))) faults.push("no paragraph with anything around its words was compared");
  return faults;
}

/** Formulas are set as MathML: they have the height of a line or of several, and those apart stand in the middle. */
export async function formulas(page) {
  const found = await page.evaluate(() =>
    [...document.querySelectorAll(".prose math")].map((math) => {
      const { width, height, left, right } = math.getBoundingClientRect();
      const style = getComputedStyle(math);
      const box = math.closest(".prose").getBoundingClientRect();
      const middle = Math.abs(left + right - box.left - box.right) / 2;
      return { text: math.textContent.trim(), display: style.display, block: math.getAttribute("display") === "block", width, lines: height / parseFloat(style.fontSize), middle };
    }),
  );
  const faults = found.length === 0 ? ["no formula was found"] : [];
  for (const { text, display, block, width, lines, middle } of found) {
    const name = `the formula "${text.slice(0, 30)}"`;
    if (!/math/.test(display)) faults.push(`${name} is shown as ${display}`);
    if (width < 5 || lines < 0.4 || lines > (block ? 40 : 4)) faults.push(`${name} is ${width.toFixed(0)} px wide and ${lines.toFixed(2)} em high`);
    if (block && middle > 2) faults.push(`${name} stands ${middle.toFixed(0)} px from the middle`);
  }
  if (!found.some(({ block, lines }) => block && lines > 1.5)) faults.push("no formula set apart is higher than a line");
  return faults;
}
