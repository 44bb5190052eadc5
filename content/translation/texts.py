"""Translations of strings where there was none."""

from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, validate_translation_links
from wagtail_localize.strings import StringValue

from content.translation.lines import Line
from core.text import MARKUP, stored
from people.models import Person


def new_text(line: Line, text: str, locale: Locale, *, tool: str = "", by: Person | None = None) -> StringTranslation:
    """A translation of a line as saving it would leave it: clean, and marked where its markup is broken. Not stored.

    text: inline HTML.
    """
    return StringTranslation(
        translation_of_id=line.string_id,
        context_id=line.context_id,
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
