"""How far an officer is: what completes a lesson, a module and a course, for whom, and what stays met."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Attempt
from courses import queries, services
from courses.models import Completion, CoursePage, Enrolment
from tests.content.authoring import copied
from tests.courses import lessons
from tests.courses.lessons import add_lesson, address, answer, complete, course, course_address, load, read
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db

EVERYTHING = ("M01.L1", "M01.L2", "M03.L1")


def enrolled(agency: str = "immigration") -> Enrolment:
    """A place in C1 of an officer of an agency."""
    return EnrolmentFactory(person=PersonFactory(unit__agency=agency))


def met(enrolment: Enrolment) -> set[tuple[str, str]]:
    """Requirement and code of what is met."""
    return set(enrolment.completions.values_list("requirement", "code"))


def progress(client):
    """How far the course page says one is."""
    return client.get(course_address()).context["progress"]


@pytest.fixture
def enrolment() -> Enrolment:
    return enrolled()


@pytest.fixture
def officer(enrolment, sign_in):
    return sign_in(enrolment.person)


# --- Lessons -----------------------------------------------------------------------------------------------------------


def test_a_lesson_with_a_check_is_not_complete_by_reading_alone(officer, enrolment):
    read(officer, "M01.L1")
    assert met(enrolment) == {("read", "M01.L1")}


def test_a_lesson_with_a_check_is_not_complete_by_the_check_alone(officer, enrolment):
    answer(officer, "M01.L1", "MIG-M01.O1-101", "a")
    assert met(enrolment) == {("checks", "M01.L1")}


@pytest.mark.parametrize("order", ["read first", "check first"])
def test_a_lesson_is_complete_when_it_is_read_and_its_check_answered(order, officer, enrolment):
    steps = [lambda: read(officer, "M01.L1"), lambda: answer(officer, "M01.L1", "MIG-M01.O1-101", "a")]
    for step in steps if order == "read first" else reversed(steps):
        step()
    assert met(enrolment) == {("read", "M01.L1"), ("checks", "M01.L1"), ("lesson", "M01.L1")}


def test_a_wrong_answer_to_a_check_completes_the_lesson_too(officer, enrolment):
    read(officer, "M01.L1")
    answer(officer, "M01.L1", "MIG-M01.O1-101", "b")
    assert ("lesson", "M01.L1") in met(enrolment)


def test_a_lesson_without_checks_is_complete_when_it_is_read(officer, enrolment):
    read(officer, "M01.L2")
    assert met(enrolment) == {("read", "M01.L2"), ("lesson", "M01.L2")}


def test_reading_twice_is_noted_once(officer, enrolment):
    read(officer, "M01.L2")
    first = enrolment.completions.get(requirement="read").met_at
    read(officer, "M01.L2")
    assert [one.met_at for one in enrolment.completions.filter(requirement="read")] == [first]


@pytest.mark.parametrize(("code", "leads_to"), [("M01.L1", "#checks"), ("M01.L2", "#end")])
def test_after_reading_one_is_led_to_the_open_checks_or_to_the_end(code, leads_to, officer):
    assert read(officer, code).headers["Location"] == address(code, "my") + leads_to


# --- Modules and the course ----------------------------------------------------------------------------------------------


def test_a_module_is_complete_when_its_lessons_are(officer, enrolment):
    complete(officer, "M01.L1")
    assert ("module", "M01") not in met(enrolment)
    complete(officer, "M01.L2")
    assert ("module", "M01") in met(enrolment)


def test_the_exam_opens_when_the_required_modules_are_complete(officer):
    complete(officer, "M01.L1", "M01.L2")
    assert progress(officer).exam == "locked"
    complete(officer, "M03.L1")
    assert progress(officer).exam == "ready"


def test_an_agency_for_which_a_module_is_not_meant_needs_it_neither_for_the_exam_nor_for_the_count(sign_in):
    officer = sign_in(enrolled("social_welfare").person)
    assert [module.is_required for module in progress(officer).modules] == [True, False]
    complete(officer, "M01.L1", "M01.L2")
    now = progress(officer)
    assert (now.exam, now.done_count, now.lesson_count) == ("ready", 2, 2)


def test_a_module_that_is_not_required_may_be_done_all_the_same(sign_in):
    enrolment = enrolled("social_welfare")
    complete(sign_in(enrolment.person), "M03.L1")
    assert ("module", "M03") in met(enrolment)


def test_the_lessons_that_are_required_come_first(sign_in):
    officer = sign_in(enrolled("social_welfare").person)
    following = []
    for code in EVERYTHING:
        following.append(progress(officer).next_lesson[1].info.code)
        complete(officer, code)
    assert following == ["M01.L1", "M01.L2", "M03.L1"]


def test_without_the_exam_the_course_is_not_complete(officer, enrolment):
    complete(officer, *EVERYTHING)
    enrolment.refresh_from_db()
    assert (progress(officer).is_done, enrolment.status) == (False, "active")


def passed(enrolment: Enrolment) -> None:
    """The exam is passed."""
    key = enrolment.course_key
    services.advance(enrolment, [(Completion.Requirement.EXAM, key, "C1", None)], at=timezone.now())


def test_with_the_exam_passed_the_course_is_complete(officer, enrolment):
    complete(officer, *EVERYTHING)
    passed(enrolment)
    enrolment.refresh_from_db()
    assert (progress(officer).is_done, enrolment.status, ("course", "C1") in met(enrolment)) == (
        True,
        "completed",
        True,
    )


def test_the_exam_alone_does_not_complete_the_course(officer, enrolment):
    passed(enrolment)
    enrolment.refresh_from_db()
    assert (enrolment.status, ("course", "C1") in met(enrolment)) == ("active", False)


# --- What stays met ------------------------------------------------------------------------------------------------------


def test_a_module_stays_complete_when_a_lesson_is_added_to_it(officer, enrolment, tmp_path):
    complete(officer, "M01.L1", "M01.L2")
    root = copied(tmp_path)
    add_lesson(root)
    load(root)
    module = progress(officer).modules[0]
    assert (module.is_done, module.done_count, len(module.lessons)) == (True, 2, 3)


def test_the_exam_stays_open_when_a_lesson_is_added(officer, tmp_path):
    complete(officer, *EVERYTHING)
    root = copied(tmp_path)
    add_lesson(root)
    load(root)
    assert progress(officer).exam == "ready"


def test_who_did_not_complete_the_module_before_needs_the_added_lesson(officer, enrolment, tmp_path):
    complete(officer, "M01.L1")
    root = copied(tmp_path)
    add_lesson(root)
    load(root)
    complete(officer, "M01.L2")
    assert ("module", "M01") not in met(enrolment)
    complete(officer, "M01.L3")
    assert ("module", "M01") in met(enrolment)


def test_a_lesson_taken_away_by_an_editor_is_no_longer_needed(officer, enrolment):
    complete(officer, "M01.L1")
    lessons.page("M01.L2").unpublish()
    lessons.page("M01.L2", "my").unpublish()
    read(officer, "M01.L1")
    assert ("module", "M01") in met(enrolment)


def test_progress_made_in_burmese_counts_in_english(officer):
    shown = officer.get(address("M01.L1", "my"))
    assert shown.status_code == 200
    complete(officer, "M01.L1")
    counted = {}
    for language in ("my", "en"):
        now = officer.get(course_address(language)).context["progress"]
        counted[language] = (str(now.info.title), now.done_count, now.modules[0].lessons[0].is_done)
    assert counted == {"my": ("မြန်မာ A small course", 1, True), "en": ("A small course", 1, True)}


def test_a_check_answered_in_burmese_stands_judged_in_english(officer):
    answer(officer, "M01.L1", "MIG-M01.O1-101", "b")
    parts = officer.get(address("M01.L1")).context["parts"]
    (check,) = [part["check"] for part in parts if part["check"]]
    assert (check["language"], check["is_right"], check["stem"]) == ("en", False, "Question MIG-M01.O1-101?")


# --- Prerequisites -----------------------------------------------------------------------------------------------------


@pytest.fixture
def locked():
    """M03 asks for M01 first."""
    page = lessons.module_page("M03")
    page.prerequisites = ["M01"]
    page.save_revision().publish()


@pytest.mark.parametrize("language", ["my", "en"])
def test_a_prerequisite_that_an_editor_set_in_english_locks_in_both_languages(language, locked, officer):
    response = officer.get(address("M03.L1", language))
    assert (response.status_code, response.headers.get("Location")) == (302, course_address(language))


def test_a_lesson_whose_prerequisite_is_missing_leads_back_to_the_course_and_says_which(locked, officer):
    response = officer.get(address("M03.L1"), follow=True)
    assert response.redirect_chain == [(course_address("en"), 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "First complete: First module. What you did here is kept."]  # fmt: skip


def test_nothing_counts_in_a_lesson_that_is_locked(locked, officer, enrolment):
    answers = [read(officer, "M03.L1").status_code, answer(officer, "M03.L1", "HRP-M03.O1-101", "a").status_code]
    assert (answers, met(enrolment), Attempt.objects.count()) == ([404, 404], set(), 0)


def test_a_lesson_opens_when_its_prerequisite_is_complete(locked, officer):
    complete(officer, "M01.L1", "M01.L2")
    assert officer.get(address("M03.L1")).status_code == 200


def test_what_was_completed_in_an_earlier_enrolment_opens_it_too(locked, officer, enrolment):
    complete(officer, "M01.L1", "M01.L2")
    enrolment.status = Enrolment.Status.WITHDRAWN
    enrolment.save()
    EnrolmentFactory(person=enrolment.person)
    assert officer.get(address("M03.L1")).status_code == 200


def test_what_another_officer_completed_opens_nothing(locked, officer, enrolment):
    other = enrolled()
    for code in ("M01.L1", "M01.L2"):
        services.record_read(other, lessons.places()[code][1], at=enrolment.created_at)
    assert officer.get(address("M03.L1")).status_code == 302


def test_while_a_module_is_locked_the_next_lesson_is_none_of_its(locked, officer):
    now = progress(officer)
    assert ([module.missing for module in now.modules], now.next_lesson[1].info.code) == ([[], ["M01"]], "M01.L1")


def test_a_course_whose_prerequisite_is_missing_is_locked_with_its_lessons_and_its_exam(officer):
    page = CoursePage.objects.get(code="C1", locale__language_code="en")
    page.prerequisites = ["C0"]
    page.save_revision().publish()
    now = progress(officer)
    assert (now.missing, now.exam, now.next_lesson) == (["C0"], "locked", None)
    assert officer.get(address("M01.L1")).status_code == 302


# --- A place in the course -----------------------------------------------------------------------------------------------


def test_an_officer_who_did_not_start_the_course_is_sent_to_its_page(sign_in):
    officer = sign_in(PersonFactory())
    response = officer.get(address("M01.L1"), follow=True)
    assert response.redirect_chain == [(course_address("en"), 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "Start the course first; then its lessons are open to you."]  # fmt: skip


def test_who_starts_the_course_has_one_place_in_it_and_reads_its_lessons(sign_in):
    person = PersonFactory()
    officer = sign_in(person)
    for _tap in (1, 2):
        officer.post(reverse("courses:enrol", args=[course().key]))
    assert [one.course_code for one in person.enrolments.all()] == ["C1"]
    assert officer.get(address("M01.L1")).status_code == 200


def test_a_trainer_reads_a_lesson_without_a_place_and_can_neither_answer_nor_mark_it(sign_in):
    trainer = sign_in(PersonFactory(trainer=True))
    shown = trainer.get(address("M01.L1"))
    assert (shown.status_code, shown.content.decode().count(reverse("courses:read", args=[lessons.places()["M01.L1"][1].key]))) == (200, 0)  # fmt: skip
    assert read(trainer, "M01.L1").status_code == 404


def test_what_is_met_in_one_enrolment_is_not_met_in_another(officer, enrolment):
    complete(officer, "M01.L1")
    other = enrolled()
    assert queries.met(other) == set()
