"""How alike two questions are."""

from itertools import combinations

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


@pytest.mark.parametrize("language", ["en", "my"])
def test_no_two_questions_of_the_shipped_bank_are_taken_for_the_same(language):
    curriculum = shipped()
    words = curriculum.translations["my"] if language == "my" else {}
    items = [item for course in curriculum.courses for module in course.modules for item in module.items]
    stems = ["\n\n".join(words.get(part, part) for part in item.stem) for item in items]
    assert len(stems) == 68
    assert max(likeness(one, other) for one, other in combinations(stems, 2)) < ALIKE / 2


@given(st.lists(TEXTS, max_size=5), TEXTS)
def test_the_bank_finds_what_likeness_finds(known, asked):
    stems = Asked()
    for place, text in enumerate(["another one", *known]):
        stems.add(str(place), text)
    stems.add("0", known[0] if known else "")
    texts = [known[0] if known else "", *known]
    expected = {str(n): likeness(asked, text) for n, text in enumerate(texts) if likeness(asked, text) >= ALIKE}
    assert dict(stems.like(asked)) == pytest.approx(expected)
