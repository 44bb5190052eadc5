"""A store on this machine that speaks as S3-style stores do, as far as the product asks: objects by their paths, and lists of them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "thindan"


@dataclass
class Store:
    """Keeps objects by their names. refuses: every request is answered so."""

    port: int = 0
    objects: dict[str, bytes] = field(default_factory=dict)
    refuses: int = 0

    @property
    def url(self) -> str:
        """Its STORAGE_URL."""
        return f"s3://key:secret%2F1@127.0.0.1:{self.port}/{BUCKET}?tls=no"


class _Handler(BaseHTTPRequestHandler):
    store: Store

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _do(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body, parts = self.rfile.read(length), urlsplit(self.path)
        _root, bucket, name = f"{unquote(parts.path)}/".split("/", 2)
        name = name.removesuffix("/")
        if self.store.refuses or "AWS4-HMAC-SHA256 Credential=key/" not in self.headers.get("Authorization", ""):
            return self._answer(self.store.refuses or 403)
        if bucket != BUCKET:
            return self._answer(404)
        if not name:
            return self._answer(200, self._list(parse_qs(parts.query)))
        if self.command == "PUT":
            self.store.objects[name] = body
        elif self.command == "DELETE":
            self.store.objects.pop(name, None)
            return self._answer(204)
        if name not in self.store.objects:
            return self._answer(404)
        data = self.store.objects[name] if self.command in ("GET", "HEAD") else b""
        return self._answer(200, data, ETag=f'"{sha256(data).hexdigest()}"', Last_Modified=formatdate(usegmt=True))

    do_GET = do_PUT = do_HEAD = do_DELETE = _do  # noqa: N815 (names of the library)

    def _list(self, asked: dict[str, list[str]]) -> bytes:
        prefix = asked.get("prefix", [""])[0]
        rest = [name.removeprefix(prefix) for name in sorted(self.store.objects) if name.startswith(prefix)]
        folders = sorted({one.split("/")[0] for one in rest if "/" in one})
        found = [f"<CommonPrefixes><Prefix>{escape(f'{prefix}{one}/')}</Prefix></CommonPrefixes>" for one in folders]
        found += [f"<Contents><Key>{escape(prefix + one)}</Key></Contents>" for one in rest if "/" not in one]
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{''.join(found)}</ListBucketResult>".encode()

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@contextmanager
def running() -> Iterator[Store]:
    """A store that answers on loopback until the block ends."""
    store = Store()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"store": store}))
    store.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
