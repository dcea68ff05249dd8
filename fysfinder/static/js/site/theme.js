// The footer's choice of view. The choice stays in this browser (localStorage) and is sent nowhere.
(() => {
  const holder = document.querySelector("[data-view-choice]");
  if (!holder) return;
  const select = holder.querySelector("select");
  const root = document.documentElement;
  select.value = root.dataset.contrast || root.dataset.theme || "";
  select.addEventListener("change", () => {
    delete root.dataset.theme;
    delete root.dataset.contrast;
    if (select.value === "more") root.dataset.contrast = "more";
    else if (select.value) root.dataset.theme = select.value;
    try {
      if (select.value) localStorage.visning = select.value;
      else delete localStorage.visning;
    } catch { /* Storage is off: the choice lasts for this page. */ }
  });
  holder.hidden = false;
})();
