"""What the bank has to hold."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.items import Item
from core.fields import CleanCharField


class BlueprintLine(models.Model):
    """What the bank has to hold for an objective."""

    objective = models.CharField(_("objective"), max_length=10, unique=True)
    bloom = models.CharField(_("level"), max_length=10, choices=Item.Bloom)
    competency = models.CharField(_("competency"), max_length=6)
    bank = models.PositiveSmallIntegerField(_("items in the bank"))
    form = models.PositiveSmallIntegerField(_("items on a form"))
    kinds = CleanCharField(_("kinds that fit"), max_length=200)

    class Meta:
        verbose_name, verbose_name_plural = _("line of the blueprint"), _("lines of the blueprint")
        constraints = [models.CheckConstraint(condition=Q(form__lte=F("bank")), name="blueprint_form_within_bank")]

    def __str__(self) -> str:
        return self.objective
