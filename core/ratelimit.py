"""Counting how often one address or account does one thing."""

import time
from collections.abc import Callable
from functools import wraps

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from core.views import too_many_requests


def allow(action: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count one try of `action` by `key`; False once more than `limit` fall into one window of `seconds`."""
    name = f"rate:{action}:{key}:{int(time.time()) // seconds}"
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name) <= limit
    except ValueError:  # it expired between the two calls
        return True


def limited(
    action: str, *, limit: int, seconds: int
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Answers 429 to an address that calls the view more often than `limit` in `seconds`."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not allow(action, request.META.get("REMOTE_ADDR", ""), limit=limit, seconds=seconds):
                return too_many_requests(request)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
