// The live map: fetched by js/site/find.js when somebody touches the drawing. The server's drawing is where it begins:
// same coast (static/map/coast.json), same view. Clinics come from /find/kort/… under the page's own filters.
(() => {
  const NS = "http://www.w3.org/2000/svg", STEP = 60, NEAR = 34, CLOSEST = 2 ** 26, FURTHEST = 2 ** 13.5;
  const make = (name, attributes, ...inside) => {
    const element = name.startsWith("!") ? document.createElement(name.slice(1)) : document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  const toWorld = (lat, lon) => [lon / 360 + .5, .5 - Math.asinh(Math.tan(lat * Math.PI / 180)) / (2 * Math.PI)];
  const toDegrees = (x, y) => [Math.atan(Math.sinh((.5 - y) * 2 * Math.PI)) * 180 / Math.PI, (x - .5) * 360];
  let coast;
  const land = (url) => coast ||= fetch(url).then((answer) => answer.json()).then(({ full, corner, tolerances, rings }) => ({
    coarse: tolerances.slice(0, -1).map((each) => each / full),
    rings: rings.map(([levels, ...steps]) => {
      let [x, y] = corner;
      return [...levels].map((level, at) => [(x += steps[2 * at]) / full, (y += steps[2 * at + 1]) / full, +level]);
    }),
  }));

  window.openMap = (figure, focus) => {
    const svg = figure.querySelector("svg"), { width: w, height: h } = svg.viewBox.baseVal, data = figure.dataset;
    let [x, y, scale] = data.view.split(" ").map(Number), shore = { coarse: [], rings: [] }, found = { cells: [], clinics: [], towns: [] }, asked, timer;
    const path = svg.querySelector(".area-map__land"), bar = svg.querySelector(".area-map__bar");
    const tiles = make("g", {}), names = make("g", {}), dots = make("g", {});
    found.towns = [...svg.querySelectorAll(".area-map__town")].map((town) =>
      [...toDegrees((town.getAttribute("x") - w / 2) / scale + x, (town.getAttribute("y") - h / 2) / scale + y), town.textContent]);
    svg.replaceChildren(tiles, path, bar, names, dots);
    svg.removeAttribute("aria-hidden");
    const name = { role: "group", "aria-label": data.label, tabindex: "0" };
    for (const [key, value] of Object.entries(name)) svg.setAttribute(key, value);
    const status = make("!p", { role: "status" }), search = make("!a", { class: "button button--small", href: "#" }, data.search);
    const button = (label, sign, act) => {
      const each = make("!button", { type: "button", class: "area-map__zoom", "aria-label": label }, sign);
      each.addEventListener("click", act);
      return each;
    };
    search.hidden = true;
    const zooms = make("!div", { class: "area-map__zooms" }, button(data.closer, "+", () => zoom(2)), button(data.further, "−", () => zoom(.5)));
    const tools = make("!div", { class: "area-map__tools" }, status, search);
    figure.querySelector("[data-open-map]")?.remove();
    tools.append(zooms);
    svg.after(tools);
    figure.classList.add("area-map--live");
    const pixels = ([px, py]) => [(px - x) * scale + w / 2, (py - y) * scale + h / 2];

    const drawLand = () => {
      const finest = shore.coarse.filter((each) => each * scale > .8).length;
      path.setAttribute("d", shore.rings.map((ring) => {
        let text = "", left = 1, right = 1, above = 1, below = 1;
        for (const point of ring) {
          if (point[2] > finest) continue;
          const [px, py] = pixels(point);
          left &= px < 0, right &= px > w, above &= py < 0, below &= py > h;
          text += `${text ? "L" : "M"}${px.toFixed(1)},${py.toFixed(1)}`;
        }
        return left || right || above || below ? "" : `${text}Z`;
      }).join(""));
      const km = 40075 * Math.cos(toDegrees(x, y)[0] * Math.PI / 180) / scale;
      const long = [200, 100, 50, 20, 10, 5, 2, 1, .5, .2, .1].find((each) => each / km < 90) || .05;
      bar.setAttribute("d", `M16 ${h - 20}v6h${(long / km).toFixed(1)}v-6`);
      figure.querySelector("figcaption .number").textContent = `${long.toLocaleString(document.documentElement.lang)}\u00a0km`;
    };
    // An operator's own tiles (MAP_TILES_URL), else nothing.
    const drawTiles = () => {
      if (!data.tiles) return;
      const level = Math.max(0, Math.round(Math.log2(scale / 256))), count = 2 ** level, size = scale / count, all = [];
      for (let column = Math.floor((x - w / 2 / scale) * count); column <= (x + w / 2 / scale) * count; column++) {
        for (let row = Math.floor((y - h / 2 / scale) * count); row <= (y + h / 2 / scale) * count; row++) {
          const [px, py] = pixels([column / count, row / count]);
          const href = data.tiles.replace("{z}", level).replace("{x}", column).replace("{y}", row);
          all.push(make("image", { href, x: px, y: py, width: size, height: size }));
        }
      }
      tiles.replaceChildren(...all);
      path.setAttribute("visibility", "hidden");
    };
    const drawNames = () => names.replaceChildren(...data.tiles ? [] : found.towns.map(([lat, lon, town]) => {
      const [px, py] = pixels(toWorld(lat, lon));
      return make("text", { class: "area-map__town", x: px.toFixed(1), y: py.toFixed(1) }, town);
    }));
    const card = (slug) => document.getElementById(`k-${slug}`);
    const drawDots = () => {
      const at = document.activeElement?.closest?.("[data-dot]")?.dataset.dot, groups = [];
      for (const [lat, lon, ...rest] of [...found.clinics, ...found.cells]) {
        const [px, py] = pixels(toWorld(lat, lon));
        if (px < 0 || py < 0 || px > w || py > h) continue;
        const near = groups.find((group) => Math.hypot(group.x - px, group.y - py) < NEAR);
        const many = typeof rest[0] === "number";
        if (near) near.count += many ? rest[0] : 1, near.clinic = null;
        else groups.push({ x: px, y: py, lat, lon, count: many ? rest[0] : 1, clinic: many ? null : rest });
      }
      dots.replaceChildren(...groups.map(({ x: px, y: py, lat, lon, count, clinic }) => {
        const rank = clinic && card(clinic[0])?.querySelector(".clinic-card__rank").textContent;
        const circle = make("circle", { cx: px.toFixed(1), cy: py.toFixed(1), r: clinic ? rank ? 15 : 9 : 18 });
        const text = make("text", { x: px.toFixed(1), y: py.toFixed(1) }, clinic ? rank || "" : count > 999 ? `${Math.round(count / 1000)}k` : `${count}`);
        const dot = make("a", {
          class: `area-map__dot${clinic ? "" : " area-map__dot--many"}`,
          href: clinic ? rank ? `#k-${clinic[0]}` : clinic[2] : "#kort",
          "aria-label": clinic ? clinic[1] : data.many.replace("#", count),
          "data-dot": clinic ? clinic[0] : `${lat} ${lon}`,
        }, circle, text);
        if (clinic) dot.prepend(make("title", {}, clinic[1]));
        else dot.addEventListener("click", (event) => {
          event.preventDefault();
          if (scale >= CLOSEST) location.assign(found.search);
          [x, y] = toWorld(lat, lon);
          zoom(3);
        });
        return dot;
      }));
      if (at) (dots.querySelector(`[data-dot="${CSS.escape(at)}"]`) || svg).focus({ preventScroll: true });
    };
    const ask = () => {
      const [north, west] = toDegrees(x - w / 2 / scale, y - h / 2 / scale);
      const [south, east] = toDegrees(x + w / 2 / scale, y + h / 2 / scale);
      const box = [south, west, north, east].map((each) => each.toFixed(3)).join("-");
      const pairs = new URLSearchParams(location.search);
      for (const key of ["udsnit", "side", "sorter", "radius", "naer"]) pairs.delete(key);
      pairs.append("udsnit", box);
      if (asked !== (asked = `${data.map}?${pairs}`)) fetch(asked).then((answer) => answer.ok ? answer.json() : Promise.reject()).then((answer) => {
        found = answer;
        status.textContent = answer.text;
        search.hidden = !answer.total;
        search.href = answer.search;
        drawNames();
        drawDots();
      }).catch(() => { asked = ""; status.textContent = data.failed; });
    };
    const draw = () => {
      scale = Math.min(Math.max(scale, FURTHEST), CLOSEST);
      [x, y] = [Math.min(Math.max(x, .52), .545), Math.min(Math.max(y, .303), .322)];
      drawLand();
      drawTiles();
      drawNames();
      drawDots();
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    };
    let isDue = false;
    const soon = () => { if (!isDue) requestAnimationFrame(() => { isDue = false; draw(); }); isDue = true; };
    // Around a point in pixels of the drawing, so that what lies under the finger stays there.
    const zoom = (by, px = w / 2, py = h / 2) => {
      const next = Math.min(Math.max(scale * by, FURTHEST), CLOSEST);
      x += (px - w / 2) * (1 / scale - 1 / next);
      y += (py - h / 2) * (1 / scale - 1 / next);
      scale = next;
      soon();
    };
    const pan = (dx, dy) => { x += dx / scale; y += dy / scale; soon(); };
    const where = (event) => {
      const frame = svg.getBoundingClientRect();
      return [(event.clientX - frame.left) * w / frame.width, (event.clientY - frame.top) * h / frame.height];
    };
    const held = new Map();
    let hasMoved = false;
    svg.addEventListener("pointerdown", (event) => { held.set(event.pointerId, where(event)); hasMoved = false; });
    addEventListener("pointermove", (event) => {
      const before = held.get(event.pointerId);
      if (!before) return;
      const now = where(event), [other] = [...held].filter(([id]) => id !== event.pointerId);
      if (!hasMoved && Math.hypot(now[0] - before[0], now[1] - before[1]) < 4) return;
      hasMoved = true;
      if (other) zoom(Math.hypot(now[0] - other[1][0], now[1] - other[1][1]) / Math.hypot(before[0] - other[1][0], before[1] - other[1][1]), ...other[1]);
      else pan(before[0] - now[0], before[1] - now[1]);
      held.set(event.pointerId, now);
    });
    for (const type of ["pointerup", "pointercancel"]) addEventListener(type, (event) => held.delete(event.pointerId));
    svg.addEventListener("click", (event) => { if (hasMoved) event.preventDefault(); }, true);
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      zoom(2 ** (-event.deltaY / 300), ...where(event));
    }, { passive: false });
    svg.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
      if (move) pan(...move);
      else if (event.key === "+") zoom(2);
      else if (event.key === "-") zoom(.5);
      else return;
      event.preventDefault();
    });
    // A card and its dot light up together.
    const light = (slug, is) => {
      dots.querySelector(`[data-dot="${CSS.escape(slug)}"]`)?.classList.toggle("area-map__dot--on", is);
      card(slug)?.classList.toggle("clinic-card--on", is);
    };
    const slugOf = (target) => target.closest?.("[data-dot]")?.dataset.dot || target.closest?.(".clinic-card")?.id.slice(2);
    for (const [type, is] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
      document.getElementById("resultater").addEventListener(type, ({ target }) => { const slug = slugOf(target); if (slug) light(slug, is); });
    }
    draw();
    land(data.coast).then((all) => { shore = all; drawLand(); }, () => {});
    if (focus) svg.focus({ preventScroll: true });
  };
})();
