/**
 * <session-reaction> around what somebody thought of a session: it is kept on the device until the server has heard of it, and taken once,
 * however often it is sent. Kept under the person's name, so that nobody else on a shared device sends it. Without script the form posts.
 */

import { Outbox } from "../core/outbox.js";
import { Sender, post } from "../core/sender.js";

class SessionReaction extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.#written(event));
    const outbox = await new Outbox().open();
    this.sender = new Sender(outbox, `reaction-${this.dataset.session}-${this.dataset.person}`, {
      send: ([one]) => this.#send(one),
      show: (state) => (this.querySelector(".save-state").dataset.state = state),
    });
    if ((await this.sender.waiting()).length) this.sender.flush();
  }

  async #written(event) {
    event.preventDefault();
    const fields = new URLSearchParams(new FormData(this.form));
    fields.delete("csrfmiddlewaretoken");
    this.querySelector(".said").replaceChildren();
    await this.sender.put({ id: crypto.randomUUID(), fields: fields.toString() });
  }

  async #send({ id, fields }) {
    const said = await post(location.pathname, this.form.elements.csrfmiddlewaretoken.value, new URLSearchParams(fields));
    if (!said) {
      this.#say(this.querySelector('template[data-message="login"]').content.cloneNode(true));
      return null;
    }
    if (said.url) location.assign(said.url);
    else {
      const text = Object.assign(document.createElement("p"), { className: "notice error", textContent: said.said });
      text.setAttribute("role", "alert");
      this.#say(text);
    }
    return [id];
  }

  #say(node) {
    this.querySelector(".said").replaceChildren(node);
  }
}

customElements.define("session-reaction", SessionReaction);
