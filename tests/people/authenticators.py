"""A device with passkeys, in software: real keys and signatures, so that the server has to verify what it verifies of any."""

import hashlib
import json
import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """Makes a passkey and uses it. origin: where its browser believes to be; verifies: whether it asks for its lock."""

    origin: str = "http://testserver"
    verifies: bool = True
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: os.urandom(16))
    handle: bytes = b""

    def _told(self, kind: str, challenge: str) -> bytes:
        told = {"type": f"webauthn.{kind}", "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _data(self, rp: str, flags: int, rest: bytes = b"") -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(rp.encode()).digest() + struct.pack(">BI", flags, 0) + rest

    def _sent(self, **response: bytes) -> str:
        told = {name: _text(value) for name, value in response.items()}
        return json.dumps({"id": _text(self.id), "rawId": _text(self.id), "type": "public-key", "response": told,
                           "clientExtensionResults": {}})  # fmt: skip

    def make(self, options: Any) -> str:
        """What a browser sends after navigator.credentials.create(options)."""
        asked = options["publicKey"]
        self.handle = _bytes(asked["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(asked["rp"]["id"], ATTESTED, attested)
        told = self._told("create", asked["challenge"])
        return self._sent(clientDataJSON=told, attestationObject=cbor.encode({"fmt": "none", "attStmt": {}, "authData": data}))  # fmt: skip

    def use(self, options: Any) -> str:
        """What a browser sends after navigator.credentials.get(options)."""
        asked = options["publicKey"]
        data, told = self._data(asked["rpId"], 0), self._told("get", asked["challenge"])
        signature = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        return self._sent(clientDataJSON=told, authenticatorData=data, signature=signature, userHandle=self.handle)
