"""What Wagtail's admin says about accounts: nothing about people, and one's own settings without a picture."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, LocaleSettingsPanel, ThemeSettingsPanel
from wagtail.users.views.groups import EditView, GroupViewSet
from wagtail.users.views.users import UserViewSet


def nothing(request: HttpRequest) -> HttpResponse:
    """404, for superusers too."""
    raise Http404


class NoUsers(UserViewSet):  # type: ignore[misc]
    """Wagtail's management of users: its places answer `nothing` (config/urls.py), and nothing leads there."""

    add_to_settings_menu = False

    def register_search_area(self) -> None:
        pass


class GroupEditView(EditView):  # type: ignore[misc]
    """A group's permissions, without the way to its people."""

    header_buttons: ClassVar[list[Any]] = []


class Groups(GroupViewSet):  # type: ignore[misc]
    """Wagtail's own groups."""

    edit_view_class = GroupEditView


class OwnSettings(AccountView):  # type: ignore[misc]
    """Language, time zone and looks of the admin. Names are the registrar's, and nobody gives a picture or an address."""

    def get_panels(self) -> list[Any]:
        ours = (LocaleSettingsPanel, ThemeSettingsPanel)
        return [panel for panel in super().get_panels() if isinstance(panel, ours)]


own_settings = require_admin_access(OwnSettings.as_view())
