"""Training in a room: where, when, for whom, by whom; and who was there."""

import secrets
import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField, CleanTextField
from core.models import PublicId, TimeStamped
from people.models import Cohort, Person, Unit


def new_secret() -> str:
    """Of what a session's codes are computed: 160 bits, in hexadecimal."""
    return secrets.token_hex(20)


class TrainingSessionQuerySet(models.QuerySet["TrainingSession"]):
    """Sessions."""

    def standing(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)


class TrainingSession(PublicId, TimeStamped):
    """A course, or some of its modules, taught to a group in a room.

    course_version: as it was published when the session was planned or changed. modules: their codes, in the order in which they are
    taught. unit: the post where it is held. secret: for the codes with which people sign in; it leaves the server only
    with its trainers.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="sessions", verbose_name=_("group"))
    course_key = models.UUIDField(db_index=True)
    course_code = models.CharField(max_length=10)
    course_version = models.CharField(max_length=20)
    modules = models.JSONField(default=list)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("post")
    )
    place = CleanCharField(_("place"), max_length=120, printed=True)
    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(_("ends"))
    plan = CleanTextField(_("plan"), max_length=4000, blank=True)
    secret = models.CharField(max_length=40, default=new_secret, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = CleanCharField(_("reason"), max_length=300, blank=True)

    objects = TrainingSessionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("training session"), _("training sessions")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, reason="") | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(reason=""),
                name="session_cancelled_by_somebody_for_a_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.course_code} {self.starts_at:%Y-%m-%d} {self.place}"

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended."""
        return at >= self.ends_at


class SessionTrainer(PublicId):
    """Who teaches a session, or watches it."""

    class Part(models.TextChoices):
        LEAD = "lead", _("Lead")
        CO_TRAINER = "co", _("Co-trainer")
        OBSERVER = "observer", _("Observer")

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="trainers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="sessions_taught", verbose_name=_("person"))
    part = models.CharField(_("part"), max_length=8, choices=Part)

    class Meta:
        verbose_name, verbose_name_plural = _("trainer of a session"), _("trainers of sessions")
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="session_trainer_once"),
            models.UniqueConstraint(fields=["session"], condition=Q(part="lead"), name="session_one_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_part_display()}"


class SessionCheck(models.Model):
    """Something on the list before a session that is done. key: a name of `training.guiding.checklist`, or the id of a material.

    The row goes when the tick is taken away.
    """

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="checks")
    key = models.CharField(max_length=36)
    ticked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ticked_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("tick before a session"), _("ticks before sessions")
        constraints = [models.UniqueConstraint(fields=["session", "key"], name="session_check_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.key}"


class Status(models.TextChoices):
    """How somebody was there."""

    PRESENT = "present", _("Present")
    LATE = "late", _("Came late")
    LEFT_EARLY = "left_early", _("Left early")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


THERE = (Status.PRESENT, Status.LATE, Status.LEFT_EARLY)


class AttendanceMark(models.Model):
    """Something that was said about somebody's attendance, by a code, a trainer's tick or a paper list. A fact.

    `id` is made on the device: sent twice, it is one. marked_at: when, by the device's clock, never later than `received_at`, the
    server's; of several marks the one made last counts, in whatever order they arrive. is_proven: a code of this session and
    time was given. page: of the printed list that it was copied from.
    """

    class How(models.TextChoices):
        CODE = "code", _("by code")
        TICK = "tick", _("ticked by the trainer")
        PAPER = "paper", _("from the paper list")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="marks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendance_marks")
    status = models.CharField(max_length=10, choices=Status)
    how = models.CharField(max_length=5, choices=How)
    is_proven = models.BooleanField(default=False)
    page = models.CharField(max_length=12, blank=True)
    reason = CleanCharField(_("reason"), max_length=300, blank=True)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("attendance mark"), _("attendance marks")
        ordering = ["marked_at", "received_at", "id"]
        indexes = [models.Index(fields=["session", "person"])]
        constraints = [
            models.CheckConstraint(condition=Q(marked_at__lte=F("received_at")), name="mark_not_from_the_future"),
            models.CheckConstraint(condition=Q(is_proven=False) | Q(how="code"), name="mark_proven_by_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id} {self.status}"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Attendance."""

    def there(self) -> Self:
        """Of who was in the room."""
        return self.filter(status__in=THERE, session__cancelled_at=None)


class Attendance(models.Model):
    """How somebody's attendance stands: the mark that decides. One per person and session; the marks tell how it came about."""

    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="attendance")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendance")
    status = models.CharField(max_length=10, choices=Status)
    mark = models.OneToOneField(AttendanceMark, models.PROTECT, related_name="+")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("attendance"), _("attendance")
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id} {self.status}"
