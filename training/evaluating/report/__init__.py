"""The report for those who pay for the training: figures by agency, region and quarter, in the language that was chosen.

It is made once, as tables of plain cells; page, PDF and spreadsheet show the same ones. What is small is hidden before anything is shown.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.models import Certificate
from core.privacy import SMALLEST_CELL, hide_column, hide_small, shown_total
from core.templatetags.burmese import digits
from courses.catalogue import CourseInfo
from people.models import Agency, Unit
from training.evaluating.counting import Sexes
from training.evaluating.learning import learned
from training.evaluating.levels import regions_of_units
from training.evaluating.quarters import Quarter
from training.evaluating.reactions import AGREES, Rate, Reactions, SessionAnswers, answers_by_session, text_of, together
from training.evaluating.scope import Scope
from training.models import Attendance, SessionCount
from training.models.evaluation import HIGHEST, STATEMENTS

Cell = Any  # a text, a number, or None for what is hidden or not known


@dataclass(frozen=True)
class Table:
    """A table of the report. named: how many columns from the left name the row; has_total: the last row is one."""

    title: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    named: int
    has_total: bool = False


@dataclass(frozen=True)
class Report:
    """The whole report, in one language. facts: name and text of what it speaks of."""

    title: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Held:
    """A session that was held. place: agency and region (or none); there: who came; count: women and men, where they were counted and fit the list."""

    place: tuple[str, int | None]
    quarter: Quarter
    minutes: int
    there: frozenset[int]
    answers: SessionAnswers
    count: Sexes | None


@dataclass(frozen=True)
class Figures:
    """What the report is made of. misfits: at how many sessions the counts are more than were there by now."""

    held: tuple[Held, ...]
    certificates: tuple[tuple[tuple[str, int | None], Quarter], ...]
    regions: dict[int, Unit]
    misfits: int


def figures_of(scope: Scope, courses: Sequence[CourseInfo], *, at: datetime) -> Figures:
    """The sessions that were held, and the certificates issued, in a number of queries that does not grow with them."""
    keys = [one.key for one in courses]
    sessions = list(
        scope.held(at=at)
        .filter(course_key__in=keys)
        .order_by("starts_at", "pk")
        .values_list("pk", "starts_at", "ends_at", "unit", "cohort__unit")
    )
    there: dict[int, set[int]] = defaultdict(set)
    for session, person in Attendance.objects.there().filter(session__in=[row[0] for row in sessions]).values_list("session", "person"):  # fmt: skip
        there[session].add(person)
    answers = answers_by_session([(row[0], row[2]) for row in sessions], at=at)
    counts = {
        pk: Sexes(women, men, others)
        for pk, women, men, others in SessionCount.objects.filter(session__in=there).values_list(
            "session", "women", "men", "others"
        )
    }
    fitting = {pk: count for pk, count in counts.items() if count.fit(len(there[pk]))}
    agencies = dict(Unit.objects.order_by().values_list("pk", "agency"))
    regions = regions_of_units()
    held = tuple(
        Held(
            (agencies.get(unit or of_cohort, ""), regions.get(unit or of_cohort)),
            Quarter.of(timezone.localdate(begins)),
            (ends - begins) // timedelta(minutes=1),
            frozenset(there[pk]),
            answers[pk],
            fitting.get(pk),
        )
        for pk, begins, ends, unit, of_cohort in sessions
        if pk in there
    )
    issued = (
        Certificate.objects.filter(rule__course_key__in=keys, number=1, issued_at__date__range=(scope.period.since, scope.period.until))
        .filter(scope.people_q("person"))
        .values_list("person__unit", "issued_at")
    )  # fmt: skip
    certificates = tuple(
        ((agencies.get(unit, ""), regions.get(unit)), Quarter.of(timezone.localdate(when))) for unit, when in issued
    )
    places = [one.place for one in held] + [place for place, _quarter in certificates]
    wanted = [region for _agency, region in places if region]
    named = {one.pk: one for one in Unit.objects.filter(pk__in=wanted)}
    return Figures(held, certificates, named, len(counts) - len(fitting))


def report_of(scope: Scope, courses: Sequence[CourseInfo], *, at: datetime) -> Report:
    """The report, in the language that is active. courses: in that language."""
    found = figures_of(scope, courses, at=at)
    places = sorted({one.place for one in found.held} | {place for place, _quarter in found.certificates}, key=lambda one: (one[0], one[1] or 0))  # fmt: skip
    return Report(
        title=_("Report on training"),
        facts=(
            (_("Period"), str(scope.period)),
            (_("Region"), str(scope.region) if scope.region else _("All that may be shown to who made this report")),
            (_("Courses"), ", ".join(one.code for one in courses)),
        ),
        notes=(
            _("Sessions, hours, people and answers count where the session was held; certificates where their holder serves."),
            _("A dash stands for a number from one to four, for another that would tell it, and for what is not known."),
            *_misfits(found),
        ),
        tables=(
            _held_table(_("By agency and region"), (_("Agency"), _("Region")), found, places, lambda one: one.place, lambda one: one[0], _named(found)),
            _held_table(_("By quarter"), (_("Quarter"),), found, list(scope.period), lambda one: one.quarter, lambda one: one[1], lambda one: (str(one),)),
            _reactions_table(found, places),
            _learning_table(scope, courses),
            _sex_table(found, places),
        ),
    )  # fmt: skip


def _named(found: Figures) -> Callable[[Any], tuple[str, ...]]:
    """Names a place by its agency and region."""

    def name(place: tuple[str, int | None]) -> tuple[str, ...]:
        agency, region = place
        return (
            str(Agency(agency).label) if agency else _("not said"),
            str(found.regions[region]) if region in found.regions else "–",
        )

    return name


def _held_table(
    title: str, heads: tuple[str, ...], found: Figures, groups: Sequence[Any], of_held: Any, of_certificate: Any, name: Any
) -> Table:  # fmt: skip
    """What was held and reached, by some grouping, with a total."""
    held = [[one for one in found.held if of_held(one) == group] for group in groups]
    people, all_people = hide_column([len(_there(one)) for one in held], len(_there(found.held)))
    issued = [sum(of_certificate(one) == group for one in found.certificates) for group in groups]
    certificates, all_certificates = hide_column(issued, len(found.certificates))
    rates, whole = [_rate(one) for one in held], _rate(found.held)
    # Who was asked is who came: where those are hidden or few, so is how many answered.
    hidden = [line for line, rate in enumerate(rates) if people[line] is None or 0 < rate.asked < SMALLEST_CELL]
    answered, all_answered = hide_column([rate.answered for rate in rates], whole.answered, hidden)
    rows = [
        (*name(group), *_spent(those), reached, *_told(rate, answers), certified)
        for group, those, reached, rate, answers, certified in zip(groups, held, people, rates, answered, certificates, strict=True)
    ]  # fmt: skip
    if len(groups) > 1:
        blank = [""] * (len(heads) - 1)
        all_answered = all_answered if all_people is not None else None
        rows.append((_("Total"), *blank, *_spent(found.held), all_people, *_told(whole, all_answered), all_certificates))  # fmt: skip
    headings = (*heads, _("Sessions"), _("Hours"), _("People"), _("Asked what they thought"), _("Answered"), _("Answered (per cent)"), _("Certificates"))  # fmt: skip
    note = _("People are counted once in each line, and once in the total.")
    return Table(title, note, headings, tuple(rows), len(heads), has_total=len(groups) > 1)


def _there(held: Iterable[Held]) -> frozenset[int]:
    """Everybody who came to any of them."""
    return frozenset().union(*(one.there for one in held))


def _rate(held: Iterable[Held]) -> Rate:
    return together(one.answers for one in held).rate


def _spent(held: Sequence[Held]) -> tuple[Cell, ...]:
    """Sessions and hours."""
    return len(held), round(sum(one.minutes for one in held) / 60, 1)


def _told(rate: Rate, answered: int | None) -> tuple[Cell, ...]:
    """Asked, answered and the share; nothing where how many answered is hidden."""
    return (rate.asked, answered, rate.percent) if answered is not None else (None, None, None)


def _reactions_table(found: Figures, places: Sequence[Any]) -> Table:
    """How many agree, in whole per cent of the answers, by place. Of sessions with five answers and none to come, so that any sum of them may
    be told."""
    name = _named(found)
    rows = []
    for place in places:
        rows.append((*name(place), *_agreed(together(one.answers for one in found.held if one.place == place))))
    if len(places) > 1:
        rows.append((_("Total"), "", *_agreed(together(one.answers for one in found.held))))
    statements = tuple(str(text_of(one)) for one in STATEMENTS)
    note = _("Share of the answers, in per cent, that agree: %(least)s or %(most)s on a scale from 1 to 4. Only of sessions with five answers or more to which none is to come.")  # fmt: skip
    return Table(
        _("What they thought of it"),
        note % {"least": AGREES, "most": HIGHEST},
        (_("Agency"), _("Region"), _("Answers"), *statements),
        tuple(rows),
        2,
        has_total=len(places) > 1,
    )


def _agreed(found: Reactions) -> tuple[Cell, ...]:
    if not found.statements:
        return (None,) * (len(STATEMENTS) + 1)
    return found.counted, *(one.percent for one in found.statements)


def _learning_table(scope: Scope, courses: Sequence[CourseInfo]) -> Table:
    rows = []
    for course in courses:
        for one in learned(course, scope):
            told = (one.n, one.gain, one.low, one.high) if one.n is not None else (None,) * 4
            rows.append((course.code, f"{one.objective} {one.label}", *told))
    note = _("The mean gain from the test before to the test after, in points of a hundred, of those who took both, and the range in which it lies (95 per cent).")  # fmt: skip
    headings = (_("Course"), _("Objective"), _("People"), _("Gain"), _("At least"), _("At most"))
    return Table(_("What they learned"), note, headings, tuple(rows), 2)


def _misfits(found: Figures) -> list[str]:
    """That counts are left out, where some are."""
    note = _("Where more women and men were counted than the list has by now, the counts are left out until they are entered again. Sessions: %(n)s.")  # fmt: skip
    return [note % {"n": digits(found.misfits)}] if found.misfits else []


def _sex_table(found: Figures, places: Sequence[Any]) -> Table:
    """Women and men, as counted at sessions. Who came to two sessions counts in both."""
    counted = [one for one in found.held if one.count is not None]
    places = [place for place in places if any(one.place == place for one in counted)]
    sums = [[0, 0, 0] for _place in places]
    for one in counted:
        for column, n in enumerate(astuple(one.count) if one.count else ()):
            sums[places.index(one.place)][column] += n
    name = _named(found)
    cells = hide_small(sums)
    rows = [(*name(place), *row) for place, row in zip(places, cells, strict=True)]
    if len(places) > 1:
        columns = zip(zip(*sums, strict=True), zip(*cells, strict=True), strict=True)
        totals = [shown_total(counts, told, sum(counts)) for counts, told in columns]
        rows.append((_("Total"), "", *totals))
    note = _("Counted by trainers at sessions, where the agency keeps it; who came to two sessions counts twice. Counted at %(n)s of %(of)s sessions.")  # fmt: skip
    return Table(
        _("Women and men"),
        note % {"n": len(counted), "of": len(found.held)},
        (_("Agency"), _("Region"), _("Women"), _("Men"), _("Others, or not said")),
        tuple(rows),
        2,
        has_total=len(places) > 1,
    )
