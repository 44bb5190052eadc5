/**
 * <case-links> around the papers of a case: two lines that are tapped one after the other become the next pair. Without script, and
 * with the keyboard, pairs are chosen from lists.
 */

class CaseLinks extends HTMLElement {
  #first = null;

  connectedCallback() {
    this.rows = [...this.querySelectorAll(".pair-row")].map((row) => [...row.querySelectorAll("select")]);
    this.addEventListener("click", (event) => {
      const line = event.target.closest("[data-statement]");
      if (line) this.#tap(line.dataset.statement);
    });
    this.addEventListener("change", () => this.#show());
    this.#show();
  }

  #tap(name) {
    const paired = this.rows.find((row) => row.some((select) => select.value === name));
    if (paired) paired.forEach((select) => { select.value = ""; });
    else if (this.#first === name) this.#first = null;
    else if (this.#first === null) this.#first = name;
    else {
      const row = this.rows.find((selects) => selects.every((select) => !select.value));
      if (row) [row[0].value, row[1].value] = [this.#first, name];
      this.#first = null;
    }
    this.#show();
  }

  #show() {
    const places = new Map();
    this.rows.forEach((row, index) => row.forEach((select) => { if (select.value) places.set(select.value, index); }));
    for (const line of this.querySelectorAll("[data-statement]")) {
      const place = places.get(line.dataset.statement);
      line.dataset.pair = place === undefined ? (line.dataset.statement === this.#first ? "first" : "") : String(place + 1);
    }
  }
}

customElements.define("case-links", CaseLinks);
