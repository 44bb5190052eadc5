"""Whether an installation is sound: checks that each app adds, each yielding a sentence that says what is wrong and what to do."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.apps import apps
from django.conf import settings
from django.core import checks as django_checks
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import append_only, caches
from core.checks import OURS
from core.indexing import unindexed
from core.storage import listed

QUEUE_MINUTES: Final = 15  # how long a task that is due may wait before the worker is taken for dead
LEAST_FREE: Final = 0.10  # of the disk


@dataclass(frozen=True)
class Finding:
    """check: which one found it. sentence: for whoever runs the server. is_fault: else only worth knowing."""

    check: str
    sentence: str
    is_fault: bool = True


Check = Callable[[], Iterator[str]]
CHECKS: Final[dict[str, Check]] = {}
NOTES: Final = frozenset(["orphans", "advice", "facts to check"])  # checks that find what is untidy, not what is wrong


def check(name: str) -> Callable[[Check], Check]:
    """Adds a function to what the doctor examines."""

    def add(function: Check) -> Check:
        CHECKS[name] = function
        return function

    return add


def examine() -> list[Finding]:
    """Make every check. One that cannot be made is a finding too."""
    found = []
    for name, function in CHECKS.items():
        try:
            found += [Finding(name, sentence, name not in NOTES) for sentence in function()]
        except Exception as error:
            found.append(Finding(name, f"This could not be examined: {type(error).__name__}: {error}"))
    return found


@check("settings")
def _settings() -> Iterator[str]:
    ours = {message.id for message in django_checks.run_checks(tags=[OURS])}
    for message in django_checks.run_checks(tags=None):
        if message.level >= django_checks.ERROR or message.id in ours:
            yield message.msg


@check("advice")
def _advice() -> Iterator[str]:
    if not settings.LOOPBACK and settings.PACKAGE_ORIGIN == settings.SITE_URL:
        yield "PACKAGE_ORIGIN is not set: H5P plays on the site's own host, shut in its frames, and SCORM does not play. Give packages a host of their own, best with a star."
    if not settings.LOOPBACK and not settings.SECURITY_CONTACT:
        yield "SECURITY_CONTACT is not set: nobody is told where to report a weakness."
    if not settings.LOOPBACK and not settings.BACKUP_RECIPIENTS:
        yield "BACKUP_RECIPIENT is not set: no backup is made daily."
    if not settings.EMBEDDED and not settings.REDIS_URL:
        yield "PostgreSQL is used without a shared cache. With more than one process, set REDIS_URL."


@check("migrations")
def _migrations() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"{len(plan)} migrations are not applied. Run: manage.py migrate."


@check("facts")
def _facts() -> Iterator[str]:
    for table, verb in append_only.missing(connection):
        yield f"Rows of {table} are facts, but nothing refuses to {verb} them: the trigger is gone. Find out who took it away; then run: manage.py doctor --mend."


@check("disk")
def _disk() -> Iterator[str]:
    disk = shutil.disk_usage(settings.DATA_DIR)
    if disk.free < disk.total * LEAST_FREE:
        yield f"Only {disk.free // 2**20} MB of the disk are free, less than {LEAST_FREE:.0%}. Make room before answers can no longer be stored."


@check("cache")
def _cache() -> Iterator[str]:
    cache.set("doctor", "well", 10)
    if cache.get("doctor") != "well":
        yield "The cache forgets what it is given. Rate limits do not count; see REDIS_URL."
    if caches.is_away():
        yield "The shared cache does not answer. Everything goes on, slower, and tries are counted in the database. Start Redis; see REDIS_URL."


@check("database")
def _database() -> Iterator[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in ("fsync", "full_page_writes", "synchronous_commit"):
                cursor.execute(f"SHOW {name}")
                if cursor.fetchone()[0] == "off":
                    yield f"PostgreSQL runs with {name} off: answers that were acknowledged can be lost. Turn it on."
            return
        if sqlite3.sqlite_version_info < settings.SQLITE_OLDEST_SAFE:
            yield f"SQLite {sqlite3.sqlite_version} can corrupt a database in WAL mode. Install the pinned pysqlite3."
        wanted: dict[str, tuple[str, object]] = {"synchronous": ("FULL", 2), "foreign_keys": ("ON", 1)}
        if not connection.is_in_memory_db():  # type: ignore[attr-defined]
            wanted["journal_mode"] = ("WAL", "wal")
        for name, (word, value) in wanted.items():
            cursor.execute(f"PRAGMA {name}")
            if (now := cursor.fetchone()[0]) != value:
                yield f"SQLite's {name} is {now}, not {word}. Start the product with its own settings."
        cursor.execute("PRAGMA quick_check(5)")
        for (said,) in cursor.fetchall():
            if said != "ok":
                yield f"The database file is damaged ({said}). Stop the server and restore the newest backup."


@check("worker")
def _worker() -> Iterator[str]:
    late = timezone.now() - timedelta(minutes=QUEUE_MINUTES)
    due = DBTaskResult.objects.ready().filter(enqueued_at__lt=late)
    waiting = due.exclude(run_after__range=(late, timezone.now())).count()
    if waiting:
        yield f"{waiting} tasks have waited for more than {QUEUE_MINUTES} minutes: the worker is not there. Start manage.py db_worker."
    stuck = DBTaskResult.objects.filter(status="RUNNING", started_at__lt=timezone.now() - timedelta(hours=1)).count()
    if stuck:
        yield f"{stuck} tasks have run for more than an hour: a worker died over them. Start it anew; attempts past their end are handed in at the next look."


@check("search")
def _search() -> Iterator[str]:
    for model, keys in unindexed():
        yield f"{len(keys)} {model._meta.verbose_name_plural} are in no index and are not found. If no tasks wait, the daily duty brings them in; to do it now, run: manage.py daily."


def _named_files() -> set[str]:
    """The names of all files that rows speak of."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and model._meta.managed:
                found |= set(model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True))
    return found


@check("files")
def _files() -> Iterator[str]:
    lost = sorted(_named_files() - set(listed(default_storage)))
    if lost:
        yield f"{len(lost)} uploaded files are gone, {lost[0]} first. Restore them from a backup."


@check("orphans")
def _orphans() -> Iterator[str]:
    if orphans := sorted(set(listed(default_storage)) - _named_files()):
        where = settings.MEDIA_ROOT if isinstance(default_storage, FileSystemStorage) else "media/ in the store"
        yield f"{len(orphans)} files under {where} belong to nothing, {orphans[0]} first. Look at them and remove them."
