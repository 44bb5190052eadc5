"""The glossary: the page, the list of editors, and terms found in texts."""

import gzip
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from content.glossary import Term, entries, glossary_terms, initial, missing, paired, terms_in
from content.models import GlossaryTerm, TranslationPublication
from courses.loading import load
from tests.content.authoring import shipped
from tests.factories import PersonFactory

PASSPORT = Term("passport", "passport", ("နိုင်ငံကူးလက်မှတ်",), "")
BORDER_PASS = Term("border-pass", "border pass", ("နယ်စပ်ဖြတ်ကျော်လက်မှတ်",), "")
TEMPORARY = Term("temporary-border-pass", "temporary border pass", ("ယာယီနယ်စပ်ဖြတ်ကျော်လက်မှတ်",), "")
VISA = Term("visa", "visa", ("ပြည်ဝင်ခွင့် (ဗီဇာ)",), "")
MIGRANTS = Term("migrants", "migrants (people on the move)", ("ရွှေ့ပြောင်းသွားလာသူများ",), "")
AGENCY = Term("agency", "employment agency", ("အလုပ်အကိုင်အေဂျင်စီ", "အကျိုးဆောင်"), "")
TERMS = [PASSPORT, BORDER_PASS, TEMPORARY, VISA, MIGRANTS, AGENCY]


# --- Terms in texts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Show the passport.", [PASSPORT]),
        ("Passports and visas, PASSPORT again", [PASSPORT, VISA]),
        ("visa first, then passport", [VISA, PASSPORT]),
        ("passporting advisable", []),
        ("a temporary border pass", [TEMPORARY]),
        ("a temporary border pass or a border pass", [TEMPORARY, BORDER_PASS]),
        ("border-passes", [BORDER_PASS]),
        ("at the border. Pass on", []),
        ("one migrant, many migrants", [MIGRANTS]),
        ("people on the move", []),
        ("employment agencies", [AGENCY]),
        ('the <b>border</b> <a id="a1">pass</a>', [BORDER_PASS]),
        ("the holder's passport’s page", [PASSPORT]),
        ("", []),
    ],
)
def test_terms_are_found_as_whole_words_in_every_number_and_never_inside_a_longer_one(text, found):
    assert terms_in(text, TERMS) == found


@pytest.mark.parametrize(
    ("source", "target", "lacking"),
    [
        ("Show the passport.", "နိုင်ငံကူးလက်မှတ်ကို ပြပါ။", []),
        ("Show the passport.", "နိုင်ငံ ကူး\u200bလက်မှတ်ကို ပြပါ။", []),
        ("Show the passport.", "နိုင်ငံကူးလက်မှ<b>တ်</b>ကို ပြပါ။", []),
        ("Show the passport.", "စာအုပ်ကို ပြပါ။", [PASSPORT]),
        ("Show the passport.", "", [PASSPORT]),
        ("Ask for the visa.", "ပြည်ဝင်ခွင့်ကို မေးပါ။", []),
        ("Ask for the visa.", "ပြည်ဝင်ခွင့် (ဗီဇာ) ကို မေးပါ။", []),
        ("Ask for the visa.", "ဗီဇာကို မေးပါ။", [VISA]),
        ("The employment agency", "အကျိုးဆောင်", []),
        ("The employment agency", "အလုပ်အကိုင် အေဂျင်စီ", []),
        ("Nothing of the glossary", "", []),
    ],
)
def test_a_term_is_missing_where_none_of_its_translations_stands(source, target, lacking):
    assert missing(source, target, TERMS) == lacking


@pytest.mark.parametrize(
    ("source", "target", "pairs"),
    [
        ("adult / minor", "က / ခ", [("adult", ("က",)), ("minor", ("ခ",))]),
        ("deception / fraud", "က", [("deception", ("က",)), ("fraud", ("က",))]),
        ("law", "က / ခ", [("law", ("က", "ခ"))]),
        ("entry/exit stamp", "က", [("entry/exit stamp", ("က",))]),
    ],
)
def test_alternatives_go_in_pairs_where_there_are_as_many_on_both_sides(source, target, pairs):
    assert [(term.source, term.targets) for term in paired("x", source, target)] == pairs


@pytest.mark.django_db
def test_the_terms_of_the_database_come_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = glossary_terms("my")
    assert {(term.code, term.source, term.targets, term.note) for term in found} == {
        ("border", "border (line)", ("နယ်စပ် (နယ်နိမိတ်)",), "Short and plain."),
        ("adult-minor", "adult", ("အရွယ်ရောက်ပြီးသူ",), ""),
        ("adult-minor", "minor", ("အရွယ်မရောက်သေးသူ",), ""),
        ("law", "law", ("ဥပဒေ",), ""),
    }
    assert glossary_terms("shn") == ()


# --- The page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def officer(client):
    client.force_login(PersonFactory())
    return client


def codes(response):
    """The terms on a page, in order."""
    return re.findall(r'<div id="([\w-]+)">', response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "order", "letters"),
    [("my", ["border", "adult-minor", "law"], ["န", "အ"]), ("en", ["adult-minor", "border", "law"], ["A", "B", "L"])],
)
def test_the_terms_stand_in_the_order_of_the_readers_language_under_their_letters(language, order, letters, officer):
    response = officer.get(f"/{language}/glossary/")
    assert codes(response) == order
    assert re.findall(r'<h2 id="letter-\d+">(.*?)</h2>', response.content.decode()) == letters
    assert re.findall(r'<a href="#letter-\d+">(.*?)</a>', response.content.decode()) == letters


@pytest.mark.django_db
def test_a_term_stands_beside_its_translation_with_its_definition(officer):
    html = officer.get("/my/glossary/").content.decode()
    assert '<dt>နယ်စပ် (နယ်နိမိတ်) <span class="code">(' in html
    assert '<dd class="source"><span lang="en">border (line)</span></dd>' in html
    assert "<dd>နိုင်ငံနှစ်နိုင်ငံ ဆုံရာနေရာ။</dd>" in html
    html = officer.get("/en/glossary/").content.decode()
    assert "<dt>border (line)</dt>" in html
    assert '<dd class="source"><span lang="my">နယ်စပ် (နယ်နိမိတ်)</span> <span class="code">(draft)</span></dd>' in html
    assert "<dd>Where two countries meet.</dd>" in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["border", "adult-minor", "law"]),
        ("နယ် စပ်", ["border"]),
        ("BORDER", ["border"]),
        ("ဆုံရာ", ["border"]),
        ("ဥပေဒ", []),
        ("ဥပ\u200bဒေ", ["law"]),
        ("ဥပေဒဥပေဒ", []),
        ("passport", []),
        ("<script>alert(1)</script>", []),
    ],
)
def test_the_filter_finds_terms_in_both_languages_and_in_definitions(query, found, officer):
    response = officer.get("/my/glossary/", {"q": query})
    assert codes(response) == found
    assert "<script>alert" not in response.content.decode()


def publish(code, *, is_reviewed):
    term = GlossaryTerm.objects.get(code=code, locale__language_code="en")
    TranslationPublication.objects.create(
        translation_key=term.translation_key, locale=Locale.objects.get(language_code="my"), source_sha256="0" * 64,
        texts=[], is_reviewed=is_reviewed, published_at=timezone.now())  # fmt: skip


@pytest.mark.django_db
def test_a_translation_is_a_draft_until_what_went_live_last_was_reviewed():
    def drafts():
        return {one.code for one in entries("my") if one.term.is_draft}

    assert drafts() == {"border", "adult-minor", "law"}
    publish("law", is_reviewed=True)
    publish("border", is_reviewed=False)
    assert drafts() == {"border", "adult-minor"}
    publish("law", is_reviewed=False)
    assert drafts() == {"border", "adult-minor", "law"}
    assert {one.term.is_draft for one in entries("en")} == {False}


@pytest.mark.django_db
def test_a_term_without_a_translation_stands_under_its_english_one():
    GlossaryTerm.objects.filter(code="law", locale__language_code="my").delete()
    law = next(one for one in entries("my") if one.code == "law")
    assert (law.term.text, law.term.language, law.term.is_draft, law.other) == ("law", "en", False, None)


@pytest.mark.django_db
def test_the_page_of_the_shipped_glossary_is_small_and_takes_as_many_queries_as_one_of_three_terms(officer):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            response = officer.get("/my/glossary/")
        return len(captured), response

    cost()
    small, _response = cost()
    load(replace(shipped(), courses=[], facts={}), at=timezone.now())
    cost()
    large, response = cost()
    assert set(codes(response)) == {*shipped().terms, "border"}
    assert large == small <= 6
    assert len(gzip.compress(response.content)) < 20_000


@pytest.mark.parametrize(
    ("text", "letter"),
    [("ဥပဒေ", "အ"), ("ကလေး", "က"), ("နယ်စပ်", "န"), ("passport", "P"), ("ဦးစီး", "အ"), ("(က)", "က"), ("", "")],
)
def test_the_letter_of_a_term_is_its_first_consonant_or_latin_letter(text, letter):
    assert initial(text) == letter


# --- Editors ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_editor_finds_each_term_beside_its_translation(sign_in):
    client = sign_in(PersonFactory(editor=True))
    html = client.get("/admin/snippets/content/glossaryterm/?locale=en").content.decode()
    found = re.findall(r"border \(line\)|နယ်စပ် \(နယ်နိမိတ်\)", html)
    assert list(dict.fromkeys(found)) == ["border (line)", "နယ်စပ် (နယ်နိမိတ်)"]
