"""The code that is shown in a room and changes every half minute: computed from the session's secret and the time, so that it needs no
line to be shown, and can be checked long afterwards. Pure.

It is the one-time password of RFC 6238 with SHA-256, six digits and steps of 30 seconds.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

STEP = 30  # seconds
DIGITS = 6


def code_at(secret: bytes, when: datetime) -> str:
    """The code that is shown at a time."""
    return _code(secret, _step(when))


def fits(secret: bytes, code: str, when: datetime, *, within: timedelta) -> bool:
    """Whether a code was shown at a time, or no more than `within` before or after it."""
    first, last = _step(when - within), _step(when + within)
    return any(hmac.compare_digest(_code(secret, step), code) for step in range(first, last + 1))


def _step(when: datetime) -> int:
    return int(when.timestamp()) // STEP


def _code(secret: bytes, step: int) -> str:
    """RFC 4226, section 5.3, with the HMAC of RFC 6238."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), sha256)
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"
