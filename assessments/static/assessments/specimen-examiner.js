/**
 * <specimen-examiner> around the sheets of a specimen and the form that judges it: lights and tilt, zoom by wheel and pinch, a
 * lens, places marked by a tap or with the keyboard, and which lights were used. Without script the lights are links and the
 * places are boxes of the list.
 */

const MOST = 12; // times that a sheet can be magnified
const LENS = 8;
const SLACK = 14; // pixels by which a finger may miss a mark to take it away
const MOST_MARKS = 4;
const TAP = /^[a-z]+:-?\d+,-?\d+$/;
const LIGHTS = ["visible", "oblique", "transmitted", "uv"];

class SpecimenExaminer extends HTMLElement {
  #used = [];

  connectedCallback() {
    if (this.sheets) return;
    this.sheets = [...this.querySelectorAll("[data-sheet]")].map((figure) => new Sheet(figure, this));
    this.form = this.closest("form");
    this.taps = this.querySelector(".taps");
    this.#read([...(this.taps?.children ?? [])].map((input) => input.value));
    this.closest("[data-place]")?.addEventListener("restored", ({ detail }) => {
      this.#read(detail.filter((one) => TAP.test(one)));
      this.#keep();
    });
    this.querySelectorAll(".script-only").forEach((one) => one.removeAttribute("hidden"));
    this.querySelectorAll(".no-script").forEach((one) => one.remove());
    this.querySelectorAll(".lights input").forEach((input) => {
      input.addEventListener("change", () => this.light(input.value));
      if (input.checked) this.light(input.value);
    });
    this.querySelector(".tilt")?.addEventListener("input", (event) => this.tilt(Number(event.target.value)));
    this.querySelector(".lens-switch")?.addEventListener("click", (event) => this.useLens(event.currentTarget));
    this.querySelector(".zoom-in")?.addEventListener("click", () => this.sheets[0].zoomBy(1.5));
    this.querySelector(".zoom-out")?.addEventListener("click", () => this.sheets[0].zoomBy(1 / 1.5));
    this.querySelector(".reference")?.addEventListener("toggle", (event) => this.compare(event.currentTarget));
  }

  /** Look under another light. */
  light(name) {
    if (this.#used.at(-1) !== name && this.#used.length < 60) this.#used.push(name);
    this.querySelectorAll("svg.specimen").forEach((svg) => { svg.dataset.light = name; });
    const tilt = this.querySelector(".tilt");
    if (tilt) tilt.closest("label").hidden = name !== "oblique";
    if (name !== "oblique") this.tilt(0);
    this.querySelectorAll("[data-under]").forEach((one) => { one.hidden = one.dataset.under !== name; });
    this.#tell();
  }

  /** Tilt the page. degrees: -30 to 30. */
  tilt(degrees) {
    // Set on what tilts, not as the property of the whole drawing: that would have every line of the background styled anew.
    const part = degrees / 30;
    const strengths = { "-1": Math.max(0, -part), 0: 1 - Math.abs(part), 1: Math.max(0, part) };
    this.querySelectorAll("svg.specimen [data-tilt]").forEach((group) => { group.style.opacity = strengths[group.dataset.tilt]; });
    this.querySelectorAll("svg.specimen [data-relief]").forEach((one) => { one.style.transform = `translate(${part * 3}px,1.5px)`; });
    const input = this.querySelector(".tilt");
    if (input) input.value = degrees;
  }

  /** Take up the lens, or put it away. */
  useLens(button) {
    const isOn = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(isOn));
    if (isOn && this.#used.length < 60) this.#used.push("lens");
    this.#tell();
    this.sheets.forEach((sheet) => (isOn ? sheet.showLens() : sheet.hideLens()));
  }

  /** Fetch the clean specimen to compare with, once. */
  async compare(details) {
    const place = details.querySelector("[data-from]");
    if (!details.open || !place) return;
    try {
      const response = await fetch(place.dataset.from, { headers: { "X-Part": "1" } });
      if (!response.ok) throw new Error();
      place.innerHTML = await response.text(); // of this server; drawings only
      place.removeAttribute("data-from");
      place.querySelectorAll("[data-sheet]").forEach((figure) => { figure.dataset.reference = ""; new Sheet(figure, this); });
      this.light(this.querySelector(".lights input:checked")?.value ?? "visible");
    } catch {
      place.textContent = place.dataset.failed;
    }
  }

  /** A place was marked or a mark was taken away: it is written where the form sends it from, and counted. */
  counted() {
    this.#keep();
    this.#count(this.taps.children.length);
    // Whoever saves answers as they are given is told by a field that it knows.
    this.querySelector(`select[name="${this.taps.dataset.name}"]`).dispatchEvent(new Event("change", { bubbles: true }));
  }

  get isFull() {
    return this.taps.children.length >= MOST_MARKS;
  }

  #count(count) {
    const note = this.querySelector(".marks-count");
    if (!note) return;
    note.hidden = !count;
    note.querySelector(".number").textContent = document.documentElement.lang === "my" ? "၀၁၂၃၄၅၆၇၈၉"[count] : count;
  }

  /** Write the marks as fields of the form. */
  #keep() {
    const marks = this.sheets.flatMap((sheet) => sheet.marks.map(([x, y]) => `${sheet.name}:${x},${y}`));
    this.taps.replaceChildren(...marks.map((value) =>
      Object.assign(document.createElement("input"), { type: "checkbox", name: this.taps.dataset.name, value, checked: true })));
  }

  /** Show marks. values: "sheet:x,y". */
  #read(values) {
    for (const sheet of this.sheets) sheet.marks = [];
    for (const value of values) {
      const [name, x, y] = value.split(/[:,]/);
      this.sheets.find((sheet) => sheet.name === name)?.marks.push([Number(x), Number(y)]);
    }
    this.sheets.forEach((sheet) => sheet.draw());
    this.#count(values.length);
  }

  /** Write down which lights were used, where that is asked. */
  #tell() {
    const input = this.form?.querySelector("input.lights-used");
    if (input) input.value = this.#used.join(" ");
  }
}

/** One sheet: how it is magnified and moved, its lens, its marks. Marks and cursor are in units of the drawing. */
class Sheet {
  marks = [];
  #scale = 1;
  #left = 0;
  #top = 0;
  #fingers = new Map();
  #moved = 0;
  #cursor = null;
  #frame = 0;

  constructor(figure, examiner) {
    this.figure = figure;
    this.examiner = examiner;
    this.name = figure.dataset.sheet;
    this.view = figure.querySelector(".view");
    this.svg = figure.querySelector("svg.specimen");
    const { width, height } = this.svg.viewBox.baseVal;
    this.width = width;
    this.height = height;
    this.view.tabIndex = 0;
    this.view.addEventListener("focus", () => { if (this.view.matches(":focus-visible")) this.view.scrollIntoView({ block: "center" }); });
    new ResizeObserver(() => this.#place()).observe(this.view);
    for (const [name, act] of Object.entries({
      pointerdown: this.#down, pointermove: this.#move, pointerup: this.#up, pointercancel: this.#up, wheel: this.#wheel, keydown: this.#key,
    })) this.view.addEventListener(name, act, { passive: false });
  }

  /** Magnify by a factor around a point of the view (pixels; its middle). */
  zoomBy(factor, x = this.view.clientWidth / 2, y = this.view.clientHeight / 2) {
    const scale = Math.min(MOST, Math.max(1, this.#scale * factor));
    this.#left = x - ((x - this.#left) * scale) / this.#scale;
    this.#top = y - ((y - this.#top) * scale) / this.#scale;
    this.#scale = scale;
    this.#place();
  }

  showLens() {
    if (this.lens || "reference" in this.figure.dataset) return;
    this.lens = document.createElement("div");
    this.lens.className = "lens";
    const copy = this.svg.cloneNode(true);
    copy.removeAttribute("id");
    copy.setAttribute("aria-hidden", "true");
    this.lens.append(copy);
    this.view.append(this.lens);
    this.#place();
    this.#lensAt(...(this.#cursor ?? [this.width / 3, this.height / 3]));
  }

  hideLens() {
    this.lens?.remove();
    this.lens = null;
    this.#place();
  }

  #place() {
    const { clientWidth: width, clientHeight: height } = this.view;
    this.#left = Math.min(0, Math.max(width * (1 - this.#scale), this.#left));
    this.#top = Math.min(0, Math.max(height * (1 - this.#scale), this.#top));
    this.view.style.touchAction = this.#scale > 1 || this.lens ? "none" : "pan-x pan-y"; // one finger moves the sheet, not the page
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      for (const svg of this.view.querySelectorAll(":scope > svg")) svg.style.transform = `translate(${this.#left}px,${this.#top}px) scale(${this.#scale})`;
      this.draw();
    });
  }

  /** Where a point of the screen lies on the sheet, in units. */
  #units(event) {
    const box = this.view.getBoundingClientRect();
    const unit = this.width / this.view.clientWidth / this.#scale;
    return [(event.clientX - box.left - this.#left) * unit, (event.clientY - box.top - this.#top) * unit];
  }

  #down = (event) => {
    if (event.target.closest("button")) return;
    this.view.setPointerCapture(event.pointerId);
    this.#fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (this.#fingers.size === 1) this.#moved = 0;
    if (this.lens) {
      event.preventDefault();
      this.#lensAt(...this.#units(event));
    }
  };

  #move = (event) => {
    const before = this.#fingers.get(event.pointerId);
    if (!before) {
      if (this.lens && event.pointerType === "mouse") this.#lensAt(...this.#units(event));
      return;
    }
    const box = this.view.getBoundingClientRect();
    const now = [event.clientX, event.clientY];
    this.#moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (this.#fingers.size === 2) {
      event.preventDefault();
      const [other] = [...this.#fingers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      const span = (point) => Math.max(1, Math.hypot(point[0] - other[0], point[1] - other[1]));
      this.zoomBy(span(now) / span(before), (now[0] + other[0]) / 2 - box.left, (now[1] + other[1]) / 2 - box.top);
    } else if (this.lens) this.#lensAt(...this.#units(event));
    else if (this.#scale > 1) {
      event.preventDefault();
      this.#left += now[0] - before[0];
      this.#top += now[1] - before[1];
      this.#place();
    }
    this.#fingers.set(event.pointerId, now);
  };

  #up = (event) => {
    const was = this.#fingers.delete(event.pointerId);
    if (was && event.type === "pointerup" && this.#moved < 8 && !this.#fingers.size) this.mark(...this.#units(event));
  };

  #wheel = (event) => {
    if (!event.ctrlKey && this.#scale === 1 && event.deltaY > 0) return; // the page scrolls on
    event.preventDefault();
    const box = this.view.getBoundingClientRect();
    this.zoomBy(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX - box.left, event.clientY - box.top);
  };

  #key = (event) => {
    const step = event.shiftKey ? 5 : 25;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const at = this.#cursor ?? [this.width / 2, this.height / 2];
    if (moves[event.key]) {
      const [dx, dy] = moves[event.key];
      this.#cursor = [Math.min(this.width, Math.max(0, at[0] + dx)), Math.min(this.height, Math.max(0, at[1] + dy))];
      if (this.lens) this.#lensAt(...this.#cursor);
      this.draw();
    } else if (event.key === "Enter" || event.key === " ") this.mark(...at);
    else if (event.key === "+" || event.key === "=") this.zoomBy(1.4);
    else if (event.key === "-") this.zoomBy(1 / 1.4);
    else if (event.key === "Escape") this.hideLens();
    else if (event.key.toLowerCase() === "l") this.examiner.querySelector(".lens-switch")?.click();
    else if (LIGHTS[Number(event.key) - 1]) this.examiner.querySelector(`.lights input[value=${LIGHTS[Number(event.key) - 1]}]`)?.click();
    else return;
    event.preventDefault();
  };

  /** Mark a place, or take the mark there away. x, y: in units. */
  mark(x, y) {
    if (!this.examiner.taps || "reference" in this.figure.dataset || "fixed" in this.figure.dataset) return;
    const slack = ((SLACK * this.width) / this.view.clientWidth) / this.#scale;
    const near = this.marks.findIndex(([mx, my]) => Math.hypot(mx - x, my - y) < slack * 1.5);
    if (near >= 0) this.marks.splice(near, 1);
    else if (!this.examiner.isFull) this.marks.push([Math.round(x), Math.round(y)]);
    this.draw();
    this.examiner.counted();
  }

  #lensAt(x, y) {
    const copy = this.lens.firstChild;
    const side = this.lens.clientWidth;
    const units = ((side * this.width) / this.view.clientWidth) / LENS;
    copy.setAttribute("viewBox", `${x - units / 2} ${y - units / 2} ${units} ${units}`);
    copy.dataset.light = this.svg.dataset.light;
    const pixels = (this.view.clientWidth * this.#scale) / this.width;
    const [px, py] = [x * pixels + this.#left, y * pixels + this.#top];
    const clamp = (value, most) => Math.max(-side / 4, Math.min(most - side * 0.75, value)); // above the finger, as far as there is room
    const [left, top] = [clamp(px - side / 2, this.view.clientWidth), clamp(py - side * 1.12, this.view.clientHeight)];
    this.lens.style.transform = `translate(${left}px,${top}px)`;
    this.#cursor = [x, y];
  }

  draw() {
    this.view.querySelectorAll(".tap-mark,.cursor").forEach((one) => one.remove());
    const pixels = (this.view.clientWidth * this.#scale) / this.width;
    const put = (className, [x, y], label = "") => {
      const one = document.createElement("span");
      one.className = className;
      one.textContent = label;
      one.style.transform = `translate(${x * pixels + this.#left}px,${y * pixels + this.#top}px)`;
      this.view.append(one);
    };
    this.marks.forEach((point) => put("tap-mark", point, "×"));
    if (this.#cursor && this.view.matches(":focus-visible")) put("cursor", this.#cursor);
  }
}

customElements.define("specimen-examiner", SpecimenExaminer);
