"""The right to teach a course, as records: who gave it, at which session, until when, and how it ended."""

from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId, TimeStamped
from people.models import Person
from training.models.sessions import TrainingSession


class Tier(models.TextChoices):
    """How far from the master group. A master trainer accredits, a trainer leads, a trainee trainer leads beside a trainer, a co-trainer helps."""

    MASTER = "master", _("Master trainer")
    TRAINER = "trainer", _("Trainer")
    TRAINEE = "trainee", _("Trainee trainer")
    CO_TRAINER = "co", _("Co-trainer")


class AccreditationRule(TimeStamped):
    """What somebody must have shown to teach a course at a tier.

    least_percent: in the course's own exam; also: keys of courses to be completed besides; observed: how many exercises passed by the
    rubric; supported: how many first deliveries need a co-trainer or an observer in the room.
    """

    course_key = models.UUIDField()
    course_code = models.CharField(max_length=10)
    tier = models.CharField(_("tier"), max_length=7, choices=Tier)
    least_percent = models.PositiveSmallIntegerField(
        _("exam passed with at least (per cent)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    also = models.JSONField(_("courses completed besides"), default=list, blank=True)
    rubric_code = models.CharField(_("rubric"), max_length=12, blank=True)
    observed = models.PositiveSmallIntegerField(_("exercises passed by it"), default=0)
    months = models.PositiveSmallIntegerField(
        _("valid for (months)"), default=24, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    supported = models.PositiveSmallIntegerField(_("first deliveries with support"), default=2)

    class Meta:
        verbose_name, verbose_name_plural = _("rule of accreditation"), _("rules of accreditation")
        constraints = [
            models.UniqueConstraint(fields=["course_key", "tier"], name="accreditation_rule_once"),
            models.CheckConstraint(condition=Q(observed=0) | ~Q(rubric_code=""), name="accreditation_rule_names_its_rubric"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.course_code} {self.tier}"


class AccreditationQuerySet(models.QuerySet["Accreditation"]):
    """Accreditations."""

    def live(self, on: date) -> Self:
        """Those that hold on a day."""
        return self.filter(ended_at=None, valid_until__gte=on)


class Accreditation(PublicId, TimeStamped):
    """The right of a person to teach a course. session: at which it was granted; none for the master group itself."""

    class Ending(models.TextChoices):
        WITHDRAWN = "withdrawn", _("withdrawn")
        RENEWED = "renewed", _("renewed or changed")

    person = models.ForeignKey(Person, models.PROTECT, related_name="accreditations")
    course_key = models.UUIDField(db_index=True)
    course_code = models.CharField(max_length=10)
    course_version = models.CharField(max_length=20)
    tier = models.CharField(_("tier"), max_length=7, choices=Tier)
    session = models.ForeignKey(
        TrainingSession, models.PROTECT, null=True, blank=True, related_name="accreditations_granted"
    )
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    valid_until = models.DateField(_("valid until"))
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ending = models.CharField(max_length=9, choices=Ending, blank=True)
    reason = CleanCharField(_("reason"), max_length=300, blank=True)

    objects = AccreditationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("accreditation"), _("accreditations")
        ordering = ["-granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course_key"], condition=Q(ended_at=None), name="accreditation_one_live"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ending="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ending="")),
                name="accreditation_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(ending="withdrawn") | ~Q(reason=""), name="accreditation_withdrawn_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.course_code} {self.tier}"

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.ended_at is None and self.valid_until >= on
