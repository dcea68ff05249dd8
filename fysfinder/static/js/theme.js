// Sets the chosen view before the first paint. Loaded in the head without defer, so it is kept tiny.
try {
  const view = localStorage.getItem("visning");
  if (view === "more") document.documentElement.dataset.contrast = "more";
  else if (view) document.documentElement.dataset.theme = view;
} catch { /* Storage is off: the system decides. */ }
