"""Zones composed: passports (TD3), cards (TD1, TD2) and visas (MRV-A, MRV-B), with every check digit right."""

from dataclasses import dataclass

from specimens.mrz.digits import ALPHABET, check_digit
from specimens.mrz.names import name_field


@dataclass(frozen=True)
class Data:
    """What a zone says. code: one or two letters; dates: YYMMDD, < for unknown parts; optional_check: "" computes it, "<" and "0" are both
    right for an empty optional field of TD3."""

    code: str
    state: str
    primary: str
    secondary: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    optional: str = ""
    optional_check: str = ""


def _filled(text: str, length: int) -> str:
    """A text with fillers up to a length. Raises ValueError where it is longer, or has a character that no zone has."""
    if len(text) > length or any(sign not in ALPHABET for sign in text):
        raise ValueError(f"{text!r} does not fit into {length} places of a machine readable zone")
    return text.ljust(length, "<")


def _checked(text: str, length: int) -> str:
    filled = _filled(text, length)
    return filled + check_digit(filled)


def _dated(text: str) -> str:
    if len(text) != 6 or any(sign not in "0123456789<" for sign in text):
        raise ValueError(f"{text!r} is no date of a machine readable zone")
    return _checked(text, 6)


def _sex(sex: str) -> str:
    return sex if sex in ("M", "F") else "<"


def _issuer(data: Data) -> str:
    if not data.code:
        raise ValueError("a document has a code of one or two letters")
    return _filled(data.code, 2) + _filled(data.state, 3)


def _upper_line(data: Data, length: int) -> str:
    return _issuer(data) + name_field(data.primary, data.secondary, length - 5)


def _lower_line(data: Data, optional: int) -> str:
    """The lower line of all but TD1, up to the optional data. optional: how many places they have."""
    return (
        f"{_checked(data.number, 9)}{_filled(data.nationality, 3)}{_dated(data.birth)}{_sex(data.sex)}{_dated(data.expiry)}"
        f"{_filled(data.optional, optional)}"
    )


def td3(data: Data) -> list[str]:
    """Two lines of 44: a passport."""
    start = _lower_line(data, 14)
    if data.optional_check not in ("", "0", "<"):
        raise ValueError('the check digit of an empty optional field is "0" or "<"')
    start += check_digit(start[28:42]) if data.optional or not data.optional_check else data.optional_check
    return [_upper_line(data, 44), start + check_digit(start[0:10] + start[13:20] + start[21:43])]


def td2(data: Data) -> list[str]:
    """Two lines of 36: a card of the larger size."""
    start = _lower_line(data, 7)
    return [_upper_line(data, 36), start + check_digit(start[0:10] + start[13:20] + start[21:35])]


def td1(data: Data) -> list[str]:
    """Three lines of 30: a card."""
    first = _issuer(data) + _checked(data.number, 9) + _filled(data.optional, 15)
    start = f"{_dated(data.birth)}{_sex(data.sex)}{_dated(data.expiry)}{_filled(data.nationality, 3)}{'<' * 11}"
    composite = check_digit(first[5:30] + start[0:7] + start[8:15] + start[18:29])
    return [first, start + composite, name_field(data.primary, data.secondary, 30)]


def mrv_a(data: Data) -> list[str]:
    """Two lines of 44: a visa; it has no composite check digit."""
    return [_upper_line(data, 44), _lower_line(data, 16)]


def mrv_b(data: Data) -> list[str]:
    """Two lines of 36: a visa of the smaller size."""
    return [_upper_line(data, 36), _lower_line(data, 8)]
