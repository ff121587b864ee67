// A static file server with the manners of GitHub Pages: a site under a folder, folders need their slash,
// `/about` finds `about.html`, and what is missing is answered with the site's own 404.html and the status 404.
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

const kind = async (path) => {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ? "folder" : found?.isFile() ? "file" : null;
};

/** What GitHub Pages answers to a path below the site: a status with a file, or a place to go. */
export async function answer(folder, path) {
  const file = join(folder, normalize(`/${path}`));
  if (path === "" || path.endsWith("/")) {
    const index = join(file, "index.html");
    if ((await kind(index)) === "file") return { status: 200, file: index };
  } else {
    const found = await kind(file);
    if (found === "file") return { status: 200, file };
    if (found === "folder") return { status: 301, to: `${path}/` };
    if ((await kind(`${file}.html`)) === "file") return { status: 200, file: `${file}.html` };
  }
  return { status: 404, file: join(folder, "404.html") };
}

/** Serves a folder under a prefix such as `/fika/` on a free port. */
export async function serve(folder, prefix) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    if (!path.startsWith(prefix)) return response.writeHead(404).end("outside of the site");
    const { status, file, to } = await answer(folder, path.slice(prefix.length));
    if (to) return response.writeHead(status, { location: encodeURI(prefix + to) }).end();
    const bytes = await readFile(file).catch(() => "404");
    response.writeHead(status, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(bytes);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
