"""Making a case, and judging what somebody linked in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from specimens.cases.kinds import CONTRADICTIONS, INNOCENT, shown, untrue
from specimens.cases.papers import PAPERS, RULES, Statement, papers
from specimens.cases.story import Story, story
from specimens.chance import Chance
from specimens.said import Said

MOST = 4
Pair = frozenset[str]


@dataclass(frozen=True)
class Conflict:
    """One contradiction of a case. pairs: of statements, any of which names it; concern: mistake, document or exploitation."""

    code: str
    pairs: frozenset[Pair]
    concern: str
    explanation: Said
    question: Said


@dataclass(frozen=True)
class Case:
    """papers: names in order; statements: all of them; conflicts and innocent ones are for the server until it was judged."""

    seed: int
    story: Story
    papers: tuple[str, ...]
    statements: tuple[Statement, ...]
    conflicts: tuple[Conflict, ...]

    def of(self, paper: str) -> list[Statement]:
        """The statements of one paper."""
        return [one for one in self.statements if one.paper == paper]


@dataclass(frozen=True)
class Judged:
    """found, missed: contradictions; innocent: differences that were linked though they are normal; false: other pairs."""

    found: tuple[Conflict, ...]
    missed: tuple[Conflict, ...]
    innocent: tuple[Statement, ...]
    false: tuple[Pair, ...]


def case(seed: int, *, contradictions: int = 2, level: int = 2) -> Case:
    """A case. contradictions: 0 to 4; level: 1 to 3, from which on kinds are used. The same seed gives the same case."""
    if not 0 <= contradictions <= MOST or level not in (1, 2, 3):
        raise ValueError("a case has up to four contradictions and a level from 1 to 3")
    true = story(seed)
    chance = Chance(seed, "case")
    statements = {one.name: one for one in papers(true)}
    used: set[str] = set()
    conflicts: list[Conflict] = []
    for one in chance.shuffled([kind for kind in CONTRADICTIONS.values() if kind.level <= level]):
        fact = one.changes.partition(":")[2]
        facts = {fact, *(name.partition(":")[2] for name in one.against)}
        if len(conflicts) == contradictions or facts & used:
            continue
        before = statements[one.changes]
        value = one.other(true, chance)
        if not _only_breaks(statements, one.changes, value, one.against):
            continue
        statements[one.changes] = untrue(before, value)
        used |= facts
        pairs = frozenset(frozenset((one.changes, other)) for other in one.against)
        words = {"true": shown(before.value), "untrue": shown(value)}
        conflicts.append(Conflict(one.code, pairs, one.concern, one.explanation.filled(**words), one.question))
    for innocent in chance.shuffled(list(INNOCENT.values()))[:2]:
        if innocent.statement.partition(":")[2] in used or any(
            innocent.statement in pair for conflict in conflicts for pair in conflict.pairs
        ):
            continue
        statement = statements[innocent.statement]
        statements[innocent.statement] = replace(
            statement, text=innocent.words(true, statement), is_innocent=True, why=innocent.why
        )
    return Case(seed, true, tuple(PAPERS), tuple(statements.values()), tuple(conflicts))


def _only_breaks(statements: dict[str, Statement], name: str, value: object, against: Iterable[str]) -> bool:
    """Whether a changed value would contradict the statements that it is meant to, and no others."""
    changed = {**statements, name: replace(statements[name], value=value)}
    return disagreements(changed.values()) - disagreements(statements.values()) == {
        frozenset((name, other)) for other in against
    }


def disagreements(statements: Iterable[Statement]) -> set[Pair]:
    """Every pair of statements that cannot both be true: one fact with two values, or a rule between two facts broken."""
    known = {one.name: one for one in statements}
    found: set[Pair] = set()
    by_fact: dict[str, list[Statement]] = {}
    for one in known.values():
        by_fact.setdefault(one.fact, []).append(one)
    for group in by_fact.values():
        found |= {
            frozenset((a.name, b.name)) for i, a in enumerate(group) for b in group[i + 1 :] if a.value != b.value
        }
    for rule in RULES:
        if not rule.holds(known[rule.first].value, known[rule.second].value):  # type: ignore[arg-type]
            found.add(frozenset((rule.first, rule.second)))
    return found


def judge(one: Case, pairs: Iterable[Iterable[str]]) -> Judged:
    """What somebody found. pairs: of names of statements, in any order; a contradiction counts once however often it is linked."""
    given = {frozenset(pair) for pair in pairs if len(frozenset(pair)) == 2}
    found = tuple(conflict for conflict in one.conflicts if conflict.pairs & given)
    named = {pair for conflict in one.conflicts for pair in conflict.pairs}
    rest = given - named
    by_name = {statement.name: statement for statement in one.statements}
    innocent = tuple(
        statement
        for statement in one.statements
        if statement.is_innocent and any(statement.name in pair for pair in rest)
    )
    false = tuple(
        sorted(
            (pair for pair in rest if not any(by_name[name].is_innocent for name in pair if name in by_name)),
            key=sorted,
        )
    )
    return Judged(found, tuple(conflict for conflict in one.conflicts if conflict not in found), innocent, false)
