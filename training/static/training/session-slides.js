/**
 * <session-slides>: goes through the slides of its page by link, arrow key or space, and says how many minutes the step has left.
 *
 * All slides are in the page, so that nothing is loaded on the way and a page that was kept works without a line. Without script every
 * link loads the page with its slide.
 */

const SKEW = "thindan-clock"; // seconds by which the server's clock is ahead of this device's (session-room.js)
const BY_KEY = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
const LOW = 2; // minutes

const numberOf = (address) => Number(new URL(address, location.href).searchParams.get("slide")) || 1;

class SessionSlides extends HTMLElement {
  #pressed = (event) => {
    const step = BY_KEY[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === " " && event.target.closest?.("a, button, summary")) return;
    event.preventDefault();
    this.#go(this.current + step);
  };
  #returned = () => this.#show(numberOf(location.href));

  connectedCallback() {
    this.slides = [...this.querySelectorAll("[data-slide]")];
    this.#show(numberOf(location.href), { isFirst: true }); // a page that was kept may have been kept on another slide
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[rel]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#go(numberOf(link.href));
    });
    document.addEventListener("keydown", this.#pressed);
    window.addEventListener("popstate", this.#returned);
    this.ticking = setInterval(() => this.#tick(), 5000);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#pressed);
    window.removeEventListener("popstate", this.#returned);
    clearInterval(this.ticking);
  }

  #go(number) {
    if (number < 1 || number > this.slides.length) return;
    const address = new URL(location.href);
    address.searchParams.set("slide", number);
    history.pushState(null, "", address);
    this.#show(number);
  }

  #show(number, { isFirst = false } = {}) {
    this.current = Math.min(Math.max(number, 1), this.slides.length);
    for (const slide of this.slides) slide.hidden = Number(slide.dataset.slide) !== this.current;
    if (!isFirst) this.slides[this.current - 1].querySelector("h2").focus();
    this.#tick();
  }

  #tick() {
    const shown = this.slides[this.current - 1].querySelector("[data-ends]");
    const now = Date.now() + Number(localStorage.getItem(SKEW) ?? 0) * 1000;
    const minutes = Math.ceil((Date.parse(shown.dataset.ends) - now) / 60_000);
    shown.hidden = Math.abs(minutes) > 240; // of a session of another day there is nothing to say
    const text = String(Math.max(0, minutes));
    const said = document.documentElement.lang === "my" ? text.replace(/\d/g, (digit) => "၀၁၂၃၄၅၆၇၈၉"[digit]) : text;
    shown.textContent = shown.dataset.text.replace("#", said);
    shown.classList.toggle("low", minutes <= LOW);
  }
}

customElements.define("session-slides", SessionSlides);
