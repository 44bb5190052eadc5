"""Dilution in a course, read from the tests that were sat."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assessments import bank
from people.models import Person
from training.cascade.dilution import Answer, Difference, Funnel, Group, by_item, difference, funnel
from training.cascade.graph import Cascade
from training.testing.gain import WHOLE, Sat, sat


@dataclass(frozen=True)
class Loss:
    """How one item fares in a generation against the one before. module: whose guide to look at."""

    generation: int
    code: str
    objective: str
    difference: Difference

    @property
    def module(self) -> str:
        return self.objective.split(".")[0]


@dataclass(frozen=True)
class Dilution:
    """Of a course. whole: the test as a whole, by generation; items: what was lost first; funnels: the sessions of each generation."""

    whole: dict[int, Difference]
    items: list[Loss]
    funnels: list[Funnel]


def dilution_of(course_key: UUID, graph: Cascade, people: Any = None) -> Dilution:
    """The dilution of a course in four queries beside the graph. people: a queryset of whose tests; None for all."""
    found = [one for one in sat(course_key, people) if one.part == "post_test" and one.session in graph.sessions]
    agencies = dict(Person.objects.filter(pk__in=[one.person for one in found]).values_list("pk", "unit__agency"))
    versions = bank.versions({version for one in found for version, _points in one.items})
    answers: list[Answer] = []
    shares: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    sessions: dict[int, list[Sat]] = defaultdict(list)
    codes: dict[str, tuple[str, str]] = {}
    generations = {pk: _generation(graph, pk) for pk in {one.session for one in found if one.session}}
    for one in found:
        generation = generations[one.session] if one.session else None
        if generation is None or one.session is None:
            continue
        group = agencies.get(one.person) or ""
        shares[generation][group].append(one.shares[WHOLE])
        sessions[one.session].append(one)
        for version, points in one.items:
            asked = versions[version]
            codes[str(asked.item_key)] = (asked.code, asked.objective)
            answers.append(Answer(str(asked.item_key), generation, group, points))
    whole = {
        generation: result
        for generation in sorted(shares)
        if generation - 1 in shares and (result := difference(shares[generation], shares[generation - 1]))
    }
    items = [Loss(generation, *codes[item], result) for (generation, item), result in by_item(answers).items()]
    groups = [
        Group(pk, generation, tuple(one.shares[WHOLE] for one in rows))
        for pk, rows in sessions.items()
        if (generation := generations[pk]) is not None
    ]
    funnels = [made for generation in whole if (made := funnel(groups, generation))]
    return Dilution(whole, sorted(items, key=lambda one: (one.difference.high, one.code)), funnels)


def _generation(graph: Cascade, session: int) -> int | None:
    """Of who led a session; None where they had no right to."""
    held = graph.sessions[session]
    right = graph.right_at(held.lead, held.starts_at)
    return graph.depth(right) if right else None
