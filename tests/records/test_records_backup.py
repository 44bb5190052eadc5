"""Archives: who opens them, and what is refused before anything is touched."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from core import serving
from core.doctor import CHECKS
from core.duties import DUTIES
from deploy.bench import server
from records import backup
from records.errors import BackupDamaged, BackupLocked, BackupNewer, BackupUnreadable, NoRecipient, TargetNotEmpty

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db]

NOW = timezone.now()


@pytest.fixture
def archive(sealed, settings, tmp_path) -> Path:
    """A copy of the archive, and a place with an upload for what is refused."""
    settings.DATA_DIR, settings.MEDIA_ROOT, settings.PACKAGES_ROOT = tmp_path, tmp_path / "media", tmp_path / "packages"
    (settings.MEDIA_ROOT / "answers").mkdir(parents=True)
    (settings.MEDIA_ROOT / "answers/page.webp").write_bytes(b"RIFF")
    copy = tmp_path / "copy.age"
    shutil.copy(sealed, copy)
    return copy


def test_an_archive_says_nothing_to_who_has_no_key(archive):
    assert b"IMM-1234" not in archive.read_bytes()
    assert archive.stat().st_mode & 0o077 == 0
    assert not list(archive.parent.glob("*.part"))
    with pytest.raises(BackupLocked):
        backup.restore(archive, str(pyrage.x25519.Identity.generate()), replace=True, at=NOW)


@pytest.mark.parametrize("byte", [200, -1, -5000])
def test_a_damaged_archive_is_refused_and_nothing_is_touched(byte, archive, key, settings):
    body = bytearray(archive.read_bytes())
    body[byte] ^= 1
    archive.write_bytes(body)
    with pytest.raises((BackupDamaged, BackupLocked)):
        backup.restore(archive, str(key), replace=True, at=NOW)
    assert (settings.MEDIA_ROOT / "answers/page.webp").exists()
    assert [one.name for one in settings.DATA_DIR.iterdir() if "before" in one.name] == []


def test_an_archive_cut_short_is_refused(archive, key):
    archive.write_bytes(archive.read_bytes()[:-1000])
    with pytest.raises(BackupDamaged):
        backup.restore(archive, str(key), replace=True, at=NOW)


def packed(key: pyrage.x25519.Identity, manifest: dict, database: bytes) -> bytes:
    """An archive that somebody else made."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, body in {"manifest.json": json.dumps(manifest).encode(), "database.sqlite3": database}.items():
            member = tarfile.TarInfo(name)
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
    return pyrage.encrypt(out.getvalue(), [key.to_public()])


def test_what_was_packed_by_somebody_else_is_held_against_its_manifest(archive, key):
    manifest = {"format": 1, "database": "sqlite", "files": {"database.sqlite3": "0"}}
    archive.write_bytes(packed(key, manifest, b"x"))
    with pytest.raises(BackupDamaged):
        backup.restore(archive, str(key), replace=True, at=NOW)


def test_an_archive_of_a_later_version_is_refused(archive, key):
    files = {"database.sqlite3": hashlib.sha256(b"x").hexdigest()}
    later = [["people", "0001_initial"], ["people", "9999_of_tomorrow"]]
    manifest = {"format": 1, "database": connection.vendor, "files": files, "migrations": later}
    archive.write_bytes(packed(key, manifest, b"x"))
    with pytest.raises(BackupNewer):
        backup.restore(archive, str(key), replace=True, at=NOW)


def test_nothing_is_put_over_people_who_are_there_unless_told(archive, key):
    with pytest.raises(TargetNotEmpty):
        backup.restore(archive, str(key), replace=False, at=NOW)


def test_a_file_that_is_not_there_is_said(key, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with pytest.raises(BackupUnreadable):
        backup.restore(tmp_path / "none.age", str(key), replace=True, at=NOW)


def test_no_archive_is_written_over_a_file_that_is_there(key, settings, tmp_path):
    settings.DATA_DIR, there = tmp_path, tmp_path / "monday.age"
    there.write_bytes(b"Monday")
    with pytest.raises(CommandError, match="Nothing was written and the file is kept"):
        call_command("backup", "--to", str(there), "--recipient", str(key.to_public()))
    assert there.read_bytes() == b"Monday"


def test_the_archive_of_the_day_is_made_anew_when_the_duty_is_repeated(key, settings, tmp_path, monkeypatch):
    settings.DATA_DIR, settings.MEDIA_ROOT, settings.PACKAGES_ROOT = tmp_path, tmp_path / "media", tmp_path / "packages"
    settings.BACKUP_RECIPIENTS = [str(key.to_public())]
    made = []
    for moment in (b"morning", b"evening"):
        monkeypatch.setattr(backup, "_dump", lambda to, moment=moment: to.write_bytes(moment))
        assert DUTIES["backup"](NOW) == "made"
        made += [one.read_bytes() for one in backup.folder().iterdir()]
    first, second = made
    assert first != second


@pytest.mark.parametrize("recipients", [[], ["no key"]])
def test_no_archive_is_written_without_a_key(recipients, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with pytest.raises(NoRecipient):
        backup.back_up(tmp_path / "copy.age", recipients, at=NOW)
    assert not (tmp_path / "copy.age").exists()


# --- While somebody serves -----------------------------------------------------------------------------------------------

SERVER = ["-c", "import config.wsgi, time; print('ready', flush=True); time.sleep(600)"]
WORKER = [
    "-c",
    "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'; import django; django.setup()\n"
    "from django.core.management import call_command\n"
    "call_command('migrate', 'django_tasks_database', database='tasks', verbosity=0)\n"
    "call_command('db_worker', interval=600.0, startup_delay=False)",
]


@contextmanager
def running(command: list[str], data: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that serves this data and has said that it does."""
    process = subprocess.Popen(
        [sys.executable, "-u", *command], cwd=server.ROOT, env=server.environment(data),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        assert process.stdout
        assert any("ready" in line or "Starting worker" in line for line in process.stdout)
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def refusal(archive: Path, key: pyrage.x25519.Identity) -> str:
    """Why the command does not restore."""
    file = archive.with_name("identity")
    file.write_text(str(key))
    with pytest.raises(CommandError) as refused:
        call_command("restore", str(archive), "--identity", str(file), "--yes")
    return str(refused.value)


@pytest.mark.parametrize("command", [SERVER, WORKER], ids=["server", "worker"])
def test_nothing_is_put_in_place_under_a_server_or_worker_until_it_is_gone(command, archive, key, settings):
    archive.write_bytes(b"no archive")
    with running(command, settings.DATA_DIR) as process:
        assert refusal(archive, key).startswith("The server, its worker")
        process.kill()
        process.wait()
        assert refusal(archive, key) == BackupDamaged.message
    assert (settings.MEDIA_ROOT / "answers/page.webp").exists()


@pytest.mark.parametrize(
    "command", [SERVER, ["manage.py", "db_worker"], ["manage.py", "daily"]], ids=["server", "worker", "daily"]
)
def test_nothing_starts_to_serve_while_an_archive_is_put_back(command, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with serving.alone():
        done = subprocess.run(
            [sys.executable, *command], cwd=server.ROOT, env=server.environment(tmp_path),
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert done.returncode != 0
    assert "A backup is being restored here" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["secret_key"]  # no database was begun


def test_two_archives_are_not_put_back_at_once(archive, key):
    with serving.alone():
        assert refusal(archive, key).startswith("The server, its worker")


# --- Killed --------------------------------------------------------------------------------------------------------------

# A restore that has unpacked something and goes no further.
HALFWAY = """
import os, sys, time
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django; django.setup()
import pyrage
from django.core.management import call_command
def decrypt_file(archive, plain, keys):
    Path(plain).write_bytes(b"everybody")
    print("ready", flush=True)
    time.sleep(600)
pyrage.decrypt_file = decrypt_file
call_command("restore", sys.argv[1], "--identity", sys.argv[2], "--yes")
"""


@pytest.fixture
def halfway(archive, key, settings) -> Iterator[subprocess.Popen[str]]:
    """A restore in the middle of its work."""
    file = archive.with_name("identity")
    file.write_text(str(key))
    with running(["-c", HALFWAY, str(archive), str(file)], settings.DATA_DIR) as process:
        yield process


def test_what_a_restore_works_on_is_left_alone_and_no_fault(halfway, settings):
    assert DUTIES["leftovers"](NOW) == "0 removed"
    assert list(CHECKS["leftovers"]()) == []
    assert [one.read_bytes() for one in settings.DATA_DIR.glob(".backup-*/plain.tar.gz")] == [b"everybody"]


def test_what_a_killed_restore_left_in_the_clear_is_named_and_goes_with_the_day(halfway, settings):
    halfway.kill()
    halfway.wait()
    (said,) = CHECKS["leftovers"]()
    (folder,) = settings.DATA_DIR.glob(".backup-*")
    assert str(folder) in said
    assert DUTIES["leftovers"](NOW) == "1 removed"
    assert not folder.exists()
    assert list(CHECKS["leftovers"]()) == []


def test_what_a_killed_restore_left_goes_with_the_next_one_even_if_that_is_refused(halfway, archive, settings):
    halfway.kill()
    halfway.wait()
    assert refusal(archive, pyrage.x25519.Identity.generate()) == BackupLocked.message
    assert list(settings.DATA_DIR.glob(".backup-*")) == []
