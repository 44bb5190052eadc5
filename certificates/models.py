"""Certificates: a frozen claim, and what became of it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId
from courses.models import Enrolment


class Certificate(PublicId):
    """What was earned, as it was on the day: later renames change nothing. Never edited; see `CertificateEvent`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates")
    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="certificate")
    serial = models.CharField(_("serial"), max_length=24, unique=True)
    code = models.CharField(_("verification code"), max_length=16, unique=True)
    claim = models.JSONField(help_text="certificates.claim.CertificateClaim")
    claim_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("certificate"), _("certificates")

    def __str__(self) -> str:
        return self.serial

    def get_absolute_url(self) -> str:
        return reverse("certificates:verify", args=[self.code])


class CertificateEvent(models.Model):
    """What became of a certificate. The newest event decides its status; without one it stands as issued."""

    class Kind(models.TextChoices):
        REVOKED = "revoked", _("Revoked")
        SUPERSEDED = "superseded", _("Replaced by a newer certificate")
        REINSTATED = "reinstated", _("Valid again")

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = CleanCharField(_("reason"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("certificate event"), _("certificate events")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.kind}"
