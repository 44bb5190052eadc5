"""Who works on DATA_DIR: what serves shares a lock on the folder for its lifetime; what replaces the data takes it alone.

The lock is the kernel's (flock) on the folder itself: it needs no file and no right to write, children that a process forks keep
it, and it ends with the last of them, however they end. It tells of this machine only.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from django.conf import settings

from core.errors import DomainError, InService, OutOfService


def lock(folder: Path, how: int) -> int:
    """The open folder, locked until it is closed. Raises BlockingIOError instead of waiting, OSError where there are no locks."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, how | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        raise
    return opened


def _data(how: int, refusal: type[DomainError]) -> int | None:
    """The data's folder, locked; None on a file system that knows no locks."""
    try:
        return lock(Path(settings.DATA_DIR), how)
    except BlockingIOError:
        raise refusal from None
    except OSError:
        return None


@contextmanager
def _held(how: int, refusal: type[DomainError]) -> Iterator[None]:
    folder = _data(how, refusal)
    try:
        yield
    finally:
        if folder is not None:
            os.close(folder)


def begin() -> None:
    """This process serves from now on until it ends. Raises OutOfService."""
    _data(fcntl.LOCK_SH, OutOfService)


def together() -> AbstractContextManager[None]:
    """As long as this works on the data nobody replaces it. Raises OutOfService."""
    return _held(fcntl.LOCK_SH, OutOfService)


def alone() -> AbstractContextManager[None]:
    """As long as this replaces the data nobody works on it. Raises InService."""
    return _held(fcntl.LOCK_EX, InService)
