"""Courses, modules and lessons as pages."""

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from assessments.blocks import CheckBlock
from content.blocks import TEACHING, CharBlock, PlainCodeBlock
from content.models import Rubric
from content.packages.blocks import ActivityBlock
from core.fields import CleanTextField
from core.search import burmese_fields
from myanmar.digits import to_ascii_digits
from people.models import Agency


class CodeListField(models.JSONField):
    """A list of codes (`C1`, `M03`), edited as text separated by spaces or commas."""

    def deconstruct(self) -> Any:
        """Migrations see a plain JSON field and import no code of ours."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super(models.JSONField, self).formfield(**{"form_class": CodeListFormField, **kwargs})


class CodeListFormField(forms.CharField):
    """Text to list of codes."""

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return to_ascii_digits(str(value or "")).replace(",", " ").split()

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial if isinstance(initial, str) else " ".join(initial or [])
        return bool(self.to_python(before) != self.to_python(data))


def _synchronized(*names: str) -> list[Any]:
    return [SynchronizedField(name, overridable=False) for name in ("slug", *names)]


class ObjectiveBlock(blocks.StructBlock):
    """One thing the learner can do afterwards."""

    code = PlainCodeBlock(label=_("Code"), max_length=10)
    text = CharBlock(label=_("Objective"), max_length=400)

    class Meta:
        icon = "tick"
        label = _("Objective")


class ReadInPlace(Page):
    """A page that readers see at a place of its own (courses/urls), where access is decided; Wagtail only previews it."""

    search_fields: ClassVar[list[Any]] = burmese_fields(Page.search_fields)

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The preview for its editor; for anyone else there is nothing at Wagtail's own address."""
        if not getattr(request, "is_preview", False):
            raise Http404
        return super().serve(request, *args, **kwargs)


class CourseIndexPage(ReadInPlace):
    """All courses."""

    template = "courses/preview.html"
    parent_page_types: ClassVar[list[str]] = ["content.HomePage"]
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]
    override_translatable_fields: ClassVar[list[Any]] = _synchronized()

    class Meta:
        verbose_name = _("course list")


class CoursePage(ReadInPlace):
    """A course: modules; the exam that certifies it is the `Quiz` of kind exam that names it as its subject."""

    code = models.CharField(_("code"), max_length=10)
    summary = CleanTextField(_("summary"))
    version = models.CharField(_("content version"), max_length=20, default="1.0")
    minutes = models.PositiveIntegerField(_("minutes of study"))
    audience = CodeListField(_("for which agencies"), default=list, blank=True)
    prerequisites = CodeListField(_("first complete"), default=list, blank=True)
    valid_months = models.PositiveSmallIntegerField(_("certificate valid for months"), null=True, blank=True)

    template = "courses/preview.html"
    parent_page_types: ClassVar[list[str]] = ["courses.CourseIndexPage"]
    subpage_types: ClassVar[list[str]] = ["courses.ModulePage"]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("version"), FieldPanel("minutes"), FieldPanel("valid_months")]),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("prerequisites")]),
    ]
    override_translatable_fields: ClassVar[list[Any]] = _synchronized(
        "code", "version", "minutes", "audience", "prerequisites", "valid_months"
    )
    search_fields: ClassVar[list[Any]] = burmese_fields(ReadInPlace.search_fields, "summary", boxes=["code"])

    class Meta:
        verbose_name, verbose_name_plural = _("course"), _("courses")

    def clean(self) -> None:
        super().clean()
        clean_code(self)
        if unknown := set(self.audience or []) - set(Agency.values):
            raise ValidationError({"audience": _("%(unknown)s is no agency. Known are: %(known)s.") % {
                "unknown": ", ".join(sorted(unknown)), "known": ", ".join(Agency.values)}})  # fmt: skip


class ModulePage(ReadInPlace):
    """A module: lessons towards the same objectives."""

    code = models.CharField(_("code"), max_length=10)
    summary = CleanTextField(_("summary"))
    minutes = models.PositiveIntegerField(_("minutes of study"))
    required = models.BooleanField(_("required to complete the course"), default=True)
    audience = CodeListField(_("for which agencies"), default=list, blank=True)
    competencies = CodeListField(_("competencies"), default=list, blank=True)
    prerequisites = CodeListField(_("first complete"), default=list, blank=True)
    observed = models.SlugField(
        _("practice observed by rubric"), max_length=12, blank=True,
        help_text=_("The code of a rubric. The module is complete once practice was observed and met its standard."),
    )  # fmt: skip
    objectives = StreamField([("objective", ObjectiveBlock())], verbose_name=_("objectives"), blank=True)

    template = "courses/preview.html"
    parent_page_types: ClassVar[list[str]] = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = ["courses.LessonPage"]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("minutes"), FieldPanel("required")]),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("competencies"), FieldPanel("prerequisites")]),
        FieldPanel("observed"),
        FieldPanel("objectives"),
    ]
    override_translatable_fields: ClassVar[list[Any]] = _synchronized(
        "code", "minutes", "required", "audience", "competencies", "prerequisites", "observed"
    )
    search_fields: ClassVar[list[Any]] = burmese_fields(
        ReadInPlace.search_fields, "summary", "competencies", "objectives", boxes=["code"]
    )

    class Meta:
        verbose_name, verbose_name_plural = _("module"), _("modules")

    def clean(self) -> None:
        super().clean()
        clean_code(self)
        if self.observed and not Rubric.objects.filter(code=self.observed).exists():
            raise ValidationError({"observed": _("No rubric has this code.")})


class LessonPage(ReadInPlace):
    """A lesson of 8 to 15 minutes. Complete when read to its end, its checks are answered and what it needs of activities is done."""

    code = models.CharField(_("code"), max_length=12)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    objectives = CodeListField(_("objectives"), default=list, blank=True)
    body = StreamField([*TEACHING, ("check", CheckBlock()), ("activity", ActivityBlock())], verbose_name=_("text"))

    parent_page_types: ClassVar[list[str]] = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("code"), FieldPanel("minutes"), FieldPanel("objectives")]),
        FieldPanel("body"),
    ]
    override_translatable_fields: ClassVar[list[Any]] = _synchronized("code", "minutes", "objectives")
    search_fields: ClassVar[list[Any]] = burmese_fields(ReadInPlace.search_fields, "objectives", "body", boxes=["code"])
    template = "courses/preview.html"

    class Meta:
        verbose_name, verbose_name_plural = _("lesson"), _("lessons")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        from courses.reading import CheckState, render  # noqa: PLC0415 (it imports models)

        language = self.locale.language_code
        parts = [
            {
                "html": part.html,
                "check": CheckState(part.item, None).view(language) if part.item else None,
                "activity": part.activity,
            }
            for part in render(self).parts
        ]
        return {**super().get_context(request, *args, **kwargs), "parts": parts}

    def clean(self) -> None:
        super().clean()
        clean_code(self)

    def states_law(self, law: Collection[str]) -> bool:
        """Whether it quotes a fact about law, so that a lawyer has to read its translation."""
        return any(block.block_type == "fact" and block.value["fact"] in law for block in self.body)

    def fact_codes(self) -> list[str]:
        """The codes of the facts it shows, in order."""
        return [block.value["fact"] for block in self.body if block.block_type == "fact"]

    def figures(self) -> int:
        """How many drawings it shows."""
        return sum(block.block_type == "figure" for block in self.body)

    def check_codes(self) -> list[str]:
        """The codes of the items it asks, in order."""
        return [block.value["item"] for block in self.body if block.block_type == "check"]

    def activities(self) -> list[Any]:
        """The blocks of its activities whose package is there, in order."""
        return [block for block in self.body if block.block_type == "activity" and block.value["package"]]


def clean_code(page: Any) -> None:
    """A code stands once per language among pages of its kind."""
    twins = type(page).objects.filter(code=page.code, locale_id=page.locale_id).exclude(pk=page.pk)
    if page.code and twins.filter(alias_of=None).exclude(translation_key=page.translation_key).exists():
        raise ValidationError({"code": _("Another page has this code. Give this one a code of its own.")})
