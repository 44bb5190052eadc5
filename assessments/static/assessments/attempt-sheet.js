/**
 * <attempt-sheet> around the paper saves each answer as it is given: first on the device, then on the server, again and
 * again until the server has it. It shows where the answers are and how much time is left. Without script the form posts.
 * Without a line the page is the one that worker.js keeps, and with it the steps in data-known.
 */

import { Outbox, fill, isAnswer, keep } from "../core/outbox.js";
import { Sender, patience, post } from "../core/sender.js";

const TYPING_PAUSE = 4000; // milliseconds without a key
const BURMESE = "၀၁၂၃၄၅၆၇၈၉";

const digits = (text) =>
  document.documentElement.lang === "my" ? String(text).replace(/\d/g, (digit) => BURMESE[digit]) : String(text);

class AttemptSheet extends HTMLElement {
  #outbox = new Outbox();
  #head = Number(this.dataset.head);
  #sender = new Sender(this.#outbox, this.dataset.attempt, {
    send: (steps) => this.#post(steps),
    show: (state) => {
      this.#waits = state !== "";
      this.#show(state || "server");
    },
  });
  #stopped = false;
  #clock = null;
  #end = 0; // by performance.now()
  #asking = 0;
  #known = []; // steps that the server acknowledged on this page
  #pause = 0;
  #typed = null; // the field that is being written in
  #taken = Promise.resolve(); // done when everything given is on the device

  async connectedCallback() {
    this.form = this.querySelector("form");
    this.#show("unknown"); // until the outbox was read, nobody may say that everything is on the server
    this.#startClock(this.dataset.secondsLeft);
    await this.#outbox.open();
    await this.#restore();
    this.form.addEventListener("change", (event) => this.#changed(event.target));
    this.form.addEventListener("input", (event) => this.#typing(event.target));
    this.form.addEventListener("sent", (event) => this.#knows(event.detail));
    this.form.addEventListener("submit", (event) => this.#leave(event));
    document.addEventListener("visibilitychange", () => this.#finishTyping().then(() => this.#sender.flush()));
    window.addEventListener("beforeunload", (event) => {
      if (this.#waits && !this.#outbox.isDurable) event.preventDefault();
    });
    this.#sender.flush();
    if (this.dataset.known) {
      this.#say("line");
      window.addEventListener("online", () => this.#ask());
      return this.#ask();
    }
    // A worker that was here before the page keeps it by itself.
    keep({ worker: this.dataset.worker, pages: navigator.serviceWorker?.controller ? [] : [location.pathname] });
  }

  disconnectedCallback() {
    this.#sender.stop();
    clearInterval(this.#clock);
    clearTimeout(this.#asking);
  }

  #waits = false;
  #isOver = false; // the time is over: nothing new is taken

  /** After a reload: what was chosen and never arrived, or arrived later than the page was kept, is shown as chosen. */
  async #restore() {
    for (const step of [...JSON.parse(this.dataset.known ?? "[]"), ...(await this.#sender.waiting())]) {
      const question = this.querySelector(`[data-place="${step.place}"]`);
      if (step.kind === "flag" || step.kind === "unflag") {
        question.querySelector(".flag input").checked = step.kind === "flag";
      } else {
        this.#fill(step.place, step.value);
      }
    }
    this.#count();
  }

  /** What the form would send for a question: the same with and without script. */
  #given(place) {
    return new FormData(this.form).getAll(`item-${place}`).filter((one) => typeof one === "string");
  }

  /** Show a response. */
  #fill(place, value) {
    fill(this.form, `item-${place}`, value);
    // Parts that make their fields only when something is marked put them back themselves.
    this.querySelector(`[data-place="${place}"]`)?.dispatchEvent(new CustomEvent("restored", { detail: value }));
  }

  #changed(input) {
    if (input === this.#typed) this.#typed = null;
    // What cannot be taken back counts when a button is pressed, not while it is looked at.
    const waits = input.closest("[data-place]")?.querySelector("[data-on-submit]");
    if (waits && !input.name.startsWith("flag-")) return;
    const take = () => this.#take(input);
    this.#taken = this.#taken.then(take, take);
  }

  /** A long text is saved while it is written, not only when one leaves it. */
  #typing(input) {
    if (input.tagName !== "TEXTAREA") return;
    clearTimeout(this.#pause);
    this.#typed = input;
    this.#pause = setTimeout(() => this.#finishTyping(), TYPING_PAUSE);
  }

  /** Take what is being written, and wait for everything that was given before. */
  #finishTyping() {
    clearTimeout(this.#pause);
    if (this.#typed) this.#changed(this.#typed);
    return this.#taken;
  }

  /** A picture was sent beside the sheet's own steps. */
  #knows(head) {
    this.#head = Math.max(this.#head, head);
    this.#count();
    this.#fresh(); // the worker keeps the page with it
  }

  async #take(input) {
    const question = input.closest("[data-place]");
    if (!question || this.#isOver) return;
    const isFlag = input.name.startsWith("flag-");
    const place = Number(question.dataset.place);
    const given = isFlag ? [] : this.#given(place);
    const value = isAnswer(given) ? given : [];
    const kind = isFlag ? (input.checked ? "flag" : "unflag") : value.length ? "answer" : "clear";
    this.#count();
    await this.#sender.put({ id: crypto.randomUUID(), kind, place, value, base_seq: this.#head, made: Date.now() });
  }

  /** Send what waits. Resolves to whether nothing waits any more. */
  async #send() {
    await this.#sender.flush();
    return !this.#waits;
  }

  /** The ids of the steps that the server answered for, or null where the person has to act first. */
  async #post(steps) {
    if (this.#stopped) return null;
    // How long ago, not when: the device may believe in another day.
    const sent = steps.map(({ attempt, made, ...step }) => ({ ...step, age: Math.max(0, Math.round((Date.now() - (made ?? Date.now())) / 1000)) }));
    const answer = await post(this.dataset.steps, this.form.elements.csrfmiddlewaretoken.value, { steps: sent });
    if (!answer) {
      this.#say("login", true);
      return null;
    }
    this.#head = Math.max(this.#head, answer.head);
    this.#startClock(answer.seconds_left);
    this.#unsay("line");
    this.#note(steps.filter((step) => answer.steps.some((one) => one.id === step.id && one.verdict === "accepted")));
    const verdicts = answer.steps.map((step) => step.verdict);
    if (verdicts.includes("late") || !answer.is_open) this.#say("late", true);
    else if (answer.is_elsewhere) this.#say("elsewhere");
    else if (verdicts.includes("superseded")) this.#say("stale");
    return answer.steps.map((step) => step.id);
  }

  /** Before going on to hand in, everything has to be on the server. */
  async #leave(event) {
    event.preventDefault();
    const finish = event.submitter?.value === "finish";
    const within = finish ? this : (event.submitter?.closest("[data-place]") ?? this);
    const steps = [...within.querySelectorAll("[data-on-submit] input:checked")];
    await this.#finishTyping();
    for (const input of steps) await this.#take(input);
    if (!(await this.#send())) {
      this.#say("waiting");
      return;
    }
    if (finish) location.assign(this.dataset.submit);
    else if (steps.length) await this.#renew(steps.map((input) => input.closest("[data-place]").dataset.place));
  }

  /** What follows upon a step comes from the server. */
  async #renew(places) {
    const page = await this.#fresh();
    if (!page) return this.#say("waiting");
    for (const place of places) {
      const parts = `[data-place="${place}"] .parts`;
      const fresh = page.querySelector(parts);
      if (!fresh) return location.reload(); // signed out, or the time is over: the page says so
      this.querySelector(parts).replaceWith(fresh);
      fresh.querySelector("input:not([type=hidden]), [tabindex]")?.focus();
    }
    this.#count();
  }

  /** The page as the server gives it now, or null without a line. */
  async #fresh() {
    const take = async (response) => (response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null);
    return fetch(location.pathname, { signal: patience() }).then(take).catch(() => null);
  }

  // --- Without a line ---

  /** The worker keeps beside the page what the server acknowledged, and how much time is left. */
  #note(steps = []) {
    this.#known.push(...steps.map(({ kind, place, value }) => ({ kind, place, value, at: Date.now() })));
    const left = (this.#end - performance.now()) / 1000;
    navigator.serviceWorker?.controller?.postMessage({ beside: location.pathname, head: this.#head, left, steps: this.#known });
  }

  /** Until there is a line: what time there is. The worker keeps the page that comes. */
  async #ask() {
    clearTimeout(this.#asking);
    const page = await this.#fresh();
    const sheet = page?.querySelector("attempt-sheet");
    if (sheet) {
      this.#startClock(sheet.dataset.secondsLeft);
      this.#unsay("line");
    } else if (page) {
      await this.#finishTyping();
      await this.#send();
      location.reload(); // signed out, or the time is over: the page says so
    } else this.#asking = setTimeout(() => this.#ask(), 30_000);
  }

  #show(state) {
    this.querySelector(".save-state").dataset.state = state;
  }

  #say(name, stop = false) {
    this.#stopped ||= stop;
    if (name === "late") globalThis.caches?.delete(this.dataset.kept).catch(() => {}); // what is over is not kept
    if (this.querySelector(`[data-said="${name}"]`)) return;
    const text = this.querySelector(`template[data-message="${name}"]`).content.cloneNode(true).firstElementChild;
    text.dataset.said = name;
    this.querySelector(".attempt-bar").append(text);
  }

  #unsay(name) {
    this.querySelector(`[data-said="${name}"]`)?.remove();
  }

  #count() {
    const isAnswered = (question) =>
      isAnswer(this.#given(question.dataset.place)) && !question.querySelector("[data-unfinished]");
    const answered = [...this.querySelectorAll(".question")].filter(isAnswered).length;
    this.querySelector("[data-answered]").textContent = digits(answered);
  }

  /** The time left, measured by the device's steady clock from what the server said; its calendar plays no part. */
  #startClock(seconds) {
    const shown = this.querySelector(".time-left");
    if (!shown || seconds === undefined || seconds === null) return;
    clearInterval(this.#clock);
    this.#isOver = false;
    this.#unsay("late");
    this.#end = performance.now() + Number(seconds) * 1000;
    const tick = () => {
      const left = Math.max(0, Math.round((this.#end - performance.now()) / 1000));
      if (left % 30 === 0) this.#note(); // against a calendar that is put back
      shown.textContent = digits(`${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`);
      shown.classList.toggle("low", left <= 300);
      if (left === 0) {
        clearInterval(this.#clock);
        this.#isOver = true;
        this.#send().then(() => this.#say("late")); // what a cut line held back is still sent
      }
    };
    tick();
    this.#clock = setInterval(tick, 1000);
  }
}

customElements.define("attempt-sheet", AttemptSheet);
