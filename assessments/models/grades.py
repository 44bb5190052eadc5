"""Grades, and how they change: by a second person's word or for everybody at once. Facts: inserted, never changed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.attempts import Attempt
from assessments.models.quizzes import Quiz
from assessments.models.versions import ItemVersion
from assessments.scoring import waits, whole_percent
from core.fields import CleanCharField
from core.models import PublicId


class GradeRecordQuerySet(models.QuerySet["GradeRecord"]):
    """Grades."""

    def standing(self) -> Self:
        """Those that count: the newest of each attempt."""
        later = GradeRecord.objects.filter(attempt=OuterRef("attempt"), version__gt=OuterRef("version"))
        return self.filter(~Exists(later))


class GradeRecord(models.Model):
    """A score given to an attempt, and why. A regrade is a new row."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="grades")
    version = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=8, decimal_places=4)
    max_score = models.DecimalField(max_digits=8, decimal_places=4)
    passed = models.BooleanField()
    details = models.JSONField(help_text="per item and per section; see assessments/regrading.py and changing.py")
    reason = CleanCharField(max_length=200)
    graded_at = models.DateTimeField()
    graded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = GradeRecordQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("grade"), _("grades")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "version"], name="grade_version_once"),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=F("max_score")), name="grade_score_within_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} v{self.version}"

    @property
    def percent(self) -> int:
        """The score in whole per cent, rounded down: 69.9 is not 70."""
        return whole_percent(self.score, self.max_score)

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to be marked by a person, so that this decides nothing yet."""
        return waits(self.details["items"]) and not self.details.get("by_hand")


class GradeProposal(PublicId):
    """A grade that one person wants changed so that it passes or fails; another has to confirm it. Never changed."""

    grade = models.ForeignKey(GradeRecord, models.PROTECT, related_name="proposals", help_text="the one to be replaced")
    score = models.DecimalField(max_digits=8, decimal_places=4)
    passed = models.BooleanField()
    reason = CleanCharField(_("reason"), max_length=200)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("proposed grade"), _("proposed grades")

    def __str__(self) -> str:
        return f"{self.grade} {self.passed}"


class GradeDecision(models.Model):
    """What a second person said to a proposal, once. Never changed."""

    proposal = models.OneToOneField(GradeProposal, models.PROTECT, related_name="decision")
    is_confirmed = models.BooleanField()
    note = CleanCharField(_("note"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("decision"), _("decisions")
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="decision_by_a_second_person"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.is_confirmed}"


class Regrade(PublicId):
    """One item's answers judged anew in every attempt at a quiz, by whom and why. Never changed."""

    class Treatment(models.TextChoices):
        MENDED = "mended", _("Judge by the mended question")
        CREDIT = "credit", _("Give everybody its point")

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="regrades")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", help_text="the mended item")
    treatment = models.CharField(max_length=6, choices=Treatment)
    changes = models.JSONField(help_text="per attempt: before, after, certificates; see assessments/regrading.py")
    reason = CleanCharField(_("reason"), max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("regrade"), _("regrades")

    def __str__(self) -> str:
        return f"{self.quiz} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:regrade_record", args=[self.public_id])
