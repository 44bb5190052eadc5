"""What observers hold a practice against."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
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
