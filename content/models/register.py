"""Drawings, the register of facts, and the glossary."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content import drawing
from core.days import DaysAfter
from core.fields import CleanCharField, CleanTextField, DigitsField
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


class FactRecord(models.Model):
    """What a fact says and how it stands: as it is now, and as it was."""

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
    # How long a test of a telephone number holds. A wrong number can cost a life.
    TESTED_DAYS = 90
    # What somebody confirms who approves a fact.
    WORDING: ClassVar[tuple[str, ...]] = ("title", "text", "sources", "valid_from", "telephone")

    code = models.CharField(_("code"), max_length=20)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.STATEMENT)
    title = CleanCharField(
        _("name"),
        max_length=150,
        blank=True,
        help_text=_("What it is about, without saying it: it is also shown while the text waits for somebody"),
    )
    text = CleanTextField(_("text"))
    telephone = DigitsField(
        _("telephone number"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^\+?[0-9]+( [0-9]+)*$", _("Digits with single spaces, with + before them if need be."))],
    )  # fmt: skip
    owner = CleanCharField(
        _("owner"), max_length=150, blank=True, help_text=_("The agency that answers the number and vouches for it")
    )
    sources = CleanTextField(_("sources"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=3)
    flags = models.CharField(_("to be confirmed by"), max_length=4, blank=True, help_text="L, S, P, T")
    jurisdiction = models.CharField(_("jurisdiction"), max_length=20)
    valid_from = models.DateField(_("in force since"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("A telephone number: the day on which it was last tested")
    )
    recheck_on = models.DateField(_("to be checked again by"), null=True, blank=True)
    reviewer = CleanCharField(
        _("confirmed by"), max_length=120, blank=True, help_text=_("Name and office, as readers are to see them")
    )

    class Meta:
        abstract = True

    @property
    def is_shown(self) -> bool:
        """Whether a trainee may read it as a fact. A telephone number somebody has to have confirmed, and see `is_past`."""
        if self.status == self.Status.APPROVED:
            return True
        return (
            self.status == self.Status.DRAFT
            and self.kind != self.Kind.TELEPHONE
            and not self.HELD_BACK & set(self.flags)
            and not self.confidence.startswith("C")
        )

    def is_past(self, on: date) -> bool:
        """Whether the day has passed by which it had to be checked again; `on` is the day it is read."""
        return self.recheck_on is not None and self.recheck_on < on

    @property
    def asks(self) -> str:
        """The flags of who has to confirm it: of a telephone number always the agency as well."""
        return self.flags if self.kind != self.Kind.TELEPHONE or "P" in self.flags else f"{self.flags}P"

    @property
    def reviewers(self) -> list[Any]:
        """Who has to confirm it, in words."""
        return [self.REVIEWERS[flag] for flag in self.asks if flag in self.REVIEWERS]


class Fact(index.Indexed, TranslatableMixin, FactRecord):
    """One statement with its source, its confidence and who still has to confirm it.

    An approval is for a wording: a change of `WORDING` makes an approved fact a draft again, and every change is kept as a
    `FactVersion` (content/receivers.py).
    """

    lost_approval = False  # whether saving it just made it a draft again

    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("text"),
        *(SynchronizedField(name) for name in ("code", "kind", "telephone", "owner", "sources", "confidence", "flags", "jurisdiction", "valid_from", "status", "checked_on", "recheck_on", "reviewer")),
    ]  # fmt: skip
    panels: ClassVar[list[Any]] = [
        FieldPanel(name)
        for name in (
            "code",
            "kind",
            "title",
            "text",
            "telephone",
            "owner",
            "sources",
            "confidence",
            "flags",
            "jurisdiction",
            "valid_from",
            "status",
            "checked_on",
            "recheck_on",
            "reviewer",
        )
    ]
    search_fields: ClassVar[list[Any]] = burmese_fields(
        [],
        "sources",
        boxes=["code", "title", "text"],
        filters=["id", "code", "title", "text", "kind", "status", "flags", "confidence", "jurisdiction", "locale"],
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name, verbose_name_plural = _("fact"), _("facts")
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="fact_code_once_per_language"),
            models.CheckConstraint(
                condition=~Q(status="approved") | (~Q(reviewer="") & Q(checked_on__isnull=False)),
                name="fact_approved_by_somebody_on_a_day",
                violation_error_message=_("Say who confirmed the fact, and on which day, before you approve it."),
            ),
            models.CheckConstraint(
                condition=Q(recheck_on=None) | Q(checked_on__isnull=False, checked_on__lt=F("recheck_on")),
                name="fact_checked_before_checked_again",
                violation_error_message=_("A fact is to be checked again after the day on which it was checked."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="telephone") & ~Q(telephone="") & ~Q(owner=""))
                | (~Q(kind="telephone") & Q(telephone="")),
                name="fact_telephone_has_its_number_and_owner",
                violation_error_message=_(
                    "A telephone number needs its digits and its owner. A fact of another kind has no digits to call."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind="telephone")
                | (Q(recheck_on=None) & ~Q(status="approved"))
                | Q(recheck_on__isnull=False, recheck_on__lte=DaysAfter("checked_on", FactRecord.TESTED_DAYS)),
                name="fact_telephone_tested_again_in_90_days",
                violation_error_message=_(
                    "A telephone number is to be tested again at most 90 days after its last test. Say by which day."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.title or self.text[:60]}"

    def states_law(self, law: Collection[str]) -> bool:
        """Whether a lawyer has to read its translation."""
        return self.code in law


class FactVersion(FactRecord):
    """A fact as it stood from a moment on, in its source language. Never changed: an earlier wording stays to be read.

    What it said in a translation stands in `TranslationPublication`.
    """

    RECORDED: ClassVar[tuple[str, ...]] = tuple(field.name for field in FactRecord._meta.local_fields)

    fact_key = models.UUIDField(help_text="translation_key of the fact")
    number = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("version of a fact"), _("versions of facts")
        constraints = [models.UniqueConstraint(fields=["fact_key", "number"], name="fact_version_number_once")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"

    @classmethod
    def record(cls, fact: Fact, *, at: datetime) -> None:
        """Keep how a fact stands, where anything is other than when it was kept last."""
        last = cls.objects.filter(fact_key=fact.translation_key).order_by("number").last()
        now = {name: getattr(fact, name) for name in cls.RECORDED}
        if last is None or now != {name: getattr(last, name) for name in cls.RECORDED}:
            number = last.number + 1 if last else 1
            cls.objects.create(fact_key=fact.translation_key, number=number, recorded_at=at, **now)


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
        return sort_key(self.term.lstrip("("))  # what may be left out stands in brackets, and is looked up all the same
