"""Holders are nobody, and anybody: every value of every attribute is as likely as the others."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specimens import holders, mrz
from specimens.chance import Chance
from tests.specimens.independence import p_value

TODAY, LATEST = date(2026, 3, 7), date(2027, 6, 19)
TOWNS = ("REEDHAVEN", "LUMEN", "SALTWICK")
MANY = [holders.holder(Chance(seed, "holder"), today=TODAY, towns=TOWNS) for seed in range(4000)]
VALUES = {
    "sex": holders.SEXES,
    "band": tuple(range(len(holders.BANDS))),
    "tone": tuple(range(holders.TONES)),
    "dress": tuple(range(holders.DRESSES)),
    "family": tuple(holders.FAMILIES),
    "birthplace": TOWNS,
}


@pytest.mark.parametrize("attribute", VALUES)
def test_every_value_of_an_attribute_is_as_likely_as_the_others(attribute):
    values = VALUES[attribute]
    counts = Counter(getattr(one, attribute) for one in MANY)
    assert set(counts) == set(values)
    assert p_value({True: counts, False: Counter(dict.fromkeys(values, 100 * len(MANY)))}) > 0.001


@pytest.mark.parametrize(
    ("one", "other"), [("sex", "tone"), ("sex", "family"), ("band", "dress"), ("tone", "family"), ("dress", "sex")]
)
def test_an_attribute_says_nothing_about_another(one, other):
    table: dict[object, Counter] = {}
    for who in MANY:
        table.setdefault(getattr(who, one), Counter())[getattr(who, other)] += 1
    pairs = list(table)
    assert all(p_value({True: table[a], False: table[b]}) > 0.0005 for a in pairs for b in pairs if a != b)


@given(st.integers(0, 100_000), st.dates(date(2025, 1, 1), LATEST))
def test_a_holder_was_born_from_1945_to_2020_and_is_as_old_as_the_band_says(seed, today):
    who = holders.holder(Chance(seed, "holder"), today=today, towns=TOWNS)
    low, high = holders.BANDS[who.band]
    age = today.year - who.birth.year - ((today.month, today.day) < (who.birth.month, who.birth.day))
    assert 1945 <= who.birth.year <= 2020
    assert low <= age <= high


@given(st.integers(0, 100_000))
def test_a_name_can_be_written_in_every_zone(seed):
    chance = Chance(seed, "holder")
    who = holders.holder(chance, today=TODAY, towns=TOWNS)
    for primary, secondary in ((who.primary, who.secondary), holders.long_name(who.family, chance)):
        for length in (30, 31, 39):
            assert len(mrz.name_field(primary, secondary, length)) == length


def test_some_names_have_marks_and_some_have_two_given_names():
    assert 0.1 < sum(not one.primary.isascii() for one in MANY) / len(MANY) < 0.4
    assert 0.3 < sum(" " in one.secondary for one in MANY) / len(MANY) < 0.6


def test_a_long_name_is_cut_in_the_zone_of_a_passport():
    for seed in range(50):
        primary, secondary = holders.long_name("river", Chance(seed))
        assert len(primary) + 2 + len(secondary) > 39
        assert mrz.name_field(primary, secondary, 39)[-1].isalpha()


def test_the_same_chance_gives_the_same_holder():
    assert MANY[7] == holders.holder(Chance(7, "holder"), today=TODAY, towns=TOWNS)
