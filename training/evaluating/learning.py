"""What was learned (level 2): the gain from a test before to the same after, by objective."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from core.privacy import SMALLEST_CELL
from courses.catalogue import CourseInfo
from training.evaluating.scope import Scope


@dataclass(frozen=True)
class Learned:
    """An objective, and the mean gain of n people with its 95 % interval, in whole per cent; None where too few took both tests."""

    objective: str
    label: Any
    n: int | None
    gain: int
    low: int
    high: int

    @property
    def length(self) -> int | None:
        """How long its bar is; none for no gain."""
        return max(self.gain, 0) if self.n is not None else None


def learned(course: CourseInfo, scope: Scope) -> list[Learned]:
    """The gain for each objective of a course, in the order of the course."""
    if not find_spec("training.testing") or not find_spec("training.testing.gain"):
        return []
    measured = import_module("training.testing.gain").course_gain
    rows: Sequence[Any] = measured(course.key, since=scope.period.since, until=scope.period.until, units=scope.units)
    return [_shown(one) for one in rows]


def _shown(one: Any) -> Learned:
    if one.n < SMALLEST_CELL:
        return Learned(one.objective, one.label, None, 0, 0, 0)
    return Learned(one.objective, one.label, one.n, round(one.gain * 100), round(one.low * 100), round(one.high * 100))
