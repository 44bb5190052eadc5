"""The grid as a table for a spreadsheet."""

from collections.abc import Sequence

from core.tables import write_xlsx
from courses.catalogue import ModuleInfo
from training.queries import Cell, GridRow

BEFORE = ("ကိုယ်ပိုင်အမှတ် / Service number", "အမည် / Name", "ဌာနခွဲ / Unit")
AFTER = (
    "စာမေးပွဲ / Exam", "စာမေးပွဲ ရာခိုင်နှုန်း / Exam per cent", "ပြီးရမည့်ရက် / Due", "နောက်ဆုံး လုပ်ဆောင်ချိန် / Last active",
    "ရက်လွန် / Overdue", "ခုနစ်ရက်အတွင်း မလုပ်ဆောင် / Nothing for seven days", "နောက်တစ်ကြိမ် လို / Needs one more attempt",
)  # fmt: skip


def table(rows: Sequence[GridRow], modules: Sequence[ModuleInfo]) -> bytes:
    """XLSX: a person a line, a module a column with its lessons done of all."""
    headings = (*BEFORE, *(module.code for module in modules), *AFTER)
    return write_xlsx(headings, [_line(row) for row in rows])


def _line(row: GridRow) -> list[object]:
    flags = [int(flag) for flag in (row.is_overdue, row.is_stuck, row.needs_attempt)]
    return [
        row.person.service_number,
        str(row.person),
        row.person.unit.code if row.person.unit else "",
        *map(_written, row.cells),
        row.exam,
        row.exam_percent,
        row.enrolment.due_on if row.enrolment else None,
        row.last_active_at,
        *flags,
    ]


def _written(cell: Cell) -> str:
    return "–" if cell.state == "not_needed" else f"{cell.done} / {cell.total}"
