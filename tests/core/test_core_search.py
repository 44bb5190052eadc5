"""Wagtail's search in Burmese and English: what is found among real paragraphs, on either database."""

import random
import re
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend
from wagtail.search.index import AutocompleteField, SearchField, get_indexed_models
from wagtail.search.query import MATCH_ALL, And, Boost, Not, Or, Phrase, PlainText

from content.models import GlossaryTerm
from core.search import BurmeseAutocompleteField, BurmeseSearchField, matching
from myanmar.search import Prepared, Query
from myanmar.text import SYLLABLE_START, normalise, syllables
from tests.factories import PersonFactory
from tests.myanmar.zawgyi import typed_plainly

pytestmark = pytest.mark.django_db

CURRICULUM = settings.BASE_DIR / "content/curriculum"
DECLARATION = Path(__file__).parent.parent / "myanmar/data/udhr_my.txt"


@cache
def paragraphs() -> dict[str, str]:
    """Code -> text: the paragraphs of the Declaration of Human Rights and of the first course, in Burmese.

    More than a thousand tell how well is found; all courses would say the same in a multiple of the time.
    """
    texts = [line for line in DECLARATION.read_text("utf-8").splitlines() if line]
    for file in sorted(CURRICULUM.glob("C1/M*/my.po")):
        texts += [entry.msgstr for entry in polib.pofile(str(file)) if len(entry.msgstr) > 60]
    return {f"d{number}": normalise(text) for number, text in enumerate(dict.fromkeys(texts))}


@cache
def english() -> dict[str, str]:
    """The same of the English that the lessons were written in."""
    texts = [
        entry.msgid
        for file in sorted(CURRICULUM.glob("C1/M*/my.po"))
        for entry in polib.pofile(str(file))
        if len(entry.msgid) > 40
    ]
    return {f"e{number}": text for number, text in enumerate(dict.fromkeys(texts))}


def store(texts: dict[str, str], language: str) -> None:
    """The texts as definitions of terms, indexed."""
    locale = Locale.objects.get(language_code=language)
    rows = [
        GlossaryTerm(code=code, term="-", sort_key="", definition=text, locale=locale) for code, text in texts.items()
    ]
    get_search_backend().add_bulk(GlossaryTerm, GlossaryTerm.objects.bulk_create(rows))


def found(query, **kwargs) -> set[str]:
    """Codes of the terms that Wagtail's search finds."""
    return {row.code for row in get_search_backend().search(query, GlossaryTerm.objects.all(), **kwargs)}


def answering(text: str) -> set[str]:
    """Codes of the terms that the search page would show as true hits."""
    query = Query(text)
    grades = {row.code: query.grade(Prepared(row.definition)) for row in matching(GlossaryTerm.objects.all(), text)}
    return {code for code, grade in grades.items() if grade is not None and not grade.is_similar}


def phrases(length: int, n: int) -> list[str]:
    """Phrases of so many syllables as they stand in the paragraphs, without white space, the same at every run."""
    chance = random.Random(length)
    picked: list[str] = []
    while len(picked) < n:
        units = syllables(chance.choice(sorted(paragraphs().values())))
        at = chance.randrange(max(1, len(units) - length))
        phrase = units[at : at + length]
        if len(phrase) == length and all(re.match("[\u1000-\u1021]", unit) for unit in phrase):
            picked.append("".join(phrase))
    return picked


def holding(phrase: str) -> set[str]:
    """Codes of the paragraphs that hold a phrase where syllables begin and end, wherever they have spaces."""
    pattern = re.compile(re.escape(phrase) + rf"(?={SYLLABLE_START}|[^\u1000-\u103f]|\Z)")
    return {
        code
        for code, text in paragraphs().items()
        if any(
            re.match(SYLLABLE_START, tight[match.start() :]) and tight[match.start() - 1 : match.start()] != "\u1039"
            for tight in ["".join(text.split())]
            for match in pattern.finditer(tight)
        )
    }


def measured(texts: list[str], finds) -> tuple[float, float]:
    """Mean precision and recall."""
    precision, recall = [], []
    for text in texts:
        wanted, got = holding(text), finds(text)
        precision.append(len(wanted & got) / len(got) if got else 1.0)
        recall.append(len(wanted & got) / len(wanted))
    return sum(precision) / len(texts), sum(recall) / len(texts)


def test_wagtails_search_finds_the_paragraphs_that_hold_a_phrase_and_few_others():
    assert len(paragraphs()) > 1000
    store(paragraphs(), "my")
    for length, n in ((1, 50), (2, 200), (3, 200), (5, 200)):  # fewer say more of the draw than of the search
        precision, recall = measured(phrases(length, n), found)
        assert (precision >= 0.94, recall >= 0.99) == (True, True), (length, precision, recall)


def test_the_search_page_finds_exactly_the_paragraphs_that_hold_a_phrase():
    store(paragraphs(), "my")
    for length in (1, 2, 3, 5):
        precision, recall = measured(phrases(length, 25), answering)
        assert (precision >= 0.99, recall >= 0.99) == (True, True), (length, precision, recall)


def test_a_query_typed_in_zawgyi_finds_what_its_unicode_finds():
    store(paragraphs(), "my")
    typed = {phrase: typed_plainly(phrase) for phrase in phrases(4, 40)}
    malformed = {phrase: zawgyi for phrase, zawgyi in typed.items() if zawgyi != phrase}
    assert len(malformed) > 25
    missed = {phrase: zawgyi for phrase, zawgyi in malformed.items() if not holding(phrase) <= found(zawgyi)}
    assert len(missed) <= 4


# --- English ---------------------------------------------------------------------------------------------------------


PARTS = ["smuggl", "traffick", "passport", "port", "ocument", "asylum", "exploit", "victim"]


def test_english_is_found_by_beginnings_and_parts_of_words():
    store(english(), "en")
    precision = []
    for part in PARTS:
        wanted = {code for code, text in english().items() if part in text.lower()}
        assert wanted
        assert answering(part) == wanted
        got = found(part)
        assert wanted <= got
        precision.append(len(wanted) / len(got))
    assert sum(precision) / len(PARTS) >= 0.9


def test_a_number_is_found_in_either_digits_and_no_other_number_is():
    store({"a": "ပုဒ်မ ၂၄ အရ", "b": "Section 24 says", "c": "ပုဒ်မ ၂၄၀", "d": "In 2024"}, "my")
    assert found("၂၄") == found("24") == {"a", "b"}
    assert answering("၂၀၂၄") == {"d"}


# --- Composed queries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("လူကုန်ကူး", "ab"),
        (PlainText("လူကုန်ကူး ကာကွယ်"), "a"),
        (PlainText("ရဲ ကာကွယ်", operator="or"), "ac"),
        (Phrase("လူကုန်ကူး"), "ab"),
        (And([PlainText("လူကုန်ကူး"), Not(PlainText("ကာကွယ်"))]), "b"),
        (And([PlainText("ရဲ"), PlainText("၊။")]), "c"),
        (Or([PlainText("ရဲ"), Boost(PlainText("ကာကွယ်"), 2)]), "ac"),
        (Or([PlainText("!"), PlainText("။")]), ""),
        (MATCH_ALL, "abc"),
        ("", ""),
        ("၊ ။", ""),
        ("ရဲ ။ !", "c"),
        ("\x00'\"*", ""),
    ],
    ids=str,
)
def test_composed_queries_find_what_they_say(query, codes):
    store({"a": "လူကုန်ကူးမှုမှ ကာကွယ်", "b": "လူကုန်ကူး။", "c": "ရဲတပ်ဖွဲ့"}, "my")
    assert "".join(sorted(code for code in found(query) if len(code) == 1)) == codes


# --- The index ---------------------------------------------------------------------------------------------------------


def test_every_text_that_wagtail_searches_is_searched_in_burmese():
    def lacking(fields, stock, burmese):
        named = {one.field_name for one in fields if isinstance(one, burmese)}
        return {one.field_name for one in fields if isinstance(one, stock)} - named

    for model in set(get_indexed_models()) - {Page}:
        fields = model.get_search_fields()
        assert lacking(fields, SearchField, BurmeseSearchField) == set(), model
        assert lacking(fields, AutocompleteField, BurmeseAutocompleteField) == set(), model


def test_the_index_follows_a_change_and_a_removal():
    term = GlossaryTerm.objects.create(code="z", term="ပတ်စပို့", locale=Locale.objects.get(language_code="my"))
    assert found("ပတ်စပို့") == {"z"}
    term.term = "ဗီဇာ"
    term.save()
    assert (found("ပတ်စပို့"), found("ဗီဇာ")) == (set(), {"z"})
    term.delete()
    assert found("ဗီဇာ") == set()


def test_what_came_in_behind_the_signals_is_indexed_by_update_index():
    locale = Locale.objects.get(language_code="my")
    GlossaryTerm.objects.bulk_create([GlossaryTerm(code="z", term="ထူးခြားသောစာ", sort_key="", locale=locale)])
    assert found("ထူးခြားသော") == set()
    call_command("update_index", verbosity=0)
    assert found("ထူးခြားသော") == {"z"}


def test_signing_in_does_not_write_to_the_index(django_assert_num_queries):
    person = PersonFactory()
    person.last_login = timezone.now()
    with django_assert_num_queries(1):
        person.save(update_fields=["last_login"])


# --- The admin's boxes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "typed", "shown"),
    [
        ("/admin/pages/search/", "သင်တ", "သင်တန်း"),
        ("/admin/pages/search/", "esson tw", "Lesson two of M01"),
        ("/admin/pages/search/", "M03", "Second module"),
        ("/admin/snippets/assessments/item/", "M01.O1-101", "MIG-M01.O1-101"),
        ("/admin/snippets/content/fact/", "border", "Borders are not outside human rights."),
        ("/admin/snippets/content/fact/", "r7", "Borders are not outside human rights."),
    ],
)
def test_the_admins_search_boxes_answer_in_burmese_and_english(place, typed, shown, sign_in):
    client = sign_in(PersonFactory(**{"assessor" if "item" in place else "editor": True}))
    pages = {query: client.get(place, {"q": query}).content.decode() for query in (typed, "အခြားစာ")}
    assert [shown in page and "/edit/" in page for page in pages.values()] == [True, False]
