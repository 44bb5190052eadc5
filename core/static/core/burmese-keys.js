/** <burmese-keys for="id" src="…"> shows a button; the keys themselves are fetched when it is first pressed. */
class BurmeseKeys extends HTMLElement {
  #board = null;
  #button = null;
  #toggle = async () => {
    const { Keyboard } = await import(this.getAttribute("src"));
    this.#board ??= new Keyboard(this, document.getElementById(this.getAttribute("for")), () => this.#show(false));
    this.#show(this.#board.element.hidden);
  };

  #show(open) {
    this.#board.element.hidden = !open;
    this.#button.setAttribute("aria-expanded", String(open));
    if (open) this.#board.begin();
    else this.#button.focus();
  }

  connectedCallback() {
    if (!document.getElementById(this.getAttribute("for"))) return;
    this.hidden = false;
    this.#button = this.querySelector("button");
    this.#button.addEventListener("click", this.#toggle);
  }

  disconnectedCallback() { this.#button?.removeEventListener("click", this.#toggle); }
}
customElements.define("burmese-keys", BurmeseKeys);
