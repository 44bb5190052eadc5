"""Site pages: what this is, privacy, help."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from content.blocks import TEACHING
from core.fields import CleanTextField
from core.search import burmese_fields


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
