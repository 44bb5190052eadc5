"""Zones read: which format they have, what stands where, which check digits fit, and what no zone has."""

from collections.abc import Sequence
from dataclasses import dataclass

from specimens.mrz.digits import ALPHABET, check_digit

LENGTHS = {"TD1": (30, 30, 30), "TD2": (36, 36), "TD3": (44, 44), "MRV-A": (44, 44), "MRV-B": (36, 36)}
_LOWER = (
    ("number", 1, 0, 9),
    ("nationality", 1, 10, 13),
    ("birth", 1, 13, 19),
    ("sex", 1, 20, 21),
    ("expiry", 1, 21, 27),
)


def _two_lines(length: int, optional: int) -> tuple[tuple[str, int, int, int], ...]:
    return (("code", 0, 0, 2), ("state", 0, 2, 5), ("name", 0, 5, length), *_LOWER, ("optional", 1, 28, 28 + optional))


# What stands where, without the check digits: name, line, first place, the place after the last; all from 0.
PLACES = {
    "TD1": (
        ("code", 0, 0, 2), ("state", 0, 2, 5), ("number", 0, 5, 14), ("optional", 0, 15, 30), ("birth", 1, 0, 6), ("sex", 1, 7, 8),
        ("expiry", 1, 8, 14), ("nationality", 1, 15, 18), ("further", 1, 18, 29), ("name", 2, 0, 30),
    ),
    "TD2": _two_lines(36, 7),
    "TD3": _two_lines(44, 14),
    "MRV-A": _two_lines(44, 16),
    "MRV-B": _two_lines(36, 8),
}  # fmt: skip
# What the composite check digit, the last character of the second line, is computed over: line, first place, the place after the last.
COMPOSITE = {
    "TD1": ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
    "TD2": ((1, 0, 10), (1, 13, 20), (1, 21, 35)),
    "TD3": ((1, 0, 10), (1, 13, 20), (1, 21, 43)),
}


@dataclass(frozen=True)
class Field:
    """One datum of a zone. line, start, end: where it stands, from 0, `end` being the place after it."""

    name: str
    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Check:
    """One check digit. line, place: where it stands, from 0; text: what it is computed over; printed: what stands there."""

    name: str
    line: int
    place: int
    text: str
    printed: str

    @property
    def computed(self) -> str:
        """What it should be; "" where the text has characters that no zone has."""
        return check_digit(self.text) if all(sign in ALPHABET for sign in self.text) else ""

    @property
    def fits(self) -> bool:
        """An empty optional field may have < in place of 0."""
        if self.name == "optional" and not self.text.strip("<") and self.printed == "<":
            return True
        return bool(self.computed) and self.printed == self.computed


@dataclass(frozen=True)
class Problem:
    """What no zone of its format has. kind: "length" of a line, or a "character", which stands at `place` (else None), from 0."""

    kind: str
    line: int
    place: int | None = None


@dataclass(frozen=True)
class Reading:
    """A zone as read. format: the one that it has or comes nearest to; fields, checks: none where a line has another length."""

    format: str
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    problems: tuple[Problem, ...]

    @property
    def fits(self) -> bool:
        """Whether nothing speaks against it: its lengths, its alphabet, and every check digit."""
        return not self.problems and all(one.fits for one in self.checks)

    def field(self, name: str) -> Field:
        """A field by its name. Raises ValueError for one that this format does not have, or where no field could be read."""
        for one in self.fields:
            if one.name == name:
                return one
        raise ValueError(f"no field {name!r} was read")


def kind_of(lines: Sequence[str]) -> str | None:
    """Which format a zone has, by its lines and its first letter; None for none."""
    lengths = tuple(len(line) for line in lines)
    is_visa = bool(lines) and lines[0][:1] == "V"
    return next(
        (name for name, wanted in LENGTHS.items() if wanted == lengths and name.startswith("MRV") == is_visa), None
    )


def fields(lines: Sequence[str]) -> list[Field]:
    """Every field of a zone with its place, line by line. Raises ValueError for lines of no format."""
    return [Field(name, line, start, end, lines[line][start:end]) for name, line, start, end in PLACES[_kind(lines)]]


def checks(lines: Sequence[str]) -> list[Check]:
    """Every check digit of a zone, in the order in which they stand. Raises ValueError for lines of no format."""
    kind = _kind(lines)
    names = ("number", "birth", "expiry", "optional") if kind == "TD3" else ("number", "birth", "expiry")
    found = [
        Check(one.name, one.line, one.end, one.text, lines[one.line][one.end])
        for one in fields(lines)
        if one.name in names
    ]
    if kind in COMPOSITE:
        text, last = "".join(lines[line][start:end] for line, start, end in COMPOSITE[kind]), len(lines[1]) - 1
        found.append(Check("composite", 1, last, text, lines[1][last]))
    return found


def _kind(lines: Sequence[str]) -> str:
    kind = kind_of(lines)
    if kind is None:
        raise ValueError("these lines have no format of a machine readable zone")
    return kind


def read(lines: Sequence[str]) -> Reading:
    """What a zone says, whether its check digits fit, and what about it no zone has. Raises ValueError for other than two or three lines."""
    is_visa = bool(lines) and lines[0][:1].upper() == "V"
    near = [
        (sum(abs(len(line) - length) for line, length in zip(lines, lengths, strict=True)), name)
        for name, lengths in LENGTHS.items()
        if len(lengths) == len(lines) and name.startswith("MRV") == (is_visa and len(lines) == 2)
    ]
    if not near:
        raise ValueError("a machine readable zone has two or three lines")
    name = min(near)[1]
    wrong = [Problem("length", at) for at, length in enumerate(LENGTHS[name]) if len(lines[at]) != length]
    foreign = [
        Problem("character", at, place)
        for at, line in enumerate(lines)
        for place, sign in enumerate(line)
        if sign not in ALPHABET
    ]
    is_whole = kind_of(lines) is not None
    return Reading(
        name, tuple(fields(lines)) if is_whole else (), tuple(checks(lines)) if is_whole else (), (*wrong, *foreign)
    )


def fits(lines: Sequence[str]) -> bool:
    """Whether a zone has a format, its alphabet, and every check digit right."""
    return kind_of(lines) is not None and read(lines).fits
