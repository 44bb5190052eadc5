"""Drawings, the register of facts, and the glossary."""

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content import drawing
from core.fields import CleanCharField, CleanTextField
from core.models import Sorted, TimeStamped
from core.search import burmese_fields
from myanmar.collation import sort_key


class Drawing(TimeStamped):
    """An SVG whose words are labels; figures name it by code."""

    code = models.SlugField(_("code"), max_length=80, unique=True)
    svg = models.TextField(_("SVG"))

    panels: ClassVar[list[Any]] = [FieldPanel("code"), FieldPanel("svg")]

    class Meta:
        verbose_name, verbose_name_plural = _("drawing"), _("drawings")

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        try:
            drawing.labels(self.svg)
        except drawing.DrawingError as error:
            raise ValidationError({"svg": _("The drawing %(what)s.") % {"what": error}}) from None


class Fact(index.Indexed, TranslatableMixin, models.Model):
    """One statement with its source, its confidence and who still has to confirm it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("Statement")
        PROVISION = "provision", _("Provision")
        BODY = "body", _("Body")
        TELEPHONE = "telephone", _("Telephone number")

    REVIEWERS: ClassVar[dict[str, Any]] = {
        "L": _("a lawyer qualified in Myanmar"),
        "S": _("a subject-matter expert"),
        "P": _("the partner agency"),
        "T": _("a translator working with an expert"),
    }
    # Facts with these flags are never shown before somebody has approved them.
    HELD_BACK = frozenset("LP")

    code = models.CharField(_("code"), max_length=20)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.STATEMENT)
    text = CleanTextField(_("text"))
    sources = CleanTextField(_("sources"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=3)
    flags = models.CharField(_("to be confirmed by"), max_length=4, blank=True, help_text="L, S, P, T")
    jurisdiction = models.CharField(_("jurisdiction"), max_length=20)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    recheck_on = models.DateField(_("to be checked again by"), null=True, blank=True)
    reviewer = CleanCharField(_("confirmed by"), max_length=120, blank=True)

    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("text"),
        *(SynchronizedField(name) for name in ("code", "kind", "sources", "confidence", "flags", "jurisdiction", "status", "checked_on", "recheck_on", "reviewer")),
    ]  # fmt: skip
    panels: ClassVar[list[Any]] = [
        FieldPanel(name)
        for name in (
            "code",
            "kind",
            "text",
            "sources",
            "confidence",
            "flags",
            "jurisdiction",
            "status",
            "checked_on",
            "recheck_on",
            "reviewer",
        )
    ]
    search_fields: ClassVar[list[Any]] = burmese_fields(
        [],
        "sources",
        boxes=["code", "text"],
        filters=["id", "code", "text", "status", "flags", "confidence", "jurisdiction", "locale"],
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name, verbose_name_plural = _("fact"), _("facts")
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="fact_code_once_per_language"),
            models.CheckConstraint(
                condition=~Q(status="approved") | ~Q(reviewer=""),
                name="fact_approved_by_somebody",
                violation_error_message=_("Say who confirmed the fact before you approve it."),
            ),
            models.CheckConstraint(
                condition=Q(recheck_on=None) | Q(checked_on__isnull=False, checked_on__lt=F("recheck_on")),
                name="fact_checked_before_checked_again",
                violation_error_message=_("A fact is to be checked again after the day on which it was checked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text[:60]}"

    @property
    def is_shown(self) -> bool:
        """Whether a trainee may read it as a fact."""
        if self.status == self.Status.APPROVED:
            return True
        return (
            self.status == self.Status.DRAFT
            and not self.HELD_BACK & set(self.flags)
            and not self.confidence.startswith("C")
        )

    def is_past(self, on: date) -> bool:
        """Whether the day has passed by which it had to be checked again; `on` is the day it is read."""
        return self.recheck_on is not None and self.recheck_on < on

    def states_law(self, law: Collection[str]) -> bool:
        """Whether a lawyer has to read its translation."""
        return self.code in law

    @property
    def reviewers(self) -> list[Any]:
        """Who has to confirm it, in words."""
        return [self.REVIEWERS[flag] for flag in self.flags if flag in self.REVIEWERS]


class GlossaryTerm(index.Indexed, TranslatableMixin, Sorted):
    """One concept of the field: its term in one language. One approved term per concept, used everywhere.

    Alternatives stand side by side with " / "; what may be left out stands in brackets.
    """

    class Origin(models.TextChoices):
        ATTESTED = "attested", _("Attested")
        CONVERTED = "converted", _("Attested in Zawgyi, converted")
        OWN = "own", _("Our own rendering")

    code = models.SlugField(_("code"), max_length=80)
    term = CleanCharField(_("term"), max_length=200)
    definition = CleanTextField(_("definition"), blank=True)
    origin = models.CharField(_("origin of the Burmese term"), max_length=9, choices=Origin, default=Origin.OWN)
    sources = CleanCharField(_("sources"), max_length=200, blank=True)
    note = CleanCharField(_("note for translators"), max_length=300, blank=True)

    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("term"),
        TranslatableField("definition"),
        *(SynchronizedField(name, overridable=False) for name in ("code", "origin", "sources", "note")),
    ]
    panels: ClassVar[list[Any]] = [
        FieldPanel(name) for name in ("code", "term", "definition", "origin", "sources", "note")
    ]
    search_fields: ClassVar[list[Any]] = burmese_fields(
        [],
        boxes=["code", "term", "definition"],
        filters=["id", "code", "term", "origin", "sort_key", "locale", "translation_key"],
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name, verbose_name_plural = _("glossary term"), _("glossary terms")
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="glossary_code_once_per_language"),
        ]

    def __str__(self) -> str:
        return self.term

    def key_of_name(self) -> str:
        return sort_key(self.term)
