"""Which SQLite the product runs on."""

import sys

# Older versions can corrupt a database in WAL mode when a checkpoint meets a reset (fixed upstream in 3.51.3).
OLDEST_SAFE = (3, 51, 3)


def use_bundled() -> None:
    """Put the SQLite that comes with the pinned wheel in place of the system's, where the wheel exists."""
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
