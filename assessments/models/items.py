"""Questions of the bank."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
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

from assessments import kinds
from assessments.kinds import base
from assessments.panels import UsagePanel
from core.fields import CleanCharField, CleanTextField
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
