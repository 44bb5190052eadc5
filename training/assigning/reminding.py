"""Reminding those who have something still to do: on their desk, by e-mail where there is one, and as a text to copy."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import audit
from core.templatetags.burmese import day
from courses.catalogue import SOURCE_LANGUAGE, catalogue
from people.models import Person
from training.assigning.standing import Standing, given_by
from training.audit import REMINDED
from training.errors import AssignmentOver, NobodyToRemind
from training.models import Assignment, Reminder, ReminderTo
from training.tasks import write_to_reminded


def proposed(assignment: Assignment, *, at: datetime) -> str:
    """What could be written: in Burmese, then in English; without names."""
    return "\n\n".join(_said(assignment, language, at=at) for language in (settings.LANGUAGE_CODE, SOURCE_LANGUAGE))


def _said(assignment: Assignment, language: str, *, at: datetime) -> str:
    with translation.override(language):
        what = given_by(assignment, catalogue(language))
        values = {"what": what.title if what else assignment.course_code, "day": day(assignment.due_on)}
        if assignment.due_on is None:
            text = _(
                "“%(what)s” is waiting for you. Please go on with it. If something keeps you from it, tell your trainer."
            )
        elif assignment.due_on < timezone.localdate(at):
            text = _(
                "“%(what)s” was due on %(day)s and is still open. Please complete it as soon as you can. If something keeps you from it, tell your trainer."
            )
        else:
            text = _(
                "“%(what)s” is due on %(day)s. Please complete it until then. If something keeps you from it, tell your trainer."
            )
        return text % values  # fmt: skip


def reminded_on(assignment: Assignment, *, at: datetime) -> set[int]:
    """Who was reminded of it on the day of a moment."""
    today = ReminderTo.objects.filter(assignment=assignment, sent_on=timezone.localdate(at))
    return set(today.values_list("person_id", flat=True))


@transaction.atomic
def remind(
    assignment: Assignment,
    rows: Sequence[Standing],
    chosen: Collection[int],
    *,
    text: str,
    by: Person,
    at: datetime,
) -> Reminder:
    """Remind those who are chosen, have it still to do and were not reminded today. rows: how the group stands; chosen: people by primary key.

    E-mail goes out after commit. Raises NobodyToRemind, AssignmentOver.
    """
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)  # two taps remind once
    if locked.ended_at is not None:
        raise AssignmentOver
    had = reminded_on(assignment, at=at)
    people = [one.person for one in rows if one.is_to_do and one.person.pk in chosen and one.person.pk not in had]
    if not people:
        raise NobodyToRemind
    reminder = Reminder.objects.create(assignment=assignment, text=text, sent_by=by, sent_at=at)
    on = timezone.localdate(at)
    ReminderTo.objects.bulk_create(
        ReminderTo(reminder=reminder, assignment=assignment, person=person, sent_on=on) for person in people
    )
    audit.record(REMINDED, by=by, about=assignment, people=people, count=len(people))
    if settings.MAIL:
        transaction.on_commit(partial(write_to_reminded.enqueue, str(reminder.public_id)))
    return reminder
