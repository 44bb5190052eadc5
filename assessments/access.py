"""Who may sit which quiz, and see which attempt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import get_language

from assessments.models import Attempt, Quiz
from assessments.signals import sitting_asked
from core.errors import DomainError
from people.models import Person


@dataclass(frozen=True)
class Sitting:
    """scope: within what attempts are counted. title: of the subject, with its language. back: where to go on.

    refusal: why not now. is_passed: nothing is left to prove. objectives: their texts by code, for the result.
    """

    scope: UUID
    title: object
    back: str
    refusal: DomainError | None = None
    is_passed: bool = False
    objectives: Mapping[str, object] = field(default_factory=dict)


def sitting_for(person: Person, quiz: Quiz) -> Sitting:
    """The sitting, or 404 where nobody says that this person has anything to do with the quiz."""
    answers: list[tuple[Any, Any]] = sitting_asked.send(sender=Quiz, person=person, quiz=quiz, language=get_language())
    sitting = next((answer for _receiver, answer in answers if isinstance(answer, Sitting)), None)
    if sitting is None:
        raise Http404
    return sitting


def attempt_for(person: Person, public_id: UUID) -> Attempt:
    """One's own attempt at a quiz with a page of its own, or 404."""
    attempts = Attempt.objects.filter(person=person).exclude(quiz__kind=Quiz.Kind.CHECK).select_related("quiz")
    attempt = attempts.filter(public_id=public_id).first()
    if attempt is None:
        raise Http404
    return attempt
