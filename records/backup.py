"""Backup and restore: one archive, encrypted to a public key, of database, uploads and the trail's heads.

The archive is age (X25519) around a tar: manifest.json first, with the SHA-256 of every other file and the trail's head.
Secrets are not in it: neither SECRET_KEY nor the private key that opens it. docs/operations.md says how to keep those.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pyrage
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core import audit, serving
from core.doctor import check
from core.duties import duty
from core.storage import listed
from people.models import Person
from records import heads, trail
from records.audit import RESTORED
from records.errors import (
    BackupDamaged,
    BackupLocked,
    BackupNewer,
    BackupOfAnother,
    BackupThere,
    BackupToolFailed,
    BackupToolMissing,
    BackupUnreadable,
    NoRecipient,
    TargetNotEmpty,
)

FORMAT: Final = 1
KEPT: Final = 14  # daily archives in DATA_DIR/backups
MANIFEST: Final = "manifest.json"
WORK: Final = ".backup-"  # begins the names of folders in which archives are packed and unpacked
DATABASE: Final = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


def folder() -> Path:
    """Where archives go if nothing else is said. Copy them off the machine."""
    return Path(settings.DATA_DIR) / "backups"


def make_key(path: Path) -> str:
    """Write a new private key (mode 600) that opens archives. Returns its public key. Raises FileExistsError."""
    identity = pyrage.x25519.Identity.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public())


def own_key() -> Path:
    """Where an installation on loopback, which has nobody else to give it to, keeps the key of its archives."""
    return Path(settings.DATA_DIR) / "backup.key"


def private_key(path: Path) -> str:
    """The private key in a file, as `make_key` or age-keygen writes it. Raises BackupLocked."""
    try:
        return next(line for line in path.read_text().splitlines() if line.startswith("AGE-SECRET-KEY-"))
    except (OSError, ValueError, StopIteration):
        raise BackupLocked from None


def recipients() -> list[str]:
    """The public keys to encrypt to: BACKUP_RECIPIENT; on loopback without it that of a key made here. Raises NoRecipient."""
    if settings.BACKUP_RECIPIENTS or not settings.LOOPBACK:
        return list(settings.BACKUP_RECIPIENTS)
    with contextlib.suppress(FileExistsError):
        return [make_key(own_key())]
    return [str(pyrage.x25519.Identity.from_str(private_key(own_key())).to_public())]


@contextmanager
def _workplace() -> Iterator[Path]:
    """A folder beside the data, for its owner only, and gone afterwards; first goes what those before left that were killed."""
    remove_left()
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=WORK) as name, contextlib.ExitStack() as held:
        with contextlib.suppress(OSError):  # no locks on this file system
            held.callback(os.close, serving.lock(Path(name), fcntl.LOCK_EX))
        yield Path(name)


def left() -> list[Path]:
    """Folders of backups and restores that were killed: they hold the database in the clear, and nobody works in them."""
    found = []
    for folder in sorted(Path(settings.DATA_DIR).glob(f"{WORK}*")):
        try:
            if any(folder.iterdir()):  # an empty one may be of somebody who is about to lock it
                os.close(serving.lock(folder, fcntl.LOCK_EX))
                found.append(folder)
        except OSError:  # in use, gone meanwhile, or not ours
            continue
    return found


def remove_left() -> int:
    """Remove them; how many are gone."""
    folders = left()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    return sum(not folder.exists() for folder in folders)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _postgresql(tool: str, *arguments: str) -> None:
    """Run a tool of PostgreSQL's on our database; the password travels in its environment. Raises BackupToolMissing, BackupToolFailed."""
    known, found = connection.settings_dict, shutil.which(tool)
    if not found:
        raise BackupToolMissing(tool=tool)
    where = {"PGHOST": known["HOST"], "PGPORT": str(known["PORT"]), "PGUSER": known["USER"], "PGPASSWORD": known["PASSWORD"], "PGDATABASE": known["NAME"]}  # fmt: skip
    environment = os.environ | {k: v for k, v in where.items() if v}
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupToolFailed(tool=tool, said=done.stderr.strip()[-500:])


def _dump(to: Path) -> None:
    """The database as it is at one moment, while others go on writing."""
    if connection.vendor == "postgresql":
        _postgresql("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")
        return
    # By a connection of its own: the copy would wait for ever for a transaction of ours.
    here = sqlite3.connect(connection.settings_dict["NAME"], timeout=20)
    with contextlib.closing(here), contextlib.closing(sqlite3.connect(to)) as copy:
        here.backup(copy)


def back_up(to: Path, recipients: list[str], *, at: datetime, replace: bool = False) -> dict[str, Any]:
    """Write an archive that only the holders of the private keys can open. Returns its manifest.

    to: where it goes, whole or not at all. recipients: age public keys (age1…). replace: also in the place of a file that is
    there. Raises BackupThere, NoRecipient, BackupToolMissing.
    """
    if not replace and to.exists():
        raise BackupThere(file=to)
    try:
        keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    except pyrage.RecipientError:
        raise NoRecipient from None
    if not keys:
        raise NoRecipient
    with _workplace() as work:
        head = trail.head()  # before the copy: the copy holds this entry, and perhaps later ones
        name = DATABASE[connection.vendor]
        _dump(work / name)
        parts = {name: work / name}
        if heads.path().exists():
            parts["heads.csv"] = heads.path()
        for name, root in _uploads(work).items():
            parts |= {f"{name}/{path.relative_to(root)}": path for path in root.rglob("*") if path.is_file()}
        manifest = {
            "format": FORMAT,
            "made_at": at.astimezone(UTC).isoformat(),
            "database": connection.vendor,
            "head": {"number": head.number, "sha256": head.sha256},
            "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
            "files": {part: _sha256(path) for part, path in sorted(parts.items())},
        }
        (work / MANIFEST).write_text(json.dumps(manifest))
        with tarfile.open(work / "plain.tar.gz", "w:gz", compresslevel=5) as tar:
            tar.add(work / MANIFEST, MANIFEST)
            for part, path in sorted(parts.items()):
                tar.add(path, part, recursive=False)
        sealed = work / "sealed"
        pyrage.encrypt_file(str(work / "plain.tar.gz"), str(sealed), keys)
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = to.with_name(f"{to.name}.part")  # on the archive's own disk, so that the last step is one
        shutil.copyfile(sealed, partial)
        partial.chmod(0o600)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(to)
    return manifest


def _unpacked(archive: Path, identity: str, work: Path) -> dict[str, Any]:
    """Open an archive into a folder and hold every file against the manifest. Returns the manifest."""
    plain = work / "plain.tar.gz"
    if not os.access(archive, os.R_OK) or not archive.is_file():
        raise BackupUnreadable
    try:
        key = pyrage.x25519.Identity.from_str(identity.strip())
    except pyrage.IdentityError:
        raise BackupLocked from None
    try:
        pyrage.decrypt_file(str(archive), str(plain), [key])
    except pyrage.DecryptError as error:
        raise (BackupLocked if "matching keys" in str(error).lower() else BackupDamaged) from None
    except OSError:  # age's own word for what does not fit its seals, once it has begun to read
        raise BackupDamaged from None
    content = work / "content"
    try:
        with tarfile.open(plain) as tar:
            tar.extractall(content, filter="data")
        manifest: dict[str, Any] = json.loads((content / MANIFEST).read_text())
        there = {str(path.relative_to(content)) for path in content.rglob("*") if path.is_file()} - {MANIFEST}
        whole = there == set(manifest["files"]) and all(
            _sha256(content / name) == sha256 for name, sha256 in manifest["files"].items()
        )
    except (tarfile.TarError, OSError, ValueError, KeyError, EOFError):
        raise BackupDamaged from None
    if not whole or manifest["format"] != FORMAT:
        raise BackupDamaged
    return manifest


# Where what people sent lies, by its name in the archive.
STORED: Final = {"media": "default", "packages": "packages"}


def _stores() -> dict[str, Storage]:
    """Those of them that are no folders of this machine but parts of a bucket."""
    known = {name: storages[alias] for name, alias in STORED.items()}
    return {name: storage for name, storage in known.items() if not isinstance(storage, FileSystemStorage)}


def _folders() -> dict[str, Path]:
    known = {"media": Path(settings.MEDIA_ROOT), "packages": Path(settings.PACKAGES_ROOT)}
    return {name: root for name, root in known.items() if name not in _stores()}


def _uploads(work: Path) -> dict[str, Path]:
    """The folders of what people sent; what lies in a bucket is brought into `work`."""
    for name, storage in _stores().items():
        for one in listed(storage):
            to = work / name / one
            to.parent.mkdir(parents=True, exist_ok=True)
            with storage.open(one) as source, to.open("wb") as target:
                shutil.copyfileobj(source, target)
    return _folders() | {name: work / name for name in _stores()}


def _put_into_store(source: Path, storage: Storage) -> None:
    """Bring the files of an archive into a bucket; what is there besides stays, and belongs to nothing."""
    for path in (path for path in source.rglob("*") if path.is_file()):
        name = str(path.relative_to(source))
        storage.delete(name)
        with path.open("rb") as file:
            storage.save(name, File(file))


def _is_empty() -> bool:
    """Whether nobody is in the database and nothing was uploaded."""
    if any(path.is_file() for root in _folders().values() for path in root.rglob("*")):
        return False
    if any(next(listed(storage), None) for storage in _stores().values()):
        return False
    try:
        return not Person.objects.exists()
    except DatabaseError:  # not set up yet
        return True


def _examine(path: Path, head: trail.Head) -> None:
    """Whether a copy of an SQLite database is sound, and its trail whole and at least as long as the manifest says."""
    alias = "restored"
    connections.databases[alias] = connections.databases["default"] | {"NAME": str(path)}
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchone()[0] != "ok":
                raise BackupDamaged
        if next(trail.faults(using=alias), None) or not trail.has(head, using=alias):
            raise BackupDamaged
    except DatabaseError:
        raise BackupDamaged from None
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def restore(archive: Path, identity: str, *, replace: bool, at: datetime) -> dict[str, Any]:
    """Put an archive in place of what is here, while nothing serves from it. Returns the manifest.

    Everything is verified before anything is touched; what was here is moved aside, not deleted (PostgreSQL: replaced in
    one transaction). identity: the age private key. replace: also where there are people or files. Raises InService and the
    errors of records/errors.py; then all is as it was.
    """
    with serving.alone():
        return _restore(archive, identity, replace=replace, at=at)


def _restore(archive: Path, identity: str, *, replace: bool, at: datetime) -> dict[str, Any]:
    if not replace and not _is_empty():
        raise TargetNotEmpty
    with _workplace() as work:
        manifest = _unpacked(archive, identity, work)
        if manifest["database"] != connection.vendor:
            raise BackupOfAnother(database=manifest["database"])
        known = MigrationLoader(None).disk_migrations
        if any(tuple(one) not in known for one in manifest.get("migrations", ())):
            raise BackupNewer
        content, aside = work / "content", f"before-{at:%Y%m%d-%H%M%S}"
        database = content / DATABASE[connection.vendor]
        if connection.vendor == "sqlite":
            _examine(database, trail.Head(**manifest["head"]))
        for (
            name,
            storage,
        ) in _stores().items():  # first, for a store may be away; what it then has too much does no harm
            _put_into_store(content / name, storage)
        if connection.vendor == "postgresql":
            connection.close()
            _postgresql(
                "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
                "--exit-on-error", f"--dbname={connection.settings_dict['NAME']}", str(database),
            )  # fmt: skip
        else:
            _put_database(database, aside)
        for name, root in _folders().items():
            _put(content / name, root, aside)
        _put(content / "heads.csv", heads.path(), aside)
    call_command("migrate", verbosity=0)
    if "tasks" in connections.databases:  # the queue is made anew: what waits in it is made up by manage.py daily
        call_command("migrate", "django_tasks_database", database="tasks", verbosity=0)
    audit.record(RESTORED, by=None, made_at=manifest["made_at"], head=manifest["head"]["number"])
    return manifest


def _put(source: Path, target: Path, aside: str) -> None:
    """Move what is at `target` aside and put `source` there, if there is one."""
    target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    if target.exists():
        target.rename(target.with_name(f"{target.name}.{aside}"))
    if source.exists():
        shutil.move(source, target)


def _put_database(source: Path, aside: str) -> None:
    """SQLite's file, with the write-ahead log of the one before out of the way."""
    connections.close_all()
    target = Path(connection.settings_dict["NAME"])
    for extra in ("-wal", "-shm"):
        beside = target.with_name(target.name + extra)
        if beside.exists():
            beside.rename(target.with_name(f"{target.name}.{aside}{extra}"))
    _put(source, target, aside)


@duty("backup")
def back_up_daily(at: datetime) -> str:
    """Where BACKUP_RECIPIENT is set: an archive in DATA_DIR/backups, one a day, the last one of it; the newest KEPT stay."""
    if not settings.BACKUP_RECIPIENTS:
        return "none: BACKUP_RECIPIENT is not set"
    back_up(folder() / f"thindan-{at:%Y%m%d}.age", settings.BACKUP_RECIPIENTS, at=at, replace=True)
    for old in sorted(folder().glob("thindan-*.age"))[:-KEPT]:
        old.unlink()
    return "made"


@duty("leftovers")
def remove_left_daily(at: datetime) -> str:
    """What backups and restores left that were killed."""
    return f"{remove_left()} removed"


@check("leftovers")
def _leftovers() -> Iterator[str]:
    if folders := left():
        yield f"{len(folders)} folders are left of backups or restores that were killed, {folders[0]} first, and hold people's data in the clear. Run: manage.py daily; or remove them."
