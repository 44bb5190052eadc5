"""Who may sit which quiz, and see which attempt."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import get_language

from assessments.models import Attempt, Quiz
from assessments.signals import sitting_asked
from core.errors import DomainError
from people.access import may_or_404
from people.models import Person


@dataclass(frozen=True)
class Sitting:
    """scope: within what attempts are counted. title: of the subject, with its language. back: where to go on.

    refusal: why not now. is_passed: nothing is left to prove. objectives: their texts by code, for the result. asked: those that are asked of this
    person; None for all.
    """

    scope: UUID
    title: object
    back: str
    refusal: DomainError | None = None
    is_passed: bool = False
    objectives: Mapping[str, object] = field(default_factory=dict)
    asked: Collection[str] | None = None


def sitting_for(person: Person, quiz: Quiz) -> Sitting:
    """The sitting, or 404 where nobody says that this person has anything to do with the quiz."""
    answers: list[tuple[Any, Any]] = sitting_asked.send(sender=Quiz, person=person, quiz=quiz, language=get_language())
    sitting = next((answer for _receiver, answer in answers if isinstance(answer, Sitting)), None)
    if sitting is None:
        raise Http404
    return sitting


# Built once, for every answer asks.
WITH_A_PAGE = Attempt.objects.exclude(quiz__kind=Quiz.Kind.CHECK).select_related("quiz")


def attempt_for(person: Person, public_id: UUID) -> Attempt:
    """One's own attempt at a quiz with a page of its own, or 404."""
    try:
        return WITH_A_PAGE.get(person=person, public_id=public_id)
    except Attempt.DoesNotExist:
        raise Http404 from None


def bank_or_404(user: Any) -> Person:
    """The viewer, if they write items or answer for the programme; else there is no bank to look into."""
    return may_or_404(user, "bank.see")


def is_item_editor(user: Any) -> bool:
    """Whether someone writes items."""
    return isinstance(user, Person) and user.may("items.edit")


def item_editor_or_404(user: Any) -> Person:
    """The viewer, if they write items; else there is no such place."""
    return may_or_404(user, "items.edit")


def exam_editor_or_404(user: Any) -> Person:
    """The viewer, if they make the rules of exams."""
    return may_or_404(user, "exams.edit")


def can_regrade(viewer: Person) -> bool:
    """A programme lead regrades and sees whom it concerns; an editor sees how many."""
    return viewer.may("exams.regrade")


def grader_or_404(user: Any) -> Person:
    """The viewer, if they may change and confirm grades by hand."""
    return may_or_404(user, "grades.change")


def marker_or_404(user: Any) -> Person:
    """The viewer, if they mark what others wrote."""
    return may_or_404(user, "answers.mark")


def exam_for(public_id: UUID) -> Quiz:
    """A quiz with a page of its own, or 404."""
    found = Quiz.objects.exclude(kind=Quiz.Kind.CHECK).prefetch_related("sections").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
