"""A panel of the item's form in the admin."""

from typing import Any

from wagtail.admin.panels import Panel


class UsagePanel(Panel):
    """In which quizzes an item is asked, and how many people have met it: what an editor should know before changing it."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one item."""

        template_name = "assessments/usage_panel.html"

        def is_shown(self) -> bool:
            """There is no use of an item that is not stored yet."""
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> Any:
            from assessments.bank import usage  # noqa: PLC0415 (it imports the models, which name this panel)

            return {**super().get_context_data(parent_context), "usage": usage(self.instance)}
