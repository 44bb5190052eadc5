"""Tests in the room: what was opened when, in which session."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models import Quiz
from core.models import PublicId
from training.models.sessions import TrainingSession


class SessionTest(PublicId):
    """A pre- or post-test as it was held in a session. Whoever was there and began it in between sat it in this session."""

    class Part(models.TextChoices):
        PRE = "pre_test", _("Pre-test")
        POST = "post_test", _("Post-test")

    session = models.ForeignKey(TrainingSession, models.PROTECT, related_name="tests")
    part = models.CharField(max_length=9, choices=Part)
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="session_tests")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("test of a session"), _("tests of sessions")
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "part"], name="session_test_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="session_test_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.part}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
