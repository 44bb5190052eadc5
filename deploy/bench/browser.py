"""A browser without a screen, and an attempt as the page's script sits it."""

import http.client
import json
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4


@dataclass(frozen=True)
class Site:
    """Where a server answers. name: the host it is called by; https: as if a proxy in front of it spoke HTTPS."""

    port: int
    name: str
    https: bool = False

    @property
    def url(self) -> str:
        """Its address for browsers."""
        return f"{'https' if self.https else 'http'}://{self.name}"


@dataclass(frozen=True)
class Answer:
    """What came back. seconds: from the first byte sent to the last one received. size: of the body as it came."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The body, unpacked."""
        if self.headers.get("Content-Encoding") == "gzip":
            import gzip

            return gzip.decompress(self.body).decode()
        return self.body.decode()


class Browser:
    """One kept-alive connection with a session; the token against forged requests is sent with everything."""

    def __init__(self, site: Site, session: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        self.used = 0.0
        token, prefix = secrets.token_hex(16), "__Host-" if site.https else ""
        self.headers = {
            "Host": site.name,
            "Accept-Encoding": "gzip",
            "Cookie": f"{prefix}sid={session}; {prefix}csrf={token}; lang=my",
            "X-CSRFToken": token,
            "Origin": site.url,
            "X-Forwarded-Proto": "https" if site.https else "http",
        }

    def ask(
        self, method: str, path: str, *, steps: Any = None, form: Mapping[str, str] | None = None, accept: str = "gzip"
    ) -> Answer:
        """Send a request, with steps of an attempt or with a form. Raises OSError where no answer comes."""
        if time.monotonic() - self.used > 1:  # the server hangs up on a silent line after two seconds
            self.connection.close()
        headers = self.headers | {"Accept-Encoding": accept}
        body = None
        if steps is not None:
            headers |= {"Content-Type": "application/json", "Accept": "application/json"}
            body = json.dumps({"steps": steps})
        elif form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form)
        begun = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            content = response.read()
        except http.client.HTTPException as error:
            self.connection.close()
            raise ConnectionError(str(error)) from error
        self.used = time.monotonic()
        return Answer(response.status, response.headers, content, time.perf_counter() - begun)


class Paper:
    """An attempt as the page's script sits it."""

    def __init__(self, browser: Browser, path: str) -> None:
        self.browser, self.path, self.device, self.head, self.sent = browser, path, str(uuid4()), 0, 0
        shown = browser.ask("GET", path)
        if shown.status != 200:
            raise RuntimeError(f"the paper: {shown.status}")
        self.options: dict[int, list[str]] = {}
        for place, option in re.findall(r'name="item-(\d+)" value="([^"]+)"', shown.text):
            self.options.setdefault(int(place), []).append(option)

    def step(self, place: int, *options: str) -> dict[str, Any]:
        """A choice that was not sent yet."""
        self.sent += 1
        return {
            "id": str(uuid4()), "kind": "answer", "place": place, "value": list(options), "device": self.device,
            "client_seq": self.sent, "base_seq": self.head,
        }  # fmt: skip

    def save(self, *steps: dict[str, Any]) -> tuple[Answer, list[str]]:
        """Send steps; the answer, and what became of each."""
        answer = self.browser.ask("POST", f"{self.path}steps/", steps=steps)
        if answer.status != 200:
            return answer, []
        said = json.loads(answer.text)
        self.head = said["head"]
        return answer, [step["verdict"] for step in said["steps"]]

    def hand_in(self) -> Answer:
        """The last word."""
        return self.browser.ask("POST", f"{self.path}submit/")


def begin(browser: Browser, quiz: str) -> Paper:
    """Start an attempt, or go on with the open one."""
    answer = browser.ask("POST", quiz)
    if answer.status != 302 or "/attempt/" not in answer.headers["Location"]:
        raise RuntimeError(f"no attempt began: {answer.status} {answer.headers.get('Location')}")
    return Paper(browser, answer.headers["Location"])
