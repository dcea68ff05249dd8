// Suggestions under the search field, by the ARIA combobox pattern. Without this file the form still works.
(() => {
  const DELAY_MS = 120;
  const MIN_CHARS = 2;

  class Combobox {
    constructor(field, number) {
      this.field = field;
      this.input = field.querySelector("input[type=text]");
      this.list = document.createElement("ul");
      this.list.id = `forslag-${number}`;
      this.list.className = "suggestions";
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", field.dataset.label || this.input.labels[0]?.textContent || "");
      this.list.hidden = true;
      field.append(this.list);
      this.status = document.createElement("span");
      this.status.className = "hidden-text";
      this.status.setAttribute("role", "status");
      field.append(this.status);
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
      this.input.setAttribute("aria-expanded", String(!this.list.hidden));
      this.input.removeAttribute("aria-activedescendant");
      this.status.textContent = this.list.hidden ? "" : `${rows.length} ${this.field.dataset.found || ""}`;
    }

    draw(row, index, text) {
      const item = document.createElement("li");
      item.id = `${this.list.id}-${index}`;
      item.className = "suggestions__row";
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const name = document.createElement("span");
      const start = row.label.toLowerCase().indexOf(text.toLowerCase());
      if (start < 0) name.textContent = row.label;
      else {
        const match = document.createElement("b");
        match.textContent = row.label.slice(start, start + text.length);
        name.append(row.label.slice(0, start), match, row.label.slice(start + text.length));
      }
      const kind = document.createElement("span");
      kind.className = "suggestions__kind";
      kind.textContent = row.hint;
      item.append(name, " ", kind);
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
      const count = this.rows.length;
      const next = this.active < 0 && step < 0 ? count - 1 : this.active + step;
      this.active = next >= count || next < 0 ? -1 : next;
      [...this.list.children].forEach((item, index) => {
        item.setAttribute("aria-selected", String(index === this.active));
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
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
      this.status.textContent = "";
    }
  }

  document.querySelectorAll("[data-combobox]").forEach((field, number) => new Combobox(field, number));
})();
