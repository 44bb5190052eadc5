/**
 * Sends what waits in the outbox under one name, oldest first, again and again until the server has answered for each. The page says how
 * it is sent and shows where things are: "device" (kept, being sent), "unsaved" (kept, no line) or "" (nothing waits).
 */

const RETRY_SECONDS = [2, 5, 10, 30];

export class Sender {
  #outbox;
  #name;
  #send;
  #show;
  #tries = 0;
  #timer = 0;
  #running = null;
  #again = false;

  /** send(items): resolves to the ids that the server answered for, or to null where the person has to act first; throws without a line. */
  constructor(outbox, name, { send, show }) {
    [this.#outbox, this.#name, this.#send, this.#show] = [outbox, name, send, show];
    window.addEventListener("online", () => this.flush());
  }

  waiting() {
    return this.#outbox.waiting(this.#name);
  }

  /** Keep something on the device, then send it. item: with an id of its own. */
  async put(item) {
    await this.#outbox.put({ attempt: this.#name, ...item });
    this.#show("device");
    this.#tries = 0;
    this.flush();
  }

  /** Try no more by itself, until something is put or the line comes back. */
  stop() {
    clearTimeout(this.#timer);
  }

  flush() {
    clearTimeout(this.#timer);
    this.#again = true; // what comes while one request is under way goes with the next
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run() {
    while (this.#again) {
      this.#again = false;
      const items = (await this.waiting()).slice(0, 50);
      if (!items.length) return this.#show("");
      let answered;
      try {
        answered = await this.#send(items);
      } catch {
        this.#show("unsaved");
        const seconds = RETRY_SECONDS[Math.min(this.#tries++, RETRY_SECONDS.length - 1)];
        this.#timer = setTimeout(() => this.flush(), seconds * 1000 * (0.75 + Math.random() / 2));
        return;
      }
      if (!answered) return this.#show("unsaved");
      this.#tries = 0;
      await this.#outbox.remove(answered);
      this.#again ||= answered.length > 0;
    }
  }
}

/** A signal that gives a request up: a line that hangs is none. (AbortSignal.timeout is missing on older telephones.) */
export function patience(ms = 15_000) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}

/** Post to the server. Resolves to its JSON, or to null where the person has to sign in first; throws when it is worth trying again. */
export async function post(url, token, body) {
  const isForm = body instanceof URLSearchParams;
  const response = await fetch(url, {
    method: "POST",
    headers: {
      Accept: "application/json",
      "Content-Type": isForm ? "application/x-www-form-urlencoded" : "application/json",
      "X-CSRFToken": token,
    },
    body: isForm ? body.toString() : JSON.stringify(body),
    redirect: "manual",
    signal: patience(),
  });
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return null;
  if (!response.ok) throw new Error(response.status);
  return response.json();
}
