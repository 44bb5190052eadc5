"""Practice that was observed: a rubric filled in for one person's exercise, and signed by that person."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField, CleanTextField
from people.models import Person
from training.models.sessions import TrainingSession


class ObservationQuerySet(models.QuerySet["Observation"]):
    """Observations."""

    def standing(self) -> Self:
        """Those that no later one of the same observer replaces."""
        return self.filter(superseded_by=None)


class Observation(models.Model):
    """What one observer saw in one exercise of one person. A fact; a second thought is a new one, which supersedes it.

    `id` is made on the device. exercise: what both observers call it. rubric: as it was: title, criteria (id, text, is_critical), least_mean and
    observers, in English. evidence, levels: by criterion; what was said or done comes first, the level (0 to 3) second. is_met: whether the
    levels reach the rubric's standard.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="observations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="observations")
    observer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="observations_made")
    exercise = CleanCharField(_("exercise"), max_length=80)
    rubric_key = models.UUIDField()
    rubric_code = models.CharField(max_length=12)
    rubric_sha256 = models.CharField(max_length=64)
    rubric = models.JSONField()
    evidence = models.JSONField(default=dict)
    levels = models.JSONField(default=dict)
    comment = CleanTextField(_("comment"), max_length=2000, blank=True)
    is_met = models.BooleanField()
    observed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("observation"), _("observations")
        ordering = ["observed_at", "received_at"]
        indexes = [models.Index(fields=["person", "rubric_key"])]
        constraints = [
            models.CheckConstraint(condition=~Q(observer=F("person")), name="observation_of_somebody_else"),
            models.CheckConstraint(condition=Q(observed_at__lte=F("received_at")), name="observation_not_from_the_future"),
            models.UniqueConstraint(
                fields=["session", "person", "observer", "exercise", "rubric_key"], condition=Q(supersedes=None), name="observation_first_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.rubric_code} {self.person_id} {self.exercise}"


class ObservationSignature(models.Model):
    """That the observed person has seen what was written. A fact. comment: their own words."""

    observation = models.OneToOneField(Observation, models.PROTECT, related_name="signature")
    agrees = models.BooleanField(_("I agree with what is written"))
    comment = CleanTextField(_("in my own words"), max_length=1000, blank=True)
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("signature of an observation"), _("signatures of observations")

    def __str__(self) -> str:
        return f"{self.observation_id} {self.signed_at:%Y-%m-%d}"
