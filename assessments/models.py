"""The item bank, quizzes, and what happened in each sitting.

The life of an attempt: `docs/architecture.md`. Steps, grades and item versions are facts: inserted, never changed.
"""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from assessments import kinds
from assessments.scoring import whole_percent
from content.blocks import PlainCodeBlock
from core.models import PublicId, TimeStamped


class OptionBlock(blocks.StructBlock):
    """One option with the reason why it is right or wrong."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    text = blocks.CharBlock(label=_("Option"), max_length=400)
    correct = blocks.BooleanBlock(label=_("Right"), required=False)
    rationale = blocks.TextBlock(label=_("Why it is right or wrong"))

    class Meta:
        icon = "list-ul"
        label = _("Option")
        description = _("One option, with the reason why it is right or wrong")


class Item(DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model):
    """One question of the bank in one language. Publishing it makes an `ItemVersion`, which attempts point to."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("One right answer")
        MULTIPLE = "multiple", _("Several right answers")
        TRUEFALSE = "truefalse", _("True or false")

    class Use(models.TextChoices):
        EXAM = "exam", _("Exam")
        CHECK = "check", _("Check in a lesson")

    class Bloom(models.TextChoices):
        REMEMBER = "remember", _("Remember")
        UNDERSTAND = "understand", _("Understand")
        APPLY = "apply", _("Apply")
        ANALYSE = "analyse", _("Analyse")
        EVALUATE = "evaluate", _("Evaluate")
        CREATE = "create", _("Create")

    code = models.CharField(_("code"), max_length=40)
    objective = models.CharField(_("objective"), max_length=10, db_index=True)
    competency = models.CharField(_("competency"), max_length=6)
    bloom = models.CharField(_("level"), max_length=10, choices=Bloom)
    difficulty = models.PositiveSmallIntegerField(_("difficulty, 1 to 5"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    use = models.CharField(_("use"), max_length=10, choices=Use, default=Use.EXAM)
    facts = models.CharField(_("facts it rests on"), max_length=200, blank=True)
    sources = models.CharField(_("sources"), max_length=200, blank=True)
    stem = models.TextField(_("question"))
    options = StreamField([("option", OptionBlock())], verbose_name=_("options"))
    feedback = models.TextField(_("to take away"), blank=True)

    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("stem"),
        TranslatableField("options"),
        TranslatableField("feedback"),
        *(
            SynchronizedField(name, overridable=False)
            for name in ("code", "objective", "competency", "bloom", "difficulty", "kind", "use", "facts", "sources")
        ),
    ]
    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("objective"), FieldPanel("competency")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("use"), FieldPanel("bloom"), FieldPanel("difficulty")]),
                FieldRowPanel([FieldPanel("facts"), FieldPanel("sources")]),
            ],
            heading=_("What it tests"),
        ),
        FieldPanel("stem"),
        FieldPanel("options"),
        FieldPanel("feedback"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name, verbose_name_plural = _("item"), _("items")
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="item_code_once_per_language"),
            models.CheckConstraint(condition=Q(difficulty__gte=1, difficulty__lte=5), name="item_difficulty_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.stem[:70]}"

    def clean(self) -> None:
        problems = kinds.problems(self.kind, self.key())
        if problems:
            raise ValidationError({"options": problems})

    def key(self) -> dict[str, bool]:
        """Option id -> whether it is right, in order of appearance."""
        return {option.value["id"]: bool(option.value["correct"]) for option in self.options}

    def texts(self) -> dict[str, Any]:
        """What a learner reads, in this language."""
        options = [option.value for option in self.options]
        return {
            "stem": self.stem,
            "options": {option["id"]: option["text"] for option in options},
            "rationales": {option["id"]: option["rationale"] for option in options},
            "feedback": self.feedback,
        }


class ItemVersion(models.Model):
    """An item as published, in all its languages. Never changed: an attempt shows for ever what was asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item_key = models.UUIDField(db_index=True, help_text="translation_key of the item")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Item.Kind)
    use = models.CharField(max_length=10, choices=Item.Use)
    objective = models.CharField(max_length=10, db_index=True)
    difficulty = models.PositiveSmallIntegerField()
    key = models.JSONField(help_text="option id -> right or not")
    texts = models.JSONField(help_text="language -> stem, options, rationales, feedback")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("item version"), _("item versions")
        constraints = [models.UniqueConstraint(fields=["item_key", "number"], name="item_version_number_once")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"

    def text_in(self, language: str) -> dict[str, Any]:
        """The texts in a language, or in English where there is no translation; `language` says which it is."""
        shown = next((one for one in (language, "en") if one in self.texts), None) or min(self.texts)
        texts: dict[str, Any] = self.texts[shown]
        return texts | {"language": shown}


class Quiz(PublicId, TimeStamped):
    """Items given together, with the rules of sitting them."""

    class Kind(models.TextChoices):
        CHECK = "check", _("Check")
        PRACTICE = "practice", _("Practice")
        PRE_TEST = "pre_test", _("Pre-test")
        POST_TEST = "post_test", _("Post-test")
        EXAM = "exam", _("Exam")

    class Feedback(models.TextChoices):
        AT_ONCE = "at_once", _("Each answer is judged at once")
        AFTER_ATTEMPT = "after_attempt", _("Everything after handing in")
        WHEN_DONE = "when_done", _("The score after handing in; the answers when passed or when no attempt is left")

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    subject_key = models.UUIDField(_("belongs to"), db_index=True, help_text="translation_key of a course or lesson")
    cut_score = models.DecimalField(_("cut score"), max_digits=4, decimal_places=3, default=0)
    limit_seconds = models.PositiveIntegerField(_("time limit in seconds"), null=True, blank=True)
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts allowed"), default=2)
    retry_hours = models.PositiveSmallIntegerField(_("hours between attempts"), default=0)
    feedback = models.CharField(_("feedback"), max_length=13, choices=Feedback, default=Feedback.AFTER_ATTEMPT)

    class Meta:
        verbose_name, verbose_name_plural = _("quiz"), _("quizzes")
        constraints = [
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


class QuizSection(models.Model):
    """A part of a quiz: named items, or a draw of `count` items on one objective. May have a cut score of its own."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    objective = models.CharField(_("objective"), max_length=10, blank=True)
    count = models.PositiveSmallIntegerField(_("how many"), default=0)
    items = models.JSONField(
        _("items"), default=list, blank=True, help_text="translation keys of fixed items, in order"
    )
    cut_score = models.DecimalField(_("cut score"), max_digits=4, decimal_places=3, null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "position"], name="section_position_once"),
            models.CheckConstraint(condition=Q(objective="", count=0) | (~Q(objective="") & Q(count__gt=0)), name="section_fixed_or_drawn"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.quiz} {self.position}"


class AttemptAllowance(PublicId, TimeStamped):
    """One more attempt for one person, with who allowed it and why."""

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="allowances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="allowances")
    scope = models.UUIDField(db_index=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name, verbose_name_plural = _("extra attempt"), _("extra attempts")

    def __str__(self) -> str:
        return f"{self.person} {self.quiz}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts."""

    def open(self) -> Self:
        """Those not handed in."""
        return self.filter(status=Attempt.Status.OPEN)

    def submitted(self) -> Self:
        """Those handed in."""
        return self.filter(status=Attempt.Status.SUBMITTED)


class Attempt(PublicId):
    """One sitting of one quiz, with the paper and the rules frozen at its start.

    `scope` is what the attempts are counted within: the enrolment's public id; a course taken again starts anew.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        SUBMITTED = "submitted", _("Handed in")

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    scope = models.UUIDField(db_index=True)
    number = models.PositiveSmallIntegerField()
    number_allowed = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    paper = models.JSONField(help_text="items in order: version id, order of options, section")
    rules = models.JSONField(help_text="cut score, sections with theirs, feedback, at the start")
    started_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    step_count = models.PositiveIntegerField(default=0)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("attempt"), _("attempts")
        constraints = [
            models.UniqueConstraint(fields=["quiz", "person", "scope", "number"], name="attempt_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=F("number_allowed")), name="attempt_number_within_limit"
            ),
            models.UniqueConstraint(
                fields=["quiz", "person", "scope"], condition=Q(status="open"), name="attempt_one_open"
            ),
            models.CheckConstraint(
                condition=Q(status="open", submitted_at=None) | Q(status="submitted", submitted_at__isnull=False),
                name="attempt_submitted_iff_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} {self.number} {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:attempt", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Not handed in yet."""
        return self.status == self.Status.OPEN


class AttemptStep(models.Model):
    """One event of an attempt. `id` is made by the client: the same id twice is one event."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("Answer")
        CLEAR = "clear", _("Answer taken back")
        FLAG = "flag", _("Marked for review")
        UNFLAG = "unflag", _("Mark removed")
        SUBMIT = "submit", _("Handed in")

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("Counts")
        SUPERSEDED = "superseded", _("A newer answer was there already")
        LATE = "late", _("Came after the end")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="steps")
    seq = models.PositiveIntegerField(help_text="the server's order, without gaps")
    kind = models.CharField(max_length=6, choices=Kind)
    place = models.PositiveSmallIntegerField(null=True, help_text="which item of the paper, from 0")
    value = models.JSONField(default=list, help_text="ids of the options chosen")
    device = models.CharField(max_length=36, help_text="random id of the page or device that sent it")
    client_seq = models.PositiveIntegerField(help_text="the device's own order")
    base_seq = models.PositiveIntegerField(help_text="the newest step the device had seen")
    received_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict)

    class Meta:
        verbose_name, verbose_name_plural = _("attempt step"), _("attempt steps")
        ordering = ["attempt", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "seq"], name="step_seq_once"),
            models.UniqueConstraint(fields=["attempt"], condition=Q(kind="submit"), name="step_one_submit"),
            models.CheckConstraint(
                condition=Q(kind="submit") ^ Q(place__isnull=False), name="step_place_iff_not_submit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.seq} {self.kind}"


class GradeRecord(models.Model):
    """A score given to an attempt, and why. A regrade is a new row."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="grades")
    version = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=8, decimal_places=4)
    max_score = models.DecimalField(max_digits=8, decimal_places=4)
    passed = models.BooleanField()
    details = models.JSONField(help_text="per item and per section")
    reason = models.CharField(max_length=200)
    graded_at = models.DateTimeField()
    graded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("grade"), _("grades")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "version"], name="grade_version_once"),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=F("max_score")), name="grade_score_within_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} v{self.version}"

    @property
    def percent(self) -> int:
        """The score in whole per cent, rounded down: 69.9 is not 70."""
        return whole_percent(self.score, self.max_score)
