"""The modules of a session one after the other, by the clock and for as many people as are expected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from content.guides import GuideInfo, Material, Slide, Step
from courses.catalogue import Catalogue
from training.models import TrainingSession

BREAK: Final = 15  # minutes between two modules, where the session is long enough


@dataclass(frozen=True)
class TimedStep:
    """A step of a guide. begins_at, ends_at: in a session; None where a guide is only read."""

    step: Step
    begins_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True)
class Shown:
    """A slide in its place. number: from 1; timed: the step during which it is shown."""

    number: int
    module: str
    slide: Slide
    timed: TimedStep


@dataclass(frozen=True)
class Planned:
    """A module with its guide, where there is one. begins_at, people: in a session; None where a guide is only read."""

    code: str
    title: Any
    minutes: int
    guide: GuideInfo | None
    begins_at: datetime | None = None
    people: int | None = None

    @property
    def ends_at(self) -> datetime | None:
        """When the next may begin."""
        return self.begins_at and self.begins_at + timedelta(minutes=self.minutes)

    @property
    def steps(self) -> list[TimedStep]:
        """The steps with their times."""
        steps = self.guide.steps if self.guide else ()
        return [TimedStep(one, self._at(one.begins), self._at(one.ends)) for one in steps]

    @property
    def materials(self) -> list[tuple[Material, int | None]]:
        """What is needed, and how many of it for those who are expected."""
        if self.guide is None:
            return []
        return [
            (one, None if self.people is None else self.guide.quantity(one, self.people))
            for one in self.guide.materials
        ]

    @property
    def groups(self) -> int | None:
        """How many small groups there are."""
        return None if self.guide is None or self.people is None else self.guide.groups(self.people)

    def _at(self, minute: int) -> datetime | None:
        return self.begins_at and self.begins_at + timedelta(minutes=minute)


def beginnings(minutes: Sequence[int], length: int) -> list[int]:
    """The minute at which each of several modules begins, with a break between two where `length` minutes leave time for it.

    minutes: of each, in their order.
    """
    spare = max(0, length - sum(minutes))
    pause = min(BREAK, spare // (len(minutes) - 1)) if len(minutes) > 1 else 0
    return [sum(minutes[:n]) + n * pause for n in range(len(minutes))]


def planned(
    session: TrainingSession, known: Catalogue, found: Mapping[str, GuideInfo], *, people: int
) -> list[Planned]:
    """The modules of a session in the order in which they are taught. A module without a guide takes as long as learning it alone."""
    course = known.by_key.get(session.course_key)
    alone = {module.code: module.minutes for module in course.modules} if course else {}
    minutes = [found[code].minutes if code in found else alone.get(code, 0) for code in session.modules]
    length = int((session.ends_at - session.starts_at).total_seconds()) // 60
    return [
        Planned(
            code, known.titles.get(code, ""), lasting, found.get(code),
            session.starts_at + timedelta(minutes=begins), people,
        )
        for code, lasting, begins in zip(session.modules, minutes, beginnings(minutes, length), strict=True)
    ]  # fmt: skip


def slides(modules: Sequence[Planned]) -> list[Shown]:
    """All slides of a session in their order."""
    found: list[Shown] = []
    for module in modules:
        timed = module.steps
        for slide in module.guide.slides if module.guide else ():
            found.append(Shown(len(found) + 1, module.code, slide, timed[slide.step]))
    return found
