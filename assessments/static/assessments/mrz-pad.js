/**
 * <mrz-pad>: arithmetic of the machine readable zone, done by the officer. They type the characters as they read them; the pad lays
 * them out with the weights 7, 3, 1 and says which of their own products, sum and remainder are right. It knows nothing of the document.
 */

const WEIGHTS = [7, 3, 1];
const value = (sign) => (sign === "<" ? 0 : /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 55);
const latin = (text) => text.replace(/[၀-၉]/g, (digit) => String(digit.charCodeAt(0) - 0x1040)).trim();

class MrzPad extends HTMLElement {
  connectedCallback() {
    this.removeAttribute("hidden");
    this.typed = this.querySelector(".typed");
    this.table = this.querySelector("tbody");
    this.end = this.querySelector(".pad-end");
    this.typed.addEventListener("input", () => this.#lay());
    this.addEventListener("change", () => this.#check());
    this.#lay();
  }

  #lay() {
    const signs = [...latin(this.typed.value).toUpperCase().replace(/[^A-Z0-9<]/g, "")].slice(0, 44);
    this.table.replaceChildren(...signs.map((sign, index) => {
      const row = document.createElement("tr");
      row.dataset.right = value(sign) * WEIGHTS[index % 3];
      for (const text of [sign, `× ${WEIGHTS[index % 3]}`]) row.insertCell().textContent = text;
      const input = document.createElement("input");
      Object.assign(input, { inputMode: "numeric", size: 4, ariaLabel: `${sign} × ${WEIGHTS[index % 3]}` });
      row.insertCell().append(input);
      row.insertCell().className = "verdict";
      return row;
    }));
    this.end.hidden = !signs.length;
    this.end.querySelectorAll("input").forEach((input) => { input.value = ""; });
    this.#check();
  }

  #check() {
    const right = [...this.table.rows].map((row) => Number(row.dataset.right));
    const sum = right.reduce((one, other) => one + other, 0);
    const judge = (input, place, wanted) => {
      const given = latin(input.value);
      place.textContent = given ? (Number(given) === wanted ? "✓" : "✗") : "";
      place.className = `verdict ${given ? (Number(given) === wanted ? "done" : "failed") : ""}`;
    };
    [...this.table.rows].forEach((row, index) => judge(row.querySelector("input"), row.querySelector(".verdict"), right[index]));
    const [total, remainder] = this.end.querySelectorAll("input");
    const places = this.end.querySelectorAll(".verdict");
    judge(total, places[0], sum);
    judge(remainder, places[1], sum % 10);
  }
}

customElements.define("mrz-pad", MrzPad);
