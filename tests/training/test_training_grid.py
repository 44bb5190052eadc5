"""The progress grid: what each cell and flag says, who is in it, and its pages."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from assessments.allowances import allow_attempt
from assessments.ending import submit_attempt
from courses.catalogue import CourseInfo
from courses.models import Completion, Enrolment
from courses.services import advance
from people.models import CohortMembership, Person
from tests.assessments import sitting
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, UnitFactory
from training.queries import GridRow, grid
from training.services import assign
from training.views import PAGE

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def row_of(person: Person, course: CourseInfo, *, now: datetime = NOW, today: date = TODAY) -> GridRow:
    """The one row of a person."""
    (row,) = grid(course, [person], now=now, today=today)
    return row


def states(row: GridRow) -> list[tuple[str, int, int]]:
    """State, lessons done and lessons in all, of each module."""
    return [(cell.state, cell.done, cell.total) for cell in row.cells]


def read(enrolment: Enrolment, course: CourseInfo, *numbers: int) -> None:
    """Lessons read, with their checks, by their place in the course."""
    lessons = [course.lessons[number][1] for number in numbers]
    kinds = (Completion.Requirement.READ, Completion.Requirement.CHECKS)
    advance(enrolment, [(kind, one.key, one.code, one.revision) for one in lessons for kind in kinds], at=NOW)


# --- Cells ---------------------------------------------------------------------------------------------------------------


def test_who_is_enrolled_and_has_done_nothing_has_begun_no_module(course):
    assert states(row_of(EnrolmentFactory().person, course)) == [("none", 0, 2), ("none", 0, 1)]


def test_a_lesson_of_two_opens_the_module_and_both_complete_it(course):
    enrolment = EnrolmentFactory()
    read(enrolment, course, 0)
    assert states(row_of(enrolment.person, course)) == [("open", 1, 2), ("none", 0, 1)]
    read(enrolment, course, 1)
    assert states(row_of(enrolment.person, course)) == [("done", 2, 2), ("none", 0, 1)]


def test_a_lesson_read_without_its_checks_does_not_count(course):
    enrolment = EnrolmentFactory()
    lesson = course.lessons[0][1]
    advance(enrolment, [(Completion.Requirement.READ, lesson.key, lesson.code, lesson.revision)], at=NOW)
    assert states(row_of(enrolment.person, course))[0] == ("none", 0, 2)


def test_a_module_of_other_agencies_is_not_needed(course):
    person = PersonFactory(unit=UnitFactory(agency="social_welfare"))
    EnrolmentFactory(person=person)
    assert states(row_of(person, course)) == [("none", 0, 2), ("not_needed", 0, 1)]


def test_a_module_that_was_not_needed_and_is_done_all_the_same_is_done(course):
    enrolment = EnrolmentFactory(person=PersonFactory(unit=UnitFactory(agency="social_welfare")))
    read(enrolment, course, 2)
    assert states(row_of(enrolment.person, course))[1] == ("done", 1, 1)


def test_who_is_not_enrolled_is_shown_without_flags(course):
    row = row_of(PersonFactory(), course, now=NOW + timedelta(days=400), today=TODAY + timedelta(days=400))
    assert (row.enrolment, states(row)) == (None, [("none", 0, 2), ("none", 0, 1)])
    assert (row.exam, row.exam_percent, row.attempts) == ("none", None, 0)
    assert (row.is_overdue, row.is_stuck, row.needs_attempt) == (False, False, False)


def test_the_work_of_one_is_not_shown_in_the_row_of_another(course):
    one, other = EnrolmentFactory(), EnrolmentFactory()
    read(one, course, 0, 1)
    sitting.sit(sitting.learn_all(one), right=False)
    rows = grid(course, [one.person, other.person], now=NOW, today=TODAY)
    assert [(row.person, row.cells[0].state, row.exam) for row in rows] == [
        (one.person, "done", "failed"),
        (other.person, "none", "none"),
    ]


def test_a_place_given_up_is_no_place(course):
    enrolment = EnrolmentFactory(status=Enrolment.Status.WITHDRAWN)
    assert row_of(enrolment.person, course).enrolment is None


def test_who_takes_the_course_again_is_shown_with_the_place_under_way(course):
    person = PersonFactory()
    under_way = EnrolmentFactory(person=person)
    EnrolmentFactory(person=person, status=Enrolment.Status.COMPLETED, completed_at=NOW)
    assert row_of(person, course).enrolment == under_way


# --- Flags ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "overdue"), [(-1, True), (0, False), (1, False)])
def test_overdue_begins_the_day_after_the_due_day(days, overdue, course):
    enrolment = EnrolmentFactory(due_on=TODAY + timedelta(days=days))
    assert row_of(enrolment.person, course).is_overdue is overdue


def test_without_a_due_day_nobody_is_overdue(course):
    assert row_of(EnrolmentFactory().person, course, today=TODAY + timedelta(days=4000)).is_overdue is False


@pytest.mark.parametrize(("passed", "stuck"), [(timedelta(days=7), False), (timedelta(days=7, seconds=1), True)])
def test_stuck_is_who_did_nothing_for_more_than_seven_days(passed, stuck, course):
    enrolment = EnrolmentFactory(last_active_at=NOW)
    assert row_of(enrolment.person, course, now=NOW + passed).is_stuck is stuck


@pytest.mark.parametrize(("days", "stuck"), [(6, False), (8, True)])
def test_who_never_began_is_stuck_seven_days_after_the_course_was_given(days, stuck, course):
    enrolment = EnrolmentFactory()
    row = row_of(enrolment.person, course, now=enrolment.created_at + timedelta(days=days))
    assert (row.is_stuck, row.last_active_at) == (stuck, None)


def test_who_completed_is_neither_overdue_nor_stuck(course):
    enrolment = EnrolmentFactory(
        status=Enrolment.Status.COMPLETED, completed_at=NOW, last_active_at=NOW, due_on=TODAY - timedelta(days=1)
    )
    row = row_of(enrolment.person, course, now=NOW + timedelta(days=30))
    assert (row.is_overdue, row.is_stuck) == (False, False)


# --- The exam --------------------------------------------------------------------------------------------------------------


def exam_of(enrolment: Enrolment, course: CourseInfo) -> tuple[str, int | None, int, bool]:
    """What the row says of the exam."""
    row = row_of(enrolment.person, course)
    return row.exam, row.exam_percent, row.attempts, row.needs_attempt


def sit_again(enrolment: Enrolment, *, right: bool) -> None:
    """The next sitting, after the hours that one has to wait."""
    later = timezone.now() + timedelta(hours=25)
    attempt = sitting.begin(enrolment, at=later)
    answers = sitting.right_answers(attempt) if right else sitting.wrong_answers(attempt)
    sitting.answer(attempt, answers, at=later)
    submit_attempt(attempt, at=later)


def test_a_trainer_is_asked_for_an_attempt_only_after_the_last_one_failed(course):
    enrolment = sitting.learn_all(EnrolmentFactory())
    assert exam_of(enrolment, course) == ("none", None, 0, False)
    sitting.sit(enrolment, right=False)
    assert exam_of(enrolment, course) == ("failed", 0, 1, False)
    sit_again(enrolment, right=False)
    assert exam_of(enrolment, course) == ("failed", 0, 2, True)


def test_who_passed_at_the_last_attempt_needs_none(course):
    enrolment = sitting.learn_all(EnrolmentFactory())
    sitting.sit(enrolment, right=False)
    sit_again(enrolment, right=True)
    assert exam_of(enrolment, course) == ("passed", 100, 2, False)


def test_who_was_allowed_one_more_needs_none_until_that_failed_as_well(course):
    enrolment = sitting.learn_all(EnrolmentFactory())
    sitting.sit(enrolment, right=False)
    sit_again(enrolment, right=False)
    trainer = PersonFactory(trainer=True)
    allow_attempt(course.exam, enrolment.person, scope=enrolment.public_id, by=trainer, reason="talked")
    assert exam_of(enrolment, course) == ("failed", 0, 2, False)
    sit_again(enrolment, right=False)
    assert exam_of(enrolment, course) == ("failed", 0, 3, True)


# --- The page --------------------------------------------------------------------------------------------------------------


def group(trainer: Person, course: CourseInfo, officers: int | list[Person]):
    """A group to which the course is assigned."""
    cohort = CohortFactory(trainer=trainer, officers=officers)
    assign(cohort, course, by=trainer, due_on=None, message="", at=NOW)
    return cohort


def shown(client, cohort, **query) -> list[Person]:
    """The people on a page of the grid."""
    response = client.get(f"/teach/cohorts/{cohort.public_id}/", query)
    assert response.status_code == 200
    return [row.person for row in response.context["rows"]]


def test_the_grid_shows_who_learns_in_the_group_now_in_the_order_of_names(trainer, course, sign_in):
    names = ["ဦးဘ", "ဦးက", "ဦးအောင်", "ဦးခ"]
    officers = [PersonFactory(name_my=name) for name in names]
    cohort = group(trainer, course, officers)
    gone = officers[3]
    cohort.memberships.filter(person=gone).update(left_at=NOW)
    CohortMembership.objects.create(
        cohort=cohort, person=PersonFactory(), part=CohortMembership.Part.TRAINER, joined_at=NOW
    )
    assert [str(person.name_my) for person in shown(sign_in(trainer), cohort)] == ["ဦးက", "ဦးဘ", "ဦးအောင်"]


def test_pages_together_show_everyone_once(trainer, course, sign_in):
    cohort = group(trainer, course, PAGE + 3)
    client = sign_in(trainer)
    first, second = shown(client, cohort), shown(client, cohort, page=2)
    assert (len(first), len(second), len({*first, *second})) == (PAGE, 3, PAGE + 3)


@pytest.mark.parametrize("page", ["999", "abc", "-1", "0"])
def test_a_page_that_is_not_there_shows_one_that_is(page, trainer, course, sign_in):
    cohort = group(trainer, course, 2)
    assert len(shown(sign_in(trainer), cohort, page=page)) == 2


def test_who_needs_attention_is_shown_alone(trainer, course, sign_in):
    officers = PersonFactory.create_batch(3)
    cohort = group(trainer, course, officers)
    Enrolment.objects.filter(person=officers[1]).update(due_on=TODAY - timedelta(days=2))
    assert shown(sign_in(trainer), cohort, show="attention") == [officers[1]]


def test_a_course_that_is_not_there_leads_to_the_assigned_one(trainer, course, sign_in):
    cohort = group(trainer, course, 1)
    response = sign_in(trainer).get(f"/teach/cohorts/{cohort.public_id}/", {"course": "X9"})
    assert response.context["course"].code == "C1"


def test_a_group_without_a_course_says_so(trainer, sign_in):
    cohort = CohortFactory(trainer=trainer, officers=2)
    response = sign_in(trainer).get(f"/teach/cohorts/{cohort.public_id}/", headers={"accept-language": "en"})
    assert "No course is assigned yet." in response.content.decode()


def test_the_office_sees_the_grid_and_no_way_to_act(trainer, course, sign_in):
    cohort = group(trainer, course, 1)
    enrolment = sitting.learn_all(Enrolment.objects.get(cohort=cohort))
    sitting.sit(enrolment, right=False)
    sit_again(enrolment, right=False)
    acts = [f"/teach/cohorts/{cohort.public_id}/assign/", f"/teach/enrolments/{enrolment.public_id}/allow/"]
    place = f"/teach/cohorts/{cohort.public_id}/"
    body = sign_in(trainer).get(place).content.decode()
    assert [act in body for act in acts] == [True, True]
    body = sign_in(PersonFactory(lead=True)).get(place).content.decode()
    assert [act in body for act in acts] == [False, False]
    assert enrolment.person.service_number in body
