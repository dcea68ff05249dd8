// What the worker has kept: the offline page lists it, the privacy page deletes it.
(() => {
  if (!navigator.serviceWorker || !window.caches) return;
  const list = document.querySelector("[data-kept]"), forget = document.querySelector("[data-forget]");
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
  if (forget) {
    forget.hidden = false;
    forget.onclick = async () => {
      try { localStorage["uden-net"] = "nej"; } catch { /* then nothing is registered either */ }
      for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
      for (const name of await caches.keys()) await caches.delete(name);
      forget.nextElementSibling.textContent = forget.dataset.forget;
    };
  }
})();
