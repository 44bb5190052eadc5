"""What gets lost from one generation of trainers to the next. Pure.

The tests before and after a course ask the same fixed items at every step of the cascade. Of each item the mean points of who was taught
by one generation are compared with those of who was taught by the generation before, within groups that can be compared (agencies).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean
from typing import Final

FEWEST: Final = 5  # people on each side, for a difference to be told
Z95: Final = NormalDist().inv_cdf(0.975)
Z998: Final = NormalDist().inv_cdf(0.999)


@dataclass(frozen=True)
class Difference:
    """Mean points of n people less those of n_before, both in [0, 1], with the 95 % interval of the difference."""

    n: int
    n_before: int
    mean: float
    mean_before: float
    difference: float
    low: float
    high: float

    @property
    def is_lost(self) -> bool:
        """Whether less is known than a generation before, and chance does not explain it."""
        return self.high < 0


Groups = Mapping[str, Sequence[float]]


def difference(now: Groups, before: Groups) -> Difference | None:
    """Compare within the groups that have people on both sides; None where they are too few. Values in [0, 1].

    Groups are weighed by n·m/(n+m) (Mantel and Haenszel; for a difference: Greenland and Robins, Biometrics 41, 1985). The variance of
    points between 0 and 1 is at most m(1−m), of which this takes the one with one success and one failure added (Agresti and Caffo,
    The American Statistician 54, 2000): the interval is too wide rather than too narrow.
    """
    shared = [group for group in now if now[group] and before.get(group)]
    n, n_before = (sum(len(side[group]) for group in shared) for side in (now, before))
    if min(n, n_before) < FEWEST:
        return None
    weights = [len(now[g]) * len(before[g]) / (len(now[g]) + len(before[g])) for g in shared]
    total = sum(weights)
    means = [(fmean(now[g]), fmean(before[g])) for g in shared]
    found = sum(w * (a - b) for w, (a, b) in zip(weights, means, strict=True)) / total
    spread = sum(w * w * (_variance(now[g]) + _variance(before[g])) for w, g in zip(weights, shared, strict=True))
    wide = Z95 * sqrt(spread) / total
    mean, mean_before = (sum(w * pair[side] for w, pair in zip(weights, means, strict=True)) / total for side in (0, 1))
    return Difference(n, n_before, mean, mean_before, found, max(-1.0, found - wide), min(1.0, found + wide))


def _variance(values: Sequence[float]) -> float:
    """Of a mean of points in [0, 1]."""
    share = (sum(values) + 1) / (len(values) + 2)
    return share * (1 - share) / len(values)


@dataclass(frozen=True)
class Answer:
    """What one person got for one item, taught by a generation of trainers."""

    item: str
    generation: int
    group: str
    points: float


def by_item(answers: Iterable[Answer]) -> dict[tuple[int, str], Difference]:
    """Each generation against the one before it, item by item: (generation, item) -> difference."""
    cells: dict[tuple[int, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for one in answers:
        cells[one.generation, one.item][one.group].append(one.points)
    found = {}
    for generation, item in sorted(cells):
        before = cells.get((generation - 1, item))
        if before and (result := difference(cells[generation, item], before)):
            found[generation, item] = result
    return found


@dataclass(frozen=True)
class Group:
    """The people of one session who sat the test after it: their shares in [0, 1]."""

    session: int
    generation: int
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Point:
    """A session on the funnel: n people, and their mean less the mean of who was taught by the generation before."""

    session: int
    n: int
    difference: float
    is_low: bool


@dataclass(frozen=True)
class Funnel:
    """Sessions of one generation. spread: of single people's shares within a session; a session of n people lies within ± z·spread/√n of
    zero if nothing was lost and nothing else differs (Spiegelhalter, Statistics in Medicine 24, 2005)."""

    generation: int
    spread: float
    points: tuple[Point, ...]

    def limit(self, n: int, z: float = Z998) -> float:
        """How far a session of n people may lie from zero by chance."""
        return z * self.spread / sqrt(n)


def funnel(groups: Iterable[Group], generation: int) -> Funnel | None:
    """The sessions of a generation against the one before; None where there is nothing to compare with. Sessions of fewer than five are left out."""
    groups = list(groups)
    before = [share for one in groups if one.generation == generation - 1 for share in one.shares]
    mine = [one for one in groups if one.generation == generation and len(one.shares) >= FEWEST]
    if len(before) < FEWEST or not mine:
        return None
    middle = fmean(before)
    squares = sum(sum((share - fmean(one.shares)) ** 2 for share in one.shares) for one in mine)
    spread = sqrt(squares / max(1, sum(len(one.shares) - 1 for one in mine)))
    points = [
        Point(
            one.session,
            len(one.shares),
            gap := fmean(one.shares) - middle,
            gap < -Z998 * spread / sqrt(len(one.shares)),
        )
        for one in mine
    ]
    return Funnel(generation, spread, tuple(sorted(points, key=lambda one: (one.n, one.difference))))
