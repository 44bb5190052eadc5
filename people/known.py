"""Devices on which somebody signed in before: wrong passwords typed elsewhere do not pause them.

A cookie names the device by a random token and, by keyed hashes, the accounts that signed in on it; who reads it learns
nothing. It stays after signing out, and is worth no sign-in: it only says where tries are counted.
"""

import secrets
from typing import Any, Final

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE: Final = "known"
PLACE: Final = "/account/"  # where passwords are asked for; no other request carries it
SECONDS: Final = 180 * 86400
MOST: Final = 30  # accounts of one device, the latest first: a group that shares a tablet
_SALT: Final = "people.known"


def _mark(number: str) -> str:
    return salted_hmac(_SALT, number, algorithm="sha256").hexdigest()[:16]


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    """Token and accounts of the device; a new token and none where there is no cookie, or not one of ours."""
    try:
        kept: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=SECONDS)
        return kept["device"], kept["accounts"]
    except signing.BadSignature:
        return secrets.token_urlsafe(12), []


def remember(request: HttpRequest, response: HttpResponse, number: str) -> None:
    """From now on the device of this request is known to the account of a service number."""
    token, accounts = _read(request)
    mark = _mark(number)
    accounts = [mark, *(one for one in accounts if one != mark)][:MOST]
    response.set_cookie(
        COOKIE, signing.dumps({"device": token, "accounts": accounts}, salt=_SALT),
        max_age=SECONDS, path=PLACE, secure=settings.HTTPS, httponly=True, samesite="Lax",
    )  # fmt: skip


def is_known(request: HttpRequest, number: str) -> bool:
    """Whether somebody signed in here before under a service number, in its one spelling."""
    return _mark(number) in _read(request)[1]


def place(request: HttpRequest, number: str) -> str:
    """Where tries at an account are counted: on its known device, else in the network they come from."""
    return f"device {_read(request)[0]}" if is_known(request, number) else f"network {get_ip(request)}"
