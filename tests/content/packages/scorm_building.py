"""Small SCORM packages, sound and hostile, made for one test each."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from content.packages.archive import open_archive
from content.packages.scorm.contents import ScormContents
from content.packages.scorm.manifest import read_scorm

NAMES = {
    "1.2": 'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
    "2004": 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
    'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"',
}
VERSIONS = {"1.2": "1.2", "2004": "2004 4th Edition"}
KIND = {"1.2": "adlcp:scormtype", "2004": "adlcp:scormType"}
ONE = '<item identifier="I1" identifierref="R1"><title>One</title></item>'
PAGE = b"<!doctype html><title>One</title><p>One"


def resource(
    standard: str = "1.2", number: int = 1, href: str = "one.html", kind: str = "sco", extra: str = "", inner: str = ""
) -> str:
    """One <resource> R<number>."""
    return (f'<resource identifier="R{number}" type="webcontent" {KIND[standard]}="{kind}" href="{href}" {extra}>'
            f"{inner}</resource>")  # fmt: skip


def manifest(
    standard: str = "1.2",
    items: str = ONE,
    resources: str | None = None,
    *,
    head: str = '<?xml version="1.0" encoding="UTF-8"?>',
    version: str | None = None,
    names: str | None = None,
    organisations: str | None = None,
    metadata: str = "",
    extra: str = "",
    after: str = "",
) -> bytes:
    """The text of a manifest; each part of it can be another one."""
    said = VERSIONS[standard] if version is None else version
    if organisations is None:
        organisations = f'<organizations default="O"><organization identifier="O"><title>A course</title>{items}</organization></organizations>'
    resources = resource(standard) if resources is None else resources
    return (
        f"{head}<manifest identifier='M' {names or NAMES[standard]} {extra}>"
        f"<metadata><schema>ADL SCORM</schema><schemaversion>{said}</schemaversion>{metadata}</metadata>"
        f"{organisations}<resources>{resources}</resources>{after}</manifest>"
    ).encode()


def packed(files: Mapping[str, bytes] | Sequence[tuple[str, bytes]]) -> BytesIO:
    """A ZIP file with these files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(name, data)
    out.seek(0)
    return out


def package(text: bytes | None = None, /, **files: Any) -> BytesIO:
    """A package with a manifest and one page; `files` adds further ones, "__" in a name being a "/" and "_" a dot."""
    named = {name.replace("__", "/").replace("_", "."): data for name, data in files.items()}
    return packed({"imsmanifest.xml": manifest() if text is None else text, "one.html": PAGE, **named})


def read(file: BytesIO) -> ScormContents:
    """What the reader says about a ZIP file."""
    with open_archive(file, name="course.zip") as archive:
        return read_scorm(archive)


def several(standard: str, count: int) -> BytesIO:
    """A package of several parts in one chapter, with a page each."""
    items = "".join(
        f'<item identifier="I{n}" identifierref="R{n}"><title>Part {n}</title></item>' for n in range(1, count + 1)
    )
    text = manifest(
        standard,
        f'<item identifier="C1"><title>A chapter</title>{items}</item>',
        "".join(resource(standard, n, f"parts/p{n}.html?n={n}#top") for n in range(1, count + 1)),
    )
    return packed({"imsmanifest.xml": text} | {f"parts/p{n}.html": PAGE for n in range(1, count + 1)})
