"""Sessions and accreditations of one course as a graph. Pure.

An accreditation was granted at a session, a session was led by somebody under an accreditation: so that every participation leads up to
the master group. Generation 0 is the master group, 1 whom it accredited, and so on.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from statistics import median

SOON = timedelta(days=90)


@dataclass(frozen=True)
class Right:
    """An accreditation. session: at which it was granted, None for the master group."""

    id: int
    person: int
    tier: str
    session: int | None
    granted_at: datetime
    valid_until: date
    ended_at: datetime | None

    def is_live(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.ended_at is None and self.valid_until >= on


@dataclass(frozen=True)
class Held:
    """A session to which people came. there: who, without its trainers."""

    id: int
    lead: int
    starts_at: datetime
    version: str
    there: frozenset[int]


@dataclass(frozen=True)
class Generation:
    """One step of the cascade. people: who holds a right of it now; never: those who have not led a session; reached: different people who
    attended their sessions; days: median from accreditation to the first session led, None where there was none; ending: within 90 days."""

    depth: int
    people: int
    never: int
    ending: int
    sessions: int
    reached: int
    days: float | None


@dataclass(frozen=True)
class Branch:
    """A right with what came of it. sessions, reached: of its holder alone; below: the rights granted at sessions under it."""

    right: Right
    sessions: int
    reached: int
    below: tuple["Branch", ...]

    @property
    def all_reached(self) -> int:
        """With every branch below it; somebody who attended in two branches counts in each."""
        return self.reached + sum(one.all_reached for one in self.below)


def _people(sessions: Iterable[Held]) -> frozenset[int]:
    """Everybody who came to any of them."""
    return frozenset().union(*(session.there for session in sessions))


class Cascade:
    """The graph of a course. rights: every accreditation, ended ones too; sessions: every session to which people came."""

    def __init__(self, rights: Iterable[Right], sessions: Iterable[Held]) -> None:
        self.rights = sorted(rights, key=lambda one: (one.granted_at, one.id))
        self.sessions = {one.id: one for one in sessions}
        self._of: dict[int, list[Right]] = defaultdict(list)
        for one in self.rights:
            self._of[one.person].append(one)

    def right_at(self, person: int, when: datetime) -> Right | None:
        """The right under which somebody taught at a time: the newest granted by then."""
        return next((one for one in reversed(self._of[person]) if one.granted_at <= when), None)

    @cached_property
    def _led(self) -> dict[int, list[Held]]:
        """The sessions under each right."""
        found: dict[int, list[Held]] = defaultdict(list)
        for session in self.sessions.values():
            if right := self.right_at(session.lead, session.starts_at):
                found[right.id].append(session)
        return found

    @cached_property
    def _parents(self) -> dict[int, Right | None]:
        """The right under which each right was granted."""
        found: dict[int, Right | None] = {}
        for one in self.rights:
            session = self.sessions.get(one.session) if one.session is not None else None
            found[one.id] = self.right_at(session.lead, session.starts_at) if session else None
        return found

    def depth(self, right: Right) -> int:
        """How many steps from the master group."""
        return len(self.up(right)) - 1

    def up(self, right: Right) -> list[Right]:
        """A right, the one under which it was granted, and so on to the master group. A circle, which no page can make, ends."""
        chain = [right]
        while (parent := self._parents[chain[-1].id]) and parent not in chain:
            chain.append(parent)
        return chain

    def chain(self, person: int) -> list[tuple[Held, Right | None]]:
        """For somebody who was taught: the newest session they attended and the right of who led it, then the session at which
        that was granted, up to the master group."""
        attended = [one for one in self.sessions.values() if person in one.there]
        found: list[tuple[Held, Right | None]] = []
        session = max(attended, key=lambda one: (one.starts_at, one.id), default=None)
        while session and session not in [one for one, _right in found]:
            right = self.right_at(session.lead, session.starts_at)
            found.append((session, right))
            session = self.sessions.get(right.session) if right and right.session is not None else None
        return found

    def generations(self, *, on: date) -> list[Generation]:
        """Each step from the master group down. Everybody counts in the generation of their newest right."""
        groups: dict[int, list[Right]] = defaultdict(list)
        for one in self.rights:
            groups[self.depth(one)].append(one)
        return [self._generation(depth, groups[depth], on) for depth in sorted(groups)]

    def _generation(self, depth: int, rights: Sequence[Right], on: date) -> Generation:
        newest = {person: held[-1] for person, held in self._of.items()}
        live = [one for one in rights if one.is_live(on) and newest[one.person] is one]
        led = [session for one in rights for session in self._led[one.id]]
        waits = [
            (first - one.granted_at).days
            for one in rights
            if (first := min((session.starts_at for session in self._led[one.id]), default=None))
        ]
        ever = {session.lead for session in self.sessions.values()}
        return Generation(
            depth=depth,
            people=len(live),
            never=sum(one.person not in ever for one in live),
            ending=sum(one.valid_until <= on + SOON for one in live),
            sessions=len(led),
            reached=len(_people(led)),
            days=median(waits) if waits else None,
        )

    def tree(self) -> list[Branch]:
        """The branches from the master group down."""
        below: dict[int | None, list[Right]] = defaultdict(list)
        for one in self.rights:
            parent = self._parents[one.id]
            below[parent.id if parent else None].append(one)

        def branch(right: Right) -> Branch:
            led = self._led[right.id]
            reached = len(_people(led))
            return Branch(right, len(led), reached, tuple(branch(one) for one in below[right.id]))

        return [branch(one) for one in below[None]]

    def reached(self) -> frozenset[int]:
        """Everybody who attended a session."""
        return _people(self.sessions.values())

    def outdated(self, version: str, *, since: datetime) -> list[Held]:
        """Sessions since a day that taught another version than the one published now, newest first."""
        found = [one for one in self.sessions.values() if one.version != version and one.starts_at >= since]
        return sorted(found, key=lambda one: one.starts_at, reverse=True)
