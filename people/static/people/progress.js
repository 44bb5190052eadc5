/** <work-progress> around how far some work is looks again each second, and loads the page anew once the work is over. */
class WorkProgress extends HTMLElement {
  connectedCallback() { this.timer = setInterval(() => this.look(), 1000); }
  disconnectedCallback() { clearInterval(this.timer); }
  async look() {
    if (this.looking) return;
    this.looking = true;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const now = page.querySelector("work-progress");
      if (!now) location.reload();
      else if (now.textContent !== this.textContent) this.replaceChildren(...now.childNodes); // read out once, not each second
    } catch { /* the line is down: the next second asks again */ } finally { this.looking = false; }
  }
}
customElements.define("work-progress", WorkProgress);
