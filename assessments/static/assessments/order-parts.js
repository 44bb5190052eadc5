/**
 * <order-parts> around parts with a select of places adds buttons that move a part up and down, and one that leaves the
 * parts as they stand: chance may have put them right. The selects stay what is sent; each button sets them all. Without
 * script one chooses the places.
 */

class OrderParts extends HTMLElement {
  connectedCallback() {
    this.status = this.querySelector("[role=status]");
    for (const actions of this.querySelectorAll(".actions")) actions.hidden = false;
    this.addEventListener("click", (event) => this.#move(event.target.closest("[data-move]")));
    for (const name of ["change", "filled"]) this.addEventListener(name, () => this.#arrange());
    this.#arrange();
  }

  get #parts() {
    return [...this.querySelectorAll("[data-part]")];
  }

  /** Show the parts by their places, once every part has its own. */
  #arrange() {
    const places = new Map(this.#parts.map((part) => [part, part.querySelector("select").selectedIndex]));
    const isWhole = new Set(places.values()).size === places.size && ![...places.values()].includes(0);
    const sorted = this.#parts.sort((one, other) => places.get(one) - places.get(other));
    if (!isWhole || sorted.every((part, n) => part === this.#parts[n])) return;
    const focused = document.activeElement;
    for (const part of sorted) this.status.before(part);
    if (this.contains(focused)) focused.focus();
  }

  #move(button) {
    if (!button) return;
    const parts = this.#parts;
    const part = button.closest("[data-part]");
    if (part) {
      const from = parts.indexOf(part);
      const to = Math.min(parts.length - 1, Math.max(0, from + Number(button.dataset.move)));
      parts.splice(to, 0, ...parts.splice(from, 1));
    }
    parts.forEach((one, n) => (one.querySelector("select").selectedIndex = n + 1));
    const select = (part ?? parts[0]).querySelector("select");
    select.dispatchEvent(new Event("change", { bubbles: true }));
    this.status.textContent = part ? select.selectedOptions[0].textContent : button.textContent;
  }
}

customElements.define("order-parts", OrderParts);
