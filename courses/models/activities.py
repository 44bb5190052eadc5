"""What people did with packages inside lessons. Practice: nothing that certifies rests on it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import PublicId, TimeStamped
from courses.models.learning import Enrolment


class ActivityAttempt(PublicId, TimeStamped):
    """One person's way through one activity of a lesson, with one version of its package. Beginning anew is a new row."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="activity_attempts")
    activity = models.UUIDField(help_text="id of the block in the lesson, the same in every language")
    lesson_key = models.UUIDField()
    version = models.ForeignKey("content.PackageVersion", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("attempt at an activity"), _("attempts at activities")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["enrolment", "activity", "number"], name="activity_attempt_number_once"),
            models.UniqueConstraint(
                fields=["enrolment", "activity"], condition=Q(closed_at=None), name="activity_attempt_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.activity} {self.number}"


class ActivityState(models.Model):
    """Where somebody was in an activity, as it said itself: the newest word counts."""

    attempt = models.ForeignKey(ActivityAttempt, models.CASCADE, related_name="states")
    data_id = models.CharField(max_length=120)
    sub_content_id = models.CharField(max_length=64, blank=True)
    data = models.TextField()
    order = models.BigIntegerField(help_text="of the device's clock, in milliseconds: an older word comes too late")

    class Meta:
        verbose_name, verbose_name_plural = _("state of an activity"), _("states of activities")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["attempt", "data_id", "sub_content_id"], name="activity_state_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.data_id}"


class ActivityResult(models.Model):
    """An outcome that an activity told of, and what the server could say of it. A fact: never changed."""

    class Verification(models.TextChoices):
        VERIFIED = "verified", _("Checked by the server")
        CORRECTED = "corrected", _("Corrected by the server")
        UNVERIFIED = "unverified", _("Not checked")
        REJECTED = "rejected", _("Does not fit the question")

    attempt = models.ForeignKey(ActivityAttempt, models.PROTECT, related_name="results")
    statement = models.OneToOneField("records.Statement", models.PROTECT, related_name="+")
    part = models.CharField(
        max_length=120, blank=True, help_text="a question or page inside; empty: the whole activity"
    )
    verb = models.CharField(max_length=12)
    client_raw = models.FloatField(null=True)
    client_max = models.FloatField(null=True)
    raw = models.FloatField(null=True, help_text="what counts: the server's where it could judge")
    max = models.FloatField(null=True)
    verification = models.CharField(max_length=10, choices=Verification)
    grader = models.CharField(max_length=20, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("result of an activity"), _("results of activities")
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(raw=None, max=None) | Q(raw__gte=0, max__gt=0, raw__lte=F("max")),
                name="activity_result_within_its_maximum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.verb} {self.part}"
