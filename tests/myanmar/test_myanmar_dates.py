import contextlib
import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myanmar.dates import (
    MONTHS,
    DateError,
    MyanmarDate,
    format_date,
    format_duration_minutes,
    format_myanmar_date,
    myanmar_date,
    myanmar_year,
    parse_date,
    weekday_name,
)

DAY = date(2024, 4, 7)

# Public holidays 2020-2025 as announced by the government and its embassies (evisa.moip.gov.mm, myanmarembassy.sg),
# as collected in the tests of the package "holidays", except where a comment names another source.
FULL_MOONS = {
    12: "2017-03-12 2020-03-08 2021-03-27 2022-03-16 2023-03-05 2024-03-24 2025-03-13",  # Tabaung
    2: "2017-05-10 2020-05-06 2021-05-25 2022-05-14 2023-05-03 2024-05-22 2025-05-11",  # Kason
    4: "2017-07-08 2021-07-23 2022-07-12 2023-08-01 2024-07-20 2025-07-09",  # Waso, the second in 2023
    7: "2017-10-05 2020-10-31 2021-10-20 2022-10-09 2023-10-29 2024-10-17 2025-10-06",  # Thadingyut
    8: "2017-11-03 2020-11-29 2021-11-18 2022-11-07 2023-11-27 2024-11-15 2025-11-04",  # Tazaungmon
}  # 2017: two independent lists of that year's gazetted holidays agree
# National Day is the tenth waning day of Tazaungmon: the students' strike of 5 December 1920 and its anniversaries.
NATIONAL_DAYS = "1920-12-05 2017-11-13 2020-12-09 2021-11-28 2022-11-17 2023-12-07 2024-11-25 2025-11-14"
# Karen New Year is the first waxing day of Pyatho.
KAREN_NEW_YEARS = "2017-12-18 2019-01-06 2019-12-26 2021-01-13 2022-01-02 2022-12-22 2024-01-11 2024-12-30 2025-12-19"
NEW_YEARS = {2017: 1379, 2020: 1382, 2021: 1383, 2022: 1384, 2023: 1385, 2024: 1386, 2025: 1387}


def iso(dates):
    return [date.fromisoformat(day) for day in dates.split()]


@pytest.mark.parametrize(("month", "day"), [(month, day) for month, days in FULL_MOONS.items() for day in iso(days)])
def test_a_published_full_moon_is_the_fifteenth_of_its_month(month, day):
    found = myanmar_date(day)
    assert (found.month, found.day, found.phase) == (month, 15, "full")


@pytest.mark.parametrize("day", iso(NATIONAL_DAYS))
def test_national_day_is_the_tenth_waning_day_of_tazaungmon(day):
    found = myanmar_date(day)
    assert (found.month, found.phase, found.fortnight_day) == (8, "waning", 10)


@pytest.mark.parametrize("day", iso(KAREN_NEW_YEARS))
def test_karen_new_year_is_the_first_day_of_pyatho(day):
    found = myanmar_date(day)
    assert (found.month, found.day, found.phase) == (10, 1, "waxing")


@pytest.mark.parametrize(("gregorian", "era"), NEW_YEARS.items())
def test_the_year_changes_on_the_seventeenth_of_april(gregorian, era):
    assert myanmar_year(date(gregorian, 4, 16)) == era - 1
    assert myanmar_year(date(gregorian, 4, 17)) == era


def test_independence_came_on_the_ninth_waning_day_of_pyatho_1309():
    assert myanmar_date(date(1948, 1, 4)) == MyanmarDate(1309, 10, 24, "waning", 9, "common")


def test_every_day_follows_the_one_before_through_two_centuries():
    before = myanmar_date(date(1900, 1, 1))
    lengths = set()
    for ordinal in range(date(1900, 1, 2).toordinal(), date(2100, 1, 1).toordinal()):
        now = myanmar_date(date.fromordinal(ordinal))
        if now.day == 1:
            assert before.phase == "new"
            lengths.add(before.day)
            assert now.month != before.month
        else:
            assert now.day == before.day + 1
            # The year turns inside a month, whose name then changes from Late Tagu to Tagu or from Late Kason to Kason.
            assert now.month == before.month or (now.year == before.year + 1 and before.month == now.month + 12)
        assert now.year - before.year in (0, 1)
        before = now
    assert lengths == {29, 30}


def test_two_centuries_of_days_are_those_of_the_reference_implementation():
    # SHA-256 of these lines as mmcal computes them (Yan Naing Aye, MIT; ceMmDateTime.js of July 2025).
    lines = hashlib.sha256()
    for ordinal in range(date(1900, 1, 1).toordinal(), date(2100, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        it = myanmar_date(day)
        line = f"{day} {it.year} {it.month} {it.day} {it.phase} {it.fortnight_day} {it.year_type}\n"
        lines.update(line.encode())
    assert lines.hexdigest() == "9d7e851187f9511be16fedee253d88d019b86e544fb8bb6fbcf217e6a5c2bf95"


@given(st.dates(date(1859, 1, 1), date(2199, 12, 31)))
def test_a_month_has_one_full_moon_on_its_fifteenth(day):
    found = myanmar_date(day)
    assert (found.phase == "full") == (found.day == 15)
    assert found.fortnight_day == (found.day if found.day <= 15 else found.day - 15)
    assert found.month != 0 or found.year_type != "common"


def test_the_years_with_a_second_waso_are_the_published_ones():
    types = {year: myanmar_date(date(year, 8, 1)).year_type for year in range(2004, 2027)}
    assert [year for year, kind in types.items() if kind == "little_watat"] == [2004, 2012, 2018, 2020]
    assert [year for year, kind in types.items() if kind == "big_watat"] == [2007, 2010, 2015, 2023, 2026]


def test_days_before_the_known_eras_are_refused():
    with pytest.raises(ValueError, match="1220 ME"):
        myanmar_date(date(1857, 1, 1))


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2024, 4, 17), "၁၃၈၆ ခုနှစ်၊ တန်ခူးလဆန်း ၉ ရက်"),
        (date(2024, 5, 22), "၁၃၈၆ ခုနှစ်၊ ကဆုန်လပြည့်နေ့"),
        (date(1948, 1, 4), "၁၃၀၉ ခုနှစ်၊ ပြာသိုလပြည့်ကျော် ၉ ရက်"),
        (date(2023, 8, 1), "၁၃၈၅ ခုနှစ်၊ ဒုတိယဝါဆိုလပြည့်နေ့"),
        (date(2023, 7, 2), "၁၃၈၅ ခုနှစ်၊ ပထမဝါဆိုလပြည့်နေ့"),
        (date(2024, 7, 20), "၁၃၈၆ ခုနှစ်၊ ဝါဆိုလပြည့်နေ့"),
    ],
)
def test_a_myanmar_date_is_printed_in_burmese(day, printed):
    assert format_myanmar_date(myanmar_date(day)) == printed


def test_a_myanmar_date_can_have_ascii_digits():
    assert format_myanmar_date(myanmar_date(date(2024, 4, 17)), digits="latn") == "1386 ခုနှစ်၊ တန်ခူးလဆန်း 9 ရက်"


@pytest.mark.parametrize(
    ("style", "lang", "printed"),
    [
        ("long", "my", "၂၀၂၄ ဧပြီ ၇"),
        ("official", "my", "၂၀၂၄ ခုနှစ်၊ ဧပြီလ ၇ ရက်"),
        ("short", "my", "၀၇-၀၄-၂၀၂၄"),
        ("long", "en", "7 April 2024"),
        ("official", "en", "7 April 2024"),
        ("short", "en", "07/04/2024"),
    ],
)
def test_a_date_is_printed_in_each_style(style, lang, printed):
    assert format_date(DAY, style, lang) == printed


# CLDR 48.2, locale my, calendar gregorian (Unicode-3.0 licence): months and days, format, wide.
CLDR_MONTHS = "ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ"
CLDR_WEEK = "တနင်္လာ အင်္ဂါ ဗုဒ္ဓဟူး ကြာသပတေး သောကြာ စနေ တနင်္ဂနွေ"


def test_months_and_weekdays_are_named_as_in_cldr():
    assert " ".join(MONTHS["my"]) == CLDR_MONTHS
    assert " ".join(weekday_name(date(2024, 4, day)) for day in range(1, 8)) == CLDR_WEEK
    assert [weekday_name(date(2024, 4, day), "en") for day in (1, 7)] == ["Monday", "Sunday"]


def test_the_digits_of_a_date_can_be_chosen():
    assert format_date(DAY, digits="latn") == "2024 ခုနှစ်၊ ဧပြီလ 7 ရက်"
    assert format_date(DAY, "short", "en", digits="my") == "၀၇/၀၄/၂၀၂၄"


@pytest.mark.parametrize(
    ("minutes", "burmese", "english"),
    [
        (0, "၀ မိနစ်", "0 minutes"),
        (1, "၁ မိနစ်", "1 minute"),
        (60, "၁ နာရီ", "1 hour"),
        (135, "၂ နာရီ ၁၅ မိနစ်", "2 hours 15 minutes"),
        (1440, "၁ ရက်", "1 day"),
        (1501, "၁ ရက် ၁ နာရီ ၁ မိနစ်", "1 day 1 hour 1 minute"),
        (4325, "၃ ရက် ၅ မိနစ်", "3 days 5 minutes"),
    ],
)
def test_a_duration_is_printed_in_days_hours_and_minutes(minutes, burmese, english):
    assert format_duration_minutes(minutes, "my") == burmese
    assert format_duration_minutes(minutes, "en") == english


def test_a_negative_duration_is_refused():
    with pytest.raises(ValueError, match="negative"):
        format_duration_minutes(-1)


@pytest.mark.parametrize(
    "typed",
    ["7/4/2024", "07/04/2024", "7-4-2024", "2024-04-07", "၇/၄/၂၀၂၄", "၂၀၂၄-၀၄-၀၇", " ၇ / ၄ / ၂ဝ၂၄ ", "၇-4-၂၀၂၄"],
)
def test_a_typed_date_is_read(typed):
    assert parse_date(typed) == DAY


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("yesterday", "format"),
        ("7/4-2024", "format"),
        ("2024/04/07", "format"),
        ("7/4/2024 x", "format"),
        ("٧/٤/٢٠٢٤", "format"),
        ("7/4/24", "year"),
        ("7/4/20244", "year"),
        ("30/2/2024", "calendar"),
        ("4/17/2024", "calendar"),
        ("1/1/0000", "calendar"),
    ],
)
def test_a_date_that_cannot_be_read_is_refused_with_its_reason(typed, code):
    with pytest.raises(DateError) as refusal:
        parse_date(typed)
    assert refusal.value.code == code
    assert isinstance(refusal.value, ValueError)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["my", "en"]), st.sampled_from(["my", "latn"]))
def test_a_short_date_is_read_back(day, lang, digits):
    assert parse_date(format_date(day, "short", lang, digits)) == day


@given(st.text(max_size=12))
def test_reading_a_date_raises_nothing_but_its_own_refusal(typed):
    with contextlib.suppress(DateError):
        assert isinstance(parse_date(typed), date)
