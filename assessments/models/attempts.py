"""Sittings, and everything that happened in them. The life of an attempt: `docs/architecture.md`."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.quizzes import Quiz, QuizSection
from core.models import PublicId


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts."""

    def open(self) -> Self:
        """Those not handed in."""
        return self.filter(status=Attempt.Status.OPEN)

    def submitted(self) -> Self:
        """Those handed in."""
        return self.filter(status=Attempt.Status.SUBMITTED)


class Attempt(PublicId):
    """One sitting of one quiz, with the paper and the rules frozen at its start.

    `scope` is what the attempts are counted within: the enrolment's public id; a course taken again starts anew.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        SUBMITTED = "submitted", _("Handed in")

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    scope = models.UUIDField(db_index=True)
    number = models.PositiveSmallIntegerField()
    number_allowed = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=1, choices=QuizSection.Form, default=QuizSection.Form.BOTH, blank=True)
    holder = models.CharField(max_length=36, blank=True, help_text="the device it is sat on; empty where none is known")
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    paper = models.JSONField(help_text="items in order: version id, order of options, section")
    rules = models.JSONField(help_text="as they were at the start; see rules_of in assessments/starting.py")
    language = models.CharField(max_length=8, blank=True, help_text="in which it was begun; empty if not known")
    started_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    step_count = models.PositiveIntegerField(default=0)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("attempt"), _("attempts")
        constraints = [
            models.UniqueConstraint(fields=["quiz", "person", "scope", "number"], name="attempt_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=F("number_allowed")), name="attempt_number_within_limit"
            ),
            models.UniqueConstraint(
                fields=["quiz", "person", "scope"], condition=Q(status="open"), name="attempt_one_open"
            ),
            models.CheckConstraint(
                condition=Q(status="open", submitted_at=None) | Q(status="submitted", submitted_at__isnull=False),
                name="attempt_submitted_iff_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} {self.number} {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:attempt", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Not handed in yet."""
        return self.status == self.Status.OPEN


class AttemptStep(models.Model):
    """One event of an attempt. `id` is made by the client: the same id twice is one event."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("Answer")
        CLEAR = "clear", _("Answer taken back")
        FLAG = "flag", _("Marked for review")
        UNFLAG = "unflag", _("Mark removed")
        NEXT = "next", _("Went on to the next question")
        TAKE = "take", _("Taken over on another device")
        SUBMIT = "submit", _("Handed in")

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("Counts")
        SUPERSEDED = "superseded", _("A newer answer was there already")
        LATE = "late", _("Came after the end")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="steps")
    seq = models.PositiveIntegerField(help_text="the server's order, without gaps")
    kind = models.CharField(max_length=6, choices=Kind)
    place = models.PositiveSmallIntegerField(null=True, help_text="which item of the paper, from 0")
    value = models.JSONField(default=list, help_text="ids of the options chosen")
    device = models.CharField(max_length=36, help_text="random id of the page or device that sent it")
    client_seq = models.PositiveIntegerField(help_text="the device's own order")
    base_seq = models.PositiveIntegerField(help_text="the newest step the device had seen")
    received_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict)

    class Meta:
        verbose_name, verbose_name_plural = _("attempt step"), _("attempt steps")
        ordering = ["attempt", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "seq"], name="step_seq_once"),
            models.UniqueConstraint(fields=["attempt"], condition=Q(kind="submit"), name="step_one_submit"),
            models.CheckConstraint(
                condition=Q(kind__in=["submit", "take"]) ^ Q(place__isnull=False), name="step_place_iff_of_an_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.seq} {self.kind}"
