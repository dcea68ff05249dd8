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
    const form = event.target.closest("#filtreform");
    if (form && !form._htmx) load().then(() => form.dispatchEvent(new Event("change")), () => form.requestSubmit());
  });
  results.addEventListener("submit", (event) => event.target.id === "filtreform" && sheet()?.hidePopover());
  // While the sheet is open, the page behind it is out of reach; closing it leads back to the button that opened it.
  const sheet = () => document.querySelector("#filtre:popover-open");
  const shut = (is) => {
    const filters = document.getElementById("filtre");
    filters.role = is ? "dialog" : null;
    filters.ariaModal = is || null;
    filters.ariaLabel = is ? filters.querySelector("h2").textContent : null;
    for (let part = filters; part !== document.body; part = part.parentElement) {
      for (const other of part.parentElement.children) if (other !== part) other.inert = is;
    }
  };
  results.addEventListener("beforetoggle", ({ target, newState }) => target.id === "filtre" && newState === "closed" && shut(false), true);
  results.addEventListener("toggle", ({ target, newState }) => {
    if (target.id !== "filtre") return;
    shut(newState === "open");
    if (newState === "open") target.contains(document.activeElement) || target.querySelector("button").focus();
    else if (document.activeElement === document.body) results.querySelector("[popovertarget]").focus();
  }, true);
  matchMedia("(min-width: 48rem)").addEventListener("change", () => sheet()?.hidePopover());
  // A chip that was followed is gone: the heading says what is shown now.
  let isLink = false;
  results.addEventListener("click", ({ target }) => { isLink = !!target.closest("a"); });
  const busy = (is) => results.setAttribute("aria-busy", is);
  document.addEventListener("htmx:before:request", () => busy(true));
  document.addEventListener("htmx:finally:request", () => busy(false));
  // The swap keeps the boxes themselves, so they must be told what the answer says of them.
  document.addEventListener("htmx:after:swap", () => {
    for (const box of document.querySelectorAll("#filtre input")) box.checked = box.defaultChecked;
    if (sheet()) shut(true);
    else if (isLink) results.querySelector("h1").focus();
    isLink = false;
  });
})();
