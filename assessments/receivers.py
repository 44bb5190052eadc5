"""An item that is published becomes an immutable version; an attempt that is graded shows what its person can do."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import published

from assessments import demonstrations, pictures
from assessments.bank import publish_item
from assessments.models import Attempt, GradeRecord, Item
from assessments.signals import attempt_graded, grade_changed
from content.models import ContentVersion
from content.translation import work
from people import sessions
from people.models import Person


@receiver(published, sender=Item)
def item_published(instance: Item, **kwargs: Any) -> None:
    """Keeps what was published, once its translators know of it."""
    work.source_published(instance)
    publish_item(instance, at=timezone.now())
    ContentVersion.advance()  # once more: what was kept since the item went live knows its version of before


@receiver(attempt_graded)
def handed_in(attempt: Attempt, **kwargs: Any) -> None:
    """Keeps of its pictures those that answer."""
    if attempt.pictures.exists():
        transaction.on_commit(lambda: pictures.forget_unused(attempt))


@receiver(attempt_graded)
def shown_in_attempt(attempt: Attempt, grade: GradeRecord, **kwargs: Any) -> None:
    """Notes the right answers."""
    demonstrations.note_grade(attempt, grade)


@receiver(grade_changed)
def shown_otherwise(attempt: Attempt, before: GradeRecord, grade: GradeRecord, **kwargs: Any) -> None:
    """Another answer counts as right now, or one does no longer."""
    if before.details["items"] != grade.details["items"]:
        demonstrations.rebuild([attempt.person_id])


def is_sitting(person: Person) -> bool:
    """Whether somebody has an attempt open whose time runs: their session is not ended under it."""
    return Attempt.objects.filter(person=person, status=Attempt.Status.OPEN, closes_at__gt=timezone.now()).exists()


sessions.BUSY.append(is_sitting)
