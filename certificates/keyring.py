"""The keys that sign: private halves in files of their own, outside the database; public halves in it.

A machine that has to sign and finds no key makes one. So a lost key costs nothing but a new one, every server of several
may have its own, and no backup needs to hold what could forge a certificate. One key for each purpose, because each is
bound to a standard of its own: Ed25519 signs claims (short, for the square on the paper), P-256 the PDF (PAdES), RSA the
Open Badges credential (the specification asks for RS256).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import transaction

from certificates.models import SigningKey

Purpose = SigningKey.Purpose
Private = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
ALGORITHM: Final = {Purpose.CLAIM: "EdDSA", Purpose.DOCUMENT: "ES256", Purpose.CREDENTIAL: "RS256"}
YEARS: Final = 20  # of the X.509 certificate; a key is changed long before

_making = threading.Lock()
_loaded: dict[str, Private] = {}  # kid -> key, read once by a process


@dataclass(frozen=True)
class Signer:
    """A key that may sign now: its public record and its private half."""

    key: SigningKey
    private: Any


def b64(data: bytes) -> str:
    """URL-safe base64 without padding, as JOSE writes it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The bytes again. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def thumbprint(jwk: dict[str, str]) -> str:
    """The name of a key that follows from the key itself. Source: RFC 7638."""
    needed = {"OKP": ("crv", "kty", "x"), "EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}[jwk["kty"]]
    members = json.dumps({name: jwk[name] for name in sorted(needed)}, separators=(",", ":"))
    return b64(hashlib.sha256(members.encode()).digest())


def signer(purpose: str) -> Signer:
    """The newest key of this machine for a purpose that was neither retired nor withdrawn; made where there is none."""
    with _making:
        for key in SigningKey.objects.filter(purpose=purpose, retired_at=None).order_by("-added_at", "-pk"):
            if private := _private(key):
                return Signer(key, private)
        return _left_behind(purpose) or _make(purpose)


def rotate(*, at: datetime) -> list[SigningKey]:
    """Retire every key that signs, on every machine: the next signature makes a new one. What they signed stays good."""
    ending = list(SigningKey.objects.filter(retired_at=None))
    SigningKey.objects.filter(pk__in=[key.pk for key in ending]).update(retired_at=at)
    for key in ending:
        _file(key).unlink(missing_ok=True)
        _loaded.pop(key.kid, None)
    return ending


def withdraw(kid: str, *, reason: str, at: datetime) -> SigningKey:
    """Believe a key no more, because others may have it. Raises SigningKey.DoesNotExist, ValueError without a reason."""
    if not reason.strip():
        raise ValueError("a key is withdrawn for a reason")
    with transaction.atomic():
        key = SigningKey.objects.select_for_update().get(kid=kid)
        key.retired_at, key.withdrawn_at, key.reason = key.retired_at or at, key.withdrawn_at or at, reason.strip()
        key.save()
    _file(key).unlink(missing_ok=True)
    _loaded.pop(kid, None)
    return key


def is_signature(jwk: dict[str, str], signature: str, message: bytes) -> bool:
    """Whether an Ed25519 signature (base64url) over a message is of a public key."""
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(unb64(jwk["x"])).verify(unb64(signature), message)
    except (InvalidSignature, ValueError, KeyError):
        return False
    return True


def published() -> dict[str, list[dict[str, Any]]]:
    """The key set that anyone may have: every key that is believed, those for documents with their X.509 certificate.

    Source: RFC 7517.
    """
    found = []
    for key in SigningKey.objects.filter(withdrawn_at=None):
        said = key.jwk | {"kid": key.kid, "alg": ALGORITHM[Purpose(key.purpose)], "use": "sig"}
        if key.certificate:
            der = x509.load_pem_x509_certificate(key.certificate.encode()).public_bytes(serialization.Encoding.DER)
            said["x5c"] = [base64.b64encode(der).decode()]
        found.append(said)
    return {"keys": found}


def _folder() -> Path:
    return Path(settings.CERTIFICATE_KEYS)


def _file(key: SigningKey) -> Path:
    return _folder() / f"{key.purpose}-{key.kid}.pem"


def _private(key: SigningKey) -> Any:
    """The private half, where this machine has it."""
    return _read(_file(key), key.kid)


def _read(path: Path, kid: str) -> Any:
    if kid not in _loaded:
        try:
            # Ours, written by ourselves: checking an RSA key anew takes longer than signing with it.
            private: Any = serialization.load_pem_private_key(
                path.read_bytes(), None, unsafe_skip_rsa_key_validation=True
            )
        except FileNotFoundError:
            return None
        _loaded[kid] = private
    return _loaded[kid]


def _left_behind(purpose: str) -> Signer | None:
    """A key whose file is here and whose record is not, as after restoring an older archive or where one was put by hand."""
    for path in sorted(_folder().glob(f"{purpose}-*.pem")):
        kid = path.stem.removeprefix(f"{purpose}-")
        if not SigningKey.objects.filter(kid=kid).exists():
            return _registered(purpose, _read(path, kid))
    return None


def _make(purpose: str) -> Signer:
    """A new key: its file first, for a public key without a private one could sign nothing."""
    private = _GENERATE[Purpose(purpose)]()
    while thumbprint(public_jwk(private)).startswith("-"):  # a command would take its name for an option
        private = _GENERATE[Purpose(purpose)]()
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = _folder() / f"{purpose}-{thumbprint(public_jwk(private))}.pem"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    return _registered(purpose, private)


def _registered(purpose: str, private: Any) -> Signer:
    jwk, now = public_jwk(private), datetime.now(UTC)
    certificate = _self_signed(private, at=now) if purpose == Purpose.DOCUMENT else ""
    known = {"purpose": purpose, "jwk": jwk, "certificate": certificate, "added_at": now}
    key, _made = SigningKey.objects.get_or_create(kid=thumbprint(jwk), defaults=known)
    _loaded[key.kid] = private
    return Signer(key, private)


_GENERATE: Final[dict[Purpose, Any]] = {
    Purpose.CLAIM: ed25519.Ed25519PrivateKey.generate,
    Purpose.DOCUMENT: lambda: ec.generate_private_key(ec.SECP256R1()),
    Purpose.CREDENTIAL: lambda: rsa.generate_private_key(65537, 3072),
}


def public_jwk(private: Private) -> dict[str, str]:
    """The public half as a JWK: no member of the private one is ever in it."""
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": b64(private.public_key().public_bytes_raw())}
    if isinstance(private, ec.EllipticCurvePrivateKey):
        point = private.public_key().public_numbers()
        return {
            "kty": "EC",
            "crv": "P-256",
            "x": b64(point.x.to_bytes(32, "big")),
            "y": b64(point.y.to_bytes(32, "big")),
        }
    numbers = private.public_key().public_numbers()
    return {"kty": "RSA", "n": _whole(numbers.n), "e": _whole(numbers.e)}


def _whole(number: int) -> str:
    return b64(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def _self_signed(private: Any, *, at: datetime) -> str:
    """An X.509 certificate of the issuer for signing documents, vouched for by nobody else: its hash is published here."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, settings.ISSUER_EN[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, settings.ISSUER_EN[:64]),
        ]
    )
    usage = dict.fromkeys(
        ["key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"],
        False,
    )  # fmt: skip
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM).decode()
