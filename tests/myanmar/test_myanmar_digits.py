from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myanmar.digits import format_number, number_in_words, to_ascii_digits, to_myanmar_digits


def test_digits_of_both_kinds_become_ascii_and_the_rest_stays():
    assert to_ascii_digits("၀၁၂၃၄၅၆၇၈၉ ႐႑႙ 7 ဝ၎") == "0123456789 019 7 ဝ၎"


def test_ascii_digits_become_myanmar_ones():
    assert to_myanmar_digits("M16: 2026") == "M၁၆: ၂၀၂၆"
    assert to_myanmar_digits(1234) == "၁၂၃၄"


@given(st.integers())
def test_a_whole_number_survives_the_way_there_and_back(number):
    assert int(to_ascii_digits(to_myanmar_digits(number))) == number


@pytest.mark.parametrize(
    ("number", "places", "printed"),
    [
        (0, None, "0"),
        (-1234567, None, "-1,234,567"),
        (Decimal("1234567.891"), None, "1,234,567.891"),
        (Decimal("1E+3"), None, "1,000"),
        (0.1, None, "0.1"),
        (72.5, 0, "73"),
        (2.5, 0, "3"),
        (Decimal("0.125"), 2, "0.13"),
        (-0.004, 2, "0.00"),
        (5, 2, "5.00"),
        (Decimal("999.995"), 2, "1,000.00"),
        (10**40, 1, "10" + ",000" * 13 + ".0"),
    ],
)
def test_a_number_is_printed_with_commas_and_rounded_half_up(number, places, printed):
    assert format_number(number, places, digits="latn") == printed
    assert format_number(number, places) == to_myanmar_digits(printed)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("-Infinity")])
def test_what_is_no_finite_number_is_refused(number):
    with pytest.raises(ValueError, match="finite"):
        format_number(number)


def test_negative_places_are_refused():
    with pytest.raises(ValueError, match="places"):
        format_number(1, -1)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12), st.integers(0, 6))
def test_a_printed_number_is_within_half_a_unit_of_its_last_place(number, places):
    printed = Decimal(format_number(number, places, digits="latn").replace(",", ""))
    assert abs(printed - number) <= Decimal(1).scaleb(-places) / 2


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, ("သုည",)),
        (1, ("တစ်",)),
        (7, ("ခုနစ်", "ခုနှစ်")),
        (10, ("ဆယ်", "တစ်ဆယ်")),
        (12, ("ဆယ့်နှစ်", "တစ်ဆယ့်နှစ်")),
        (20, ("နှစ်ဆယ်",)),
        (32, ("သုံးဆယ့်နှစ်",)),
        (300, ("သုံးရာ",)),
        (2_000_000, ("နှစ်သန်း",)),
        (101, ()),
        (-1, ()),
    ],
)
def test_a_number_is_known_in_the_words_of_burmese_texts(number, words):
    assert number_in_words(number) == words
