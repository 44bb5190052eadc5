"""Tables that people send and get: hostile CSV and XLSX files read into clean cells, and harmless ones written."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from itertools import islice
from typing import Any, BinaryIO, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from core import errors, text
from core.templatetags.burmese import digits
from myanmar.encoding import detect_column, detect_encoding, zawgyi_to_unicode
from myanmar.text import clean_text

MAX_BYTES = 5 * 2**20
MAX_UNPACKED_BYTES = 60 * 2**20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_PARTS = 500  # files inside an XLSX
MAX_RATIO = 100  # unpacked to packed, where an XLSX unpacks to more than MAX_FREE_BYTES
MAX_FREE_BYTES = 8 * 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CELL = 4_000  # characters
MAX_SHEET_ROWS = 100_000  # how far rows may be spread; Excel formats empty rows to the end of the sheet

Answer = Literal["zawgyi", "unicode", "each"]
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = ",;\t"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Fonts of the years before Unicode, whose Burmese letters lie on Latin code points.
_OLD_FONT = re.compile(r"innwa|researcher|kalaw|wwin|win[-_ ]*burmese|m-?myanmar1|metrix|^ce[-_ ]", re.IGNORECASE)


@dataclass(frozen=True)
class Notice:
    """What was changed in one cell. row: as in the sheet. code: "zawgyi" converted; "tidied" spaces, order of marks."""

    row: int
    column: str
    code: Literal["zawgyi", "tidied"]
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """What was done, for the person who sent the table."""
        if self.code == "zawgyi":
            said = _('Row %(row)s, "%(column)s": converted from Zawgyi to Unicode. Check it.')
        else:
            said = _('Row %(row)s, "%(column)s": spelling of the same text tidied.')
        return said % {"row": digits(self.row), "column": self.column}


@dataclass(frozen=True)
class Row:
    """number: as in the sheet, from 1. cells: one clean text for each heading, "" where there is nothing."""

    number: int
    cells: tuple[str, ...]


@dataclass
class Table:
    """A table as read. asked: headings of columns with too little Burmese to tell Zawgyi from Unicode; they are not
    converted, and a person has to say which it is before the table is used (`columns` of `read_table`)."""

    name: str
    headings: list[str]
    rows: list[Row] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @cached_property
    def records(self) -> list[dict[str, str]]:
        """The rows by heading."""
        return [dict(zip(self.headings, row.cells, strict=True)) for row in self.rows]


# A row as it stands in the file: its number, its texts, and the old font of each text that is set in one.
_Raw = tuple[int, list[str], dict[int, str]]


def read_table(
    file: BinaryIO,
    name: str,
    *,
    columns: Mapping[str, Answer] | None = None,
    otherwise: Answer | None = None,
    lines: Collection[str] = (),
) -> Table:
    """The first sheet of an XLSX file, or a CSV file (UTF-8 or UTF-16; comma, semicolon or tab), as clean texts.

    file: open for reading bytes. name: kept for reports; what a file is shows in its content, not in its name. The first row that is not
    empty holds the headings; empty rows and columns are left out. Whether a column is Zawgyi is decided for all its
    cells together, each is then converted. columns: heading -> what a person said of a column that was asked about or
    mixed; "each" decides cell by cell. otherwise: the same for every other column. lines: headings of columns whose cells may hold several lines. Raises TableError, worded for the person who sent the file.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_big()
    if data.startswith(_OLD_OFFICE):
        raise errors.TableLocked if "EncryptedPackage".encode("utf-16-le") in data else errors.NotATable

    def answer(heading: str) -> Answer | None:
        return (columns or {}).get(heading, otherwise)

    return _table(name, _of_xlsx(data) if data.startswith(b"PK") else _of_csv(data), answer, lines)


def write_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A sheet in which no text is a formula. Numbers and dates stay such; anything else is written as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (headings, *rows):
        sheet.append([_harmless(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The same as CSV in UTF-8 with the mark at its start by which Excel knows it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_harmless(value) for value in row] for row in (headings, *rows))
    return out.getvalue().encode("utf-8-sig")


def _harmless(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or (isinstance(value, int | float | date) and not isinstance(value, bool)):
        return value
    written = _ILLEGAL.sub("", str(value))
    return f"'{written}" if written.startswith(_FORMULA) else written


def _too_big() -> errors.TableError:
    return errors.TableTooBig(megabytes=digits(MAX_BYTES // 2**20))


# --- From rows of texts to a table -------------------------------------------------------------------------------------


def _table(name: str, raw: Iterator[_Raw], answer: Callable[[str], Answer | None], lines: Collection[str]) -> Table:
    found = _bounded(raw)
    if not found:
        raise errors.NotATable
    (_number, headings, _fonts), *rows = found
    headings = [text.stored(heading, "line") for heading in headings]
    kept = [
        place
        for place in range(max(len(cells) for _number, cells, _fonts in found))
        if (place < len(headings) and headings[place]) or any(_at(cells, place).strip() for _n, cells, _f in rows)
    ]
    table = Table(name, [_at(headings, place) for place in kept])
    for heading in table.headings:
        if table.headings.count(heading) > 1:
            raise errors.HeadingTwice(column=heading)
    columns = []
    for heading, place in zip(table.headings, kept, strict=True):
        if font := next((fonts[place] for _n, _c, fonts in rows if place in fonts), ""):
            raise errors.FontEncodedColumn(column=heading, font=font)
        texts = [(number, _at(cells, place)) for number, cells, _f in rows]
        columns.append(_column(table, heading, texts, answer(heading), multiline=heading in lines))
    table.rows = [
        Row(number, cells)
        for (number, _c, _f), cells in zip(rows, zip(*columns, strict=True), strict=True)
        if any(cells)
    ]
    table.notices.sort(key=lambda notice: notice.row)
    return table


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _bounded(raw: Iterator[_Raw]) -> list[_Raw]:
    """The rows that are not empty; refused as soon as there is too much of anything."""
    found: list[_Raw] = []
    for number, cells, fonts in raw:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[MAX_COLUMNS:]):
            raise errors.TableTooWide(columns=digits(MAX_COLUMNS))
        if any(len(cell) > MAX_CELL for cell in cells):
            raise errors.CellTooLong(row=digits(number), letters=digits(MAX_CELL))
        if len(found) > MAX_ROWS:
            raise errors.TableTooLong(rows=digits(MAX_ROWS))
        found.append((number, cells[:MAX_COLUMNS], fonts))
    return found


def _column(
    table: Table, heading: str, cells: list[tuple[int, str]], answer: Answer | None, *, multiline: bool
) -> list[str]:
    """The clean cells of one column; what was done is noted in the table."""
    verdict = detect_column(cell for _number, cell in cells).encoding
    if verdict == "mixed" and not answer:
        raise errors.MixedColumn(column=heading)
    if verdict == "ask" and not answer:
        table.asked.append(heading)
    said = answer or verdict if verdict in ("ask", "mixed") else verdict
    known: dict[str, tuple[str, bool]] = {}
    clean = []
    for number, cell in cells:
        if cell not in known:
            is_zawgyi = said == "zawgyi" or (said == "each" and detect_encoding(cell) == "zawgyi")
            unicode = zawgyi_to_unicode(cell) if is_zawgyi else cell
            after = clean_text(unicode, burmese=said != "ask", multiline=multiline)
            known[cell] = after, is_zawgyi and after != clean_text(cell, multiline=multiline)
        after, is_converted = known[cell]
        if after != cell.strip():
            table.notices.append(Notice(number, heading, "zawgyi" if is_converted else "tidied", cell, after))
        clean.append(after)
    return clean


# --- From bytes to rows of texts ---------------------------------------------------------------------------------------


def _of_csv(data: bytes) -> Iterator[_Raw]:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        decoded = data.decode(encoding)
    except UnicodeDecodeError:
        raise errors.NotATable from None
    delimiter = max(_DELIMITERS, key=lambda sign: _width(decoded, sign))
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(decoded, newline=""), delimiter=delimiter), start=1):
            if any("\x00" in cell for cell in cells):
                raise errors.SignNoText(row=digits(number))
            yield number, [_unquoted(cell) for cell in cells], {}
    except csv.Error:
        # All that it refuses is a cell beyond its own limit; a quotation mark that nothing closes makes one of the rest of the file.
        raise errors.CellTooLong(row=digits(number + 1), letters=digits(MAX_CELL)) from None


def _width(decoded: str, delimiter: str) -> tuple[int, int]:
    """How wide the first rows are if cut at a delimiter: the narrowest, then the first. Rows from one that cannot be read on do not count."""
    widths = []
    with suppress(csv.Error):
        for row in islice(csv.reader(io.StringIO(decoded, newline=""), delimiter=delimiter), 20):
            if any(row):
                widths.append(len(row))
    return (min(widths), widths[0]) if widths else (0, 0)


def _of_xlsx(data: bytes) -> Iterator[_Raw]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            listed = parts.infolist()
            if any(part.flag_bits & 1 for part in listed):
                raise errors.TableLocked
            unpacked = sum(part.file_size for part in listed)
            if unpacked > MAX_UNPACKED_BYTES or len(listed) > MAX_PARTS:
                raise _too_big()
            if unpacked > MAX_FREE_BYTES and unpacked > MAX_RATIO * len(data):
                raise _too_big()
            if any(_declares_a_type(parts, part) for part in listed):
                raise errors.NotATable
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError):
        raise errors.NotATable from None
    if any(part.filename.lower().endswith("vbaproject.bin") for part in listed):
        raise errors.TableWithMacros
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        fonts = [font.name if font.name and _OLD_FONT.search(font.name) else "" for font in book._fonts]
        sheet.reset_dimensions()  # what a file says of its size need not be true
        rows = sheet.iter_rows(max_row=MAX_SHEET_ROWS, max_col=MAX_COLUMNS + 1)
        for number, cells in enumerate(rows, start=1):
            old = {}
            if any(fonts):
                for place, cell in enumerate(cells):
                    if (
                        isinstance(cell.value, str)
                        and (font := fonts[cell.style_array.fontId])
                        and cell.value.isascii()
                    ):
                        old[place] = font
            yield number, [_written(cell.value) for cell in cells], old
    except Exception:
        # Whatever a file made to break the reader brings about in it.
        raise errors.NotATable from None


def _declares_a_type(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part holds a document type, in any encoding: spreadsheet programs write none, and entities live there."""
    before = b""
    with parts.open(part) as opened:
        while piece := opened.read(2**16):
            if b"<!DOCTYPE" in (before + piece).replace(b"\0", b"").upper():
                return True
            before = piece[-32:]
    return False


def _written(value: Any) -> str:
    """A cell as its text: whole numbers without a point, days as ISO dates."""
    match value:
        case None:
            return ""
        case str():
            return _unquoted(value)
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat(*([" "] if isinstance(value, datetime) else []))
        case _:
            return str(value)


def _unquoted(cell: str) -> str:
    """Without the apostrophe that `write_csv` and `write_xlsx` put before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
