/**
 * <session-list> around the list on a session's own page. With a line, or without script, its form posts. Where the line is cut, what was
 * chosen is kept in the outbox under the name that the room uses, and the room, which is kept on the device, shows it and sends it.
 */

import { Outbox, keep } from "../core/outbox.js";
import { patience } from "../core/sender.js";

class SessionList extends HTMLElement {
  #goes = false;

  connectedCallback() {
    const { worker, scope, room } = this.dataset;
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.#leave(event));
    keep({ worker, scope, pages: [room] });
  }

  async #leave(event) {
    if (this.#goes) return;
    event.preventDefault();
    const { submitter } = event;
    const outbox = await new Outbox().open();
    if (!outbox.isDurable || (await hasLine())) {
      this.#goes = true;
      this.form.requestSubmit(submitter);
      this.#goes = false;
      return;
    }
    const { how, page, reason } = Object.fromEntries(new FormData(this.form));
    for (const field of this.form.querySelectorAll("select")) {
      const was = field.querySelector("option[selected]")?.value ?? "";
      const status = field.value || (submitter?.name === "rest" ? "absent" : "");
      const person = field.name.slice("status-".length);
      if (!status || status === was) continue;
      await outbox.put({ attempt: this.dataset.name, id: crypto.randomUUID(), person, status, how, page, reason, at: Date.now() });
      for (const option of field.options) option.toggleAttribute("selected", option.value === status); // kept once
    }
    const lead = () => location.assign(this.dataset.room);
    if (await isKept(this.dataset.room)) return lead();
    this.querySelector("[data-said]").hidden = false;
    window.addEventListener("online", lead);
  }
}

const hasLine = () => fetch("/healthz", { cache: "no-store", signal: patience(8000) }).then(() => true, () => false);

const isKept = async (path) => Boolean(await globalThis.caches?.match(path, { ignoreVary: true }).catch(() => null));

customElements.define("session-list", SessionList);
