"""What agencies counted, and a course on four levels: how many answered, of how many, and nothing that points at a person."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue import catalogue
from people.models import RoleGrant
from people.roles import grant_role
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, UnitFactory, session_of
from training.errors import CorrectedAlready, FiguresThere
from training.evaluating import learning
from training.evaluating.behaviour import Told, report
from training.evaluating.levels import levels_of, result_row
from training.evaluating.quarters import Period, Quarter, recent
from training.evaluating.reactions import Given, Rate, react
from training.evaluating.results import Place, Totals, correct, enter
from training.evaluating.scope import scope_of
from training.models import ResultFigures
from training.queries import reach
from training.sessions.attendance import Tick, tick

pytestmark = pytest.mark.django_db

# Noon in the middle of a quarter, so that no session of a test falls into another.
NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
TOTALS = Totals(40, 30, Decimal("4.5"), 6)
LEVELS = {"useful": 4, "clear": 3, "practised": 2, "safe": 1, "ready": 4}


# --- Quarters -------------------------------------------------------------------------------------------------------------


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_its_quarter_and_quarters_follow_each_other(day):
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.after.before == quarter == Quarter.read(quarter.code)
    assert quarter.last + timedelta(days=1) == quarter.after.first


@pytest.mark.parametrize("code", ["", "2026", "2026-5", "2026-0", "x-1", "99999-1"])
def test_what_is_no_quarter_is_none(code):
    with pytest.raises(ValueError):  # noqa: PT011 (int has its own words)
        Quarter.read(code)


def test_a_period_has_its_quarters():
    period = Period(Quarter(2025, 4), Quarter(2026, 2))
    assert [one.code for one in period] == ["2025-4", "2026-1", "2026-2"]
    assert (period.since, period.until) == (date(2025, 10, 1), date(2026, 6, 30))
    assert [one.code for one in recent(date(2026, 2, 1), 3)] == ["2026-1", "2025-4", "2025-3"]


# --- Figures of agencies ------------------------------------------------------------------------------------------------------


@pytest.fixture
def registrar():
    return PersonFactory(registrar=True)


def test_figures_are_entered_once_and_corrected_with_a_reason(registrar):
    region = UnitFactory(kind="region", parent=UnitFactory())
    quarter = Quarter(2026, 1)
    for place in (Place("immigration"), Place("immigration", region)):
        first = enter(place, quarter, TOTALS, by=registrar, at=NOW)
        with pytest.raises(FiguresThere):
            enter(place, quarter, TOTALS, by=registrar, at=NOW)
        second = correct(first, Totals(41, 30, None, 6), reason="One was missing", by=registrar, at=NOW)
        with pytest.raises(CorrectedAlready):
            correct(first, TOTALS, reason="Again", by=registrar, at=NOW)
        newest = ResultFigures.objects.get(agency=place.agency, unit=place.unit, superseded_by=None)
        assert (newest, newest.referrals, newest.reason) == (second, 41, "One was missing")


@pytest.mark.parametrize(
    "wrong", [{"with_consent": 41}, {"quarter": 5}, {"median_days": -1}, {"reason": "For nothing"}]
)
def test_figures_that_cannot_be_are_refused_by_the_database(wrong, registrar):
    values = {"agency": "police", "year": 2026, "quarter": 1, "referrals": 40, "with_consent": 3, "complaints": 0}
    with pytest.raises(IntegrityError), transaction.atomic():
        ResultFigures.objects.create(entered_by=registrar, entered_at=NOW, **values | wrong)


def test_a_registrar_enters_and_corrects_figures_on_the_page(registrar, sign_in, client):
    client.cookies["lang"] = "en"
    office = sign_in(registrar)
    quarter = Quarter.of(timezone.localdate()).before
    fields = {"place": "police/", "quarter": quarter.code, "referrals": "၄၀", "with_consent": "41", "median_days": "4.5", "complaints": "2"}  # fmt: skip
    refused = office.post("/office/evaluation/results/new/", fields)
    assert "There cannot be more with consent than referrals." in refused.content.decode()
    assert office.post("/office/evaluation/results/new/", fields | {"with_consent": "30"}).status_code == 302
    one = ResultFigures.objects.get()
    assert (one.agency, one.referrals, one.with_consent, one.median_days) == ("police", 40, 30, Decimal("4.5"))
    again = office.post("/office/evaluation/results/new/", fields | {"with_consent": "30"})
    assert "Figures for this quarter are there already." in again.content.decode()
    office.post(f"/office/evaluation/results/{one.public_id}/", fields | {"with_consent": "31", "reason": "Late list"})
    page = office.get("/office/evaluation/results/").content.decode()
    assert "31 of 40" in page
    assert "30 of 40" not in page
    assert "Corrected: Late list" in page


def test_a_registrar_of_a_region_enters_for_it_alone(sign_in, registrar):
    region = UnitFactory(kind="region", parent=UnitFactory(), code="R1")
    regional = PersonFactory(unit=region)
    grant_role(regional, RoleGrant.Role.REGISTRAR, by=None, reason="test", starts_on=date(2020, 1, 1), unit=region)
    office = sign_in(regional)
    page = office.get("/office/evaluation/results/new/")
    assert [code for code, _name in page.context["form"].fields["place"].choices] == ["", "immigration/R1"]
    whole = enter(Place("immigration"), Quarter(2026, 1), TOTALS, by=registrar, at=NOW)
    own = enter(Place("immigration", region), Quarter(2026, 1), TOTALS, by=regional, at=NOW)
    assert [office.get(f"/office/evaluation/results/{one.public_id}/").status_code for one in (whole, own)] == [
        404,
        200,
    ]


@pytest.mark.parametrize(
    ("referrals", "with_consent", "told"),
    [(40, 30, (40, 30)), (3, 3, (None, None)), (40, 37, (40, None)), (40, 2, (40, None)), (40, 40, (40, 40)), (0, 0, (0, 0))],
)  # fmt: skip
def test_small_numbers_of_cases_are_not_told(referrals, with_consent, told):
    row = result_row(ResultFigures(year=2026, quarter=1, referrals=referrals, with_consent=with_consent, complaints=0))
    assert (row.referrals, row.with_consent) == told


# --- A course on four levels ----------------------------------------------------------------------------------------------------


def post_of(code: str):
    region = UnitFactory(kind="region", parent=UnitFactory(), code=code)
    return UnitFactory(kind="post", parent=region, code=f"{code}P")


def held(post, officers: int, *, days_ago: int = 80):
    """A session at a post; everybody was there, and half of them have answered what they thought and what they do."""
    trainer = PersonFactory(trainer=True)
    people = PersonFactory.create_batch(officers, unit=post)
    ends = NOW - timedelta(days=days_ago)
    session = session_of(
        CohortFactory(trainer=trainer, officers=people), trainer, unit=post, starts_at=ends - timedelta(hours=3), ends_at=ends
    )  # fmt: skip
    tick(session, [Tick(uuid4(), one.public_id, "present") for one in people], by=trainer, at=NOW)
    for person in people[: officers // 2]:
        react(session, person, Given(LEVELS, "", "my"), at=ends)
        if days_ago >= 60:
            report(session, person, Told([("MIG-M01.O1", 3), ("MIG-M01.O2", 0)], ["time"], ""), by=person, at=NOW)
    return session


def c1():
    return catalogue("en").by_code["C1"]


def seen_by(viewer, **asked):
    return levels_of(c1(), scope_of(viewer, **asked, today=NOW.date()), at=NOW)


def test_the_list_of_courses_counts_what_the_page_of_a_course_counts(sign_in, client):
    client.cookies["lang"] = "en"
    now, post = timezone.now(), post_of("A")
    trainer, people = PersonFactory(trainer=True), PersonFactory.create_batch(12, unit=post)
    cohort = CohortFactory(trainer=trainer, officers=people)
    for begins, there in ((now - timedelta(hours=4), people[:6]), (now - timedelta(hours=1), people[6:])):
        session = session_of(cohort, trainer, unit=post, starts_at=begins, ends_at=begins + timedelta(hours=3))
        tick(session, [Tick(uuid4(), one.public_id, "present") for one in there], by=trainer, at=now)
    office = sign_in(PersonFactory(auditor=True))
    row = next(one for one in office.get("/office/evaluation/").context["rows"] if one.course.code == "C1")
    levels = office.get("/office/evaluation/C1/").context["levels"]
    assert (row.sessions, row.people) == (levels.sessions, levels.people) == (1, 6)  # the other one is not over


@pytest.mark.parametrize(("role", "told"), [("lead", 3), ("registrar", 3), ("auditor", None), ("supervisor", None)])
def test_how_many_attended_is_told_where_few_did_only_to_who_sees_the_names(role, told, sign_in, client):
    client.cookies["lang"] = "en"
    post = post_of("A")
    trainer, people = PersonFactory(trainer=True), PersonFactory.create_batch(3, unit=post)
    ends = timezone.now() - timedelta(minutes=1)
    session = session_of(
        CohortFactory(trainer=trainer, officers=people), trainer, unit=post, starts_at=ends - timedelta(hours=3), ends_at=ends
    )  # fmt: skip
    tick(session, [Tick(uuid4(), one.public_id, "present") for one in people], by=trainer, at=ends)
    office = sign_in(PersonFactory(unit=post, **{role: True}))
    pages = [office.get(f"/office/evaluation/{page}").content.decode() for page in ("", "C1/")]
    assert [f"People who attended: {told or '–'}" in page for page in pages] == [True, True]
    assert ["People who attended: 3" in page for page in pages] == [told == 3] * 2


@pytest.mark.parametrize(
    ("people", "enrolled", "completed", "told"),
    [
        (20, 10, 5, (20, 10, 5)), (20, 20, 0, (20, 20, 0)), (20, 10, 2, (20, 10, None)), (20, 10, 8, (20, 10, None)),
        (20, 2, 1, (20, None, None)), (12, 10, 5, (12, None, None)), (12, 12, 9, (12, 12, None)), (4, 0, 0, (None, None, None)),
    ],
)  # fmt: skip
def test_reach_tells_no_small_number_and_none_that_would_tell_it(people, enrolled, completed, told):
    unit = UnitFactory(agency="police")
    for n, person in enumerate(PersonFactory.create_batch(people, unit=unit)):
        if n < enrolled:
            done = {"status": "completed", "completed_at": NOW} if n < completed else {}
            EnrolmentFactory(person=person, last_active_at=NOW, **done)
    rows = {with_small: reach(PersonFactory(auditor=True), with_small=with_small)[1] for with_small in (False, True)}
    assert (rows[False].people, rows[False].enrolled, rows[False].completed) == told
    assert rows[False].last_active_at == (NOW if told[1] else None)
    assert (rows[True].people, rows[True].enrolled, rows[True].completed) == (people, enrolled, completed)


def test_reach_shows_small_numbers_to_who_sees_everybody_of_them_by_name(sign_in, client):
    client.cookies["lang"] = "en"
    unit = UnitFactory(agency="police")
    mixed = PersonFactory(auditor=True)  # sees names too, but of fewer people than the counts
    grant_role(mixed, RoleGrant.Role.REGISTRAR, by=None, reason="test", starts_on=date(2020, 1, 1), unit=unit)
    for role, is_open in (("lead", True), ("registrar", True), ("auditor", False), ("supervisor", False)):
        page = sign_in(PersonFactory(unit=unit, **{role: True})).get("/office/")
        assert (role, page.context["with_small"], "do not pass those on" in page.content.decode()) == (role, is_open, is_open)  # fmt: skip
    assert sign_in(mixed).get("/office/").context["with_small"] is False


def test_every_level_says_how_many_answered_of_how_many(registrar):
    held(post_of("A"), 12)
    held(post_of("B"), 20)
    held(post_of("C"), 8, days_ago=30)  # too soon to be asked what they do
    enter(Place("immigration"), Quarter(2026, 1), TOTALS, by=registrar, at=NOW)
    found = seen_by(PersonFactory(lead=True))
    assert (found.sessions, found.people) == (3, 40)
    # Four of the eight in C answered; four are too few to be counted.
    assert (found.reaction.rate, found.reaction.counted) == (Rate(20, 40), 16)
    assert {one.name: (one.agree, one.n) for one in found.reaction.statements} == {
        "useful": (16, 16), "clear": (16, 16), "practised": (0, 16), "safe": (0, 16), "ready": (16, 16),
    }  # fmt: skip
    assert (found.own.rate, found.seen.rate) == (Rate(16, 32), Rate(0, 32))
    assert (found.own.found.reports, found.own.found.tasks, found.own.found.done) == (16, 32, 16)
    assert [n for _text, n in found.own.barriers] == [16]
    # Three agencies, three of the last four quarters are over.
    assert found.result_rate == (1, 9)


def test_a_region_with_few_reports_adds_nothing_to_others(registrar):
    held(post_of("A"), 12)
    held(post_of("B"), 8)
    lead = PersonFactory(lead=True)
    both, one, few = seen_by(lead), seen_by(lead, region="A"), seen_by(lead, region="B")
    assert both.own.found == one.own.found
    assert few.own.found is None
    assert (both.own.rate, few.own.rate) == (Rate(10, 20), Rate(4, 8))
    assert not few.own.rate.is_shown


def test_a_supervisor_sees_what_lies_within_their_reach(registrar):
    near, far = post_of("A"), post_of("B")
    held(near, 12)
    held(far, 20)
    supervisor = PersonFactory(supervisor=True, unit=near.parent)
    assert seen_by(supervisor).people == 12
    assert seen_by(supervisor, region="B").people == 12  # a region beyond reach is none
    enter(Place("immigration"), Quarter(2026, 1), TOTALS, by=registrar, at=NOW)
    assert seen_by(supervisor).results == []


def test_a_period_leaves_out_what_was_held_before_or_after():
    held(post_of("A"), 12)
    lead = PersonFactory(lead=True)
    assert seen_by(lead, since="2026-3", until="2026-3").people == 12
    assert seen_by(lead, since="2026-4", until="2026-4").people == 0
    assert seen_by(lead, since="2026-4", until="2026-2").people == 12  # turned round
    assert seen_by(lead, since="nonsense").people == 12


def test_the_gain_is_shown_of_how_many_and_not_of_few(monkeypatch):
    asked = {}

    def course_gain(course_key, **where):
        asked.update(where, course=course_key)
        rows = [("O1", 12, 0.324, 0.2, 0.45), ("O2", 4, 0.9, 0.1, 1.0), ("O3", 9, -0.1, -0.2, 0.0)]
        return [SimpleNamespace(objective=o, label=o, n=n, gain=g, low=low, high=high) for o, n, g, low, high in rows]

    monkeypatch.setattr(learning, "course_gain", course_gain)
    scope = scope_of(PersonFactory(lead=True), today=NOW.date())
    told = [(one.objective, one.n, one.gain, one.low, one.high, one.length) for one in learning.learned(c1(), scope)]
    assert told == [("O1", 12, 32, 20, 45, 32), ("O2", None, 0, 0, 0, None), ("O3", 9, -10, -20, 0, 0)]
    begins, ends = (timezone.make_aware(datetime(year, 1, 1)) for year in (2026, 2027))
    assert (asked["course"], asked["since"], asked["until"], asked["units"]) == (c1().key, begins, ends, None)


def test_the_page_of_a_course_shows_all_four(registrar, sign_in, client):
    client.cookies["lang"] = "en"
    held(post_of("A"), 12)
    quarter = Quarter.of(timezone.localdate()).before
    enter(Place("police"), quarter, TOTALS, by=registrar, at=NOW)
    office = sign_in(PersonFactory(auditor=True))
    assert "/office/evaluation/C1/" in office.get("/office/evaluation/").content.decode()
    page = office.get("/office/evaluation/C1/?since=2026-1").content.decode()
    assert [f"{n}. What" in page for n in (1, 2, 3, 4)] == [True] * 4
    assert "6 of 12 answered" in page
    assert "30 of 40 (75 %)" in page
    assert office.get("/office/evaluation/C99/").status_code == 404


@pytest.mark.parametrize("sessions", [1, 5])
def test_the_page_costs_the_same_for_any_number_of_sessions(sessions, django_assert_num_queries):
    for n in range(sessions):
        held(post_of(f"R{n}"), 10)
    scope = scope_of(PersonFactory(lead=True), today=NOW.date())
    course = c1()
    # sessions, who was there, units, reports, results; attendance, answers, statements; learning (3)
    with django_assert_num_queries(11):
        levels_of(course, scope, at=NOW)
