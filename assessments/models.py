"""The item bank, quizzes, and what happened in each sitting.

The life of an attempt: `docs/architecture.md`. Steps, grades and item versions are facts: inserted, never changed.
"""

import uuid
from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from assessments import kinds, spacing
from assessments.formats.draft import Draft, Note
from assessments.kinds import base
from assessments.panels import UsagePanel
from assessments.scoring import waits, whole_percent
from core.fields import CleanCharField, CleanTextField
from core.models import PublicId, TimeStamped
from core.search import burmese_fields


class QuestionField(StreamField):
    """The question itself: exactly one block, of the kind that the item is of."""

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        known = [(kind.name, kind.block(label=kind.label)) for kind in kinds.KINDS.values()]
        super().__init__(block_types or known, **kwargs | {"min_num": 1, "max_num": 1})

    def deconstruct(self) -> Any:
        """Migrations see a stream without blocks: a new kind of question is no change of the database."""
        name, _path, _args, kwargs = super().deconstruct()
        for one in ("min_num", "max_num"):
            kwargs.pop(one, None)
        return name, "wagtail.fields.StreamField", [[]], kwargs | {"block_lookup": {}}


class Item(
    index.Indexed,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    models.Model,
):
    """One question of the bank in one language. Publishing it makes an `ItemVersion`, which attempts point to."""

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
    kind = models.CharField(_("kind"), max_length=12, editable=False)
    use = models.CharField(_("use"), max_length=10, choices=Use, default=Use.EXAM)
    asks_certainty = models.BooleanField(_("asks how sure one is"), default=False)
    facts = models.CharField(_("facts it rests on"), max_length=200, blank=True)
    sources = models.CharField(_("sources"), max_length=200, blank=True)
    flags = models.CharField(_("to be confirmed by"), max_length=4, blank=True, help_text="L, S, P, T")
    reviewer = CleanCharField(_("confirmed by"), max_length=120, blank=True)
    stem = CleanTextField(_("question"))
    question = QuestionField(verbose_name=_("kind and parts"))
    feedback = CleanTextField(_("to take away"), blank=True)
    tags = CleanCharField(_("tags"), max_length=200, blank=True, help_text=_("Words with a space between them"))

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="item")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState", content_type_field="base_content_type", object_id_field="object_id",
        related_query_name="item", for_concrete_model=False,
    )  # fmt: skip

    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("stem"),
        TranslatableField("question"),
        TranslatableField("feedback"),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "code",
                "objective",
                "competency",
                "bloom",
                "difficulty",
                "kind",
                "use",
                "asks_certainty",
                "facts",
                "sources",
                "tags",
            )
        ),
    ]
    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("objective"), FieldPanel("competency")]),
                FieldRowPanel([FieldPanel("use"), FieldPanel("bloom"), FieldPanel("difficulty")]),
                FieldRowPanel([FieldPanel("facts"), FieldPanel("sources"), FieldPanel("tags")]),
                FieldRowPanel([FieldPanel("flags"), FieldPanel("reviewer")]),
                FieldPanel("asks_certainty"),
            ],
            heading=_("What it tests"),
        ),
        FieldPanel("stem"),
        FieldPanel("question"),
        FieldPanel("feedback"),
        UsagePanel(heading=_("Where it is asked")),
    ]
    search_fields: ClassVar[list[Any]] = burmese_fields(
        [],
        boxes=["code", "objective", "wording"],
        filters=["id", "code", "stem", "objective", "kind", "use", "difficulty", "live", "locale"],
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name, verbose_name_plural = _("item"), _("items")
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="item_code_once_per_language"),
            models.CheckConstraint(condition=Q(difficulty__gte=1, difficulty__lte=5), name="item_difficulty_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.stem[:70]}"

    @property
    def revisions(self) -> Any:
        """Its revisions."""
        return self._revisions

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "assessments/item_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """The item as an officer meets it, and below as it is judged when nothing was answered."""
        kind, texts = kinds.KINDS[self.kind], self.texts()
        key = kind.keyed(self.key(), {self.locale.language_code: texts})
        order = kind.order(key, None)
        shared = {"language": self.locale.language_code}
        return {
            **super().get_preview_context(request, mode_name),
            "item": self,
            "question": kind.question(key, texts, order, []) | shared | {"template": kind.template},
            "judged": kind.judged(key, texts, order, []) | shared | {"template": kind.judged_template},
            "plain": kind.plain(key, texts, order),
        }

    @property
    def content(self) -> Any:
        """The value of the one block."""
        return self.question[0].value

    @property
    def options(self) -> Any:
        """The options of a choice, each with its `value`."""
        return self.content["options"].bound_blocks

    def clean(self) -> None:
        if not self.question:
            raise ValidationError({"question": _("Choose what kind of question it is, and fill in its parts.")})
        self.kind = self.question[0].block_type
        if same := base.twins(self.content):
            raise ValidationError({"question": _("Two parts have the same id: %(ids)s.") % {"ids": ", ".join(same)}})
        if problems := kinds.problems(self.kind, self.key(), self.texts()):
            raise ValidationError({"question": problems})
        if self.use == self.Use.CHECK and not kinds.judges_itself(self.kind):
            raise ValidationError(
                {"use": _("A check in a lesson is judged at once. What a person marks is asked in exams.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.question:
            self.kind = self.question[0].block_type
        super().save(*args, **kwargs)

    def states_law(self, law: Collection[str]) -> bool:
        """Whether it rests on a fact about law, so that a lawyer has to read its translation."""
        return not set(law).isdisjoint(self.facts.split())

    def key(self) -> dict[str, Any]:
        """What is right, without any text (`kinds.base.Kind.key`)."""
        return kinds.KINDS[self.kind].key(self.content)

    def wording(self) -> str:
        """The question with its parts and feedback, as one text."""
        return "\n".join([self.stem, kinds.KINDS[self.kind].wording(self.texts()), self.feedback])

    def texts(self) -> dict[str, Any]:
        """What a learner reads, in this language."""
        return {"stem": self.stem, "feedback": self.feedback, **kinds.KINDS[self.kind].texts(self.content)}


class ItemImport(PublicId, TimeStamped):
    """A file of items: what was read of it, kept until somebody looked at what it would do and said yes."""

    locale = models.ForeignKey("wagtailcore.Locale", models.PROTECT, related_name="+")
    name = CleanCharField(_("file name"), max_length=200)
    drafts = models.JSONField(help_text="list of formats.Draft")
    notes = models.JSONField(help_text="list of [what, why, places]: what of the file could not be read")
    defaults = models.JSONField(default=dict, help_text="field -> what a new item gets where the file says nothing")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("file of items"), _("files of items")

    def __str__(self) -> str:
        return self.name

    def read_drafts(self) -> list[Draft]:
        """The items of the file."""
        return [Draft(**one) for one in self.drafts]

    def read_notes(self) -> list[Note]:
        """What could not be read."""
        return [Note(what, why, tuple(places)) for what, why, places in self.notes]


class ItemVersion(models.Model):
    """An item as published, in all its languages. Never changed: an attempt shows for ever what was asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item_key = models.UUIDField(db_index=True, help_text="translation_key of the item")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    use = models.CharField(max_length=10, choices=Item.Use)
    objective = models.CharField(max_length=10, db_index=True)
    difficulty = models.PositiveSmallIntegerField()
    key = models.JSONField(help_text="what is right; its shape is the kind's")
    asks_certainty = models.BooleanField(default=False)
    texts = models.JSONField(help_text="language -> stem, options, rationales, feedback")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("item version"), _("item versions")
        constraints = [models.UniqueConstraint(fields=["item_key", "number"], name="item_version_number_once")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"

    def get_kind_display(self) -> str:
        """The kind in words."""
        return str(kinds.KINDS[self.kind].label)

    def text_in(self, language: str) -> dict[str, Any]:
        """The texts in a language, or in English where there is no translation; `language` says which it is."""
        shown = next((one for one in (language, "en") if one in self.texts), None) or min(self.texts)
        texts: dict[str, Any] = self.texts[shown]
        return texts | {"language": shown}


class BlueprintLine(models.Model):
    """What the bank has to hold for an objective."""

    objective = models.CharField(_("objective"), max_length=10, unique=True)
    bloom = models.CharField(_("level"), max_length=10, choices=Item.Bloom)
    competency = models.CharField(_("competency"), max_length=6)
    bank = models.PositiveSmallIntegerField(_("items in the bank"))
    form = models.PositiveSmallIntegerField(_("items on a form"))
    kinds = CleanCharField(_("kinds that fit"), max_length=200)

    class Meta:
        verbose_name, verbose_name_plural = _("line of the blueprint"), _("lines of the blueprint")
        constraints = [models.CheckConstraint(condition=Q(form__lte=F("bank")), name="blueprint_form_within_bank")]

    def __str__(self) -> str:
        return self.objective


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
    attempt = models.OneToOneField("Attempt", models.PROTECT, null=True, related_name="ticket")
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("exam ticket"), _("exam tickets")
        constraints = [
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="ticket_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(attempt=None) ^ Q(used_at__isnull=False), name="ticket_used_iff_dated"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} {self.person or self.cohort}"


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
    form = models.CharField(max_length=1, choices=QuizSection.Form, default=QuizSection.Form.BOTH, blank=True)
    holder = models.CharField(max_length=36, blank=True, help_text="the device it is sat on; empty where none is known")
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    paper = models.JSONField(help_text="items in order: version id, order of options, section")
    rules = models.JSONField(help_text="as they were at the start; see rules_of in assessments/services.py")
    language = models.CharField(max_length=8, blank=True, help_text="in which it was begun; empty if not known")
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
        NEXT = "next", _("Went on to the next question")
        TAKE = "take", _("Taken over on another device")
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
                condition=Q(kind__in=["submit", "take"]) ^ Q(place__isnull=False), name="step_place_iff_of_an_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.seq} {self.kind}"


class GradeRecordQuerySet(models.QuerySet["GradeRecord"]):
    """Grades."""

    def standing(self) -> Self:
        """Those that count: the newest of each attempt."""
        later = GradeRecord.objects.filter(attempt=OuterRef("attempt"), version__gt=OuterRef("version"))
        return self.filter(~Exists(later))


class GradeRecord(models.Model):
    """A score given to an attempt, and why. A regrade is a new row."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="grades")
    version = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=8, decimal_places=4)
    max_score = models.DecimalField(max_digits=8, decimal_places=4)
    passed = models.BooleanField()
    details = models.JSONField(help_text="per item and per section; see assessments/regrading.py and changing.py")
    reason = CleanCharField(max_length=200)
    graded_at = models.DateTimeField()
    graded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = GradeRecordQuerySet.as_manager()

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

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to be marked by a person, so that this decides nothing yet."""
        return waits(self.details["items"]) and not self.details.get("by_hand")


class AnswerPicture(PublicId, TimeStamped):
    """A picture that answers a question: made anew from what was sent, so that nothing but the picture is in it."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="pictures")
    place = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="answers", max_length=200)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name, verbose_name_plural = _("picture of an answer"), _("pictures of answers")

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.place} {self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:picture", args=[self.public_id])


class AnswerToMark(PublicId):
    """An answer handed in that a person marks. points: what the marks came to, once they do."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="to_mark")
    place = models.PositiveSmallIntegerField()
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    since = models.DateTimeField(db_index=True)
    points = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("answer to mark"), _("answers to mark")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "place"], name="to_mark_once"),
            models.CheckConstraint(
                condition=Q(points=None) ^ Q(settled_at__isnull=False), name="to_mark_points_iff_settled"
            ),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, points__lte=1), name="to_mark_points_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.place}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:mark", args=[self.public_id])


class Mark(models.Model):
    """What one person found of an answer. A fact: never changed. number: 1 first, 2 second, 3 decides between the two."""

    answer = models.ForeignKey(AnswerToMark, models.PROTECT, related_name="marks")
    number = models.PositiveSmallIntegerField()
    levels = models.JSONField(help_text="criterion -> level")
    points = models.DecimalField(max_digits=5, decimal_places=4)
    comment = CleanTextField(_("comment"), blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("mark"), _("marks")
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="mark_number_once"),
            models.UniqueConstraint(fields=["answer", "marked_by"], name="mark_once_by_each"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=3), name="mark_number_1_to_3"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=1), name="mark_points_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.number}"


class RefresherCard(PublicId):
    """One question that one person keeps fresh, and what is believed of how well they know it (assessments/spacing.py)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="refresher_cards")
    item_key = models.UUIDField(help_text="translation_key of the item")
    objective = models.CharField(max_length=10)
    stability = models.FloatField()
    difficulty = models.FloatField()
    reviewed_at = models.DateTimeField(help_text="when it was last answered, or learned")
    due_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("refresher card"), _("refresher cards")
        constraints = [
            models.UniqueConstraint(fields=["person", "item_key"], name="card_item_once_per_person"),
            models.CheckConstraint(condition=Q(due_at__gt=F("reviewed_at")), name="card_due_after_review"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.objective} {self.item_key}"

    @property
    def memory(self) -> spacing.Memory:
        """What is believed, as the scheduler takes it."""
        return spacing.Memory(self.stability, self.difficulty, self.reviewed_at, self.due_at)

    def remember(self, memory: spacing.Memory) -> None:
        """Take over what the scheduler gives; not saved."""
        self.stability, self.difficulty = memory.stability, memory.difficulty
        self.reviewed_at, self.due_at = memory.reviewed_at, memory.due_at


class RefresherReview(models.Model):
    """One answer to a card. A fact: never changed. `id` is made with the page: the same id twice is one answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    card = models.ForeignKey(RefresherCard, models.PROTECT, related_name="reviews")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    value = models.JSONField(help_text="the response")
    is_right = models.BooleanField()
    rating = models.PositiveSmallIntegerField(help_text="FSRS's grade, 1 again to 4 easy")
    reviewed_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name, verbose_name_plural = _("refresher answer"), _("refresher answers")
        constraints = [models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=4), name="review_rating_1_to_4")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.reviewed_at:%Y-%m-%d} {self.rating}"


class Demonstration(models.Model):
    """When a person last answered a question on an objective rightly: a projection of grades and refresher answers."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="demonstrations")
    objective = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("demonstration"), _("demonstrations")
        constraints = [models.UniqueConstraint(fields=["person", "objective"], name="demonstration_once_per_objective")]
        indexes = [models.Index(fields=["objective", "at"], name="demonstration_by_objective")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.objective}"


class Regrade(PublicId):
    """One item's answers judged anew in every attempt at a quiz, by whom and why. Never changed."""

    class Treatment(models.TextChoices):
        MENDED = "mended", _("Judge by the mended question")
        CREDIT = "credit", _("Give everybody its point")

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="regrades")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", help_text="the mended item")
    treatment = models.CharField(max_length=6, choices=Treatment)
    changes = models.JSONField(help_text="per attempt: before, after, certificates; see assessments/regrading.py")
    reason = CleanCharField(_("reason"), max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("regrade"), _("regrades")

    def __str__(self) -> str:
        return f"{self.quiz} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:regrade_record", args=[self.public_id])


class GradeProposal(PublicId):
    """A grade that one person wants changed so that it passes or fails; another has to confirm it. Never changed."""

    grade = models.ForeignKey(GradeRecord, models.PROTECT, related_name="proposals", help_text="the one to be replaced")
    score = models.DecimalField(max_digits=8, decimal_places=4)
    passed = models.BooleanField()
    reason = CleanCharField(_("reason"), max_length=200)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("proposed grade"), _("proposed grades")

    def __str__(self) -> str:
        return f"{self.grade} {self.passed}"


class GradeDecision(models.Model):
    """What a second person said to a proposal, once. Never changed."""

    proposal = models.OneToOneField(GradeProposal, models.PROTECT, related_name="decision")
    is_confirmed = models.BooleanField()
    note = CleanCharField(_("note"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("decision"), _("decisions")
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="decision_by_a_second_person"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.is_confirmed}"
