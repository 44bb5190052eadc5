"""Of what an evaluation speaks: what a viewer answers for, a region of it, and a period."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q

from people.access import Reach, reach
from people.models import Agency, Person, Unit
from people.models.units import UnitQuerySet
from training.evaluating.quarters import Period, Quarter, recent
from training.evaluating.results import Place
from training.models import ResultFigures, TrainingSession
from training.models.sessions import TrainingSessionQuerySet

QUARTERS_SHOWN = 12


@dataclass(frozen=True)
class Scope:
    """region: only that, with its posts; None for everything that the viewer reaches."""

    within: Reach
    region: Unit | None
    period: Period

    @cached_property
    def units(self) -> UnitQuerySet | None:
        """The units of which it speaks; None for every one and those without."""
        if self.within.everything and not self.region:
            return None
        found: UnitQuerySet = Unit.objects.filter(self.within.units_q())
        return found.within(self.region) if self.region else found

    def people_q(self, path: str) -> Q:
        """Rows whose person, at `path`, serves there."""
        return Q() if self.units is None else Q(**{f"{path}__unit__in": self.units})

    def sessions(self) -> TrainingSessionQuerySet:
        """The sessions of the period that were held there: at a post, or, where none is said, by a group of a unit there."""
        begins, ends = self.period.moments
        rows = TrainingSession.objects.standing().filter(starts_at__gte=begins, starts_at__lt=ends)
        if self.units is None:
            return rows
        there = Q(unit__in=self.units) | Q(unit=None, cohort__unit__in=self.units)
        if not self.region:
            there |= Q(cohort__in=self.within.cohorts)
        return rows.filter(there)

    def held(self, *, at: datetime) -> TrainingSessionQuerySet:
        """Those of the sessions that are over."""
        return self.sessions().filter(ends_at__lte=at)

    def results(self) -> Any:
        """The newest result figures of the places and quarters."""
        quarters = Q(pk__in=[])
        for one in self.period:
            quarters |= Q(year=one.year, quarter=one.number)
        rows = ResultFigures.objects.filter(quarters, places_q(self.within), superseded_by=None)
        return rows.filter(unit=self.region) if self.region else rows


def scope_of(viewer: Person, *, region: str = "", since: str = "", until: str = "", today: Any) -> Scope:
    """From what a form sends: the code of a region, and of quarters; what cannot be read is left out, the last four quarters are meant.

    A region that the viewer does not reach is none.
    """
    within = reach(viewer, "reports.see")
    first, last = _quarter(since) or recent(today, 4)[-1], _quarter(until) or Quarter.of(today)
    if first > last:
        first, last = last, first
    found = regions(within).filter(code=region).first() if region else None
    return Scope(within, found, Period(first, last))


def regions(within: Reach) -> UnitQuerySet:
    """The regions that lie within."""
    found: UnitQuerySet = Unit.objects.filter(within.units_q(), kind=Unit.Kind.REGION)
    return found.in_order()


def places(within: Reach, *, with_posts: bool = False) -> list[Place]:
    """The agencies, each whole, and the regions (with their posts, if asked) for which somebody within may enter something."""
    agencies = list(Agency.values) if within.everything else _whole(within)
    units = Unit.objects.filter(within.units_q()).open().in_order() if with_posts else regions(within)
    return [
        *(Place(one) for one in agencies),
        *(Place(one.agency, one) for one in units if one.kind != Unit.Kind.AGENCY),
    ]


def _whole(within: Reach) -> list[str]:
    """The agencies that somebody reaches in whole."""
    units = Unit.objects.filter(pk__in=within.units, kind=Unit.Kind.AGENCY)
    return sorted(set(units.values_list("agency", flat=True)))


def places_q(within: Reach) -> Q:
    """Rows of a place (`agency` and `unit`, none for the whole agency) within: of units there; of an agency for who reaches all of it."""
    if within.everything:
        return Q()
    return (Q(unit__isnull=False) & within.units_q("unit")) | Q(unit=None, agency__in=_whole(within))


def _quarter(code: str) -> Quarter | None:
    try:
        return Quarter.read(code)
    except ValueError:
        return None
