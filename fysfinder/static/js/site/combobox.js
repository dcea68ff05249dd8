// Suggestions under the search field, by the ARIA combobox pattern. Without this file the form still works.
(() => {
  const DELAY_MS = 120;
  const MIN_CHARS = 2;

  const make = (name, properties) => Object.assign(document.createElement(name), properties);

  class Combobox {
    constructor(field, number) {
      this.field = field;
      this.input = field.querySelector("input[type=text]");
      this.list = make("ul", { id: `forslag-${number}`, className: "suggestions", role: "listbox", hidden: true });
      this.list.ariaLabel = this.input.labels[0].textContent;
      this.status = make("span", { className: "hidden-text", role: "status" });
      field.append(this.list, this.status);
      this.active = -1;
      this.rows = [];
      for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"],
        ["aria-controls", this.list.id]]) this.input.setAttribute(name, value);
      this.input.addEventListener("input", () => this.later());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => this.close());
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const row = event.target.closest("[role=option]");
        if (row) this.choose(this.rows[[...this.list.children].indexOf(row)]);
      });
    }

    later() {
      clearTimeout(this.timer);
      this.request?.abort();
      const text = this.input.value.trim();
      if (text.length < MIN_CHARS) return this.close();
      this.timer = setTimeout(() => this.ask(text), DELAY_MS);
    }

    async ask(text) {
      this.request = new AbortController();
      try {
        const address = `${this.field.dataset.combobox}?q=${encodeURIComponent(text)}`;
        const answer = await fetch(address, { signal: this.request.signal });
        if (answer.ok) this.show(await answer.json(), text);
      } catch { this.close(); /* Aborted or offline: the plain form remains. */ }
    }

    show(rows, text) {
      this.rows = rows;
      this.active = -1;
      this.list.replaceChildren(...rows.map((row, index) => this.draw(row, index, text)));
      this.list.hidden = rows.length === 0 || document.activeElement !== this.input;
      this.input.ariaExpanded = !this.list.hidden;
      this.input.removeAttribute("aria-activedescendant");
      this.status.textContent = this.list.hidden ? "" : `${rows.length} ${this.field.dataset.found || ""}`;
    }

    draw(row, index, text) {
      const item = make("li", { id: `${this.list.id}-${index}`, className: "suggestions__row", role: "option", ariaSelected: "false" });
      const name = make("span");
      const start = row.label.toLowerCase().indexOf(text.toLowerCase());
      if (start < 0) name.textContent = row.label;
      else {
        const match = make("b", { textContent: row.label.slice(start, start + text.length) });
        name.append(row.label.slice(0, start), match, row.label.slice(start + text.length));
      }
      item.append(name, " ", make("span", { className: "suggestions__kind", textContent: row.hint }));
      return item;
    }

    key(event) {
      const isOpen = !this.list.hidden;
      if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        this.close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!isOpen) return event.key === "ArrowDown" && this.rows.length ? this.reopen(event) : undefined;
        event.preventDefault();
        this.move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && isOpen && this.active >= 0) {
        event.preventDefault();
        this.choose(this.rows[this.active]);
      }
    }

    reopen(event) {
      event.preventDefault();
      this.show(this.rows, this.input.value.trim());
    }

    move(step) {
      const stops = this.rows.length + 1; // the rows and, before the first, the field itself: -1
      this.active = (this.active + 1 + step + stops) % stops - 1;
      [...this.list.children].forEach((item, index) => {
        item.ariaSelected = index === this.active;
      });
      const item = this.list.children[this.active];
      if (item) this.input.setAttribute("aria-activedescendant", item.id);
      else this.input.removeAttribute("aria-activedescendant");
      item?.scrollIntoView({ block: "nearest" });
    }

    choose(row) {
      this.input.value = row.label;
      this.close();
      window.location.assign(row.url);
    }

    close() {
      clearTimeout(this.timer);
      this.list.hidden = true;
      this.active = -1;
      this.input.ariaExpanded = false;
      this.input.removeAttribute("aria-activedescendant");
      this.status.textContent = "";
    }
  }

  document.querySelectorAll("[data-combobox]").forEach((field, number) => new Combobox(field, number));
})();
