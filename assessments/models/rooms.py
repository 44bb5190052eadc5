"""Who gets into a quiz by a code: rooms that are open and tickets that were printed; and the forms that go on paper."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.attempts import Attempt
from assessments.models.quizzes import Quiz, QuizSection
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


class PrintedForm(PublicId):
    """One form of a quiz as it goes on paper: the same items and letters for everybody who gets it. Never changed.

    code: stands on every page, so that what is typed from it is judged by what was printed. sha256: of the paper; a form is
    printed anew only where the bank has changed.
    """

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="printed")
    form = models.CharField(_("form"), max_length=1, choices=QuizSection.Form, blank=True)
    code = models.CharField(_("code"), max_length=4)
    paper = models.JSONField(help_text="as in an attempt")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("printed form"), _("printed forms")
        ordering = ["-made_at", "form"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "form", "sha256"], name="printed_form_once"),
            models.UniqueConstraint(fields=["quiz", "code"], name="printed_form_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.code}".strip()


class DealtForm(models.Model):
    """Which of two forms a person gets first in the tests of a subject, so that each half of a group begins with another one."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    subject_key = models.UUIDField()
    form = models.CharField(max_length=1, choices=[("A", "A"), ("B", "B")])

    class Meta:
        verbose_name, verbose_name_plural = _("dealt form"), _("dealt forms")
        constraints = [models.UniqueConstraint(fields=["person", "subject_key"], name="dealt_form_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.form}"
