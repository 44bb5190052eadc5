"""Numbers and codes of an English text and of its translation, compared by what they say.

Digits of either script are the same; so are 1,000 and 1000, 02:10 and 2.10, and a number in digits and in words. A number
counts once, however often it stands. Words alone are never compared: only what stands in digits on one side has to be on
the other, in digits or in words.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Final

from myanmar.dates import MONTHS
from myanmar.digits import number_in_words, to_ascii_digits

_MACHINE_READABLE = re.compile(r"[A-Z0-9<]*<[A-Z0-9<]*[A-Z0-9<]")
_CODE = re.compile(r"[A-Za-z0-9]+(?:[./-][A-Za-z0-9]+)*")
_NUMBER = re.compile(r"\d+(?:[.,:း]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_CLOCK = re.compile(r"(\d{1,2})[.:း](\d\d)")
_SHARE: Final = (re.compile(r"%|\bper ?cent(?:age)?\b", re.IGNORECASE), re.compile(r"%|ရာခိုင်နှုန်း"))


@dataclass(frozen=True)
class Figures:
    """What a text says in figures. codes: TD3, M08.O2, R4 and machine-readable lines; months: 1 to 12, where one is named."""

    codes: frozenset[str]
    numbers: frozenset[str]
    months: frozenset[int]


def figures(text: str) -> Figures:
    """The figures of a plain text in English or Burmese."""
    text = to_ascii_digits(text)
    months = frozenset(_months_named(text))
    if not re.search("[0-9<]", text):
        return Figures(frozenset(), frozenset(), months)
    machine = _MACHINE_READABLE.findall(text)
    text = _MACHINE_READABLE.sub(" ", text)
    codes = {word for word in _CODE.findall(text) if re.search("[A-Z]", word) and re.search("[0-9]", word)}
    without = _CODE.sub(lambda word: " " if word[0] in codes else word[0], text)
    numbers = (number for written in _NUMBER.findall(without) for number in _values(written))
    return Figures(frozenset(codes.union(machine)), frozenset(numbers), months)


def differing_numbers(source: str, target: str, here: Figures, there: Figures) -> list[str]:
    """Numbers in digits of one side that the other side says neither in digits nor in words, sorted.

    here, there: the figures of source and target.
    """
    lacking, added = here.numbers - there.numbers, there.numbers - here.numbers
    if not lacking and not added:
        return []
    english, burmese = _english_words(source), _burmese_words(lacking, target)
    by_clock = _by_clock(lacking, there.numbers, "ခွဲ" in target)
    by_clock |= _by_clock(added, here.numbers | english, "half" in source.lower())
    months = {str(number) for number in here.months | there.months}
    return sorted((lacking - burmese - by_clock) | (added - english - by_clock - months))


def differing_months(source: str, target: str, here: Figures, there: Figures) -> list[str]:
    """English names of the months that one side names and the other neither names nor numbers, in the year's order."""
    lacking = {
        month
        for month in here.months - there.months
        if MONTHS["my"][month - 1] not in target and str(month) not in there.numbers
    }
    added = {
        month
        for month in there.months - here.months
        if MONTHS["en"][month - 1][:3].lower() not in source.lower() and str(month) not in here.numbers
    }
    return [MONTHS["en"][month - 1] for month in sorted(lacking | added)]


def only_one_has_a_share(source: str, target: str) -> bool:
    """Whether one side alone says per cent."""
    return bool(_SHARE[0].search(source)) != bool(_SHARE[1].search(target))


def _values(written: str) -> Iterator[str]:
    """What a run of digits says: one number, or the parts of a list or a date. "h.mm" for a time."""
    if _GROUPED.fullmatch(written):
        yield written.replace(",", "")
    elif clock := _CLOCK.fullmatch(written):
        yield f"{int(clock[1])}.{clock[2]}"
    elif re.fullmatch(r"\d+\.\d+", written):
        yield written
    else:
        yield from (re.sub(r"^0(?=\d$)", "", part) for part in re.split(r"[.,:း]", written))


def _by_clock(times: Set[str], others: Set[str], half: bool) -> set[str]:
    """Times of one side and the hours, or hours and minutes, by which the other side says the same.

    others: the numbers of the other side; half: whether it says half an hour. 14.10 is also two, ten past.
    """
    found: set[str] = set()
    for written, said in ((times, others), (others, times)):
        for time in written:
            hour, point, minutes = time.partition(".")
            hours = {str(int(hour) + more) for more in (-12, 0, 12)} & said if point else set()
            minute = {minutes.removeprefix("0")} & said
            if hours and (minutes == "00" or minute or (minutes == "30" and half)):
                found |= {time, *hours, *minute}
    return found


# --- Months ----------------------------------------------------------------------------------------------------------

_BESIDE = {
    "en": "|".join(f"{name}|{name[:3]}|{name[:3].upper()}" for name in MONTHS["en"]),
    "my": "|".join(sorted(MONTHS["my"], key=len, reverse=True)),
}
_NAMED = re.compile(
    rf"\d(?:st|nd|rd|th)?(?: of)? ({_BESIDE['en']})\b|\b({_BESIDE['en']}) \d"
    r"|\b(January|February|April|June|July|August|September|October|November|December)\b"
    rf"|({_BESIDE['my']})လ? ?\d|({_BESIDE['my']})လ(?![\u102b-\u103e])"
)


def _months_named(text: str) -> set[int]:
    """The months from 1 that a text names in either language, where a number stands beside or the name means nothing else."""
    names = (next(filter(None, found)) for found in _NAMED.findall(text))
    return {_number_of(name) for name in names}


def _number_of(name: str) -> int:
    if name in MONTHS["my"]:
        return MONTHS["my"].index(name) + 1
    return [month[:3].lower() for month in MONTHS["en"]].index(name[:3].lower()) + 1


# --- Numbers in words ------------------------------------------------------------------------------------------------

_TO_NINETEEN: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ORDINALS: Final = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ONES: Final = {word: n for words in (_TO_NINETEEN, _ORDINALS) for n, word in enumerate(words)}
_SCORES: Final = {word: 10 * n for n, word in enumerate(_TENS, start=2)} | {
    f"{word.removesuffix('y')}ieth": 10 * n for n, word in enumerate(_TENS, start=2)
}
_OTHERS: Final = {
    "a": (1,), "an": (1,), "once": (1,), "single": (1,), "another": (1,), "both": (2,), "twice": (2,), "pair": (2,),
    "couple": (2,), "half": (30,), "quarter": (15, 45), "noon": (12,), "midnight": (0, 12, 24), "dozen": (12,),
    "fortnight": (14,), "daily": (1,),
}  # fmt: skip
_TIMES: Final = {"hundred": 100, "thousand": 1000, "million": 1_000_000}


def _english_words(text: str) -> set[str]:
    """The numbers that an English text says in words; half an hour counts as 30, a quarter as 15 and 45."""
    words = re.findall(r"[a-z]+", text.lower())
    found: set[int] = set()
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        said = _OTHERS.get(word, ())
        if word in _ONES:
            said = (_ONES[word],)
        elif word in _SCORES:
            said = (_SCORES[word], _SCORES[word] + _ONES[after]) if _ONES.get(after, 10) < 10 else (_SCORES[word],)
        found |= {*said, *(one * _TIMES[after] for one in said if after in _TIMES)}
        if word in _TIMES:
            found.add(_TIMES[word])
    return {str(number) for number in found}


def _burmese_words(numbers: Set[str], text: str) -> set[str]:
    """Those of some numbers that a Burmese text says in words."""
    joined = "".join(text.split())
    return {one for one in numbers if one.isdecimal() and any(word in joined for word in number_in_words(int(one)))}
