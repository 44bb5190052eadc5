"""Formats in which items leave and come: one module each, with a table of the kinds that it can carry."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.errors import ExchangeBroken, ExchangeTooBig, ExchangeTooMany, ExchangeUnknown
from assessments.formats import aiken, authored, gift, h5p, moodlexml, qti, sheet
from assessments.formats.draft import Draft, Note, Notes, cleaned
from assessments.formats.loss import lost
from assessments.formats.markup import xml
from core.errors import DomainError
from core.tables import XLSX

__all__ = ["FORMATS", "LIMIT", "Draft", "Note", "read", "read_file", "write"]

LIMIT: Final = 5 * 2**20
MOST_ITEMS: Final = 1_000


@dataclass(frozen=True)
class Format:
    """A format that can be written."""

    label: Any
    ending: str
    content_type: str
    write: Callable[[Sequence[Draft], Notes], bytes]


FORMATS: Final[dict[str, Format]] = {
    "xlsx": Format(gettext_lazy("Spreadsheet (XLSX)"), "xlsx", XLSX, sheet.write),
    "csv": Format("CSV", "csv", "text/csv; charset=utf-8", sheet.write_as_csv),
    "moodlexml": Format("Moodle XML", "xml", "application/xml", moodlexml.write),
    "gift": Format("GIFT", "txt", "text/plain; charset=utf-8", gift.write),
    "qti": Format("QTI 3", "zip", "application/zip", qti.write),
    "h5p": Format("H5P", "h5p", "application/zip", h5p.write),
    "yaml": Format("items.yaml", "yaml", "application/yaml", authored.write),
}  # fmt: skip


def write(name: str, drafts: Sequence[Draft]) -> tuple[bytes, list[Note]]:
    """Items in a format, and what it cannot carry: of which kinds, and what of the others. name: of FORMATS."""
    notes = Notes()
    data = FORMATS[name].write(drafts, notes)
    for language in sorted({draft.language for draft in drafts}):
        _compare(name, [draft for draft in drafts if draft.language == language], data, notes)
    return data, notes.listed()


def _compare(name: str, written: Sequence[Draft], data: bytes, notes: Notes) -> None:
    """Note what is no longer there when a file is read again."""
    left_out, seen = {place for places in notes.found.values() for place in places}, Notes()
    try:
        came = {draft.code: draft for draft in _drafts(data, name, written[0].language, seen)}
    except DomainError as error:  # it is too big to come back, or nothing is in it
        if not left_out.issuperset(draft.code for draft in written):
            notes.add(written[0].language, _("the file"), str(error))
        return
    said = {place: what for (what, _why), places in seen.found.items() for place in places}
    for draft in written:
        if draft.code not in came and draft.code in left_out:
            continue  # which its writer said
        if draft.code not in came:
            notes.add(draft.code, _("an item"), said.get(draft.code, _("it could not be read again from the file")))
            continue
        for what in lost(draft, came[draft.code]):
            notes.add(draft.code, what, _("%(format)s has no place for it") % {"format": FORMATS[name].label})


def read(data: bytes, name: str, language: str) -> tuple[list[Draft], list[Note]]:
    """The items of a file, and what of it could not be carried.

    What a file is shows in its content; its name is only said again. language: of its texts. Raises DomainError, worded
    for the person who sent it: for damaged, hostile, too big and unknown files.
    """
    if len(data) > LIMIT:
        raise ExchangeTooBig(megabytes=LIMIT // 2**20)
    notes = Notes()
    return _judged(_drafts(data, name, language, notes), notes)


def read_file(file: BinaryIO, name: str, language: str) -> tuple[list[Draft], list[Note]]:
    """As `read`, of a file that can seek; an H5P package may be bigger, for what lies in it besides words is not read."""
    if not h5p.looks_like(file):
        file.seek(0)
        return read(file.read(LIMIT + 1), name, language)
    notes = Notes()
    return _judged(h5p.read(file, language, notes), notes)


def _judged(drafts: list[Draft], notes: Notes) -> tuple[list[Draft], list[Note]]:
    if len(drafts) > MOST_ITEMS:
        raise ExchangeTooMany(items=MOST_ITEMS)
    clean = [kept for draft in drafts if (kept := cleaned(replace(draft, code=draft.code[:100]), notes))]
    if not clean and not notes.found:
        raise ExchangeUnknown
    return clean, notes.listed()


def _drafts(data: bytes, name: str, language: str, notes: Notes) -> list[Draft]:
    if data.startswith(b"PK"):
        return _of_package(data, name, language, notes)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return sheet.read(data, name, language, notes)  # which says that it is locked or old
    text = _decoded(data)
    if text.lstrip().startswith("<"):
        return _of_xml(data, language, notes)
    if authored.looks_like(text):
        if language != "en":
            notes.add(
                _("the file"), _("the language that was chosen"), _("items.yaml holds English, and was read as English")
            )
        return authored.read(text, notes)
    if aiken.looks_like(text):
        return aiken.read(text, language, notes)
    if _has_headings(text):
        return sheet.read(data, name, language, notes)
    if gift.looks_like(text):
        return gift.read(text, language, notes)
    raise ExchangeUnknown


def _of_package(data: bytes, name: str, language: str, notes: Notes) -> list[Draft]:
    if b"xl/workbook.xml" in data:  # file names are not packed
        return sheet.read(data, name, language, notes)
    if h5p.looks_like(file := io.BytesIO(data)):
        return h5p.read(file, language, notes)
    return qti.read_package(data, language, notes)


def _of_xml(data: bytes, language: str, notes: Notes) -> list[Draft]:
    root = qti.older(xml(data))
    if root.tag == "quiz":
        return moodlexml.read(root, language, notes)
    if root.tag == qti.ITEM:
        draft = qti.read(root, language, notes)
        return [draft] if draft else []
    raise ExchangeUnknown


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        raise ExchangeBroken from None
    if "\x00" in text:
        raise ExchangeBroken
    return text


def _has_headings(text: str) -> bool:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return all(heading in first for heading in (sheet.CODE, sheet.KIND, sheet.STEM))
