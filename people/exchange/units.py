"""Units that come in. A unit may stand above or below the one that it belongs to, in the same file."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from myanmar.likeness import closest
from people.access import Reach
from people.exchange.known import Known
from people.exchange.resources import UnitTable
from people.exchange.rows import Examined
from people.models import PeopleImport, Unit

LEVELS = [Unit.Kind.AGENCY, Unit.Kind.REGION, Unit.Kind.POST]


class UnitIntake:
    """Rows of units: a whole file is one piece, as its rows name each other."""

    piece = 100_000

    def __init__(self, reach: Reach, *, is_storing: bool = False) -> None:
        self.reach, self.known, self.table = reach, Known(reach), UnitTable()

    def examine(self, rows: Sequence[Examined]) -> None:
        first: dict[str, int] = {}
        before: dict[int, list[str]] = {}
        for row in rows:
            unit = self.known.by_code.get(row.cells.get("code", "").upper())
            row.is_here, row.made = unit is not None, unit or Unit()
            before[row.number] = self.table.cells(row.made) if unit else []
            place = (row.made.kind, row.made.agency)
            self.table.read(row.made, row.cells, row, self.known)
            for name in ("kind", "agency", "code", *(() if unit else ("name_my", "name_en"))):
                if not row.cells.get(name):
                    row.fault("empty", column=name)
            code = row.made.code
            if unit and place != (row.made.kind, row.made.agency):
                row.fault("other_kind", text=code)
                unit.kind, unit.agency = place
            if code and (seen := first.setdefault(code, row.number)) != row.number:
                row.fault("twice", text=code, row=seen)
            if unit and unit.pk not in self.known.unit_pks:
                row.fault("unit_outside", text=code)
        self._place(rows)
        for row in rows:
            if row.is_here and not row.faults:
                names = [field.column_name for field in self.table.outs]
                now = zip(names, before[row.number], self.table.cells(row.made), strict=True)
                row.changes = [[name, old, new] for name, old, new in now if old != new]

    def _place(self, rows: Sequence[Examined]) -> None:
        """The unit above each, level by level, so that faults of one above are known when those below are placed."""
        coming = {row.made.code: row for row in reversed(rows) if row.made.code}
        allowed = {unit.code for unit in self.known.units.values() if unit.pk in self.known.unit_pks}
        placed = [row for row in rows if not any(code == "other_kind" for code, _values in row.faults)]
        for row in (one for level in LEVELS for one in placed if one.made.kind == level):
            text = row.cells.get("parent", "").upper()
            level = LEVELS.index(row.made.kind)
            if level == 0:
                if text:
                    row.fault("parent_none")
                elif not row.is_here and not self.reach.everything:
                    row.fault("unit_outside", text=row.made.code)
            elif text or not row.is_here:
                self._under(row, text, coming, allowed)
            if not row.faults:
                allowed.add(row.made.code)
        mine = {row.made.pk for row in rows if row.is_here}
        named: dict[Any, str] = {
            (unit.parent_id, unit.name_en): unit.code for unit in self.known.units.values() if unit.pk not in mine
        }
        for row in rows:
            parent = None if row.faults else row.made.parent
            key = (parent and (parent.pk or parent.code), row.made.name_en)
            if parent and named.setdefault(key, row.made.code) != row.made.code:
                row.fault("name_taken", text=row.made.name_en)

    def _under(self, row: Examined, text: str, coming: dict[str, Examined], allowed: set[str]) -> None:
        """Put a unit under the one whose code it names."""
        above = coming.get(text)
        parent = above.made if above else self.known.by_code.get(text)
        if not text:
            row.fault("parent_empty")
        elif parent is None:
            codes = sorted({*self.known.by_code, *coming} - {row.made.code})
            like = closest(text, codes)
            row.fault("parent_like", text=text[:40], names=like) if like else row.fault("parent", text=text[:40])
        elif above and above.faults:
            row.fault("parent", text=text[:40])
        elif parent.closed_at:
            row.fault("unit_closed", text=text)
        elif text not in allowed:
            row.fault("unit_outside", text=text)
        elif parent.kind != LEVELS[LEVELS.index(row.made.kind) - 1] or parent.agency != row.made.agency:
            row.fault("parent_level", text=text)
        else:
            row.made.parent = parent

    def store(self, rows: Sequence[Examined], came: PeopleImport, *, at: datetime) -> dict[str, int]:
        made = changed = 0
        for row in _by_level(rows):
            unit: Unit = row.made
            if row.is_here and not row.changes:
                continue
            unit.parent = unit.parent  # its id, now that it is stored
            if not row.is_here:
                unit.brought_by = came
            unit.save()
            made, changed = made + (not row.is_here), changed + row.is_here
        return {"units": made, "changed": changed}


def _by_level(rows: Sequence[Examined]) -> Iterator[Examined]:
    for level in LEVELS:
        yield from (row for row in rows if row.made.kind == level)
