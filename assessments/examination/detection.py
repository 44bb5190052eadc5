"""Signal detection: how well somebody tells what is to be referred from what is not, and which way they lean. Pure.

Sources: Macmillan and Creelman, "Detection Theory" (2nd ed.), chapters 1 to 3; Hautus 1995 for the log-linear correction; Gourevitch and
Galanter 1967 for the standard error of d′; Wilson 1927 for intervals of shares.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist, fmean

NORMAL = NormalDist()
Z95 = NORMAL.inv_cdf(0.975)
REFER = 4  # from this answer on a specimen is referred; 1: surely genuine … 6: surely refer
LEAST = 10  # of either sort, before any figure is given
LEAST_PEOPLE = 10  # in an aggregate
FEWEST_SIGNALS = 5  # before a sentence is said: in a shift signals are rare, and its false alarms say much already

Interval = tuple[float, float]


@dataclass(frozen=True)
class Seen:
    """One trial. answer: 1 to 6; is_localised: whether a mark lay in the right place and the family was right; group: of the anomaly."""

    is_signal: bool
    answer: int
    is_localised: bool = False
    group: str = ""

    @property
    def is_referred(self) -> bool:
        return self.answer >= REFER


def rate(count: int, of: int) -> float:
    """A share corrected such that it is never 0 or 1: (count + ½) ÷ (of + 1)."""
    return (count + 0.5) / (of + 1)


def wilson(count: int, of: int) -> Interval:
    """The 95 % interval of a share; the whole line for none."""
    if not of:
        return 0.0, 1.0
    share, z2 = count / of, Z95 * Z95
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Result:
    """Counts, and what follows from them. hit_rate, false_alarm_rate: corrected."""

    hits: int
    signals: int
    false_alarms: int
    noise: int
    localised: int = 0

    @property
    def hit_rate(self) -> float:
        return rate(self.hits, self.signals)

    @property
    def false_alarm_rate(self) -> float:
        return rate(self.false_alarms, self.noise)

    @property
    def d_prime(self) -> float:
        """Sensitivity: z(H) − z(F)."""
        return NORMAL.inv_cdf(self.hit_rate) - NORMAL.inv_cdf(self.false_alarm_rate)

    @property
    def criterion(self) -> float:
        """c = −½ (z(H) + z(F)): below 0 refers too easily, above 0 lets too much pass."""
        return -0.5 * (NORMAL.inv_cdf(self.hit_rate) + NORMAL.inv_cdf(self.false_alarm_rate))

    @property
    def standard_error(self) -> float:
        """Of d′: √( H(1−H) ÷ (n φ(z_H)²) + F(1−F) ÷ (n φ(z_F)²) )."""
        parts = 0.0
        for share, of in ((self.hit_rate, self.signals), (self.false_alarm_rate, self.noise)):
            density = NORMAL.pdf(NORMAL.inv_cdf(share))
            parts += share * (1 - share) / (max(1, of) * density * density)
        return math.sqrt(parts)

    @property
    def interval(self) -> Interval:
        """Of d′, 95 %."""
        return self.d_prime - Z95 * self.standard_error, self.d_prime + Z95 * self.standard_error

    @property
    def criterion_interval(self) -> Interval:
        """Of c, 95 %; its standard error is half that of d′."""
        half = Z95 * self.standard_error / 2
        return self.criterion - half, self.criterion + half

    @property
    def is_enough(self) -> bool:
        """Whether there are trials enough for any figure."""
        return self.signals >= LEAST and self.noise >= LEAST

    @property
    def misses(self) -> int:
        return self.signals - self.hits

    @property
    def localised_share(self) -> float | None:
        """Of the hits, those for the right reason; None without hits."""
        return self.localised / self.hits if self.hits else None


def result(trials: Iterable[Seen]) -> Result:
    """The counts of some trials."""
    hits = signals = false_alarms = noise = localised = 0
    for one in trials:
        if one.is_signal:
            signals += 1
            hits += one.is_referred
            localised += one.is_referred and one.is_localised
        else:
            noise += 1
            false_alarms += one.is_referred
    return Result(hits, signals, false_alarms, noise, localised)


def by_group(trials: Sequence[Seen]) -> dict[str, Result]:
    """For each family of anomalies: its signals against all noise trials."""
    noise = [one for one in trials if not one.is_signal]
    groups = sorted({one.group for one in trials if one.is_signal})
    return {
        group: result([*noise, *(one for one in trials if one.is_signal and one.group == group)]) for group in groups
    }


def verdict(found: Result) -> str:
    """Which sentence is said to the learner.

    not_enough, guessing, perfect, refers_too_easily, lets_pass, few_signals or balanced, in that order of what matters.
    """
    if found.signals < FEWEST_SIGNALS or found.noise < LEAST:
        return "not_enough"
    if found.d_prime < 0.5:
        return "guessing"
    if not found.misses and not found.false_alarms:
        return "perfect"
    if found.criterion < -0.5:
        return "refers_too_easily"
    if found.criterion > 0.5:
        return "lets_pass"
    return "few_signals" if found.signals < LEAST else "balanced"


# --- Curves ---------------------------------------------------------------------------------------------------------------


def roc(trials: Sequence[Seen]) -> list[tuple[float, float]]:
    """Points (false alarms, hits), from (0, 0) to (1, 1), one for each step of confidence; none without both sorts of trials."""
    signals = [one.answer for one in trials if one.is_signal]
    noise = [one.answer for one in trials if not one.is_signal]
    if not signals or not noise:
        return []
    return [
        (sum(answer >= step for answer in noise) / len(noise), sum(answer >= step for answer in signals) / len(signals))
        for step in (7, 6, 5, 4, 3, 2, 1)
    ]


def area(points: Sequence[tuple[float, float]]) -> float | None:
    """Under the curve, by trapezoids: how often a signal is given a higher answer than a noise trial."""
    if not points:
        return None
    return sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(points))


# --- Many people, and the standard ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Aggregate:
    """Means over people, each counted once."""

    people: int
    d_prime: float
    criterion: float
    hit_rate: float
    false_alarm_rate: float


def aggregate(results: Iterable[Result]) -> Aggregate | None:
    """Figures per person first, then their mean; None for fewer than ten people who have trials enough."""
    ready = [one for one in results if one.is_enough]
    if len(ready) < LEAST_PEOPLE:
        return None
    return Aggregate(
        len(ready),
        fmean(one.d_prime for one in ready),
        fmean(one.criterion for one in ready),
        fmean(one.hit_rate for one in ready),
        fmean(one.false_alarm_rate for one in ready),
    )


@dataclass(frozen=True)
class Condition:
    """One condition of the standard. name: trials, d_prime, false_alarms, criterion, localised, protection.

    value: None without trials; wanted: the least that will do, or the most of its size where is_most.
    """

    name: str
    value: float | None
    wanted: float
    is_most: bool = False

    @property
    def margin(self) -> float | None:
        """By how much it is met, in units of the value; below 0, by how much it is missed; None without a value."""
        if self.value is None:
            return None
        return self.wanted - abs(self.value) if self.is_most else self.value - self.wanted

    @property
    def is_met(self) -> bool:
        return self.margin is not None and self.margin >= 0


def standard(found: Result, *, asked: int, doubtful: int) -> list[Condition]:
    """The level 2 standard (a proposal that waits for review), condition by condition.

    asked, doubtful: of the doubtful cases with a person present, in how many the protection question was asked.
    """
    return [
        Condition("trials", float(min(found.signals, found.noise)), 60),
        Condition("d_prime", found.d_prime if found.is_enough else None, 1.5),
        Condition("false_alarms", found.false_alarm_rate if found.noise else None, 0.20, is_most=True),
        Condition("criterion", found.criterion if found.is_enough else None, 0.5, is_most=True),
        Condition("localised", found.localised_share, 0.7),
        Condition("protection", asked / doubtful if doubtful else None, 0.9),
    ]
