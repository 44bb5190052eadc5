"""Print-ready files of many certificates."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import PublicId, TimeStamped
from people.models import Cohort
from people.models.imports import LEASE


class CertificatePrint(PublicId, TimeStamped):
    """One PDF of a group's certificates, made by a task; the file is kept for a few days."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="+", verbose_name=_("group"))
    certificates = models.ManyToManyField("certificates.Certificate", related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, editable=False)
    file = models.BinaryField(null=True, editable=False)
    made_at = models.DateTimeField(null=True, editable=False)
    refusal = models.TextField(blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("print of certificates"), _("prints of certificates")
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="certificate_print_done_within_total"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort} {self.total}"

    @property
    def is_working(self) -> bool:
        """Whether a task is at it, or should be."""
        return self.made_at is None and not self.refusal

    def stands_still(self, *, at: datetime) -> bool:
        """Whether the task that should be at it has shown no sign for as long as a lease lasts."""
        return self.is_working and at > max(filter(None, [self.lease_until, self.updated_at + LEASE]))
