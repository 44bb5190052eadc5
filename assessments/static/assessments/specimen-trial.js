/**
 * <specimen-trial> around one specimen of a block: the clock of a shift, and an answer that is kept on the device until the server
 * has judged it. Without script the form posts.
 */

import { Outbox } from "../core/outbox.js";

const RETRY_SECONDS = [2, 5, 10, 30];
const PATIENCE_MS = 15_000; // a line that hangs is none
const BURMESE = "၀၁၂၃၄၅၆၇၈၉";
const digits = (text) => (document.documentElement.lang === "my" ? String(text).replace(/\d/g, (digit) => BURMESE[digit]) : String(text));

class SpecimenTrial extends HTMLElement {
  #outbox = new Outbox();
  #tries = 0;
  #timer = 0;
  #isBusy = false;

  async connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.#answer(event));
    this.#clock();
    await this.#outbox.open();
    window.addEventListener("online", () => this.#send());
    if ((await this.#waiting()).length) this.#send(); // from before this page was opened again
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    clearInterval(this.ticking);
  }

  #waiting() {
    return this.#outbox.waiting(`trial-${this.dataset.trial}`);
  }

  async #answer(event) {
    event.preventDefault();
    if ((await this.#waiting()).length) return this.#send(); // a second tap sends the same
    const fields = new FormData(this.form);
    fields.delete("csrfmiddlewaretoken");
    const body = new URLSearchParams(fields).toString();
    await this.#outbox.put({ id: fields.get("token"), attempt: `trial-${this.dataset.trial}`, body, ...(await this.#outbox.stamp()) });
    this.#show("device");
    this.#send();
  }

  async #send() {
    clearTimeout(this.#timer);
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (const step of await this.#waiting()) {
        const said = await this.#post(step.body);
        if (!said) break;
        await this.#outbox.remove([step.id]);
        if (said.url) location.assign(said.url);
        else this.#say("refused");
        this.#show("");
      }
    } catch {
      this.#show("unsaved");
      const seconds = RETRY_SECONDS[Math.min(this.#tries++, RETRY_SECONDS.length - 1)];
      this.#timer = setTimeout(() => this.#send(), seconds * 1000 * (0.75 + Math.random() / 2));
    } finally {
      this.#isBusy = false;
    }
  }

  /** The server's answer, or null where the person has to sign in first. Throws when it is worth trying again. */
  async #post(body) {
    const response = await fetch(this.dataset.answer, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value,
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

  #show(state) {
    this.querySelector(".save-state").dataset.state = state;
  }

  #say(name) {
    const text = this.querySelector(`template[data-message="${name}"]`).content.cloneNode(true);
    this.querySelector(".said").replaceChildren(text);
  }
}

customElements.define("specimen-trial", SpecimenTrial);
