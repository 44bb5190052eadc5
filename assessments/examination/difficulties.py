"""How hard each anomaly is: the catalogue's word first, and what the answers of many people say later."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from assessments.examination import adapting
from assessments.models import FoundDifficulty, TrialAnswer
from core.db import write_transaction
from core.duties import duty
from specimens.anomalies import CATALOGUE

ENOUGH = 30  # answers; fewer say nothing that the catalogue does not know better
PEOPLE = 10  # who gave them: the habits of one person are no difficulty
NEWEST = 2000  # answers of a kind and severity that count
REMEMBERED = timedelta(days=730)

Found = Mapping[tuple[str, int], float]  # by kind and severity


class Answered(NamedTuple):
    """An answer to a specimen with something to refer."""

    person: int
    group: str
    kind: str
    severity: int
    is_right: bool


def known() -> Found:
    """What has been found. One query."""
    return {
        (kind, severity): value
        for kind, severity, value in FoundDifficulty.objects.values_list("kind", "severity", "value")
    }


def of(kind: str, severity: int, found: Found) -> float:
    """The difficulty of an anomaly, in logits."""
    return found.get((kind, severity), adapting.difficulty(CATALOGUE[kind].difficulty, severity))


def abilities_before(answers: Iterable[Answered], found: Found) -> Iterator[tuple[Answered, float, float]]:
    """Each answer with the ability of who gave it, in that family, before and after. answers: oldest first."""
    abilities: dict[tuple[int, str], float] = {}
    counts: dict[tuple[int, str], int] = defaultdict(int)
    for one in answers:
        key = (one.person, one.group)
        counts[key] += 1
        before = abilities.get(key, 0.0)
        hard = of(one.kind, one.severity, found)
        abilities[key] = adapting.learned(before, hard, is_right=one.is_right, count=counts[key])
        yield one, before, abilities[key]


@duty("difficulties of anomalies")
def find(at: datetime) -> str:
    """Find every difficulty anew from the answers of two years."""
    rows = TrialAnswer.objects.filter(trial__is_signal=True, answered_at__gte=at - REMEMBERED).order_by("answered_at")
    read = rows.values_list("trial__block__person_id", "group", "kind", "severity", "is_right").iterator(5000)
    outcomes: dict[tuple[str, int], deque[tuple[float, bool]]] = defaultdict(lambda: deque(maxlen=NEWEST))
    people: dict[tuple[str, int], set[int]] = defaultdict(set)
    for one, ability, _after in abilities_before((Answered(*row) for row in read), known()):
        outcomes[one.kind, one.severity].append((ability, one.is_right))
        people[one.kind, one.severity].add(one.person)
    found = [
        FoundDifficulty(
            kind=kind, severity=severity, value=adapting.found_difficulty(of(kind, severity, {}), seen), outcomes=len(seen), found_at=at
        )
        for (kind, severity), seen in outcomes.items()
        if len(seen) >= ENOUGH and len(people[kind, severity]) >= PEOPLE
    ]  # fmt: skip
    with write_transaction():
        FoundDifficulty.objects.all().delete()
        FoundDifficulty.objects.bulk_create(found)
    return f"{len(found)} found"
