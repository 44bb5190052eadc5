"""The restore drill: what was backed up comes back whole, into another place, and what is damaged does not."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pyrage
import pytest
from django.db import connection
from django.utils import timezone

from records import backup
from records.errors import BackupDamaged, BackupLocked, BackupUnreadable, NoRecipient, TargetNotEmpty

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the drill makes installations of files")

ROOT = Path(__file__).resolve().parents[2]
NOW = timezone.now()
# An officer in an exam, with an answer, an upload and a trail.
MAKE = """
from pathlib import Path
from uuid import uuid4
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
call_command("migrate", database="tasks", verbosity=0)
from assessments.services import Sent, record_steps, start_attempt
from content.authored import read_curriculum
from core import audit
from courses.catalogue import catalogue
from courses.loading import load
from people.models import Person
now = timezone.now()
load(read_curriculum(Path("tests/curriculum")), at=now)
person = Person.objects.create_user("IMM-1234", name_latin="Daw Nilar")
attempt = start_attempt(catalogue("en").by_code["C1"].exam, person, scope=uuid4(), at=now)
record_steps(attempt, [Sent(uuid4(), "answer", 0, [attempt.paper["items"][0]["options"][0]], "a", 1, 0)], at=now)
audit.record(audit.LOOKED, by=None, people=[person])
"""
EXAMINE = """
import json
from django.core.management import call_command
from assessments.models import AttemptStep
from core.doctor import examine
from records import heads
from records.models import AuditEntry
call_command("update_index", verbosity=0)
faults = [one.sentence for one in examine() if one.is_fault and one.check != "disk"]
steps = [[str(step.pk), step.value, step.verdict] for step in AttemptStep.objects.order_by("pk")]
print(json.dumps({"faults": faults, "steps": steps, "actions": list(AuditEntry.objects.order_by("number").values_list("action", flat=True))}))
"""


def manage(data: Path, *command: str) -> str:
    """What a command on an installation of its own says; its refusal where it fails."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTEST_CURRENT_TEST")}
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=kept | {"DATA_DIR": str(data)},
        capture_output=True,
        text=True,
    )
    return done.stdout if done.returncode == 0 else f"refused: {done.stderr}"


@pytest.fixture(scope="module")
def key() -> pyrage.x25519.Identity:
    """A private key."""
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="module")
def made(tmp_path_factory, key) -> tuple[Path, Path]:
    """An installation and its archive, written by the command."""
    data = tmp_path_factory.mktemp("first")
    assert not manage(data, "shell", "-v0", "-c", MAKE).startswith("refused")
    (data / "media/answers").mkdir(parents=True)
    (data / "media/answers/page.webp").write_bytes(b"RIFF")
    to = data.parent / "copy.age"
    said = manage(data, "backup", "--to", str(to), "--recipient", str(key.to_public()))
    assert not said.startswith("refused"), said
    return data, to


@pytest.fixture
def archive(made, settings, tmp_path) -> Path:
    """A copy of the archive, and a place with an upload for what is refused."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    (settings.MEDIA_ROOT / "answers").mkdir(parents=True)
    (settings.MEDIA_ROOT / "answers/page.webp").write_bytes(b"RIFF")
    copy = tmp_path / "copy.age"
    shutil.copy(made[1], copy)
    return copy


def test_what_was_backed_up_comes_back_elsewhere_and_the_doctor_finds_no_fault(made, key, tmp_path):
    data, archive = made
    second, identity = tmp_path / "second", tmp_path / "key.txt"
    identity.write_text(f"# a comment\n{key}\n")
    said = manage(second, "restore", str(archive), "--identity", str(identity))
    assert not said.startswith("refused"), said
    before, after = (json.loads(manage(one, "shell", "-v0", "-c", EXAMINE)) for one in (data, second))
    assert after["faults"] == []
    assert before["steps"] == after["steps"] != []
    assert after["actions"] == [*before["actions"], "records.restored"]
    assert (second / "media/answers/page.webp").read_bytes() == b"RIFF"
    again = manage(second, "restore", str(archive), "--identity", str(identity))
    assert again.startswith("refused")
    assert "--yes" in again


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
    assert [one.name for one in settings.DATA_DIR.iterdir() if "before" in one.name] == []


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


def test_a_file_that_is_not_there_is_said(key, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with pytest.raises(BackupUnreadable):
        backup.restore(tmp_path / "none.age", str(key), replace=True, at=NOW)


@pytest.mark.parametrize("recipients", [[], ["no key"]])
def test_no_archive_is_written_without_a_key(recipients, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with pytest.raises(NoRecipient):
        backup.back_up(tmp_path / "copy.age", recipients, at=NOW)
    assert not (tmp_path / "copy.age").exists()
