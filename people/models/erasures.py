"""That somebody's data is to be erased, and was."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId
from people.models.persons import Person


class Erasure(PublicId):
    """One person's erasure: asked for by somebody, done when a second one confirms it, or ended without being done."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="erasures", verbose_name=_("person"))
    reason = CleanCharField(_("reason"), max_length=200)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("done at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("erasure"), _("erasures")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at=None),
                name="erasure_once",
                violation_error_message=_("The erasure of this person is asked for already, or done."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False, ended_at=None)
                   & ~Q(confirmed_by=F("asked_by")) & ~Q(confirmed_by=F("person"))),
                name="erasure_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("person")),
                name="erasure_not_asked_of_oneself",
                violation_error_message=_("Nobody erases themselves here. Ask another registrar."),
            ),
            models.CheckConstraint(condition=Q(ended_at=None) ^ Q(ended_by__isnull=False), name="erasure_ended_by_somebody"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.public_id)
