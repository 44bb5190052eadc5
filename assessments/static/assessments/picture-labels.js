/**
 * <picture-labels> around a drawing and a list of labels for each of its regions: a label is dragged to its region, or tapped
 * and then the region, which chooses it in the list; the lists are what is sent. Without script one chooses in the lists.
 */

const NEAR = 24; // px: how far beside a small region a finger may come down
const TAP = 8; // px: a finger never holds quite still

class PictureLabels extends HTMLElement {
  #held = null;
  #picked = "";

  connectedCallback() {
    this.lists = new Map([...this.querySelectorAll("select")].map((list) => [list.options[1].value.split(":")[0], list]));
    this.picture = this.querySelector(".picture > div");
    this.tray = document.createElement("div");
    this.tray.className = "tray";
    this.picture.after(this.tray);
    for (const hint of this.querySelectorAll("[data-scripted]")) hint.hidden = false;
    this.addEventListener("pointerdown", (event) => this.#take(event));
    this.addEventListener("pointermove", (event) => this.#drag(event));
    this.addEventListener("pointerup", (event) => this.#drop(event));
    this.addEventListener("pointercancel", () => this.#show());
    this.addEventListener("click", (event) => this.#tapped(event.target.dataset.region));
    for (const name of ["change", "filled"]) this.addEventListener(name, () => this.#show());
    this.#show();
  }

  /** Labels that are chosen stand on their regions, the others below the drawing. */
  #show() {
    this.#held = null;
    for (const chip of this.querySelectorAll(".chip")) chip.remove();
    const numbers = this.querySelectorAll(".regions text");
    const placed = new Set();
    [...this.lists].forEach(([region, list], n) => {
      const isChosen = list.selectedIndex > 0;
      this.querySelector(`[data-region="${region}"]`).classList.toggle("chosen", isChosen);
      if (!isChosen) return;
      const chip = this.#chip(list.selectedOptions[0]);
      chip.dataset.on = region;
      this.picture.append(chip);
      // A long label, or one beside the edge, stays within the drawing.
      const [across, down] = [`${chip.offsetWidth / 2}px`, `${chip.offsetHeight}px`];
      chip.style.left = `clamp(${across}, ${numbers[n].getAttribute("x")}, calc(100% - ${across}))`;
      chip.style.top = `min(${numbers[n].getAttribute("y")} + .75rem, calc(100% - ${down}))`;
      placed.add(chip.dataset.label);
    });
    const [list] = this.lists.values();
    const chips = [...list.options].slice(1).map((option) => this.#chip(option));
    this.tray.append(...chips.filter((chip) => !placed.has(chip.dataset.label)));
  }

  #chip({ value, textContent, lang }) {
    const chip = document.createElement("span");
    Object.assign(chip, { className: "chip", textContent, lang });
    chip.setAttribute("aria-hidden", "true");
    chip.dataset.label = value.split(":")[1];
    chip.classList.toggle("picked", chip.dataset.label === this.#picked);
    return chip;
  }

  #take(event) {
    const chip = event.target.closest(".chip");
    if (!chip || !event.isPrimary || event.button) return;
    chip.setPointerCapture(event.pointerId);
    this.#held = { chip, x: event.clientX, y: event.clientY, isDragged: false };
  }

  #drag({ clientX, clientY }) {
    const held = this.#held;
    if (!held) return;
    const [x, y] = [clientX - held.x, clientY - held.y];
    held.isDragged ||= Math.hypot(x, y) > TAP;
    if (!held.isDragged) return;
    held.chip.classList.add("dragged");
    held.chip.style.setProperty("--x", `${x}px`);
    held.chip.style.setProperty("--y", `${y}px`);
    const over = this.#regionAt(clientX, clientY);
    for (const one of this.querySelectorAll("[data-region]")) one.classList.toggle("over", one === over);
  }

  #drop({ clientX, clientY }) {
    const held = this.#held;
    if (!held) return;
    const { label, on } = held.chip.dataset;
    for (const one of this.querySelectorAll(".over")) one.classList.remove("over");
    if (held.isDragged) this.#place(label, this.#regionAt(clientX, clientY)?.dataset.region);
    else if (on && this.#picked && this.#picked !== label) this.#place(this.#picked, on);
    else this.#picked = this.#picked === label ? "" : label;
    this.#show();
  }

  #tapped(region) {
    if (region && this.#picked) this.#place(this.#picked, region);
  }

  /** Choose a label for a region, and for no other; without a region it is taken back. */
  #place(label, region) {
    this.#picked = "";
    let changed = null;
    for (const [one, list] of this.lists) {
      const value = one === region ? `${one}:${label}` : list.value === `${one}:${label}` ? "" : list.value;
      if (value !== list.value) changed = list;
      list.value = value;
    }
    changed?.dispatchEvent(new Event("change", { bubbles: true }));
    this.#show();
  }

  #regionAt(x, y) {
    const regions = [...this.querySelectorAll("[data-region]")];
    const under = document.elementsFromPoint(x, y).find((one) => regions.includes(one));
    if (under) return under;
    const away = (one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    };
    const nearest = regions.reduce((one, other) => (away(other) < away(one) ? other : one));
    return away(nearest) <= NEAR ? nearest : null;
  }
}

customElements.define("picture-labels", PictureLabels);
