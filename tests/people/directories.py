"""An agency's directory on this machine: discovery, authorisation, token and keys, as OpenID Connect has them."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "thindan", "a secret of two"


def new_key() -> Any:
    """A private key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Directory:
    """Signs in whoever `says` names. Its faults are made by changing it: says, header, signing, broken."""

    url: str = ""
    says: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=new_key)
    signing: Any = None  # another key than the published one
    algorithm: str = "RS256"
    kid: str = "one"
    broken: str = ""  # a path that answers 500
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def configuration(self) -> dict[str, Any]:
        """What it says of itself."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def keys(self) -> dict[str, Any]:
        """Its public keys."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": self.kid, "use": "sig", "alg": "RS256"}]}

    def authorize(self, address: str) -> str:
        """Somebody signs in there: where their browser is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{urlsplit(asked['redirect_uri']).path}?state={asked['state']}&code={code}"

    def token(self, sent: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """The code for a token, once, to who began."""
        asked = self.codes.pop(sent.get("code", ""), None)
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or authorization != basic or asked["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "42", "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {name: value for name, value in (claims | self.says).items() if value is not None}
        signed = jwt.encode(claims, self.signing or self.key, algorithm=self.algorithm, headers={"kid": self.kid})
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": signed}


class _Handler(BaseHTTPRequestHandler):
    directory: Directory

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _is_broken(self, path: str) -> bool:
        self.directory.asked.append(path)
        if self.directory.broken == path:
            self._answer(500, {})
        return self.directory.broken == path

    def do_GET(self) -> None:
        """Discovery and keys."""
        path = urlsplit(self.path).path
        if self._is_broken(path):
            return
        found = {"/.well-known/openid-configuration": self.directory.configuration, "/keys": self.directory.keys}
        if path in found:
            self._answer(200, found[path]())
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        """The token."""
        length = int(self.headers["Content-Length"])
        sent = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        if not self._is_broken(urlsplit(self.path).path):
            self._answer(*self.directory.token(sent, self.headers.get("Authorization", "")))

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def running() -> Iterator[Directory]:
    """A directory that answers on loopback until the block ends."""
    directory = Directory()
    handler = type("Handler", (_Handler,), {"directory": directory})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    directory.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(
        target=server.serve_forever, args=(0.01,), daemon=True
    )  # how soon it sees that it is to end
    thread.start()
    try:
        yield directory
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
