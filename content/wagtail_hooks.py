"""Facts and drawings in Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from content.models import Drawing, Fact


class FactViewSet(SnippetViewSet):
    """The register of facts. What waits for review is found by the filter on flags and status."""

    model = Fact
    icon = "info-circle"
    menu_label = _("Facts")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["code", "text", "status", "flags", "confidence", "locale"]
    list_filter = ["status", "jurisdiction", "locale"]
    search_fields = ["code", "text"]
    ordering = ["code"]


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


register_snippet(FactViewSet)
register_snippet(DrawingViewSet)
