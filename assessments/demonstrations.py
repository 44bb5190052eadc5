"""When a person last showed an objective: the newest right answer, wherever it was given.

A point that everybody got because the question was faulty neither shows anything nor takes away what was shown before.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from assessments import bank, scoring
from assessments.models import Attempt, Demonstration, GradeRecord, ItemVersion, RefresherReview
from core.db import write_transaction
from people.models import Person

Shown = dict[tuple[int, str], datetime]  # (person, objective) -> when


def note(person: Person, objectives: Iterable[str], *, at: datetime) -> None:
    """A right answer on each of these objectives. An older one than is known changes nothing."""
    shown = sorted(set(objectives))
    rows = [Demonstration(person=person, objective=objective, at=at) for objective in shown]
    Demonstration.objects.bulk_create(rows, ignore_conflicts=True)
    Demonstration.objects.filter(person=person, objective__in=shown, at__lt=at).update(at=at)


def note_grade(attempt: Attempt, grade: GradeRecord) -> None:
    """The right answers of an attempt that was graded."""
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    right = [versions[attempt.paper["items"][place]["version"]].objective for place in _right([grade.details])]
    if right:
        note(attempt.person, right, at=attempt.submitted_at or grade.graded_at)


def _right(grades: Iterable[Mapping[str, Any]]) -> list[int]:
    """The places answered rightly. grades: the details of an attempt's grades, the oldest first."""
    is_right: dict[int, bool] = {}
    for details in grades:
        is_right |= {place: points == 1 for place, points in scoring.telling(details)}
    return [place for place, right in is_right.items() if right]


def rebuild(people: Collection[int] | None = None) -> int:
    """Put what is noted right by the grades and answers that it follows from; says how much was not.

    people: their keys; None: everybody. Safe to repeat; what is answered meanwhile is not lost.
    """
    with write_transaction():
        rows = Demonstration.objects.select_for_update().filter(**_of("person", people))
        noted = {(row.person_id, row.objective): row for row in rows}
        shown = _shown(people)
        wrong = {one: at for one, at in shown.items() if one not in noted or noted[one].at != at}
        gone = [row.pk for one, row in noted.items() if one not in shown]
        Demonstration.objects.filter(pk__in=gone).delete()
        Demonstration.objects.bulk_create(
            [Demonstration(person_id=person, objective=objective, at=at) for (person, objective), at in wrong.items()],
            update_conflicts=True,
            unique_fields=["person", "objective"],
            update_fields=["at"],
        )
    return len(wrong) + len(gone)


def _shown(people: Collection[int] | None) -> Shown:
    """What grades and answers show."""
    objectives = {str(pk): objective for pk, objective in ItemVersion.objects.values_list("pk", "objective")}
    found: Shown = {}

    def take(person: int, objective: str, at: datetime) -> None:
        found[person, objective] = max(at, found.get((person, objective), at))

    grades = GradeRecord.objects.filter(**_of("attempt__person", people)).order_by("attempt", "version")
    rows = grades.values_list("attempt_id", "attempt__person_id", "attempt__submitted_at", "attempt__paper", "details")
    for (_attempt, person, at), of_attempt in groupby(rows.iterator(), lambda row: row[:3]):
        papers, details = zip(*(row[3:] for row in of_attempt), strict=True)
        for place in _right(details):
            take(person, objectives[papers[0]["items"][place]["version"]], at)
    reviews = RefresherReview.objects.filter(is_right=True, **_of("card__person", people))
    for row in reviews.values_list("card__person_id", "card__objective", "reviewed_at").iterator():
        take(*row)
    return found


def _of(person: str, people: Collection[int] | None) -> dict[str, Any]:
    return {} if people is None else {f"{person}__in": people}


def newest(person: Person) -> dict[str, datetime]:
    """Objective -> when the person last showed it."""
    return dict(Demonstration.objects.filter(person=person).values_list("objective", "at"))
