"""The restore drill: what was backed up comes back whole, into another place, and what is damaged does not."""

import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from uuid import uuid4

import pyrage
import pytest
from django.db import connection
from django.utils import timezone

from assessments.models import AttemptStep
from assessments.services import Sent, record_steps, start_attempt
from core import audit
from core.audit import Action
from courses.catalogue import catalogue
from records import backup
from records.errors import BackupDamaged, BackupLocked, BackupUnreadable, NoRecipient, TargetNotEmpty
from tests.factories import PersonFactory

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="pg_dump sees what is committed, which no test does"),
]

ROOT = Path(__file__).resolve().parents[2]
NOW = timezone.now()
KEPT = Action("test.kept", "Something to be kept")


@pytest.fixture
def key() -> pyrage.x25519.Identity:
    """A private key."""
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def archive(settings, tmp_path, key, monkeypatch) -> Path:
    """Of an officer in an exam, with an upload and a trail."""
    settings.DATA_DIR = tmp_path / "first"
    settings.MEDIA_ROOT = settings.DATA_DIR / "media"
    (settings.MEDIA_ROOT / "answers").mkdir(parents=True)
    (settings.MEDIA_ROOT / "answers/page.webp").write_bytes(b"RIFF")
    person = PersonFactory(service_number="IMM-1234")
    attempt = start_attempt(catalogue("en").by_code["C1"].exam, person, scope=uuid4(), at=NOW)
    option = attempt.paper["items"][0]["options"][0]
    record_steps(attempt, [Sent(uuid4(), "answer", 0, [option], "a", 1, 0)], at=NOW)
    audit.record(KEPT, by=person, people=[person])
    monkeypatch.setattr(backup, "_dump", lambda to: to.write_bytes(connection.connection.serialize()))
    to = tmp_path / "copy.age"
    backup.back_up(to, [str(key.to_public())], at=NOW)
    return to


def manage(data: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """The command on an installation of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTEST_CURRENT_TEST")}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=kept | {"DATA_DIR": str(data)},
        capture_output=True,
        text=True,
    )


def test_what_was_backed_up_comes_back_elsewhere_and_the_doctor_finds_no_fault(archive, key, settings, tmp_path):
    (settings.DATA_DIR / "db.sqlite3").write_bytes(
        connection.connection.serialize()
    )  # what is in memory, as a server's file
    made = manage(settings.DATA_DIR, "backup", "--to", str(archive), "--recipient", str(key.to_public()))
    assert (made.returncode, made.stderr) == (0, "")
    second, identity = tmp_path / "second", tmp_path / "key.txt"
    identity.write_text(f"# a comment\n{key}\n")
    done = manage(second, "restore", str(archive), "--identity", str(identity))
    assert (done.returncode, done.stderr) == (0, "")
    manage(second, "update_index", "-v0")
    found = json.loads(manage(second, "doctor", "--json").stdout)
    # The machine's disk and the test's one stray upload are no matter of the archive.
    assert [one for one in found["findings"] if one["is_fault"] and one["check"] != "disk"] == []
    asked = "from assessments.models import AttemptStep as S; print([[str(s.pk), s.value, s.verdict] for s in S.objects.order_by('pk')])"
    said = manage(second, "shell", "-v0", "-c", asked).stdout
    assert said.strip() == str([[str(s.pk), s.value, s.verdict] for s in AttemptStep.objects.order_by("pk")])
    assert (second / "media/answers/page.webp").read_bytes() == b"RIFF"
    again = manage(second, "restore", str(archive), "--identity", str(identity))
    assert again.returncode == 1
    assert "--yes" in again.stderr or "--yes" in again.stdout


def test_an_archive_says_nothing_to_who_has_no_key(archive):
    assert b"IMM-1234" not in archive.read_bytes()
    assert archive.stat().st_mode & 0o077 == 0
    assert not list(archive.parent.glob("*.part"))
    with pytest.raises(BackupLocked):
        backup.restore(archive, str(pyrage.x25519.Identity.generate()), replace=True, at=NOW)


@pytest.mark.parametrize("place", [200, -1, -5000])
def test_a_damaged_archive_is_refused_and_nothing_is_touched(place, archive, key, settings):
    body = bytearray(archive.read_bytes())
    body[place] ^= 1
    archive.write_bytes(body)
    with pytest.raises((BackupDamaged, BackupLocked)):
        backup.restore(archive, str(key), replace=True, at=NOW)
    assert (settings.MEDIA_ROOT / "answers/page.webp").exists()
    assert AttemptStep.objects.exists()


def test_an_archive_cut_short_is_refused(archive, key):
    archive.write_bytes(archive.read_bytes()[:-1000])
    with pytest.raises(BackupDamaged):
        backup.restore(archive, str(key), replace=True, at=NOW)


def test_what_was_packed_by_somebody_else_is_held_against_its_manifest(archive, key, tmp_path):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, body in {"manifest.json": b'{"format": 1, "database": "sqlite", "files": {"database.sqlite3": "0"}}', "database.sqlite3": b"x"}.items():  # fmt: skip
            member = tarfile.TarInfo(name)
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
    archive.write_bytes(pyrage.encrypt(out.getvalue(), [key.to_public()]))
    with pytest.raises(BackupDamaged):
        backup.restore(archive, str(key), replace=True, at=NOW)


def test_nothing_is_put_over_people_who_are_there_unless_told(archive, key):
    with pytest.raises(TargetNotEmpty):
        backup.restore(archive, str(key), replace=False, at=NOW)


def test_a_file_that_is_not_there_is_said(key, tmp_path):
    with pytest.raises(BackupUnreadable):
        backup.restore(tmp_path / "none.age", str(key), replace=True, at=NOW)


@pytest.mark.parametrize("recipients", [[], ["no key"]])
def test_no_archive_is_written_without_a_key(recipients, tmp_path):
    with pytest.raises(NoRecipient):
        backup.back_up(tmp_path / "copy.age", recipients, at=NOW)
    assert not (tmp_path / "copy.age").exists()
