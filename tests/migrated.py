"""The migrated database of the tests, kept as a file and copied, as migrating takes longer than most that is tested."""

import hashlib
import os
import sqlite3  # the one that config/sqlite.py put in place
from pathlib import Path
from typing import Any

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
    """From here on a test database begins as a copy of the file, and the first one made leaves it behind."""
    begin, finish = DatabaseCreation._create_test_db, DatabaseCreation.create_test_db
    if getattr(begin, "copies", False):
        return
    held: list[sqlite3.Connection] = []  # a database in memory is there as long as somebody is connected to it

    def file_of(creation: DatabaseCreation) -> Path:
        return Path(settings.DATA_DIR) / "migrated" / f"{creation.connection.alias}-{_mark()}.sqlite3"

    def _create_test_db(self: Any, *args: Any, **kwargs: Any) -> Any:
        name = begin(self, *args, **kwargs)
        if file_of(self).exists():
            held.append(sqlite3.connect(name, uri=True))
            with sqlite3.connect(file_of(self)) as source:
                source.backup(held[-1])
        return name

    def create_test_db(self: Any, *args: Any, **kwargs: Any) -> Any:
        name = finish(self, *args, **kwargs)
        kept = file_of(self)
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            for old in kept.parent.glob(
                f"{self.connection.alias}-*.sqlite3"
            ):  # not what another process is writing now
                old.unlink(missing_ok=True)
            beside = kept.with_suffix(f".{os.getpid()}")
            with sqlite3.connect(beside) as target:
                self.connection.connection.backup(target)
            beside.replace(kept)
        return name

    _create_test_db.copies = True  # type: ignore[attr-defined]
    DatabaseCreation._create_test_db = _create_test_db  # type: ignore[method-assign]
    DatabaseCreation.create_test_db = create_test_db  # type: ignore[method-assign]
