"""A cascade of which everything is known: every figure of the pages is the one that was put in, at 500 officers and at 5,000."""

import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import ItemVersion
from people.models import Person, Unit
from tests.factories import PersonFactory
from tests.training.testing import room_tests
from training.cascade.losing import dilution_of
from training.cascade.reading import cascade_of
from training.simulating import AFTER, BEFORE, FORGOTTEN, GENERATIONS, SHARE, SIZE, WAIT, simulate
from training.testing.gain import course_gain

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return room_tests()


@pytest.fixture
def known(course):
    return simulate(course, officers=500, until=timezone.now())


def of_form(form: str, generation: int) -> float:
    """The mean share of those who sit a form of four questions after a session of a generation."""
    plain, first = float(AFTER[generation]), float(FORGOTTEN[generation] if form == "A" else AFTER[generation])
    return (first + 3 * plain) / 4


def test_the_generations_are_those_that_were_put_in(course, known):
    found = cascade_of(course.key).generations(on=timezone.localdate())
    assert [one.depth for one in found] == [0, 1, 2]
    assert [one.people for one in found] == list(GENERATIONS)
    assert [one.never for one in found] == known.never == [0, 7, 28]
    assert [one.sessions for one in found] == known.sessions == [10, 16, 12]
    assert [one.reached for one in found] == known.reached == [5 * 20 + 15, 8 * 20 + 40, 12 * 20]
    assert [one.days for one in found] == list(WAIT)


def test_everybody_leads_up_to_a_master_trainer(course, known):
    graph = cascade_of(course.key)
    officer = Person.objects.filter(service_number__startswith="SIM-O-").order_by("-service_number").first()
    chain = graph.chain(officer.pk)
    assert [right.tier for _session, right in chain] == ["trainer", "trainer", "master"]
    assert len(graph.tree()) == GENERATIONS[0]
    assert sum(branch.all_reached for branch in graph.tree()) == sum(known.reached)


def test_the_gain_is_the_one_that_was_put_in(course, known):
    weights = [share / sum(SHARE) for share in SHARE]
    after = {form: sum(w * of_form(form, n) for n, w in enumerate(weights)) for form in "AB"}
    whole = course_gain(course.key)[0]
    assert whole.n == known.officers == 500
    assert whole.estimate.before == pytest.approx(float(BEFORE))
    # Half began with A and sat B afterwards, and the other way round.
    assert whole.gain == pytest.approx((after["A"] + after["B"]) / 2 - float(BEFORE))
    assert whole.low < whole.gain < whole.high


def test_the_gain_of_an_agency_counts_its_own_people(course, known):
    units = Unit.objects.filter(agency="police")
    people = Person.objects.filter(unit__in=units, service_number__startswith="SIM-O-").count()
    assert course_gain(course.key, units=units)[0].n == people > 0


def test_dilution_finds_the_question_that_is_forgotten_and_the_general_loss(course, known):
    found = dilution_of(course.key, cascade_of(course.key))
    assert set(found.whole) == {1, 2}
    expected = {n: (of_form("A", n) + of_form("B", n) - of_form("A", n - 1) - of_form("B", n - 1)) / 2 for n in (1, 2)}
    for generation, one in found.whole.items():
        assert one.difference == pytest.approx(expected[generation])
        assert one.low < one.difference < one.high
    worst = found.items[0]
    code = ItemVersion.objects.get(pk=known.forgotten).code
    assert (worst.generation, worst.code, worst.module) == (2, code, "M01")
    assert worst.difference.difference == pytest.approx(float(FORGOTTEN[2] - FORGOTTEN[1]))
    assert (worst.difference.n, worst.difference.n_before) == (12 * SIZE // 2, 8 * SIZE // 2)
    assert worst.difference.is_lost
    # Every other question lost a tenth, at half the people: less than chance explains at this size.
    assert [one.difference.difference for one in found.items if one.code != code] == pytest.approx([-0.1] * 14)


def test_no_session_lies_outside_the_funnel_where_all_of_a_generation_are_alike(course, known):
    found = dilution_of(course.key, cascade_of(course.key))
    assert [(one.generation, len(one.points)) for one in found.funnels] == [(1, 8), (2, 12)]
    assert {point.n for one in found.funnels for point in one.points} == {SIZE}


def test_old_versions_are_counted(course, known):
    graph = cascade_of(course.key)
    assert len(graph.outdated(course.version, since=timezone.now() - timedelta(days=400))) == known.outdated == 2


def test_the_pages_say_what_was_put_in(course, known, sign_in, client):
    client.cookies["lang"] = "en"
    desk = sign_in(PersonFactory(lead=True))
    page = desk.get("/office/cascade/?course=C1").text
    for figure in (*GENERATIONS, *known.sessions, *known.reached):
        assert f">{figure}<" in page
    page = desk.get("/office/cascade/dilution/?course=C1").text
    assert ItemVersion.objects.get(pk=known.forgotten).code in page
    assert "−50" in page
    assert "Guide to M01" in page


def test_the_command_makes_it_once_and_says_what_it_made(course, capsys):
    call_command("simulate_cascade", officers=500)
    assert "500 officers in 38 sessions" in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is an invented cascade already"):
        call_command("simulate_cascade", officers=500)


@pytest.mark.parametrize("officers", [0, 20, 510])
def test_the_command_refuses_other_numbers(course, officers):
    with pytest.raises(CommandError, match="officers come by 500"):
        call_command("simulate_cascade", officers=officers)
    assert not Unit.objects.filter(code__startswith="SIM-").exists()


PAGES = {
    "/office/cascade/?course=C1": 10,
    "/office/cascade/dilution/?course=C1": 12,
    "/office/evaluation/": 5,
    "/office/evaluation/C1/": 15,
    "/office/evaluation/report/": 17,
    "/office/plans/": 7,
}


@pytest.mark.parametrize("officers", [500, 5000])
def test_the_pages_take_the_same_queries_at_ten_times_the_size_and_few_seconds(officers, course, sign_in, client):
    simulate(course, officers=officers, until=timezone.now())
    desk = sign_in(PersonFactory(lead=True))
    counts, slow = {}, {}
    for path in PAGES:
        desk.get(path)
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path).status_code == 200
        counts[path] = len(queries)
        if (seconds := time.perf_counter() - began) > 15:
            slow[path] = seconds
    assert counts == PAGES
    assert slow == {}
