/**
 * <kept-forms> keeps what the forms marked data-kept send (an answer to a check, that a lesson was read) on the device until the server
 * has it; then the page comes anew and shows what became of it. Kept under the person's name for all lessons: the next one that is
 * opened, or the desk, sends what waits. Until it is sent, another answer takes its place. Without script every form posts by itself.
 */

import { Outbox, fill } from "../core/outbox.js";
import { Sender, post } from "../core/sender.js";

const ANEW = "?anew"; // an address that differs in its fragment alone would bring no page

class KeptForms extends HTMLElement {
  #goesOn = "";

  async connectedCallback() {
    this.#goOn();
    document.addEventListener("submit", (event) => this.#keep(event));
    const outbox = await new Outbox().open();
    this.sender = new Sender(outbox, `lesson-${this.dataset.person}`, {
      send: ([one]) => this.#send(one),
      show: (state) => this.#show(state),
    });
    const waiting = await this.sender.waiting();
    for (const { id, fields } of waiting) this.#restore(id, new URLSearchParams(fields).getAll("option"));
    if (waiting.length) this.sender.flush();
  }

  /** Whoever reads by ear or by keyboard is where the answer was given, too. */
  #goOn() {
    if (location.search === ANEW) history.replaceState(null, "", location.pathname + location.hash);
    const place = document.getElementById(location.hash.slice(1));
    if (!place) return;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  /** The form on this page that posts to a path. */
  #form(path) {
    return [...document.querySelectorAll("form[data-kept]")].find((form) => new URL(form.action).pathname === path);
  }

  async #keep(event) {
    const form = event.target;
    if (!form.matches("[data-kept]")) return;
    event.preventDefault();
    const fields = new URLSearchParams(new FormData(form));
    fields.delete("csrfmiddlewaretoken");
    this.#mark(form);
    await this.sender.put({ id: new URL(form.action).pathname, fields: fields.toString() });
  }

  /** What was chosen before the page was left. */
  #restore(path, value) {
    const form = this.#form(path);
    if (!form) return;
    fill(form, "option", value);
    this.#mark(form);
  }

  async #send({ id, fields }) {
    const said = await this.#post(id, new URLSearchParams(fields));
    const form = this.#form(id);
    if (!said) this.#say(form, "login");
    else if (said.said) this.#say(form, "refused", said.said);
    else if (form) this.#goesOn = said.url;
    else this.#say(form, "sent");
    return said && [id];
  }

  async #post(path, fields) {
    try {
      return await post(path, document.querySelector("[name=csrfmiddlewaretoken]").value, fields);
    } catch (error) {
      if (error.message !== "404") throw error;
      return { said: this.#text("closed").textContent };
    }
  }

  /** The page comes anew only once nothing waits, so that it sends nothing a second time. */
  #show(state) {
    for (const one of document.querySelectorAll("form[data-kept] .save-state")) one.dataset.state = state;
    if (state || !this.#goesOn) return;
    location.replace(this.#goesOn.replace(/(?=#)|$/, ANEW));
  }

  /** A place at a form to say where its answer is. */
  #mark(form) {
    form.querySelector(".kept")?.remove();
    form.append(this.#text("kept"));
  }

  #text(name) {
    return this.querySelector(`template[data-message="${name}"]`).content.cloneNode(true);
  }

  /** Say something at a form, or before the lesson where the form is on another page. */
  #say(form, name, text) {
    const said = this.#text(name).firstElementChild;
    if (text) said.textContent = text;
    (form ?? this).querySelector(".said").replaceChildren(said);
  }
}

customElements.define("kept-forms", KeptForms);
