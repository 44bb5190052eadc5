"""Making groups, and the ways into them.

Who leads a group sees how its learners do, and may help them with an exam. A slip to sign in takes over an account, so that a trainer
prints slips only for those whom the office put into the group (`people.access.people_for_slips`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from core.codes import clean_code, new_code
from core.duties import duty
from people import access
from people import cohorts as people_cohorts
from people.models import Cohort, CohortMembership, Person, RoleGrant
from training.errors import DoorClosed
from training.models import CohortDoor, CohortRule

Part, Origin, Who = CohortMembership.Part, CohortMembership.Origin, CohortRule.Who
LENGTH = 6  # 30 bits, open for hours, and few tries
OPEN_FOR = timedelta(hours=12)


def nameable(viewer: Person) -> QuerySet[Person]:
    """Whom somebody may put into a group of theirs: those who serve in their unit or below it, and whom they see anyway."""
    mine = access.below(viewer.unit) if viewer.unit else Q(pk__in=[])
    seen = access.visible_people(viewer).values("pk")
    found: QuerySet[Person] = Person.objects.filter(mine | Q(pk__in=seen), is_active=True).exclude(pk=viewer.pk)
    return found


@transaction.atomic
def make_group(*, by: Person, name_my: str, name_en: str, people: Iterable[Person], at: datetime) -> Cohort:
    """A group of one's own unit, led by oneself."""
    cohort = people_cohorts.make_cohort(by=by, name_my=name_my, name_en=name_en, unit=by.unit)
    people_cohorts.join(cohort, [by], by=by, at=at, part=Part.TRAINER)
    people_cohorts.join(cohort, people, by=by, at=at, origin=Origin.TRAINER)
    return cohort


# --- By a code ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_door(cohort: Cohort, *, by: Person, at: datetime) -> CohortDoor:
    """The code by which people join, made now where none is open; good for twelve hours."""
    CohortDoor.objects.filter(cohort=cohort, closed_at=None, closes_at__lte=at).update(closed_at=at)
    if there := CohortDoor.objects.filter(cohort=cohort, closed_at=None).first():
        return there
    while True:
        try:
            with transaction.atomic():
                return CohortDoor.objects.create(
                    cohort=cohort, code=new_code(LENGTH), opened_by=by, opened_at=at, closes_at=at + OPEN_FOR
                )
        except IntegrityError:  # somebody else's code, or the other tap was first
            if there := CohortDoor.objects.filter(cohort=cohort, closed_at=None).first():
                return there


def close_door(cohort: Cohort, *, at: datetime) -> None:
    """Let nobody else in by the code."""
    CohortDoor.objects.filter(cohort=cohort, closed_at=None).update(closed_at=at)


def enter(person: Person, code: str, *, at: datetime) -> Cohort:
    """Join the group whose code somebody typed. Raises DoorClosed."""
    door = (
        CohortDoor.objects.filter(code=clean_code(code), closed_at=None, closes_at__gt=at)
        .select_related("cohort")
        .first()
    )
    if door is None:
        raise DoorClosed
    inside = CohortMembership.objects.current().filter(cohort=door.cohort, person=person)
    if not inside.exists():  # who leads it does not become a learner
        people_cohorts.join(door.cohort, [person], by=person, at=at, origin=Origin.CODE)
    return door.cohort


# --- By a rule ------------------------------------------------------------------------------------------------------------


def matching(rule: CohortRule) -> QuerySet[Person]:
    """Who belongs to a group by its rule, and was never in it: who left stays away."""
    where = access.below(rule.unit) if rule.with_below else Q(unit=rule.unit)
    found = Person.objects.filter(where, is_active=True)
    if rule.who == Who.OFFICERS:
        found = found.exclude(pk__in=RoleGrant.objects.open().values("person"))
    elif rule.who == Who.TRAINERS:
        found = found.filter(pk__in=access.people_teaching().values("pk"))
    new: QuerySet[Person] = found.exclude(
        pk__in=CohortMembership.objects.filter(cohort=rule.cohort_id).values("person")
    )
    return new


def apply(rule: CohortRule, *, at: datetime) -> int:
    """Bring in who belongs to the group by its rule. Returns how many."""
    return len(
        people_cohorts.join(rule.cohort, matching(rule), by=rule.made_by, at=at, origin=CohortMembership.Origin.RULE)
    )


@duty("groups by rule")
def apply_all(at: datetime) -> str:
    """Bring in who came to a unit since yesterday."""
    rules = CohortRule.objects.select_related("cohort", "unit", "made_by")
    return f"{sum(apply(rule, at=at) for rule in rules)} joined"
