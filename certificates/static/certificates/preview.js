/** <live-preview> around a design's form shows what it would print, a moment after something changed. Without script: save and see. */
class LivePreview extends HTMLElement {
  connectedCallback() {
    if (this.dataset.preview) this.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.draw(), 600); });
  }
  async draw() {
    const shown = document.getElementById("preview"), sent = new FormData(this.querySelector("form"));
    for (const [name, value] of [...sent]) if (value instanceof File) sent.delete(name); // pictures go with the draft
    const turn = this.turn = (this.turn ?? 0) + 1;
    try {
      const answer = await fetch(this.dataset.preview, { method: "POST", body: sent });
      if (!answer.ok || turn !== this.turn) return;
      const old = shown.src;
      shown.src = URL.createObjectURL(await answer.blob());
      await shown.decode();
      shown.height = Math.round(1000 * shown.naturalHeight / shown.naturalWidth);
      if (old.startsWith("blob:")) URL.revokeObjectURL(old);
    } catch { /* the line is down: the last picture stays */ }
  }
}
customElements.define("live-preview", LivePreview);
