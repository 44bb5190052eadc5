"""Digits and numbers. Myanmar digits are for print; what is computed, stored or compared has ASCII digits.

Python's int() and the pattern \\d take Myanmar digits, strptime and HTML number inputs do not: clean every number, date,
code and phone field with `to_ascii_digits` before it is checked.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal

Digits = Literal["my", "latn"]

MYANMAR_DIGITS: Final = "၀၁၂၃၄၅၆၇၈၉"
_SHAN_DIGITS = "႐႑႒႓႔႕႖႗႘႙"
_TO_ASCII = str.maketrans(MYANMAR_DIGITS + _SHAN_DIGITS, "0123456789" * 2)
_TO_MYANMAR = str.maketrans("0123456789", MYANMAR_DIGITS)
_ONES = ("", "တစ်", "နှစ်", "သုံး", "လေး", "ငါး", "ခြောက်", "ခုနစ်", "ရှစ်", "ကိုး")
_ROUND = ((1_000_000, "သန်း"), (100_000, "သိန်း"), (10_000, "သောင်း"), (1000, "ထောင်"), (100, "ရာ"))


def to_ascii_digits(s: str) -> str:
    """The string with Myanmar and Shan digits as 0-9; every other character stays.

    The letter ဝ typed for the digit ၀ is not touched: in running text `text.normalise` tells the two apart.
    """
    return s.translate(_TO_ASCII)


def to_myanmar_digits(s: str | int) -> str:
    """The string, or the whole number without grouping, with 0-9 as Myanmar digits; every other character stays."""
    return str(s).translate(_TO_MYANMAR)


def number_in_words(n: int) -> tuple[str, ...]:
    """How Burmese text writes a number in words, for whoever looks for it there: 12 is ဆယ့်နှစ် or တစ်ဆယ့်နှစ်.

    n: below 100, or a round hundred, thousand … up to nine of them; no spelling of any other number is known here.
    """
    for size, name in _ROUND:
        if n >= size:
            return (f"{_ONES[n // size]}{name}",) if n % size == 0 and n // size < 10 else ()
    tens, ones = divmod(n, 10)
    if n < 1:
        return ("သုည",) if n == 0 else ()
    if n == 7:
        return ("ခုနစ်", "ခုနှစ်")
    if tens == 0:
        return (_ONES[ones],)
    end = f"ဆယ့်{_ONES[ones]}" if ones else "ဆယ်"
    return (end, f"{_ONES[1]}{end}") if tens == 1 else (f"{_ONES[tens]}{end}",)


def format_number(n: int | Decimal | float, places: int | None = None, digits: Digits = "my") -> str:
    """A number for people: ၁,၂၃၄,၅၆၇.၈၉, with commas by thousands and a point, as CLDR has it for `my`.

    places: digits after the point, 0 or more, rounded half up; None prints the number as it is, a float in its shortest
    exact form. digits: "my" for Myanmar digits, "latn" for ASCII. A rounded-away minus sign is dropped. Raises
    ValueError for NaN, infinity or negative places.
    """
    number = Decimal(repr(n)) if isinstance(n, float) else Decimal(n)
    if not number.is_finite():
        raise ValueError(f"not a finite number: {n}")
    if places is not None:
        if places < 0:
            raise ValueError(f"places must not be negative: {places}")
        enough = Context(prec=max(1, number.adjusted() + 1) + places + 1)
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=enough)
    printed = format(number if number else number.copy_abs(), ",f")
    return to_myanmar_digits(printed) if digits == "my" else printed
