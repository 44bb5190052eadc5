"""The search page: who finds what, in which order, in which language, at what cost."""

import gzip
import re
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import Locale

from assessments.models import Item
from content.models import ContentVersion, GlossaryTerm, HomePage, SitePage
from core.finding import find
from courses.catalogue import catalogue
from courses.models import CoursePage, LessonPage
from myanmar.search import Query
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

PLACE = "/my/search/"


def titles(viewer, text, kind, language="en"):
    """What a viewer finds of one kind, best first."""
    with override(language):
        (found,) = find(viewer, Query(text), language, [kind])
    return [hit.title.text for hit in found.hits]


def similar(viewer, text, kind):
    """What sounds like it."""
    (found,) = find(viewer, Query(text), "my", [kind])
    return [hit.title.text for hit in found.similar]


def say(code, language, title, text):
    """Put words into a lesson of the small course and publish it."""
    page = LessonPage.objects.get(code=code, locale__language_code=language)
    page.title = title
    page.body = [("text", f"<p>{text}</p>")]
    page.save_revision().publish()


@pytest.fixture
def lessons():
    """Three lessons with words of their own."""
    say("M01.L1", "en", "Documents at the border", "A passport is examined.")
    say("M01.L2", "en", "Passport", "Its pages.")
    say("M03.L1", "en", "Passports of others", "Nothing more.")
    say("M01.L1", "my", "နယ်စပ်မှ စာရွက်စာတမ်းများ", "နိုင်ငံကူးလက်မှတ်ကို စစ်ဆေးသည်။")


def term(code, **words):
    """A glossary term in several languages: my=…, en=…"""
    first = None
    for language, (word, definition) in words.items():
        locale = Locale.objects.get(language_code=language)
        row = GlossaryTerm(code=code, term=word, definition=definition, locale=locale)
        if first:
            row.translation_key = first.translation_key
        row.save()
        first = first or row


# --- Courses and lessons --------------------------------------------------------------------------------------------


def test_a_lesson_is_found_in_order_of_how_well_its_title_answers(lessons):
    officer = PersonFactory()
    assert titles(officer, "passport", "lessons") == ["Passport", "Passports of others", "Documents at the border"]


def test_a_lesson_is_found_by_its_words_in_either_language_and_shown_once_in_the_readers(lessons):
    officer = PersonFactory()
    assert titles(officer, "နိုင်ငံကူးလက်မှတ်", "lessons", "en") == ["Documents at the border"]
    assert titles(officer, "examined", "lessons", "my") == ["နယ်စပ်မှ စာရွက်စာတမ်းများ"]


def test_a_misspelt_word_finds_what_sounds_like_it_apart_from_true_hits(lessons):
    officer = PersonFactory()
    assert titles(officer, "နိုင်ငန်ကူးလက်မှပ်", "lessons", "my") == []
    assert similar(officer, "နိုင်ငန်ကူးလက်မှပ်", "lessons") == ["နယ်စပ်မှ စာရွက်စာတမ်းများ"]


def test_courses_and_modules_are_found_by_code_and_title():
    officer = PersonFactory()
    assert titles(officer, "small", "courses") == ["A small course"]
    assert titles(officer, "m03", "courses") == ["Second module"]


def test_what_is_not_published_is_not_found(lessons):
    LessonPage.objects.get(code="M01.L2", locale__language_code="en").unpublish()
    assert "Passport" not in titles(PersonFactory(), "passport", "lessons")


def test_an_officer_does_not_find_the_course_of_another_agency_nor_its_lessons(lessons):
    CoursePage.objects.update(audience=["immigration"])
    ContentVersion.advance()
    mine, other = PersonFactory(), PersonFactory(unit=UnitFactory(agency="police"))
    trainer = PersonFactory(trainer=True, unit=other.unit)
    found = {
        person: (titles(person, "small", "courses"), len(titles(person, "passport", "lessons")))
        for person in (mine, other, trainer)
    }
    assert found == {mine: (["A small course"], 3), other: ([], 0), trainer: (["A small course"], 3)}
    EnrolmentFactory(person=other)
    assert titles(other, "small", "courses") == ["A small course"]


def test_the_questions_of_a_lessons_checks_are_not_found_by_who_is_to_answer_them():
    item = Item.objects.filter(use=Item.Use.CHECK, locale__language_code="en").first()
    officer = PersonFactory()
    with override("en"):
        assert [one.hits + one.similar for one in find(officer, Query(item.stem), "en")] == [[] for _ in range(6)]


# --- The rest -----------------------------------------------------------------------------------------------------------


def test_a_term_is_found_in_either_language_with_its_translation():
    term("visa", en=("visa", "A permission to enter."), my=("ဗီဇာ", "ဝင်ခွင့်။"))
    for language, text, title, note in (
        ("my", "visa", "ဗီဇာ", "visa"),
        ("en", "ဗီဇာ", "visa", "ဗီဇာ"),
        ("my", "ဝင်ခွင့်", "ဗီဇာ", "visa"),
    ):
        (found,) = find(PersonFactory(), Query(text), language, ["glossary"])
        assert [(hit.title.text, hit.note) for hit in found.hits] == [(title, note)]


def test_a_page_of_the_site_is_found_where_it_is_published():
    home = HomePage.objects.get(locale__language_code="my")
    page = home.add_child(instance=SitePage(title="ကိုယ်ရေးအချက်အလက်", slug="privacy", intro="သိမ်းဆည်းပုံ", locale=home.locale))
    assert titles(PersonFactory(), "သိမ်းဆည်း", "pages", "my") == ["ကိုယ်ရေးအချက်အလက်"]
    page.unpublish()
    assert titles(PersonFactory(), "သိမ်းဆည်း", "pages", "my") == []


def test_items_are_found_by_assessment_editors_only():
    found = {
        role: len(titles(PersonFactory(**{role: True} if role else {}), "MIG-M01.O1-101", "items"))
        for role in ("", "trainer", "registrar", "lead", "editor", "assessor")
    }
    assert found == {"": 0, "trainer": 0, "registrar": 0, "lead": 0, "editor": 0, "assessor": 2}


def test_trainers_find_the_learners_of_their_cohorts_the_office_everyone_and_others_nobody():
    trainer, other = PersonFactory(trainer=True), PersonFactory(trainer=True)
    learner = PersonFactory(name_my="ဒေါ်သီတာလွင်", name_latin="Daw Thida Lwin", findable=True)
    CohortFactory(trainer=trainer, officers=[learner])
    CohortFactory(trainer=other, officers=1)
    people = {"trainer": trainer, "other": other, "learner": learner, "officer": PersonFactory()}
    people |= {role: PersonFactory(**{role: True}) for role in ("registrar", "lead", "editor")}
    found = {role: titles(person, "သီတာ", "people") for role, person in people.items()}
    assert {role for role, names in found.items() if names == ["ဒေါ်သီတာလွင်"]} == {"trainer", "registrar", "lead"}
    assert [names for role, names in found.items() if role not in ("trainer", "registrar", "lead")] == [[]] * 4


@pytest.mark.parametrize("text", ["သီတာလွင်", "ဒေါ်သီတာ", "မသီတာလွင်", "thida lwin", "Lwin", "IMM-77001", "imm77001", "၇၇၀၀၁"])
def test_a_person_is_found_by_name_under_any_honorific_and_by_number(text):
    PersonFactory(name_my="ဒေါ်သီတာလွင်", name_latin="Daw Thida Lwin", service_number="IMM-77001", findable=True)
    assert titles(PersonFactory(registrar=True), text, "people") == ["ဒေါ်သီတာလွင်"]


def test_who_left_a_cohort_is_no_longer_found_by_its_trainer():
    trainer, learner = PersonFactory(trainer=True), PersonFactory(name_my="ဦးကျော်စွာ", findable=True)
    cohort = CohortFactory(trainer=trainer, officers=[learner])
    assert titles(trainer, "ကျော်စွာ", "people") == ["ဦးကျော်စွာ"]
    cohort.memberships.filter(person=learner).update(left_at="2026-01-01T00:00Z")
    assert titles(trainer, "ကျော်စွာ", "people") == []


# --- The page ---------------------------------------------------------------------------------------------------------------


def test_the_page_marks_what_was_found_and_leads_to_it(lessons, sign_in):
    page = sign_in(PersonFactory()).get(PLACE, {"q": "ကူးလက်မှတ်"}).content.decode()
    assert "<mark>ကူးလက်မှတ်</mark>ကို စစ်ဆေးသည်" in page
    course = catalogue("my").by_code["C1"]
    module, lesson = course.lessons[0]
    (link,) = [unquote(one) for one in re.findall(r'href="([^"]*#:~:text=[^"]*)"', page)]
    assert link == f"/my/courses/{course.slug}/{module.slug}/{lesson.slug}/#:~:text=ကူးလက်မှတ်"


def test_a_run_in_the_other_language_says_so(lessons, sign_in):
    page = sign_in(PersonFactory()).get(PLACE, {"q": "examined"}).content.decode()
    assert '<h3 lang="my">' in page
    assert re.search(r'<p lang="en">[^<]*A passport is <mark>examined</mark>', page)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Type a Burmese syllable or two letters, or more."),
        ("a", "That is too short to search for."),
        ("ဗြဟ္မဇာလသုတ်", "Nothing was found."),
        ("နိုင်ငန်ကူးလက်မှပ်", "Nothing is written exactly so. Did you mean one of these?"),
    ],
)
def test_the_page_says_what_happened(text, says, lessons, sign_in):
    assert says in sign_in(PersonFactory()).get("/en/search/", {"q": text}).content.decode()


def test_what_is_typed_is_shown_and_runs_nowhere(sign_in):
    page = sign_in(PersonFactory()).get(PLACE, {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page


def test_a_kind_with_many_hits_shows_a_few_and_leads_to_pages_of_all(sign_in):
    for number in range(23):
        term(f"t{number}", my=(f"ဗီဇာ {number}", ""))
    client = sign_in(PersonFactory())

    def hits(**query):
        return client.get(PLACE, {"q": "ဗီဇာ", **query}).content.decode().count("<mark>ဗီဇာ</mark>")

    assert [hits(), hits(kind="glossary"), hits(kind="glossary", page=2), hits(kind="nonsense")] == [5, 20, 3, 5]


def test_searching_without_end_is_refused_for_a_while_for_one_person_only(sign_in, client, monkeypatch):
    monkeypatch.setattr("core.ratelimit.time", SimpleNamespace(time=lambda: 0.0))  # all within one window
    sign_in(PersonFactory())
    assert {client.get(PLACE, {"q": "ဗီဇာ"}).status_code for _ in range(40)} == {200}
    assert client.get(PLACE, {"q": "ဗီဇာ"}).status_code == 429
    assert client.get(PLACE).status_code == 200
    assert sign_in(PersonFactory()).get(PLACE, {"q": "ဗီဇာ"}).status_code == 200


@pytest.mark.parametrize("n", [1, 12])
def test_a_search_costs_the_same_for_any_number_of_hits(n, sign_in):
    for number in range(n):
        term(f"t{number}", en=("visa", "of a lesson"), my=(f"ဗီဇာ {number}", ""))
        CohortFactory(officers=[PersonFactory(name_latin=f"Lesson {number}", findable=True)])
    client = sign_in(PersonFactory(registrar=True))
    client.get(PLACE, {"q": "lesson"})
    with CaptureQueriesContext(connection) as captured:
        client.get(PLACE, {"q": "lesson"})
    # viewer, roles; content and enrolments twice, courses, modules, lessons; terms; home and site pages; people with 3
    assert len(captured) == 16


def test_a_full_page_of_hits_stays_light(sign_in):
    for number in range(30):
        term(f"t{number}", my=(f"ဗီဇာ {number}", "ဝင်ခွင့်ပြုသော စာရွက်စာတမ်းဖြစ်သည်။ " * 12), en=(f"visa {number}", ""))
    page = sign_in(PersonFactory()).get(PLACE, {"q": "ဗီဇာ", "kind": "glossary"})
    assert len(gzip.compress(page.content)) < 6_000


def test_every_signed_in_page_leads_to_the_search(sign_in):
    assert 'href="/my/search/"' in sign_in(PersonFactory(language="my")).get("/my/courses/").content.decode()
