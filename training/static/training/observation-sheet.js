/**
 * <observation-sheet> around a rubric: a level can be chosen once something was written; what is written is kept as a draft on the device,
 * and what is saved is kept until the server has it. Without script the form posts, and the server asks for the same.
 */

import { Outbox } from "../core/outbox.js";
import { Sender, post } from "../core/sender.js";

class ObservationSheet extends HTMLElement {
  #draft = `draft-${location.pathname}${location.search}`;

  async connectedCallback() {
    this.form = this.querySelector("form");
    this.#restore();
    for (const text of this.form.querySelectorAll("textarea[name^='evidence-']")) this.#allow(text);
    this.form.addEventListener("input", (event) => {
      if (event.target.name?.startsWith("evidence-")) this.#allow(event.target);
      this.#keep();
    });
    this.form.addEventListener("submit", (event) => this.#save(event));
    const outbox = await new Outbox().open();
    this.sender = new Sender(outbox, `observe-${location.pathname}${location.search}`, {
      send: ([one]) => this.#send(one),
      show: (state) => (this.querySelector(".save-state").dataset.state = state),
    });
    if ((await this.sender.waiting()).length) this.sender.flush();
  }

  /** First what was seen, then the level. */
  #allow(text) {
    const isOpen = text.value.trim() !== "";
    for (const radio of text.closest(".criterion").querySelectorAll("input[type=radio]")) radio.disabled = !isOpen;
  }

  #isWhole() {
    return [...this.form.querySelectorAll(".criterion")].every((one) => one.querySelector("textarea").value.trim() && one.querySelector("input:checked"));
  }

  #fields() {
    const fields = new FormData(this.form);
    for (const name of ["csrfmiddlewaretoken", "token", "age"]) fields.delete(name);
    return [...fields];
  }

  #keep() {
    try {
      localStorage.setItem(this.#draft, JSON.stringify(this.#fields()));
    } catch {
      // No room: what is on the page stays on it.
    }
  }

  #restore() {
    const kept = JSON.parse(localStorage.getItem(this.#draft) ?? "[]");
    for (const [name, value] of kept) {
      const field = this.form.elements[name];
      if (field) field.value = value;
    }
  }

  async #save(event) {
    event.preventDefault();
    if (!this.#isWhole()) return navigator.onLine ? this.form.submit() : this.#say("refused"); // the server's page marks what is missing
    if ((await this.sender.waiting()).length) return this.sender.flush(); // a second tap sends the same
    this.querySelector(".said").replaceChildren();
    await this.sender.put({ id: this.form.elements.token.value, fields: this.#fields(), at: Date.now() });
  }

  async #send({ id, fields, at }) {
    const age = Math.max(0, Math.round((Date.now() - at) / 1000));
    const body = new URLSearchParams([...fields, ["token", id], ["age", age]]);
    const said = await post(location.pathname + location.search, this.form.elements.csrfmiddlewaretoken.value, body);
    if (!said) {
      this.#say("login");
      return null;
    }
    if (said.url) {
      localStorage.removeItem(this.#draft);
      location.assign(said.url);
    } else this.#say("refused");
    return [id];
  }

  #say(name) {
    this.querySelector(".said").replaceChildren(this.querySelector(`template[data-message="${name}"]`).content.cloneNode(true));
  }
}

customElements.define("observation-sheet", ObservationSheet);
