// The service worker of the tablet: the shell starts without network. It keeps what is the same for everybody, asked
// for without cookies; of pages and data of a person it keeps nothing.
const SHELL = {{ shell|safe }};
const CACHE = `veld-${SHELL.version}`;
const FILES = new Set([...SHELL.files, SHELL.map]);
const HAND_KEPT = 20_000;

addEventListener("install", (event) => event.waitUntil(Promise.all([fill(), route(event)])));

// Where the browser can (Chromium), it answers from what is kept without waking this worker, and asks the city for the
// rest past it. Quicker; and nothing wakes the worker in the moment that a newer one takes its place: a request that
// does can wait there for ever, and the newer worker with it.
function route(event) {
  const kept = [SHELL.page, ...SHELL.files].map((pathname) => ({
    condition: { urlPattern: { pathname, search: "" }, requestMethod: "GET" }, source: { cacheName: CACHE },
  }));
  const woken = [SHELL.page, SHELL.map].map((pathname) => ({ condition: { urlPattern: { pathname } }, source: "fetch-event" }));
  return event.addRoutes?.([...kept, ...woken, { condition: { urlPattern: { pathname: "/*" } }, source: "network" }]);
}

async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all([SHELL.page, ...FILES].map((path) => keep(cache, path)));
}

async function keep(cache, path) {
  const response = await fetch(new Request(path, { credentials: "omit", cache: "no-cache" }));
  // One file missing and the whole shell stays yesterday's: half a shell is worse.
  if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`);
  const headers = new Headers(response.headers);
  headers.delete("vary"); // the same for everybody: a request that differs in its language must find it too
  await cache.put(path, new Response(await response.blob(), { headers }));
}

addEventListener("activate", (event) => event.waitUntil(takePlace()));

async function takePlace() {
  for (const name of await caches.keys()) if (name.startsWith("veld-") && name !== CACHE) await caches.delete(name);
  await clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname === SHELL.page) event.respondWith(kept(SHELL.page));
  else if (FILES.has(pathname)) event.respondWith(kept(pathname, event));
});

async function kept(path, event) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(path);
  // The map changes when borders do, and not with the shell: shown as it was kept, and asked for anew.
  if (found && path === SHELL.map) event.waitUntil(keep(cache, path).catch(() => {}));
  return found ?? fetch(new Request(path, { credentials: "omit" }));
}

// A page that loads anew gives what it has in memory (the key of the shift, the lock) to itself. Nothing is written;
// what nobody comes for is dropped.
let hand = null;
let drop = 0;

addEventListener("message", ({ data, ports }) => {
  if (data === "take over") skipWaiting();
  if (data?.hand) {
    hand = data.hand;
    clearTimeout(drop);
    drop = setTimeout(() => { hand = null; }, HAND_KEPT);
  }
  if (data === "give back") {
    ports[0].postMessage({ hand, version: SHELL.version });
    hand = null;
  }
});
