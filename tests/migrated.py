"""The migrated database of the tests, kept as a file and copied, as migrating takes longer than most that is tested."""

import fcntl
import hashlib
import sqlite3  # the one that config/sqlite.py put in place
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.db.backends.sqlite3.creation import DatabaseCreation


def _mark() -> str:
    """Changes with everything that migrating depends on: migrations, what they call, libraries, settings."""
    root = settings.BASE_DIR
    parts = [
        *root.glob("*/migrations/*.py"),
        *root.glob("core/*.py"),
        *root.glob("requirements/*.txt"),
        root / "config/settings.py",
    ]
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for path in sorted(parts):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def keep() -> None:
    """From here on a test database begins as a copy of the file, and the first one made leaves it behind.

    While one process makes it the others wait, so that the time is theirs who have something else to do.
    """
    begin, finish = DatabaseCreation._create_test_db, DatabaseCreation.create_test_db
    if getattr(begin, "copies", False):
        return
    held: list[sqlite3.Connection] = []  # a database in memory is there as long as somebody is connected to it
    making: list[TextIO] = []  # the lock of who makes the file

    def file_of(creation: DatabaseCreation) -> Path:
        return Path(settings.DATA_DIR) / "migrated" / f"{creation.connection.alias}-{_mark()}.sqlite3"

    def _create_test_db(self: Any, *args: Any, **kwargs: Any) -> Any:
        name = begin(self, *args, **kwargs)
        kept = file_of(self)
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            making.append((kept.parent / f"{self.connection.alias}.lock").open("w"))
            fcntl.flock(making[-1], fcntl.LOCK_EX)
        if kept.exists():
            held.append(sqlite3.connect(name, uri=True))
            with sqlite3.connect(kept) as source:
                source.backup(held[-1])
            while making:
                making.pop().close()
        return name

    def create_test_db(self: Any, *args: Any, **kwargs: Any) -> Any:
        name = finish(self, *args, **kwargs)
        kept = file_of(self)
        if not kept.exists():
            for old in kept.parent.glob(f"{self.connection.alias}-*.sqlite3"):
                old.unlink(missing_ok=True)
            beside = kept.with_suffix(".making")
            with sqlite3.connect(beside) as target:
                self.connection.connection.backup(target)
            beside.replace(kept)
        while making:
            making.pop().close()
        return name

    _create_test_db.copies = True  # type: ignore[attr-defined]
    DatabaseCreation._create_test_db = _create_test_db  # type: ignore[method-assign]
    DatabaseCreation.create_test_db = create_test_db  # type: ignore[method-assign]
