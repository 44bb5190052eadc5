"""A shared cache that may be away: nothing that people do fails with it, or waits for it.

Redis that is stopped, hangs or refuses is asked again every few seconds; in between it costs nothing. What only the cache
knows (counters of tries, codes that were used) is then kept in the database, where every process sees it. What is a copy
(sessions) is read where it came from, and is never taken from a second copy, which could outlive a sign-out.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Final

from django.core.cache import caches
from django.core.cache.backends import redis
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.dummy import DummyCache
from django.db import connection, connections, router, transaction
from django.utils.module_loading import import_string

from core.duties import duty

log = logging.getLogger("thindan")

ASKED_AGAIN_SECONDS: Final = 5  # after it did not answer
SAID_SECONDS: Final = 60  # how often the log says that it is away


@dataclass
class _Server:
    """What the threads of this process know of one server. missed: keys that changed while it was away."""

    is_away: bool = False
    asked_again_at: float = 0
    said_again_at: float = 0
    missed: set[str] = field(default_factory=set)

    def may_be_asked(self) -> bool:
        """Whether to try; of many threads that find it away, one does."""
        if not self.is_away:
            return True
        now = time.monotonic()
        if now < self.asked_again_at:
            return False
        self.asked_again_at = now + ASKED_AGAIN_SECONDS
        return True

    def did_not_answer(self, error: Exception) -> None:
        """Leave it alone for a while, and say so, not each time."""
        now = time.monotonic()
        self.is_away, self.asked_again_at = True, now + ASKED_AGAIN_SECONDS
        if now >= self.said_again_at:
            self.said_again_at = now + SAID_SECONDS
            log.error("the shared cache is away, work goes on without it: %s: %s", type(error).__name__, error)

    def answered(self) -> None:
        """All is well again."""
        if self.is_away:
            self.is_away = False
            log.warning("the shared cache answers again")


_servers: Final[dict[str, _Server]] = {}  # by address


def is_away() -> bool:
    """Whether this process does without the shared cache at the moment."""
    return any(server.is_away for server in _servers.values())


def _while_it_answers(name: str) -> Callable[..., Any]:
    """The operation `name` of Django's cache; where the server does not answer, that of the one in its stead."""
    plain = getattr(redis.RedisCache, name)

    @wraps(plain)
    def operation(self: "RedisCache", *args: Any, **kwargs: Any) -> Any:
        if self.server.may_be_asked():
            try:
                self.catch_up()
                answer = plain(self, *args, **kwargs)
            except (self.no_answer, OSError) as error:
                self.server.did_not_answer(error)
            else:
                self.server.answered()
                return answer
        return getattr(self.instead, name)(*args, **kwargs)

    return operation


class RedisCache(redis.RedisCache):
    """Django's, with another in its stead while the server is away: that of the alias INSTEAD, or none, which forgets."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.no_answer: type[Exception] = import_string("redis.exceptions.RedisError")  # only where Redis is used
        self.server = _servers.setdefault(server, _Server())
        self._alias = params.get("INSTEAD")

    @property
    def instead(self) -> BaseCache:
        """What is asked while the server is away."""
        return caches[self._alias] if self._alias else _Forgetting(self.server)

    def catch_up(self) -> None:
        """Take out of the server what changed while it was away: it holds what was true before."""
        if missed := self.server.missed.copy():
            self._cache.delete_many(missed)
            self.server.missed.difference_update(missed)

    add = _while_it_answers("add")
    get = _while_it_answers("get")
    set = _while_it_answers("set")
    touch = _while_it_answers("touch")
    delete = _while_it_answers("delete")
    get_many = _while_it_answers("get_many")
    has_key = _while_it_answers("has_key")
    incr = _while_it_answers("incr")
    set_many = _while_it_answers("set_many")
    delete_many = _while_it_answers("delete_many")
    clear = _while_it_answers("clear")


class _Forgetting(DummyCache):
    """Holds nothing, and remembers which keys were to change."""

    def __init__(self, server: _Server) -> None:
        super().__init__("", {})
        self._server = server

    def set(self, key: str, value: Any, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        self._server.missed.add(self.make_key(key, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        self._server.missed.add(self.make_key(key, version))
        return False


class CountingCache(DatabaseCache):
    """Django's cache in a table, in which those who count at the same time take turns."""

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        name = self.make_and_validate_key(key, version=version)
        database = router.db_for_write(self.cache_model_class)
        with transaction.atomic(using=database), connections[database].cursor() as cursor:
            # Holds the row.
            cursor.execute(f"UPDATE {self._table} SET expires = expires WHERE cache_key = %s", [name])  # type: ignore[attr-defined]  # noqa: S608
            count: int = super().incr(key, delta, version)
        return count


@duty("cache")
def tidy(at: datetime) -> str:
    """What the table held while the shared cache was away goes once it counts no more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_cache WHERE expires < %s", [connection.ops.adapt_datetimefield_value(at)])
        return f"{cursor.rowcount} counters removed"
