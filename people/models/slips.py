"""Printed slips with which somebody signs in for the first time, or again after the password was forgotten."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId
from people.models.persons import Person


class SignInSlipQuerySet(models.QuerySet["SignInSlip"]):
    """Slips."""

    def open(self) -> Self:
        """Neither used nor withdrawn; they may have run out."""
        return self.filter(used_at=None, withdrawn_at=None)

    def usable(self, *, at: datetime) -> Self:
        """Those that let their person in at a moment."""
        return self.open().filter(valid_until__gt=at, person__is_active=True)


class SignInSlip(PublicId):
    """One person's slip. Its code is told once, on paper; here is only a digest of it (people/slips.py)."""

    class Purpose(models.TextChoices):
        FIRST = "first", _("First sign-in")
        RESET = "reset", _("Forgotten password")

    person = models.ForeignKey(Person, models.PROTECT, related_name="slips", verbose_name=_("person"))
    purpose = models.CharField(_("purpose"), max_length=5, choices=Purpose)
    digest = models.CharField(max_length=64, editable=False)
    made_by = models.ForeignKey(  # empty: the product itself, at set-up
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))
    valid_until = models.DateTimeField(_("valid until"))
    reason = CleanCharField(_("reason"), max_length=200, blank=True)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = SignInSlipQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("sign-in slip"), _("sign-in slips")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(used_at=None, withdrawn_at=None), name="slip_one_open_per_person"
            ),
            models.CheckConstraint(condition=Q(used_at=None) | Q(withdrawn_at=None), name="slip_used_or_withdrawn"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("made_at")), name="slip_valid_for_a_while"),
            models.CheckConstraint(condition=Q(purpose="first") | ~Q(reason=""), name="slip_reset_has_a_reason"),
            models.CheckConstraint(condition=~Q(made_by=F("person")), name="slip_not_for_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_purpose_display()}"
