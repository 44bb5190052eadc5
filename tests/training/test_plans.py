"""The training plan: one target for a place, course and year, what was reached of it, and which are late."""

import io
import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from courses.catalogue import catalogue
from records.models import AuditEntry
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, UnitFactory, session_of
from training.errors import TargetThere
from training.evaluating.plans import Goal, change_target, progress_of, set_target
from training.evaluating.results import Place
from training.models import TrainingTarget
from training.sessions.attendance import Tick, tick

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
TODAY = NOW.date()
GOAL = Goal(10, date(2026, 12, 31))


def c1():
    return catalogue("en").by_code["C1"]


@pytest.fixture
def lead():
    return PersonFactory(lead=True)


@pytest.fixture
def post():
    return UnitFactory(kind="post", parent=UnitFactory(kind="region", parent=UnitFactory()), code="P1")


def taught(people, modules=None, *, at=NOW - timedelta(days=20)):
    trainer = PersonFactory(trainer=True)
    values = {"starts_at": at - timedelta(hours=3), "ends_at": at} | ({"modules": modules} if modules else {})
    session = session_of(CohortFactory(trainer=trainer, officers=people), trainer, **values)
    tick(session, [Tick(uuid4(), one.public_id, "present") for one in people], by=trainer, at=NOW)


def progress(*targets, on=TODAY, with_small=True):
    return progress_of(list(targets), catalogue("en"), on=on, with_small=with_small)


def test_there_is_one_target_for_a_place_course_and_year(lead, post):
    for place in (Place("immigration"), Place("immigration", post)):
        set_target(place, c1(), GOAL, by=lead, at=NOW)
        with pytest.raises(TargetThere):
            set_target(place, c1(), Goal(20, date(2026, 1, 31)), by=lead, at=NOW)
        set_target(place, c1(), Goal(20, date(2027, 1, 31)), by=lead, at=NOW)
    assert TrainingTarget.objects.count() == 4


def test_a_change_is_kept_with_what_stood_there_before(lead, post):
    target = set_target(Place("immigration", post), c1(), GOAL, by=lead, at=NOW)
    change_target(target, Goal(25, date(2026, 12, 31)), by=lead, at=NOW)
    change_target(target, Goal(25, date(2026, 12, 31)), by=lead, at=NOW)
    details = [json.loads(one.detail) for one in AuditEntry.objects.filter(action="training.target_set").order_by("pk")]
    assert details[1:] == [{"target": [10, 25]}]
    set_target(Place("immigration", post), c1(), Goal(5, date(2027, 6, 30)), by=lead, at=NOW)
    with pytest.raises(TargetThere):
        change_target(target, Goal(25, date(2027, 12, 31)), by=lead, at=NOW)


def test_trained_is_who_attended_every_module_in_whatever_sessions_or_completed_the_course(lead, post):
    people = PersonFactory.create_batch(10, unit=post)
    modules = [one.code for one in c1().modules]
    taught(people[:4])
    taught(people[4:6], modules[:1])
    taught(people[4:5], modules[1:])
    taught(people[6:7], at=NOW - timedelta(days=400))  # in another year
    for person in (people[0], people[8]):
        EnrolmentFactory(person=person, status="completed", completed_at=NOW)
    taught(PersonFactory.create_batch(3))  # who serve elsewhere
    target = set_target(Place("immigration", post.parent), c1(), GOAL, by=lead, at=NOW)
    (found,) = progress(target)
    assert (found.serving, found.attended, found.completed, found.trained) == (10, 5, 2, 6)
    assert (found.is_reached, found.is_late) == (False, False)


@pytest.mark.parametrize(
    ("people", "on", "reached", "late"),
    [(6, NOW.date(), True, False), (7, NOW.date(), False, False), (7, date(2027, 1, 1), False, True), (6, date(2027, 1, 1), True, False)],
)  # fmt: skip
def test_a_target_is_late_when_its_day_is_past_and_it_is_not_reached(people, on, reached, late, lead, post):
    taught(PersonFactory.create_batch(6, unit=post))
    target = set_target(Place("immigration", post), c1(), Goal(people, date(2026, 12, 31)), by=lead, at=NOW)
    (found,) = progress(target, on=on)
    assert (found.is_reached, found.is_late) == (reached, late)


def test_small_numbers_are_not_told_to_who_sees_no_names(lead, post):
    people = PersonFactory.create_batch(12, unit=post)
    taught(people[:3])
    target = set_target(Place("immigration", post), c1(), GOAL, by=lead, at=NOW)
    assert [one.trained for one in progress(target)] == [3]
    assert [one.trained for one in progress(target, with_small=False)] == [None]


@pytest.mark.parametrize("targets", [1, 6])
def test_the_progress_costs_the_same_for_any_number_of_targets(targets, lead, django_assert_num_queries):
    made = []
    for _target in range(targets):
        unit = UnitFactory(kind="region", parent=UnitFactory())
        taught(PersonFactory.create_batch(2, unit=unit))
        made.append(set_target(Place("immigration", unit), c1(), GOAL, by=lead, at=NOW))
    known = catalogue("en")
    with django_assert_num_queries(4):  # units, people, attendance, completions
        progress_of(made, known, on=NOW.date(), with_small=True)


def test_the_lead_sets_and_changes_targets_and_sees_how_far_they_are(lead, post, sign_in, client):
    client.cookies["lang"] = "en"
    PersonFactory.create_batch(6, unit=post)
    office = sign_in(lead)
    fields = {"place": "immigration/P1", "course": "C1", "people": "၈", "due_on": "၃၁-၁၂-၂၀၂၆"}
    assert office.post("/office/plans/new/", fields).status_code == 302
    again = office.post("/office/plans/new/", fields)
    assert "There is a target for this place, course and year already." in again.content.decode()
    page = office.get("/office/plans/?year=2026").content.decode()
    assert "0 of 8 trained; 6 serve there" in page
    one = TrainingTarget.objects.get()
    assert office.post(f"/office/plans/{one.public_id}/", {"people": "9", "due_on": "30-11-2026"}).status_code == 302
    sheet = load_workbook(io.BytesIO(office.get("/office/plans/?year=2026&format=xlsx").content)).active
    (row,) = sheet.iter_rows(min_row=2, values_only=True)
    assert (row[0], row[3], row[4], row[6], row[9]) == (2026, "C1", 9, 0, 6)


def test_a_supervisor_sees_the_plan_of_their_units_and_sets_none(lead, post, sign_in, client):
    client.cookies["lang"] = "en"
    set_target(Place("immigration"), c1(), GOAL, by=lead, at=NOW)
    own = set_target(Place("immigration", post), c1(), GOAL, by=lead, at=NOW)
    office = sign_in(PersonFactory(supervisor=True, unit=post))
    found = office.get("/office/plans/?year=2026")
    assert [one.target for one in found.context["rows"]] == [own]
    assert [office.get(path).status_code for path in ("/office/plans/new/", f"/office/plans/{own.public_id}/")] == [
        404,
        404,
    ]
