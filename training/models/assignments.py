"""What trainers give to their groups, what they change of it for some, and how they remind."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Quiz
from core.fields import CleanCharField, CleanTextField
from core.models import PublicId, TimeStamped
from people.models import Cohort, Person


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments."""

    def standing(self) -> Self:
        """Those that were neither withdrawn nor given anew."""
        return self.filter(ended_at=None)


class Assignment(PublicId, TimeStamped):
    """A course, one of its modules or one of its quizzes, given to a cohort by a trainer.

    module_key, quiz: one of them, or neither for the whole course. starts_on: before that day it is not due; none: at once. Giving the same
    again is a new row, and ends the one before.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="assignments", verbose_name=_("cohort"))
    course_key = models.UUIDField(db_index=True)
    course_code = models.CharField(max_length=10)
    module_key = models.UUIDField(null=True, blank=True)
    quiz = models.ForeignKey(Quiz, models.PROTECT, null=True, blank=True, related_name="assignments")
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    message = CleanCharField(_("message"), max_length=500, blank=True, multiline=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("assignment"), _("assignments")
        ordering = ["-assigned_at"]
        constraints = [
            models.CheckConstraint(condition=Q(module_key=None) | Q(quiz=None), name="assignment_of_one_thing"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due_on=None) | Q(starts_on__lte=F("due_on")),
                name="assignment_due_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="assignment_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["cohort", "course_key"], condition=Q(module_key=None, quiz=None, ended_at=None), name="assignment_one_of_a_course"
            ),
            models.UniqueConstraint(
                fields=["cohort", "course_key", "module_key"], condition=Q(ended_at=None), name="assignment_one_of_a_module"
            ),
            models.UniqueConstraint(fields=["cohort", "quiz"], condition=Q(ended_at=None), name="assignment_one_of_a_quiz"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.course_code} → {self.cohort}"

    def get_absolute_url(self) -> str:
        return reverse("training:assignment", args=[self.public_id])

    @property
    def is_whole(self) -> bool:
        """Whether the whole course is given."""
        return self.module_key is None and self.quiz_id is None

    def is_ahead(self, on: date) -> bool:
        """Whether its day is still to come."""
        return self.starts_on is not None and on < self.starts_on


class AssignmentChange(models.Model):
    """Another day for one person, or none: they are excused. A fact; the newest counts."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="changes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignment_changes")
    due_on = models.DateField(_("due"), null=True, blank=True)
    is_excused = models.BooleanField(_("excused"), default=False)
    reason = CleanCharField(_("reason"), max_length=300)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("change of an assignment"), _("changes of assignments")
        ordering = ["changed_at", "pk"]
        indexes = [models.Index(fields=["assignment", "person"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_excused=True, due_on=None) | Q(is_excused=False, due_on__isnull=False),
                name="assignment_change_another_day_or_excused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.person_id}"


class Reminder(PublicId):
    """What a trainer wrote to those who have not done what was given."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reminders")
    text = CleanTextField(_("text"), max_length=1000)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("reminder"), _("reminders")
        ordering = ["sent_at"]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.sent_at:%Y-%m-%d}"


class ReminderTo(models.Model):
    """Who was reminded of what on which day: once a day at most. assignment: that of the reminder."""

    reminder = models.ForeignKey(Reminder, models.PROTECT, related_name="people")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="reminders")
    sent_on = models.DateField()

    class Meta:
        verbose_name, verbose_name_plural = _("person reminded"), _("people reminded")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "person", "sent_on"], name="reminder_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.reminder_id} {self.person_id}"
