"""Erasing a person: two people, a reason, and what remains has no name (docs/decisions/0015-personal-data.md)."""

from datetime import datetime

from django.db import transaction

from core import audit, personal
from people.audit import ERASED, ERASURE_ASKED, ERASURE_ENDED
from people.errors import ErasureDecided, ErasureNeedsAnother
from people.models import Erasure, Person


@transaction.atomic
def ask_erasure(person: Person, *, by: Person, reason: str, at: datetime) -> Erasure:
    """Ask for a person to be erased; a second one has to confirm it. Raises ValidationError, worded for people."""
    erasure = Erasure(person=person, asked_by=by, reason=reason, asked_at=at)
    erasure.full_clean()
    erasure.save()
    audit.record(ERASURE_ASKED, by=by, about=erasure, people=[person])
    return erasure


@transaction.atomic
def confirm_erasure(erasure: Erasure, *, by: Person, at: datetime) -> Erasure:
    """The second person's word: it is done, whole or not at all. Raises ErasureNeedsAnother, ErasureDecided."""
    erasure = Erasure.objects.select_for_update(of=("self",)).select_related("person").get(pk=erasure.pk)
    if erasure.confirmed_at or erasure.ended_at:
        raise ErasureDecided
    if by.pk in (erasure.asked_by_id, erasure.person_id):
        raise ErasureNeedsAnother
    personal.erase(erasure.person, at)
    erasure.confirmed_by, erasure.confirmed_at = by, at
    erasure.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record(ERASED, by=by, about=erasure, people=[erasure.person])
    return erasure


@transaction.atomic
def end_erasure(erasure: Erasure, *, by: Person, at: datetime) -> Erasure:
    """It is not to be done. Either of the two may say so. Raises ErasureDecided."""
    erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if erasure.confirmed_at or erasure.ended_at:
        raise ErasureDecided
    erasure.ended_by, erasure.ended_at = by, at
    erasure.save(update_fields=["ended_by", "ended_at"])
    audit.record(ERASURE_ENDED, by=by, about=erasure, people=[erasure.person])
    return erasure
