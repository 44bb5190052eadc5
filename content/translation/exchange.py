"""Files for translators who work elsewhere: PO, a sheet for Excel, XLIFF 1.2. Written from units, read back line by line.

What comes back is hostile until read: its size, its kind and its language are checked here, its sentences by `check`.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any, Final
from xml.etree import ElementTree

import polib
from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeElementTree
from django.utils.translation import gettext, gettext_noop, override
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill, Protection

from content.errors import FileBroken, FileOfAnotherLanguage, FileTooBig, FileUnknown, FileWithoutColumns
from content.translation.checking import Problem, Unit, check, clean

__all__ = [
    "LIMIT", "Problem", "Returned", "Unit", "check", "clean", "read", "read_po", "read_xliff", "read_xlsx",
    "write_po", "write_xliff", "write_xlsx",
]  # fmt: skip

LIMIT: Final = 2 * 1024 * 1024
MOST_LINES: Final = 10_000
MOST_UNPACKED: Final = 20 * 1024 * 1024
MOST_CONTINUED: Final = 2_000  # lines of one PO string: joining them costs their square
SOURCE: Final = "en"


@dataclass(frozen=True)
class Returned:
    """One line of a file that came back. key: "" where the file has none; line: in the file, from 1.

    target: "" where nothing was filled in, or where the translator marked it as unsure (is_fuzzy).
    """

    key: str
    source: str
    target: str
    line: int
    is_fuzzy: bool = False


@dataclass(frozen=True)
class _File:
    """What a file says. language: as it names it, "" where it does not."""

    language: str
    lines: list[Returned]


def read(data: bytes, name: str, *, language: str = "") -> list[Returned]:
    """The lines of a file, whose kind is told by what is in it: names lie.

    language: the one it has to be in; a file that names none is taken. Raises FileTooBig, FileUnknown, FileBroken,
    FileWithoutColumns and FileOfAnotherLanguage.
    """
    if len(data) > LIMIT:
        raise _too_big()
    file = _reader(data)(data)
    if len(file.lines) > MOST_LINES:
        raise _too_big()
    if language and file.language and _primary(file.language) != _primary(language):
        raise FileOfAnotherLanguage(theirs=file.language[:20], ours=language)
    if not any(line.key for line in file.lines):
        raise FileUnknown
    return file.lines


def read_po(data: bytes) -> list[Returned]:
    """The lines of a PO file, with msgctxt as key; obsolete entries are left out. Raises FileBroken."""
    return _read_po(data).lines


def read_xlsx(data: bytes) -> list[Returned]:
    """The lines of a sheet. Raises FileTooBig, FileBroken, FileUnknown and FileWithoutColumns."""
    return _read_xlsx(data).lines


def read_xliff(data: bytes) -> list[Returned]:
    """The lines of an XLIFF 1.2 file. Raises FileBroken and FileUnknown."""
    return _read_xliff(data).lines


def _reader(data: bytes) -> Callable[[bytes], _File]:
    head = data[:4096]
    if head.startswith(b"PK\x03\x04"):
        return _read_xlsx
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<") and b"xliff" in start.lower():
        return _read_xliff
    if b"msgid" in data or "msgid".encode("utf-16-le") in data:
        return _read_po
    raise FileUnknown


def _primary(language: str) -> str:
    """The language without its country: "my" of "my_MM"."""
    return re.split(r"[-_]", language.strip().lower())[0]


def _too_big() -> FileTooBig:
    return FileTooBig(megabytes=LIMIT // 1024 // 1024, lines=MOST_LINES)


def _writable(text: str) -> str:
    """A text without what no XML may hold: controls, lone surrogates. Line ends are "\\n"."""
    text = re.sub(r"\r\n?", "\n", text)
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


# --- PO --------------------------------------------------------------------------------------------------------------


def write_po(units: Iterable[Unit], *, language: str, title: str) -> bytes:
    """A PO file in UTF-8 with the key as msgctxt and the note as extracted comment."""
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": _writable(title),
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for unit in units:
        note, source, target = map(_writable, (unit.note, unit.source, unit.target))
        catalogue.append(polib.POEntry(msgctxt=unit.key, msgid=source, msgstr=target, comment=note))
    return str(catalogue).encode()


def _read_po(data: bytes) -> _File:
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        raise FileBroken from None
    text = _writable(text)
    runs = groupby(text.split("\n"), key=lambda line: line.lstrip().startswith('"'))
    if any(sum(1 for _line in run) > MOST_CONTINUED for is_continued, run in runs if is_continued):
        raise FileBroken
    try:
        # polib opens what is the name of a file: no name begins with a line end.
        catalogue = polib.pofile("\n" + text, encoding="utf-8")
    except (OSError, ValueError, LookupError, AttributeError):
        raise FileBroken from None
    lines = [
        Returned(
            key=entry.msgctxt or "",
            source=entry.msgid,
            target="" if entry.fuzzy else entry.msgstr,
            line=entry.linenum - 1,
            is_fuzzy=entry.fuzzy,
        )
        for entry in catalogue
        if not entry.obsolete
    ]
    return _File(catalogue.metadata.get("Language", ""), lines)


# --- A sheet -----------------------------------------------------------------------------------------------------------

KEY, SOURCE_TEXT, TARGET_TEXT, NOTE = "Key", "Source", "Translation", "Note"
_WIDTHS: Final = {"A": 6, "B": 60, "C": 60, "D": 45}
_FONT: Final = "Pyidaungsu"  # Office puts Myanmar Text in its place where it is not installed
INSTRUCTIONS = gettext_noop(
    "Write in the column “Translation” only, in Unicode. Leave the words in angle brackets, such as <b> and </b>, as they "
    "are. Leave a cell empty if you are not sure. Save as Excel (.xlsx) and send the file back."
)
_ESCAPED = re.compile(r"_x00([01][0-9A-Fa-f])_")


def write_xlsx(units: Sequence[Unit], *, language: str, title: str) -> bytes:
    """A workbook with one sheet. Only the translations can be written in; every cell is text, never a formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Translation"
    book.properties.title, book.properties.language = _writable(title), language
    sheet["A1"] = "\n".join(dict.fromkeys(_instructions(spoken) for spoken in (language, SOURCE)))
    sheet.merge_cells("A1:D1")
    sheet["A1"].alignment, sheet["A1"].font = Alignment(wrap_text=True, vertical="top"), Font(name=_FONT, size=11)
    sheet.row_dimensions[1].height = 110
    for column, heading in enumerate((KEY, SOURCE_TEXT, f"{TARGET_TEXT} [{language}]", NOTE), start=1):
        cell = sheet.cell(2, column, heading)
        cell.font, cell.fill = Font(name=_FONT, bold=True), PatternFill("solid", fgColor="E3F0F1")
    styles = _styles()
    for row, unit in enumerate(units, start=3):
        for column, text in enumerate((unit.key, unit.source, unit.target, unit.note), start=1):
            _write_cell(sheet.cell(row, column), _writable(text), styles[column - 1])
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A3"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # false: allowed
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _instructions(language: str) -> str:
    with override(language):
        return gettext(INSTRUCTIONS)


def _styles() -> list[NamedStyle]:
    """How the cells of each column look; number format @ means that what is typed there stays text."""
    text = {
        "font": Font(name=_FONT, size=12),
        "alignment": Alignment(wrap_text=True, vertical="top"),
        "number_format": "@",
    }
    return [
        NamedStyle("Key", font=Font(name=_FONT, size=9), alignment=Alignment(vertical="top"), number_format="@"),
        NamedStyle("Source", **text),
        NamedStyle("Translation", **text, protection=Protection(locked=False)),
        NamedStyle("Note to translators", **text),
    ]


def _write_cell(cell: Any, text: str, style: NamedStyle) -> None:
    cell.value = text or None
    cell.style = style
    if text:
        cell.data_type = "s"  # also where it begins with =
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True  # and stays so when somebody edits it


def _read_xlsx(data: bytes) -> _File:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED or len(entries) > 1_000:
                raise _too_big()
            if not any(entry.filename == "xl/workbook.xml" for entry in entries):
                raise FileUnknown
            # Excel declares no document types and packs in one way only; a part that differs means harm.
            plain = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
            if any(e.compress_type not in plain or b"<!DOCTYPE" in archive.read(e) for e in entries):
                raise FileBroken
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        sheets = [list(_rows(sheet)) for sheet in book.worksheets[:5]]
    except _BROKEN:
        raise FileBroken from None
    for rows in sheets:
        if file := _from_rows(rows):
            return file
    raise FileWithoutColumns


_BROKEN = (
    zipfile.BadZipFile, zlib.error, DefusedXmlException, SyntaxError, OSError, EOFError, ValueError, LookupError,
    TypeError, AttributeError, NotImplementedError, RuntimeError,
)  # fmt: skip


def _rows(sheet: Any) -> Iterable[list[str]]:
    """The first columns of a sheet as text; the place of a row is its number, from 1."""
    last = MOST_LINES + 3
    for row in sheet.iter_rows(min_row=1, max_row=last, max_col=12, values_only=True):
        yield [_text(value) for value in row]


def _text(value: Any) -> str:
    """A cell as text. Excel makes 18 of a typed ၁၈ or 18, and that is a number 18.0 in its file."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str):
        value = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), value)
    return "" if value is None else _writable(str(value))


def _from_rows(rows: list[list[str]]) -> _File | None:
    """The lines under the headings, wherever these stand in the first rows; None where they do not."""
    for number, row in enumerate(rows[:10], start=1):
        places = {re.split(r"[\s\[]", heading.strip().lower())[0]: place for place, heading in enumerate(row)}
        wanted = [places.get(name.lower()) for name in (KEY, SOURCE_TEXT, TARGET_TEXT)]
        if None in wanted:
            continue
        key, source, target = (place for place in wanted if place is not None)
        named = re.search(r"\[([\w-]+)\]", row[target])
        lines = [
            Returned(one[key].strip(), one[source], one[target], line)
            for line, one in enumerate(rows[number:], start=number + 1)
            if one[key].strip() or one[target].strip()
        ]
        return _File(named[1] if named else "", lines)
    return None


# --- XLIFF -------------------------------------------------------------------------------------------------------------

_XLIFF: Final = "urn:oasis:names:tc:xliff:document:1.2"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def write_xliff(units: Iterable[Unit], *, language: str, title: str) -> bytes:
    """An XLIFF 1.2 file. Tags are text to it, so that no tool renumbers them."""
    root = ElementTree.Element("xliff", {"version": "1.2", "xmlns": _XLIFF})
    names = {
        "original": _writable(title),
        "source-language": SOURCE,
        "target-language": language,
        "datatype": "plaintext",
    }
    body = ElementTree.SubElement(ElementTree.SubElement(root, "file", names), "body")
    for unit in units:
        one = ElementTree.SubElement(body, "trans-unit", {"id": unit.key, _SPACE: "preserve"})
        for name, text in (("source", unit.source), ("target", unit.target), ("note", unit.note)):
            if text or name == "source":
                ElementTree.SubElement(one, name).text = _writable(text)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _read_xliff(data: bytes) -> _File:
    try:
        root = SafeElementTree.fromstring(data, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError):
        raise FileBroken from None
    if _local(root) != "xliff":
        raise FileUnknown
    file = next((one for one in root if _local(one) == "file"), root)
    lines = []
    for number, one in enumerate((one for one in root.iter() if _local(one) == "trans-unit"), start=1):
        said = {_local(part): "".join(part.itertext()) for part in one}
        lines.append(Returned(one.get("id", ""), said.get("source", ""), said.get("target", ""), number))
    return _File(file.get("target-language", ""), lines)


def _local(element: Any) -> str:
    """The name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
