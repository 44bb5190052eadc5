/**
 * <specimen-trial> around one specimen of a block: the clock of a shift, and an answer that is kept on the device until the server
 * has judged it. Without script the form posts.
 */

import { Outbox } from "../core/outbox.js";
import { Sender, post } from "../core/sender.js";

const BURMESE = "၀၁၂၃၄၅၆၇၈၉";
const digits = (text) => (document.documentElement.lang === "my" ? String(text).replace(/\d/g, (digit) => BURMESE[digit]) : String(text));

class SpecimenTrial extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.#answer(event));
    this.#clock();
    const outbox = await new Outbox().open();
    this.sender = new Sender(outbox, `trial-${this.dataset.trial}`, {
      send: ([answer]) => this.#send(answer),
      show: (state) => (this.querySelector(".save-state").dataset.state = state),
    });
    if ((await this.sender.waiting()).length) this.sender.flush(); // from before this page was opened again
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }

  async #answer(event) {
    event.preventDefault();
    if ((await this.sender.waiting()).length) return this.sender.flush(); // a second tap sends the same
    const fields = new FormData(this.form);
    fields.delete("csrfmiddlewaretoken");
    await this.sender.put({ id: fields.get("token"), body: new URLSearchParams(fields).toString() });
  }

  async #send({ id, body }) {
    const said = await post(this.dataset.answer, this.form.elements.csrfmiddlewaretoken.value, new URLSearchParams(body));
    if (!said) {
      this.#say("login");
      return null;
    }
    if (said.url) location.assign(said.url);
    else this.#say("refused");
    return [id];
  }

  #clock() {
    if (this.dataset.left === undefined) return;
    const end = Date.now() + Number(this.dataset.left) * 1000;
    const place = this.querySelector(".time-left");
    this.ticking = setInterval(() => {
      const left = Math.max(0, Math.round((end - Date.now()) / 1000));
      place.textContent = digits(left);
      place.classList.toggle("overdue", left < 10);
    }, 1000);
  }

  #say(name) {
    const text = this.querySelector(`template[data-message="${name}"]`).content.cloneNode(true);
    this.querySelector(".said").replaceChildren(text);
  }
}

customElements.define("specimen-trial", SpecimenTrial);
