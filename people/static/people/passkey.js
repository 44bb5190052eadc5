/** <pass-key> around a form asks the device for a passkey and sends what it gives with the form.
 * What is asked stands in its script of type application/json; what is said if it does not work, in its data attributes. */

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked({ publicKey }) {
  const listed = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) options.excludeCredentials = listed(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = listed(options.allowCredentials);
  return options;
}

function given(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  const { id, type } = credential;
  return { id, type, rawId: text(credential.rawId), response, clientExtensionResults: credential.getClientExtensionResults() };
}

/** Which of the sentences fits: NotAllowedError is said for cancelled, too slow and none here alike, so that no site can tell. */
const WHY = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "there", NotSupportedError: "unfit", ConstraintError: "unfit", SecurityError: "unfit" };

class PassKey extends HTMLElement {
  #form = null;
  #button = null;
  #go = async (event) => {
    event.preventDefault();
    if (this.#button.disabled) return;
    if (!navigator.onLine) return this.#say("offline");
    this.#button.disabled = true;
    try {
      const publicKey = asked(JSON.parse(this.querySelector('script[type="application/json"]').textContent));
      const credential = await (publicKey.user ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
      this.#form.elements.credential.value = JSON.stringify(given(credential));
      this.#form.submit();
    } catch (error) {
      this.#say(WHY[error.name] ?? "failed");
    }
    this.#button.disabled = false;
  };

  #say(why) {
    const said = this.querySelector("[role=alert]");
    said.textContent = this.dataset[why];
    said.hidden = false;
  }

  connectedCallback() {
    this.#form = this.querySelector("form");
    this.#button = this.#form.querySelector(".actions button");
    if (!window.PublicKeyCredential) return this.#say("unfit");
    this.#button.hidden = false;
    this.#form.addEventListener("submit", this.#go);
  }

  disconnectedCallback() { this.#form?.removeEventListener("submit", this.#go); }
}
customElements.define("pass-key", PassKey);
