/** <picture-regions> around a drawing and the list of its regions: a tap on a region chooses it in the list, which is what is sent. */

class PictureRegions extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#tapped(event.target.dataset.region));
    this.addEventListener("change", () => this.#show());
    this.addEventListener("filled", () => this.#show());
    this.#show();
  }

  #input(region) {
    return this.querySelector(`input[value="${CSS.escape(region)}"]`);
  }

  #tapped(region) {
    if (!region) return;
    const input = this.#input(region);
    input.checked = input.type === "radio" || !input.checked;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #show() {
    for (const region of this.querySelectorAll("[data-region]")) {
      region.classList.toggle("chosen", this.#input(region.dataset.region).checked);
    }
  }
}

customElements.define("picture-regions", PictureRegions);
