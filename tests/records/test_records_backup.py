"""Archives: who opens them, and what is refused before anything is touched."""

import hashlib
import io
import json
import shutil
import tarfile
from pathlib import Path

import pyrage
import pytest
from django.db import connection
from django.utils import timezone

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


@pytest.mark.parametrize("recipients", [[], ["no key"]])
def test_no_archive_is_written_without_a_key(recipients, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with pytest.raises(NoRecipient):
        backup.back_up(tmp_path / "copy.age", recipients, at=NOW)
    assert not (tmp_path / "copy.age").exists()
