"""The mirror: whether somebody stops people of one kind more often than others, though the specimens carry no reason to. Pure.

Sources: Wilson 1927 for the intervals; Pearson 1900 for the test of independence; Abramowitz and Stegun, section 26.4, for its tail.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.examination.detection import Interval, wilson

ATTRIBUTES = ("sex", "band", "tone", "family", "dress")
LEAST = 5  # noise trials of one value before a rate is shown
CHANCE = 0.01  # an attribute is spoken of when chance alone does as much more rarely: in one of a hundred, for each of the five


@dataclass(frozen=True)
class Rate:
    """Of those with one value of an attribute, how many were stopped without reason.

    position: where the interval lies to the overall rate, "above", "below" or "within"; "few" for too few trials. stands_out: it lies off
    the overall rate, and the attribute as a whole varies more than chance explains.
    """

    value: str
    stopped: int
    of: int
    interval: Interval
    position: str
    stands_out: bool

    @property
    def share(self) -> float | None:
        return self.stopped / self.of if self.of >= LEAST else None


def mirror(trials: Iterable[tuple[Mapping[str, str], bool]]) -> dict[str, list[Rate]]:
    """By attribute, a rate for each value. trials: of clean specimens only, the holder's attributes and whether they were stopped.

    With two dozen values, one in two people who treat everybody alike would have an interval that lies off the overall rate. So
    none stands out unless its attribute fails the test of independence too.
    """
    rows = list(trials)
    overall = sum(stopped for _who, stopped in rows) / len(rows) if rows else 0.0
    found: dict[str, list[Rate]] = {}
    for attribute in ATTRIBUTES:
        of = Counter(who[attribute] for who, _stopped in rows)
        stopped = Counter(who[attribute] for who, was_stopped in rows if was_stopped)
        is_telling = independence([[stopped[value], of[value] - stopped[value]] for value in sorted(of)]) < CHANCE
        found[attribute] = []
        for value in sorted(of):
            interval = wilson(stopped[value], of[value])
            position = _position(interval, overall) if of[value] >= LEAST else "few"
            stands_out = is_telling and position in ("above", "below")
            found[attribute].append(Rate(value, stopped[value], of[value], interval, position, stands_out))
    return found


def _position(interval: Interval, overall: float) -> str:
    low, high = interval
    return "above" if low > overall else "below" if high < overall else "within"


def independence(table: Sequence[Sequence[int]]) -> float:
    """How likely rows and columns that know nothing of each other are to lie as far apart as these: Pearson's p, in [0, 1].

    table: counts, rows of one length. Rows and columns without any are left out; 1 where fewer than two of either are left. An
    approximation: with less than about one expected in a cell it is rough.
    """
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    freedom = (sum(map(bool, rows)) - 1) * (sum(map(bool, columns)) - 1)
    if freedom < 1 or not any(rows):
        return 1.0
    statistic = 0.0
    for row, across in zip(table, rows, strict=True):
        for count, down in zip(row, columns, strict=True):
            if expected := across * down / sum(rows):
                statistic += (count - expected) ** 2 / expected
    return chi_square_tail(statistic, freedom)


def chi_square_tail(statistic: float, freedom: int) -> float:
    """How likely chi-square is to be at least this. freedom: degrees, from 1. Raises ValueError for fewer, or a statistic below 0.

    Q(a + 1, x) = Q(a, x) + xᵃ e⁻ˣ ÷ Γ(a + 1), from Q(½, x) = erfc √x or Q(1, x) = e⁻ˣ: sums of what is positive, so that small tails keep
    their digits.
    """
    if freedom < 1 or statistic < 0:
        raise ValueError(f"no chi-square of {statistic} with {freedom} degrees of freedom")
    x, shape = statistic / 2, 0.5 if freedom % 2 else 1.0
    if x == 0:  # nothing, or so little that half of it is nothing
        return 1.0
    tail = math.erfc(math.sqrt(x)) if freedom % 2 else math.exp(-x)
    while shape < freedom / 2:
        tail += math.exp(shape * math.log(x) - x - math.lgamma(shape + 1))
        shape += 1
    return min(1.0, tail)
