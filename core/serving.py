"""Who works on DATA_DIR: what serves shares a lock on the folder for its lifetime; what replaces the data takes it alone.

The lock is the kernel's (flock) on the folder itself: it needs no file and no right to write, children that a process forks keep
it, and it ends with the last of them, however they end. It tells of this machine only.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from core.errors import DomainError, InService, OutOfService


def _locked(how: int, refusal: type[DomainError]) -> int:
    """The open folder, locked; on a file system that knows no locks only open. Refuses instead of waiting."""
    folder = os.open(settings.DATA_DIR, os.O_RDONLY)
    try:
        fcntl.flock(folder, how | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(folder)
        raise refusal from None
    except OSError:
        pass
    return folder


def begin() -> None:
    """This process serves from now on until it ends. Raises OutOfService."""
    _locked(fcntl.LOCK_SH, OutOfService)


@contextmanager
def together() -> Iterator[None]:
    """As long as this works on the data nobody replaces it. Raises OutOfService."""
    folder = _locked(fcntl.LOCK_SH, OutOfService)
    try:
        yield
    finally:
        os.close(folder)


@contextmanager
def alone() -> Iterator[None]:
    """As long as this replaces the data nobody works on it. Raises InService."""
    folder = _locked(fcntl.LOCK_EX, InService)
    try:
        yield
    finally:
        os.close(folder)
