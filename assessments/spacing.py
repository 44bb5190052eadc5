"""When a question comes back: FSRS, the free spaced repetition scheduler (py-fsrs, version 6 of the algorithm). Pure functions.

Its parameters are the defaults of its authors, fitted to other learners; what is recorded here (`RefresherReview`) is enough to
fit our own.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from fsrs import Card, Rating, Scheduler, State

WEEK = timedelta(days=7)
PER_WEEK = 3  # questions per objective in any seven days
LONGEST = timedelta(days=180)  # nobody is believed to know something for longer without having shown it

# Whole days from the first time on, since nobody learns a lesson by heart in ten minutes; no chance, so that what is due can be retold.
_SCHEDULER = Scheduler(
    desired_retention=0.9,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST.days,
    enable_fuzzing=False,
)

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Memory:
    """What is believed of one person and one question.

    stability: days until the chance to know it has fallen to 0.9. difficulty: in [1, 10]. reviewed_at: when it was last
    answered, or learned. due_at: when it should be asked again. Both moments are aware.
    """

    stability: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime


def rating(*, is_right: bool) -> Rating:
    """FSRS's grade of an answer: an answer that is right in part only was not remembered. People do not grade themselves."""
    return Rating.Good if is_right else Rating.Again


def learned(*, at: datetime) -> Memory:
    """The memory of somebody who has just learned what the question asks."""
    return _after(Card(card_id=0), Rating.Good, at)


def reviewed(memory: Memory, *, is_right: bool, at: datetime) -> Memory:
    """The memory after an answer. at: not before the last one."""
    card = Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due_at.astimezone(UTC),
        last_review=memory.reviewed_at.astimezone(UTC),
    )
    return _after(card, rating(is_right=is_right), at)


def _after(card: Card, grade: Rating, at: datetime) -> Memory:
    after, _log = _SCHEDULER.review_card(card, grade, at.astimezone(UTC))
    if after.stability is None or after.difficulty is None:
        raise ValueError("a reviewed card has a memory")
    return Memory(after.stability, after.difficulty, at, after.due)


def turns(
    due: Mapping[Key, tuple[str, datetime]], answered: Iterable[tuple[str, datetime]], *, at: datetime
) -> tuple[list[Key], datetime | None]:
    """Which cards are asked now, the longest due first, and when one is asked if none is now (None: never).

    due: objective and due time of each card. answered: objective and time of what was answered, at least of the last week.
    Of an objective at most `PER_WEEK` are answered in any seven days.
    """
    times: dict[str, list[datetime]] = defaultdict(list)
    for objective, answered_at in answered:
        if answered_at > at - WEEK:
            times[objective].append(answered_at)
    now: list[Key] = []
    later: list[datetime] = []
    taken = {objective: len(found) for objective, found in times.items()}
    for key, (objective, due_at) in sorted(due.items(), key=lambda one: one[1][1]):
        if due_at <= at and taken.get(objective, 0) < PER_WEEK:
            taken[objective] = taken.get(objective, 0) + 1
            now.append(key)
        else:
            recent = sorted(times[objective])[-PER_WEEK:]
            later.append(max(due_at, recent[0] + WEEK) if len(recent) == PER_WEEK else due_at)
    return now, None if now else min(later, default=None)
