"""Workbooks that are handed out for bringing people in: the template to fill, and the rows that came with what is wrong."""

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from core.tables import write_csv, write_xlsx
from people.access import Reach
from people.exchange.columns import COLUMNS, column
from people.exchange.faults import FAULTS, NOTES, worded
from people.exchange.importing import columns_of
from people.models import ImportRow, PeopleImport, Unit

_FONT: Final = "Pyidaungsu"  # Office puts Myanmar Text in its place where it is not installed
_ROWS: Final = 2000  # that are prepared as text, so that 007 stays 007


def template(kind: str, reach: Reach) -> bytes:
    """A workbook to fill in: headings in both languages and an example; the units that may be named; what belongs where."""
    book = Workbook()
    sheet = book.active
    sheet.title = "1"
    columns = COLUMNS[kind]
    for place, one in enumerate(columns, start=1):
        heading = sheet.cell(1, place, one.heading + (" *" if one.is_required else ""))
        heading.font, heading.fill = Font(name=_FONT, bold=True), PatternFill("solid", fgColor="E3F0F1")
        heading.alignment = Alignment(wrap_text=True, vertical="top")
        cell = sheet.cell(2, place, one.example or None)
        cell.font = Font(name=_FONT, italic=True, color="75828B")
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 24
        sheet.column_dimensions[letter].number_format = "@"
        for row in range(2, _ROWS):
            sheet.cell(row, place).number_format = "@"
    sheet.row_dimensions[1].height = 36
    sheet.freeze_panes = "A2"
    _units(book.create_sheet("ဌာနခွဲများ Units"), reach)
    _notes(book.create_sheet("မှတ်ချက် Notes"), kind)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _units(sheet: Any, reach: Reach) -> None:
    _line(sheet, ["ကုဒ် / Code", "မြန်မာအမည် / Name in Burmese", "အင်္ဂလိပ်အမည် / Name in English", "အထက်ဌာနခွဲ / Unit above"], bold=True)  # fmt: skip
    within = Unit.objects.filter(reach.units_q()).open().select_related("parent")
    for unit in within.order_by("agency", "code"):
        _line(sheet, [unit.code, unit.name_my, unit.name_en, unit.parent.code if unit.parent else ""])
    for letter in "ABCD":
        sheet.column_dimensions[letter].width = 32


def _notes(sheet: Any, kind: str) -> None:
    for language in ("my", "en"):
        with override(language):
            _line(sheet, ["", _("The first row holds the headings; their order does not matter. Columns that are not known are not used.")])  # fmt: skip
            _line(sheet, ["", _("Row 2 is an example and is left out, wherever it stands.")])
            _line(sheet, ["", _("A cell that is empty changes nothing of who is here already.")])
            for one in COLUMNS[kind]:
                _line(sheet, [one.heading, str(one.note)])
            _line(sheet, [])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 36, 100


def _line(sheet: Any, cells: Sequence[str], *, bold: bool = False) -> None:
    sheet.append(list(cells) or [""])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(name=_FONT, bold=bold)
        if cell.value:
            cell.data_type = "s"  # also where a name begins with =


def marked(came: PeopleImport, rows: Iterable[ImportRow], *, form: str = "xlsx") -> bytes:
    """The rows of a file with what is wrong beside them, to be mended and sent again as it is."""
    names = columns_of(came)
    headings = [
        *(column(came.kind, name).heading for name in names),
        "အတန်း / Row in the file",
        "ရလဒ် / What became of it",
        "ပြင်ရန် / What to mend",
        "မှတ်ချက် / To look at",
    ]
    write = write_csv if form == "csv" else write_xlsx
    return write(headings, (_cells(came, names, row) for row in rows))


def _cells(came: PeopleImport, names: Sequence[str], row: ImportRow) -> list[Any]:
    return [
        *(row.cells.get(name, "") for name in names),
        row.number,
        str(became(came, row)),
        " ".join(worded(came.kind, row.faults, FAULTS)),
        " ".join(worded(came.kind, row.notes, NOTES)),
    ]


def became(came: PeopleImport, row: ImportRow) -> Any:
    """What became of a row, or would."""
    if row.is_done and row.outcome == ImportRow.Outcome.NEW:
        return _("Stored")
    if row.is_done and row.outcome == ImportRow.Outcome.CHANGED:
        return _("Changed")
    return row.get_outcome_display()
