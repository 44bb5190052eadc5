"""The office of exams: making a quiz, its rules and sections, regrading and grades by hand, as people do it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Attempt, GradeProposal, GradeRecord, Item, Quiz, QuizSection, Regrade
from content.models import ContentVersion
from courses.catalogue import catalogue
from tests.assessments import sitting
from tests.assessments.sitting import sit, the_exam
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(sign_in):
    """A browser of somebody with a role, in English."""

    def sign(role):
        client = sign_in(PersonFactory(**{role: True}))
        client.cookies["lang"] = "en"
        return client

    return sign


def rules_url(quiz=None):
    """Where the rules are."""
    return f"/office/exams/{(quiz or the_exam()).public_id}/"


def form_of(page):
    """What the form of a page would send as it is."""
    data = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            data.setdefault(name[1], []).append(value[1] if value else "")
    for name, body in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', page, re.DOTALL):
        data[name] = re.findall(r'value="([^"]*)" selected', body)
    return {name: value for name, value in data.items() if name not in ("csrfmiddlewaretoken", "next", "language")}


def stored(quiz=None):
    """Everything of the rules."""
    quiz = Quiz.objects.get(pk=(quiz or the_exam()).pk)
    fields = {f.name: getattr(quiz, f.name) for f in Quiz._meta.concrete_fields if f.name != "updated_at"}
    return fields, [{k: v for k, v in s.items() if k != "id"} for s in quiz.sections.values()]


def test_saving_the_rules_as_they_are_changes_nothing(office):
    editor, before = office("assessor"), stored()
    response = editor.post(rules_url(), form_of(editor.get(rules_url()).content.decode()))
    assert (response.status_code, stored()) == (302, before)


def test_round_numbers_stand_as_people_write_them(office):
    Quiz.objects.filter(pk=the_exam().pk).update(cut_score="0.5")
    page = form_of(office("assessor").get(rules_url()).content.decode())
    assert page["cut_percent"] == ["50"]


def test_new_rules_count_for_new_attempts_and_the_open_one_keeps_its_own(office, enrolment):
    old = sitting.begin(enrolment)
    editor = office("assessor")
    data = form_of(editor.get(rules_url()).content.decode())
    data |= {"limit_minutes": "၄၅", "entry": "room", "shown_answers": [], "is_sequential": "on", "section-0-count": "၃"}
    assert editor.post(rules_url(), data).status_code == 302
    new = the_exam()
    assert (new.limit_seconds, new.entry, new.is_sequential, new.shown["answers"]) == (2700, "room", True, [])
    assert [section.count for section in new.sections.all()] == [3, 2]
    old.refresh_from_db()
    assert (old.rules["limit_seconds"], old.rules["is_sequential"]) == (1800, False)


def test_a_section_may_name_its_items_and_an_emptied_one_is_taken_out(office):
    editor = office("assessor")
    data = form_of(editor.get(rules_url()).content.decode())
    data |= {"section-0-objective": "", "section-0-count": "", "section-0-cut_percent": "",
             "section-2-codes": "MIG-M01.O1-002 MIG-M01.O1-001"}  # fmt: skip
    assert editor.post(rules_url(), data).status_code == 302
    keys = dict(Item.objects.values_list("code", "translation_key"))
    wanted = [str(keys[code]) for code in ("MIG-M01.O1-002", "MIG-M01.O1-001")]
    assert [section.items for section in the_exam().sections.all()] == [[], wanted]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"section-0-count": "9"}, "Only 4 published items fit, and 9 are asked for. Nothing was saved."),
        ({"section-0-codes": "MIG-M01.O1-001"}, "Give either the codes of items, or how many to draw"),
        (
            {"section-2-codes": "MIG-M01.O1-101"},
            "No published exam item has this code: MIG-M01.O1-101",
        ),  # asked in a lesson
        ({"section-2-codes": "NO-SUCH"}, "No published exam item has this code: NO-SUCH"),
        ({"section-0-difficulty_from": "4", "section-0-difficulty_to": "2"}, "The difficulty has to go from"),
        ({"section-2-objective": "M01.O1", "section-2-count": "3"}, "The bank cannot fill this paper in every form"),
        ({"shown_answers": ["during"]}, "nothing of the result may be shown before handing in"),
        ({"shown_score": []}, "Of an exam the score is shown after handing in"),
        ({"opens_at": "2026-12-31 17:00", "closes_at": "2026-12-31 09:00"}, "It has to close after it opens."),
        ({"cut_percent": "101"}, "100"),
    ],
)
def test_rules_that_cannot_be_are_refused_in_a_sentence_and_nothing_is_saved(change, said, office):
    editor, before = office("assessor"), stored()
    page = editor.post(rules_url(), form_of(editor.get(rules_url()).content.decode()) | change).content.decode()
    assert said in page
    assert stored() == before


def test_an_editor_makes_a_pre_test_that_the_enrolled_find_on_the_page_of_the_course(office, enrolment, client):
    key = catalogue("en").by_code["C1"].key
    editor = office("assessor")
    made = editor.post("/office/exams/new/", {"subject": str(key), "kind": "pre_test", "code": "C1-PRE"})
    quiz = Quiz.objects.get(code="C1-PRE")
    assert made.headers["Location"] == rules_url(quiz)
    data = form_of(editor.get(rules_url(quiz)).content.decode())
    assert (
        editor.post(rules_url(quiz), data | {"section-0-objective": "M01.O1", "section-0-count": "2"}).status_code
        == 302
    )
    client.force_login(enrolment.person)
    assert quiz.get_absolute_url() in client.get("/my/courses/c1/").content.decode()
    assert client.post(quiz.get_absolute_url()).headers["Location"].startswith("/attempt/")


def test_a_short_test_for_later_days_is_no_test_on_the_page_of_the_course_and_one_to_practise_is(
    office, enrolment, client
):
    from courses.catalogue import catalogue
    from courses.probes import keep_quiz

    probe = keep_quiz(catalogue("en").by_code["C1"])
    data = {"kind": "practice", "code": "C1-TRY", "subject": str(the_exam().subject_key)}
    assert office("assessor").post("/office/exams/new/", data).status_code == 302
    practice = Quiz.objects.get(code="C1-TRY")
    QuizSection.objects.create(quiz=practice, position=0, objective="M01.O1", count=2)
    ContentVersion.advance()  # as saving its rules does
    client.force_login(enrolment.person)
    page = client.get("/en/courses/c1/").content.decode()
    assert (practice.get_absolute_url() in page, probe.get_absolute_url() in page) == (True, False)
    assert client.post(practice.get_absolute_url(), follow=True).status_code == 200
    assert Attempt.objects.get(quiz=practice).is_open


def test_a_course_has_one_exam(office):
    key = catalogue("en").by_code["C1"].key
    response = office("assessor").post("/office/exams/new/", {"subject": str(key), "kind": "exam", "code": "C1-X"})
    assert (response.status_code, Quiz.objects.filter(kind="exam").count()) == (200, 1)


def regrade_url(attempt):
    """The preview of giving everybody the point of an attempt's first item."""
    code = sitting.versions_of(attempt)[0].code
    return f"/office/exams/{the_exam().public_id}/regrade/", {"item": code, "treatment": "credit"}


def test_a_lead_looks_gives_a_reason_and_regrades_and_the_record_stays(office, enrolment):
    attempt, lead = sit(enrolment, right=False), office("lead")
    url, asked = regrade_url(attempt)
    page = lead.get(url, asked).content.decode()
    assert enrolment.person.service_number in page
    digest = re.search(r'name="digest" value="(\w+)"', page)[1]
    refused = lead.post(url, asked | {"digest": digest, "reason": ""})
    assert (refused.status_code, Regrade.objects.count()) == (200, 0)
    response = lead.post(url, asked | {"digest": digest, "reason": "Faulty"}, follow=True)
    assert "1 result changed." in response.content.decode()
    assert enrolment.person.service_number in response.content.decode()
    assert attempt.grades.count() == 2


def test_an_editor_sees_how_many_but_not_whom_and_regrades_nothing(office, enrolment):
    attempt, editor = sit(enrolment, right=False), office("assessor")
    url, asked = regrade_url(attempt)
    page = editor.get(url, asked).content.decode()
    assert ("Results that change" in page, enrolment.person.service_number in page) == (True, False)
    assert editor.post(url, asked | {"digest": "x", "reason": "Faulty"}).status_code == 404
    assert attempt.grades.count() == 1


def test_what_changed_since_the_page_was_made_is_not_regraded(office, enrolment):
    attempt, lead = sit(enrolment, right=False), office("lead")
    url, asked = regrade_url(attempt)
    page = lead.post(url, asked | {"digest": "0" * 64, "reason": "Faulty"}).content.decode()
    assert "Nothing was regraded; look at it again and confirm then." in page
    assert attempt.grades.count() == 1


def test_a_pass_given_by_hand_is_proposed_by_one_and_confirmed_by_another(office, enrolment):
    attempt = sit(enrolment, right=False)
    url, lead = f"/office/exams/attempts/{attempt.public_id}/grade/", PersonFactory(lead=True)
    proposer = office("lead")
    proposer.post(url, {"score": "၄", "passed": "on", "reason": "The line failed"})
    proposal = str(GradeProposal.objects.get().public_id)
    own = proposer.post("/office/exams/grades/", {"proposal": proposal, "action": "confirm"}, follow=True)
    assert "You proposed this yourself." in own.content.decode()
    assert GradeRecord.objects.standing().get(attempt=attempt).passed is False
    other = office("registrar")
    other.post("/office/exams/grades/", {"proposal": proposal, "action": "confirm", "note": "Seen"})
    assert GradeRecord.objects.standing().get(attempt=attempt).passed is True
    assert lead.grants.exists()


@pytest.mark.parametrize("data", [{"score": "5", "reason": "x"}, {"score": "-1", "reason": "x"}, {"score": "1", "reason": ""}])  # fmt: skip
def test_a_grade_out_of_range_or_without_a_reason_is_not_given(data, office, enrolment):
    attempt = sit(enrolment, right=False)
    response = office("lead").post(f"/office/exams/attempts/{attempt.public_id}/grade/", data)
    assert (response.status_code, attempt.grades.count()) == (200, 1)


@pytest.mark.parametrize("more", [0, 4])
def test_the_list_of_exams_costs_the_same_for_any_number(more, office, django_assert_num_queries):
    for n in range(more):
        Quiz.objects.create(code=f"P{n}", kind="practice", subject_key=the_exam().subject_key)
    lead = office("lead")
    lead.get(reverse("assessments:exams"))
    catalogue("en")
    with django_assert_num_queries(5):  # person, roles; content; quizzes, sections
        lead.get(reverse("assessments:exams"))


@pytest.mark.parametrize("proposals", [1, 4])
def test_the_grades_that_wait_cost_the_same_for_any_number(proposals, office, django_assert_num_queries):
    from assessments.changing import change_grade

    by = PersonFactory(lead=True)
    for _n in range(proposals):
        attempt = sit(sitting.learn_all(EnrolmentFactory()), right=False)
        change_grade(attempt, score=4, passed=True, by=by, reason="x", at=timezone.now())
    lead = office("lead")
    lead.get(reverse("assessments:grades"))
    with django_assert_num_queries(3):  # person, roles; proposals
        lead.get(reverse("assessments:grades"))
