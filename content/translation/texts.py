"""Translations of strings where there was none."""

from uuid import UUID

from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation, TranslationContext, validate_translation_links
from wagtail_localize.strings import StringValue

from content.translation.lines import Line
from core.text import MARKUP, stored
from people.models import Person


def new_text(
    line: Line, text: str, locale: Locale, *, key: UUID, tool: str = "", by: Person | None = None
) -> StringTranslation:
    """A translation of a line as saving it would leave it: clean, and marked where its markup is broken. Not stored.

    text: inline HTML; key: of the object that says the line.
    """
    return StringTranslation(
        # What is known of its place is given along, or it would be asked for when the row is saved.
        translation_of=String(pk=line.string_id, data=line.source),
        context=TranslationContext(pk=line.context_id, path=line.path, object_id=key),
        locale=locale,
        data=(data := stored(text, "html", burmese=locale.language_code == "my")),
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        tool_name=tool,
        last_translated_by=by,
        has_error=_is_broken(line.source, data),
    )


def _is_broken(source: str, text: str) -> bool:
    """As wagtail-localize finds it when one is saved."""
    if not MARKUP.search(text):
        return False
    try:
        StringValue.from_translated_html(text)
        validate_translation_links(source, text)
    except ValueError:
        return True
    return False
