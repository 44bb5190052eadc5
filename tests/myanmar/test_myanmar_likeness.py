"""How alike names are to a Burmese reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myanmar.likeness import closest, likeness, sound_key

PLACES = ["ရန်ကုန်လေဆိပ်", "မန္တလေးလေဆိပ်", "မူဆယ်စခန်း", "တာချီလိတ်စခန်း", "Yangon airport", "Muse post", "IMM-P1"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ရန်ကုံလေဆိပ်", "ရန်ကုန်လေဆိပ်"),  # ံ for န်: one sound
        ("ရန်ကုန် လေဆိပ်", "ရန်ကုန်လေဆိပ်"),
        ("မူဆည်စခန်း", "မူဆယ်စခန်း"),
        ("yangon  Airport", "Yangon airport"),
        ("Yangn airprt", "Yangon airport"),
        ("imm-p1", "IMM-P1"),
    ],
)
def test_the_likest_is_what_was_meant(typed, meant):
    assert closest(typed, PLACES)[0] == meant


@pytest.mark.parametrize("typed", ["ဟုမ္မလင်း", "zzzz", "", "၊။"])
def test_nothing_is_offered_that_nobody_meant(typed):
    assert closest(typed, PLACES) == []


def test_no_more_are_offered_than_asked_and_none_twice():
    names = [f"Post {n}" for n in range(9)] * 2
    assert len(closest("Post 1", names)) == len(set(closest("Post 1", names))) == 3
    assert closest("Post 1", names, n=1) == ["Post 1"]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("ဒေါ်ခင်မာလာ", "မခင်မာလာ", True),
        ("ခင်မာ လာ", "ခင်မာလာ", True),
        ("Daw Khin Mar", "daw  khin mar", True),
        ("ဒေါ်ခင်မာလာ", "ဒေါ်ခင်မာဝင်း", False),
        ("မောင်မောင်", "မောင်", False),
    ],
)
def test_two_people_may_have_one_name(one, other, is_same):
    assert (sound_key(one) == sound_key(other)) == is_same


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share(one, other):
    assert 0 <= likeness(one, other) <= 1


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=20))
def test_a_text_is_most_like_itself(text):
    assert likeness(text, text) in (0, 1)
    assert likeness(text, text) == 0 or closest(text, [*PLACES, text])[0] == text
