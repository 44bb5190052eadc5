"""Lists of groups that come in: who learns and who teaches in which."""

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace

from myanmar.text import has_myanmar
from people.access import Reach
from people.exchange import joining
from people.exchange.known import key_of
from people.exchange.people import PeopleIntake
from people.exchange.resources import CohortTable, NameCell, Wrong
from people.exchange.rows import Examined
from people.models import Cohort, CohortMembership, PeopleImport

Part = CohortMembership.Part


class CohortIntake(PeopleIntake):
    """Rows of groups with their people."""

    def __init__(self, reach: Reach, *, is_storing: bool = False) -> None:
        super().__init__(reach, is_storing=is_storing)
        self.cells = CohortTable()
        self.to_make: dict[str, Cohort] = {}  # by key of the name: groups that a row of this file makes
        self.rows_of: dict[tuple[str, str], int] = {}

    def examine(self, rows: Sequence[Examined]) -> None:
        here, within = self._people(rows)
        for row in rows:
            self._read(row)
        for row in rows:
            said = row.made
            text = row.cells.get("cohort", "")
            person = here.get(said.service_number)
            row.made = person if person and person.pk in within else None
            if not row.cells.get("service_number"):
                row.fault("empty", column="service_number")
            elif said.service_number and row.made is None:
                row.fault("person", text=said.service_number)
            elif said.service_number:
                place = (key_of(text), said.service_number)
                if (first := self.rows_of.setdefault(place, row.number)) != row.number:
                    row.fault("twice", text=said.service_number, row=first)
            self._cohort(row, text, is_new=said.new)
            row.part = said.part or Part.LEARNER
        inside = joining.memberships(rows)
        for row in rows:
            if row.made is None or row.cohort is None:
                continue
            member = inside.get((row.made.pk, row.cohort.pk)) if row.cohort.pk else None
            row.comes_into, row.is_here = [row.cohort] if member is None else [], member is not None
            if member and member.part != row.part:
                row.changes = [["part", member.part, row.part]]
                row.member = member

    def _read(self, row: Examined) -> None:
        """The cells of a row; a group that is to be made is known from then on to the rows above as well."""
        row.made = SimpleNamespace(service_number="", new=False, part="")
        self.cells.read(row.made, row.cells, row, self.known)
        text = row.cells.get("cohort", "")
        if not text or not row.made.new or self.known.cohorts.get(key_of(text)):
            return
        try:
            NameCell("cohort").read(text, known=self.known, told=row)
        except Wrong as wrong:
            row.fault(wrong.code, **wrong.values)
            return
        name = {"name_my": text} if has_myanmar(text) else {"name_en": text}
        self.to_make.setdefault(key_of(text), Cohort(unit_id=min(self.reach.units, default=None), **name))

    def _cohort(self, row: Examined, text: str, *, is_new: bool) -> None:
        if not text:
            row.fault("empty", column="cohort")
        elif made := self.to_make.get(key_of(text)):
            row.cohort = made
            if is_new:
                row.note("cohort_made", text=text)
        elif not any(
            code in ("formula", "broken", "glyph", "long", "mixed", "no_letters") for code, _values in row.faults
        ):
            row.cohort = joining.cohort_of(row, self.known, text)
            row.faults[:] = [["cohort_new", {"text": text[:60]}] if one[0] == "cohort" else one for one in row.faults]

    def store(self, rows: Sequence[Examined], came: PeopleImport, *, at: datetime) -> dict[str, int]:
        made = 0
        for cohort in {id(row.cohort): row.cohort for row in rows if row.cohort.pk is None}.values():
            cohort.brought_by = came
            cohort.save()
            made += 1
        joined = 0
        for part in Part:
            joined += joining.store([row for row in rows if row.part == part], came, part=part, at=at)
        changed = [row for row in rows if row.changes]
        for row in changed:
            row.member.part = row.part
            row.member.save(update_fields=["part", "updated_at"])
        return {"cohorts": made, "joined": joined, "changed": len(changed)}
