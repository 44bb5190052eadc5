"""How a fact stood before, what an approval covers, telephone numbers, and the entry of the law library."""

from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone, translation
from wagtail.models import Locale

from content.authored import read_curriculum
from content.facts import former_versions, read_facts
from content.models import ContentVersion, Fact, FactVersion
from content.rechecks import tell
from content.translation import work
from core.doctor import examine
from courses.loading import load
from courses.models import CoursePage, LessonPage
from people.models import Contact
from tests.content.authoring import copied, edit, problems, shipped
from tests.courses.lessons import address
from tests.factories import EnrolmentFactory, PersonFactory, UnitFactory

TODAY = date(2026, 12, 1)
LAWYER = {"status": "approved", "reviewer": "U Hla, lawyer", "checked_on": date(2026, 11, 24)}

pytestmark = pytest.mark.django_db


def change(fact: Fact, **values) -> Fact:
    """Save a fact with other values."""
    for name, value in values.items():
        setattr(fact, name, value)
    fact.full_clean()
    fact.save()
    return fact


@pytest.fixture
def fact() -> Fact:
    """R7, which lesson M01.L1 shows, as a provision with a name."""
    return change(Fact.objects.get(code="R7", locale__language_code="en"), kind="provision", title="Borders")


def number(**values) -> Fact:
    """A telephone number that the agency tested on 24 November 2026."""
    told = {
        "code": "P1", "kind": "telephone", "title": "Help at night", "text": "Help by night.", "telephone": "01 234",
        "owner": "Agency of Utopia", "confidence": "A", "flags": "P", "jurisdiction": "myanmar",
        "recheck_on": date(2027, 2, 22), "locale": Locale.objects.get(language_code="en"),
    }  # fmt: skip
    return change(Fact(), **told | LAWYER | values)


def info(code: str, language: str = "en", *, on: date = TODAY, **asked):
    """A fact as somebody reads it."""
    (found,) = read_facts(language, on=on, codes=[code], **asked)
    return found


def entry(client, code: str) -> BeautifulSoup:
    """The page of an entry of the law library, in English."""
    client.cookies["lang"] = "en"
    response = client.get(f"/learn/law/{code}/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(node) -> str:
    """What an element says."""
    return " ".join(node.text.split())


# --- Versions ---------------------------------------------------------------------------------------------------------------


def test_every_change_of_how_a_fact_stands_is_kept_and_what_changes_nothing_is_not(fact):
    before = FactVersion.objects.filter(code="R7").count()
    change(fact, **LAWYER)
    change(fact)
    change(fact, text="Borders are inside human rights.")
    kept = FactVersion.objects.filter(code="R7").order_by("number")
    assert [one.number for one in kept] == list(range(1, before + 3))
    approved, changed = list(kept)[-2:]
    assert (approved.status, approved.reviewer, approved.checked_on) == (
        "approved",
        "U Hla, lawyer",
        date(2026, 11, 24),
    )
    assert (changed.status, changed.text) == ("draft", "Borders are inside human rights.")


def test_a_version_is_never_changed(fact):
    with pytest.raises(DatabaseError), transaction.atomic():
        FactVersion.objects.filter(code="R7").update(text="Another history")


def test_a_load_with_another_wording_makes_a_version_and_the_earlier_one_is_read_in_the_reader_s_language(tmp_path):
    root = copied(tmp_path)
    before = Fact.objects.get(code="R7", locale__language_code="en").text
    burmese = Fact.objects.get(code="R7", locale__language_code="my").text
    edit(root, "facts.yaml", before, "Borders are inside human rights.")
    load(read_curriculum(root), at=timezone.now())
    (former,) = former_versions(info("R7", "my"), "my")
    assert (former.number, str(former.text), former.text.language) == (1, burmese, "my")


def test_an_earlier_wording_stays_to_be_read_with_who_confirmed_it_and_when(fact, sign_in):
    old = change(fact, **LAWYER).text
    change(fact, text="Borders are inside human rights.")
    page = entry(sign_in(PersonFactory()), "R7")
    first = page.find(id="versions").find("li")
    assert old in first.text
    assert "Checked on 24 November 2026 Confirmed by U Hla, lawyer" in words(first)


def test_what_was_held_back_is_not_read_as_an_earlier_version_but_by_who_confirms_it(fact, sign_in):
    held = change(fact, flags="L", text="A wording that nobody confirmed.").text
    change(fact, text="A wording that a lawyer wrote.", **LAWYER)
    change(fact, **LAWYER)
    assert held not in entry(sign_in(PersonFactory()), "R7").text
    assert held in entry(sign_in(PersonFactory(legal=True)), "R7").text


# --- An approval is for a wording -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "status", "reviewer"),
    [
        ({"text": "Something else."}, "draft", ""),
        ({"title": "Something else"}, "draft", ""),
        ({"sources": "A rumour"}, "draft", ""),
        ({"recheck_on": date(2028, 1, 1)}, "approved", "U Hla, lawyer"),
        ({"reviewer": "Daw Mya, lawyer"}, "approved", "Daw Mya, lawyer"),
    ],
)
def test_an_approved_fact_whose_wording_is_changed_is_a_draft_again(values, status, reviewer, fact):
    change(fact, flags="L", **LAWYER)
    change(fact, **values)
    stored = Fact.objects.get(pk=fact.pk)
    assert (stored.status, stored.reviewer, stored.is_shown) == (status, reviewer, status == "approved")


def test_the_editor_is_told_that_the_words_wait_again(fact, sign_in, client):
    change(fact, **LAWYER)
    client.cookies["lang"] = "en"
    form = {name: getattr(fact, name) or "" for name in FactVersion.RECORDED} | {"text": "Something else."}
    page = sign_in(PersonFactory(editor=True)).post(f"/admin/snippets/content/fact/edit/{fact.pk}/", form, follow=True)
    assert "An approval is for a wording. The words were changed, so R7 is a draft again" in page.content.decode()
    assert Fact.objects.get(pk=fact.pk).status == "draft"


def test_a_fact_is_approved_with_its_day(fact):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        change(fact, **LAWYER | {"checked_on": None})
    assert refused.value.messages == ["Say who confirmed the fact, and on which day, before you approve it."]


def test_what_was_approved_is_not_read_in_a_translation_of_other_words(fact):
    burmese = Fact.objects.get(code="R7", locale__language_code="my").text
    assert str(info("R7", "my").text) == burmese
    change(fact, text="Borders are inside human rights.")
    change(fact, **LAWYER)
    shown = info("R7", "my")
    assert (str(shown.text), shown.text.language) == ("Borders are inside human rights.", "en")
    assert work.is_current(Fact.objects.get(code="R7", locale__language_code="my")) is False


# --- Telephone numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"telephone": ""}, "A telephone number needs its digits and its owner."),
        ({"owner": ""}, "A telephone number needs its digits and its owner."),
        ({"kind": "body"}, "A telephone number needs its digits and its owner."),
        ({"recheck_on": None}, "at most 90 days after its last test"),
        ({"recheck_on": date(2027, 2, 23)}, "at most 90 days after its last test"),
        ({"telephone": "call me"}, "Digits with single spaces"),
    ],
)
def test_a_number_has_its_owner_and_is_tested_every_90_days(values, text):
    with translation.override("en"):
        with pytest.raises(ValidationError) as refused:
            number(**values)
        assert text in " ".join(refused.value.messages)


def test_a_number_is_typed_with_burmese_digits_too():
    assert number(telephone="၁၃၀၀ 12").telephone == "1300 12"


def test_the_database_too_refuses_a_number_that_is_tested_too_seldom():
    fact = number()
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.filter(pk=fact.pk).update(recheck_on=date(2027, 2, 23))


@pytest.mark.parametrize(("on", "is_there"), [(date(2027, 2, 22), True), (date(2027, 2, 23), False)])
def test_an_expired_number_is_shown_nowhere(on, is_there, fact, sign_in, monkeypatch):
    number()
    monkeypatch.setattr(timezone, "localdate", lambda *given: on)
    client = sign_in(PersonFactory())
    for page in (entry(client, "P1"), BeautifulSoup(client.get("/learn/law/").content, "html.parser")):
        assert bool(page.find("a", href="tel:01234")) is is_there
        assert ("01 234" in page.text, "The number is being checked" in page.text) == (is_there, not is_there)


def test_a_lesson_calls_a_number_until_it_expires_and_then_holds_its_place(sign_in, monkeypatch):
    number()
    lesson = LessonPage.objects.get(code="M01.L1", locale__language_code="en")
    block = next(one for one in lesson.body.raw_data if one["type"] == "fact")
    block["value"]["fact"] = "P1"
    lesson.save_revision().publish()
    client = sign_in(EnrolmentFactory().person)
    shown = {}
    for on in (date(2027, 2, 22), date(2027, 2, 23)):
        monkeypatch.setattr(timezone, "localdate", lambda *given, on=on: on)
        shown[on] = client.get(address("M01.L1")).content.decode()
    before, after = shown.values()
    assert ("tel:01234" in before, "01 234" in before) == (True, True)
    assert ("tel:01234" in after, "01 234" in after, "The number is being checked" in after) == (False, False, True)


def test_a_former_number_is_found_by_nobody_but_who_confirms_numbers(sign_in):
    change(number(), telephone="01 999")
    assert "01 234" not in entry(sign_in(PersonFactory()), "P1").text
    assert "01 234" in entry(sign_in(PersonFactory(editor=True)), "P1").text


@pytest.mark.parametrize(
    "new", ["kind: telephone}", 'kind: telephone, telephone: "1"}', 'telephone: "1", owner: Somebody}']
)
def test_a_file_says_a_number_with_its_owner_or_none(new, tmp_path):
    root = copied(tmp_path)
    edit(root, "facts.yaml", "checked_on: 2026-11-24}", f"checked_on: 2026-11-24, {new}")
    text = "R5: 'telephone' and 'owner' belong to a fact of the kind telephone, which needs both"
    assert ("facts.yaml", 1, text) in problems(root)


# --- The entry ----------------------------------------------------------------------------------------------------------------


def test_an_entry_says_its_version_source_day_reviewer_and_next_check(fact, sign_in):
    change(fact, recheck_on=date(2027, 11, 24), valid_from=date(2003, 12, 25), **LAWYER)
    lines = {words(row.dt): words(row.dd) for row in entry(sign_in(PersonFactory()), "R7").find("dl").find_all("div")}
    assert lines == {
        "Version": str(FactVersion.objects.filter(code="R7").count()),
        "In force since": "25 December 2003",
        "Source": fact.sources,
        "Checked on": "24 November 2026",
        "Confirmed by": "U Hla, lawyer",
        "To be checked again by": "24 November 2027",
    }


def test_what_waits_says_what_is_missing_and_who_confirms_it(fact, sign_in):
    change(fact, flags="LP")
    page = entry(sign_in(PersonFactory()), "R7")
    assert words(page.find(class_="pending")) == (
        "Waits for review This waits for a lawyer qualified in Myanmar, the partner agency and is not shown before. "
        "Your instructor will give you the text in force."
    )
    assert fact.text not in page.text


def test_a_lesson_leads_to_the_entry_and_the_entry_to_the_lesson(fact, sign_in):
    client = sign_in(EnrolmentFactory().person)
    client.cookies["lang"] = "en"
    assert 'href="/learn/law/R7/"' in client.get(address("M01.L1")).content.decode()
    assert address("M01.L1") in [link["href"] for link in entry(client, "R7").find(id="lessons").find_all("a")]


def test_a_lesson_of_another_agency_s_course_is_not_named(fact, sign_in):
    CoursePage.objects.filter(code="C1").update(audience=["immigration"])
    ContentVersion.advance()
    stranger = PersonFactory(unit=UnitFactory(agency="police"))
    assert entry(sign_in(stranger), "R7").find(id="lessons").find("a") is None


@pytest.mark.parametrize("role", [{}, {"editor": True}])
@pytest.mark.parametrize("values", [{"kind": "statement"}, {"status": "withdrawn"}, {}])
def test_only_entries_of_the_library_are_there_for_everybody(values, role, fact, sign_in):
    change(fact, **values)
    is_there = not values or bool(role)
    assert sign_in(PersonFactory(**role)).get("/learn/law/R7/").status_code == (200 if is_there else 404)


# --- Daily -----------------------------------------------------------------------------------------------------------------


def test_the_desk_and_the_doctor_say_what_is_past_its_day(fact, sign_in, client):
    change(fact, checked_on=date(2020, 1, 1), recheck_on=date(2021, 1, 1))
    client.cookies["lang"] = "en"
    assert (
        "1 fact is past its day or is to be checked soon."
        in sign_in(PersonFactory(editor=True)).get("/learn/").content.decode()
    )
    (found,) = [one for one in examine() if one.check == "facts to check"]
    assert ("1 facts are past the day" in found.sentence, found.is_fault) == (True, False)


def test_who_edits_or_confirms_facts_is_written_to_once(fact, settings, mailoutbox):
    settings.MAIL = True
    for person in (PersonFactory(editor=True, language="en"), PersonFactory(language="en")):
        Contact.objects.create(person=person, email=f"{person.pk}@example.org")
    at = timezone.make_aware(datetime(2027, 1, 2, 9))
    change(fact, recheck_on=date(2027, 1, 1))
    assert (tell(at), len(mailoutbox)) == ("1 past their day, 0 soon, 1 written to", 1)
    assert tell(at).endswith(" 0 written to")
    assert tell(at + timedelta(days=3)).endswith(" 0 written to")
    assert "1 fact of the courses is past its day" in mailoutbox[0].body


# --- What is shipped -------------------------------------------------------------------------------------------------------


def test_everything_of_the_library_and_everything_that_waits_has_a_name_in_both_languages():
    facts, burmese = shipped().facts.values(), shipped().translations["my"]
    named = [one for one in facts if one.kind != "statement" or {"L", "P"} & set(one.flags) or one.confidence == "C"]
    assert [one.id for one in named if not one.title] == []
    assert [one.id for one in named if one.title not in burmese or one.text not in burmese] == []


def test_no_number_of_myanmar_is_shipped_and_none_is_shown():
    numbers = [one for one in shipped().facts.values() if one.kind == "telephone"]
    assert [(one.telephone, one.jurisdiction, one.status, one.flags) for one in numbers] == [
        ("1300", "thailand", "draft", ["P"])
    ]


def test_every_record_of_the_curriculum_is_there():
    wanted = {*(f"N{n}" for n in range(1, 12)), *(f"B{n}" for n in range(1, 8)), *(f"X{n}" for n in range(1, 10)), *(f"R{n}" for n in range(1, 11)), *(f"D{n}" for n in range(1, 12))}  # fmt: skip
    assert wanted - shipped().facts.keys() == set()


def test_the_constraints_need_nothing_of_the_framework():
    """SQLite takes no function of Django's into a constraint, as anybody may open the file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'content_fact'")
            assert "django_" not in cursor.fetchone()[0]
