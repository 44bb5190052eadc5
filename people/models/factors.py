"""Taking the second factor off an account whose person lost it: two people's word."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId
from people.models.persons import Person


class FactorReset(PublicId):
    """One request that somebody's second factor be taken off, and what a second person decided."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waits for a second person")
        DONE = "done", _("Reset")
        REFUSED = "refused", _("Refused")

    person = models.ForeignKey(Person, models.PROTECT, related_name="factor_resets", verbose_name=_("person"))
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    reason = CleanCharField(_("reason"), max_length=200)
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome, default=Outcome.WAITING)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("reset of a second factor"), _("resets of second factors")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(outcome="waiting"), name="factor_reset_one_waiting_per_person"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="factor_reset_has_a_reason"),
            models.CheckConstraint(condition=~Q(asked_by=F("person")), name="factor_reset_not_for_oneself"),
            models.CheckConstraint(
                condition=Q(outcome="waiting", decided_by=None, decided_at=None)
                | (~Q(outcome="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="factor_reset_decided_by_somebody",
            ),
            # Whoever asked may take it back; only another may do it.
            models.CheckConstraint(
                condition=~Q(outcome="done") | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("person"))),
                name="factor_reset_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_outcome_display()}"
