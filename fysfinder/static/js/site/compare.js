// Clinics picked to compare: kept in this browser only, shown in the tray, sent as a link.
(() => {
  const KEY = "sammenlign";
  const tray = document.querySelector("[data-tray]");
  const toast = document.querySelector("[data-toast]");
  let picks = [];
  const read = () => {
    try { picks = JSON.parse(localStorage[KEY]); } catch { /* nothing kept, or keeping is refused */ }
  };
  const say = (text, undo) => {
    toast.replaceChildren(text);
    if (undo) {
      const button = document.createElement("button");
      button.textContent = tray.dataset.undo;
      button.onclick = () => { undo(); toast.replaceChildren(); };
      toast.append(button);
    }
    clearTimeout(say.timer);
    say.timer = setTimeout(() => toast.replaceChildren(), 8000);
  };
  const remove = (slug) => keep(picks.filter((pick) => pick[0] !== slug));
  // What was asked for goes with the link: the list's form holds it; elsewhere it stands in the address.
  const link = () => {
    const list = [...document.querySelectorAll("#liste > input[type=hidden]")].map((field) => [field.name, field.value]);
    const address = [...new URLSearchParams(location.search)].filter(([key]) => tray.dataset.carried.split(" ").includes(key));
    const asked = document.getElementById("liste") ? list : address;
    tray.querySelector("a").href = `${tray.dataset.tray}?${new URLSearchParams([...picks.map((pick) => ["k", pick[0]]), ...asked])}`;
  };
  const show = () => {
    for (const box of document.querySelectorAll("[data-pick]")) box.checked = picks.some((pick) => pick[0] === box.value);
    tray.hidden = !picks.length;
    const count = tray.querySelector("[data-tray-count]");
    count.textContent = count.dataset.trayCount.replace("#", picks.length);
    link();
    tray.querySelector("[data-tray-names]").replaceChildren(...picks.map(([slug, name]) => {
      const button = document.createElement("button");
      const label = document.createElement("span");
      label.textContent = name;
      button.append(label, "×");
      button.setAttribute("aria-label", `${tray.dataset.remove} ${name}`);
      button.onclick = () => remove(slug);
      return button;
    }));
  };
  const keep = (list) => {
    picks = list;
    try { localStorage[KEY] = JSON.stringify(picks); } catch { /* kept until the page is left */ }
    if (tray) show();
  };
  if (tray) {
    document.addEventListener("change", ({ target: box }) => {
      if (!box.dataset.pick) return;
      if (!box.checked) return remove(box.value);
      if (picks.length > 3) {
        box.checked = false;
        return say(tray.dataset.max);
      }
      keep([...picks, [box.value, box.dataset.pick]]);
      say(tray.dataset.added, () => remove(box.value));
    });
    tray.querySelector("a").addEventListener("click", link);
    document.addEventListener("htmx:after:swap", show);
    addEventListener("pageshow", () => { read(); show(); });
  }
  for (const away of document.querySelectorAll("[data-unpick]")) {
    away.addEventListener("click", () => { read(); remove(away.dataset.unpick); });
  }
  addEventListener("beforeprint", () => { for (const part of document.querySelectorAll("main details")) part.open = true; });
})();
