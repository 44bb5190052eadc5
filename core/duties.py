"""What the product does once a day by itself. Each app adds its own; `manage.py daily` does them all."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

log = logging.getLogger("thindan")

Duty = Callable[[datetime], str]  # the server's clock in, one line of counts out; safe to repeat
DUTIES: Final[dict[str, Duty]] = {}


def duty(name: str) -> Callable[[Duty], Duty]:
    """Adds a function to what is done daily."""

    def add(function: Duty) -> Duty:
        DUTIES[name] = function
        return function

    return add


def do_all(at: datetime) -> tuple[list[str], list[str]]:
    """Do every duty, whatever becomes of the others. Returns the lines of those done, and the names of those that failed."""
    done, failed = [], []
    for name, function in DUTIES.items():
        try:
            done.append(f"{name}: {function(at)}")
        except Exception:
            log.exception("daily duty failed: %s", name)
            failed.append(name)
    return done, failed
