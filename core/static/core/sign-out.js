/** Signing out leaves nothing on a shared phone. Answers not yet on the server are not thrown away without asking. */

import { Outbox, erase } from "./outbox.js";

for (const form of document.querySelectorAll("form[data-signs-out]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const waiting = await (await new Outbox().open()).count();
    if (waiting && !confirm(form.dataset.signsOut)) return;
    await erase();
    const emptied = Object.assign(document.createElement("input"), { type: "hidden", name: "emptied", value: "1" });
    form.append(emptied); // so that the server has the rest of the storage cleared
    form.submit();
  });
}
