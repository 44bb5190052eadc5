"""Dates for people: Gregorian dates in Burmese and English, dates that people type, and the Myanmar calendar.

Format on the server: Chromium has no Burmese locale data, and Python and Django know no Burmese month names. Names of
months and weekdays and the long style are CLDR's. A datetime is taken at its own wall clock: convert it to Asia/Yangon first.
"""

import re
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import Final, Literal

from myanmar.digits import Digits, to_ascii_digits, to_myanmar_digits

Language = Literal["my", "en"]
DateStyle = Literal["long", "official", "short"]
Phase = Literal["waxing", "full", "waning", "new"]
YearType = Literal["common", "little_watat", "big_watat"]

MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "my": (
        "ဇန်နဝါရီ", "ဖေဖော်ဝါရီ", "မတ်", "ဧပြီ", "မေ", "ဇွန်",
        "ဇူလိုင်", "ဩဂုတ်", "စက်တင်ဘာ", "အောက်တိုဘာ", "နိုဝင်ဘာ", "ဒီဇင်ဘာ",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
WEEKDAYS: Final[dict[Language, tuple[str, ...]]] = {
    "my": ("တနင်္လာ", "အင်္ဂါ", "ဗုဒ္ဓဟူး", "ကြာသပတေး", "သောကြာ", "စနေ", "တနင်္ဂနွေ"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_PATTERNS: dict[Language, dict[DateStyle, str]] = {
    "my": {"long": "{y} {month} {d}", "official": "{y} ခုနှစ်၊ {month}လ {d} ရက်", "short": "{d:02}-{m:02}-{y}"},
    "en": {"long": "{d} {month} {y}", "official": "{d} {month} {y}", "short": "{d:02}/{m:02}/{y}"},
}
_UNITS_OF_TIME: dict[Language, tuple[str, str, str]] = {
    "my": ("ရက်", "နာရီ", "မိနစ်"),
    "en": ("day", "hour", "minute"),
}
_ISO = re.compile(r"(?P<y>[0-9]+)-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})")
_DAY_FIRST = re.compile(r"(?P<d>[0-9]{1,2})\s*(?P<separator>[/-])\s*(?P<m>[0-9]{1,2})\s*(?P=separator)\s*(?P<y>[0-9]+)")


class DateError(ValueError):
    """A typed date that cannot be read. `code` says why.

    empty: nothing was typed; format: not day, month and year in a form we know; year: the year has not four digits;
    calendar: there is no such day.
    """

    def __init__(self, code: Literal["empty", "format", "year", "calendar"], typed: str) -> None:
        super().__init__(f"{code}: {typed!r}")
        self.code = code


def format_date(d: date, style: DateStyle = "official", lang: Language = "my", digits: Digits | None = None) -> str:
    """A Gregorian date for people.

    style: "long" ၂၀၂၄ ဧပြီ ၁၇ (CLDR), "official" ၂၀၂၄ ခုနှစ်၊ ဧပြီလ ၁၇ ရက် (as in government letters), "short"
    ၁၇-၀၄-၂၀၂၄, which `parse_date` reads back. lang "en" gives 17 April 2024 and 17/04/2024. digits: "my" or "latn";
    None takes the digits of the language. Raises KeyError for an unknown style or language.
    """
    pattern = _PATTERNS[lang][style]
    return _with_digits(pattern.format(y=d.year, m=d.month, d=d.day, month=MONTHS[lang][d.month - 1]), lang, digits)


def weekday_name(d: date, lang: Language = "my") -> str:
    """The day of the week: တနင်္လာ or Monday; a Burmese sentence adds နေ့. Raises KeyError for an unknown language."""
    return WEEKDAYS[lang][d.weekday()]


def format_duration_minutes(n: int, lang: Language = "my", digits: Digits | None = None) -> str:
    """A length of time in days, hours and minutes: ၂ ရက် ၁ နာရီ ၃၀ မိနစ်, or "2 days 1 hour 30 minutes".

    n: whole minutes, 0 or more; a day is 24 hours. A part that is nothing is left out, save in "0 minutes". digits as
    in `format_date`. Raises ValueError for a negative n, KeyError for an unknown language.
    """
    if n < 0:
        raise ValueError(f"a duration must not be negative: {n}")
    counts = (n // 1440, n // 60 % 24, n % 60)
    named = [(count, name) for count, name in zip(counts, _UNITS_OF_TIME[lang], strict=True) if count]
    named = named or [(0, _UNITS_OF_TIME[lang][-1])]
    parts = [f"{count} {name}{'s' if lang == 'en' and count != 1 else ''}" for count, name in named]
    return _with_digits(" ".join(parts), lang, digits)


def parse_date(s: str) -> date:
    """The date that someone typed: 17/4/2024, 17-04-2024 or 2024-04-17, in ASCII or Myanmar digits.

    Day before month, as in Myanmar; the year has four digits and is Gregorian. White space around the parts of the
    first two forms is allowed. Raises DateError (a ValueError) with a code; see there.
    """
    typed = to_ascii_digits(s).replace("ဝ", "0").strip()  # in a date the letter wa can only be a mistyped zero
    if not typed:
        raise DateError("empty", s)
    parts = _DAY_FIRST.fullmatch(typed) or _ISO.fullmatch(typed)
    if parts is None:
        raise DateError("format", s)
    if len(parts["y"]) != 4:
        raise DateError("year", s)
    try:
        return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
    except ValueError:
        raise DateError("calendar", s) from None


def _with_digits(text: str, lang: Language, digits: Digits | None) -> str:
    return to_myanmar_digits(text) if (digits or ("my" if lang == "my" else "latn")) == "my" else text


# The Myanmar calendar. Algorithm and constants: Yan Naing Aye, "Algorithm, Program and Calculation of Myanmar
# Calendar" and mmcal's ceMmDateTime.js (https://github.com/yan9a/mmcal), copyright 2018 Yan Naing Aye, MIT licence.
# Only its second and third era, 1217 ME on, are here.

MYANMAR_MONTHS: Final = (
    "ပထမဝါဆို", "တန်ခူး", "ကဆုန်", "နယုန်", "ဝါဆို", "ဝါခေါင်", "တော်သလင်း", "သီတင်းကျွတ်", "တန်ဆောင်မုန်း", "နတ်တော်",
    "ပြာသို", "တပို့တွဲ", "တပေါင်း", "နှောင်းတန်ခူး", "နှောင်းကဆုန်",
)  # fmt: skip
_SECOND_WASO = "ဒုတိယဝါဆို"
_PHASES: dict[Phase, str] = {"waxing": "လဆန်း", "full": "လပြည့်", "waning": "လပြည့်ကျော်", "new": "လကွယ်"}

_SOLAR_YEAR = 1577917828 / 4320000
_LUNAR_MONTH = 1577917828 / 53433336
_EPOCH = 1954168.050623  # Julian day of the beginning of 0 ME, Myanmar time
_FULL_MOON_SHIFT = {1234: 1, 1261: -1, 1377: 1}  # days by which the calendar board differed from the rule
_WATAT_FLIPPED = frozenset({1263, 1264, 1344, 1345})  # intercalation against the rule
_FIRST_YEAR = 1220  # a year's type looks three years back, and the rule holds from 1217
_ORDINAL_TO_JULIAN_DAY = 1721425  # Julian day number of a date's noon, less its proleptic ordinal


@dataclass(frozen=True, slots=True)
class MyanmarDate:
    """A day of the Myanmar calendar.

    year: Myanmar Era. month: 1 Tagu to 12 Tabaung; 0 First Waso (watat years only, whose 4 is Second Waso); 13 Late
    Tagu and 14 Late Kason, days after the last month that still belong to the old year. day: 1-30 in the month.
    fortnight_day: 1-15, counted anew after the full moon. year_type: watat years have a month more, big ones also a
    day.
    """

    year: int
    month: int
    day: int
    phase: Phase
    fortnight_day: int
    year_type: YearType

    @property
    def month_name(self) -> str:
        """The month in Burmese."""
        return _SECOND_WASO if self.month == 4 and self.year_type != "common" else MYANMAR_MONTHS[self.month]


def myanmar_date(d: date) -> MyanmarDate:
    """The Myanmar calendar's day for a Gregorian date.

    d: from April 1858 (1220 ME) on; ValueError before. Years to come follow the rule, which the calendar board may set
    aside. Source: Yan Naing Aye (see above).
    """
    julian_day = d.toordinal() + _ORDINAL_TO_JULIAN_DAY
    year = floor((julian_day - 0.5 - _EPOCH) / _SOLAR_YEAR)
    if year < _FIRST_YEAR:
        raise ValueError(f"the Myanmar calendar is known from {_FIRST_YEAR} ME on, not for {d.isoformat()}")
    year_type, first_of_tagu = _year(year)
    watat, big = year_type != "common", year_type == "big_watat"
    lengths = {month: 29 if month % 2 else 30 for month in range(1, 13)}
    if big:
        lengths[3] = 30
    order = [1, 2, 3, *([0] if watat else []), *range(4, 13)]
    day = julian_day - first_of_tagu + 1
    for month in order:
        length = 30 if month == 0 else lengths[month]
        if day <= length:
            break
        day -= length
    else:
        month, length = 13, 29
        if day > length:
            day, month, length = day - length, 14, 30
    return MyanmarDate(year, month, day, *_phase(day, length), year_type)


def myanmar_year(d: date) -> int:
    """The year of the Myanmar Era: 1386 from 17 April 2024 on. Range as in `myanmar_date`."""
    return myanmar_date(d).year


def format_myanmar_date(md: MyanmarDate, digits: Digits = "my") -> str:
    """A Myanmar date in Burmese: ၁၃၈၆ ခုနှစ်၊ တန်ခူးလဆန်း ၉ ရက်; full and new moon have no number but နေ့, "day"."""
    day = "နေ့" if md.phase in ("full", "new") else f" {md.fortnight_day} ရက်"
    return _with_digits(f"{md.year} ခုနှစ်၊ {md.month_name}{_PHASES[md.phase]}{day}", "my", digits)


def _phase(day: int, length: int) -> tuple[Phase, int]:
    if day < 15:
        return "waxing", day
    if day == 15:
        return "full", 15
    return ("new" if day == length else "waning"), day - 15


def _watat(year: int) -> tuple[bool, int]:
    """Whether the year has a second Waso, and the Julian day of that month's full moon (its value otherwise unused)."""
    months, offset = (8, -0.5) if year >= 1312 else (4, -1)
    yearly_gap = _SOLAR_YEAR / 12 - _LUNAR_MONTH
    excess = _SOLAR_YEAR * (year + 3739) % _LUNAR_MONTH
    if excess < yearly_gap * (12 - months):
        excess += _LUNAR_MONTH
    offset += _FULL_MOON_SHIFT.get(year, 0)
    full_moon = floor(_SOLAR_YEAR * year + _EPOCH - excess + 4.5 * _LUNAR_MONTH + offset + 0.5)
    return (excess >= _LUNAR_MONTH - yearly_gap * months) != (year in _WATAT_FLIPPED), full_moon


def _year(year: int) -> tuple[YearType, int]:
    """The type of a year and the Julian day of 1 Tagu, counted from the last watat year before it."""
    is_watat, full_moon = _watat(year)
    back = 1
    while back < 3 and not _watat(year - back)[0]:
        back += 1
    earlier_full_moon = _watat(year - back)[1]
    first_of_tagu = earlier_full_moon + 354 * back - 102
    if not is_watat:
        return "common", first_of_tagu
    return ("big_watat" if (full_moon - earlier_full_moon) % 354 == 31 else "little_watat"), first_of_tagu
