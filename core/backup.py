"""One encrypted archive of everything that people did, and putting it back.

The archive is a gzipped tar inside an age file (age-encryption.org/v1), encrypted to a public key; the private one need
not be on the server. It holds the database, the media files and a manifest with the SHA-256 of each file. It never holds
a secret: keys are kept apart, so that a found archive and a found key are two finds (docs/operations.md).
"""

import contextlib
import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pyrage
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from core.errors import DomainError

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
_SQLITE: Final = "database.sqlite3"
_DUMP: Final = "database.pgdump"
_PIECE: Final = 1 << 20


class BackupError(DomainError):
    """A backup that was not made, or not put back; what was there stays. Worded for administrators, who work in English."""


class NoRecipient(BackupError):
    """Nobody could open the archive."""

    code = "backup_no_recipient"
    message = (
        "No backup was made: there is no public key to encrypt it to. "
        "Make one with `manage.py backup --make-key FILE`, keep FILE off this machine and set BACKUP_RECIPIENT to the key it prints."
    )


class NotReadable(BackupError):
    """No archive, another key, or damaged on the way."""

    code = "backup_not_readable"
    message = (
        "This archive cannot be opened with this key, or it is damaged. Nothing was changed. "
        "Try the other copy, and the key of the day on which it was made."
    )


class NotWhole(BackupError):
    """What the archive holds is not what was put into it."""

    code = "backup_not_whole"
    message = "The archive is damaged at %(name)s. Nothing was changed. Try another copy."


class OtherDatabase(BackupError):
    """An archive of SQLite for PostgreSQL, or the other way round."""

    code = "backup_other_database"
    message = "The archive comes from %(theirs)s and this installation uses %(ours)s. Nothing was changed. Set DATABASE_URL as it was where the archive was made."


class NewerArchive(BackupError):
    """An archive of a later version of the product."""

    code = "backup_newer"
    message = "The archive was made by a later version of the product. Nothing was changed. Install that version, then restore."


class NotEmpty(BackupError):
    """There is something that would be replaced."""

    code = "backup_not_empty"
    message = "There are records here already. Nothing was changed. To put the archive in their place, stop the server and say --replace."


class ToolMissing(BackupError):
    """The tools of PostgreSQL are not installed."""

    code = "backup_tool_missing"
    message = "%(tool)s is missing or failed: %(said)s Nothing was changed. Install the postgresql-client of the server's version."


@dataclass(frozen=True)
class Archive:
    """An archive that was made or put back. made_at: ISO time. files: how many media files."""

    path: Path
    made_at: str
    files: int
    size: int


# --- Keys ------------------------------------------------------------------------------------------------------------


def make_key(path: Path) -> str:
    """Write a new private key (mode 600) that opens archives; its public key. Raises FileExistsError."""
    identity = pyrage.x25519.Identity.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public())


def recipient() -> str:
    """The public key to encrypt to: BACKUP_RECIPIENT; on this machine alone one made for it. Raises NoRecipient."""
    if settings.BACKUP_RECIPIENT:
        return str(settings.BACKUP_RECIPIENT)
    if not settings.LOOPBACK:
        raise NoRecipient
    with contextlib.suppress(FileExistsError):
        return make_key(own_key())
    return str(_identity(own_key()).to_public())


def own_key() -> Path:
    """Where a demonstration keeps its private key."""
    return Path(settings.DATA_DIR) / "backup.key"


def _identity(path: Path) -> Any:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        return pyrage.x25519.Identity.from_str(next(one for one in lines if one.startswith("AGE-SECRET-KEY-")))
    except (OSError, ValueError, StopIteration, pyrage.IdentityError):
        raise NotReadable from None


# --- Making ----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _workshop() -> Iterator[Path]:
    """A folder of the data folder that only the owner reads, and that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="backup-", dir=settings.DATA_DIR) as folder:
        yield Path(folder)


def back_up(to: Path, *, key: str, at: datetime) -> Archive:
    """Write the archive, encrypted to the public key. While it is made, people go on working; it holds what was committed
    when it began. The file is there whole or not at all. Raises BackupError."""
    try:
        recipients = [pyrage.x25519.Recipient.from_str(key)]
    except (ValueError, pyrage.RecipientError):
        raise NoRecipient from None
    with _workshop() as shop:
        database = shop / (_SQLITE if connection.vendor == "sqlite" else _DUMP)
        _copy_database(database)
        media = Path(settings.MEDIA_ROOT)
        files = {database.name: database} | {f"media/{path.relative_to(media)}": path for path in _files(media)}
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "made_at": at.isoformat(timespec="seconds"),
            "vendor": connection.vendor,
            "migrations": sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations()),
            "files": {},
        }
        plain, sealed = shop / "archive.tar.gz", to.with_name(f".{to.name}.part")
        with tarfile.open(plain, "w:gz", compresslevel=6) as tar:
            for name, path in files.items():
                try:
                    tar.add(path, name, recursive=False)
                except FileNotFoundError:  # removed meanwhile
                    continue
                manifest["files"][name] = _sha256(path)
            said = shop / MANIFEST
            said.write_text(json.dumps(manifest, sort_keys=True))
            tar.add(said, MANIFEST)
        try:
            with plain.open("rb") as source, os.fdopen(os.open(sealed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:  # fmt: skip
                pyrage.encrypt_io(source, target, recipients)
                target.flush()
                os.fsync(target.fileno())
            sealed.replace(to)
        finally:
            sealed.unlink(missing_ok=True)
    return Archive(to, manifest["made_at"], len(manifest["files"]) - 1, to.stat().st_size)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy_database(to: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(to)) as copy:
            connection.connection.backup(copy, pages=1000)
            copy.execute("PRAGMA journal_mode=DELETE")
    else:
        _tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")


def _tool(name: str, *arguments: str) -> None:
    """Run a tool of PostgreSQL on our database; the password goes by environment. Raises ToolMissing."""
    given = connection.settings_dict
    environment = os.environ | {
        variable: str(given[setting])
        for variable, setting in (
            ("PGHOST", "HOST"),
            ("PGPORT", "PORT"),
            ("PGUSER", "USER"),
            ("PGPASSWORD", "PASSWORD"),
        )
        if given.get(setting)
    }
    target = ["--dbname", str(given["NAME"])]
    try:
        done = subprocess.run([name, *arguments, *target], env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise ToolMissing(tool=name, said="") from None
    if done.returncode:
        raise ToolMissing(tool=name, said=done.stderr.strip()[-500:])


# --- Putting back ----------------------------------------------------------------------------------------------------


def restore(archive: Path, *, key: Path, replace: bool, is_empty: bool, at: datetime) -> Archive:
    """Put an archive back, after everything in it was compared with its manifest. The server must not run.

    What was there is kept beside it, as NAME.before-TIME (SQLite and media; a PostgreSQL database is replaced in one
    transaction). is_empty: whether nobody would be missed. The caller runs the migrations afterwards. Raises BackupError.
    """
    if not (is_empty or replace):
        raise NotEmpty
    with _workshop() as shop:
        manifest = _unpacked(archive, _identity(key), shop)
        if manifest["vendor"] != connection.vendor:
            raise OtherDatabase(theirs=manifest["vendor"], ours=connection.vendor)
        known = {(app, name) for app, name in _migrations_of_the_code()}
        if any((app, name) not in known for app, name in manifest["migrations"]):
            raise NewerArchive
        suffix = f".before-{at:%Y%m%dT%H%M%S}"
        connections.close_all()
        if connection.vendor == "sqlite":
            _put_sqlite(shop / "in" / _SQLITE, Path(connection.settings_dict["NAME"]), "" if is_empty else suffix)
        else:
            _tool(
                "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
                str(shop / "in" / _DUMP),
            )  # fmt: skip
        _put_media(shop / "in" / "media", Path(settings.MEDIA_ROOT), suffix)
    return Archive(archive, manifest["made_at"], len(manifest["files"]) - 1, archive.stat().st_size)


def _migrations_of_the_code() -> Iterator[tuple[str, str]]:
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 (reads every migration)

    yield from MigrationLoader(None).disk_migrations


def _unpacked(archive: Path, identity: Any, shop: Path) -> dict[str, Any]:
    """The manifest, once every file of the archive lies in shop/in and is what it was."""
    plain, folder = shop / "archive.tar.gz", shop / "in"
    try:
        with archive.open("rb") as source, plain.open("wb") as target:
            pyrage.decrypt_io(source, target, [identity])
        with tarfile.open(plain, "r:gz") as tar:
            tar.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, EOFError, ValueError, tarfile.TarError, gzip.BadGzipFile, pyrage.DecryptError):
        raise NotReadable from None
    plain.unlink()
    if manifest.get("format") != FORMAT:
        raise NewerArchive
    there = {str(path.relative_to(folder)) for path in _files(folder)} - {MANIFEST}
    for name in sorted(there.symmetric_difference(manifest["files"])):
        raise NotWhole(name=name)
    for name, digest in manifest["files"].items():
        if _sha256(folder / name) != digest:
            raise NotWhole(name=name)
    return manifest


def _put_sqlite(source: Path, target: Path, suffix: str) -> None:
    with contextlib.closing(sqlite3.connect(source)) as database:
        (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise NotWhole(name=_SQLITE)
    if target.exists():
        with contextlib.closing(
            sqlite3.connect(target)
        ) as old:  # what lies in the log belongs to the copy that is kept
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        target.replace(target.with_name(target.name + suffix))
    for part in ("-wal", "-shm"):
        target.with_name(target.name + part).unlink(missing_ok=True)
    source.replace(target)


def _put_media(source: Path, target: Path, suffix: str) -> None:
    if target.exists() and any(target.iterdir()):
        target.replace(target.with_name(target.name + suffix))
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.exists():
        if target.exists():
            target.rmdir()
        shutil.move(source, target)
    else:
        target.mkdir(exist_ok=True)
