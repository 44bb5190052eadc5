/**
 * <practice-sheet> around the questions to refresh shows them one after the other and keeps each answer on the device until the
 * server has judged it. With a line the judged answer is shown at once; without, the next question comes and the answers are
 * judged when the line is back. Without script every question is a form of its own.
 */

import { Outbox } from "../core/outbox.js";

const RETRY_SECONDS = [2, 5, 10, 30];
const PATIENCE_MS = 15_000; // a line that hangs is none

class PracticeSheet extends HTMLElement {
  #outbox = new Outbox();
  #tries = 0;
  #timer = 0;
  #sending = null;
  #current = null;

  async connectedCallback() {
    this.addEventListener("submit", (event) => this.#answer(event));
    await this.#outbox.open();
    for (const { card } of await this.#waiting()) this.#question(card)?.setAttribute("data-done", "");
    this.#next();
    window.addEventListener("online", () => this.#catchUp());
    this.#catchUp();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #waiting() {
    return this.#outbox.waiting(this.dataset.attempt);
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
    this.#current = id;
    const body = new URLSearchParams(fields).toString();
    await this.#outbox.put({ id, attempt: this.dataset.attempt, card, body });
    this.#show("device");
    const { verdict, url } = (await this.#send()).get(id) ?? {};
    if (url) {
      location.assign(url);
      return;
    }
    this.#current = null;
    if (verdict === "refused") this.#say("refused");
    else this.#question(card).setAttribute("data-done", "");
    this.#next();
  }

  /** What waited since an earlier time: said when it has arrived, since the person may be in the middle of a question. */
  async #catchUp() {
    if ((await this.#send()).size && !this.#current) this.#say("sent");
  }

  /** Send what waits, oldest first, one sending at a time. Resolves to what the server said of each, by its id. */
  async #send() {
    await this.#sending;
    clearTimeout(this.#timer);
    this.#sending = this.#sendAll();
    return this.#sending;
  }

  async #sendAll() {
    const said = new Map();
    for (const step of await this.#waiting()) {
      try {
        const answer = await this.#post(step.body);
        if (!answer) break;
        said.set(step.id, answer);
      } catch {
        this.#later();
        break;
      }
      this.#tries = 0;
      await this.#outbox.remove([step.id]);
    }
    this.#show((await this.#waiting()).length ? "unsaved" : "");
    return said;
  }

  /** The server's answer, or null where the person has to sign in first. Throws when it is worth trying again. */
  async #post(body) {
    const response = await fetch(this.dataset.answer, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": this.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      this.#say("login");
      return null;
    }
    if (!response.ok) throw new Error(response.status);
    return response.json();
  }

  #later() {
    const seconds = RETRY_SECONDS[Math.min(this.#tries, RETRY_SECONDS.length - 1)];
    this.#tries += 1;
    this.#timer = setTimeout(() => this.#catchUp(), seconds * 1000 * (0.75 + Math.random() / 2));
  }

  /** Only the first question that is not answered is seen. */
  #next() {
    const open = [...this.querySelectorAll(".question")].filter((one) => !one.hasAttribute("data-done"));
    for (const one of this.querySelectorAll(".question")) one.hidden = one !== open[0];
    if (!open.length && this.querySelector(".question")) this.#say("all");
  }

  #show(state) {
    this.querySelector(".save-state").dataset.state = state;
  }

  #say(name) {
    if (this.querySelector(`[data-said="${name}"]`)) return;
    const text = this.querySelector(`template[data-message="${name}"]`).content.cloneNode(true).firstElementChild;
    text.dataset.said = name;
    this.querySelector(".said").append(text);
  }
}

customElements.define("practice-sheet", PracticeSheet);
