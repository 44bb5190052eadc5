"""How writes meet the database."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.constants import OnConflict

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


def store_rows(rows: Iterable[models.Model], *, ignore_conflicts: bool = False) -> None:
    """New rows of one model, where nobody asks for their keys: `bulk_create` at a third of its cost.

    One statement is prepared and run for each row; `bulk_create` builds statements of some hundred rows. No signals are
    sent. ignore_conflicts: rows that are there already stay as they are. Not for models with parents.
    """
    rows = list(rows)
    if not rows:
        return
    database = connections[DEFAULT_DB_ALIAS]  # itself: `connection` looks for it at each use
    meta, ops = rows[0]._meta, database.ops
    fields = [field for field in meta.concrete_fields if field is not meta.auto_field]
    conflict = OnConflict.IGNORE if ignore_conflicts else None
    columns = ", ".join(ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"{ops.insert_statement(conflict)} {ops.quote_name(meta.db_table)} ({columns}) VALUES ({marks})"
    values = [[field.get_db_prep_save(field.pre_save(row, True), database) for field in fields] for row in rows]
    with database.cursor() as cursor:
        cursor.executemany(f"{statement} {ops.on_conflict_suffix_sql(fields, conflict, [], [])}", values)


def what_it_lacks() -> str:
    """Why a command could not use the database, and what to do; empty where it can be used."""
    try:
        connection.close()
        connection.ensure_connection()
    except DatabaseError as error:
        said = " ".join(str(error).split())
        return f"The database does not answer ({said}). Start it, or correct DATABASE_URL (for SQLite DATA_DIR), and try again."
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return (
            "The database is not ready: its tables are missing or older than the product. Run first: manage.py migrate."
        )
    return ""
