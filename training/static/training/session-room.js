/**
 * <session-room>: the code of the room, anew every half minute, and the list to tick; on a screen for all or on a telephone without a line.
 *
 * The code is computed here from the session's secret (training/sessions/codes.py), by the server's clock as this device last heard it.
 * Ticks are kept in the outbox and sent with how long ago they were made. Without script the page shows the code of its moment, and the
 * list posts.
 */

import { generate } from "../lean-qr/qr.js";
import { Outbox, keep } from "../core/outbox.js";
import { Sender, patience, post } from "../core/sender.js";

const ASK_MS = 10_000;
const SKEW = "thindan-clock"; // seconds by which the server's clock is ahead of this device's
const SVG = "http://www.w3.org/2000/svg";

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));

/** The code of a step: RFC 6238 with SHA-256, six digits. */
export async function codeOf(secret, step) {
  const key = await crypto.subtle.importKey("raw", bytesOf(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const digest = new DataView(await crypto.subtle.sign("HMAC", key, counter.buffer));
  const start = digest.getUint8(digest.byteLength - 1) & 15;
  return String((digest.getUint32(start) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A text as a square of small squares. */
function square(text) {
  const code = generate(text);
  let path = "";
  for (let y = 0; y < code.size; y++) for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `-4 -4 ${code.size + 8} ${code.size + 8}`);
  svg.setAttribute("aria-hidden", "true");
  const ground = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ x: -4, y: -4, width: code.size + 8, height: code.size + 8, fill: "#fff" })) ground.setAttribute(name, value);
  const drawn = document.createElementNS(SVG, "path");
  drawn.setAttribute("d", path);
  drawn.setAttribute("fill", "#000");
  svg.append(ground, drawn);
  return svg;
}

class SessionRoom extends HTMLElement {
  #skew = Number(localStorage.getItem(SKEW) ?? 0);
  #step = -1;

  async connectedCallback() {
    this.facts = JSON.parse(document.getElementById("session-room").textContent);
    this.form = this.querySelector("form");
    if (crypto.subtle) {
      this.ticking = setInterval(() => this.#tick(), 500);
      this.#tick();
      this.#askTime();
    }
    const outbox = await new Outbox().open();
    this.sender = new Sender(outbox, `session-${this.facts.session}`, {
      send: (ticks) => this.#send(ticks),
      show: (state) => (this.querySelector(".save-state").dataset.state = state),
    });
    for (const one of await this.sender.waiting()) this.#fill(one.person, one.status);
    this.#count();
    this.form.addEventListener("change", (event) => this.#changed(event.target));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter?.name === "rest") this.#restAbsent();
    });
    this.sender.flush();
    this.asking = setInterval(() => this.#askWho(), ASK_MS);
    this.#keep();
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
    clearInterval(this.asking);
  }

  // --- The code ---

  async #tick() {
    const now = Date.now() / 1000 + this.#skew;
    const step = Math.floor(now / this.facts.step);
    this.querySelector("[data-left]").value = this.facts.step - (now % this.facts.step);
    if (step === this.#step) return;
    this.#step = step;
    const code = await codeOf(this.facts.secret, step);
    this.querySelector("[data-code]").textContent = `${code.slice(0, 3)} ${code.slice(3)}`;
    this.querySelector("[data-square]").replaceChildren(square(`${this.facts.address}?c=${code}`));
  }

  /** How far this device's clock is from the server's; without a line what was heard last. */
  async #askTime() {
    try {
      const before = Date.now();
      const response = await fetch("/healthz", { cache: "no-store" });
      const told = Date.parse(response.headers.get("Date"));
      if (!told) return;
      const skew = (told + 500 - (before + Date.now()) / 2) / 1000;
      this.#skew = Math.abs(skew) < 2 ? 0 : skew; // a header has whole seconds
      localStorage.setItem(SKEW, String(this.#skew));
    } catch {
      // Without a line.
    }
  }

  // --- The list ---

  #row(person) {
    return this.form.elements[`status-${person}`];
  }

  #fill(person, status) {
    const field = this.#row(person);
    if (field) field.value = status;
  }

  #changed(field) {
    if (!field.name?.startsWith("status-") || !field.value) return;
    this.#count();
    return this.sender.put({ id: crypto.randomUUID(), person: field.name.slice("status-".length), status: field.value, at: Date.now() });
  }

  async #restAbsent() {
    for (const field of this.form.querySelectorAll("select[name^='status-']")) {
      if (field.value) continue;
      field.value = "absent";
      await this.#changed(field);
    }
  }

  #count() {
    const there = [...this.form.querySelectorAll("select[name^='status-']")].filter((one) => ["present", "late", "left_early"].includes(one.value)).length;
    const shown = document.documentElement.lang === "my" ? String(there).replace(/\d/g, (digit) => "၀၁၂၃၄၅၆၇၈၉"[digit]) : there;
    this.querySelector("[data-there]").textContent = shown;
  }

  async #send(ticks) {
    const now = Date.now();
    const sent = ticks.map(({ attempt, device, client_seq, at, ...tick }) => ({ ...tick, age: Math.max(0, Math.round((now - at) / 1000)) }));
    const said = await post(this.facts.ticks, this.form.elements.csrfmiddlewaretoken.value, { ticks: sent });
    if (!said) {
      this.querySelector(".said").replaceChildren(this.querySelector('template[data-message="login"]').content.cloneNode(true));
      return null;
    }
    if (said.ticks.some((one) => one.verdict !== "accepted"))
      this.querySelector(".said").replaceChildren(this.querySelector('template[data-message="refused"]').content.cloneNode(true));
    return said.ticks.map((one) => one.id);
  }

  /** Who signed in meanwhile. What was ticked here and not sent yet stays. */
  async #askWho() {
    if (document.hidden || !navigator.onLine) return;
    try {
      const response = await fetch(this.facts.who, { headers: { Accept: "application/json" }, redirect: "manual", signal: patience(8000) });
      if (!response.ok) return;
      const { statuses } = await response.json();
      const waiting = new Set((await this.sender.waiting()).map((one) => one.person));
      for (const [person, status] of Object.entries(statuses)) {
        const field = this.#row(person);
        if (field && !waiting.has(person) && document.activeElement !== field) field.value = status;
      }
      this.#count();
    } catch {
      // Without a line; asked again later.
    }
  }

  // --- Without a line ---

  #keep() {
    const { worker, scope } = this.dataset;
    const kept = (path) => {
      if (path === location.pathname) this.querySelector("[data-kept]").hidden = false;
    };
    return keep({ worker, scope, pages: [location.pathname, ...this.facts.kept], kept });
  }
}

customElements.define("session-room", SessionRoom);
