"""What was learned (level 2): the gain from a test before to the same after, by objective."""

from dataclasses import dataclass
from typing import Any

from core.privacy import SMALLEST_CELL
from courses.catalogue import CourseInfo
from training.evaluating.scope import Scope
from training.testing.gain import ObjectiveGain, course_gain


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
    """The gain in the whole test and for each objective of a course."""
    since, until = scope.period.moments
    return [_shown(one) for one in course_gain(course.key, since=since, until=until, units=scope.units)]


def _shown(one: ObjectiveGain) -> Learned:
    if one.n < SMALLEST_CELL or one.low is None or one.high is None:
        return Learned(one.objective, one.label, None, 0, 0, 0)
    return Learned(one.objective, one.label, one.n, round(one.gain * 100), round(one.low * 100), round(one.high * 100))
