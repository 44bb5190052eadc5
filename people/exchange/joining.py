"""People of a table who come into groups."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from people.exchange.known import Known, key_of
from people.exchange.rows import Examined
from people.models import Cohort, CohortMembership, PeopleImport
from people.signals import cohort_joined


def cohort_of(row: Examined, known: Known) -> Cohort | None:
    """The group that a row names, if there is exactly one within reach; else the fault is told."""
    text = row.cells.get("cohort", "")
    found = known.cohorts.get(key_of(text), [])
    if len(found) > 1:
        row.fault("cohort_many", text=text)
    elif not found and (like := known.cohorts_like(text)):
        row.fault("cohort_like", text=text[:60], names=like)
    elif not found:
        row.fault("cohort", text=text[:60])
    return found[0] if len(found) == 1 else None


def examine(rows: Sequence[Examined], known: Known) -> None:
    """Tell the groups that people come into, where their table has a column for it."""
    named = [row for row in rows if row.cells.get("cohort")]
    for row in named:
        row.cohort = cohort_of(row, known)
    inside = memberships(named)
    for row in named:
        row.joins = row.cohort is not None and (row.made.pk, row.cohort.pk) not in inside
        if row.joins and row.is_here:
            row.changes.append(["cohort", "", str(row.cohort)])


def memberships(rows: Sequence[Examined]) -> dict[tuple[int, int], CohortMembership]:
    """Open memberships of the people of rows in the groups of rows, by both ids."""
    people = {row.made.pk for row in rows if row.made and row.made.pk}
    cohorts = {row.cohort.pk for row in rows if row.cohort and row.cohort.pk}
    if not people or not cohorts:
        return {}
    found = CohortMembership.objects.current().filter(person__in=people, cohort__in=cohorts)
    return {(one.person_id, one.cohort_id): one for one in found}


def store(rows: Sequence[Examined], came: PeopleImport, *, part: str, at: datetime) -> int:
    """Let people in, all with one part. Learners get what their group was assigned. Returns how many came in."""
    coming = defaultdict(list)
    for row in rows:
        if row.joins:
            coming[row.cohort.pk].append(row)
    for found in coming.values():
        cohort, people = found[0].cohort, [row.made for row in found]
        CohortMembership.objects.bulk_create(
            CohortMembership(cohort=cohort, person=person, part=part, joined_at=at, brought_by=came)
            for person in people
        )
        if part == CohortMembership.Part.LEARNER:
            cohort_joined.send(sender=Cohort, cohort=cohort, people=people, at=at)
    return sum(map(len, coming.values()))
