"""Keys that sign certificates, by their public half, and the signatures made with them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.models.certificates import Certificate
from core.fields import CleanCharField


class SigningKey(models.Model):
    """The public half of a key; the private one is never in the database (`certificates.keyring`).

    A retired key signs no more, and what it signed stays good. A withdrawn one fell into wrong hands: nothing that it
    signed is believed for its sake.
    """

    class Purpose(models.TextChoices):
        CLAIM = "claim", "claims (Ed25519)"
        DOCUMENT = "document", "documents (P-256)"
        CREDENTIAL = "credential", "credentials (RSA)"

    kid = models.CharField(max_length=43, unique=True, help_text="JWK thumbprint, RFC 7638")
    purpose = models.CharField(max_length=10, choices=Purpose)
    jwk = models.JSONField(help_text="the public key, RFC 7517")
    certificate = models.TextField(blank=True, help_text="PEM of the X.509 certificate, for documents")
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = CleanCharField(max_length=200, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("signing key"), _("signing keys")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | (Q(retired_at__isnull=False) & ~Q(reason="")),
                name="signing_key_withdrawn_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(purpose="document") ^ Q(certificate=""), name="signing_key_certificate"),
        ]

    def __str__(self) -> str:
        return self.kid


class CertificateSignature(models.Model):
    """A signature over a certificate's claim; a later one, by another key, stands beside it."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="signatures")
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="signatures")
    signature = models.CharField(max_length=86, help_text="Ed25519 over certificates.signing.message, base64url")
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("signature of a certificate"), _("signatures of certificates")
        constraints = [models.UniqueConstraint(fields=["certificate", "key"], name="certificate_signed_once_by_a_key")]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.key_id}"
