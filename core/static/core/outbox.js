/**
 * What the officer did and the server has not acknowledged, kept on the device.
 *
 * IndexedDB, so that it survives a closed page and an empty battery. Where a browser refuses it (private mode, full
 * disk) the outbox lives in memory and says so. A step is removed only when the server answered for its id.
 */

const NAME = "thindan-outbox";

const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("steps", { keyPath: "id" }).createIndex("attempt", "attempt");
      request.result.createObjectStore("counters");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const done = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });

const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export class Outbox {
  #database = null;
  #memory = new Map();
  #counter = 0;
  #device = null;

  /** Whether steps survive a closed page. */
  isDurable = false;

  async open() {
    try {
      this.#database = await open();
      this.isDurable = true;
      navigator.storage?.persist?.();
    } catch {
      this.isDurable = false;
    }
    return this;
  }

  /**
   * Keep a step, stamped with this device's own id and its next number, for the order of its steps. Resolves when it is on the device.
   * One transaction, so that a page that closes right after loses nothing for waiting between two.
   */
  async put(step) {
    if (this.#database) {
      try {
        const transaction = this.#database.transaction(["counters", "steps"], "readwrite", { durability: "strict" });
        const counters = transaction.objectStore("counters");
        const asked = [counters.get("device"), counters.get("seq")];
        asked[1].onsuccess = () => {
          const stamp = this.#stamp(asked[0].result, asked[1].result);
          counters.put(stamp.device, "device");
          counters.put(stamp.client_seq, "seq");
          transaction.objectStore("steps").put({ ...step, ...stamp });
          transaction.commit?.();
        };
        await done(transaction);
        return;
      } catch {
        this.isDurable = false;
      }
    }
    this.#memory.set(step.id, { ...step, ...this.#stamp() });
  }

  /** The device's id and next number. What the disk refuses is numbered on from what it holds: a later answer stays the later one. */
  #stamp(device = this.#device ?? crypto.randomUUID(), seq = 0) {
    this.#device = device;
    this.#counter = Math.max(this.#counter, seq) + 1;
    return { device, client_seq: this.#counter };
  }

  /** The steps of an attempt that wait, oldest first. */
  async waiting(attempt) {
    const kept = [...this.#memory.values()].filter((step) => step.attempt === attempt);
    if (this.#database) {
      const store = this.#database.transaction("steps").objectStore("steps");
      kept.push(...(await result(store.index("attempt").getAll(attempt))));
    }
    return kept.sort((a, b) => a.client_seq - b.client_seq);
  }

  /** Forget steps that the server answered for. */
  async remove(ids) {
    ids.forEach((id) => this.#memory.delete(id));
    if (!this.#database) return;
    const transaction = this.#database.transaction("steps", "readwrite");
    ids.forEach((id) => transaction.objectStore("steps").delete(id));
    await done(transaction);
  }

  /** How many steps wait, of all attempts on this device. */
  async count() {
    if (!this.#database) return this.#memory.size;
    return (await result(this.#database.transaction("steps").objectStore("steps").count())) + this.#memory.size;
  }
}

// --- Pages ---------------------------------------------------------------------------------------------------------------------

/**
 * Have a worker keep pages of its scope (where it lies itself, unless said otherwise) on this device, and say of each when it is there.
 */
export const keep = async ({ worker, scope, pages, kept = () => {} }) => {
  if (!("serviceWorker" in navigator)) return;
  try {
    navigator.serviceWorker.addEventListener("message", ({ data }) => data.kept && kept(data.kept));
    await navigator.serviceWorker.register(worker, { scope });
    const ready = await navigator.serviceWorker.ready;
    for (const page of pages) ready.active.postMessage({ keep: page });
  } catch {
    // Not over HTTPS: the page works while it is open.
  }
};

const forget = async (isGone) => {
  try {
    for (const name of await caches.keys()) if (isGone(name)) await caches.delete(name);
  } catch {
    // No caches outside HTTPS.
  }
};

/** Remove the papers of whoever else used this device and did not sign out. person: whose page this is. */
export const eraseOthers = (person) => forget((name) => name.startsWith("attempt-") && !name.startsWith(`attempt-${person}-`));

/**
 * Remove everything from this device; for signing out. Emptied, not deleted: a deletion waits for the other tabs and would
 * then take with it what they have kept since.
 */
export const erase = async () => {
  await forget((name) => /^(room|list|papers|attempt)-/.test(name));
  for (const name of Object.keys(localStorage)) if (name.startsWith("draft-")) localStorage.removeItem(name);
  try {
    const database = await open();
    const transaction = database.transaction(["steps", "counters"], "readwrite");
    for (const name of ["steps", "counters"]) transaction.objectStore(name).clear();
    await done(transaction);
    database.close();
  } catch {
    // There is nothing where nothing can be kept.
  }
};

// --- The fields that an answer came from -----------------------------------------------------------------------------------------

const MARKER = /^~(guess|fairly|sure|[A-Za-z0-9-]{1,10}:)$/; // what a field sends besides answers

/** Whether something was answered; how sure one is says nothing by itself. */
export const isAnswer = (value) => value.some((one) => one && !MARKER.test(one));

/** Show an answer that was kept: what is chosen is named by its value, what is typed stands in order. */
export const fill = (within, name, value) => {
  const typed = value.filter((one) => !MARKER.test(one));
  let next = 0;
  for (const field of within.querySelectorAll(`[name="${name}"]`)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = value.includes(field.value);
    else if (field.tagName === "SELECT") {
      field.value = [...field.options].find((one) => one.value && value.includes(one.value))?.value ?? "";
      next++; // a select sends one value, chosen or not, as a box does
    } else if (!["file", "hidden"].includes(field.type)) field.value = typed[next++] ?? "";
    field.dispatchEvent(new CustomEvent("filled", { bubbles: true }));
  }
};
