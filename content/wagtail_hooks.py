"""Facts, glossary terms, drawings and what modules are taught by in Wagtail's admin."""

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.tables import Column
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from content.facts import to_confirm
from content.models import Competency, Drawing, FacilitatorGuide, Fact, GlossaryTerm, PocketCard, Rubric
from content.packages.chooser import package_chooser
from content.translation import work


class FactViewSet(SnippetViewSet):
    """The register of facts. What waits for review is found by the filter on flags and status."""

    model = Fact
    icon = "info-circle"
    menu_label = _("Facts")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["code", "text", "status", "flags", "confidence", "locale"]
    list_filter = ["kind", "status", "jurisdiction"]
    ordering = ["code"]


class GlossaryTermViewSet(SnippetViewSet):
    """The glossary, with the term of the other language beside each."""

    model = GlossaryTerm
    icon = "list-ul"
    menu_label = _("Glossary")
    menu_order = 315
    add_to_admin_menu = True
    list_display = ["term", Column("other", label=_("In the other language"), accessor="other"), "code", "origin"]
    list_filter = ["origin"]
    ordering = ["sort_key", "term"]

    def get_queryset(self, request: HttpRequest) -> Any:
        others = GlossaryTerm.objects.filter(translation_key=OuterRef("translation_key")).exclude(pk=OuterRef("pk"))
        return GlossaryTerm.objects.annotate(other=Subquery(others.order_by("locale").values("term")[:1]))


class DrawingViewSet(SnippetViewSet):
    """Drawings, which figures name by code."""

    model = Drawing
    icon = "image"
    menu_label = _("Drawings")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["code", "updated_at"]
    search_fields = ["code"]
    ordering = ["code"]


class RubricViewSet(SnippetViewSet):
    """Rubrics by which practice is observed."""

    model = Rubric
    icon = "list-ol"
    menu_label = _("Rubrics")
    menu_order = 317
    add_to_admin_menu = True
    list_display = ["code", "title", "locale"]
    ordering = ["code"]


class FacilitatorGuideViewSet(SnippetViewSet):
    """How modules are taught in a room."""

    model = FacilitatorGuide
    icon = "clipboard-list"
    menu_label = _("Facilitator guides")
    menu_order = 318
    add_to_admin_menu = True
    list_display = ["code", "minutes", "locale"]
    ordering = ["code"]


class PocketCardViewSet(SnippetViewSet):
    """What officers keep at hand after a module."""

    model = PocketCard
    icon = "mobile-alt"
    menu_label = _("Pocket cards")
    menu_order = 319
    add_to_admin_menu = True
    list_display = ["code", "title", "version", "valid_until", "locale"]
    ordering = ["code"]


class CompetencyViewSet(SnippetViewSet):
    """What officers are to be able to do."""

    model = Competency
    icon = "tasks"
    menu_label = _("Competencies")
    menu_order = 321
    add_to_admin_menu = True
    list_display = ["code", "name", "immigration", "police", "social_welfare", "trainer", "locale"]
    ordering = ["code"]


def to_the_desk(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """A translated page or record is worked on sentence by sentence, unless it is edited by itself."""
    if not isinstance(instance, TranslatableMixin) or work.is_source(instance):
        return None
    source = work.source_of(instance.translation_key)
    if source is None or work.is_detached(source, instance.locale):
        return None
    return redirect("translation:text", instance.locale.language_code, instance.translation_key)


@hooks.register("after_edit_snippet")
def tell_of_approval(request: HttpRequest, instance: Any) -> None:
    """An editor who changed the words that somebody had approved is told that they wait again."""
    if isinstance(instance, Fact) and instance.lost_approval:
        text = _("An approval is for a wording. The words were changed, so %(fact)s is a draft again and waits for whoever has to confirm it. The earlier wording is kept.")  # fmt: skip
        messages.warning(request, text % {"fact": instance.code})


# Before wagtail-localize's own hooks, which would open its editor.
hooks.register("before_edit_page", to_the_desk, order=-1)
hooks.register("before_edit_snippet", to_the_desk, order=-1)


register_snippet(FactViewSet)
register_snippet(GlossaryTermViewSet)
register_snippet(DrawingViewSet)
register_snippet(RubricViewSet)
register_snippet(FacilitatorGuideViewSet)
register_snippet(PocketCardViewSet)
register_snippet(CompetencyViewSet)


@hooks.register("register_admin_viewset")
def choose_packages() -> Any:
    """The window in which a package is chosen."""
    return package_chooser


class FactsToConfirm(SummaryItem):
    """How many facts wait for somebody, on the first page of the admin."""

    order = 350
    template_name = "content/admin/facts_summary.html"

    def is_shown(self) -> bool:
        return bool(self.request.user.may("facts.see"))

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"count": to_confirm("en", on=timezone.localdate()).count}


@hooks.register("construct_homepage_summary_items")
def facts_to_confirm(request: HttpRequest, items: list[Any]) -> None:
    """Puts the count beside Wagtail's own."""
    items.append(FactsToConfirm(request))


@hooks.register("register_admin_menu_item")
def packages_desk() -> MenuItem:
    """The way to the desk where packages are sent, looked at and approved."""
    return MenuItem(_("Packages"), reverse("packages_desk:list"), icon_name="resubmit", order=325)
