"""Site pages, drawings, the register of facts, and a counter that tells caches when content changed."""

import uuid
from collections.abc import Collection
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content import drawing
from content.blocks import TEACHING
from core.fields import CleanCharField, CleanTextField
from core.models import PublicId, Sorted, TimeStamped
from core.search import burmese_fields
from myanmar.collation import sort_key


class ContentVersion(models.Model):
    """One row whose token changes with every change of published content.

    What is rendered once and kept is kept under this token, so that every process sees a change at once. It is random,
    not counted, so that a change that is rolled back never leaves a number to be used again.
    """

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="content_version_single_row")]

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def current(cls) -> uuid.UUID:
        """The token now."""
        token: uuid.UUID = cls.objects.values_list("token", flat=True).get(pk=1)
        return token

    @classmethod
    def advance(cls) -> None:
        """Make everything kept so far out of date."""
        cls.objects.filter(pk=1).update(token=uuid.uuid4())


class WrittenPage(Page):
    """A page with an introduction and teaching blocks."""

    intro = CleanTextField(_("introduction"), blank=True)
    body = StreamField(TEACHING, verbose_name=_("text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    override_translatable_fields: ClassVar[list[Any]] = [SynchronizedField("slug", overridable=False)]
    search_fields: ClassVar[list[Any]] = burmese_fields(Page.search_fields, "intro", "body")

    class Meta:
        abstract = True


class HomePage(WrittenPage):
    """The first page in one language."""

    template = "content/home.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")


class SitePage(WrittenPage):
    """A page of the public site: what this is, privacy, help."""

    template = "content/site_page.html"

    class Meta:
        verbose_name = _("site page")


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

    REVIEWERS: ClassVar[dict[str, Any]] = {
        "L": _("a lawyer qualified in Myanmar"),
        "S": _("a subject-matter expert"),
        "P": _("the partner agency"),
        "T": _("a translator working with an expert"),
    }
    # Facts with these flags are never shown before somebody has approved them.
    HELD_BACK = frozenset("LP")

    code = models.CharField(_("code"), max_length=20)
    text = CleanTextField(_("text"))
    sources = CleanTextField(_("sources"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=3)
    flags = models.CharField(_("to be confirmed by"), max_length=4, blank=True, help_text="L, S, P, T")
    jurisdiction = models.CharField(_("jurisdiction"), max_length=20)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    reviewer = CleanCharField(_("confirmed by"), max_length=120, blank=True)

    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("text"),
        *(SynchronizedField(name) for name in ("code", "sources", "confidence", "flags", "jurisdiction", "status", "checked_on", "reviewer")),
    ]  # fmt: skip
    panels: ClassVar[list[Any]] = [
        FieldPanel(name)
        for name in (
            "code",
            "text",
            "sources",
            "confidence",
            "flags",
            "jurisdiction",
            "status",
            "checked_on",
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


class SourceText(models.Model):
    """The fingerprint of what an object says in its source language, as it is published now."""

    translation_key = models.UUIDField(primary_key=True)
    sha256 = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.translation_key)


class TranslationReview(models.Model):
    """One decision on a translation, about exactly the text whose fingerprint it names. A fact: never changed."""

    class Step(models.TextChoices):
        TRANSLATOR = "translator", _("Translator")
        SUBJECT = "subject", _("Subject")
        LEGAL = "legal", _("Legal")

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")

    translation_key = models.UUIDField(db_index=True)
    locale = models.ForeignKey("wagtailcore.Locale", models.PROTECT, related_name="+")
    step = models.CharField(_("step"), max_length=10, choices=Step)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    texts_sha256 = models.CharField(max_length=64)
    note = CleanTextField(_("note"), blank=True)
    reviewed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("translation review"), _("translation reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="approved") | ~Q(note=""),
                name="translation_returned_with_a_note",
                violation_error_message=_("Say what has to be changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.step} {self.verdict}"


class TranslationPublication(models.Model):
    """What went live of a translation, sentence by sentence, and whether it had passed every review. A fact: never changed."""

    translation_key = models.UUIDField(db_index=True)
    locale = models.ForeignKey("wagtailcore.Locale", models.PROTECT, related_name="+")
    source_sha256 = models.CharField(max_length=64, help_text="of the source text it translates")
    texts = models.JSONField(help_text="list of [path, source, target]")
    texts_sha256 = models.CharField(max_length=64)
    is_reviewed = models.BooleanField(_("reviewed"))
    published_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("translation publication"), _("translation publications")

    def __str__(self) -> str:
        return f"{self.translation_key} {self.published_at:%Y-%m-%d}"


class TranslationImport(PublicId, TimeStamped):
    """A file of translations that came back: its lines, kept until somebody looked at what they would do and said yes."""

    locale = models.ForeignKey("wagtailcore.Locale", models.PROTECT, related_name="+")
    name = CleanCharField(_("file name"), max_length=200)
    lines = models.JSONField(help_text="list of [key, source, target, line number, whether it is unsure]")
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("file of translations"), _("files of translations")

    def __str__(self) -> str:
        return self.name


class Origin(TimeStamped):
    """What a loaded record looked like when the curriculum was loaded, to tell whether an editor changed it since."""

    key = models.CharField(max_length=120, unique=True, help_text="kind:code:language")
    authored_sha256 = models.CharField(max_length=64)
    stored_sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.key
