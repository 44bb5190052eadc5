"""Outside curricula in Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.models import OutsideCurriculum


class OutsideCurriculumViewSet(SnippetViewSet):
    """Curricula of others with their units, and which objectives of ours meet each."""

    model = OutsideCurriculum
    icon = "site"
    menu_label = _("Outside curricula")
    menu_order = 322
    add_to_admin_menu = True
    list_display = ["name", "publisher", "version", "is_whole"]
    ordering = ["name"]


register_snippet(OutsideCurriculumViewSet)
