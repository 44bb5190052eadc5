"""Zones changed, for lessons on what the arithmetic sees and what it cannot. Every change is proved to be what it is called."""

from collections.abc import Sequence

from specimens.chance import Chance
from specimens.mrz.digits import ALPHABET, value
from specimens.mrz.reading import Field, checks, fits, read


def put(line: str, place: int, sign: str) -> str:
    """A line with one character replaced."""
    return line[:place] + sign + line[place + 1 :]


def _written(lines: Sequence[str], line: int, start: int, text: str) -> list[str]:
    return [one[:start] + text + one[start + len(text) :] if index == line else one for index, one in enumerate(lines)]


def wrong_digit(lines: Sequence[str], name: str, chance: Chance) -> list[str]:
    """A zone that fits with another check digit, which its arithmetic finds. name: of the check. Raises ValueError where there is none."""
    one = next((one for one in checks(lines) if one.name == name), None)
    if one is None or not fits(lines):
        raise ValueError(f"this zone has no check digit {name!r} that fits")
    changed = _written(lines, one.line, one.place, chance.one([sign for sign in ALPHABET[:10] if sign != one.computed]))
    if next(check for check in checks(changed) if check.name == name).fits:
        raise AssertionError("the arithmetic would not find this")
    return changed


def unseen_swap(lines: Sequence[str], name: str, chance: Chance) -> list[str]:
    """Two neighbouring digits of a checked field change places and every check digit still fits: they differ by 5.

    name: of the field. Raises ValueError where it has no such neighbours.
    """
    text = _checked_field(lines, name).text
    pairs = [f"{a}{b}" for a in ALPHABET[:10] for b in ALPHABET[:10] if abs(int(a) - int(b)) == 5]
    return _unseen(lines, name, chance, [
        put(put(text, place, text[place + 1]), place + 1, text[place])
        for place in range(len(text) - 1)
        if text[place : place + 2] in pairs
    ])  # fmt: skip


def unseen_substitution(lines: Sequence[str], name: str, chance: Chance) -> list[str]:
    """One character of a checked field becomes another and every check digit still fits: their values differ by 10, 20 or 30.

    name: of the field. Raises ValueError where it is empty.
    """
    text = _checked_field(lines, name).text
    return _unseen(lines, name, chance, [
        put(text, place, other)
        for place, sign in enumerate(text)
        for other in ALPHABET[:-1]
        if "<" != sign != other and (value(sign) - value(other)) % 10 == 0
    ])  # fmt: skip


def _checked_field(lines: Sequence[str], name: str) -> Field:
    if not fits(lines) or name not in [one.name for one in checks(lines)]:
        raise ValueError(f"this zone has no field {name!r} whose check digit fits")
    return read(lines).field(name)


def _unseen(lines: Sequence[str], name: str, chance: Chance, texts: Sequence[str]) -> list[str]:
    if not texts:
        raise ValueError(f"nothing in the field {name!r} can change unseen")
    where = _checked_field(lines, name)
    changed = _written(lines, where.line, where.start, chance.one(texts))
    if changed == list(lines) or not fits(changed):
        raise AssertionError("the arithmetic would find this")
    return changed
