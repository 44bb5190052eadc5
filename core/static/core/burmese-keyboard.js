/**
 * Burmese keys on the screen, for who has none on the device. The order is that of the keyboard many know: xkb-data,
 * symbols/mm "basic", in rows of ten that fit a phone, each as [plain, shifted]. The server puts signs in their order.
 */
const ROWS = [
  ["၁၂၃၄၅၆၇၈၉၀", "ဍ၏ဋဎ–-ရ/()"],
  ["ဆတနမအပကငသစ", "ဈဝဣ၎ဤ၌ဥ၍ဿဏ"],
  ["\u1031\u103b\u102d\u103a\u102b\u1037\u103c\u102f\u1030\u1038", "ဗ\u103e\u102e\u1039\u103d\u1036\u1032ဒဓဂ"],
  ["ဖထခလဘည\u102cဟဩ၊", "ဇဌဃဠယဉဦဧဪ။"],
];
// A sign stands on a dotted ring on its key. U+1039 draws nothing: it stacks the next letter.
const SIGN = /\p{M}/u;
const STACK = "\u1039";
// What one press of Delete takes: a sign, a letter, or a stacked letter with its joiner.
const LAST = /\u1039?.$/su;

/** One board for one field. host: where it is put, with the words in data-*; field: input or textarea; onClose: to hide it. */
export class Keyboard {
  element = document.createElement("div");
  #field;
  #shifted = false;
  #keys = [];
  #shift;

  constructor(host, field, onClose) {
    this.#field = field;
    const words = host.dataset;
    this.element.className = "keyboard";
    this.element.hidden = true;
    this.element.lang = "my";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", host.querySelector("button").textContent);
    for (const [plain, shifted] of ROWS) {
      const row = this.element.appendChild(document.createElement("div"));
      const others = [...shifted];
      [...plain].forEach((character, place) => {
        const key = this.#button(row, "", () => this.#type(key.value));
        this.#keys.push([key, character, others[place], words]);
      });
    }
    const row = this.element.appendChild(document.createElement("div"));
    this.#shift = this.#button(row, words.shift, () => this.#turn(!this.#shifted));
    this.#button(row, words.space, () => this.#insert(" ")).className = "wide";
    this.#button(row, words.delete, () => this.#delete());
    this.#button(row, words.close, onClose);
    for (const button of row.children) button.lang = document.documentElement.lang;
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") onClose();
    });
    // The field keeps its focus and its caret while keys are tapped.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
    host.append(this.element);
    this.#turn(false);
  }

  /** The first key takes the focus; the caret of the field stays where it was. */
  begin() {
    this.#keys[0][0].focus();
  }

  #button(row, label, act) {
    const button = row.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }

  #turn(shifted) {
    this.#shifted = shifted;
    this.#shift.setAttribute("aria-pressed", String(shifted));
    for (const [key, plain, other, words] of this.#keys) {
      const character = shifted ? other : plain;
      key.value = character;
      key.textContent = SIGN.test(character) ? `\u25cc${character}` : character;
      if (character === STACK) key.setAttribute("aria-label", words.stack);
      else key.removeAttribute("aria-label");
    }
  }

  #type(character) {
    this.#insert(character);
    if (this.#shifted) this.#turn(false);
  }

  #insert(text) {
    const field = this.#field;
    if (field.maxLength >= 0 && field.value.length - (field.selectionEnd - field.selectionStart) + text.length > field.maxLength) return;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #delete() {
    const { selectionStart: start, selectionEnd: end, value } = this.#field;
    const from = start === end ? start - (LAST.exec(value.slice(0, start))?.[0].length ?? 0) : start;
    this.#field.setRangeText("", from, end, "end");
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
