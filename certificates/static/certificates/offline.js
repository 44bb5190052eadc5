/** <offline-check> verifies the square on a certificate with the keys in this page and asks nobody; it also keeps the page.
 *
 * The square's address ends in # and a number whose bytes are: the format (1), six bytes of the key's name, the signature
 * (64), and what it is over. See certificates/signing.py, which writes it.
 */
import { verifyAsync } from "../noble/ed25519.js";

const FORMAT = 1, KEY = 6, SIGNATURE = 64;
const PREFIX = new TextEncoder().encode("thindan certificate short 1\n");

const fromBase64 = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const startsWith = (bytes, start) => start.every((byte, at) => bytes[at] === byte);

/** The bytes of a number in decimal digits, most significant first. */
function bytesOf(digits) {
  const hex = BigInt(digits).toString(16);
  return Uint8Array.from((hex.length % 2 ? "0" + hex : hex).match(/../g), (pair) => parseInt(pair, 16));
}

/** What the digits say, if a published key signed it: the list of signing.py; "unknown" for another key, "forged", or "none". */
export async function read(digits, keys) {
  if (!/^[0-9]{150,2500}$/.test(digits)) return "none";
  const bytes = bytesOf(digits);
  if (bytes[0] !== FORMAT) return "none";
  const name = bytes.slice(1, 1 + KEY);
  const signature = bytes.slice(1 + KEY, 1 + KEY + SIGNATURE), payload = bytes.slice(1 + KEY + SIGNATURE);
  const known = Object.keys(keys).find((kid) => startsWith(fromBase64(kid), name));
  if (!known) return "unknown";
  const message = new Uint8Array(PREFIX.length + payload.length);
  message.set(PREFIX);
  message.set(payload, PREFIX.length);
  try {
    if (!(await verifyAsync(signature, message, fromBase64(keys[known])))) return "forged";
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch { return "forged"; }
}

class OfflineCheck extends HTMLElement {
  connectedCallback() {
    this.data = JSON.parse(document.getElementById("offline-data").textContent);
    this.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.look(this.querySelector("input").value);
    });
    window.addEventListener("hashchange", () => this.look(location.hash));
    if (location.hash) this.look(location.hash);
    this.keep();
  }

  async keep() {
    const told = this.querySelector("[data-kept]");
    if (!("serviceWorker" in navigator)) return;
    try {
      await navigator.serviceWorker.register(this.dataset.worker, { scope: this.dataset.scope });
      await navigator.serviceWorker.ready;
      told.hidden = false;
    } catch { /* not over HTTPS: the page works while it is open */ }
  }

  async look(text) {
    const digits = text.slice(text.lastIndexOf("#") + 1).replace(/[\s၀-၉]/g, (c) => c.trim() && String(c.charCodeAt(0) - 0x1040));
    const said = await read(digits, this.data.keys);
    this.querySelectorAll("[data-say], [data-how]").forEach((one) => { one.hidden = true; });
    const until = said[7], ended = Array.isArray(said) && until && until < new Date().toLocaleDateString("en-CA");
    const which = Array.isArray(said) ? (ended ? "ended" : "good") : said;
    this.querySelector(`[data-say="${which}"]`).hidden = false;
    const facts = this.querySelector("dl");
    facts.hidden = !Array.isArray(said);
    if (!Array.isArray(said)) return;
    const [serial, my, latin, code, version, , issued] = said;
    const [titleMy = "", titleEn = ""] = this.data.titles[code] ?? [];
    const values = { my, latin, titleMy, titleEn, version: `${code} · ${this.digits(version)}`, issued: this.day(issued), until: until ? this.day(until) : "–", serial };
    for (const [name, value] of Object.entries(values)) this.querySelector(`[data-fact="${name}"]`).textContent = value;
  }

  /** 2026-11-24 as the other pages write it. */
  day(iso) {
    const [year, month, day] = iso.split("-").map(Number), name = this.data.months[month - 1];
    return document.documentElement.lang === "my" ? this.digits(`${year} ခုနှစ်၊ ${name}လ ${day} ရက်`) : `${day} ${name} ${year}`;
  }

  digits(text) {
    return document.documentElement.lang === "my" ? text.replace(/[0-9]/g, (d) => String.fromCharCode(0x1040 + Number(d))) : text;
  }
}
customElements.define("offline-check", OfflineCheck);
