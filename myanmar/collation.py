"""Burmese dictionary order as a plain string, to store in an indexed column beside the text.

No database sorts Burmese by itself: SQLite and PostgreSQL compare code points or use an order that is not the
dictionary's. The order here is that of Unicode CLDR, locale `my` (Unicode-3.0 licence), without its fault that a final
with dot below after a vowel (ကောင့်) is not recognised in NFC.
"""

import re
import string
from typing import Final

from myanmar.digits import to_ascii_digits
from myanmar.names import split_honorific
from myanmar.text import normalise

_CONSONANTS = [chr(code) for code in range(0x1000, 0x1022)]
_ASAT = "\u103a"
# What is sorted as something else, in this order. A virama counts as an asat, so stacks and kinzi sort as finals.
_SPELT_OUT = (
    ("ောက်ျ", "ောက်ကျ"),
    ("န်ုပ်", "န်နုပ်"),
    ("လက်ျာ", "လက်ယာ"),
    ("၎င်း", "လည်းကောင်း"),
    ("၌", "နှိုက်"),
    ("၍", "ရွေ့"),
    ("၏", "အိ"),
    ("\u103f", "သ္သ"),
    ("\u102b", "\u102c"),
    ("ဣ", "အိ"),
    ("ဤ", "အီ"),
    ("ဥ", "အု"),
    ("ဦ", "အူ"),
    ("ဧ", "အေ"),
    ("ဩ", "အော"),
    ("ဪ", "အော်"),
    ("\u1037\u103a", "\u103a\u1037"),
    ("\u103a\u1039", _ASAT),
    ("\u1039", _ASAT),
)
_AA, _I, _II, _U, _UU, _E, _AI, _ANUSVARA = (
    "\u102c",
    "\u102d",
    "\u102e",
    "\u102f",
    "\u1030",
    "\u1031",
    "\u1032",
    "\u1036",
)
_VOWELS = (_AA, _I, _II, _U, _UU, _E, _AI, _E + _AA, _E + _AA + _ASAT, _ANUSVARA, _I + _U)
_BEFORE_FINALS = ("", _AA, _I, _U, _E, _E + _AA, _I + _U)
_YA, _RA, _WA, _HA = "\u103b", "\u103c", "\u103d", "\u103e"
_MEDIALS = (_YA, _RA, _WA, _HA, _YA + _WA, _RA + _WA, _YA + _HA, _RA + _HA, _WA + _HA, _YA + _WA + _HA, _RA + _WA + _HA)
_TONES = ("\u1037", "\u1038", "\u1037\u1038")

_BASE36: Final = string.digits + string.ascii_lowercase
_UNKNOWN = "zz"  # then the code point in four digits: sorts after everything that has a rank


def sort_key(text: str) -> str:
    """The key by which a text takes its place in Burmese dictionary order: compare keys, not texts.

    text: any string; it is normalised first, ASCII letters count without case, digits of both kinds as the same. The
    order: space, ၊ ။, ASCII punctuation, digits, Latin letters, Burmese, the rest by code point. Returns only 0-9 and
    a-z, two for each unit (six for a sign outside the table), so keys compare alike in Python and under the collations
    of SQLite and PostgreSQL. Texts that the dictionary does not tell apart (ါ and ာ) have one key: add the text
    itself as second criterion. Source: CLDR collation `my`.
    """
    text = to_ascii_digits(normalise(text)).lower()
    for spelling, sorted_as in _SPELT_OUT:
        text = text.replace(spelling, sorted_as)
    return "".join(_CODES.get(unit[0]) or _UNKNOWN + _base36(ord(unit[0]), 4) for unit in _UNIT.finditer(text))


def name_sort_key(name: str) -> str:
    """`sort_key` of a person's name without the honorific before it, so that ဦးအောင် and အောင် stand together.

    name: a whole name, NFC or not. What counts as an honorific: `names.split_honorific`.
    """
    return sort_key(split_honorific(name)[1])


def _base36(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, 36)
        digits = _BASE36[digit] + digits
    return digits


def _units() -> list[str]:
    """Everything that has a rank of its own, in rising order."""
    finals = []
    for consonant in _CONSONANTS:
        finals += [before + consonant + _ASAT for before in _BEFORE_FINALS]
        if consonant == "မ":
            finals.append(_U + _ANUSVARA)
    plain = [" ", "၊", "။", *string.punctuation, *string.digits, *string.ascii_lowercase]
    return [*plain, *_CONSONANTS, *_VOWELS, *finals, *_MEDIALS, *_TONES, _ASAT]


_CODES: Final = {unit: _base36(rank, 2) for rank, unit in enumerate(_units(), start=1)}
_UNIT = re.compile("|".join(map(re.escape, sorted(_CODES, key=len, reverse=True))) + "|.", re.DOTALL)
