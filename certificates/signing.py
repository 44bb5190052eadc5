"""What is signed, and its short form for the square on the paper. Pure functions; the keys are `certificates.keyring`'s."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from certificates.claim import CertificateClaim, canonical_json

# Each kind of message begins with words of its own, so that no signature can be passed off as one of another kind.
_CLAIM: Final = b"thindan certificate claim 1\n"
_SHORT: Final = b"thindan certificate short 1\n"

FORMAT: Final = 1
_KEY, _SIGNATURE = 6, 64  # bytes of the key's thumbprint, and of an Ed25519 signature


def message(claim: Mapping[str, Any]) -> bytes:
    """The bytes that the signature of a stored claim is over."""
    return _CLAIM + canonical_json(claim)


@dataclass(frozen=True)
class ShortClaim:
    """What the square says to a telephone without a line: who, which certificate, from when until when."""

    serial: str
    name_my: str
    name_latin: str
    course_code: str
    course_version: str
    kind: str
    issued_on: date
    valid_until: date | None

    @classmethod
    def of(cls, claim: CertificateClaim) -> ShortClaim:
        """The short form of a claim."""
        return cls(
            claim.serial,
            claim.name_my,
            claim.name_latin,
            claim.course_code,
            claim.course_version,
            claim.kind,
            claim.issued_on,
            claim.valid_until,
        )

    def payload(self) -> bytes:
        """A JSON list, UTF-8, in the order of the fields; days as ISO text, no end as null."""
        until = self.valid_until.isoformat() if self.valid_until else None
        said = [self.serial, self.name_my, self.name_latin, self.course_code, self.course_version, self.kind]
        return json.dumps(
            [*said, self.issued_on.isoformat(), until], ensure_ascii=False, separators=(",", ":")
        ).encode()


def short_digits(claim: CertificateClaim, *, kid: bytes, sign: Callable[[bytes], bytes]) -> str:
    """The signed short form as decimal digits, for a square stores digits in a third of the room that letters take.

    The number's bytes, most significant first: the format (1), six bytes of the key's thumbprint, the signature (64), and
    the payload that it is over.
    """
    payload = ShortClaim.of(claim).payload()
    raw = bytes([FORMAT]) + kid[:_KEY] + sign(_SHORT + payload) + payload
    return str(int.from_bytes(raw, "big"))


def read_short(digits: str) -> tuple[bytes, bytes, bytes]:
    """(first bytes of the key's thumbprint, signature, message that it is over). Raises ValueError."""
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 2500):
        raise ValueError("no short form")
    number = int(digits)
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if len(raw) <= 1 + _KEY + _SIGNATURE or raw[0] != FORMAT:
        raise ValueError("no short form")
    return raw[1 : 1 + _KEY], raw[1 + _KEY : 1 + _KEY + _SIGNATURE], _SHORT + raw[1 + _KEY + _SIGNATURE :]


def said_by(over: bytes) -> ShortClaim:
    """What a message of a short form says; to be asked once its signature was found good. Raises ValueError."""
    said = json.loads(over.removeprefix(_SHORT).decode())
    if not (isinstance(said, list) and len(said) == 8 and all(isinstance(one, str) for one in said[:7])):
        raise ValueError("no short form")
    serial, name_my, name_latin, code, version, kind, issued, until = said
    last = date.fromisoformat(until) if until else None
    return ShortClaim(serial, name_my, name_latin, code, version, kind, date.fromisoformat(issued), last)
