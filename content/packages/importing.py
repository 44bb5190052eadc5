"""Taking in a package: sent, read by a task, stored whole or refused with its reason. Safe to be cut off and to run twice."""

import hashlib
import json
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.core.files.base import File
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils import timezone

from content.models import ContentVersion, H5PLibrary, Package, PackageImport, PackageVersion
from content.models.packages import LEASE
from content.packages import registry, storing
from content.packages.archive import Archive, open_archive
from content.packages.audit import PACKAGE_STORED
from content.packages.h5p.names import LibraryName
from content.packages.h5p.params import clean
from content.packages.h5p.reading import H5PContents, PackagedLibrary, canonical_library_json, read_h5p
from content.packages.h5p.resolving import resolve
from content.packages.refusals import PackageRefused
from content.packages.scorm.manifest import MANIFEST, read_scorm
from content.packages.strict_json import parse
from core import audit
from people.models import Person

MOST_MEGABYTES: Final = 200  # of one file that is sent
STEP: Final = 25  # files between two signs of life
State = PackageImport.State
Files = dict[str, tuple[str, int]]  # path -> (sha256, bytes)


def take(upload: UploadedFile, *, package: Package | None, title: str, language: str, by: Person) -> PackageImport:
    """Keep a file that was sent, to be read by a task. Raises PackageRefused for one that is too big."""
    if (upload.size or 0) > MOST_MEGABYTES * 2**20:
        raise PackageRefused("package_too_big", megabytes=MOST_MEGABYTES)
    one = PackageImport(package=package, title=title, language=language, name=(upload.name or "")[-200:], brought_by=by)
    storing.put(storing.incoming(one), File(upload))
    try:
        one.save()
    except Exception:
        storages["packages"].delete(storing.incoming(one))
        raise
    return one


def run(one: PackageImport, *, at: datetime) -> None:
    """Read a file that was sent and store what it holds, or say why not. Who runs second while a first is at it leaves it alone."""
    mine = PackageImport.objects.filter(pk=one.pk, state=State.WAITING)
    if not mine.filter(Q(lease_until=None) | Q(lease_until__lt=at)).update(lease_until=at + LEASE):
        return
    begun, place = time.monotonic(), storing.incoming(one)
    try:
        if not storages["packages"].exists(place):
            raise PackageRefused("lost")
        with storages["packages"].open(place) as file:
            version = _stored(one, file, at)
        ended: dict[str, Any] = {"state": State.STORED, "version": version}
    except PackageRefused as refusal:
        ended = {"state": State.REFUSED, "refusal": [refusal.code, refusal.where, _plain(refusal.values)]}
    mine.update(**ended, seconds=round(time.monotonic() - begun, 2), lease_until=None, updated_at=timezone.now())
    storages["packages"].delete(place)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, int | float) else str(value)
        for name, value in values.items()
        if name != "where"
    }


def refusal_of(one: PackageImport) -> PackageRefused | None:
    """Why a file was refused, worded for the reader."""
    if one.refusal is None:
        return None
    code, where, values = one.refusal
    return PackageRefused(code, where, **values)


def _stored(one: PackageImport, file: Any, at: datetime) -> PackageVersion:
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if known := PackageVersion.objects.filter(sha256=sha256).select_related("package").first():
        raise PackageRefused("known", title=known.package.title, number=known.number)
    file.seek(0)
    with open_archive(file, name=one.name) as archive:
        PackageImport.objects.filter(pk=one.pk).update(total=len(archive.files))
        work = _Work(one, archive, sha256, at)
        work.examine()
        if _is_scorm(archive):
            return work.scorm()
        if not any(path.rpartition("/")[2] == "h5p.json" for path in archive.files):
            raise PackageRefused("of_no_kind")
        return work.h5p()


def _is_scorm(archive: Archive) -> bool:
    return "h5p.json" not in archive.files and any(path.rpartition("/")[2] == MANIFEST for path in archive.files)


class _Work:
    """One file on its way into the store."""

    def __init__(self, one: PackageImport, archive: Archive, sha256: str, at: datetime) -> None:
        self.one, self.archive, self.sha256, self.at = one, archive, sha256, at
        self.done = 0

    def examine(self) -> None:
        """Unpack every file into nothing: once files are stored, another import may rely on them, so none is refused then."""
        for path in self.archive.files:
            for _piece in self.archive.pieces(path):
                pass

    # Files, which lie in the storage before anything names them.

    def keep(self, path: str) -> tuple[str, int]:
        with storing.temporary() as out:
            sha256, size = self.archive.copy(path, out)
            storing.keep(out, sha256, size)
        self.done += 1
        if self.done % STEP == 0:
            PackageImport.objects.filter(pk=self.one.pk).update(done=self.done, lease_until=timezone.now() + LEASE)
        return sha256, size

    def keep_all(self, paths: Iterable[str], under: str = "") -> Files:
        return {path: self.keep(f"{under}{path}") for path in paths}

    def keep_library(self, library: PackagedLibrary) -> Files:
        files = self.keep_all((path for path in library.files if path != "library.json"), f"{library.folder}/")
        described = canonical_library_json(self.archive.read(f"{library.folder}/library.json"))
        with storing.temporary() as out:
            out.write(described)
            sha256 = hashlib.sha256(described).hexdigest()
            storing.keep(out, sha256, len(described))
        return files | {"library.json": (sha256, len(described))}

    # Kinds.

    def h5p(self) -> PackageVersion:
        contents = read_h5p(self.archive)
        known = registry.Registry()

        def found(name: LibraryName) -> Any:
            return contents.libraries.get(name) or known.known(name)

        resolution = resolve(contents.needed, found)
        if resolution.missing:
            raise PackageRefused("h5p_library_unknown", libraries=", ".join(map(str, resolution.missing)))
        brought = [
            library
            for name in resolution.order
            if (library := contents.libraries.get(name)) and self._is_news(library, known)
        ]
        libraries = [(library, self.keep_library(library)) for library in brought]
        files = self.keep_all(contents.content_files, "content/")
        with transaction.atomic():
            for library, its in libraries:
                self._register(library, its)
            facts = self._h5p_facts(contents, brought)
            version = self._version(Package.Kind.H5P, contents.title, files, facts, contents.warnings)
            registry.settle(version, settled := registry.Registry())
            version.params = clean(contents.params, contents.main, lambda name: _semantics(settled, name))
            version.weight += len(json.dumps(version.params))
            version.save(update_fields=["params", "weight"])
        return version

    def _is_news(self, library: PackagedLibrary, known: registry.Registry) -> bool:
        """Whether the registry has no approved library that plays in its place."""
        there = known.known(library.name)
        return there is None or there.row.status != H5PLibrary.Status.APPROVED or there.row.patch < library.patch

    def _register(self, library: PackagedLibrary, files: Files) -> None:
        tree = storing.keep_tree(files)
        facts = {
            "js": library.js,
            "css": library.css,
            "dependencies": list(map(str, library.dependencies)),
            "dynamic": list(map(str, library.dynamic)),
            "hosts": library.hosts,
            "uses_eval": library.uses_eval,
            "is_legacy_eval": library.is_legacy_eval,
            "core_api": library.core_api,
        }
        H5PLibrary.objects.get_or_create(
            tree=tree,
            defaults={
                "machine": library.name.machine,
                "major": library.name.major,
                "minor": library.name.minor,
                "patch": library.patch,
                "title": library.title,
                "licence": library.licence,
                "facts": facts,
                "brought_by": self.one.brought_by,
            },
        )

    def _h5p_facts(self, contents: H5PContents, brought: list[PackagedLibrary]) -> dict[str, Any]:
        return {
            "main": str(contents.main),
            "needed": list(map(str, contents.needed)),
            "language": contents.language,
            "licence": contents.licence,
            "hosts": sorted(set(contents.hosts)),
            "brought": [f"{one.name}.{one.patch}" for one in brought],
        }

    def scorm(self) -> PackageVersion:
        contents = read_scorm(self.archive)
        files = {file.path: self.keep(file.entry) for file in contents.files}
        facts = {
            "scorm": contents.as_json(),
            "language": contents.language,
            "licence": contents.rights,
            "hosts": contents.remote_hosts,
        }
        with transaction.atomic():
            version = self._version(Package.Kind.SCORM, contents.title, files, facts, contents.remarks)
            version.weight = version.tree.size
            version.save(update_fields=["weight"])
        return version

    # Rows.

    def _version(
        self, kind: Package.Kind, title: str, files: Files, facts: dict[str, Any], warnings: Iterable[Any]
    ) -> PackageVersion:
        package = self.one.package
        if package and package.kind != kind:
            raise PackageRefused("other_kind", kind=package.get_kind_display())
        if package is None:
            name = self.one.title or title or self.one.name
            package = Package.objects.create(kind=kind, title=name[:200], made_by=self.one.brought_by)
        else:
            package = Package.objects.select_for_update().get(pk=package.pk)
        last = package.versions.aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                version = PackageVersion.objects.create(
                    package=package,
                    number=last + 1,
                    language=self.one.language,
                    name=self.one.name,
                    sha256=self.sha256,
                    tree=storing.keep_tree(files),
                    facts=facts,
                    warnings=[
                        {"code": one.code, "where": one.where, "count": getattr(one, "count", 1)} for one in warnings
                    ],
                    made_by=self.one.brought_by,
                    made_at=self.at,
                )
        except IntegrityError:  # the same file, sent twice at once
            raise PackageRefused("known", title=package.title, number=last + 1) from None
        audit.record(PACKAGE_STORED, by=self.one.brought_by, about=version, sha256=self.sha256)
        ContentVersion.advance()
        return version


def _semantics(settled: registry.Registry, name: LibraryName) -> list[Any] | None:
    """What a library says of its parameters; None where it says nothing."""
    known = settled.known(name)
    row = known.row.tree.files.filter(path="semantics.json").first() if known else None
    found = parse(storing.read(row.sha256), row.path) if row else None
    return found if isinstance(found, list) else None
