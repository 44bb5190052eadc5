"""How people come into a trainer's group by themselves: by a code that is shown in the room, or by a rule."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import PublicId, TimeStamped
from people.models import Cohort, Unit


class CohortDoor(PublicId):
    """A code by which people join a group, while it is open."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="doors")
    code = models.CharField(max_length=6)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("code to join a group"), _("codes to join groups")
        constraints = [
            models.UniqueConstraint(fields=["cohort"], condition=Q(closed_at=None), name="door_one_open_per_cohort"),
            models.UniqueConstraint(fields=["code"], condition=Q(closed_at=None), name="door_code_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="door_closes_after_it_opened"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.opened_at:%Y-%m-%d}"

    def is_open(self, at: datetime) -> bool:
        """Whether it lets people in."""
        return self.closed_at is None and at < self.closes_at


class CohortRule(TimeStamped):
    """Who belongs to a group by where they serve: found anew every day, so that who comes to the post later joins too. Nobody is taken out."""

    class Who(models.TextChoices):
        OFFICERS = "officers", _("Officers without a role")
        TRAINERS = "trainers", _("Trainers")
        EVERYONE = "everyone", _("Everyone")

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="rule")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    with_below = models.BooleanField(_("with the units below it"), default=True)
    who = models.CharField(_("who"), max_length=8, choices=Who, default=Who.OFFICERS)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("rule of a group"), _("rules of groups")

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.unit_id} {self.who}"
