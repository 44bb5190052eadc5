/**
 * <picture-answer> around a question that is answered with photos: a photo is made smaller on the device, sent at once and shown.
 * Without script the form sends the file as it is.
 */

const LONGEST = 1600;

class PictureAnswer extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.note = this.querySelector("[role=status]");
    if (!this.dataset.send) return;
    this.querySelector(".actions").hidden = true;
    this.input.addEventListener("change", (event) => {
      event.stopPropagation(); // the sheet around saves what is chosen, not what is sent
      this.#send();
    });
  }

  async #send() {
    const file = this.input.files[0];
    if (!file) return;
    this.#say(this.note.dataset.sending);
    const form = new FormData();
    form.set("file", await smaller(file), file.name);
    let answer;
    try {
      const response = await fetch(this.dataset.send, {
        method: "POST",
        body: form,
        headers: { Accept: "application/json", "X-CSRFToken": this.closest("form").elements.csrfmiddlewaretoken.value },
        redirect: "manual",
      });
      answer = await response.json();
    } catch {
      return this.#say(this.note.dataset.failed, true);
    }
    this.input.value = "";
    if (answer.error) return this.#say(answer.error, true);
    for (const { id, url } of answer.pictures) this.#show(id, url);
    this.#say(this.note.dataset.sent);
    this.dispatchEvent(new CustomEvent("sent", { bubbles: true, detail: answer.head }));
  }

  #show(id, url) {
    const one = this.querySelector("template").content.cloneNode(true);
    one.querySelector("img").src = url;
    one.querySelector("input").value = id;
    this.querySelector(".sent").append(one);
  }

  #say(text, isError = false) {
    this.note.hidden = false;
    this.note.textContent = text;
    this.note.className = isError ? "notice error" : "hint";
  }
}

/** A photo with at most 1600 pixels a side; anything that the browser cannot draw goes as it is. */
async function smaller(file) {
  if (!file.type.startsWith("image/")) return file;
  try {
    const photo = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(photo.width, photo.height));
    const canvas = new OffscreenCanvas(Math.round(photo.width * scale), Math.round(photo.height * scale));
    canvas.getContext("2d").drawImage(photo, 0, 0, canvas.width, canvas.height);
    const made = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
    return made.size < file.size ? made : file;
  } catch {
    return file;
  }
}

customElements.define("picture-answer", PictureAnswer);
