/**
 * keep(): has a worker (of the sessions, of the pocket cards) keep pages of its scope on this device, and says of each when it is there.
 * <kept-pages>: does it for the pages named in data-pages, and shows its line once this one is among them.
 */
export async function keep({ worker, scope, pages, kept }) {
  if (!("serviceWorker" in navigator)) return;
  try {
    navigator.serviceWorker.addEventListener("message", ({ data }) => data.kept && kept(data.kept));
    await navigator.serviceWorker.register(worker, { scope });
    const ready = await navigator.serviceWorker.ready;
    for (const page of pages) ready.active.postMessage({ keep: page });
  } catch {
    // Not over HTTPS: the page works while it is open.
  }
}

class KeptPages extends HTMLElement {
  connectedCallback() {
    const { worker, scope, pages } = this.dataset;
    const show = (path) => {
      if (path.split("?")[0] === location.pathname) this.querySelector("[data-kept]").hidden = false;
    };
    keep({ worker, scope, pages: pages.split(" "), kept: show });
  }
}

customElements.define("kept-pages", KeptPages);
