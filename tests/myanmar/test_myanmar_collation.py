import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myanmar import collation
from myanmar.collation import name_sort_key, sort_key
from myanmar.text import normalise

# The dictionary's order (reference 4.4 and appendix B), each list as it must come out.
ORDERS = [
    "က ကာ ကား ကိ ကု ကေ ကဲ ကော ကော် ကံ ကို ကက် ကင် ကျ ကြ ကွ ခ",
    "က ခ ဂ ဃ င စ ဆ ဇ ဈ ဉ ည ဋ ဌ ဍ ဎ ဏ တ ထ ဒ ဓ န ပ ဖ ဗ ဘ မ ယ ရ လ ဝ သ ဟ ဠ အ",
    "က ကာ ကိ ကီ ကု ကူ ကေ ကဲ ကော ကော် ကံ ကို",
    "ကက် ကာက် ကိက် ကုက် ကေက် ကောက် ကိုက် ကခ်",
    "ကိုမ် ကုံ ကယ်",
    "ကျ ကြ ကွ ကှ ကျွ ကြွ ကျှ ကြှ ကွှ",
    "ကေ ကေ့ ကေး ကဲ",
    "ကောင် ကောင့် ကောင်း ကိုင် ကိုင့် ကိုင်း ကစ်",  # where CLDR itself fails
    "၁ ၁၀ ၂ ၉ a က",
    "၊ ။ ၀ A b က",
    "ဩဂုတ် အောင်",
]


@pytest.mark.parametrize("order", ORDERS)
def test_words_come_in_dictionary_order(order):
    keys = [sort_key(word) for word in order.split()]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ဣ", "အိ"),
        ("ဤ", "အီ"),
        ("ဥ", "အု"),
        ("ဦး", "အူး"),
        ("ဧ", "အေ"),
        ("ဩ", "အော"),
        ("ဪ", "အော်"),
        ("ဿ", "သ္သ"),
        ("ပါ", "ပာ"),
        ("ယောက်ျား", "ယောက်ကျား"),
        ("ကျွန်ုပ်", "ကျွန်နုပ်"),
        ("လက်ျာ", "လက်ယာ"),
        ("၎င်း", "လည်းကောင်း"),
        ("၌", "နှိုက်"),
        ("၍", "ရွေ့"),
        ("၏", "အိ"),
        ("သတ္တ", "သတ်တ"),
        ("အင်္ဂါ", "အင်ဂါ"),
        ("၁၂", "12"),
        ("VISA", "visa"),
        ("\u1000\u1004\u103a\u1037", "\u1000\u1004\u1037\u103a"),
    ],
)
def test_what_the_dictionary_spells_out_sorts_as_that(one, other):
    assert sort_key(one) == sort_key(other)


@given(st.text(max_size=30))
def test_a_key_is_base_36_in_units_of_two(text):
    assert re.fullmatch("(?:[0-9a-z]{2})*", sort_key(text))


@given(st.text(max_size=12))
def test_a_key_does_not_depend_on_how_the_text_was_typed(text):
    assert sort_key(text) == sort_key(normalise(text))


@given(st.text("ကခတနမ ", max_size=8), st.text("ကခတနမ ", max_size=8))
def test_bare_consonants_and_spaces_sort_letter_by_letter(one, other):
    assert (sort_key(one) < sort_key(other)) == (one < other)


def test_every_unit_has_a_rank_of_its_own():
    codes = list(collation._CODES.values())
    assert codes == sorted(set(codes))
    assert not any(code.startswith("z") for code in codes)


def test_an_unknown_sign_sorts_last_by_code_point():
    keys = [sort_key(sign) for sign in ("အ", "é", "ၵ", "日", "\U0001f600")]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("name", "sorted_as"),
    [
        ("ဦးအောင်", "အောင်"),
        ("ဦး အောင်", "အောင်"),
        ("\u1025\u102e\u1038အောင်", "အောင်"),
        ("ဒေါ်ခင်", "ခင်"),
        ("ဒေါက်တာဦးမြ", "မြ"),
        ("ဆရာမခင်", "ခင်"),
        ("ဆရာလှ", "လှ"),
        ("ကိုအောင်", "အောင်"),
        ("မမြ", "မြ"),
        ("မောင်အောင်", "အောင်"),
        ("ဦးကိုလေး", "ကိုလေး"),
        ("ဦးမောင်မောင်", "မောင်မောင်"),
        ("မောင်မောင်", "မောင်မောင်"),
        ("ကို ကို", "ကို ကို"),
        ("မမ", "မမ"),
        ("မ", "မ"),
        ("ဦး", "ဦး"),
        ("မြင့်", "မြင့်"),
        ("မန်းစိုင်း", "မန်းစိုင်း"),
        ("ကိုယ်", "ကိုယ်"),
        ("နော်ဖော", "နော်ဖော"),
        ("စိုင်းလုံ", "စိုင်းလုံ"),
        ("Aung Min", "Aung Min"),
    ],
)
def test_a_name_sorts_without_its_honorific(name, sorted_as):
    assert name_sort_key(name) == sort_key(sorted_as)


def test_ten_thousand_names_sort_with_one_key_each(monkeypatch):
    made = []
    key = collation.sort_key
    monkeypatch.setattr(collation, "sort_key", lambda text: made.append(1) or key(text))
    parts = ["အောင်", "ကျော်", "ခင်", "စိုး", "ထွန်း", "နိုင်", "မြင့်", "ရွှေ", "လှ", "ဝင်း"]
    names = ["ဦး" + "".join(four) for four in itertools.product(parts, repeat=4)]
    ordered = sorted(names, key=name_sort_key)
    assert len(made) == len(names) == 10_000
    assert ordered[0] == "ဦး" + "ကျော်" * 4
    assert ordered[-1] == "ဦး" + "အောင်" * 4
