// The worker (templates/web/worker.js) is asked for here, unless it was sent away on the privacy page (js/kept.js).
addEventListener("load", () => {
  const link = document.querySelector("[data-worker]");
  try { if (link && !localStorage["uden-net"]) navigator.serviceWorker.register(link.dataset.worker).catch(() => {}); }
  catch { /* Nothing may be kept here. */ }
});
