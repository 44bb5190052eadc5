"""A lesson page and a package origin on two small servers of their own, without Django: what the player needs and no more."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Frame, Page

from content.packages.archive import open_archive
from content.packages.scorm.manifest import read_scorm

ROOT = Path(__file__).resolve().parents[2]
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; worker-src 'none'; form-action 'none'; base-uri 'self'"
)
PLAYER_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'"
)
LESSON = """<!doctype html><meta charset="utf-8"><title>Lesson</title><iframe id="package" title="Package" width="900"
 height="600" sandbox="allow-scripts allow-same-origin allow-forms allow-modals" allow="fullscreen; autoplay"></iframe>
<script>
const said = [], kept = {}; let port, secret = "lesson";
function start(url, state, item) {
  const frame = document.getElementById("package");
  frame.onload = () => {
    frame.onload = null;
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({ data }) => {
      said.push(data);
      if (data.type === "state") kept[data.data.data_id] = data.data.data;
      port.postMessage({ type: "acknowledged", seq: data.seq });
    };
    frame.contentWindow.postMessage({ type: "package-bridge-init", v: 1, state, item }, "*", [channel.port2]);
  };
  frame.src = url;
}
</script>"""
PLAYER = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Package</title><link rel="stylesheet" href="/_player/scorm-player.css">
<script type="application/json" id="package">{block}</script>
<script type="module" src="/_player/scorm-player.js"></script></head>
<body><main id="stage" data-root="/files/"></main></body></html>"""


@dataclass
class Stage:
    """Where the two servers are, and what the browser asked of any other."""

    lesson: str
    package: str
    block: dict[str, Any]
    elsewhere: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def play(self, page: Page, state: Mapping[str, Any] | None = None, item: str | None = None) -> None:
        """Open the lesson page and the package in it, with what an earlier visit stored."""
        page.on("request", lambda request: self._asked(request.url))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        page.goto(self.lesson)
        page.evaluate("([url, state, item]) => start(url, state, item)", [self.package, state or {}, item])
        page.wait_for_function("said.some((message) => message.type === 'ready')")

    def _asked(self, url: str) -> None:
        own = (self.lesson, self.package.removesuffix("play/"))
        if urlsplit(url).scheme.startswith("http") and not url.startswith(own):
            self.elsewhere.append(url)


def said(page: Page, kind: str) -> list[dict[str, Any]]:
    """What the player said of one kind so far, in order."""
    return page.evaluate("(kind) => said.filter((one) => one.type === kind).map((one) => one.data)", kind)


def part(page: Page, name: str = "") -> Frame:
    """The frame that shows a part, once its page is there: the one whose address has `name` in it."""
    page.wait_for_function("window.frames[0].length >= 0")
    for _again in range(100):
        found = [frame for frame in page.frames if "/files/" in frame.url and name in frame.url]
        if found:
            found[0].wait_for_load_state()
            return found[0]
        page.wait_for_timeout(50)
    raise AssertionError([frame.url for frame in page.frames])


def _serve(pages: Mapping[str, tuple[str, bytes, str]]) -> ThreadingHTTPServer:
    """A server for these pages: path -> media type, content, policy."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = pages.get(unquote(urlsplit(self.path).path))
            self.send_response(200 if found else 404)
            kind, data, policy = found or ("text/plain", b"", "default-src 'none'")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@contextmanager
def staged(file: BinaryIO, *, allows_eval: bool = False, **block: Any) -> Iterator[Stage]:
    """A package on stage. block: what to change in what the player page carries."""
    policy = POLICY.replace("'unsafe-inline';", "'unsafe-inline' 'unsafe-eval';", 1) if allows_eval else POLICY
    with open_archive(file, name="course.zip") as archive:
        contents = read_scorm(archive)
        pages = {
            "/files/" + one.path: (one.media_type, archive.read(one.entry, 2**27), policy) for one in contents.files
        }
    carried = contents.as_json() | {
        "library": f"/_player/scorm{contents.standard.replace('.', '')}.js",
        "learner": {"id": "learner", "name": "Learner"},
    } | block  # fmt: skip
    text = json.dumps(carried).replace("<", "\\u003c")
    pages["/play/"] = ("text/html", PLAYER.replace("{block}", text).encode(), PLAYER_POLICY)
    for path, kind in {
        "content/static/content/scorm-player.js": "text/javascript",
        "content/static/content/scorm-player.css": "text/css",
        "vendor/static/scorm/scorm12.js": "text/javascript",
        "vendor/static/scorm/scorm2004.js": "text/javascript",
    }.items():
        pages["/_player/" + Path(path).name] = (kind, (ROOT / path).read_bytes(), PLAYER_POLICY)
    inline = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; frame-src http:"  # the test waits by eval
    servers = [_serve({"/": ("text/html", LESSON.encode(), inline)}), _serve(pages)]
    lesson, package = (server.server_address[1] for server in servers)
    try:
        yield Stage(f"http://127.0.0.1:{lesson}/", f"http://p1.localhost:{package}/play/", carried)
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
