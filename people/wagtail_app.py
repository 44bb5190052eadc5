"""Wagtail's own app of accounts, with our views in place of its own."""

from wagtail.users.apps import WagtailUsersAppConfig


class AdminUsersConfig(WagtailUsersAppConfig):  # type: ignore[misc]
    """People are managed in the office; of this app the admin keeps groups and each editor's settings."""

    user_viewset = "people.wagtail_views.NoUsers"
    group_viewset = "people.wagtail_views.Groups"
