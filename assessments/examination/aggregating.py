"""Practice of many people together: means over people from ten up, and where they tapped. Nobody is named, and nobody is ranked."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from assessments.examination import detection
from assessments.examination.detection import LEAST_PEOPLE, Aggregate, Seen
from assessments.examination.judging import TAP
from assessments.examination.practising import COUNTED
from assessments.models import TrialAnswer
from people.models import Person

CELL = 50  # units, 5 mm of a page
HEAT_SHEETS = ("page", "pass", "front", "visa", "stamps")


@dataclass(frozen=True)
class GroupRate:
    """Of one family of anomalies, over people."""

    group: str
    hits: int
    signals: int
    people: int


@dataclass(frozen=True)
class Together:
    """practising: how many have done a trial that counts; figures: None for fewer than ten with trials enough; groups: those of ten people up."""

    practising: int
    figures: Aggregate | None
    groups: list[GroupRate]


def together(people: Collection[Person]) -> Together:
    """How some people do. One query."""
    rows = TrialAnswer.objects.filter(trial__block__person__in=people, trial__block__mode__in=COUNTED)
    seen: dict[int, list[Seen]] = defaultdict(list)
    for pk, is_signal, answer, is_localised, group in rows.values_list(
        "trial__block__person_id", "trial__is_signal", "answer", "is_localised", "group"
    ):
        seen[pk].append(Seen(is_signal, answer, is_localised, group))
    hits: Counter[str] = Counter()
    signals: Counter[str] = Counter()
    who: dict[str, set[int]] = defaultdict(set)
    for pk, trials in seen.items():
        for one in trials:
            if one.is_signal:
                hits[one.group] += one.is_referred
                signals[one.group] += 1
                who[one.group].add(pk)
    groups = [
        GroupRate(group, hits[group], signals[group], len(who[group]))
        for group in sorted(signals)
        if len(who[group]) >= LEAST_PEOPLE
    ]
    return Together(len(seen), detection.aggregate(detection.result(trials) for trials in seen.values()), groups)


@dataclass(frozen=True)
class Heat:
    """Taps on one sheet. cells: by upper left corner, with the share of the busiest one; people: how many tapped."""

    sheet: str
    cells: dict[tuple[int, int], float]
    people: int


def heat(people: Collection[Person], kind: str) -> Heat | None:
    """Where some people tapped when an anomaly was there; None for fewer than ten of them. One query."""
    rows = TrialAnswer.objects.filter(trial__block__person__in=people, kind=kind).values_list(
        "trial__block__person_id", "marks"
    )
    counts: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    who: dict[str, set[int]] = defaultdict(set)
    for pk, marks in rows:
        for mark in marks:
            if (tap := TAP.fullmatch(mark)) and tap[1] in HEAT_SHEETS:
                counts[tap[1]][int(tap[2]) // CELL * CELL, int(tap[3]) // CELL * CELL] += 1
                who[tap[1]].add(pk)
    sheet = max(counts, key=lambda name: len(who[name]), default="")
    if not sheet or len(who[sheet]) < LEAST_PEOPLE:
        return None
    most = max(counts[sheet].values())
    return Heat(sheet, {cell: count / most for cell, count in counts[sheet].items()}, len(who[sheet]))
