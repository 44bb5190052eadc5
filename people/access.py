"""Who may see which people, cohorts and units: the table of people/rules.py turned into rows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from core.models import SortedQuerySet
from people.models import Cohort, CohortMembership, Person, RoleGrant, Unit
from people.models.roles import RoleGrantQuerySet
from people.models.units import UnitQuerySet
from people.rules import RULES

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Reach:
    """How far somebody reaches for one verb. everything: without bounds; else units with what lies below, cohorts, and
    (led) the cohorts that they lead."""

    viewer: Person
    everything: bool
    units: frozenset[int]
    cohorts: frozenset[int]
    led: bool

    def units_q(self, path: str = "") -> Q:
        """Rows whose unit, at `path` ("" for rows that are units), lies within."""
        unit = f"{path}__" if path else ""
        if self.everything:
            return Q()
        return (
            Q(**{f"{unit}pk__in": self.units})
            | Q(**{f"{unit}parent__in": self.units})
            | Q(**{f"{unit}parent__parent__in": self.units})
        )

    def cohorts_q(self) -> Q:
        """Cohorts within: given by themselves, led, or of a unit within."""
        if self.everything:
            return Q()
        found = Q(pk__in=self.cohorts)
        if self.units:
            found |= self.units_q("unit")
        return found | Q(pk__in=led_cohorts(self.viewer).values("pk")) if self.led else found

    def people_q(self) -> Q:
        """People within: of a unit within, or learning now in a cohort within."""
        if self.everything:
            return Q()
        learners = CohortMembership.objects.learners()
        found = Q(pk__in=learners.filter(cohort__in=self.cohorts).values("person")) if self.cohorts else Q(pk__in=[])
        if self.units:
            found |= self.units_q("unit")
        if self.led:
            found |= Q(pk__in=learners.filter(cohort__in=led_cohorts(self.viewer)).values("person"))
        return found


def reach(viewer: Person, verb: str) -> Reach:
    """How far a person reaches for a verb of the table, from all the grants in force today."""
    grants = [(grant, grant.reach(verb)) for grant in viewer.held]
    whole = [grant for grant, how in grants if how == "all"]
    return Reach(
        viewer,
        everything=any(grant.unit_id is None and grant.cohort_id is None for grant in whole),
        units=frozenset(grant.unit_id for grant in whole if grant.unit_id),
        cohorts=frozenset(grant.cohort_id for grant in whole if grant.cohort_id),
        led=any(how == "led" for _grant, how in grants),
    )


def sees_names(viewer: Person, verb: str) -> bool:
    """Whether somebody sees by name everybody of whom a verb tells counts, so that a small one tells them nothing."""
    counts, names = reach(viewer, verb), reach(viewer, "people.see")
    return names.everything or (
        not counts.everything and counts.units <= names.units and counts.cohorts <= names.cohorts
    )


def may_or_404(user: Any, verb: str) -> Person:
    """The viewer, if some role of theirs allows the verb; else there is no such place."""
    if isinstance(user, Person) and user.may(verb):
        return user
    raise Http404


def only(verb: str) -> Callable[[View], View]:
    """A view that is there only for people whose role allows the verb; asked before anything else is."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            may_or_404(request.user, verb)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def led_cohorts(viewer: Person) -> SortedQuerySet:
    """The cohorts that a person leads now."""
    return Cohort.objects.filter(
        memberships__person=viewer, memberships__part=CohortMembership.Part.TRAINER, memberships__left_at=None
    )


def visible_cohorts(viewer: Person, verb: str = "cohorts.see") -> SortedQuerySet:
    """The cohorts for which a viewer may do something: for the office every cohort, for a trainer those they lead."""
    return Cohort.objects.filter(reach(viewer, verb).cohorts_q()) if viewer.may(verb) else Cohort.objects.none()


def cohort_for(viewer: Person, public_id: UUID, verb: str = "cohorts.see") -> Cohort:
    """The cohort, or 404: what a viewer may not see does not exist for them."""
    found: Cohort = get_object_or_404(visible_cohorts(viewer, verb), public_id=public_id)
    return found


def visible_people(viewer: Person, verb: str = "people.see") -> SortedQuerySet:
    """The people for whom a viewer may do something: for the office everyone, for a trainer the learners of the cohorts they lead."""
    everyone: SortedQuerySet = Person.objects.all()
    return everyone.filter(reach(viewer, verb).people_q()) if viewer.may(verb) else everyone.none()


def person_for(viewer: Person, public_id: UUID, verb: str = "people.see") -> Person:
    """The person, or 404."""
    found: Person = get_object_or_404(visible_people(viewer, verb).select_related("unit"), public_id=public_id)
    return found


def people_for_slips(viewer: Person) -> SortedQuerySet:
    """The people for whom a viewer may print slips: a trainer's learners who hold no role, and whom the office reaches.

    A slip takes over an account, so that nobody gets one of an account with more power by leading a group; nor their own; nor of somebody
    whom a trainer, a code or a rule put into the group.
    """
    if not viewer.may("slips.print"):
        nobody: SortedQuerySet = Person.objects.none()
        return nobody
    far = reach(viewer, "slips.print")
    with_roles = RoleGrant.objects.open().values("person")
    put_there = CohortMembership.objects.learners().filter(origin=CohortMembership.Origin.OFFICE)
    learners = Q(pk__in=put_there.filter(cohort__in=led_cohorts(viewer)).values("person")) if far.led else Q(pk__in=[])
    plain = (Q() if far.everything else learners) & Q(is_superuser=False) & ~Q(pk__in=with_roles)
    found: SortedQuerySet = Person.objects.filter(replace(far, led=False).people_q() | plain, is_active=True)
    others: SortedQuerySet = found.exclude(pk=viewer.pk).distinct()
    return others


def below(unit: Unit) -> Q:
    """People of a unit and of those below it."""
    return Q(unit=unit) | Q(unit__parent=unit) | Q(unit__parent__parent=unit)


def visible_units(viewer: Person, verb: str = "units.see") -> UnitQuerySet:
    """The units for which a viewer may do something, with those below."""
    units: UnitQuerySet = Unit.objects.all()
    return units.filter(reach(viewer, verb).units_q()) if viewer.may(verb) else units.none()


def unit_for(viewer: Person, public_id: UUID, verb: str = "units.see") -> Unit:
    """The unit, or 404."""
    found: Unit = get_object_or_404(visible_units(viewer, verb), public_id=public_id)
    return found


def people_teaching() -> SortedQuerySet:
    """Everyone whose role lets them teach groups."""
    teaching = RoleGrant.objects.current().filter(role__in=list(RULES["teach.assign"]))
    found: SortedQuerySet = Person.objects.filter(pk__in=teaching.values("person"), is_active=True)
    return found


def can_assign(viewer: Person, cohort: Cohort) -> bool:
    """Trainers assign to the cohorts they lead; the office only looks."""
    return visible_cohorts(viewer, "teach.assign").filter(pk=cohort.pk).exists()


def visible_grants(viewer: Person, verb: str = "roles.see") -> RoleGrantQuerySet:
    """The roles about which a viewer may know or, for roles.give, decide: of people within, and given no further than
    the viewer reaches."""
    within = reach(viewer, verb)
    found = RoleGrant.objects.filter(person__in=visible_people(viewer, verb))
    if verb == "roles.see" or within.everything:
        return found
    units, cohorts = visible_units(viewer, verb), visible_cohorts(viewer, verb)
    return found.filter(Q(unit__in=units) | Q(cohort__in=cohorts))


def grant_for(viewer: Person, public_id: UUID, verb: str = "roles.see") -> RoleGrant:
    """A role that was given, or 404."""
    found: RoleGrant = get_object_or_404(
        visible_grants(viewer, verb).select_related("person", "unit", "cohort", "granted_by"), public_id=public_id
    )
    return found
