/**
 * <attempt-sheet> around the paper saves each answer as it is given: first on the device, then on the server, again and
 * again until the server has it. It shows where the answers are and how much time is left. Without script the form posts.
 */

import { Outbox } from "../core/outbox.js";

const RETRY_SECONDS = [1, 2, 5, 10, 30];
const BURMESE = "၀၁၂၃၄၅၆၇၈၉";

const digits = (text) =>
  document.documentElement.lang === "my" ? String(text).replace(/\d/g, (digit) => BURMESE[digit]) : String(text);

class AttemptSheet extends HTMLElement {
  #outbox = new Outbox();
  #head = Number(this.dataset.head);
  #tries = 0;
  #timer = 0;
  #sending = null;
  #stopped = false;
  #clock = null;

  async connectedCallback() {
    this.form = this.querySelector("form");
    this.#show("unknown"); // until the outbox was read, nobody may say that everything is on the server
    this.#startClock(this.dataset.secondsLeft);
    await this.#outbox.open();
    await this.#restore();
    this.form.addEventListener("change", (event) => this.#changed(event.target));
    this.form.addEventListener("submit", (event) => this.#leave(event));
    window.addEventListener("online", () => this.#send());
    document.addEventListener("visibilitychange", () => this.#send());
    window.addEventListener("beforeunload", (event) => {
      if (this.#waits && !this.#outbox.isDurable) event.preventDefault();
    });
    this.#send();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    clearInterval(this.#clock);
  }

  #waits = false;

  /** After a reload: what was chosen and never arrived is shown as chosen. */
  async #restore() {
    for (const step of await this.#outbox.waiting(this.dataset.attempt)) {
      const question = this.querySelector(`[data-place="${step.place}"]`);
      if (step.kind === "flag" || step.kind === "unflag") {
        question.querySelector(".flag input").checked = step.kind === "flag";
      } else {
        question.querySelectorAll(".options input").forEach((input) => {
          input.checked = step.value.includes(input.value);
        });
      }
    }
    this.#count();
  }

  async #changed(input) {
    const question = input.closest("[data-place]");
    if (!question) return;
    const isFlag = input.name.startsWith("flag-");
    const value = isFlag ? [] : [...question.querySelectorAll(".options input:checked")].map((one) => one.value);
    const kind = isFlag ? (input.checked ? "flag" : "unflag") : value.length ? "answer" : "clear";
    this.#count();
    const place = Number(question.dataset.place);
    const step = { id: crypto.randomUUID(), attempt: this.dataset.attempt, kind, place, value, base_seq: this.#head };
    await this.#outbox.put({ ...step, ...(await this.#outbox.stamp()) });
    this.#waits = true;
    this.#show("device");
    this.#tries = 0;
    this.#send();
  }

  /** Send what waits; one request at a time. Resolves to whether nothing waits any more. */
  #send() {
    clearTimeout(this.#timer);
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #sendAll() {
    for (;;) {
      const steps = (await this.#outbox.waiting(this.dataset.attempt)).slice(0, 50);
      this.#waits = steps.length > 0;
      if (this.#stopped) {
        if (this.#waits) this.#show("unsaved");
        return !this.#waits;
      }
      if (!steps.length) {
        this.#show("server");
        return true;
      }
      let answer;
      try {
        answer = await this.#post(steps);
      } catch {
        this.#later();
        return false;
      }
      if (!answer) return false;
      this.#tries = 0;
      await this.#outbox.remove(answer.steps.map((step) => step.id));
      this.#head = Math.max(this.#head, answer.head);
      this.#startClock(answer.seconds_left);
      const verdicts = answer.steps.map((step) => step.verdict);
      if (verdicts.includes("late") || !answer.is_open) this.#say("late", true);
      else if (verdicts.includes("superseded")) this.#say("stale");
    }
  }

  /** The server's answer, or null where the person has to act first. Throws when it is worth trying again. */
  async #post(steps) {
    const response = await fetch(this.dataset.steps, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value,
      },
      body: JSON.stringify({ steps: steps.map(({ attempt, ...step }) => step) }),
      redirect: "manual",
    });
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      this.#show("unsaved");
      this.#say("login", true);
      return null;
    }
    if (!response.ok) throw new Error(response.status);
    return response.json();
  }

  #later() {
    this.#show("unsaved");
    const seconds = RETRY_SECONDS[Math.min(this.#tries, RETRY_SECONDS.length - 1)];
    this.#tries += 1;
    this.#timer = setTimeout(() => this.#send(), seconds * 1000 * (0.75 + Math.random() / 2));
  }

  /** Before going on to hand in, everything has to be on the server. */
  async #leave(event) {
    event.preventDefault();
    const finish = event.submitter?.value === "finish";
    if (!(await this.#send())) {
      this.#say("waiting");
      return;
    }
    if (finish) location.assign(this.dataset.submit);
  }

  #show(state) {
    this.querySelector(".save-state").dataset.state = state;
  }

  #say(name, stop = false) {
    this.#stopped ||= stop;
    if (this.querySelector(`[data-said="${name}"]`)) return;
    const text = this.querySelector(`template[data-message="${name}"]`).content.cloneNode(true).firstElementChild;
    text.dataset.said = name;
    this.querySelector(".attempt-bar").append(text);
  }

  #count() {
    const isAnswered = (question) => question.querySelector(".options input:checked");
    const answered = [...this.querySelectorAll(".question")].filter(isAnswered).length;
    this.querySelector("[data-answered]").textContent = digits(answered);
  }

  /** The time left, measured by the device's steady clock from what the server said; its calendar plays no part. */
  #startClock(seconds) {
    const shown = this.querySelector(".time-left");
    if (!shown || seconds === undefined || seconds === null) return;
    clearInterval(this.#clock);
    const end = performance.now() + Number(seconds) * 1000;
    const tick = () => {
      const left = Math.max(0, Math.round((end - performance.now()) / 1000));
      shown.textContent = digits(`${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`);
      shown.classList.toggle("low", left <= 300);
      if (left === 0) {
        clearInterval(this.#clock);
        this.#send().then(() => this.#say("late", true));
      }
    };
    tick();
    this.#clock = setInterval(tick, 1000);
  }
}

customElements.define("attempt-sheet", AttemptSheet);
