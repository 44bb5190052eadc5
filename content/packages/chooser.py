"""Choosing a package while a lesson is edited."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from content.models import Package


class _Columns:
    """What the list of packages shows beside their titles."""

    @property
    def columns(self) -> list[Any]:
        return [
            *super().columns,  # type: ignore[misc]
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("updated_at", label=_("Changed")),
        ]


class _Choose(_Columns, ChooseView):
    """The window."""


class _Results(_Columns, ChooseResultsView):
    """Its list, searched."""


class PackageChooserViewSet(ChooserViewSet):
    """The window in which a package is chosen. New ones are sent at the packages' own desk."""

    model = Package
    icon = "resubmit"
    per_page = 20
    choose_one_text = _("Choose a package")
    choose_another_text = _("Choose another package")
    edit_item_text = _("Look at this package")
    choose_view_class = _Choose
    choose_results_view_class = _Results


package_chooser = PackageChooserViewSet("package_chooser")
_Block: Any = package_chooser.get_block_class(name="_Block", module_path="content.packages.chooser")


class PackageChooserBlock(_Block):  # type: ignore[misc]
    """A package, chosen in a window."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Migrations see a number: what is stored is the package's key, and they import no code of ours."""
        return "wagtail.blocks.IntegerBlock", [], {}
