"""Installations of their own, to be backed up, lost and restored."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from deploy.bench import server

PICTURE = b"\x89PNG of nobody"

# Each officer begins the exam and answers a question; somebody is given a role, which the trail tells.
BEGUN = """
from uuid import uuid4
from django.utils import timezone
from assessments.recording import Sent, record_steps
from assessments.starting import start_attempt
from courses.catalogue import catalogue
from courses.models import Enrolment
from people.roles import grant_role
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
now = timezone.now()
for enrolment in Enrolment.objects.select_related("person"):
    attempt = start_attempt(catalogue("en").by_code["C1"].exam, enrolment.person, scope=enrolment.public_id, at=now)
    record_steps(attempt, [Sent(uuid4(), "answer", 0, ["a"], "phone", 1, 0)], at=now)
grant_role(enrolment.person, "trainer", by=None, reason="drill", starts_on=timezone.localdate())
TOTP.activate(enrolment.person, generate_totp_secret())
"""


class Place:
    """An installation of its own, with officers whose exam is open."""

    def __init__(self, data: Path, settings: dict[str, str]) -> None:
        self.data, self.settings = data, settings

    def run(self, *command: str, **other: str) -> subprocess.CompletedProcess[str]:
        """A command of manage.py; other: settings that are others this time."""
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=server.ROOT, env=self.settings | other, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def sql(self, *statements: str) -> list[Any]:
        """Rows of the last statement."""
        if url := self.settings.get("DATABASE_URL"):
            import psycopg

            with psycopg.connect(url) as connection:
                found = [connection.execute(one) for one in statements][-1]
                return found.fetchall() if found.description else []
        import sqlite3

        connection = sqlite3.connect(self.data / "db.sqlite3")
        try:
            rows = [connection.execute(one).fetchall() for one in statements][-1]
            connection.commit()
            return rows
        finally:
            connection.close()

    def lose_everything(self) -> None:
        if "DATABASE_URL" in self.settings:
            self.sql("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        else:
            for file in self.data.glob("db.sqlite3*"):
                file.unlink()
        (self.data / "media/a/picture.png").unlink()
        (self.data / "packages/files/ab/abcd").unlink()

    def records(self) -> dict[str, list[Any]]:
        """What officers, bank and trail hold, row by row."""
        tables = ["people_person", "people_rolegrant", "courses_enrolment", "assessments_attempt", "assessments_attemptstep", "assessments_itemversion", "wagtailcore_page", "django_migrations"]  # fmt: skip
        return {table: sorted(map(repr, self.sql(f"SELECT * FROM {table}"))) for table in tables}
