"""What a person is being asked or may still be asked, so that nothing from before gives it away."""

from datetime import datetime
from typing import Any
from uuid import UUID

from assessments import bank, standings
from assessments.errors import NoAttemptLeft, WindowClosed
from assessments.models import Attempt, Quiz
from assessments.signals import sittings_ahead_asked
from assessments.standings import next_number
from core.errors import DomainError
from people.models import Person


def items_ahead(person: Person) -> set[UUID]:
    """The items of sittings that are not handed in, and all that the exams and tests of what is under way may ask."""
    return _under_way(person) | _asked_by([quiz for quiz, _scope in _sittings(person)])


def may_be_asked_again(attempt: Attempt, *, at: datetime) -> bool:
    """Whether an item of an attempt that was handed in is being asked of its person elsewhere, or may still be.

    Whether its own next attempts hide its answers is left to the rule that it began with.
    """
    asked = {
        version.item_key for version in bank.versions({item["version"] for item in attempt.paper["items"]}).values()
    }
    ahead = [
        quiz
        for quiz, scope in _sittings(attempt.person)
        if (quiz.pk, scope) != (attempt.quiz_id, attempt.scope) and _can_begin(quiz, attempt.person, scope, at=at)
    ]
    return not asked.isdisjoint(_under_way(attempt.person) | _asked_by(ahead))


def _under_way(person: Person) -> set[UUID]:
    papers = (
        Attempt.objects.filter(person=person).exclude(quiz__kind=Quiz.Kind.CHECK).open().values_list("paper", flat=True)
    )
    ids = {item["version"] for paper in papers for item in paper["items"]}
    return {version.item_key for version in bank.versions(ids).values()}


def _sittings(person: Person) -> list[tuple[Quiz, UUID]]:
    answers: list[tuple[Any, Any]] = sittings_ahead_asked.send(sender=Quiz, person=person)
    return [one for _receiver, answer in answers for one in answer]


def _asked_by(quizzes: list[Quiz]) -> set[UUID]:
    sections = [section for quiz in quizzes for section in quiz.sections.all()]
    if not sections:
        return set()
    return {one.item_key for one in bank.candidates() if any(bank.may_ask(section, one) for section in sections)}


def _can_begin(quiz: Quiz, person: Person, scope: UUID, *, at: datetime) -> bool:
    """Whether another attempt can begin, now or later."""
    try:
        next_number(quiz, standings.standing(quiz, person, scope, at=at), at=at)
    except (NoAttemptLeft, WindowClosed):
        return False
    except DomainError:  # not yet
        return True
    return True
