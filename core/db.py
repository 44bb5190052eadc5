"""How writes meet the database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_gate = threading.Lock()


@contextmanager
def write_transaction() -> Iterator[None]:
    """A transaction for a small, hot write.

    SQLite lets one writer in at a time and makes the others poll, unfairly; a lock in the process hands the turn on at
    once, which halves the longest wait of a room full of people who answer together. Other databases need none.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _gate, transaction.atomic():
        yield
