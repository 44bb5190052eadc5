"""What devices say of when something was done: how long ago, by their own clock; and the id that they gave it."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import HttpRequest

KEPT: Final = timedelta(days=14)  # how long a device may keep what it could not send


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
