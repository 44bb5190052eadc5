"""A room full of officers who sat a quiz, written to the database at once, for the tests of the evidence."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from assessments.kinds import KINDS
from assessments.models import Attempt, AttemptStep, GradeRecord, ItemVersion, Quiz, QuizSection
from assessments.scoring import score_attempt
from people.models import Person

_numbers = count(1)
KEY = {"a": True, "b": False, "c": False}


def make_version(
    code: str, *, item_key: Any = None, number: int = 1, languages: Sequence[str] = ("en", "my"), **fields: Any
) -> ItemVersion:
    """A published version of an item with the right option a and the wrong ones b and c."""
    stem = fields.pop("stem", f"Question {code}")
    key = fields.pop("key", KEY)
    texts = {
        language: {
            "stem": f"{stem} ({language})",
            "options": {o: f"Option {o}" for o in key},
            "rationales": {},
            "feedback": "",
        }
        for language in languages
    }
    values = {"kind": "single", "use": "exam", "objective": "M01.O1", "difficulty": 2} | fields
    return ItemVersion.objects.create(
        item_key=item_key or uuid4(), number=number, code=code, key=key, texts=texts, sha256="0" * 64,
        published_at=timezone.now(), **values,
    )  # fmt: skip


def make_quiz(code: str, versions: Sequence[ItemVersion], **fields: Any) -> Quiz:
    """A quiz of fixed items."""
    quiz: Quiz = Quiz.objects.create(
        code=code, subject_key=uuid4(), **({"kind": Quiz.Kind.EXAM, "cut_score": "0.7"} | fields)
    )
    QuizSection.objects.create(quiz=quiz, position=0, items=[str(one.item_key) for one in versions])
    return quiz


def make_people(n: int) -> list[Person]:
    """Officers, quickly: they never sign in."""
    rows = [
        Person(service_number=f"EVI-{next(_numbers):05d}", name_latin="Ma Hla", password="!", sort_key="")
        for _one in range(n)
    ]
    return list(Person.objects.bulk_create(rows))


def sit(
    quiz: Quiz,
    versions: Sequence[ItemVersion],
    given: Sequence[Sequence[str]],
    *,
    language: Sequence[str] | str = "my",
    people: Sequence[Person] | None = None,
    number: int = 1,
    seconds: int = 30,
    form: str = "",
) -> list[Attempt]:
    """Every row of `given` is one officer's sitting, handed in: the options chosen at each place, "" for nothing."""
    at: datetime = timezone.now() - timedelta(days=30 - number)
    people = people or make_people(len(given))
    paper = {
        "items": [
            {"version": str(one.pk), "section": 0, "options": KINDS[one.kind].order(one.key, None)} for one in versions
        ]
    }
    rules = {"cut_score": "0.7", "feedback": "after_attempt", "sections": [{"objective": "", "cut_score": None}]}
    known = {str(one.pk): one for one in versions}
    attempts = Attempt.objects.bulk_create(
        Attempt(
            quiz=quiz, person=person, scope=uuid4(), number=number, number_allowed=2, status="submitted", paper=paper, rules=rules,
            form=form, language=language if isinstance(language, str) else language[place], started_at=at, submitted_at=at + timedelta(hours=1),
        )
        for place, person in enumerate(people)
    )  # fmt: skip
    steps, grades = [], []
    for attempt, row in zip(attempts, given, strict=True):
        answers = {place: list(chosen) for place, chosen in enumerate(row) if chosen}
        steps += [
            AttemptStep(
                attempt=attempt, seq=seq, kind="answer", place=place, value=value, device="d", client_seq=seq, base_seq=0,
                received_at=at + timedelta(seconds=seconds * seq), verdict="accepted",
            )
            for seq, (place, value) in enumerate(answers.items(), 1)
        ]  # fmt: skip
        score = score_attempt(paper, rules, answers, known)
        grades.append(
            GradeRecord(
                attempt=attempt, version=1, score=score.points, max_score=score.max_points, passed=score.passed,
                details=score.details, reason="first", graded_at=at,
            )
        )  # fmt: skip
    AttemptStep.objects.bulk_create(steps)
    GradeRecord.objects.bulk_create(grades)
    return list(attempts)


def ladder(n: int, places: int) -> list[list[str]]:
    """Officers from weak to strong: a weak one gets the first items only, and chooses b or c at the others."""
    return [
        ["a" if place * n <= officer * places else "bc"[officer % 2] for place in range(places)] for officer in range(n)
    ]
