/**
 * <session-sign-in> around the code of a room: what was typed is kept on the telephone until the server has heard of it, with how long ago
 * that was. Kept under the person's name, so that on a shared telephone nobody else sends it. Without script the form posts.
 */

import { Outbox } from "../core/outbox.js";
import { Sender, post } from "../core/sender.js";

class SessionSignIn extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.#typed(event));
    const outbox = await new Outbox().open();
    this.sender = new Sender(outbox, `session-code-${this.dataset.session}-${this.dataset.person}`, {
      send: ([one]) => this.#send(one),
      show: (state) => (this.querySelector(".save-state").dataset.state = state),
    });
    if ((await this.sender.waiting()).length) this.sender.flush();
  }

  async #typed(event) {
    event.preventDefault();
    const fields = new FormData(this.form);
    if (!fields.get("code").trim()) return;
    this.querySelector(".said").replaceChildren();
    await this.sender.put({ id: crypto.randomUUID(), code: fields.get("code"), at: Date.now() });
  }

  async #send({ id, code, at }) {
    const age = Math.max(0, Math.round((Date.now() - at) / 1000));
    const fields = new URLSearchParams({ token: id, code, age });
    const said = await post(location.pathname, this.form.elements.csrfmiddlewaretoken.value, fields);
    if (!said) {
      this.#say(this.querySelector('template[data-message="login"]').content.cloneNode(true));
      return null;
    }
    if (said.url) location.assign(said.url);
    else {
      const text = Object.assign(document.createElement("p"), { className: "notice error", textContent: said.said });
      text.setAttribute("role", "alert");
      this.#say(text);
      this.form.elements.code.select();
    }
    return [id];
  }

  #say(node) {
    this.querySelector(".said").replaceChildren(node);
  }
}

customElements.define("session-sign-in", SessionSignIn);
