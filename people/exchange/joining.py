"""People of a table who come into groups."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final

from people.exchange.known import Known, key_of
from people.exchange.rows import Examined
from people.models import Cohort, CohortMembership, PeopleImport
from people.signals import cohort_joined

_MOST: Final = 4  # pieces of a cell that are tried as one name, as a name may hold the sign between names


def cohort_of(row: Examined, known: Known, text: str) -> Cohort | None:
    """The group of a name, if there is exactly one within reach; else the fault is told."""
    found = known.cohorts.get(key_of(text), [])
    if len(found) > 1:
        row.fault("cohort_many", text=text[:60])
    elif not found and (like := known.cohorts_like(text)):
        row.fault("cohort_like", text=text[:60], names=like)
    elif not found:
        row.fault("cohort", text=text[:60])
    return found[0] if len(found) == 1 else None


def examine(rows: Sequence[Examined], known: Known, within: Collection[int]) -> None:
    """Tell the groups that people come into, where their table has a column for it. within: people whom one may know of, by id.

    A group in which somebody is already is known by its name alone, whatever else is called so and whoever looks after it: so a
    table that went out comes in again.
    """
    named = [row for row in rows if row.cells.get("cohort")]
    inside: dict[int | None, set[str]] = defaultdict(set)
    people = {row.made.pk for row in named if row.made.pk in within}
    members = CohortMembership.objects.current().filter(person__in=people).select_related("cohort")
    for one in members if people else ():
        inside[one.person_id] |= {key_of(name) for name in (one.cohort.name_my, one.cohort.name_en) if name}
    for row in named:
        mine = inside[row.made.pk]
        for name in names(row.cells["cohort"], [known.cohorts, mine]):
            if key_of(name) in mine:
                continue
            cohort = cohort_of(row, known, name)
            if cohort is None:
                break  # one fault is told; to look for what may have been meant takes long
            if cohort in row.comes_into:
                continue
            row.comes_into.append(cohort)
            if row.is_here:
                row.changes.append(["cohort", "", str(cohort)])


def names(text: str, known: Collection[Collection[str]]) -> Iterator[str]:
    """The names in a cell, which a semicolon parts. known: keys of names, by which one that holds semicolons itself is told."""
    parts = text.split(";")
    while parts:
        tried = range(min(len(parts), _MOST), 1, -1)
        many = next((n for n in tried if any(key_of(";".join(parts[:n])) in keys for keys in known)), 1)
        if name := ";".join(parts[:many]).strip():
            yield name
        parts = parts[many:]


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
    cohorts = {}
    for row in rows:
        for cohort in row.comes_into:
            coming[cohort.pk].append(row.made)
            cohorts[cohort.pk] = cohort
    for pk, people in coming.items():
        cohort = cohorts[pk]
        CohortMembership.objects.bulk_create(
            CohortMembership(cohort=cohort, person=person, part=part, joined_at=at, brought_by=came)
            for person in people
        )
        if part == CohortMembership.Part.LEARNER:
            cohort_joined.send(sender=Cohort, cohort=cohort, people=people, at=at)
    return sum(map(len, coming.values()))
