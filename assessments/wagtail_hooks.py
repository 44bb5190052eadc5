"""The item bank in Wagtail's admin."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail import hooks
from wagtail.admin import messages as admin_messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from assessments import access, bank, kinds
from assessments.exchange import edit_url
from assessments.likeness import Asked, asked
from assessments.models import Item


class ItemFilterSet(WagtailFilterSet):
    """What an editor looks for."""

    kind = ChoiceFilter(choices=kinds.choices, label=_("kind"))

    class Meta:
        model = Item
        fields: ClassVar[list[str]] = ["use", "objective", "difficulty", "live"]


class ItemViewSet(SnippetViewSet):
    """The item bank. Editors draft and publish; attempts draw on published versions only."""

    model = Item
    icon = "help"
    menu_label = _("Items")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["code", "stem", "kind", "use", "locale", UpdatedAtColumn()]
    filterset_class = ItemFilterSet
    ordering = ["code"]


def says_what_waits(request: HttpRequest, instance: Any) -> None:
    """Tells an editor that a reworded question is asked as before until its translation has followed."""
    if (
        isinstance(instance, Item)
        and instance.live
        and (newest := bank.newest_versions([instance.code]).get(instance.code))
    ):
        asked = newest.texts.get(instance.locale.language_code)
        if asked and asked != instance.texts():
            messages.info(
                request, _("The question is asked as it was until its translation has followed. See Translations.")
            )


def says_what_is_alike(request: HttpRequest, instance: Any) -> None:
    """Tells an editor that the bank asks almost the same already, and leads to it."""
    if not isinstance(instance, Item):
        return
    bank_of, places = Asked(), {}
    others = Item.objects.filter(locale=instance.locale).exclude(translation_key=instance.translation_key)
    for item in others.only("code", "stem", "question"):
        bank_of.add(item.code, asked(item.stem, item.question.raw_data))
        places[item.code] = item.pk
    if found := bank_of.like(asked(instance.stem, instance.question.raw_data)):
        admin_messages.warning(
            request,
            _("The question is saved. The bank asks almost the same already; compare them."),
            buttons=[admin_messages.button(edit_url(places[code]), code) for code, _share in found[:5]],
        )


class ExchangeMenuItem(MenuItem):
    """Where items leave as files and come in; there for those who write them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return access.is_item_editor(request.user)


def exchange_menu_item() -> MenuItem:
    """The entry in the menu of the admin."""
    return ExchangeMenuItem(_("Items as files"), reverse_lazy("assessments:exchange"), icon_name="download", order=310)


hooks.register("after_edit_snippet", says_what_waits)
hooks.register("after_edit_snippet", says_what_is_alike)
hooks.register("after_create_snippet", says_what_is_alike)
hooks.register("register_admin_menu_item", exchange_menu_item)


register_snippet(ItemViewSet)
