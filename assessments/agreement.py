"""How far two people who mark the same answers agree. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """n: judgements made twice. exact: share that are the same. kappa: beyond chance, in [-1, 1]; None where it has no value,
    because both always gave the same level."""

    n: int
    exact: float
    kappa: float | None


def of(pairs: Mapping[tuple[int, int], int]) -> Agreement:
    """The agreement of two people over ordered levels. pairs: (level of the first, level of the second) -> how often.

    Kappa is Cohen's weighted kappa with quadratic weights (J. Cohen, Psychological Bulletin 70, 1968, 213–220):
    1 − Σ (i − j)² observed ÷ Σ (i − j)² expected by chance from how often each of the two gave each level.
    """
    n = sum(pairs.values())
    first: dict[int, int] = {}
    second: dict[int, int] = {}
    for (one, other), count in pairs.items():
        first[one] = first.get(one, 0) + count
        second[other] = second.get(other, 0) + count
    exact = sum(count for (one, other), count in pairs.items() if one == other) / n if n else 0.0
    observed = sum((one - other) ** 2 * count for (one, other), count in pairs.items())
    expected = sum((i - j) ** 2 * a * b for i, a in first.items() for j, b in second.items()) / n if n else 0.0
    return Agreement(n, exact, 1 - observed / expected if expected else None)
