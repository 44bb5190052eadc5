"""Shared devices on which officers of a group may sign in with a PIN."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId
from people.models.cohorts import Cohort
from people.models.persons import Person

WRONG_PINS = 5  # then the PIN is gone


class EnrolledDevice(PublicId):
    """A device that a trainer enrolled for a group, in the room. It holds a cookie, of which this is the digest."""

    name = CleanCharField(_("name of the device"), max_length=60)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="devices", verbose_name=_("group"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    enrolled_at = models.DateTimeField(_("enrolled at"))
    valid_until = models.DateTimeField(_("valid until"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("enrolled device"), _("enrolled devices")
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("enrolled_at")), name="device_valid_for_a_while")
        ]

    def __str__(self) -> str:
        return self.name


class DevicePin(PublicId):
    """One person's PIN, good at one device only."""

    device = models.ForeignKey(EnrolledDevice, models.CASCADE, related_name="pins", verbose_name=_("device"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="pins", verbose_name=_("person"))
    pin = models.CharField(max_length=128, editable=False)  # hashed as a password is
    set_at = models.DateTimeField(_("set at"))
    wrong = models.PositiveSmallIntegerField(_("wrong tries"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("PIN"), _("PINs")
        constraints = [
            models.UniqueConstraint(fields=["device", "person"], name="pin_one_per_person_and_device"),
            models.CheckConstraint(condition=Q(wrong__lt=WRONG_PINS), name="pin_gone_after_wrong_tries"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.device}"
