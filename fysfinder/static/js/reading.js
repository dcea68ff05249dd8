// Where one reads and compares: the section one is in, passing the page on, printing it.
// Marks the section being read in "På denne side". Without script the list is a plain list of links.
(() => {
  const links = new Map();
  for (const link of document.querySelectorAll("[data-toc] a")) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  }
  if (!links.size) return;
  const mark = () => {
    let current = null;
    for (const target of links.keys()) if (!current || target.getBoundingClientRect().top < 160) current = target;
    for (const [target, link] of links) {
      if (target === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
  mark();
})();
// Passing a page on: the device's own sheet where there is one, else the link. Without script there is a letter.
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {}));
}
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.copy || location.href).then(() => {
    button.lastChild.textContent = button.dataset.copied;
    button.setAttribute("aria-live", "polite");
  }));
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
