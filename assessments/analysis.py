"""How well items and papers measure: figures over answered papers. Pure functions.

Every answer is looked at once: it goes into the tally of its item in its quiz. Tallies add up, so that the figures of an
item over several versions and quizzes come from the same pass. What papers have in common is compared within a quiz, never
across: officers who sat a hard exam and officers who sat an easy one are not put into one order.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import fsum, log, sqrt
from operator import add
from typing import Literal

LOWER, MIDDLE, UPPER = range(3)

# Below this many officers figures move too much to act on them (the bank's own rule: curriculum, assessment blueprint).
MIN_OFFICERS = 30
# ETS asks for 200 in the smaller group (Zwick, ETS RR-12-08, 2012). With 50 only large differences are found, which is
# what an editor can act on; the classes hold a test of significance, so that a small group alone flags nothing.
MIN_GROUP = 50
# "Extremely easy" from 95 % and "difficult" to 20 % (Moodle, Quiz statistics calculations, facility index).
TOO_EASY, TOO_HARD = 0.95, 0.20
# Below this an item hardly tells strong from weak (Ebel and Frisbie, Essentials of Educational Measurement, 1991, ch. 13).
WEAK = 0.20
# An option chosen by fewer than one in twenty does no work (Haladyna and Downing, Educ. Psychol. Meas. 53, 1993).
WORKING = 0.05
# How many strong officers have to choose a wrong option before it is held against the key. No source: five in a third of 30
# is half of them.
STRONG_CHOOSERS = 5
# For a decision about one person a test should reach this (Nunnally and Bernstein, Psychometric Theory, 1994, p. 265).
RELIABLE = 0.80

_NOTHING = 1e-12  # a spread below this is rounding
# Beyond these a difference is not chance: chi-square with one degree of freedom at 5 %, the normal at 5 % on one side.
_CHI_5, _NORMAL_5 = 3.841, 1.645


@dataclass(frozen=True, slots=True)
class Answer:
    """One item asked once. item: what the tally is kept for. points: in [0, 1]; nothing given earns 0.

    chosen: what was given. language: in which it was read, "" if not known. seconds: spent on it, None if not known. said: how
    sure its officer was (`kinds.certainty`), "" where nothing was said.
    """

    item: Hashable
    points: float
    chosen: tuple[str, ...] = ()
    language: str = ""
    seconds: float | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class AnsweredPaper:
    """One sitting. quiz: within which papers are compared. form: which of parallel forms, "" for none.

    language: in which it was begun, "" if not known.
    """

    quiz: Hashable
    answers: tuple[Answer, ...]
    form: str = ""
    language: str = ""

    @property
    def points(self) -> float:
        """The sum over its answers."""
        return fsum(answer.points for answer in self.answers)


# --- Parts of a tally ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Spread:
    """Means and sums of squares of two variables, in one pass (Welford, Technometrics 4, 1962)."""

    n: int = 0
    mean_x: float = 0.0
    mean_y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    def add(self, x: float, y: float) -> None:
        """Take in one pair."""
        self.n += 1
        dx, dy = x - self.mean_x, y - self.mean_y
        self.mean_x += dx / self.n
        self.mean_y += dy / self.n
        self.xx += dx * (x - self.mean_x)
        self.yy += dy * (y - self.mean_y)
        self.xy += dx * (y - self.mean_y)


def correlation(spreads: Iterable[Spread]) -> float | None:
    """Pearson's r within groups: their sums of squares and products pooled. None where a variable does not vary."""
    kept = list(spreads)
    xx, yy, xy = (fsum(getattr(one, name) for one in kept) for name in ("xx", "yy", "xy"))
    if xx < _NOTHING or yy < _NOTHING:
        return None
    return max(-1.0, min(1.0, xy / sqrt(xx * yy)))


@dataclass(slots=True)
class Choice:
    """How often something was given, by thirds, and the sum of the choosers' scores (shares of their papers)."""

    thirds: list[int] = field(default_factory=lambda: [0, 0, 0])
    shares: float = 0.0

    @property
    def n(self) -> int:
        """How often in all."""
        return sum(self.thirds)

    @property
    def mean_share(self) -> float | None:
        """The mean score of who chose it; None for nobody."""
        return self.shares / self.n if self.n else None

    def __add__(self, other: "Choice") -> "Choice":
        return Choice([a + b for a, b in zip(self.thirds, other.thirds, strict=True)], self.shares + other.shares)


# Officers with the same score on the same kind of paper: group -> [right, not right].
Stratum = dict[str, list[int]]


@dataclass
class Tally:
    """What is known of one item.

    asked, answered: how often. points: their sum. thirds: of the lower, middle and upper third of officers, how many were
    asked and the sum of their points. choices: by what was given. nothing: who gave nothing. seconds: whole seconds -> how
    often. spreads: points against the rest of the paper, one for each quiz. languages, forms: strata for a comparison. sure: how
    sure one was -> how many got everything right, and how many said so.
    """

    asked: int = 0
    answered: int = 0
    points: float = 0.0
    thirds: list[tuple[int, float]] = field(default_factory=lambda: [(0, 0.0)] * 3)
    choices: dict[str, Choice] = field(default_factory=dict)
    nothing: Choice = field(default_factory=Choice)
    seconds: Counter[int] = field(default_factory=Counter)
    spreads: list[Spread] = field(default_factory=list)
    languages: dict[Hashable, Stratum] = field(default_factory=dict)
    forms: dict[Hashable, Stratum] = field(default_factory=dict)
    sure: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __add__(self, other: "Tally") -> "Tally":
        """Both together. Strata of the same quiz and score are one, comparisons with the rest stay apart."""
        return Tally(
            self.asked + other.asked,
            self.answered + other.answered,
            self.points + other.points,
            [(a[0] + b[0], a[1] + b[1]) for a, b in zip(self.thirds, other.thirds, strict=True)],
            {
                value: self.choices.get(value, Choice()) + other.choices.get(value, Choice())
                for value in self.choices | other.choices
            },
            self.nothing + other.nothing,
            self.seconds + other.seconds,
            self.spreads + other.spreads,
            _together(self.languages, other.languages),
            _together(self.forms, other.forms),
            {said: _pair(self.sure.get(said), other.sure.get(said)) for said in self.sure | other.sure},
        )

    @property
    def facility(self) -> float | None:
        """How easy it is: the mean of its points, a share in [0, 1]; None if nobody was asked.

        For items that are right or wrong the p-value of classical test theory (Lord and Novick, 1968, p. 328).
        """
        return self.points / self.asked if self.asked else None

    @property
    def discrimination(self) -> float | None:
        """How well it tells strong from weak: the corrected item-total correlation, in [-1, 1]; None where nothing varies.

        Pearson's r (for right or wrong: the point-biserial) between the item's points and the mean of the other items of
        the same paper, so that the item is not correlated with itself and drawn papers need not be of the same length.
        Nunnally and Bernstein, Psychometric Theory, 1994, p. 304.
        """
        return correlation(self.spreads)

    @property
    def median_seconds(self) -> int | None:
        """Time spent on it; the lower of two middle ones."""
        middle, passed = (self.seconds.total() + 1) // 2, 0
        for seconds in sorted(self.seconds):
            passed += self.seconds[seconds]
            if passed >= middle:
                return seconds
        return None

    def third(self, number: int) -> tuple[int, float | None]:
        """How many of a third were asked, and the facility for them."""
        n, points = self.thirds[number]
        return n, points / n if n else None


def _pair(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int]:
    (a, b), (c, d) = one or (0, 0), other or (0, 0)
    return a + c, b + d


def _together(one: Mapping[Hashable, Stratum], other: Mapping[Hashable, Stratum]) -> dict[Hashable, Stratum]:
    found: dict[Hashable, Stratum] = {}
    for strata in (one, other):
        for at, stratum in strata.items():
            mine = found.setdefault(at, {})
            for group, (right, wrong) in stratum.items():
                before = mine.get(group, [0, 0])
                mine[group] = [before[0] + right, before[1] + wrong]
    return found


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    return reduce(add, tallies, Tally())


# --- One pass over the answers ---------------------------------------------------------------------------------------


def thirds(scores: Sequence[float]) -> list[int]:
    """Which third each score is in. Equal scores are in the same third: where half of all got everything right, nobody is
    made "middle" by the order of the list, and the thirds are as unequal as the scores are.
    """
    n, found, below = len(scores), {}, 0
    for score, count in sorted(Counter(scores).items()):
        middle = (below + count / 2) / n
        found[score] = LOWER if middle < 1 / 3 else UPPER if middle > 2 / 3 else MIDDLE
        below += count
    return [found[score] for score in scores]


def tally(papers: Iterable[AnsweredPaper]) -> dict[tuple[Hashable, Hashable], Tally]:
    """(item, quiz) -> what is known of it. Papers of each quiz are first put in order by their scores."""
    by_quiz: dict[Hashable, list[AnsweredPaper]] = defaultdict(list)
    for paper in papers:
        if paper.answers:
            by_quiz[paper.quiz].append(paper)
    found: dict[tuple[Hashable, Hashable], Tally] = {}
    for quiz, group in by_quiz.items():
        points = [paper.points for paper in group]
        shares = [round(one / len(paper.answers), 9) for one, paper in zip(points, group, strict=True)]
        for paper, its_points, share, third in zip(group, points, shares, thirds(shares), strict=True):
            others = len(paper.answers) - 1
            stratum = (quiz, len(paper.answers), round(its_points))
            for answer in paper.answers:
                one = found.get((answer.item, quiz))
                if one is None:
                    one = found[answer.item, quiz] = Tally(spreads=[Spread()])
                one.asked += 1
                one.points += answer.points
                n, sum_of = one.thirds[third]
                one.thirds[third] = n + 1, sum_of + answer.points
                choices = [one.choices.setdefault(value, Choice()) for value in answer.chosen]
                one.answered += bool(choices)
                for choice in choices or [one.nothing]:
                    choice.thirds[third] += 1
                    choice.shares += share
                if answer.said:
                    one.sure[answer.said] = _pair(one.sure.get(answer.said), (answer.points == 1, 1))
                if answer.seconds is not None:
                    one.seconds[round(answer.seconds)] += 1
                if others:
                    one.spreads[0].add(answer.points, (its_points - answer.points) / others)
                for strata, name in ((one.languages, answer.language), (one.forms, paper.form)):
                    if name:
                        strata.setdefault(stratum, {}).setdefault(name, [0, 0])[answer.points < 1] += 1
    return found


# --- The paper as a whole --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reliability:
    """Of papers with the same number of items. n: papers, k: items. mean, deviation: of the total in points (n − 1).

    alpha: Cronbach's, None where it says nothing. error: standard error of measurement in points. is_kr20: whether every
    item was right or wrong, so that alpha is also Kuder and Richardson's formula 20.
    """

    n: int
    k: int
    mean: float
    deviation: float
    alpha: float | None
    error: float | None
    is_kr20: bool


def reliability(rows: Iterable[Sequence[float]]) -> Reliability | None:
    """How far the totals of such papers can be trusted. rows: the points of each paper, place by place, all of one length.

    alpha = k/(k−1) · (1 − Σ variance of a place ÷ variance of the total) (Cronbach, Psychometrika 16, 1951). Where items are
    drawn a place is asked with different items, and what they differ in difficulty counts as error, as it should. Standard
    error = deviation · √(1 − alpha), an alpha below 0 taken as 0 (Lord and Novick, 1968, p. 67). None for fewer than two
    papers or places. Raises ValueError for rows of different lengths.
    """
    places: list[Spread] = []
    whole, is_kr20, first = Spread(), True, True
    for row in rows:
        if first:
            places, first = [Spread() for _point in row], False
        for place, points in zip(places, row, strict=True):
            place.add(points, points)
            is_kr20 = is_kr20 and points in (0, 1)
        sum_of = fsum(row)
        whole.add(sum_of, sum_of)
    n, k = whole.n, len(places)
    if n < 2 or k < 2:
        return None
    deviation = sqrt(whole.xx / (n - 1))
    if whole.xx < _NOTHING:
        return Reliability(n, k, whole.mean_x, 0.0, None, None, is_kr20)
    alpha = k / (k - 1) * (1 - fsum(place.xx for place in places) / whole.xx)
    return Reliability(n, k, whole.mean_x, deviation, alpha, deviation * sqrt(1 - max(alpha, 0.0)), is_kr20)


# --- Two groups ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Differential:
    """Whether an item is harder for one of two groups whose scores are the same.

    odds_ratio: odds of the first group to get it right over those of the second. delta: the same on the ETS scale, negative
    where it is harder for the second group; error: its standard error. chi_square: with the correction for continuity.
    """

    odds_ratio: float
    delta: float
    error: float
    chi_square: float

    @property
    def ets(self) -> Literal["A", "B", "C"]:
        """A negligible, B moderate, C large (Zwick, ETS RR-12-08, 2012).

        A: delta within ±1, or not different from 0 at 5 %. C: beyond ±1.5, and further than 1 from 0 at 5 %. B: the others.
        """
        size = abs(self.delta)
        if size < 1 or self.chi_square < _CHI_5:
            return "A"
        return "C" if size >= 1.5 and size - 1 > _NORMAL_5 * self.error else "B"


def mantel_haenszel(tables: Iterable[tuple[int, int, int, int]]) -> Differential | None:
    """Compare two groups over strata of officers with the same score.

    tables: for each stratum how many of the first group got it right and not, and of the second. None where the groups do
    not meet, or nothing tells them apart from a certainty. Odds ratio and chi-square: Mantel and Haenszel, J. Natl. Cancer
    Inst. 22, 1959; delta = −2.35 · ln: Holland and Thayer, in Wainer and Braun, Test Validity, 1988; the variance of its
    logarithm: Robins, Breslow and Greenland, Biometrics 42, 1986.
    """
    r = s = pr = psqr = qs = seen = expected = variance = 0.0
    for a, b, c, d in tables:
        n = a + b + c + d
        if not (a + b and c + d):
            continue
        same, crossed, p, q = a * d / n, b * c / n, (a + d) / n, (b + c) / n
        r += same
        s += crossed
        pr += p * same
        psqr += p * crossed + q * same
        qs += q * crossed
        seen += a
        expected += (a + b) * (a + c) / n
        variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))
    if not (r and s and variance):
        return None
    ratio = r / s
    error = 2.35 * sqrt(pr / (2 * r * r) + psqr / (2 * r * s) + qs / (2 * s * s))
    # The correction does not turn a difference round (as in R's mantelhaen.test).
    chi_square = max(0.0, abs(seen - expected) - 0.5) ** 2 / variance
    return Differential(ratio, -2.35 * log(ratio), error, chi_square)


def group_sizes(strata: Mapping[Hashable, Stratum]) -> dict[str, tuple[int, int]]:
    """Group -> how many got it right, and how many were asked."""
    found: dict[str, tuple[int, int]] = {}
    for stratum in strata.values():
        for group, (right, wrong) in stratum.items():
            before = found.get(group, (0, 0))
            found[group] = before[0] + right, before[1] + right + wrong
    return found


def differential(strata: Mapping[Hashable, Stratum], first: str, second: str) -> Differential | None:
    """Two groups of a tally compared; an item with part of the points counts as not right."""
    return mantel_haenszel(
        (*stratum.get(first, (0, 0)), *stratum.get(second, (0, 0)))
        for stratum in strata.values()  # type: ignore[misc]
    )


# --- What an editor should look at -----------------------------------------------------------------------------------

FlagCode = Literal["few", "key", "negative", "weak", "easy", "hard", "nobody", "hardly", "language", "form"]


@dataclass(frozen=True)
class Flag:
    """Something to look at. option: which; harder, easier: groups; n: how many so far. `assessments.evidence` words it."""

    code: FlagCode
    option: str = ""
    harder: str = ""
    easier: str = ""
    n: int = 0


def flags(known: Tally, key: Mapping[str, bool], *, is_single: bool) -> list[Flag]:
    """What to look at in an item, the gravest first; too few officers say nothing.

    key: option -> right or not; empty for items without options. is_single: whether exactly one option is chosen.
    """
    if known.asked < MIN_OFFICERS:
        return [Flag("few", n=known.asked)]
    found = [Flag("key", option=option) for option in _rivals(known, key)] if is_single else []
    facility, discrimination = known.facility or 0.0, known.discrimination
    if discrimination is not None and discrimination < 0:
        found.append(Flag("negative"))
    found += _groups("language", known.languages) + _groups("form", known.forms)
    # Where nearly everyone or nearly nobody gets the points, little can be told and wrong options have nothing to do.
    if facility >= TOO_EASY:
        return [*found, Flag("easy")]
    if facility <= TOO_HARD:
        return [*found, Flag("hard")]
    if discrimination is not None and 0 <= discrimination < WEAK:
        found.append(Flag("weak"))
    for option, is_right in key.items():
        n = known.choices.get(option, Choice()).n
        if not is_right and n < WORKING * known.asked:
            found.append(Flag("hardly" if n else "nobody", option=option))
    return found


def _rivals(known: Tally, key: Mapping[str, bool]) -> list[str]:
    """The wrong option that strong officers choose most, if they choose it more often than the right one."""
    strong = {option: known.choices.get(option, Choice()).thirds[UPPER] for option in key}
    right = max((strong[option] for option in key if key[option]), default=0)
    rivals = [o for o in key if not key[o] and strong[o] >= STRONG_CHOOSERS and strong[o] > right]
    return [max(rivals, key=lambda option: strong[option])] if rivals else []


def _groups(code: Literal["language", "form"], strata: Mapping[Hashable, Stratum]) -> list[Flag]:
    """Groups, each compared with the largest, for whom the item works otherwise."""
    sizes = sorted(((n, group) for group, (_right, n) in group_sizes(strata).items() if n >= MIN_GROUP), reverse=True)
    found = []
    for _n, group in sizes[1:]:
        largest = sizes[0][1]
        compared = differential(strata, largest, group)
        if compared and compared.ets != "A":
            harder, easier = (group, largest) if compared.delta < 0 else (largest, group)
            found.append(Flag(code, harder=harder, easier=easier))
    return found
