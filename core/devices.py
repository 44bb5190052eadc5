"""What devices say of what they send: whether a script asks, and when something was done, by their own clock, with the id that
they gave it."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import HttpRequest

KEPT: Final = timedelta(days=14)  # how long a device may keep what it could not send


def is_script(request: HttpRequest) -> bool:
    """Whether a page's script asks, which goes on by itself; a form is led on."""
    return "application/json" in request.headers.get("Accept", "")


def age(value: Any) -> timedelta:
    """Since something was done, from seconds as a device sends them; within `KEPT`, and nothing for a page without script.

    Raises ValueError or TypeError for what is no whole number.
    """
    return min(timedelta(seconds=max(0, min(int(value or 0), 10**8))), KEPT)


def sent(request: HttpRequest) -> tuple[UUID, timedelta]:
    """Id and age of what a form holds; a new id, and now, where none can be read."""
    try:
        return UUID(request.POST.get("token", "")), age(request.POST.get("age"))
    except ValueError:
        return uuid4(), timedelta(0)
