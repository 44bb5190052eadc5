"""What a person does in the browser, in steps that several journeys share."""

import base64
import hashlib
import hmac
import re
import struct
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

from tests.browser.answering import give
from tests.browser.served import Login, Served

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
BURMESE_DIGITS = str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WATCH_POLICY = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`))"""


PACKAGE_HOST = re.compile(r"http://p[0-9a-f]{16}\.localhost:\d+/(package|static)/")


@dataclass
class Browsing:
    """Opens pages, one device each, and writes down every fault that the browser reports on any of them.

    faults: errors on the console, exceptions of scripts, breaches of the content policy, requests to another origin.
    expected: beginnings of faults that a test brings about itself.
    """

    chromium: Browser
    served: Served
    faults: list[str] = field(default_factory=list)
    expected: list[str | tuple[str, ...]] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def device(self, locale: str = "my-MM", **options: object) -> BrowserContext:
        """A new device: a phone held by a reader of Burmese, unless said otherwise."""
        context = self.chromium.new_context(locale=locale, base_url=self.served.url, **(PHONE | options))
        context.set_default_timeout(20_000)
        if options.get("java_script_enabled", True):
            context.add_init_script(WATCH_POLICY)
        context.on("console", self._said)
        context.on("weberror", lambda error: self._fault(f"script {error.error}"))
        context.on("request", self._asked)
        self.contexts.append(context)
        return context

    def open(self, locale: str = "my-MM", **options: object) -> Page:
        """A page on a new device."""
        return self.device(locale, **options).new_page()

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._fault(f"console {message.text} {message.location.get('url', '')}")

    def _asked(self, request: Request) -> None:
        if request.url.startswith(("data:", "blob:")):
            return
        if not request.url.startswith(self.served.url + "/") and not PACKAGE_HOST.match(request.url):
            self._fault(f"request to {request.url}")

    def _fault(self, text: str) -> None:
        if not any(text.startswith(beginning) for beginning in self.expected):
            self.faults.append(text)

    def close(self) -> None:
        """Put all devices away."""
        for context in self.contexts:
            context.close()


# What the browser writes on the console itself when the line is cut or an answer is not 2xx.
NO_LINE = (
    "console Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
    "console An unknown error occurred when fetching the script",  # of a worker that was about to come
)
NOT_FOUND = "console Failed to load resource: the server responded with a status of 404"
REFUSED = "console Failed to load resource: the server responded with a status of 403"


def totp(secret: str) -> str:
    """The six digits that an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


def press(page: Page, selector: str) -> None:
    """Press something that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.locator(selector).click()


def sign_in(page: Page, login: Login, *, start: str = "/account/login/", digits: bool = False) -> None:
    """Sign in, with the second factor where there is one; digits: type the numbers with Burmese digits."""
    page.goto(start)
    page.fill("input[name=login]", login.login.translate(BURMESE_DIGITS) if digits else login.login)
    page.fill("input[name=password]", login.password)
    press(page, "main form button")
    if login.totp_secret:
        code = totp(login.totp_secret)
        page.fill("input[name=code]", code.translate(BURMESE_DIGITS) if digits else code)
        press(page, "main form:has(input[name=code]) button")


# What the device keeps and the server has not answered for, in the order it was done.
STEPS_KEPT = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open("thindan-outbox");
  request.onerror = reject;
  request.onsuccess = () => {
    const all = request.result.transaction("steps").objectStore("steps").getAll();
    all.onsuccess = () => {
      request.result.close();
      resolve(all.result.sort((a, b) => a.client_seq - b.client_seq));
    };
  };
})"""


def wait_until(page: Page, condition: str, arg: object = None, *, seconds: int = 20) -> None:
    """Wait until a function of the page comes to say true. It may be async; to `wait_for_function` every promise is true."""
    for _time in range(seconds * 5):
        if page.evaluate(condition, arg):
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"never true: {condition}")


def path_of(page: Page) -> str:
    """Where a page is, without host, query and fragment."""
    return urlsplit(page.url).path


def switch_language(page: Page) -> None:
    """Press the button that shows the page in the other language."""
    press(page, "form.language button")


# --- The answers -----------------------------------------------------------------------------------------------------


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@dataclass(frozen=True)
class Keys:
    """Responses to the items of C1, the course that journeys go through: to a check by its code, to a question by its text in either
    language. right: that earn everything; wrong: that earn nothing."""

    by_code: dict[str, list[str]]
    right: dict[str, list[str]]
    wrong: dict[str, list[str]]

    @classmethod
    def read(cls, served: Served) -> "Keys":
        """As the server has them."""
        by_code, right, wrong = {}, {}, {}
        for item in served.stage("answers"):
            by_code[item["code"]] = item["right"]
            for stem in map(_squeezed, item["stems"]):
                right[stem], wrong[stem] = item["right"], item["wrong"]
        return cls(by_code, right, wrong)

    def to(self, question: Locator, *, right: bool = True) -> list[str]:
        """A response to a question on a page."""
        stem = _squeezed(question.locator(".stem").first.inner_text())
        return (self.right if right else self.wrong)[stem]


def answer_check(page: Page, response: list[str]) -> Locator:
    """Answer the first open check of the lesson on the page; an interview step by step. Returns the check, judged."""
    name = page.locator("section.question:has(form)").first.get_attribute("id")
    check = page.locator(f'[id="{name}"]')
    for given in [[one] for one in response] if check.locator(".scenario").count() else [response]:
        give(check, given)
        with page.expect_navigation():
            check.locator("form > .actions button").click()
    return check


def open_checks(page: Page) -> list[str]:
    """The codes of the checks on the page that are not answered yet."""
    ids = page.locator("section.question:has(form)").evaluate_all("found => found.map(one => one.id)")
    return [one.removeprefix("check-") for one in ids]


def read_lesson(page: Page, keys: Keys) -> None:
    """Answer every open check of the lesson on the page rightly and mark it as read."""
    while codes := open_checks(page):
        answer_check(page, keys.by_code[codes[0]])
    press(page, ".lesson-end form button")


# --- The exam --------------------------------------------------------------------------------------------------------


def begin_exam(page: Page, exam: str) -> str:
    """Begin the exam with this id. Returns the id of the attempt."""
    page.goto(f"/quiz/{exam}/")
    press(page, "main form button")
    return path_of(page).split("/")[2]


def questions(page: Page) -> list[Locator]:
    """The questions of the paper on the page."""
    return page.locator("form.questions section.question").all()


def answer(question: Locator, keys: Keys, *, right: bool = True) -> list[str]:
    """Answer a question of the paper, or of practice. Returns the response."""
    response = keys.to(question, right=right)
    give(question, response)
    return response


def wait_for_state(page: Page, state: str) -> None:
    """Wait until the page says where the answers are: server, device or unsaved."""
    page.wait_for_selector(f'.save-state[data-state="{state}"] .{state}')
