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
