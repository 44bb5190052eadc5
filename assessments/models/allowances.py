"""What single people are allowed beyond the rules."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.quizzes import Quiz
from core.fields import CleanCharField
from core.models import PublicId, TimeStamped


class Allowance(PublicId, TimeStamped):
    """What one person is allowed beyond the rules of a quiz, with who allowed it and why.

    Attempts and minutes of several rows add up; of the percentages the largest counts, of the closing times the last.
    """

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="allowances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="allowances")
    scope = models.UUIDField(db_index=True)
    attempts = models.PositiveSmallIntegerField(_("attempts more"), default=0)
    minutes = models.PositiveSmallIntegerField(_("minutes more"), default=0)
    percent = models.PositiveSmallIntegerField(_("per cent more time"), default=0)
    closes_at = models.DateTimeField(_("closes for this person"), null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = CleanCharField(_("reason"), max_length=300)

    class Meta:
        verbose_name, verbose_name_plural = _("exception"), _("exceptions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(attempts=0, minutes=0, percent=0, closes_at=None), name="allowance_allows_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.quiz}"
