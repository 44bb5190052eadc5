/** Signing out leaves nothing on a shared phone. Answers not yet on the server are not thrown away without asking. */

import { Outbox, erase, eraseOthers } from "./outbox.js";

for (const form of document.querySelectorAll("form[data-signs-out]")) {
  eraseOthers(form.dataset.person);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const waiting = await (await new Outbox().open()).count();
    if (waiting && !confirm(form.dataset.signsOut)) return;
    await erase();
    form.submit();
  });
}
