/** <kept-pages>: has the pages named in data-pages kept on this device, and shows its line once this one is among them. */

import { keep } from "./outbox.js";

class KeptPages extends HTMLElement {
  connectedCallback() {
    const { worker, scope, pages } = this.dataset;
    const show = (path) => {
      if (path.split("?")[0] === location.pathname) this.querySelector("[data-kept]").hidden = false;
    };
    keep({ worker, scope, pages: pages.split(" "), kept: show });
  }
}

customElements.define("kept-pages", KeptPages);
