"""Teaching blocks: what a lesson is made of."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.widgets import AdminAutoHeightTextInput

from core.forms import CleanCharField, CodeField

# Wagtail's rich text, kept to what a phone reads well; no embeds, no raw HTML.
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class _CleanBlock(blocks.FieldBlock):
    """A block whose text is cleaned as in every form; Wagtail's editor shows errors of blocks as plain text."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Migrations see Wagtail's own block and import no code of ours."""
        return f"wagtail.blocks.{type(self).__name__}", *self._constructor_args


class CharBlock(_CleanBlock, blocks.CharBlock):
    """One line that a person writes."""

    def __init__(
        self,
        required: bool = True,
        help_text: Any = None,
        max_length: int | None = None,
        min_length: int | None = None,
        validators: Any = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(required, help_text, max_length, min_length, validators, **kwargs)
        self.field = CleanCharField(
            required=required, help_text=help_text, max_length=max_length, min_length=min_length,
            validators=validators, as_html=False,
        )  # fmt: skip

    class Meta:
        default = ""  # what a file leaves out is empty text, as what a form leaves empty is


class TextBlock(_CleanBlock, blocks.TextBlock):
    """Lines and paragraphs that a person writes."""

    class Meta:
        default = ""

    @cached_property
    def field(self) -> forms.Field:
        """The form field."""
        widget = AdminAutoHeightTextInput(attrs={"rows": self.rows})
        return CleanCharField(shape="lines", as_html=False, widget=widget, **self.field_options)


class RichTextBlock(_CleanBlock, blocks.RichTextBlock):
    """Text with headings, lists and links; only what stands between the tags is cleaned."""

    @cached_property
    def field(self) -> forms.Field:
        """The form field."""
        widget = get_rich_text_editor_widget(self.editor, features=self.features)
        return CleanCharField(shape="html", as_html=False, widget=widget, **self.field_options)


class UntranslatedBlock(blocks.FieldBlock):
    """A short text that is the same in every language; wagtail-localize copies what is no CharBlock instead of offering it."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Migrations see a plain text block: what is stored is a text, and they import no code of ours."""
        return "wagtail.blocks.CharBlock", [], {}


class ReferenceBlock(UntranslatedBlock):
    """A code that names a record: a drawing, a fact, an item.

    `choices` is a callable giving (code, label) pairs, asked each time the form is shown.
    """

    def __init__(self, choices: Any = (), required: bool = True, help_text: Any = "", **kwargs: Any) -> None:
        self._choices, self._required, self._help_text = choices, required, help_text
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.Field:
        """The form field."""
        choices = self._choices
        return forms.ChoiceField(
            choices=lambda: [("", "–"), *(choices() if callable(choices) else choices)],
            required=self._required,
            help_text=self._help_text,
        )


class PlainCodeBlock(UntranslatedBlock):
    """A code, typed as text."""

    def __init__(self, required: bool = True, help_text: Any = "", max_length: int = 300, **kwargs: Any) -> None:
        self.field: forms.Field = CodeField(required=required, help_text=help_text, max_length=max_length)
        super().__init__(**kwargs)


class SourceBlock(UntranslatedBlock):
    """A publication and the place in it."""

    def __init__(self, required: bool = True, help_text: Any = "", max_length: int = 300, **kwargs: Any) -> None:
        self.field = CleanCharField(required=required, help_text=help_text, max_length=max_length, as_html=False)
        super().__init__(**kwargs)

    def get_searchable_content(self, value: Any) -> list[str]:
        """Sources and codes are searched like text."""
        return [str(value)] if value else []


def _drawings() -> list[tuple[str, str]]:
    from content.models import Drawing  # noqa: PLC0415 (models import blocks)

    return [(code, code) for code in Drawing.objects.order_by("code").values_list("code", flat=True)]


def _facts() -> list[tuple[str, str]]:
    from content.models import Fact  # noqa: PLC0415

    rows = Fact.objects.filter(locale__language_code="en").order_by("code").values_list("code", "text")
    return [(code, f"{code} – {text[:80]}") for code, text in rows]


class KeyPointBlock(blocks.StructBlock):
    """One rule to remember, with the law, standard or manual it comes from: no rule without its source."""

    text = TextBlock(label=_("Rule"))
    source = SourceBlock(label=_("Source"), help_text=_("Publication with its year, and the place in it"))

    class Meta:
        icon = "key"
        label = _("Key point")
        template = "content/blocks/key_point.html"
        preview_value = {"text": _("Say who you are before you ask."), "source": "OHCHR (2014), guideline 6"}
        description = _("One rule to remember, with its source")


class CaseBlock(blocks.StructBlock):
    """A short fictional case. Never a real person, place or case."""

    title = CharBlock(label=_("Title"), max_length=120)
    text = RichTextBlock(label=_("Text"), features=["bold", "italic", "ol", "ul"])

    class Meta:
        icon = "user"
        label = _("Case")
        template = "content/blocks/case.html"
        preview_value = {"title": _("At the jetty"), "text": "<p>…</p>"}
        description = _("A short fictional case")


class FigureBlock(blocks.StructBlock):
    """A drawing with its words, a caption and a text alternative."""

    drawing = ReferenceBlock(_drawings, label=_("Drawing"))
    alt = TextBlock(label=_("Text alternative"), help_text=_("What it shows, for a person who cannot see it"))
    caption = CharBlock(label=_("Caption"), max_length=300)
    labels = blocks.ListBlock(
        CharBlock(max_length=120), label=_("Words in the drawing"), help_text=_("In the order of the drawing")
    )

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "content/blocks/figure.html"
        description = _("A drawing with its words, caption and text alternative")


class FactBlock(blocks.StructBlock):
    """A fact from the register. One that waits for review is not shown: the page says who has to confirm it."""

    fact = ReferenceBlock(_facts, label=_("Fact"))

    class Meta:
        icon = "info-circle"
        label = _("Fact")
        template = "content/blocks/fact.html"
        description = _("A fact from the register, with its source, or a notice that it waits for review")


TEACHING = [
    ("text", RichTextBlock(features=TEXT_FEATURES, label=_("Text"), template="content/blocks/text.html")),
    ("key_point", KeyPointBlock()),
    ("case", CaseBlock()),
    ("figure", FigureBlock()),
    ("fact", FactBlock()),
]
