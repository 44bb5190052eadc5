"""What is given to a group: courses, modules and tests, from a day on, changed for some, withdrawn; and what officers see of it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.ending import submit_attempt
from assessments.starting import start_attempt
from courses.catalogue import CourseInfo, catalogue
from courses.models import Completion, Enrolment
from courses.services import advance
from people.cohorts import join
from people.models import Cohort, Person
from tests.assessments import sitting
from tests.courses import practising
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory
from tests.training.testing import room_tests
from training.models import Assignment, AssignmentChange
from training.services import assign, change_for, end_assignment

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
SOON = TODAY + timedelta(days=20)
PAST = TODAY - timedelta(days=3)


@pytest.fixture
def course() -> CourseInfo:
    """C1: M01 with two lessons, M03 with one, and an exam."""
    return catalogue("en").by_code["C1"]


@pytest.fixture
def trainer() -> Person:
    return PersonFactory(trainer=True)


@pytest.fixture
def officers() -> list[Person]:
    return PersonFactory.create_batch(2)


@pytest.fixture
def cohort(trainer, officers) -> Cohort:
    return CohortFactory(trainer=trainer, officers=officers)


def give(client, cohort: Cohort, what: str, **data):
    """Send the form that assigns."""
    return client.post(f"/teach/cohorts/{cohort.public_id}/assign/", {"course": what, **data})


def given(cohort: Cohort, course: CourseInfo, trainer: Person, **values) -> Assignment:
    """Something given to a group."""
    return assign(cohort, course, by=trainer, at=NOW, **{"due_on": SOON, "message": ""} | values)[0]


def complete(person: Person, course: CourseInfo, *lessons: int) -> None:
    """Lessons read with their checks, by their place in the course."""
    enrolment = Enrolment.objects.get(person=person, course_key=course.key)
    kinds = (Completion.Requirement.READ, Completion.Requirement.CHECKS)
    read = [course.lessons[number][1] for number in lessons]
    advance(enrolment, [(kind, one.key, one.code, one.revision) for one in read for kind in kinds], at=NOW)


def dues(client) -> list[tuple]:
    """What an officer's desk says is due: title, from when, until when, late or not."""
    found = client.get("/learn/", headers={"accept-language": "en"}).context["dues"]
    return [(str(due.title), due.starts_on, due.due_on, due.is_overdue) for due in found]


def states(client, assignment: Assignment) -> list[tuple[Person, str]]:
    """Who is how far, as the page of an assignment says."""
    rows = client.get(assignment.get_absolute_url()).context["rows"]
    return [(row.person, row.state) for row in rows]


def change(client, assignment: Assignment, *people: Person, **data):
    """Send the form that changes it for some."""
    sent = {"person": [str(person.public_id) for person in people], "reason": "A course elsewhere", **data}
    return client.post(f"{assignment.get_absolute_url()}change/", sent)


# --- Giving --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("what", "is_module", "quiz"), [("C1", False, None), ("C1/M03", True, None), ("C1/C1-EXAM", False, "C1-EXAM")])  # fmt: skip
def test_a_course_a_module_or_an_exam_can_be_given(what, is_module, quiz, cohort, trainer, course, sign_in):
    assert give(sign_in(trainer), cohort, what, due_on=SOON.isoformat()).status_code == 302
    one = Assignment.objects.get()
    module = course.modules[1].key if is_module else None
    assert (one.course_key, one.module_key, one.quiz and one.quiz.code) == (course.key, module, quiz)
    assert Enrolment.objects.filter(cohort=cohort).count() == 2


def test_the_due_day_of_a_module_is_not_that_of_the_course(cohort, trainer, course):
    given(cohort, course, trainer, module=course.modules[0])
    assert set(Enrolment.objects.values_list("due_on", flat=True)) == {None}


def test_a_module_given_later_leaves_the_terms_of_the_course(cohort, trainer, course):
    given(cohort, course, trainer, message="All of it")
    given(cohort, course, trainer, module=course.modules[0], due_on=TODAY, message="First this")
    assert set(Enrolment.objects.values_list("due_on", "message")) == {(SOON, "All of it")}


def test_a_place_of_ones_own_becomes_one_of_the_group(cohort, officers, trainer, course):
    EnrolmentFactory(person=officers[0])
    given(cohort, course, trainer, module=course.modules[0])
    assert set(Enrolment.objects.values_list("cohort", flat=True)) == {cohort.pk}


@pytest.mark.parametrize("what", ["C1/M99", "M01", "C1/"])
def test_what_is_not_there_is_refused(what, cohort, trainer, sign_in):
    response = give(sign_in(trainer), cohort, what)
    assert (response.status_code, set(response.context["form"].errors)) == (200, {"course"})


def test_it_has_to_begin_before_it_is_due(cohort, trainer, sign_in):
    later = SOON + timedelta(days=1)
    response = give(sign_in(trainer), cohort, "C1", due_on=SOON.isoformat(), starts_on=later.isoformat())
    assert (response.status_code, set(response.context["form"].errors)) == (200, {"starts_on"})


def test_giving_the_same_again_ends_the_one_before(cohort, trainer, course):
    first = given(cohort, course, trainer)
    second = given(cohort, course, trainer, due_on=TODAY)
    assert list(Assignment.objects.standing()) == [second]
    first.refresh_from_db()
    assert first.ended_by == trainer


def test_a_course_and_its_modules_stand_beside_each_other(cohort, trainer, course):
    for values in ({}, {"module": course.modules[0]}, {"module": course.modules[1]}, {"quiz": course.exam}):
        given(cohort, course, trainer, **values)
    assert Assignment.objects.standing().count() == 4


@pytest.mark.parametrize(
    "values",
    [
        {"module_key": "11111111-1111-4111-8111-111111111111", "with_quiz": True},
        {"starts_on": SOON, "due_on": TODAY},
        {"ended_at": NOW},
        {},
    ],
)
def test_the_database_refuses_what_makes_no_sense(values, cohort, trainer, course):
    given(cohort, course, trainer)
    values = dict(values)
    if values.pop("with_quiz", False):
        values["quiz"] = course.exam
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            cohort=cohort, course_key=course.key, course_code="C1", assigned_by=trainer, assigned_at=NOW, **values
        )


@pytest.mark.parametrize("values", [{"is_excused": True, "due_on": SOON}, {"is_excused": False, "due_on": None}])
def test_a_change_is_another_day_or_none(values, cohort, officers, trainer, course):
    one = given(cohort, course, trainer)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentChange.objects.create(
            assignment=one, person=officers[0], reason="x", changed_by=trainer, changed_at=NOW, **values
        )


# --- What officers see ------------------------------------------------------------------------------------------------------


def test_an_officer_sees_what_is_due_the_soonest_first_and_from_whom(cohort, officers, trainer, course, sign_in):
    given(cohort, course, trainer, message="Take your time.")
    given(cohort, course, trainer, module=course.modules[0], due_on=TODAY)
    given(cohort, course, trainer, quiz=course.exam, due_on=PAST)
    client = sign_in(officers[0])
    assert dues(client) == [
        ("Final exam", None, PAST, True),
        (str(course.modules[0].title), None, TODAY, False),
        (str(course.title), None, SOON, False),
    ]
    found = client.get("/learn/").context["dues"]
    assert [due.url for due in found] == [
        course.exam.get_absolute_url(),
        f"/my/courses/{course.slug}/{course.modules[0].slug}/",
        f"/my/courses/{course.slug}/",
    ]
    assert {due.given_by for due in found} == {trainer}
    page = client.get("/learn/").content.decode()
    assert page.count("Take your time.") == 1


def test_a_course_that_was_given_stands_once_with_how_far_one_is_until_it_is_done(
    cohort, officers, trainer, course, sign_in
):
    given(cohort, course, trainer)
    client = sign_in(officers[0])
    complete(officers[0], course, 0)

    def listed() -> list[tuple[str, str]]:
        page = BeautifulSoup(client.get("/learn/", headers={"accept-language": "en"}).content, "html.parser")
        rows = [link.find_parent("li") for link in page.select(f'.rows h3 a[href$="/courses/{course.slug}/"]')]
        return [(row.find_previous("h2").text, row.select_one(".bar").text.split()[-1]) for row in rows]

    assert listed() == [("What is due", "1/3")]
    complete(officers[0], course, 1, 2)
    practising.complete(Enrolment.objects.get(person=officers[0]))
    assert listed() == [("Your courses", "3/3")]


def test_before_its_first_day_it_says_from_when_and_nothing_is_hidden(cohort, officers, trainer, course, sign_in):
    given(cohort, course, trainer, starts_on=SOON, due_on=SOON + timedelta(days=5))
    client = sign_in(officers[0])
    assert dues(client) == [(str(course.title), SOON, SOON + timedelta(days=5), False)]
    assert [row["due"] for row in client.get("/learn/").context["rows"]] == ["ahead"]
    lesson = f"/my/courses/{course.slug}/{course.modules[0].slug}/{course.modules[0].lessons[0].slug}/"
    assert client.get(lesson).status_code == 200


def test_what_is_done_is_no_longer_due(cohort, officers, trainer, course, sign_in):
    given(cohort, course, trainer, module=course.modules[0])
    client = sign_in(officers[0])
    complete(officers[0], course, 0)
    assert len(dues(client)) == 1
    complete(officers[0], course, 1)
    assert dues(client) == []


def test_an_exam_is_done_once_it_is_passed(cohort, officers, trainer, course, sign_in):
    given(cohort, course, trainer, quiz=course.exam)
    one, other = (sitting.learn_all(Enrolment.objects.get(person=person, course_key=course.key)) for person in officers)
    sitting.sit(one, right=False)
    sitting.sit(other, right=True)
    assert (len(dues(sign_in(officers[0]))), len(dues(sign_in(officers[1])))) == (1, 0)


def test_a_test_is_done_once_it_is_handed_in(cohort, officers, trainer, sign_in):
    course = room_tests(entry="")
    test = course.tests[0]
    one = given(cohort, course, trainer, quiz=test)
    enrolment = Enrolment.objects.get(person=officers[0])

    attempt = start_attempt(test, officers[0], scope=enrolment.public_id, at=NOW)
    client = sign_in(trainer)
    assert dict(states(client, one)) == {officers[0]: "open", officers[1]: "open"}
    submit_attempt(attempt, at=NOW)
    assert dict(states(client, one)) == {officers[0]: "done", officers[1]: "open"}


def test_who_left_the_group_owes_it_nothing(cohort, officers, trainer, course, sign_in):
    given(cohort, course, trainer)
    cohort.memberships.filter(person=officers[0]).update(left_at=NOW)
    assert dues(sign_in(officers[0])) == []


def test_who_joins_later_gets_modules_as_well(cohort, trainer, course, sign_in):
    given(cohort, course, trainer, module=course.modules[0])
    late = PersonFactory()
    join(cohort, [late], by=None, at=NOW)
    assert dues(sign_in(late)) == [(str(course.modules[0].title), None, SOON, False)]


# --- Changes for some ---------------------------------------------------------------------------------------------------------


def test_another_day_counts_for_those_who_are_ticked(cohort, officers, trainer, course, sign_in):
    one = given(cohort, course, trainer, due_on=PAST)
    response = change(sign_in(trainer), one, officers[0], due_on=SOON.isoformat())
    assert (response.status_code, response.headers["Location"]) == (302, one.get_absolute_url())
    assert dict(states(sign_in(trainer), one)) == {officers[0]: "open", officers[1]: "overdue"}
    assert dict(Enrolment.objects.values_list("person", "due_on")) == {officers[0].pk: SOON, officers[1].pk: PAST}
    assert dues(sign_in(officers[0])) == [(str(course.title), None, SOON, False)]


def test_who_is_excused_owes_it_no_more_until_it_is_changed_again(cohort, officers, trainer, course, sign_in):
    one = given(cohort, course, trainer, module=course.modules[0])
    change(sign_in(trainer), one, officers[0], is_excused="on")
    assert dict(states(sign_in(trainer), one))[officers[0]] == "excused"
    assert dues(sign_in(officers[0])) == []
    change(sign_in(trainer), one, officers[0], due_on=TODAY.isoformat())
    assert dues(sign_in(officers[0])) == [(str(course.modules[0].title), None, TODAY, False)]


def test_what_was_changed_and_why_is_kept(cohort, officers, trainer, course, sign_in):
    change(sign_in(trainer), given(cohort, course, trainer), *officers, is_excused="on")
    assert list(AssignmentChange.objects.values_list("person", "is_excused", "reason", "changed_by")) == [
        (person.pk, True, "A course elsewhere", trainer.pk) for person in sorted(officers, key=lambda p: p.sort_key)
    ]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"is_excused": "on", "due_on": SOON.isoformat()},
        {"due_on": PAST.isoformat()},
        {"is_excused": "on", "reason": " "},
    ],
)
def test_a_change_without_sense_is_refused_and_the_ticks_stay(data, cohort, officers, trainer, course, sign_in):
    response = change(sign_in(trainer), given(cohort, course, trainer), officers[0], **data)
    assert (response.status_code, response.context["ticked"]) == (200, {officers[0].pk})
    assert not AssignmentChange.objects.exists()


def test_nobody_ticked_changes_nothing_and_says_so(cohort, trainer, course, sign_in):
    response = change(sign_in(trainer), given(cohort, course, trainer), is_excused="on")
    assert (response.status_code, bool(response.context["error"])) == (200, True)


def test_nobody_of_another_group_is_changed(cohort, trainer, course, sign_in):
    change(sign_in(trainer), given(cohort, course, trainer), PersonFactory(), is_excused="on")
    assert not AssignmentChange.objects.exists()


def test_who_comes_back_keeps_the_day_of_their_own(cohort, officers, trainer, course):
    one = given(cohort, course, trainer)
    change_for(one, officers[:1], due_on=TODAY, is_excused=False, reason="x", by=trainer, at=NOW)
    cohort.memberships.filter(person=officers[0]).update(left_at=NOW)
    join(cohort, officers[:1], by=None, at=NOW)
    assert Enrolment.objects.get(person=officers[0]).due_on == TODAY


# --- Withdrawing --------------------------------------------------------------------------------------------------------------


def test_withdrawn_it_is_no_longer_due_and_progress_stays(cohort, officers, trainer, course, sign_in):
    one = given(cohort, course, trainer, message="Please")
    complete(officers[0], course, 0)
    response = sign_in(trainer).post(f"{one.get_absolute_url()}end/")
    assert response.headers["Location"] == f"/teach/cohorts/{cohort.public_id}/assignments/"
    assert dues(sign_in(officers[0])) == []
    assert set(Enrolment.objects.values_list("due_on", "message", "status")) == {(None, "", "active")}
    assert Completion.objects.filter(requirement="lesson").count() == 1


def test_withdrawing_a_module_leaves_the_course(cohort, trainer, course):
    given(cohort, course, trainer)
    end_assignment(given(cohort, course, trainer, module=course.modules[0]), by=trainer, at=NOW)
    assert set(Enrolment.objects.values_list("due_on", flat=True)) == {SOON}


def test_nothing_is_changed_of_what_was_withdrawn(cohort, officers, trainer, course, sign_in):
    one = given(cohort, course, trainer)
    end_assignment(one, by=trainer, at=NOW)
    assert change(sign_in(trainer), one, officers[0], is_excused="on").status_code == 200
    assert not AssignmentChange.objects.exists()


# --- The pages ------------------------------------------------------------------------------------------------------------------


def test_the_list_counts_who_has_done_it_and_who_is_late(cohort, officers, trainer, course, sign_in):
    one = given(cohort, course, trainer, module=course.modules[1], due_on=PAST)
    complete(officers[0], course, 2)
    client = sign_in(trainer)
    (row,) = client.get(f"/teach/cohorts/{cohort.public_id}/assignments/").context["rows"]
    assert (row["assignment"], row["counts"]["done"], row["counts"]["overdue"], row["all"]) == (one, 1, 1, 2)


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_for_any_number_of_people(count, trainer, course, sign_in):
    cohort = CohortFactory(trainer=trainer, officers=count * 3)
    for module in course.modules[: 1 + (count > 1)]:
        given(cohort, course, trainer, module=module)
    client = sign_in(trainer)
    client.get(f"/teach/cohorts/{cohort.public_id}/assignments/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/teach/cohorts/{cohort.public_id}/assignments/")
    # viewer, roles, cohort, content, assignments, people, places, met, changes, may assign
    assert len(asked) == 10


@pytest.mark.parametrize("role", ["lead", "registrar"])
def test_the_office_looks_and_changes_nothing(role, cohort, officers, trainer, course, sign_in):
    one = given(cohort, course, trainer)
    client = sign_in(PersonFactory(role=role))
    assert client.get(one.get_absolute_url()).status_code == 200
    assert change(client, one, officers[0], is_excused="on").status_code == 404
    assert client.post(f"{one.get_absolute_url()}end/").status_code == 404
    assert client.post(f"{one.get_absolute_url()}remind/", {"text": "x"}).status_code == 404
    assert (AssignmentChange.objects.count(), Assignment.objects.standing().count()) == (0, 1)


def test_the_trainer_of_another_group_finds_nothing(cohort, trainer, course, sign_in):
    one = given(cohort, course, trainer)
    client = sign_in(PersonFactory(trainer=True))
    ways = [one.get_absolute_url(), f"/teach/cohorts/{cohort.public_id}/assignments/"]
    assert [client.get(way).status_code for way in ways] == [404, 404]
