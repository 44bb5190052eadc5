"""How alike two questions are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.likeness import ALIKE, Asked, likeness
from tests.content.authoring import shipped

TEXTS = st.lists(st.sampled_from(["the", "boat", "river", "ကလေး", "မြန်မာ", "၊", "?", "12"]), max_size=12).map(" ".join)


@given(TEXTS, TEXTS)
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


@given(TEXTS.filter(lambda text: any(c.isalnum() for c in text)))
def test_a_question_is_like_itself_however_it_is_spaced_and_signed(text):
    assert likeness(text, f"  {text.upper()} !") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "A man asks you at the gate for shelter. What do you do first?",
            "A man asks you at the door for shelter. What do you do first?",
        ),
        ("ကလေးတစ်ဦးကို နယ်စပ်တွင် တွေ့လျှင် ဘာလုပ်မည်နည်း။", "ကလေးတစ်ဦးကို ဂိတ်တွင် တွေ့လျှင် ဘာလုပ်မည်နည်း"),
    ],
)
def test_one_changed_word_leaves_a_question_almost_the_same(one, other):
    assert likeness(one, other) >= ALIKE


def read(value: object) -> list[str]:
    """What people read in the parts of an authored question."""
    if isinstance(value, dict):
        return [
            text
            for name, part in value.items()
            if name in ("text", "says") or not isinstance(part, str)
            for text in read(part)
        ]
    if isinstance(value, list):
        return [text for part in value for text in read(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("language", ["en", "my"])
def test_no_two_questions_of_a_shipped_module_are_taken_for_the_same(language):
    """With their options: “Match them” is asked of many things. Sums and places in one drawing are told apart by a word or a number."""
    words = shipped().translations["my"] if language == "my" else {}
    compared = 0
    for module in (module for course in shipped().courses for module in course.modules):
        items = [item for item in module.items if item.kind not in ("specimen", "numeric", "hotspot")]
        parts = {
            item.code: [*item.stem, *(one.text for one in item.options), *read(item.question or {})] for item in items
        }
        if language == "my":
            parts = {
                code: [words[one] for one in texts]
                for code, texts in parts.items()
                if all(one in words for one in texts)
            }
        whole = {code: "\n".join(texts) for code, texts in parts.items()}
        known = Asked()  # reads each once, not once for each pair
        for code, text in whole.items():
            known.add(code, text)
        alike = [(code, other) for code in whole for other, share in known.like(whole[code], but=code) if share >= 0.7]
        assert alike == []
        compared += len(whole)
    assert compared > {"en": 500, "my": 150}[language]


@given(st.lists(TEXTS, max_size=5), TEXTS)
def test_the_bank_finds_what_likeness_finds(known, asked):
    stems = Asked()
    for place, text in enumerate(["another one", *known]):
        stems.add(str(place), text)
    stems.add("0", known[0] if known else "")
    texts = [known[0] if known else "", *known]
    expected = {str(n): likeness(asked, text) for n, text in enumerate(texts) if likeness(asked, text) >= ALIKE}
    assert dict(stems.like(asked)) == pytest.approx(expected)
