"""What training brought about: how it was received, what is done differently, what came of it; and what was planned.

What people thought of a session is anonymous: `Reaction` points to nobody and `ReactionGiven` to no reaction.
"""

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField, CleanTextField
from core.models import PublicId, TimeStamped
from people.models import Agency, Person, Unit
from training.models.sessions import TrainingSession

LOWEST, HIGHEST = 1, 4
STATEMENTS = ("useful", "clear", "practised", "safe", "ready")


def _level(text: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(text, validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)])


class Reaction(models.Model):
    """What somebody thought of a session, from 1 (not at all) to 4 (fully). Nobody can tell who.

    No person, no time of day, a random key, and rows that are stored in the order of their keys (`evaluating.reactions`), so that neither
    a column nor the order tells whose it is. is_paper: typed in from a sheet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="reactions")
    useful = _level(_("What I learned is useful in my work."))
    clear = _level(_("The trainers explained clearly and took questions seriously."))
    practised = _level(_("I had enough time to practise."))
    safe = _level(_("I felt safe to disagree."))
    ready = _level(_("I can do tomorrow what we practised."))
    comment = CleanTextField(_("What should change?"), max_length=1000, blank=True)
    language = models.CharField(max_length=10)
    is_paper = models.BooleanField(default=False)
    received_on = models.DateField()

    class Meta:
        verbose_name, verbose_name_plural = _("reaction"), _("reactions")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__{bound}": value for name in STATEMENTS for bound, value in (("gte", LOWEST), ("lte", HIGHEST))}),
                name="reaction_levels_within_scale",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.session_id} {self.received_on:%Y-%m-%d}"


class ReactionGiven(models.Model):
    """That somebody has answered for a session, so that nobody does twice. It points to no answer, and has no day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="reactions_given")
    person = models.ForeignKey(Person, models.PROTECT, related_name="reactions_given")

    class Meta:
        verbose_name, verbose_name_plural = _("reaction given"), _("reactions given")
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="reaction_given_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"


class BehaviourReport(PublicId):
    """What somebody does at work of what a session taught, two to three months later. A fact.

    tasks: [code of an objective, level] each; of oneself how often (0 never to 3 always), of another the level of the rubric. barriers: codes.
    """

    class Kind(models.TextChoices):
        SELF = "self", _("by the officer")
        SUPERVISOR = "supervisor", _("by the supervisor or trainer")

    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="behaviour")
    person = models.ForeignKey(Person, models.PROTECT, related_name="behaviour")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="behaviour_reported")
    kind = models.CharField(max_length=10, choices=Kind)
    tasks = models.JSONField(default=list)
    barriers = models.JSONField(default=list)
    comment = CleanTextField(_("in my own words"), max_length=1000, blank=True)
    reported_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("report on practice"), _("reports on practice")
        ordering = ["reported_at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person", "by"], name="behaviour_once_by_each"),
            models.CheckConstraint(
                condition=Q(kind="self", by=F("person")) | (Q(kind="supervisor") & ~Q(by=F("person"))),
                name="behaviour_by_oneself_or_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id} {self.kind}"


class ResultFigures(PublicId):
    """What an agency counted in a quarter: totals only. A fact; a correction is a new one with its reason, which supersedes it.

    unit: the region, or none for the whole agency. with_consent: of the referrals. median_days: from referral to service.
    """

    agency = models.CharField(_("agency"), max_length=14, choices=Agency)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region"))
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    referrals = models.PositiveIntegerField(_("referrals made"))
    with_consent = models.PositiveIntegerField(_("of these, with consent recorded"))
    median_days = models.DecimalField(
        _("median days to service"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    complaints = models.PositiveIntegerField(_("complaints"))
    reason = CleanCharField(_("reason of the correction"), max_length=300, blank=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("result figures"), _("result figures")
        ordering = ["-year", "-quarter", "agency", "unit", "-entered_at"]
        constraints = [
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="results_of_a_quarter"),
            models.CheckConstraint(condition=Q(with_consent__lte=F("referrals")), name="results_consent_of_referrals"),
            models.CheckConstraint(
                condition=Q(median_days=None) | Q(median_days__gte=0), name="results_days_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None, reason="") | (Q(supersedes__isnull=False) & ~Q(reason="")),
                name="results_corrected_for_a_reason",
            ),
            # Two, as no unit is not one unit to a database.
            models.UniqueConstraint(
                fields=["agency", "year", "quarter"], condition=Q(supersedes=None, unit=None), name="results_first_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "year", "quarter"], condition=Q(supersedes=None, unit__isnull=False), name="results_of_region_first_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agency} {self.year}/{self.quarter}"


class TrainingTarget(PublicId, TimeStamped):
    """How many people of a place are to be trained in a course until a day. unit: region or post; none for the whole agency."""

    year = models.PositiveSmallIntegerField(_("year"))
    agency = models.CharField(_("agency"), max_length=14, choices=Agency)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="training_targets", verbose_name=_("region or post")
    )
    course_key = models.UUIDField()
    course_code = models.CharField(max_length=10)
    people = models.PositiveIntegerField(_("people"))
    due_on = models.DateField(_("until"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("training target"), _("training targets")
        ordering = ["due_on", "agency", "course_code", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="target_of_somebody"),
            models.UniqueConstraint(
                fields=["year", "unit", "course_key"], condition=Q(unit__isnull=False), name="target_once_per_unit"
            ),
            models.UniqueConstraint(
                fields=["year", "agency", "course_key"], condition=Q(unit=None), name="target_once_per_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_code} {self.year} {self.agency}"


class SessionCount(models.Model):
    """How many women and men came to a session, as counts, where the agency keeps them. others: also those of whom it is not said."""

    session = models.OneToOneField(TrainingSession, models.PROTECT, related_name="count")
    women = models.PositiveSmallIntegerField(_("women"))
    men = models.PositiveSmallIntegerField(_("men"))
    others = models.PositiveSmallIntegerField(_("others, or not said"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("count of a session"), _("counts of sessions")

    def __str__(self) -> str:
        return f"{self.session_id} {self.women}+{self.men}+{self.others}"
