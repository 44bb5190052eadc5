"""The item bank in Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from assessments.models import Item


class ItemViewSet(SnippetViewSet):
    """The item bank. Editors draft and publish; attempts draw on published versions only."""

    model = Item
    icon = "help"
    menu_label = _("Items")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["code", "stem", "kind", "use", "locale", UpdatedAtColumn()]
    list_filter = ["kind", "use", "objective", "difficulty", "locale", "live"]
    search_fields = ["code", "stem", "objective"]
    ordering = ["code"]


register_snippet(ItemViewSet)
