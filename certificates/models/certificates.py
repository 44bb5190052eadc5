"""Certificates: a frozen claim, and what became of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.models.papers import PaperVersion
from certificates.models.rules import CertificateRule
from core.fields import CleanCharField
from core.models import PublicId
from courses.models import Enrolment


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates."""

    def with_last(self) -> Self:
        """With `last`, the kind of the newest event, or None."""
        newest = CertificateEvent.objects.filter(certificate=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(last=Subquery(newest.values("kind")[:1]))

    def gone(self) -> Self:
        """Revoked or withdrawn."""
        return self.with_last().filter(last__in=GONE)

    def not_gone(self) -> Self:
        """Neither revoked nor withdrawn, or set valid again."""
        return self.with_last().filter(Q(last=None) | ~Q(last__in=GONE))

    def standing(self) -> Self:
        """Neither revoked, withdrawn nor superseded; it may have ended."""
        return self.not_gone().filter(superseded_by=None)


class Certificate(PublicId):
    """What was earned, as it was on the day: later renames change nothing. Never edited; see `CertificateEvent`.

    One for each occasion that earns it, such as a completed enrolment; a correction is the next number of the same
    occasion and supersedes the one before.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates")
    rule = models.ForeignKey(CertificateRule, models.PROTECT, related_name="certificates", verbose_name=_("rule"))
    occasion = models.UUIDField(help_text="what earned it: an enrolment's public id, or derived from several")
    number = models.PositiveSmallIntegerField(default=1)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, null=True, blank=True, related_name="certificates")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("replaces")
    )
    reason = CleanCharField(_("reason"), max_length=300, blank=True, help_text="of a correction")
    paper = models.ForeignKey(PaperVersion, models.PROTECT, null=True, blank=True, related_name="certificates")
    serial = models.CharField(_("serial"), max_length=24, unique=True)
    code = models.CharField(_("verification code"), max_length=16, unique=True)
    claim = models.JSONField(help_text="certificates.claim.CertificateClaim")
    claim_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    valid_until = models.DateField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("certificate"), _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "person", "occasion", "number"], name="certificate_once_per_occasion"
            ),
            models.CheckConstraint(
                condition=Q(number=1, supersedes=None, reason="")
                | (Q(number__gt=1, supersedes__isnull=False) & ~Q(reason="")),
                name="certificate_correction_supersedes_for_a_reason",
            ),
            models.CheckConstraint(condition=~Q(supersedes=F("pk")), name="certificate_supersedes_another"),
        ]

    def __str__(self) -> str:
        return self.serial

    def get_absolute_url(self) -> str:
        return reverse("certificates:verify", args=[self.code])


class CertificateRequest(PublicId):
    """Somebody asks that a certificate be revoked, withdrawn or set valid again; a second person decides."""

    class Kind(models.TextChoices):
        REVOKED = "revoked", _("Revoke: it is no longer deserved")
        WITHDRAWN = "withdrawn", _("Withdraw: it was issued by mistake")
        REINSTATED = "reinstated", _("Set valid again")

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waits for a second person")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="requests")
    kind = models.CharField(_("what is asked"), max_length=10, choices=Kind)
    reason = CleanCharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome, default=Outcome.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("request about a certificate"), _("requests about certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(outcome="waiting"), name="certificate_request_one_waiting"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="certificate_request_has_a_reason"),
            models.CheckConstraint(
                condition=Q(outcome="waiting", decided_by=None, decided_at=None)
                | (~Q(outcome="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="certificate_request_decided_by_somebody",
            ),
            # Who asked may take it back; only another may do it.
            models.CheckConstraint(
                condition=~Q(outcome="done") | ~Q(decided_by=F("asked_by")), name="certificate_request_by_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.kind} {self.outcome}"


class CertificateEvent(models.Model):
    """What became of a certificate. The newest event decides; without one it stands as issued."""

    class Kind(models.TextChoices):
        REVOKED = "revoked", _("Revoked")
        WITHDRAWN = "withdrawn", _("Withdrawn, issued by mistake")
        REINSTATED = "reinstated", _("Valid again")

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="events")
    request = models.OneToOneField(CertificateRequest, models.PROTECT, related_name="event")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = CleanCharField(_("reason"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("certificate event"), _("certificate events")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.kind}"


# What the newest event of a certificate that no longer stands is.
GONE = (CertificateEvent.Kind.REVOKED, CertificateEvent.Kind.WITHDRAWN)


class CertificateReminder(models.Model):
    """That its holder was reminded of its end, so many days before."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by_mail = models.BooleanField()

    class Meta:
        verbose_name, verbose_name_plural = _("reminder"), _("reminders")
        constraints = [models.UniqueConstraint(fields=["certificate", "days"], name="certificate_reminded_once")]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.days}"


class CertificateShare(PublicId):
    """A link by which a holder shows a certificate, with no more on it than they chose, until a day."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="shares")
    token = models.CharField(max_length=32, unique=True)
    with_name = models.BooleanField(_("my name"), default=False)
    with_score = models.BooleanField(_("my score"), default=False)
    made_at = models.DateTimeField()
    until = models.DateField(_("until"))

    class Meta:
        verbose_name, verbose_name_plural = _("shared certificate"), _("shared certificates")

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.until}"

    def get_absolute_url(self) -> str:
        return reverse("certificates:shared", args=[self.token])


class SerialCounter(models.Model):
    """The last serial given out in a year; locked while the next is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("counter of serials"), _("counters of serials")

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
