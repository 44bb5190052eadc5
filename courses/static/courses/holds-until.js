/**
 * <holds-until data-until="2027-11-30">: after that day, by the device's own calendar, it looks past its day and shows what stands in
 * [data-past]. The server says the same of a page that it sends; this is for pages that a device kept.
 */
class HoldsUntil extends HTMLElement {
  connectedCallback() {
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    if (today <= this.dataset.until) return;
    this.classList.add("past");
    for (const told of this.querySelectorAll("[data-past]")) told.hidden = false;
  }
}

customElements.define("holds-until", HoldsUntil);
