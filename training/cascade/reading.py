"""The cascade of a course, read from what was recorded, and where it has not come."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID

from core.privacy import SMALLEST_CELL, shown
from people.access import reach
from people.models import Person, Unit
from training.cascade.graph import Cascade, Held, Right
from training.models import Accreditation, Attendance, SessionTrainer, TrainingSession


def cascade_of(course_key: UUID) -> Cascade:
    """The graph of a course, in four queries whatever its size."""
    rows = Accreditation.objects.filter(course_key=course_key)
    rights = [
        Right(*row)
        for row in rows.values_list("pk", "person_id", "tier", "session_id", "granted_at", "valid_until", "ended_at")
    ]
    there: dict[int, set[int]] = defaultdict(set)
    for session, person in Attendance.objects.there().filter(session__course_key=course_key).values_list("session_id", "person_id"):  # fmt: skip
        there[session].add(person)
    leads = dict(
        SessionTrainer.objects.filter(session__course_key=course_key, part=SessionTrainer.Part.LEAD).values_list("session_id", "person_id")
    )  # fmt: skip
    sessions = TrainingSession.objects.standing().filter(course_key=course_key)
    held = [
        Held(pk, leads[pk], starts_at, version, frozenset(there[pk] - {leads[pk]}))
        for pk, starts_at, version in sessions.values_list("pk", "starts_at", "course_version")
        if pk in there and pk in leads
    ]
    return Cascade(rights, held)


@dataclass(frozen=True)
class UnitCell:
    """A post on the map. people: who serve there; trained: of them, who attended a session; None where a count is too small to be shown."""

    unit: Unit
    people: int
    trained: int | None

    @property
    def percent(self) -> int | None:
        """The share, in whole per cent."""
        return None if self.trained is None else self.trained * 100 // self.people

    @property
    def state(self) -> str:
        """none, some, half, most or hidden: how the cell is drawn."""
        if self.percent is None:
            return "hidden"
        return "none" if self.trained == 0 else "some" if self.percent < 50 else "half" if self.percent < 80 else "most"


def posts(viewer: Person, graph: Cascade) -> dict[str, list[UnitCell]]:
    """The open posts that a viewer answers for, by the name of the unit above, with how far the course has come there. Two queries.

    A post of fewer than five people is not shown, nor one to four who were trained, nor all but one to four, as that tells the others.
    """
    within = reach(viewer, "cascade.see")
    units = Unit.objects.open().filter(within.units_q(), kind=Unit.Kind.POST).select_related("parent").in_order()
    trained = graph.reached()
    people: Counter[int] = Counter()
    reached: Counter[int] = Counter()
    for pk, unit in Person.objects.filter(is_active=True, unit__in=units).values_list("pk", "unit_id"):
        people[unit] += 1
        reached[unit] += pk in trained
    found: dict[str, list[UnitCell]] = defaultdict(list)
    for unit in units:
        if people[unit.pk] >= SMALLEST_CELL:
            above = str(unit.parent) if unit.parent else ""
            found[above].append(UnitCell(unit, people[unit.pk], shown(reached[unit.pk], people[unit.pk])))
    return dict(found)
