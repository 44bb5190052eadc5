"""A pocket card on paper: one page of A5 in the reader's language, to be folded or laminated."""

from __future__ import annotations

import functools
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.template import Context, Engine

from core import pdf
from core.languages import interface_language
from myanmar.text import breakable

if TYPE_CHECKING:
    from content.cards import CardInfo

_HERE = Path(__file__).resolve().parent
# An engine of its own: no context processor, no loader but this folder, and escaping that no setting can turn off.
_templates = Engine(
    dirs=[str(_HERE)],
    autoescape=True,
    debug=False,
    libraries={"i18n": "django.templatetags.i18n", "burmese": "core.templatetags.burmese"},
)


def card_paper(card: CardInfo, *, is_past: bool, at: datetime) -> bytes:
    """The card as PDF. is_past: whether it is out of date, which is printed on it. Raises pdf.PdfUnavailable."""
    context = {"language": interface_language(), "card": card, "is_past": is_past}
    markup = _templates.get_template("card.html").render(Context(context, autoescape=True))
    # Between syllables a line may end; tags and addresses hold no Burmese, so the whole page can be taken at once.
    return pdf.renderer().pdf(breakable(markup), css=_stylesheet(), created=at, archival=False)


@functools.cache
def _stylesheet() -> str:
    return (_HERE / "card.css").read_text(encoding="utf-8")
