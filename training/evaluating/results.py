"""What came of training (level 4): what agencies counted in a quarter, as totals."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from core import audit
from people.models import Person, Unit
from training.audit import RESULTS_ENTERED
from training.errors import CorrectedAlready, FiguresThere
from training.evaluating.quarters import Quarter
from training.models import ResultFigures


@dataclass(frozen=True)
class Place:
    """A whole agency, or a region of it."""

    agency: str
    unit: Unit | None = None


@dataclass(frozen=True)
class Totals:
    """What was counted. median_days: from referral to service, where it is known."""

    referrals: int
    with_consent: int
    median_days: Decimal | None
    complaints: int


def enter(place: Place, quarter: Quarter, totals: Totals, *, by: Person, at: datetime) -> ResultFigures:
    """Keep the figures of a place and quarter. Raises FiguresThere where there are some."""
    try:
        with transaction.atomic():
            made = ResultFigures.objects.create(
                agency=place.agency, unit=place.unit, year=quarter.year, quarter=quarter.number, entered_by=by, entered_at=at, **asdict(totals)
            )  # fmt: skip
            audit.record(RESULTS_ENTERED, by=by, about=made, quarter=quarter.code)
    except IntegrityError:
        raise FiguresThere from None
    return made


def correct(old: ResultFigures, totals: Totals, *, reason: str, by: Person, at: datetime) -> ResultFigures:
    """Keep other figures for the same place and quarter, and why; the old ones stay beside them. Raises CorrectedAlready for figures that are
    not the newest."""
    try:
        with transaction.atomic():
            made = ResultFigures.objects.create(
                agency=old.agency, unit=old.unit, year=old.year, quarter=old.quarter, supersedes=old, reason=reason, entered_by=by,
                entered_at=at, **asdict(totals),
            )  # fmt: skip
            audit.record(RESULTS_ENTERED, by=by, about=made, quarter=f"{old.year}-{old.quarter}", reason=reason)
    except IntegrityError:
        raise CorrectedAlready from None
    return made
