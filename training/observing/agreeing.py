"""How far observers of the same exercises agree: Cohen's weighted kappa over all criteria that two of them judged."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Final

from assessments.agreement import Agreement, of
from training.observing.recording import Exercise

TARGET: Final = 0.60  # weighted kappa that is asked of observers before they judge alone
ENOUGH: Final = 10  # judgements made twice; fewer say nothing


def agreement(exercises: Iterable[Exercise]) -> Agreement | None:
    """The agreement of each pair of observers together; None with fewer than ten judgements made twice."""
    pairs: Counter[tuple[int, int]] = Counter()
    for exercise in exercises:
        for one, other in combinations(exercise.observations, 2):
            pairs.update((one.levels[id], other.levels[id]) for id in one.levels.keys() & other.levels.keys())
    return of(pairs) if sum(pairs.values()) >= ENOUGH else None
