"""Who learns together."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId, Sorted, TimeStamped
from myanmar.collation import sort_key
from people.models.imports import Brought
from people.models.persons import Person
from people.models.units import Unit, named


class Cohort(PublicId, TimeStamped, Sorted, Brought):
    """People who learn together, led by trainers."""

    name_my = CleanCharField(_("name in Burmese"), max_length=120, blank=True, printed=True)
    name_en = CleanCharField(_("name in English"), max_length=120, blank=True, printed=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="cohorts", verbose_name=_("unit")
    )
    people = models.ManyToManyField(Person, through="CohortMembership", related_name="cohorts")

    class Meta:
        verbose_name, verbose_name_plural = _("cohort"), _("cohorts")
        constraints = [models.CheckConstraint(condition=~Q(name_my="", name_en=""), name="cohort_has_a_name")]

    def __str__(self) -> str:
        return named(self.name_my, self.name_en)

    def key_of_name(self) -> str:
        return sort_key(self.name_my or self.name_en)


class CohortMembershipQuerySet(models.QuerySet["CohortMembership"]):
    """Memberships."""

    def current(self) -> Self:
        """Those that have not ended."""
        return self.filter(left_at=None)

    def learners(self) -> Self:
        """Current learners."""
        return self.current().filter(part=CohortMembership.Part.LEARNER)


class CohortMembership(PublicId, TimeStamped, Brought):
    """One person's time in a cohort; coming back is a new row."""

    class Part(models.TextChoices):
        LEARNER = "learner", _("Learner")
        TRAINER = "trainer", _("Trainer")

    class Origin(models.TextChoices):
        OFFICE = "office", _("by the office")
        TRAINER = "trainer", _("by the trainer")
        CODE = "code", _("by a code")
        RULE = "rule", _("by a rule")

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="memberships", verbose_name=_("cohort"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    part = models.CharField(_("part"), max_length=7, choices=Part, default=Part.LEARNER)
    origin = models.CharField(_("how"), max_length=7, choices=Origin, default=Origin.OFFICE)
    joined_at = models.DateTimeField(_("joined at"))
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)

    objects = CohortMembershipQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("membership"), _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cohort"], condition=Q(left_at=None), name="membership_one_open_per_cohort"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.cohort}"
