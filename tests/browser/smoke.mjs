// node smoke.mjs SITE PREFIX SHOTS CONTENT: opens the pages of a built site, one of each kind in each language, narrow and wide, light and
// dark, in a real browser and checks them. SITE is the output folder, PREFIX the path it was built for, SHOTS a folder for pictures,
// CONTENT the folder of the essays that the site was built from.
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { chromium } from "playwright-core";
import * as checks from "./checks.mjs";
import { serve } from "./server.mjs";
import * as written from "./written.mjs";

const [site, prefix, shots, content] = process.argv.slice(2);
const WIDTHS = [390, 1440];
const SCHEMES = ["light", "dark"];

/** Every index.html of the site with its size and language, as paths from the site's root. */
async function pages() {
  const files = (await readdir(site, { recursive: true })).filter((file) => file.endsWith(".html"));
  const found = files.map(async (file) => {
    const [text, { size }] = await Promise.all([readFile(join(site, file), "utf8"), stat(join(site, file))]);
    const lang = text.match(/<html[^>]*\blang="?([\w-]+)/)?.[1];
    const path = relative(site, join(site, file)).split(sep).join("/").replace(/(^|\/)index\.html$/, "$1");
    const coloured = text.match(/class="hl-/g)?.length ?? 0;
    const spans = text.match(/<p>(?:(?!<\/p>)[^])*?<span (?:class="nb"|lang=)/g)?.length ?? 0;
    return { path, size, lang, coloured, spans, formulas: text.includes("<math"), redirects: /http-equiv="?refresh/i.test(text) };
  });
  return (await Promise.all(found)).filter(({ redirects }) => !redirects).sort((a, b) => a.path.localeCompare(b.path));
}

/** One page of each kind in a language: the largest essay, the largest tag, the page of the most code that has formulas too. */
function kinds(all, lang, root) {
  const own = all.filter((page) => page.lang === lang && page.path.startsWith(root));
  const largest = (pattern) => own.filter(({ path }) => pattern.test(path.slice(root.length))).sort((a, b) => b.size - a.size)[0];
  const found = {
    home: own.find(({ path }) => path === root),
    list: largest(/^essays\/$/),
    essay: largest(/^essays\/[^/]+\/$/),
    code: own.filter(({ path, formulas }) => formulas && !path.includes("/parallel/")).sort((a, b) => b.coloured - a.coloured)[0],
    tags: largest(/^tags\/$/),
    tag: largest(/^tags\/[^/]+\/$/),
    missing: own.find(({ path }) => path === `${root}404.html`),
  };
  return Object.entries(found).map(([kind, page]) => ({ kind, lang, path: page?.path }));
}

/** Opens one page at one width in one scheme. */
async function check(browser, origin, { kind, lang, path }, width, scheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, reducedMotion: "reduce", locale: lang });
  const page = await context.newPage();
  const faults = await checks.watch(page, origin);
  const response = await page.goto(origin + prefix + encodeURI(path), { waitUntil: "load" });
  if (response.status() !== 200) faults.push(`status ${response.status()}`);
  faults.push(...(await checks.structure(page, lang)), ...(await checks.skipLink(page)));
  if (kind === "essay" && lang.startsWith("zh")) faults.push(...(await checks.measure(page)));
  if (kind === "code") faults.push(...(await written.contrast(page)), ...(await written.formulas(page)));
  if (width === WIDTHS.at(-1) && scheme === "light") faults.push(...(await checks.languages(page, context.request)));
  await page.screenshot({ path: join(shots, `${kind}-${lang}-${width}-${scheme}.png`), fullPage: kind !== "essay" });
  const background = await checks.background(page);
  faults.push(...(await checks.accessible(page)));
  await context.close();
  return { faults, background };
}

/** Without JavaScript an essay has all of its text. */
async function withoutScripts(browser, origin, { path }) {
  const amounts = [];
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(origin + prefix + encodeURI(path));
    amounts.push((await page.locator("main article").first().textContent()).replace(/\s+/g, "").length);
    await context.close();
  }
  const [on, off] = amounts;
  return off >= on * 0.98 && off > 200 ? [] : [`${off} characters without JavaScript, ${on} with it`];
}

/** What a reader copies from a page is what its file says. Pages whose words are those of no file are left out. */
async function copies(browser, origin, { kind, lang, path }) {
  const markdown = await written.source(content, path, lang, home.lang);
  if (markdown === null) return null;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await page.goto(origin + prefix + encodeURI(path), { waitUntil: "load" });
  const faults = await written.prose(page, markdown, kind === "spans");
  if (kind === "code") faults.push(...(await written.code(page, markdown)));
  await context.close();
  return faults;
}

/** A page that is not there is answered by the site's own page and the status 404. */
async function notThere(browser, origin) {
  const page = await browser.newPage();
  const response = await page.goto(`${origin}${prefix}no/such/page/`);
  const faults = response.status() === 404 ? [] : [`status ${response.status()}`];
  if ((await page.locator("h1").count()) !== 1) faults.push("404.html has no h1");
  const styled = await page.evaluate(() => [...document.styleSheets].some((sheet) => sheet.cssRules.length > 5));
  if (!styled) faults.push("404.html has no style two folders down");
  await page.close();
  return faults;
}

let passed = 0;
let failed = 0;
function tell(name, faults) {
  if (faults.length === 0) return (passed += 1);
  failed += 1;
  console.log(`FAILED ${name}\n${faults.map((fault) => `       ${fault}`).join("\n")}`);
}

const all = await pages();
const home = all.find(({ path }) => path === "");
const roots = all.filter(({ path, lang }) => path === "" || (/^[\w-]+\/$/.test(path) && lang !== home.lang && path.startsWith(lang.split("-")[0].toLowerCase())));
await mkdir(shots, { recursive: true });
const { origin, close } = await serve(site, prefix);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  for (const { lang, path: root } of roots) {
    for (const view of kinds(all, lang, root)) {
      if (view.path === undefined) {
        tell(`${view.kind} ${lang}`, ["the site has no such page"]);
        continue;
      }
      for (const width of WIDTHS) {
        const shades = {};
        for (const scheme of SCHEMES) {
          const { faults, background } = await check(browser, origin, view, width, scheme);
          shades[scheme] = background;
          tell(`${view.kind} ${lang} ${width} ${scheme} /${view.path}`, faults);
        }
        tell(`${view.kind} ${lang} ${width} schemes`, shades.light > shades.dark + 100 ? [] : [`light ${shades.light}, dark ${shades.dark}`]);
      }
      const copied = ["essay", "code"].includes(view.kind) ? await copies(browser, origin, view) : null;
      if (copied !== null) tell(`${view.kind} ${lang} copied`, copied);
      if (view.kind === "essay") tell(`${view.kind} ${lang} without scripts`, await withoutScripts(browser, origin, view));
    }
  }
  const [spans] = all.filter(({ lang }) => lang === home.lang).sort((a, b) => b.spans - a.spans);
  tell(`spans ${spans.lang} copied /${spans.path}`, await copies(browser, origin, { ...spans, kind: "spans" }) ?? ["it has no file"]);
  tell("a missing page", await notThere(browser, origin));
  tell("two languages", roots.length >= 2 ? [] : [`only ${roots.map(({ lang }) => lang)}`]);
} finally {
  await browser.close();
  close();
}
console.log(`pictures of every page: ${shots}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
