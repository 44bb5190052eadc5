"""A room full of officers in front of the real server, on a copy of the test database."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from django.contrib.staticfiles.finders import get_finders
from django.db import connections

from deploy.bench import server
from deploy.bench.apart import apart
from deploy.bench.browser import Browser, Site

OFFICERS = 320


@dataclass
class Room:
    """A server, sessions of officers whose exam is open, and a look into the server's database."""

    site: Site
    settings: dict[str, str]
    data: Path
    sessions: Iterator[str] = field(default_factory=lambda: iter(()))
    quiz: str = ""
    process: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Start the server as deploy/run.py does."""
        command = [sys.executable, "-c", f"from deploy import run; run.serve('127.0.0.1', {self.site.port})"]
        self.process = server.start(command, self.site, self.settings, self.data / "server.log")

    def close(self, *, kill: bool = False) -> None:
        """End the server; `kill` leaves it no time for anything."""
        if self.process:
            server.stop(self.process, kill=kill)
            self.process = None

    def browser(self) -> Browser:
        """The browser of an officer who did nothing yet."""
        return Browser(self.site, next(self.sessions))

    def rows(self, sql: str, *values: Any, file: str = "db.sqlite3") -> list[Any]:
        """Rows of the server's database. `?` stands for a value; `file` is for SQLite only."""
        if url := self.settings.get("DATABASE_URL"):
            import psycopg

            with psycopg.connect(url) as connection:
                return connection.execute(sql.replace("?", "%s"), values).fetchall()
        import sqlite3  # the one that config/sqlite.py put in place

        connection = sqlite3.connect(self.data / file, timeout=20)
        try:
            return connection.execute(sql, [one.hex if isinstance(one, UUID) else one for one in values]).fetchall()
        finally:
            connection.close()

    def steps(self, path: str) -> list[tuple[int, str, str, str]]:
        """What is stored of an attempt: the server's number, id, kind and verdict of each step."""
        found = self.rows(
            "SELECT s.seq, s.id, s.kind, s.verdict FROM assessments_attemptstep s "
            "JOIN assessments_attempt a ON a.id = s.attempt_id WHERE a.public_id = ? ORDER BY s.seq",
            public_id(path),
        )
        return [(seq, str(UUID(str(pk))), kind, verdict) for seq, pk, kind, verdict in found]

    def grades(self, path: str) -> list[tuple[int, bool]]:
        """The grades of an attempt: version, and whether it was passed."""
        found = self.rows(
            "SELECT g.version, g.passed FROM assessments_graderecord g "
            "JOIN assessments_attempt a ON a.id = g.attempt_id WHERE a.public_id = ? ORDER BY g.version",
            public_id(path),
        )
        return [(version, bool(passed)) for version, passed in found]

    def right_answers(self, path: str) -> list[list[str]]:
        """The right options of each place of an attempt."""
        ((paper,),) = self.rows("SELECT paper FROM assessments_attempt WHERE public_id = ?", public_id(path))
        answers = []
        for item in _json(paper)["items"]:
            ((key,),) = self.rows("SELECT key FROM assessments_itemversion WHERE id = ?", UUID(item["version"]))
            answers.append([option for option, right in _json(key).items() if right])
        return answers


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def public_id(path: str) -> UUID:
    """Of an attempt, from its address."""
    return UUID(path.strip("/").split("/")[1])


def failures(results: Sequence[Any]) -> list[str]:
    """What went wrong in `at_once`."""
    return [repr(one) for one in results if isinstance(one, Exception)]


@contextmanager
def furnished(data: Path) -> Iterator[Room]:
    """A running server on a copy of the test database of this process, of the same kind."""
    site = Site(port := server.free_port(), f"127.0.0.1:{port}")
    settings = server.environment(data, PORT=str(port), SITE_URL=site.url)
    _write_manifest(data / "static")
    with copied(data, settings):
        room = Room(site, settings, data)
        made = apart("inside_people", settings, small=OFFICERS, large=0, questions=0, takers=OFFICERS)
        room.sessions, room.quiz = iter(made["takers"]), made["quiz"]
        room.open()
        try:
            yield room
        finally:
            room.close(kill=True)  # its data goes with it


@contextmanager
def copied(data: Path, settings: dict[str, str]) -> Iterator[None]:
    """Copy the test database, with the curriculum in it, and tell `settings` where the copy is; an empty queue beside it."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(data / "db.sqlite3")])
        command = [sys.executable, "manage.py", "migrate", "-v0", "--database", "tasks", "django_tasks_database"]
        subprocess.run(command, cwd=server.ROOT, env=settings, check=True)
        yield
        return
    import psycopg

    template, name = connection.settings_dict["NAME"], f"thindan_room_{os.getpid()}_{secrets.token_hex(3)}"
    url = os.environ["DATABASE_URL"]
    connection.close()
    connection.close_pool()  # a database is copied only while nobody is in it
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    settings["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    try:
        yield
    finally:
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _write_manifest(folder: Path) -> None:
    """Static files under their own names: these officers look at none, so none are collected."""
    paths = {name: name for finder in get_finders() for name, _storage in finder.list([])}
    folder.mkdir(parents=True)
    (folder / "staticfiles.json").write_text(json.dumps({"paths": paths, "version": "1.1", "hash": ""}))
