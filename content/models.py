"""Site pages, drawings, the register of facts, and a counter that tells caches when content changed."""

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content import drawing
from content.blocks import TEACHING
from core.models import TimeStamped


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

    intro = models.TextField(_("introduction"), blank=True)
    body = StreamField(TEACHING, verbose_name=_("text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    override_translatable_fields: ClassVar[list[Any]] = [SynchronizedField("slug", overridable=False)]

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


class Fact(TranslatableMixin, models.Model):
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
    text = models.TextField(_("text"))
    sources = models.TextField(_("sources"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=3)
    flags = models.CharField(_("to be confirmed by"), max_length=4, blank=True, help_text="L, S, P, T")
    jurisdiction = models.CharField(_("jurisdiction"), max_length=20)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    reviewer = models.CharField(_("confirmed by"), max_length=120, blank=True)

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

    @property
    def reviewers(self) -> list[Any]:
        """Who has to confirm it, in words."""
        return [self.REVIEWERS[flag] for flag in self.flags if flag in self.REVIEWERS]


class TranslationReview(TimeStamped):
    """That somebody reviewed a page's translation as it stood at a revision. Without one a translation is a draft."""

    translation_key = models.UUIDField(db_index=True)
    locale = models.ForeignKey("wagtailcore.Locale", models.PROTECT, related_name="+")
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, related_name="+")
    reviewed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("translation review"), _("translation reviews")

    def __str__(self) -> str:
        return f"{self.translation_key} {self.locale_id}"


class Origin(TimeStamped):
    """What a loaded record looked like when the curriculum was loaded, to tell whether an editor changed it since."""

    key = models.CharField(max_length=120, unique=True, help_text="kind:code:language")
    authored_sha256 = models.CharField(max_length=64)
    stored_sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.key
