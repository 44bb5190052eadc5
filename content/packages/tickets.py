"""The right to read one version of a package for a time: a signed word in the addresses of its files."""

from typing import Final
from uuid import UUID

from django.core import signing
from django.http import Http404

from content.models import PackageVersion

SECONDS: Final = 12 * 3600
PREVIEW: Final = "preview"
_signer = signing.TimestampSigner(salt="package")


def ticket_for(version: PackageVersion, *, preview: bool = False) -> str:
    """A ticket that reads the version, and is good for nothing else. preview: also while it waits for approval."""
    return _signer.sign(f"{version.public_id.hex}{PREVIEW if preview else ''}")


def version_of(ticket: str) -> tuple[PackageVersion, bool]:
    """The version that a ticket reads and whether it is a preview, or 404."""
    try:
        said = _signer.unsign(ticket, max_age=SECONDS)
        public_id, is_preview = UUID(said.removesuffix(PREVIEW)), said.endswith(PREVIEW)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    version = PackageVersion.objects.select_related("package").filter(public_id=public_id).first()
    if version is None:
        raise Http404
    return version, is_preview
