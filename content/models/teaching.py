"""What trainers teach by and officers keep: guides to a module, its pocket card, and the rubrics that observers hold a practice against."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content.blocks import CharBlock, TextBlock
from core.fields import CleanCharField, CleanTextField


class CriterionBlock(blocks.StructBlock):
    """One thing that an observer looks at. A critical one has to be met whatever the others are."""

    text = CharBlock(label=_("Criterion"), max_length=200)
    not_done = TextBlock(label=_("Level 0: not done, or harmful"), required=False)
    to_standard = TextBlock(label=_("Level 2: done to standard"))
    is_critical = blocks.BooleanBlock(label=_("critical"), required=False)

    class Meta:
        label = _("Criterion")
        icon = "tick"


class Rubric(TranslatableMixin, models.Model):
    """Criteria by which practice is observed, each on the levels 0 to 3.

    The standard: every critical criterion at 2 or more, and a mean of at least `least_mean`. observers: how many have to
    find it met, independently, for it to count.
    """

    code = models.SlugField(_("code"), max_length=12)
    title = CleanCharField(_("title"), max_length=160)
    purpose = CleanTextField(_("what it is for"), blank=True)
    criteria = StreamField([("criterion", CriterionBlock())], verbose_name=_("criteria"), max_num=20)
    least_mean = models.DecimalField(
        _("mean to be reached"), max_digits=3, decimal_places=2, default=2, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )  # fmt: skip
    observers = models.PositiveSmallIntegerField(
        _("observers needed"), default=1, validators=[MinValueValidator(1), MaxValueValidator(2)]
    )

    translatable_fields: ClassVar[list[Any]] = [
        *(TranslatableField(name) for name in ("title", "purpose", "criteria")),
        *(SynchronizedField(name, overridable=False) for name in ("code", "least_mean", "observers")),
    ]
    panels: ClassVar[list[Any]] = [
        FieldPanel(name) for name in ("code", "title", "purpose", "criteria", "least_mean", "observers")
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name, verbose_name_plural = _("rubric"), _("rubrics")
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="rubric_code_once_per_language"),
            models.CheckConstraint(condition=Q(observers__gte=1, observers__lte=2), name="rubric_one_or_two_observers"),
            models.CheckConstraint(condition=Q(least_mean__gte=1, least_mean__lte=3), name="rubric_mean_within_levels"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class StepBlock(blocks.StructBlock):
    """One activity of a plan. It begins when the one before it ends, so that steps can neither overlap nor leave a hole."""

    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=240)
    title = CharBlock(label=_("Activity"), max_length=160)
    what = TextBlock(label=_("What to do"))
    materials = TextBlock(label=_("Materials used"), required=False)
    note = TextBlock(label=_("For the trainer only"), required=False)

    class Meta:
        label = _("Step")
        icon = "time"


class MaterialBlock(blocks.StructBlock):
    """Something that has to be in the room, and how many of it."""

    class Per(models.TextChoices):
        GROUP = "group", _("for each small group")
        PERSON = "person", _("for each person")
        ROOM = "room", _("for the room")

    item = CharBlock(label=_("Item"), max_length=200)
    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=100)
    per = blocks.ChoiceBlock(choices=Per.choices, label=_("For whom"))
    is_printed = blocks.BooleanBlock(label=_("to be printed"), required=False)

    class Meta:
        label = _("Material")
        icon = "doc-full"


class SlideBlock(blocks.StructBlock):
    """What everybody sees during a step. step: its number, from 1."""

    step = blocks.IntegerBlock(label=_("Number of the step"), min_value=1)
    title = CharBlock(label=_("Title"), max_length=120)
    points = blocks.ListBlock(CharBlock(max_length=200), label=_("Points"), max_num=6, default=[])

    class Meta:
        label = _("Slide")
        icon = "view"


class AnswerBlock(blocks.StructBlock):
    """A question or card of an exercise with its answer."""

    question = TextBlock(label=_("Question or card"))
    answer = TextBlock(label=_("Answer"))
    why = TextBlock(label=_("Why"), required=False)

    class Meta:
        label = _("Answer")
        icon = "key"


class FacilitatorGuide(TranslatableMixin, models.Model):
    """How a module is taught in a room. For trainers: slides are all that officers see of it.

    code: of the module. minutes: in all, what the steps have to add up to. group_from, group_to: how many people work
    together in a small group.
    """

    code = models.SlugField(_("code of the module"), max_length=10)
    aim = CleanTextField(_("aim"))
    minutes = models.PositiveSmallIntegerField(_("minutes in all"))
    group_from = models.PositiveSmallIntegerField(_("people in a small group, at least"), default=3)
    group_to = models.PositiveSmallIntegerField(_("people in a small group, at most"), default=5)
    opening = CleanTextField(_("what to say at the start"))
    steps = StreamField([("step", StepBlock())], verbose_name=_("steps"))
    materials = StreamField([("material", MaterialBlock())], verbose_name=_("materials"), blank=True)
    slides = StreamField([("slide", SlideBlock())], verbose_name=_("slides"), blank=True)
    debrief = CleanTextField(_("question for the debrief"))
    fallback = CleanTextField(_("without power or screen"))
    safety = CleanTextField(_("safety in the room"))
    answers = StreamField([("answer", AnswerBlock())], verbose_name=_("answer key"), blank=True)
    rubric_code = models.SlugField(_("rubric used"), max_length=12, blank=True)

    translatable_fields: ClassVar[list[Any]] = [
        *(
            TranslatableField(name)
            for name in ("aim", "opening", "steps", "materials", "slides", "debrief", "fallback", "safety", "answers")
        ),
        *(
            SynchronizedField(name, overridable=False)
            for name in ("code", "minutes", "group_from", "group_to", "rubric_code")
        ),
    ]
    panels: ClassVar[list[Any]] = [
        FieldPanel(name)
        for name in (
            "code",
            "aim",
            "minutes",
            "group_from",
            "group_to",
            "opening",
            "steps",
            "materials",
            "slides",
            "debrief",
            "fallback",
            "safety",
            "answers",
            "rubric_code",
        )
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name, verbose_name_plural = _("facilitator guide"), _("facilitator guides")
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="guide_once_per_module_and_language"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=480), name="guide_within_a_day"),
            models.CheckConstraint(
                condition=Q(group_from__gte=1, group_to__gte=F("group_from")),
                name="guide_group_from_to",
                violation_error_message=_("A small group has at least one person, and at most as many as you say."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """The steps add up to the whole, every slide belongs to a step, and the rubric is there."""
        said: dict[str, Any] = {}
        total = sum(block.value["minutes"] or 0 for block in self.steps)
        if total != self.minutes:
            said["steps"] = _("The steps take %(total)s minutes together, the guide says %(minutes)s.") % {
                "total": total,
                "minutes": self.minutes,
            }
        numbers = [block.value["step"] or 0 for block in self.slides]
        if numbers != sorted(numbers) or any(number > len(self.steps) for number in numbers):
            said["slides"] = _("Slides stand in the order of the steps, and name a step that there is.")
        if self.rubric_code and not Rubric.objects.filter(code=self.rubric_code).exists():
            said["rubric_code"] = _("No rubric has this code.")
        if said:
            raise ValidationError(said)


class PointBlock(blocks.StructBlock):
    """One line of a pocket card. kind: whether it says what to do, what to take care of, or what never to do."""

    class Kind(models.TextChoices):
        DO = "do", _("Do")
        WARNING = "warning", _("Take care")
        NEVER = "never", _("Never")

    text = CharBlock(label=_("Line"), max_length=160)
    kind = blocks.ChoiceBlock(choices=Kind.choices, default=Kind.DO, label=_("What it says"))

    class Meta:
        label = _("Line")
        icon = "list-ul"


class PocketCard(TranslatableMixin, models.Model):
    """What an officer keeps at hand after a module, on one page.

    code: of the module. valid_until: the last day on which it may be relied on; afterwards it still is shown, as out of date.
    """

    MOST_POINTS: ClassVar[int] = 10

    code = models.SlugField(_("code of the module"), max_length=10)
    title = CleanCharField(_("title"), max_length=100)
    points = StreamField([("point", PointBlock())], verbose_name=_("lines"), max_num=MOST_POINTS)
    version = models.CharField(_("version"), max_length=20)
    valid_until = models.DateField(_("valid until"))

    translatable_fields: ClassVar[list[Any]] = [
        *(TranslatableField(name) for name in ("title", "points")),
        *(SynchronizedField(name, overridable=False) for name in ("code", "version", "valid_until")),
    ]
    panels: ClassVar[list[Any]] = [FieldPanel(name) for name in ("code", "title", "points", "version", "valid_until")]

    class Meta(TranslatableMixin.Meta):
        verbose_name, verbose_name_plural = _("pocket card"), _("pocket cards")
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="card_once_per_module_and_language"),
            models.CheckConstraint(condition=~Q(version=""), name="card_has_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
