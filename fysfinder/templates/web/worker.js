{% if is_on %}
// Keeps the page for when there is no connection and the last clinics one has seen, in this browser alone.
const { version, pages, parts } = {{ kept | safe }};
const PAGES = "uden-net " + version, CLINICS = "klinikker", MOST = 10;
const plain = (path) => path.replace(/\.[0-9a-f]{12}\./, ".");
addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(PAGES).then((cache) => cache.addAll([...pages, ...parts])));
});
addEventListener("activate", (event) => event.waitUntil((async () => {
  await registration.navigationPreload?.enable();
  for (const name of await caches.keys()) if (name !== PAGES && name !== CLINICS) await caches.delete(name);
})()));
const keep = async (request, response) => {
  const cache = await caches.open(CLINICS);
  await cache.delete(request);
  await cache.put(request, response);
  for (const old of (await cache.keys()).slice(0, -MOST)) await cache.delete(old);
};
const visit = async (event, { pathname, search }) => {
  try {
    const response = await event.preloadResponse || await fetch(event.request);
    if (response.ok && !search && /^(\/en)?\/klinik\/[^/]+\/$/.test(pathname)) event.waitUntil(keep(event.request, response.clone()));
    return response;
  } catch {
    return await caches.match(event.request, { cacheName: CLINICS, ignoreVary: true }) || caches.match(pages[+pathname.startsWith("/en/")]);
  }
};
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/admin/")) return;
  const part = parts.find((each) => plain(each) === plain(url.pathname));
  if (event.request.mode === "navigate") event.respondWith(visit(event, url));
  else if (part) event.respondWith(fetch(event.request).catch(() => caches.match(part)));
});
{% else %}
// Switched off: what was kept is deleted, and the worker leaves.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
})()));
{% endif %}
