"""Packages sent as the desk sends them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from content.models import H5PLibrary, Package, PackageImport, PackageVersion
from content.packages import importing, registry
from people.models import Person
from tests.content.packages import building


def sent(
    data: bytes, *, by: Person, name: str = "quiz.h5p", package: Package | None = None, **said: str
) -> PackageImport:
    """A file that waits to be read."""
    upload = SimpleUploadedFile(name, data)
    return importing.take(
        upload, package=package, title=said.get("title", ""), language=said.get("language", ""), by=by
    )


def taken(data: bytes, *, by: Person, **said) -> PackageImport:
    """A file that was read."""
    one = sent(data, by=by, **said)
    importing.run(one, at=timezone.now())
    one.refresh_from_db()
    return one


def ready(data: bytes | None = None, *, by: Person, **said) -> PackageVersion:
    """A version whose libraries are approved."""
    one = taken(building.h5p() if data is None else data, by=by, **said)
    assert one.version, one.refusal
    registry.approve(one.version, by=by, at=timezone.now())
    return PackageVersion.objects.get(pk=one.version.pk)


def library(machine: str = "H5P.FixtureQuiz") -> H5PLibrary:
    """The newest library of a name."""
    return H5PLibrary.objects.filter(machine=machine).latest("pk")
