"""The grid filtered, taken out and followed down to one person and to the questions that most have wrong."""

import io
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from assessments.checks import answer_check
from assessments.models import Item
from courses.catalogue import CourseInfo, LessonInfo, ModuleInfo, catalogue
from courses.models import Completion, Enrolment
from courses.services import advance
from people.models import Cohort, Person
from people.receivers import keep_findable
from records.models import AuditEntry
from tests.assessments import sitting
from tests.factories import CohortFactory, PersonFactory, UnitFactory
from training import queries
from training.services import assign

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def course() -> CourseInfo:
    return catalogue("en").by_code["C1"]


@pytest.fixture
def trainer() -> Person:
    return PersonFactory(trainer=True)


@pytest.fixture
def officers() -> list[Person]:
    return [PersonFactory(name_my=name) for name in ("ဦးက", "ဦးခ", "ဦးဂ", "ဦးဃ")]


@pytest.fixture
def cohort(trainer, officers, course) -> Cohort:
    """Four officers with C1."""
    found = CohortFactory(trainer=trainer, officers=officers)
    assign(found, course, by=trainer, due_on=None, message="", at=NOW)
    return found


def place(person: Person) -> Enrolment:
    """Somebody's place in C1."""
    return Enrolment.objects.get(person=person)


def read(person: Person, course: CourseInfo, *numbers: int) -> None:
    """Lessons read with their checks."""
    kinds = (Completion.Requirement.READ, Completion.Requirement.CHECKS)
    lessons = [course.lessons[number][1] for number in numbers]
    advance(place(person), [(kind, one.key, one.code, one.revision) for one in lessons for kind in kinds], at=NOW)


def shown(client, cohort: Cohort, **query) -> list[Person]:
    """Who stands in the grid."""
    response = client.get(f"/teach/cohorts/{cohort.public_id}/", query)
    assert response.status_code == 200
    return [row.person for row in response.context["rows"]]


# --- Filters ---------------------------------------------------------------------------------------------------------------


def test_the_grid_is_filtered_by_state(cohort, officers, course, trainer, sign_in):
    late, stuck, done, _fresh = officers
    places = Enrolment.objects.filter(cohort=cohort)
    places.filter(person=late).update(due_on=TODAY - timedelta(days=1), last_active_at=NOW)
    places.filter(person=stuck).update(last_active_at=NOW - timedelta(days=8))
    places.filter(person=done).update(status="completed", completed_at=NOW)
    client = sign_in(trainer)
    found = {show: shown(client, cohort, show=show) for show in ("overdue", "stuck", "done", "none", "attempt", "attention", "x")}  # fmt: skip
    assert found == {
        "overdue": [late],
        "stuck": [stuck],
        "done": [done],
        "none": [officers[3]],
        "attempt": [],
        "attention": [late, stuck],
        "x": officers,
    }


def test_of_one_module_begun_and_done_are_those_of_the_module(cohort, officers, course, trainer, sign_in):
    read(officers[0], course, 2)
    read(officers[1], course, 0)
    client = sign_in(trainer)
    assert shown(client, cohort, module="M03", show="done") == [officers[0]]
    assert shown(client, cohort, module="M03", show="none") == officers[1:]
    rows = client.get(f"/teach/cohorts/{cohort.public_id}/", {"module": "M03"}).context["rows"]
    assert [[cell.module.code for cell in row.cells] for row in rows] == [["M03"]] * 4


def test_who_is_late_with_a_module_is_overdue(cohort, officers, course, trainer, sign_in):
    yesterday = TODAY - timedelta(days=1)
    assign(cohort, course, module=course.modules[1], by=trainer, due_on=yesterday, message="", at=NOW)
    read(officers[0], course, 2)
    assert shown(sign_in(trainer), cohort, show="overdue") == officers[1:]


def test_before_its_first_day_nobody_is_stuck(cohort, officers, course, trainer):
    assign(cohort, course, by=trainer, starts_on=TODAY + timedelta(days=30), due_on=None, message="", at=NOW)
    in_a_week = NOW + timedelta(days=9)
    rows = queries.grid(course, officers, now=in_a_week, today=TODAY + timedelta(days=9))
    assert {row.is_stuck for row in rows} == {False}


def test_the_grid_is_filtered_by_unit_and_by_name(trainer, course, sign_in):
    post = UnitFactory(code="POST-9")
    here = PersonFactory(unit=post, name_latin="Daw Hla Myint", findable=True)
    there = PersonFactory(name_latin="U Soe Naing", findable=True)
    cohort = CohortFactory(trainer=trainer, officers=[here, there])
    assign(cohort, course, by=trainer, due_on=None, message="", at=NOW)
    client = sign_in(trainer)
    assert shown(client, cohort, unit="POST-9") == [here]
    assert shown(client, cohort, q="Soe Naing") == [there]
    assert shown(client, cohort, q=here.service_number) == [here]
    assert shown(client, cohort, q="nobody so called") == []
    assert shown(client, cohort, unit="NONE") == []


def test_units_of_one_name_are_told_apart_by_their_codes(trainer, course, sign_in, client):
    client.cookies["lang"] = "en"
    units = [UnitFactory(code=code, name_en="Front desk", name_my="") for code in ("A-D1", "B-D1")]
    cohort = CohortFactory(trainer=trainer, officers=[PersonFactory(unit=unit) for unit in units])
    assign(cohort, course, by=trainer, due_on=None, message="", at=NOW)
    page = sign_in(trainer).get(reverse("training:cohort", args=[cohort.public_id])).content.decode()
    assert [f">Front desk ({unit.code})</option>" in page for unit in units] == [True, True]


def test_what_is_filtered_is_kept_in_the_addresses_of_the_page(cohort, trainer, sign_in):
    body = (
        sign_in(trainer).get(f"/teach/cohorts/{cohort.public_id}/", {"show": "none", "module": "M01"}).content.decode()
    )
    assert "show=none&amp;module=M01&amp;format=xlsx" in body
    assert '<option value="none" selected>' in body


def test_all_stand_on_one_page_to_print(trainer, course, sign_in):
    cohort = CohortFactory(trainer=trainer, officers=55)
    assign(cohort, course, by=trainer, due_on=None, message="", at=NOW)
    client = sign_in(trainer)
    assert (len(shown(client, cohort)), len(shown(client, cohort, all=1))) == (50, 55)


def test_the_table_holds_who_is_shown_and_is_told_to_the_trail(cohort, officers, course, trainer, sign_in):
    read(officers[0], course, 0)
    keep_findable(officers[0])
    answer = sign_in(trainer).get(
        f"/teach/cohorts/{cohort.public_id}/", {"format": "xlsx", "q": officers[0].service_number}
    )
    sheet = load_workbook(io.BytesIO(answer.content)).active
    heading, line = (list(row) for row in sheet.iter_rows(values_only=True))
    assert heading[3:5] == ["M01", "M03"]
    assert line[:5] == [officers[0].service_number, "ဦးက", officers[0].unit.code, "1 / 2", "0 / 1"]
    assert AuditEntry.objects.filter(action="training.progress_exported").count() == 1


# --- One person -------------------------------------------------------------------------------------------------------------


def way(client, cohort: Cohort, person: Person):
    """The page of one person of a group."""
    return client.get(
        f"/teach/cohorts/{cohort.public_id}/people/{person.public_id}/", headers={"accept-language": "en"}
    )


def check_all(person: Person, course: CourseInfo, *, right: bool) -> None:
    """The checks of every lesson, answered rightly or wrongly."""
    for _module, lesson in course.lessons:
        for item in Item.objects.filter(code__in=codes_of(lesson), locale__language_code="en"):
            options = [one for one, correct in item.key().items() if correct == right]
            answer_check(
                lesson.check, person, scope=place(person).public_id, item_code=item.code, value=options[: None if right else 1], at=NOW
            )  # fmt: skip


def codes_of(lesson: LessonInfo) -> list[str]:
    """The codes of a lesson's checks."""
    keys = lesson.check.sections.get().items if lesson.check else []
    return list(Item.objects.filter(translation_key__in=keys).values_list("code", flat=True))


def test_one_persons_way_shows_modules_lessons_and_sittings(cohort, officers, course, trainer, sign_in):
    read(officers[0], course, 0)
    context = way(sign_in(trainer), cohort, officers[0]).context
    lessons = [[is_done for _lesson, is_done in one.lessons] for one in context["modules"]]
    assert (lessons, context["attempts"]) == ([[True, False], [False]], [])
    sitting.learn_all(place(officers[0]))
    sitting.sit(place(officers[0]), right=False)
    context = way(sign_in(trainer), cohort, officers[0]).context
    assert [(one.quiz.code, one.number, one.grade.percent) for one in context["attempts"]] == [("C1-EXAM", 1, 0)]


def test_objectives_show_the_share_right_of_everything_graded(cohort, officers, course, trainer, sign_in):
    sitting.learn_all(place(officers[0]))
    sitting.sit(place(officers[0]), right=True)
    context = way(sign_in(trainer), cohort, officers[0]).context
    found = {
        one.code: (one.asked, one.percent, one.wrong) for module in context["modules"] for one in module.objectives
    }
    assert found == {"M01.O1": (2, 100, 0), "M03.O1": (2, 100, 0)}


def test_what_was_asked_in_an_exam_is_named_by_its_objective_alone(cohort, officers, course, trainer, sign_in):
    sitting.learn_all(place(officers[0]))
    sitting.sit(place(officers[0]), right=False)
    page = way(sign_in(trainer), cohort, officers[0])
    wrong = {one.code: one.wrong for module in page.context["modules"] for one in module.objectives}
    assert wrong == {"M01.O1": 2, "M03.O1": 2}
    assert "Question MIG" not in page.content.decode()


def test_checks_that_were_wrong_are_named_without_their_key(cohort, officers, course, trainer, sign_in):
    check_all(officers[0], course, right=False)
    page = way(sign_in(trainer), cohort, officers[0])
    stems = [stem for module in page.context["modules"] for one in module.objectives for stem in one.stems]
    assert stems != []
    assert "Option " not in page.content.decode()


def test_a_look_at_one_person_is_told_to_the_trail(cohort, officers, trainer, sign_in):
    way(sign_in(trainer), cohort, officers[0])
    assert list(AuditEntry.objects.filter(action="looked").values_list("people__person", flat=True)) == [officers[0].pk]


def test_who_is_not_in_the_group_is_not_found(cohort, trainer, sign_in):
    assert way(sign_in(trainer), cohort, PersonFactory()).status_code == 404


# --- Questions that most have wrong ---------------------------------------------------------------------------------------------


def failed(client, cohort: Cohort) -> list:
    """The rows of the page."""
    return [row for row, _objective in client.get(f"/teach/cohorts/{cohort.public_id}/items/").context["rows"]]


@pytest.mark.parametrize(("people", "shown"), [(4, False), (5, True)])
def test_questions_that_most_have_wrong_are_shown_from_five_people_on(people, shown, trainer, course, sign_in):
    officers = PersonFactory.create_batch(people)
    cohort = CohortFactory(trainer=trainer, officers=officers)
    assign(cohort, course, by=trainer, due_on=None, message="", at=NOW)
    for person in officers:
        check_all(person, course, right=False)
    rows = failed(sign_in(trainer), cohort)
    assert bool(rows) is shown
    assert {(row.people, row.right, row.percent) for row in rows} == ({(5, 0, 0)} if shown else set())
    assert all(row.stem and row.lesson for row in rows)


def test_what_most_have_right_is_only_counted(trainer, course, sign_in):
    officers = PersonFactory.create_batch(5)
    cohort = CohortFactory(trainer=trainer, officers=officers)
    assign(cohort, course, by=trainer, due_on=None, message="", at=NOW)
    for person in officers:
        check_all(person, course, right=person != officers[0])
    client = sign_in(trainer)
    assert failed(client, cohort) == []
    assert client.get(f"/teach/cohorts/{cohort.public_id}/items/").context["others"] > 0


def test_a_question_of_the_exam_shows_no_words(trainer, course, sign_in):
    officers = PersonFactory.create_batch(8)
    cohort = CohortFactory(trainer=trainer, officers=officers)
    assign(cohort, course, by=trainer, due_on=None, message="", at=NOW)
    for person in officers:
        sitting.sit(sitting.learn_all(place(person)), right=False)
    client = sign_in(trainer)
    assert {row.stem for row in failed(client, cohort)} <= {""}
    assert "Question " not in client.get(f"/teach/cohorts/{cohort.public_id}/items/").content.decode().split("<h1>")[1]


# --- Weight ----------------------------------------------------------------------------------------------------------------------


def wide_course(course: CourseInfo, modules: int, lessons: int = 3) -> CourseInfo:
    """The course as if it had so many modules of so many lessons."""
    pattern, lesson = course.modules[0], course.modules[0].lessons[0]
    made: list[ModuleInfo] = []
    for number in range(modules):
        own = tuple(replace(lesson, key=uuid4(), code=f"L{number}.{n}", check=None) for n in range(lessons))
        made.append(replace(pattern, key=uuid4(), code=f"N{number:02d}", lessons=own))
    return replace(course, modules=tuple(made))


def fill(course: CourseInfo, officers: int) -> list[Person]:
    """So many people with a place in the course and all of it done."""
    unit = UnitFactory()
    Person.objects.bulk_create(
        Person(service_number=f"G-{n:05d}", name_my=f"ဦး {n}", sort_key=f"{n:05d}", unit=unit) for n in range(officers)
    )
    people = list(Person.objects.filter(unit=unit).select_related("unit"))
    Enrolment.objects.bulk_create(
        Enrolment(person=person, course_key=course.key, course_code="C1", last_active_at=NOW) for person in people
    )
    places = Enrolment.objects.filter(person__in=people)
    Completion.objects.bulk_create(
        (
            Completion(enrolment=one, requirement=kind, key=what.key, code=what.code, version="1/1", met_at=NOW)
            for one in places
            for module in course.modules
            for kind, what in (("module", module), *(("lesson", lesson) for lesson in module.lessons))
        ),
        batch_size=5000,
    )
    return people


@pytest.mark.parametrize(("officers", "modules"), [(5, 3), (60, 30)])
def test_the_grid_costs_the_same_at_any_size(officers, modules, course):
    wide = wide_course(course, modules)
    people = fill(wide, officers)
    with CaptureQueriesContext(connection) as asked:
        rows = queries.grid(wide, people, now=NOW, today=TODAY)
    # places, exams passed, grades, allowances, what was met
    assert len(asked) == 5
    assert {cell.state for row in rows for cell in row.cells} == {"done"}


@pytest.mark.parametrize("show", ["", "attention", "done"])
@pytest.mark.parametrize("officers", [2, 60])
def test_a_filtered_grid_costs_the_same_for_any_number_of_people(officers, show, trainer, course, sign_in):
    cohort = CohortFactory(trainer=trainer, officers=officers)
    assign(cohort, course, by=trainer, due_on=None, message="", at=NOW)
    client = sign_in(trainer)
    path = f"/teach/cohorts/{cohort.public_id}/?show={show}"
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    # viewer, roles, cohort, content, what is given, people, places, passed, grades, allowances, met, units, may assign
    assert len(asked) <= 13
