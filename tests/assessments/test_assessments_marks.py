"""Errors marked in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale

from assessments import kinds
from assessments.models import Item
from tests.assessments import asking
from tests.assessments.asked import MARKS, changed
from tests.assessments.asking import key_of, problems_of, texts_of
from tests.translating import translate

KEY = key_of("marks", MARKS)


@given(st.lists(st.sampled_from("abc"), unique=True))
def test_marks_can_be_sent_and_earn_a_share(marked):
    response = kinds.read("marks", marked)
    assert kinds.is_response("marks", KEY, response)
    assert kinds.read("marks", response) == response
    score = kinds.score("marks", KEY, response)
    assert (0 <= score <= 1, score == 1) == (True, set(marked) == {"a", "c"})


def test_the_text_is_cut_at_its_parts_and_loses_nothing():
    text = "One [[a|two]].\n\n[[b|Three]] [[c|four]]\nfive"
    page = kinds.KINDS["marks"].question(KEY, texts_of("marks", changed(MARKS, "text", to=text)), [], ["b"])
    told = [[(one["id"], one["text"], one["is_chosen"]) for one in paragraph] for paragraph in page["paragraphs"]]
    assert told == [
        [("", "One ", False), ("a", "two", False), ("", ".", False)],
        [("b", "Three", True), ("", " ", False), ("c", "four", False), ("", "\nfive", False)],
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[a|x]] [[b|y]] [[b|y]] [[c|z]]", "Write each part in the text exactly once as [[id|words]], and list it below: b."),
        ("[[a|x]] [[b|y]] [[c|z]] [[d|z]]", "Write each part in the text exactly once as [[id|words]], and list it below: d."),
        ("[[a|x]] [[b|y]] [[c|z]] [[d]]", "Square brackets are left over in the text. Write each part as [[id|words]]."),
    ],
)  # fmt: skip
def test_a_text_that_does_not_fit_its_parts_is_a_fault(text, said):
    assert problems_of("marks", changed(MARKS, "text", to=text)) == [said]


def test_a_text_without_an_error_or_with_nothing_else_is_a_fault():
    said = "Mark at least one part as an error and leave at least one without."
    for wrong in (True, False):
        parts = [part | {"wrong": wrong} for part in MARKS["parts"]]
        assert problems_of("marks", changed(MARKS, "parts", to=parts)) == [said]


def test_it_is_found_by_its_words_and_not_by_its_brackets():
    assert "We met the victims and asked" in kinds.KINDS["marks"].wording(texts_of("marks", MARKS))


def test_it_is_asked_in_translation_with_the_parts_in_their_own_place(db):
    made = asking.item("marks", MARKS)
    translate(made)
    burmese = Item.objects.get(code=made.code, locale=Locale.objects.get(language_code="my"))
    assert burmese.texts()["text"] == f"မြန်မာ {MARKS['text']}"
    assert burmese.key() == made.key()
