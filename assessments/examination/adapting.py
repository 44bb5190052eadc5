"""Which specimen comes next: at the edge of what somebody can do, in an order that tells nothing. Pure, given a `Chance`."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assessments.examination.detection import Result
from specimens.chance import Chance
from specimens.truth import GROUPS

FLOOR = 0.5  # success by guessing, of two answers
TARGET = 0.75
PRIOR = {1: -1.5, 2: -0.5, 3: 0.5, 4: 1.5}  # logits, of a difficulty in the catalogue
REVIEWS = (1, 3, 7, 21)  # days after something was missed
WEIGHT = 20  # trials that the prior of a difficulty counts for
LADDER = (50, 30, 12)  # per cent of signals
JUDGED = 6  # newest blocks of a rung that count: 60 trials of each sort on the first, as many as the standard asks for
COACHED = 0.7  # |c| in two blocks running


def difficulty(prior: int, severity: int) -> float:
    """On the logit scale. prior: 1 to 4, at severity 3; faint ones (severity 1) are 1.5 harder, gross ones (5) 1.5 easier."""
    return PRIOR[prior] + (3 - severity) * 0.75


def success(ability: float, hard: float, *, floor: float = FLOOR) -> float:
    """How likely a right answer is: g + (1 − g) σ(θ − b)."""
    return floor + (1 - floor) / (1 + math.exp(hard - ability))


def learned(ability: float, hard: float, *, is_right: bool, count: int) -> float:
    """The ability after a trial: θ + K(y − p), K = max(0.15, 0.6 ÷ √n). count: trials of the group with this one."""
    step = max(0.15, 0.6 / math.sqrt(max(1, count)))
    return ability + step * (is_right - success(ability, hard))


def found_difficulty(prior: float, outcomes: Sequence[tuple[float, bool]]) -> float:
    """A difficulty re-estimated from data: the likeliest one, with a normal prior as sure as `WEIGHT` trials at success 0.75 would be.

    outcomes: ability of who answered, and whether rightly. Found by halving, to a millionth; a kind that everybody misses, more often
    even than guessing would, stays near the others.
    """
    sureness = WEIGHT * (1 - FLOOR) / (4 * (1 + FLOOR))  # Fisher's information of a trial where σ(θ − b) is a half

    def pull(hard: float) -> float:
        """The slope of the log posterior: above 0 where a harder one is likelier."""
        total = (prior - hard) * sureness
        for ability, is_right in outcomes:
            p = success(ability, hard)
            inner = (p - FLOOR) / (1 - FLOOR)
            total += inner * (1 - inner) * (1 - FLOOR) * (p - is_right) / (p * (1 - p))
        return total

    low, high = prior - 8, prior + 8
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if pull(middle) > 0 else (low, middle)
    return (low + high) / 2


def severity_for(ability: float, hard: Callable[[int], float]) -> int:
    """The severity at which success is nearest to 0.75. hard: gives the difficulty of a severity."""
    return min(range(1, 6), key=lambda severity: (abs(success(ability, hard(severity)) - TARGET), severity))


@dataclass(frozen=True)
class Missed:
    """Something missed on a day, and not found since."""

    kind: str
    on: date


def due_reviews(missed: Sequence[Missed], *, today: date) -> list[str]:
    """Kinds missed 1, 3, 7 or 21 days ago."""
    days = {timedelta(days=day) for day in REVIEWS}
    return [one.kind for one in missed if today - one.on in days]


def next_kind(
    abilities: Mapping[str, float], kinds: Mapping[str, Sequence[str]], chance: Chance, *, reviews: Sequence[str] = ()
) -> str:
    """The kind of anomaly to show: of the weakest family (0.6), of any (0.3), or one that was missed before (0.1).

    abilities: by family, 0 where there is none; kinds: of each family, those that can be shown.
    """
    groups = [group for group in GROUPS if kinds.get(group)]
    draw = chance.below(10)
    if draw == 9 and reviews:
        return chance.one(reviews)
    lowest = min(abilities.get(group, 0.0) for group in groups)
    weakest = [group for group in groups if abilities.get(group, 0.0) == lowest]
    group = chance.one(weakest) if draw < 6 else chance.one(groups)
    return chance.one(kinds[group])


def bag(chance: Chance, size: int, share: int) -> list[bool]:
    """Signals (True) and noise in an order by chance, with exactly that share of signals (per cent, rounded): no run can be learned."""
    signals = round(size * share / 100)
    return chance.shuffled([True] * signals + [False] * (size - signals))


def rung(blocks: Sequence[Result]) -> int:
    """Which rung of the prevalence ladder comes next. blocks: all of a person's, oldest first.

    A rung is judged on its newest `JUDGED` blocks together, once they hold ten trials of each sort. Up when d′ is surely above 1 (the lower
    end of its interval) and |c| at most 0.7; down when d′ is below 0.5: signals get rare only for who can find them. Blocks that
    were coached are passed over, their specimens being easier or of one sort.
    """
    place = 0
    here: list[Result] = []
    for index, one in enumerate(blocks):
        if coaching(blocks[:index]):
            continue
        here = [*here, one][-JUDGED:]
        found = pooled(here)
        step = 0
        if found.is_enough and found.interval[0] > 1 and abs(found.criterion) <= COACHED:
            step = 1
        elif found.is_enough and found.d_prime < 0.5:
            step = -1
        if step and 0 <= place + step < len(LADDER):
            place, here = place + step, []
    return place


def pooled(blocks: Sequence[Result]) -> Result:
    """Blocks of one person as one. Not for blocks of several people: their figures are averaged, not their counts."""
    return Result(
        sum(one.hits for one in blocks),
        sum(one.signals for one in blocks),
        sum(one.false_alarms for one in blocks),
        sum(one.noise for one in blocks),
        sum(one.localised for one in blocks),
    )


def coaching(blocks: Sequence[Result]) -> str:
    """What a learner who leans one way in two blocks running is given next: "variations", "gross", or "" for nothing.

    Who refers too easily sees genuine variations only; who lets too much pass sees gross anomalies. A block of one sort only has no
    criterion and ends the run, so that nobody is coached without end.
    """
    last = blocks[-2:]
    if len(last) < 2 or not all(one.signals and one.noise for one in last):
        return ""
    if all(one.criterion < -COACHED for one in last):
        return "variations"
    return "gross" if all(one.criterion > COACHED for one in last) else ""
