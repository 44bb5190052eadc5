/**
 * <practice-sheet> around the questions to refresh shows them one after the other and keeps each answer on the device until the
 * server has judged it. With a line the judged answer is shown at once; without, the next question comes and the answers are
 * judged when the line is back. Without script every question is a form of its own.
 */

import { Outbox } from "../core/outbox.js";
import { Sender, post } from "../core/sender.js";

class PracticeSheet extends HTMLElement {
  #outbox = new Outbox();
  #sender = new Sender(this.#outbox, this.dataset.attempt, {
    send: ([step]) => this.#send(step),
    show: (state) => this.#show(state),
  });
  #current = null; // the answer that is being given
  #said = null; // what the server said of it
  #hasArrived = false; // something that waited since an earlier time

  async connectedCallback() {
    this.addEventListener("submit", (event) => this.#answer(event));
    await this.#outbox.open();
    for (const { card } of await this.#sender.waiting()) this.#question(card)?.setAttribute("data-done", "");
    this.#next();
    this.#sender.flush();
  }

  disconnectedCallback() {
    this.#sender.stop();
  }

  #question(card) {
    return this.querySelector(`input[name="card"][value="${card}"]`)?.closest(".question");
  }

  async #answer(event) {
    event.preventDefault();
    if (this.#current) return; // a second tap
    const fields = new FormData(event.target);
    fields.delete("csrfmiddlewaretoken");
    const id = fields.get("token");
    const card = fields.get("card");
    [this.#current, this.#said] = [id, null];
    await this.#sender.put({ id, card, body: new URLSearchParams(fields).toString() });
    await this.#sender.flush();
    const { verdict, url } = this.#said ?? {};
    if (url) {
      location.assign(url);
      return;
    }
    this.#current = null;
    if (verdict === "refused") this.#say("refused");
    else this.#question(card).setAttribute("data-done", "");
    this.#next();
  }

  async #send({ id, body }) {
    const said = await post(this.dataset.answer, this.querySelector("[name=csrfmiddlewaretoken]").value, new URLSearchParams(body));
    if (!said) {
      this.#say("login");
      return null;
    }
    if (id === this.#current) this.#said = said;
    else if (!this.#current) this.#hasArrived = true;
    return [id];
  }

  /** Where things are. What waited is said to have arrived, not shown: the person may be in the middle of a question. */
  #show(state) {
    this.querySelector(".save-state").dataset.state = state;
    if (state || !this.#hasArrived) return;
    this.#hasArrived = false;
    this.#say("sent");
  }

  /** Only the first question that is not answered is seen. */
  #next() {
    const open = [...this.querySelectorAll(".question")].filter((one) => !one.hasAttribute("data-done"));
    for (const one of this.querySelectorAll(".question")) one.hidden = one !== open[0];
    if (!open.length && this.querySelector(".question")) this.#say("all");
  }

  #say(name) {
    if (this.querySelector(`[data-said="${name}"]`)) return;
    const text = this.querySelector(`template[data-message="${name}"]`).content.cloneNode(true).firstElementChild;
    text.dataset.said = name;
    this.querySelector(".said").append(text);
  }
}

customElements.define("practice-sheet", PracticeSheet);
