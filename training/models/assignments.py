"""What trainers give to their groups."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId, TimeStamped
from people.models import Cohort


class Assignment(PublicId, TimeStamped):
    """A course given to a cohort by a trainer. Giving it again moves the due date and is a new row."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="assignments", verbose_name=_("cohort"))
    course_key = models.UUIDField(db_index=True)
    course_code = models.CharField(max_length=10)
    due_on = models.DateField(_("due"), null=True, blank=True)
    message = CleanCharField(_("message"), max_length=500, blank=True, multiline=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("assignment"), _("assignments")
        ordering = ["-assigned_at"]

    def __str__(self) -> str:
        return f"{self.course_code} → {self.cohort}"
