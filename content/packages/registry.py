"""Libraries that may be used, and what each version of a package plays with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from content.models import ContentVersion, H5PLibrary, Package, PackageVersion, VersionLibrary
from content.packages import bundling
from content.packages.audit import (
    LIBRARY_APPROVED,
    LIBRARY_BLOCKED,
    PACKAGE_APPROVED,
    PACKAGE_RESTORED,
    PACKAGE_WITHDRAWN,
)
from content.packages.h5p.names import LibraryName
from content.packages.h5p.resolving import resolve
from core import audit
from people.models import Person

State = Literal["ready", "waiting", "unavailable"]
Status = H5PLibrary.Status
_PREFERRED: Final = {Status.APPROVED: 2, Status.PENDING: 1, Status.BLOCKED: 0}
CORE_BYTES: Final = 56_000  # of H5P's own script and style, compressed


@dataclass(frozen=True)
class Known:
    """A library of the registry as the resolver asks for it."""

    row: H5PLibrary
    dependencies: tuple[LibraryName, ...]


def name_of(library: H5PLibrary) -> LibraryName:
    """The name under which packages ask for it."""
    return LibraryName(library.machine, library.major, library.minor)


class Registry:
    """The best library of each name: approved before waiting before blocked, then the highest patch. Reads each name once."""

    def __init__(self) -> None:
        self._kept: dict[LibraryName, Known | None] = {}

    def known(self, name: LibraryName) -> Known | None:
        """The library that plays under a name."""
        if name not in self._kept:
            rows = H5PLibrary.objects.filter(machine=name.machine, major=name.major, minor=name.minor)
            best = max(
                rows.select_related("tree"),
                key=lambda one: (_PREFERRED[Status(one.status)], one.patch, one.pk),
                default=None,
            )
            self._kept[name] = (
                Known(best, tuple(map(LibraryName.parse, best.facts["dependencies"]))) if best is not None else None
            )
        return self._kept[name]


def wanted_of(version: PackageVersion) -> list[LibraryName]:
    """What a version asks for itself."""
    return [LibraryName.parse(one) for one in version.facts["needed"]]


@transaction.atomic
def settle(version: PackageVersion, registry: Registry | None = None) -> None:
    """Write down which libraries a version plays with now, and what that weighs. Safe to repeat."""
    registry = registry or Registry()
    found = [registry.known(name) for name in resolve(wanted_of(version), registry.known).order]
    rows = [one.row for one in found if one]
    bundle = bundling.key_of(rows)
    if bundle == version.bundle:
        return
    version.libraries.all().delete()
    VersionLibrary.objects.bulk_create(
        VersionLibrary(version=version, library=row, position=position) for position, row in enumerate(rows)
    )
    version.bundle, packed = bundling.make(rows)
    version.weight = CORE_BYTES + packed
    version.save(update_fields=["bundle", "weight"])


def with_states(versions: "QuerySet[PackageVersion]") -> "QuerySet[PackageVersion]":
    """Versions with what `status_of` asks for, in a fixed number of queries."""
    return versions.select_related("package").prefetch_related("libraries__library")


def status_of(version: PackageVersion) -> State:
    """Whether a version can be played: it waits for approval of its code, or something of it was blocked or taken down."""
    if version.withdrawn_at:
        return "unavailable"
    if version.package.kind == Package.Kind.SCORM:
        return "ready" if version.approved_at else "waiting"
    states = {one.library.status for one in version.libraries.all()}
    if Status.BLOCKED in states:
        return "unavailable"
    return "waiting" if Status.PENDING in states else "ready"


def is_legacy(version: PackageVersion) -> bool:
    """Whether one of its libraries builds code from text (EmbeddedJS), which only it is then allowed."""
    return any(one.library.facts["is_legacy_eval"] for one in version.libraries.all())


def currents(packages: Iterable[int], languages: Iterable[str]) -> dict[int, PackageVersion]:
    """What plays of packages (by their keys) for a reader of languages, the best first: the newest version in the first of
    them that has one, else the newest for all; one that can be played before one that cannot. In a fixed number of queries.
    """
    wanted = [*languages, ""]
    fitting = PackageVersion.objects.filter(package__in=packages, withdrawn_at=None, language__in=wanted)
    found: dict[int, PackageVersion] = {}
    ordered = sorted(
        with_states(fitting), key=lambda one: (status_of(one) != "ready", wanted.index(one.language), -one.number)
    )
    for one in ordered:
        found.setdefault(one.package_id, one)
    return found


@transaction.atomic
def decide(library: H5PLibrary, status: Status, *, by: Person, at: datetime) -> None:
    """Approve or block a library, and settle anew whatever plays with its name. A repeat changes nothing."""
    library = H5PLibrary.objects.select_for_update().get(pk=library.pk)
    if library.status == status:
        return
    library.status, library.decided_by, library.decided_at = status, by, at
    library.save(update_fields=["status", "decided_by", "decided_at", "updated_at"])
    audit.record(
        LIBRARY_APPROVED if status == Status.APPROVED else LIBRARY_BLOCKED, by=by, about=library, name=str(library)
    )
    namesakes = Q(
        libraries__library__machine=library.machine,
        libraries__library__major=library.major,
        libraries__library__minor=library.minor,
    )
    registry = Registry()
    for version in PackageVersion.objects.filter(namesakes).distinct():
        settle(version, registry)
    ContentVersion.advance()


@transaction.atomic
def approve(version: PackageVersion, *, by: Person, at: datetime) -> None:
    """Let the code of a SCORM package run, or that of every library that an H5P package waits for."""
    if version.package.kind == Package.Kind.SCORM:
        if version.approved_at is None:
            version.approved_by, version.approved_at = by, at
            version.save(update_fields=["approved_by", "approved_at"])
            audit.record(PACKAGE_APPROVED, by=by, about=version, sha256=version.sha256)
            ContentVersion.advance()
        return
    for used in version.libraries.select_related("library").filter(library__status=Status.PENDING):
        decide(used.library, Status.APPROVED, by=by, at=at)


@transaction.atomic
def take_down(version: PackageVersion, *, by: Person, at: datetime) -> None:
    """No longer play a version; what was learned with it stays."""
    if version.withdrawn_at is None:
        version.withdrawn_at = at
        version.save(update_fields=["withdrawn_at"])
        audit.record(PACKAGE_WITHDRAWN, by=by, about=version)
        ContentVersion.advance()


@transaction.atomic
def put_up(version: PackageVersion, *, by: Person) -> None:
    """Play a version again."""
    if version.withdrawn_at is not None:
        version.withdrawn_at = None
        version.save(update_fields=["withdrawn_at"])
        audit.record(PACKAGE_RESTORED, by=by, about=version)
        ContentVersion.advance()


def changes_from_approved(library: H5PLibrary) -> list[tuple[str, str]] | None:
    """(what happened to it, path) of each file that differs from the approved library of the same name; None where there is none."""
    others = H5PLibrary.objects.filter(
        machine=library.machine, major=library.major, minor=library.minor, status=Status.APPROVED
    ).exclude(pk=library.pk)
    other = others.order_by("-patch").first()
    if other is None:
        return None
    old = dict(other.tree.files.values_list("path", "sha256"))
    new = dict(library.tree.files.values_list("path", "sha256"))
    said = [(_("changed"), path) for path in new if path in old and new[path] != old[path]]
    said += [(_("new"), path) for path in new if path not in old]
    said += [(_("gone"), path) for path in old if path not in new]
    return sorted(said, key=lambda one: one[1])
