"""The restore drill: everything is made, put into an archive, lost, and put back."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.bench import server
from deploy.bench.apart import apart
from tests.concurrency.room import copied

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db]
PICTURE = b"\x89PNG of nobody"

# Each officer begins the exam and answers a question; somebody is given a role, which the trail tells.
BEGUN = """
from uuid import uuid4
from django.utils import timezone
from assessments.services import Sent, record_steps, start_attempt
from courses.catalogue import catalogue
from courses.models import Enrolment
from people.roles import grant_role
now = timezone.now()
for enrolment in Enrolment.objects.select_related("person"):
    attempt = start_attempt(catalogue("en").by_code["C1"].exam, enrolment.person, scope=enrolment.public_id, at=now)
    record_steps(attempt, [Sent(uuid4(), "answer", 0, ["a"], "phone", 1, 0)], at=now)
grant_role(enrolment.person, "trainer", by=None, reason="drill", starts_on=timezone.localdate())
"""


class Place:
    """An installation of its own, with officers whose exam is open."""

    def __init__(self, data: Path, settings: dict[str, str]) -> None:
        self.data, self.settings = data, settings

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=server.ROOT, env=self.settings, capture_output=True, text=True, check=False,
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

    def records(self) -> dict[str, list[Any]]:
        """What officers, bank and trail hold, row by row."""
        tables = ["people_person", "people_rolegrant", "courses_enrolment", "assessments_attempt", "assessments_attemptstep", "assessments_itemversion", "wagtailcore_page", "django_migrations"]  # fmt: skip
        return {table: sorted(map(repr, self.sql(f"SELECT * FROM {table}"))) for table in tables}


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A copy of the test database, made outside the transactions of tests."""
    data = tmp_path_factory.mktemp("place")
    settings = server.environment(data)
    with django_db_blocker.unblock(), copied(data, settings):
        apart("inside_people", settings, small=3, large=0, questions=0, takers=3)
        subprocess.run([sys.executable, "manage.py", "shell", "-c", BEGUN], cwd=server.ROOT, env=settings, check=True)
        (data / "media/a").mkdir(parents=True)
        (data / "media/a/picture.png").write_bytes(PICTURE)
        yield Place(data, settings)


def test_what_was_lost_is_back_as_it_was_and_what_is_damaged_or_not_ours_changes_nothing(place, tmp_path):
    archive, key = tmp_path / "away.age", place.data / "backup.key"
    made = place.run("backup", "--to", str(archive))
    assert made.returncode == 0, made.stderr
    assert oct(archive.stat().st_mode & 0o777) == oct(key.stat().st_mode & 0o777) == "0o600"
    assert b"SQLite format" not in archive.read_bytes()
    before = place.records()
    assert [len(before[f"assessments_{one}"]) for one in ("attempt", "attemptstep")] == [3, 3]

    # Nothing is put over what is there, unless one says so.
    assert place.run("restore", str(archive)).returncode == 1

    place.lose_everything()
    damaged, stranger = tmp_path / "damaged.age", tmp_path / "stranger.key"
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    assert place.run("backup", "--make-key", str(stranger)).stdout.startswith("age1")
    for file, identity in [(damaged, key), (archive, stranger)]:
        refused = place.run("restore", str(file), "--identity", str(identity))
        assert refused.returncode == 1
        assert "CommandError" in refused.stderr

    done = place.run("restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert place.records() == before
    assert place.sql("SELECT count(*) FROM records_auditentry WHERE action = 'records.restored'") == [(1,)]
    assert (place.data / "media/a/picture.png").read_bytes() == PICTURE
    with pytest.raises(Exception, match="append-only"):
        place.sql("DELETE FROM assessments_itemversion")

    # In the place of what is there.
    place.sql("UPDATE people_person SET name_latin = 'Changed since'")
    assert place.run("restore", str(archive), "--yes").returncode == 0
    assert place.records() == before
    assert not list(place.data.glob(".backup-*"))
    assert [path.name for path in (place.data / "media").iterdir()] == ["a"]
