"""Reading and completing lessons, in both languages; taking a place; what is locked, added or withdrawn."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale

from assessments.models import Attempt
from content.models import ContentVersion, TranslationPublication
from courses import services
from courses.catalogue import catalogue
from courses.models import Completion, CoursePage, Enrolment, LessonPage, ModulePage
from tests.assessments.sitting import learn_all, sit, versions_of
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = "courses/c1/m01/one/", "courses/c1/m01/two/", "courses/c1/m03/one/"
CHECK = "MIG-M01.O1-101"
COURSE = "/en/courses/c1/"


def course():
    return catalogue("en").by_code["C1"]


def lesson(number):
    return course().lessons[number][1]


def read(client, number, **kwargs):
    """Mark a lesson as read."""
    return client.post(f"/learn/lessons/{lesson(number).key}/read/", **kwargs)


def check(client, option="a"):
    """Answer the check of the first lesson."""
    return client.post(f"/learn/lessons/{lesson(0).key}/check/{CHECK}/", {"option": option})


def text_of(response):
    return response.content.decode()


def met():
    """Requirements stored, as (requirement, code)."""
    return sorted(Completion.objects.values_list("requirement", "code"))


# --- A lesson's page -----------------------------------------------------------------------------------------------------


def test_a_lesson_not_begun_offers_to_be_marked_as_read(officer):
    page = text_of(officer.get(f"/en/{ONE}"))
    assert "I have read this lesson" in page
    assert "Answer the checks in the text as well; then the lesson is complete." in page
    assert "This lesson is complete." not in page


def test_a_lesson_read_before_its_checks_says_what_is_open_and_leads_to_them(officer):
    response = read(officer, 0)
    assert response.headers["Location"] == f"/en/{ONE}#check-MIG-M01.O1-101"
    page = text_of(officer.get(f"/en/{ONE}"))
    assert "Marked as read. Answer the checks in the text as well; then the lesson is complete." in page
    assert "Read. One check in the text is still open." in page
    assert met() == [("read", "M01.L1")]


def test_to_the_page_s_script_it_is_said_where_one_goes_on(officer):
    response = read(officer, 0, headers={"accept": "application/json"})
    assert response.json() == {"url": f"/en/{ONE}#check-MIG-M01.O1-101"}
    assert met() == [("read", "M01.L1")]


@pytest.mark.parametrize("order", [("read", "check"), ("check", "read")])
def test_a_lesson_is_complete_after_reading_and_answering_in_either_order(order, officer):
    for act in order:
        check(officer) if act == "check" else read(officer, 0)
    assert met() == [("checks", "M01.L1"), ("lesson", "M01.L1"), ("read", "M01.L1")]
    assert "This lesson is complete." in text_of(officer.get(f"/en/{ONE}"))


def test_a_lesson_without_checks_is_complete_when_read(officer):
    assert read(officer, 1).headers["Location"] == f"/en/{TWO}#end"
    assert met() == [("lesson", "M01.L2"), ("read", "M01.L2")]


def test_reading_twice_is_noted_once(officer):
    read(officer, 1)
    read(officer, 1)
    assert met() == [("lesson", "M01.L2"), ("read", "M01.L2")]


def test_the_last_lesson_completes_its_module(officer):
    read(officer, 1)
    check(officer)
    read(officer, 0)
    assert ("module", "M01") in met()


def test_a_completion_names_course_version_and_revision_of_the_page(officer):
    read(officer, 1)
    page = LessonPage.objects.get(code="M01.L2", locale__language_code="en")
    assert set(Completion.objects.values_list("version", flat=True)) == {f"1.0/{page.live_revision_id}"}


def test_progress_made_in_burmese_counts_in_english(officer):
    officer.cookies["lang"] = "my"
    check(officer)
    read(officer, 0)
    officer.cookies["lang"] = "en"
    assert "This lesson is complete." in text_of(officer.get(f"/en/{ONE}"))


def test_a_lesson_is_shown_in_burmese_and_marked_as_a_draft_until_it_is_reviewed(officer):
    officer.cookies["lang"] = "my"
    page = text_of(officer.get(f"/my/{ONE}"))
    assert ("မြန်မာ Closing text of M01 one." in page, '<p class="notice">' in page) == (True, True)
    key = lesson(0).key
    my = Locale.objects.get(language_code="my")
    TranslationPublication.objects.create(
        translation_key=key, locale=my, source_sha256="", texts=[], is_reviewed=True, published_at=timezone.now()
    )
    assert '<p class="notice">' not in text_of(officer.get(f"/my/{ONE}"))


# --- A place in a course ---------------------------------------------------------------------------------------------------------


def test_starting_a_course_gives_a_place_and_opens_the_lessons(client):
    client.force_login(PersonFactory())
    client.cookies["lang"] = "en"
    client.post(f"/learn/courses/{course().key}/enrol/")
    assert list(Enrolment.objects.values_list("course_code", "status", "cohort")) == [("C1", "active", None)]
    assert client.get(f"/en/{ONE}").status_code == 200


def test_starting_twice_is_one_place(client):
    client.force_login(PersonFactory())
    for _tap in range(2):
        client.post(f"/learn/courses/{course().key}/enrol/")
    assert Enrolment.objects.count() == 1


def test_two_active_places_in_one_course_are_refused_by_the_database(enrolment):
    with pytest.raises(IntegrityError), transaction.atomic():
        EnrolmentFactory(person=enrolment.person)


def test_an_officer_without_a_place_is_led_to_the_course(client):
    client.force_login(PersonFactory())
    client.cookies["lang"] = "en"
    response = client.get(f"/en/{ONE}", follow=True)
    assert response.redirect_chain == [(COURSE, 302)]
    assert "Start the course first; then its lessons are open to you." in text_of(response)
    assert "Start the course" in text_of(response)


@pytest.mark.parametrize("act", [lambda client: read(client, 1), check])
def test_without_a_place_nothing_can_be_marked(act, client):
    client.force_login(PersonFactory())
    assert act(client).status_code == 404
    assert met() == []


def test_a_place_given_up_opens_nothing(client):
    enrolment = EnrolmentFactory(status=Enrolment.Status.WITHDRAWN)
    client.force_login(enrolment.person)
    assert client.get(f"/my/{ONE}").status_code == 302


def test_a_course_for_other_agencies_is_not_there(client):
    CoursePage.objects.update(audience=["police"])
    ContentVersion.advance()
    client.force_login(PersonFactory())
    for place in (COURSE, f"/en/{ONE}"):
        assert client.get(place).status_code == 404
    assert client.post(f"/learn/courses/{course().key}/enrol/").status_code == 404
    assert Enrolment.objects.count() == 0


def test_the_exam_asks_what_is_required_of_the_agency_only(officer, enrolment):
    learn_all(enrolment)
    ModulePage.objects.filter(code="M03").update(audience=["police"])
    ContentVersion.advance()
    exam = course().exam
    page = officer.get(exam.get_absolute_url()).content.decode()
    officer.post(exam.get_absolute_url())
    attempt = Attempt.objects.get(quiz=exam)
    assert {version.objective for version in versions_of(attempt)} == {"M01.O1"}
    assert [section["objective"] for section in attempt.rules["sections"]] == ["M01.O1"]
    assert (len(attempt.paper["items"]), "<dd>2</dd>" in page or "<dd>၂</dd>" in page) == (2, True)


def test_a_course_that_one_has_stays_when_it_becomes_another_agencys(officer):
    CoursePage.objects.update(audience=["police"])
    ContentVersion.advance()
    assert officer.get(f"/en/{ONE}").status_code == 200


def enrol(*people, **kwargs):
    return services.enrol(people, course(), **kwargs)


def test_assigning_gives_a_place_with_cohort_and_due_date():
    person, cohort = PersonFactory(), CohortFactory()
    (made,) = enrol(person, cohort=cohort, due_on=date(2027, 1, 31))
    assert (made.person, made.cohort, made.due_on, made.course_code) == (person, cohort, date(2027, 1, 31), "C1")


def test_assigning_anew_moves_the_due_date_and_keeps_the_progress(officer, enrolment):
    read(officer, 1)
    before, cohort = met(), CohortFactory()
    assert enrol(enrolment.person, cohort=cohort, due_on=date(2027, 1, 31)) == []
    enrolment.refresh_from_db()
    assert (enrolment.cohort, enrolment.due_on, met()) == (cohort, date(2027, 1, 31), before)


def test_starting_by_oneself_leaves_the_trainers_due_date(enrolment):
    Enrolment.objects.update(due_on=date(2027, 1, 31))
    enrol(enrolment.person)
    enrolment.refresh_from_db()
    assert enrolment.due_on == date(2027, 1, 31)


def test_who_completed_the_course_is_left_in_peace():
    done = EnrolmentFactory(status=Enrolment.Status.COMPLETED, completed_at=timezone.now())
    assert enrol(done.person, cohort=CohortFactory(), due_on=date(2027, 1, 31)) == []
    done.refresh_from_db()
    assert (done.cohort, done.due_on, Enrolment.objects.count()) == (None, None, 1)


def test_a_place_given_up_can_be_taken_again():
    gone = EnrolmentFactory(status=Enrolment.Status.WITHDRAWN)
    assert len(enrol(gone.person)) == 1


# --- Whose modules, and in which order -----------------------------------------------------------------------------------------------


def test_a_module_of_other_agencies_is_optional_and_not_needed_for_the_exam(client):
    person = PersonFactory(unit=UnitFactory(agency="social_welfare"))
    EnrolmentFactory(person=person)
    client.force_login(person)
    client.cookies["lang"] = "en"
    check(client)
    read(client, 0)
    page = text_of(client.get(COURSE))
    assert ("Optional" in page, "Every required module is complete." in page) == (True, False)
    read(client, 1)
    assert "Every required module is complete." in text_of(client.get(COURSE))


def test_the_exam_passed_completes_the_course_once(enrolment):
    learn_all(enrolment)
    sit(enrolment, right=True)
    enrolment.refresh_from_db()
    assert (enrolment.status, ("course", "C1") in met()) == ("completed", True)
    assert enrolment.completed_at is not None
    assert services.advance(enrolment, at=timezone.now() + timedelta(days=1)).completed_at == enrolment.completed_at


def test_a_module_locked_by_another_leads_back_with_the_reason(officer):
    ModulePage.objects.filter(code="M03").update(prerequisites=["M01"])
    ContentVersion.advance()
    response = officer.get(f"/en/{THREE}", follow=True)
    assert response.redirect_chain == [(COURSE, 302)]
    assert "First complete: First module. What you did here is kept." in text_of(response)
    assert read(officer, 2).status_code == 404
    check(officer)
    read(officer, 0)
    read(officer, 1)
    assert officer.get(f"/en/{THREE}").status_code == 200


def test_a_course_locked_by_another_opens_no_lesson_and_no_exam(officer, enrolment):
    CoursePage.objects.update(prerequisites=["C9"])
    ContentVersion.advance()
    assert officer.get(f"/en/{ONE}").status_code == 302
    assert read(officer, 1).status_code == 404
    learn_all(enrolment)
    officer.post(course().exam.get_absolute_url())
    assert enrolment.person.attempts.exclude(quiz__kind="check").count() == 0


def test_a_prerequisite_met_in_an_earlier_place_counts(officer, enrolment):
    ModulePage.objects.filter(code="M03").update(prerequisites=["M01"])
    ContentVersion.advance()
    Enrolment.objects.update(status=Enrolment.Status.COMPLETED, completed_at=timezone.now())
    learn_all(enrolment)
    EnrolmentFactory(person=enrolment.person)
    assert officer.get(f"/en/{THREE}").status_code == 200


# --- An editor publishes -----------------------------------------------------------------------------------------------------------------


def test_a_lesson_withdrawn_is_not_there_and_counts_no_longer(officer):
    check(officer)
    read(officer, 0)
    LessonPage.objects.get(code="M01.L2", locale__language_code="en").unpublish()
    LessonPage.objects.get(code="M01.L2", locale__language_code="my").unpublish()
    assert officer.get(f"/en/{TWO}").status_code == 404
    assert len(course().modules[0].lessons) == 1


def test_a_lesson_added_later_leaves_a_complete_module_complete(officer):
    for act in (lambda: check(officer), lambda: read(officer, 0), lambda: read(officer, 1)):
        act()
    module = ModulePage.objects.get(code="M01", locale__language_code="en")
    module.add_child(
        instance=LessonPage(title="Three", slug="three", code="M01.L3", minutes=8, locale=module.locale)
    ).save_revision().publish()
    assert len(course().modules[0].lessons) == 3
    assert ("module", "M01") in met()
    page = text_of(officer.get(COURSE))
    assert ">2/3<" in page
    assert "Three" in page


# --- The desk ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "Overdue since"), (0, "Due"), (30, "Due"), (None, None)],
)
def test_the_desk_says_what_is_due(days, said, officer):
    Enrolment.objects.update(due_on=None if days is None else timezone.localdate() + timedelta(days=days))
    page = text_of(officer.get("/learn/"))
    assert [word for word in ("Overdue since", "Due ") if word in page] == (
        [said.strip() + " " * (said == "Due")] if said else []
    )


def test_the_desk_leads_to_the_next_lesson_and_then_to_the_exam(officer, enrolment):
    assert f'href="/en/{ONE}">Read</a>' in text_of(officer.get("/learn/"))
    read(officer, 0)
    check(officer)
    assert f'href="/en/{TWO}">Read</a>' in text_of(officer.get("/learn/"))
    learn_all(enrolment)
    assert f'href="{course().exam.get_absolute_url()}">To the exam</a>' in text_of(officer.get("/learn/"))


def test_the_desk_lists_courses_that_one_may_start(client):
    client.force_login(PersonFactory())
    client.cookies["lang"] = "en"
    page = text_of(client.get("/learn/"))
    assert ("No course yet." in page, "More courses" in page, COURSE in page) == (True, True, True)


@pytest.mark.parametrize(("place", "most"), [("/learn/", 11), (COURSE, 7), (f"/en/{ONE}", 7)])
def test_pages_of_an_officer_cost_few_queries(place, most, officer, django_assert_max_num_queries):
    officer.get(place)
    with django_assert_max_num_queries(most):
        assert officer.get(place).status_code == 200
