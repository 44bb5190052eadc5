"""Who gets into a quiz by a code: rooms that are open and tickets that were printed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.attempts import Attempt
from assessments.models.quizzes import Quiz
from core.models import PublicId, TimeStamped


class ExamRoom(PublicId):
    """A quiz held in a room for one cohort: open for those who type its code, until the trainer closes it."""

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="rooms")
    cohort = models.ForeignKey("people.Cohort", models.PROTECT, related_name="exam_rooms")
    code = models.CharField(_("code"), max_length=6)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("exam room"), _("exam rooms")
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "cohort"], condition=Q(closed_at=None), name="room_one_open_per_cohort"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} {self.cohort}"


class ExamTicket(PublicId, TimeStamped):
    """A printed code that begins one attempt, once. Only its digest is kept.

    person: whose it is; None for a blank one, which any learner of the cohort may use.
    """

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="tickets")
    cohort = models.ForeignKey("people.Cohort", models.PROTECT, related_name="exam_tickets")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="exam_tickets")
    digest = models.CharField(max_length=64, unique=True)
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    attempt = models.OneToOneField(Attempt, models.PROTECT, null=True, related_name="ticket")
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("exam ticket"), _("exam tickets")
        constraints = [
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="ticket_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(attempt=None) ^ Q(used_at__isnull=False), name="ticket_used_iff_dated"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} {self.person or self.cohort}"
