"""Tables whose rows are facts: triggers in the database refuse to change or to delete them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import QuerySet

_SQLITE = """CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"""
_POSTGRESQL = (
    "CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
)


def _create(connection: BaseDatabaseWrapper, table: str, execute: Any) -> None:
    if connection.vendor == "postgresql":
        execute(_POSTGRESQL_FUNCTION.replace("%%", "%"))
    for verb in ("update", "delete"):
        execute((_POSTGRESQL if connection.vendor == "postgresql" else _SQLITE).format(table=table, verb=verb))


def _drop(connection: BaseDatabaseWrapper, table: str, execute: Any) -> None:
    for verb in ("update", "delete"):
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


class AppendOnly(Operation):
    """Migration operation: from here on, rows of a model's table are only inserted."""

    reversible = True
    atomic = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing changes in Django's picture of the table."""

    def _run(self, act: Any, app_label: str, editor: Any, state: Any) -> None:
        model = state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(editor.connection.alias, model):
            act(editor.connection, model._meta.db_table, lambda sql: editor.execute(sql, params=None))

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(_create, app_label, schema_editor, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(_drop, app_label, schema_editor, from_state)

    def describe(self) -> str:
        return f"Refuse changes to rows of {self.model_name}"


def tables(connection: BaseDatabaseWrapper) -> set[str]:
    """The tables whose rows are facts, as the database has them."""
    listed = (
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        if connection.vendor == "postgresql"
        else "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(listed)
        return {table for table, trigger in cursor.fetchall() if trigger == f"{table}_no_update"}


def declared() -> set[str]:
    """The tables whose rows are facts, as the migrations say."""
    found = set()
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (app, _name), migration in loader.disk_migrations.items():
        for operation in migration.operations:
            if type(operation) is AppendOnly:
                found.add(apps.get_model(app, operation.model_name)._meta.db_table)
    return found


def missing(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """(table, verb) where a trigger should refuse to update or to delete rows and is not there."""
    listed = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(listed)
        there = {name for (name,) in cursor.fetchall()}
    return [
        (table, verb)
        for table in sorted(declared())
        for verb in ("update", "delete")
        if f"{table}_no_{verb}" not in there
    ]


def mend(connection: BaseDatabaseWrapper) -> None:
    """Put back the triggers that are missing."""
    for table in {table for table, _verb in missing(connection)}:
        with connection.cursor() as cursor:
            _create(connection, table, cursor.execute)


class StillAppendOnly(AppendOnly):
    """Migration operation, first and last around others that change such a table: SQLite makes the table anew, without its triggers."""

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(_create, app_label, schema_editor, to_state)


@contextmanager
def suspended(connection: BaseDatabaseWrapper, tables: list[str]) -> Iterator[None]:
    """Let rows be changed or deleted for the length of a block: for emptying a test database, and, within a
    transaction, for taking a person's own words out of facts (assessments/personal.py). For nothing else."""
    if connection.vendor == "postgresql":
        connection.check_constraints()  # a table with checks that wait for the commit keeps its triggers
    with connection.cursor() as cursor:
        for table in tables:
            _drop(connection, table, cursor.execute)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in tables:
                _create(connection, table, cursor.execute)


def redact(rows: QuerySet[Any], **values: Any) -> int:
    """Take a person's own words out of facts, which nothing else may; within a transaction. What the facts say otherwise, and their
    place, stay. Returns how many rows."""
    found = list(rows.values_list("pk", flat=True))
    if found:
        with suspended(connection, [rows.model._meta.db_table]):
            rows.model._base_manager.filter(pk__in=found).update(**values)
    return len(found)
