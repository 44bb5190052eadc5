"""Quizzes and the parts they are made of."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId, TimeStamped


class Quiz(PublicId, TimeStamped):
    """Items given together, with the rules of sitting them."""

    class Kind(models.TextChoices):
        CHECK = "check", _("Check")
        PRACTICE = "practice", _("Practice")
        PRE_TEST = "pre_test", _("Pre-test")
        POST_TEST = "post_test", _("Post-test")
        EXAM = "exam", _("Exam")

    class Forms(models.TextChoices):
        NONE = "", _("One form for everybody")
        TURNS = "turns", _("A or B by person, and the other one next time")
        A = "A", _("Form A for everybody")
        B = "B", _("Form B for everybody")

    class Entry(models.TextChoices):
        OPEN = "", _("Whoever may sit it")
        ROOM = "room", _("Who types the code of the room")
        TICKET = "ticket", _("Who types the code of a printed ticket")

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    subject_key = models.UUIDField(_("belongs to"), db_index=True, help_text="translation_key of a course or lesson")
    cut_score = models.DecimalField(_("cut score"), max_digits=4, decimal_places=3, default=0)
    limit_seconds = models.PositiveIntegerField(_("time limit in seconds"), null=True, blank=True)
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts allowed"), default=2)
    retry_hours = models.PositiveSmallIntegerField(_("hours between attempts"), default=0)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    shown = models.JSONField(_("what is shown, and when"), default=dict, help_text="see assessments/showing.py")
    late_hours = models.PositiveSmallIntegerField(
        _("hours after the end in which kept answers still count"),
        default=0,
        validators=[MaxValueValidator(336)],
        help_text=_("For a device without a line: answers given in time, by its own clock, count when they arrive within these hours."),
    )  # fmt: skip
    is_sequential = models.BooleanField(_("one question after the other, without going back"), default=False)
    forms = models.CharField(_("forms"), max_length=5, choices=Forms, default=Forms.NONE, blank=True)
    entry = models.CharField(_("who may begin"), max_length=6, choices=Entry, default=Entry.OPEN, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("quiz"), _("quizzes")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(opens_at__lt=F("closes_at")),
                name="quiz_closes_after_it_opens",
                violation_error_message=_("It has to close after it opens."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="exam") | Q(late_hours=0),
                name="quiz_exam_believes_no_device",
                violation_error_message=_(
                    "An exam believes no device's clock: what arrives after the end does not count."
                ),
            ),
            models.CheckConstraint(condition=Q(cut_score__gte=0, cut_score__lte=1), name="quiz_cut_score_is_a_share"),
            models.UniqueConstraint(
                fields=["kind", "subject_key"],
                condition=Q(kind__in=["check", "exam"]),
                name="quiz_one_check_one_exam_a_subject",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("assessments:quiz", args=[self.public_id])

    @property
    def heading(self) -> str:
        """What it is to who sits it."""
        words: dict[str, Any] = {self.Kind.PRACTICE: _("Short test"), self.Kind.EXAM: _("Final exam")}
        return str(words.get(self.kind) or self.get_kind_display())


class QuizSection(models.Model):
    """A part of a quiz: named items, or a draw of `count` items that fit. May have a cut score of its own.

    A draw takes items of the objective, with every one of the tags and a difficulty within the range; what is left open
    does not count. A section of one form is asked of those who get that form.
    """

    class Form(models.TextChoices):
        BOTH = "", _("Every form")
        A = "A", _("Form A")
        B = "B", _("Form B")

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    form = models.CharField(_("form"), max_length=1, choices=Form, default=Form.BOTH, blank=True)
    objective = models.CharField(_("objective"), max_length=10, blank=True)
    tags = CleanCharField(_("tags"), max_length=200, blank=True)
    difficulty_from = models.PositiveSmallIntegerField(_("difficulty from"), default=1)
    difficulty_to = models.PositiveSmallIntegerField(_("difficulty to"), default=5)
    count = models.PositiveSmallIntegerField(_("how many"), default=0)
    items = models.JSONField(
        _("items"), default=list, blank=True, help_text="translation keys of fixed items, in order"
    )
    cut_score = models.DecimalField(_("cut score"), max_digits=4, decimal_places=3, null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "position"], name="section_position_once"),
            models.CheckConstraint(condition=Q(objective="", tags="", count=0) | (~Q(objective="", tags="") & Q(count__gt=0)), name="section_fixed_or_drawn"),
            models.CheckConstraint(condition=Q(difficulty_from__lte=F("difficulty_to")), name="section_difficulty_is_a_range"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.quiz} {self.position}"
