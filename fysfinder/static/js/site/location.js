// "Brug min placering": asks the browser on click, rounds to about 100 m, and lets the server find the place.
(() => {
  for (const button of document.querySelectorAll("[data-location]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const status = document.getElementById(button.getAttribute("aria-describedby"));
      const say = (text) => { if (status) status.textContent = text; };
      if (!navigator.geolocation) return say(button.dataset.refused);
      button.setAttribute("aria-disabled", "true");
      say(button.dataset.asking);
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const target = new URL(button.dataset.location, window.location.href);
          const query = button.form?.elements.q?.value.trim();
          if (query) target.searchParams.set("q", query);
          const point = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
          window.location.assign(`${target}${target.search ? "&" : "?"}naer=${point}`);
        },
        () => {
          button.removeAttribute("aria-disabled");
          say(button.dataset.refused);
        },
        { maximumAge: 60000, timeout: 10000 },
      );
    });
  }
})();
