// The worker (templates/web/worker.js) is asked for here; the offline page lists what it has kept; the privacy page deletes it.
(() => {
  const { serviceWorker } = navigator, manifest = document.querySelector("link[rel=manifest]"), REFUSED = "uden-net";
  if (!serviceWorker || !window.caches) return;
  const wish = (value) => { try { return value === undefined ? localStorage[REFUSED] : (localStorage[REFUSED] = value); } catch { return "nej"; } };
  if (manifest && wish() !== "nej") addEventListener("load", () => serviceWorker.register(manifest.dataset.worker).catch(() => {}));
  const list = document.querySelector("[data-kept]");
  if (list) caches.open("klinikker").then(async (cache) => {
    for (const request of (await cache.keys()).reverse()) {
      const answer = await cache.match(request), page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const link = Object.assign(document.createElement("a"), { href: request.url, textContent: page.querySelector("h1").textContent });
      const row = document.createElement("li"), day = new Date(answer.headers.get("date")).toLocaleDateString(document.documentElement.lang);
      row.append(link, ` · ${list.dataset.kept} ${day}`);
      list.querySelector("ul").append(row);
      list.hidden = false;
    }
  });
  const forget = document.querySelector("[data-forget]");
  if (forget) {
    forget.hidden = false;
    forget.onclick = async () => {
      wish("nej");
      for (const each of await serviceWorker.getRegistrations()) await each.unregister();
      for (const name of await caches.keys()) await caches.delete(name);
      forget.nextElementSibling.textContent = forget.dataset.forget;
    };
  }
})();
