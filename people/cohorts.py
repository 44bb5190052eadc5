"""Making cohorts, and who joins and leaves them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from core import audit
from people.audit import COHORT_CHANGED, COHORT_JOINED, COHORT_LEFT, COHORT_MADE
from people.models import Cohort, CohortMembership, Person
from people.signals import cohort_joined

Part = CohortMembership.Part
TOLD: Final = ("name_my", "name_en", "unit")
_PIECE: Final = 1000


def _values(cohort: Cohort) -> dict[str, Any]:
    return {"name_my": cohort.name_my, "name_en": cohort.name_en, "unit": cohort.unit.code if cohort.unit else ""}


@transaction.atomic
def make_cohort(*, by: Person | None, **values: Any) -> Cohort:
    """Add a cohort. values: name_my, name_en, unit. Raises ValidationError."""
    cohort = Cohort(**values)
    cohort.full_clean()
    cohort.save()
    audit.record(COHORT_MADE, by=by, about=cohort, **_values(cohort))
    return cohort


@transaction.atomic
def change_cohort(cohort: Cohort, *, by: Person | None, **values: Any) -> None:
    """Change names or the unit. Raises ValidationError."""
    before = _values(Cohort.objects.select_related("unit").get(pk=cohort.pk))
    for name, value in values.items():
        setattr(cohort, name, value)
    cohort.full_clean()
    cohort.save()
    if changed := audit.changes(before, _values(cohort)):
        audit.record(COHORT_CHANGED, by=by, about=cohort, **changed)


@transaction.atomic
def join(
    cohort: Cohort,
    people: Iterable[Person],
    *,
    by: Person | None,
    at: datetime,
    part: str = Part.LEARNER,
    origin: str = CohortMembership.Origin.OFFICE,
) -> list[Person]:
    """Bring people into a cohort. Returns who is new to this part; who had the other part changes it from now on.

    Learners get what was assigned to the cohort (`cohort_joined`).
    """
    inside = dict(CohortMembership.objects.current().filter(cohort=cohort).values_list("person", "part"))
    new = [person for person in {one.pk: one for one in people}.values() if inside.get(person.pk) != part]
    if not new:
        return []
    other = [person.pk for person in new if person.pk in inside]
    CohortMembership.objects.current().filter(cohort=cohort, person__in=other).update(left_at=at, updated_at=at)
    CohortMembership.objects.bulk_create(
        (CohortMembership(cohort=cohort, person=person, part=part, origin=origin, joined_at=at) for person in new),
        batch_size=_PIECE,
    )
    audit.record(COHORT_JOINED, by=by, about=cohort, people=new, part=part, count=len(new))
    if part == Part.LEARNER:
        cohort_joined.send(sender=Cohort, cohort=cohort, people=new, at=at)
    return new


@transaction.atomic
def leave(membership: CohortMembership, *, by: Person | None, at: datetime) -> None:
    """End somebody's time in a cohort; what they did there stays theirs."""
    if CohortMembership.objects.current().filter(pk=membership.pk).update(left_at=at, updated_at=at):
        audit.record(
            COHORT_LEFT, by=by, about=membership.cohort, people=[membership.person], part=membership.part, count=1
        )
