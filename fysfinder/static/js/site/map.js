// The map comes to life when somebody touches it or asks for it; until then it is the server's drawing.
(() => {
  const results = document.getElementById("resultater");
  if (!results) return;
  let loading, isLive = false;
  const open = (focus) => {
    const figure = document.getElementById("kort");
    if (!figure || figure.classList.contains("area-map--live") || (loading && !window.openMap)) return;
    isLive = true;
    if (window.openMap) return window.openMap(figure, focus);
    loading = document.createElement("script");
    loading.src = figure.dataset.script;
    loading.onload = () => window.openMap(document.getElementById("kort"), focus);
    document.head.append(loading);
  };
  const ready = () => { for (const button of results.querySelectorAll("[data-open-map]")) button.hidden = false; };
  results.addEventListener("click", ({ target }) => {
    if (target.closest("[data-open-map]")) open(true);
    else if (target.closest("a[href='#kort']") || (target.closest("#kort svg") && !target.closest("a"))) open(false);
  });
  document.addEventListener("htmx:after:swap", () => { ready(); if (isLive) open(false); });
  ready();
})();
