// Filters at once. htmx is fetched when a visitor first touches the results; until then the form is a plain form.
(() => {
  const results = document.getElementById("resultater");
  if (!results) return;
  let loading;
  const load = () => loading ||= new Promise((done, fail) => {
    const script = Object.assign(document.createElement("script"), { src: results.dataset.find, onerror: fail });
    script.onload = () => setTimeout(done); // after htmx has looked at the page
    document.head.append(script);
  });
  for (const type of ["pointerover", "focusin", "touchstart"]) {
    results.addEventListener(type, load, { once: true, passive: true });
  }
  if (history.state?.htmx) load();
  results.addEventListener("change", (event) => {
    const form = event.target.closest("#filtre");
    if (form && !form._htmx) load().then(() => form.dispatchEvent(new Event("change")), () => form.requestSubmit());
  });
  results.addEventListener("submit", (event) => event.target.id === "filtre" && event.target.hidePopover?.());
  const busy = (is) => results.setAttribute("aria-busy", is);
  document.addEventListener("htmx:before:request", () => busy(true));
  document.addEventListener("htmx:finally:request", () => busy(false));
  // The swap keeps the boxes themselves, so they must be told what the answer says of them.
  document.addEventListener("htmx:after:swap", () => {
    for (const box of document.querySelectorAll("#filtre input")) box.checked = box.defaultChecked;
  });
})();
