/**
 * <package-activity> opens an activity (H5P, SCORM) in a frame that has no origin of ours and speaks with it over one port.
 * Everything in the frame counts as hostile: its words are bounded here, and judged on the server. What it tells of is kept
 * on the device until the server has it.
 */

import { Outbox } from "../core/outbox.js";
import { Sender, patience } from "../core/sender.js";

const MOST = 128 * 1024; // characters of one message
const MOST_AT_ONCE = 256 * 1024; // of one request
const BURST = 30; // messages at once, then one every two seconds
const HEIGHTS = [120, 5000]; // pixels
const STATE_PAUSE = 1000; // milliseconds: the newest state is enough
const AT_ONCE = 20;
const ENDS = /\/(answered|completed|passed|failed)$/;

/** Lets through a burst, then a trickle. */
class Tap {
  #left = BURST;
  #since = Date.now();

  lets() {
    const now = Date.now();
    this.#left = Math.min(BURST, this.#left + (now - this.#since) / 2000);
    this.#since = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

class PackageActivity extends HTMLElement {
  #outbox = new Outbox();
  #attempt = "";
  #sender = null; // of this attempt; none where nothing is kept
  #port = null;
  #frame = null;
  #events = "";
  #states = new Map();
  #statePause = 0;
  #taps = { noise: new Tap(), ends: new Tap(), state: new Tap() };

  async connectedCallback() {
    this.querySelector(".actions").hidden = false;
    this.#act("begin").addEventListener("click", () => this.begin());
    this.#act("anew").addEventListener("click", () => this.begin({ anew: true }));
    for (const page of this.querySelectorAll("[data-item]")) {
      page.addEventListener("click", () => this.#open(page));
    }
    document.addEventListener("visibilitychange", () => this.#keepStates());
    await this.#outbox.open();
    this.#take(this.dataset.attempt);
    this.#sender?.flush();
    const slow = navigator.connection?.saveData || /2g/.test(navigator.connection?.effectiveType ?? "");
    if (!slow && !("heavy" in this.dataset)) this.#whenSeen();
  }

  disconnectedCallback() {
    this.#sender?.stop();
    this.#close();
  }

  /** From here on what is told of belongs to this attempt. */
  #take(attempt) {
    if (attempt === this.#attempt) return;
    this.#sender?.stop();
    this.#attempt = attempt;
    this.#sender = attempt
      ? new Sender(this.#outbox, attempt, { send: (waiting) => this.#send(waiting), show: (state) => this.#saved(state) })
      : null;
  }

  #act(name) {
    return this.querySelector(`[data-act="${name}"]`);
  }

  #whenSeen() {
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      this.begin({ quietly: true });
    });
    seen.observe(this);
  }

  /** Ask the server for the player and what to go on from, and open the frame. */
  async begin({ anew = false, quietly = false } = {}) {
    if (this.#frame && !anew) return;
    this.#act("begin").disabled = this.#act("anew").disabled = true;
    try {
      await this.#sender?.flush(); // what waits is newer than what the server would give to go on from
      const response = await this.#post(this.dataset.begin, new URLSearchParams(anew ? { anew: "1" } : {}));
      if (!response) return;
      if (response.status === 409) this.#say("unavailable");
      else this.#show(await response.json());
    } catch {
      if (!quietly) this.#say("offline");
    } finally {
      this.#act("begin").disabled = this.#act("anew").disabled = false;
    }
  }

  #show({ player, attempt, states, events }) {
    this.#close();
    this.#take(attempt);
    this.#events = events ?? "";
    const frame = document.createElement("iframe");
    frame.title = this.dataset.title;
    frame.setAttribute("sandbox", this.dataset.sandbox);
    frame.referrerPolicy = "no-referrer";
    frame.src = player;
    frame.addEventListener("load", () => this.#loaded(frame, states));
    this.#frame = frame;
    this.querySelector(".stage").replaceChildren(frame);
    this.#act("begin").hidden = true;
    this.#act("anew").hidden = !attempt;
    const pages = this.querySelector(".activity-pages");
    if (pages) pages.hidden = false;
  }

  #loaded(frame, states) {
    if (this.#port) {
      // A second document in the frame: whatever it is, it is not the player.
      this.#close();
      this.#say("left");
      return;
    }
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = (event) => this.#told(event.data);
    // The frame has no origin that could be named; the port goes to this window and no other.
    const init = { type: "package-bridge-init", v: 1, states, state: this.#byPage(states) };
    frame.contentWindow.postMessage(init, "*", [port2]);
    if (this.dataset.opened && this.#sender) {
      setTimeout(() => this.#keep("opened", {}), Number(this.dataset.opened) * 1000 + 500);
    }
  }

  /** The states as SCORM's player reads them: one object for each part. */
  #byPage(states) {
    const kept = {};
    for (const { data_id, data } of states) {
      try {
        kept[data_id] = JSON.parse(data);
      } catch {
        // H5P's own texts, which its core reads.
      }
    }
    return kept;
  }

  #close() {
    this.#keepStates();
    this.#port?.close();
    this.#port = null;
    this.#frame?.remove();
    this.#frame = null;
  }

  /** Another part of the activity was chosen in the list. */
  #open(page) {
    for (const one of this.querySelectorAll("[data-item]")) one.toggleAttribute("aria-current", one === page);
    if (this.#port) this.#port.postMessage({ type: "open", item: page.dataset.item });
    else this.begin();
  }

  /** What the frame says: a stranger's word. */
  #told(message) {
    if (message?.v !== 1 || typeof message.data !== "object" || message.data === null) return;
    const { type, data } = message;
    if (type === "resize") {
      const height = Number(data.height);
      if (Number.isFinite(height)) this.#frame.style.height = `${Math.min(Math.max(height, HEIGHTS[0]), HEIGHTS[1])}px`;
      return;
    }
    if (!this.#sender || JSON.stringify(data).length > MOST) return;
    if (type === "xapi") {
      // A flood of noise must not crowd out what counts.
      const ends = typeof data.verb?.id === "string" && ENDS.test(data.verb.id);
      if (this.#taps[ends ? "ends" : "noise"].lets()) this.#keep("statement", data);
    } else if (type === "result") {
      if (this.#taps.ends.lets()) this.#keep("result", data);
    } else if (type === "trouble") {
      this.#say("trouble");
    } else if (type === "exit") {
      // A part that has ended says which one it wants next; it is opened as if it had been chosen in the list.
      const next = [...this.querySelectorAll("[data-item]")].find((one) => one.dataset.item === data.wants);
      if (next) this.#open(next);
    } else if (type === "state") {
      const key = `${data.data_id}/${data.sub_content_id ?? ""}`;
      if (this.#states.size < 50 || this.#states.has(key)) this.#states.set(key, data);
      clearTimeout(this.#statePause);
      this.#statePause = setTimeout(() => this.#keepStates(), STATE_PAUSE);
    }
  }

  #keepStates() {
    clearTimeout(this.#statePause);
    const states = [...this.#states.values()];
    this.#states.clear();
    for (const data of states) if (this.#taps.state.lets()) this.#keep("state", data);
  }

  /** Keep something on the device, then send it. */
  #keep(kind, data) {
    this.#sender?.put({ id: crypto.randomUUID(), kind, order: Date.now(), data, events: this.#events });
  }

  /** Send as much of what waits as one request takes; the ids that the server answered for. */
  async #send(waiting) {
    const portion = this.#portion(waiting);
    if (!this.querySelector(".save-state").dataset.state) this.#saved("device");
    const events = portion.map(({ id, kind, order, data }) => ({ id, kind, order, data }));
    const response = await this.#post(portion[0].events, JSON.stringify({ events }));
    if (!response) return null;
    // Another person's, or none that can be read: sending it again would change nothing.
    if (response.status === 404 || response.status === 400) return portion.map(({ id }) => id);
    const answer = await response.json();
    const state = new DOMParser().parseFromString(answer.state, "text/html").body;
    this.querySelector(".activity-state").replaceChildren(...state.childNodes);
    return answer.events.map(({ id }) => id);
  }

  /** As much of what waits as one request takes. */
  #portion(waiting) {
    let left = MOST_AT_ONCE;
    return waiting.slice(0, AT_ONCE).filter((event, place) => {
      left -= JSON.stringify(event.data).length;
      return place === 0 || left > 0;
    });
  }

  /** The server's answer; null where the person has to sign in first. Throws when it is worth trying again. */
  async #post(address, body) {
    const response = await fetch(address, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "X-CSRFToken": this.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
        ...(typeof body === "string" ? { "Content-Type": "application/json" } : {}),
      },
      body,
      redirect: "manual",
      signal: patience(),
    });
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      this.#say("login");
      return null;
    }
    if (response.status >= 500 || response.status === 429) throw new Error(response.status);
    return response;
  }

  /** Where things are; once something was sent and nothing waits, that it is saved. */
  #saved(state) {
    const shown = this.querySelector(".save-state").dataset;
    shown.state = state || (shown.state && "server");
  }

  #say(name) {
    this.querySelector(".said").replaceChildren(
      this.querySelector(`template[data-message="${name}"]`).content.cloneNode(true),
    );
  }
}

customElements.define("package-activity", PackageActivity);
