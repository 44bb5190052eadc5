"""Curricula of others, and what of ours meets their units."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from core.fields import CleanCharField, CleanTextField
from courses.models.pages import ModulePage
from myanmar.digits import to_ascii_digits


class OutsideCurriculum(ClusterableModel):
    """A curriculum that somebody else published. Of its units we hold those that a source names; `is_whole` says whether that is all."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = CleanCharField(_("name"), max_length=200)
    publisher = CleanCharField(_("publisher"), max_length=200)
    version = CleanCharField(_("edition"), max_length=60, blank=True)
    sources = CleanTextField(_("sources"), help_text=_("Where its units are named, so that somebody else can look."))
    is_whole = models.BooleanField(_("all of its units are listed"), default=False)
    note = CleanTextField(_("note"), blank=True)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("version")]),
        FieldPanel("name"),
        FieldPanel("publisher"),
        FieldPanel("sources"),
        FieldPanel("is_whole"),
        FieldPanel("note"),
        InlinePanel("units", heading=_("parts of the curriculum"), label=_("part of the curriculum")),
    ]

    class Meta:
        verbose_name, verbose_name_plural = _("outside curriculum"), _("outside curricula")
        constraints = [
            models.CheckConstraint(
                condition=~Q(sources=""),
                name="outside_curriculum_has_a_source",
                violation_error_message=_("Say where its units are named."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


class OutsideUnit(Orderable):
    """A unit of an outside curriculum. objectives: codes of ours that meet it, as far as `extent` says; none meet it where both are empty."""

    class Extent(models.TextChoices):
        WHOLE = "whole", _("Met whole")
        PART = "part", _("Met in part")

    curriculum = ParentalKey(OutsideCurriculum, on_delete=models.CASCADE, related_name="units")
    code = models.CharField(_("code"), max_length=20)
    title = CleanCharField(_("title"), max_length=300)
    objectives = models.CharField(
        _("objectives that meet it"),
        max_length=400,
        blank=True,
        help_text=_("Codes with a space between them: M05.O1 M05.O2"),
    )
    extent = models.CharField(_("how far"), max_length=5, choices=Extent, blank=True)
    note = CleanTextField(_("note"), blank=True)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("title")]),
        FieldRowPanel([FieldPanel("objectives"), FieldPanel("extent")]),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name, verbose_name_plural = _("part of the curriculum"), _("parts of the curriculum")
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "code"], name="outside_unit_once_per_curriculum"),
            models.CheckConstraint(
                condition=Q(objectives="", extent="") | (~Q(objectives="") & ~Q(extent="")),
                name="outside_unit_met_iff_objectives",
                violation_error_message=_("Name the objectives and how far they meet the unit, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        """Every objective is one of ours, and stands once."""
        codes = to_ascii_digits(self.objectives).replace(",", " ").split()
        self.objectives = " ".join(dict.fromkeys(codes))
        known = (
            {block.value["code"] for page in ModulePage.objects.live() for block in page.objectives} if codes else set()
        )
        if unknown := [code for code in codes if code not in known]:
            raise ValidationError(
                {"objectives": _("No module has the objective %(codes)s.") % {"codes": ", ".join(unknown)}}
            )

    @property
    def codes(self) -> list[str]:
        """The codes of the objectives that meet it."""
        return self.objectives.split()
