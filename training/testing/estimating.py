"""What a group gained between two tests, with how sure that is. Pure.

Half of a group sat form A before and B after, the other half the other way round: the mean of the two halves' gains is free of one form
being harder than the other, whatever their sizes (a two-period crossover; Senn, "Cross-over Trials in Clinical Research").
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, variance
from typing import Final

CONFIDENCE: Final = 0.95
_Z: Final = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
FEWEST: Final = 2  # in each half, for the halves to be weighed alike


@dataclass(frozen=True)
class Pair:
    """One person's shares in [0, 1], before and after. form: of the test before; "" where there is one for all."""

    before: float
    after: float
    form: str = ""

    @property
    def gain(self) -> float:
        return self.after - self.before


@dataclass(frozen=True)
class Estimate:
    """n people. before, after: mean shares. gain: of the mean person, in [−1, 1]; low, high: its 95 % interval, None below two people."""

    n: int
    before: float
    after: float
    gain: float
    low: float | None
    high: float | None

    @property
    def is_sure(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def estimate(pairs: Iterable[Pair]) -> Estimate | None:
    """The gain of a group; None for nobody."""
    given = list(pairs)
    if not given:
        return None
    halves = [[one for one in given if one.form == form] for form in sorted({one.form for one in given})]
    if len(halves) > 1 and any(len(half) < FEWEST for half in halves):
        halves = [given]
    gain, error, freedom = mean_of([[one.gain for one in half] for half in halves])
    before, after = (
        fmean(fmean(getattr(one, name) for one in half) for half in halves) for name in ("before", "after")
    )
    low = high = None
    if error is not None:
        wide = t_quantile(freedom) * error
        low, high = max(-1.0, gain - wide), min(1.0, gain + wide)
    return Estimate(len(given), before, after, gain, low, high)


def mean_of(halves: Sequence[Sequence[float]]) -> tuple[float, float | None, float]:
    """The mean of the halves' means, its standard error (None where a half has fewer than two) and the degrees of freedom (Welch and
    Satterthwaite)."""
    mean = fmean(fmean(half) for half in halves)
    if any(len(half) < FEWEST for half in halves):
        return mean, None, 0
    parts = [variance(half) / len(half) / len(halves) ** 2 for half in halves]
    total = sum(parts)
    if total == 0:
        return mean, 0.0, sum(len(half) - 1 for half in halves)
    # By shares: the square of a tiny variance would be nothing at all.
    freedom = 1 / sum((part / total) ** 2 / (len(half) - 1) for part, half in zip(parts, halves, strict=True))
    return mean, sqrt(total), freedom


def t_quantile(freedom: float) -> float:
    """The two-sided 95 % point of Student's t. Exact for one and two degrees of freedom, else the expansion of Cornish and Fisher, right to
    0.5 % from three on (Abramowitz and Stegun, 26.7.5)."""
    if freedom < 1.5:
        return 12.706
    if freedom < 2.5:
        return 4.303
    z = _Z
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * freedom**4)
    )
