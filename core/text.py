"""Text on its way in: what is stored of what people type or import, in plain text and in HTML.

Passwords, e-mail addresses, URLs, codes and SVG do not come through here.
"""

import re
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import pdf
from myanmar.encoding import Finding, examine, zawgyi_to_unicode
from myanmar.text import clean_text, normalise, truncate_syllables

Shape = Literal["line", "lines", "html"]
MARKUP = re.compile("[<>&]")  # HTML without any of these is its own text
SHOWN = 60  # syllables of a text that a message shows


def finding(text: str, shape: Shape) -> Finding:
    """What a text was typed in, asked of its words only: "none", "unicode", "zawgyi" or "mixed".

    What would be stored of it is asked too, so that what was stored is never found to be Zawgyi later. Zawgyi that
    stays Zawgyi after conversion is none that we know, and counts as "mixed": nobody is offered it twice.
    """
    return _read(text, shape)[0]


def _read(text: str, shape: Shape) -> tuple[Finding, str | None]:
    """The finding, and what is stored of the text where that is known by then: as Unicode."""
    if text.isascii():
        return "none", None
    kept = None
    untouched = _stored(text, shape, is_zawgyi=False, burmese=False)
    found = examine(words(untouched, shape))
    if found == "unicode":
        kept = _stored(text, shape, is_zawgyi=False)
        found = found if kept == untouched else examine(words(kept, shape))
    if found == "zawgyi" and examine(words(_stored(text, shape, is_zawgyi=True), shape)) == "zawgyi":
        found = "mixed"
    return found, kept if found == "unicode" else None


def words(text: str, shape: Shape) -> str:
    """What is to be read of a text: of HTML the text between the tags."""
    return BeautifulSoup(text, "html.parser").get_text("\n") if shape == "html" and MARKUP.search(text) else text


def stored(text: str, shape: Shape, *, burmese: bool = True) -> str:
    """What is stored where nobody can be asked: undoubted Zawgyi is converted, everything is normalised.

    shape: "line" and "lines" are plain text; of "html" only the text between tags is touched, and a U+200B that an
    editor typed stays. burmese=False is for texts in other languages of the Myanmar script: no conversion, no repairs.
    A mixed text is not repaired either, so that its part in Zawgyi can still be read. Idempotent; raises nothing.
    """
    found, kept = _read(text, shape) if burmese else ("none", None)
    if kept is not None:
        return kept
    return _stored(text, shape, is_zawgyi=found == "zawgyi", burmese=burmese and found != "mixed")


def accepted(text: str, shape: Shape, *, as_html: bool = True) -> str:
    """What is stored of a text whose writer sits in front of the form.

    Raises ValidationError: "zawgyi" offers the converted text, which the form shows in its box (`offered`); "mixed" is
    partly Zawgyi, partly Unicode, and only its writer can mend it. as_html=False words the offer in plain text.
    """
    found = finding(text, shape)
    if found == "zawgyi":
        raise ValidationError(_offer(text, shape, as_html=as_html), code="zawgyi")
    if found == "mixed":
        raise ValidationError(
            _(
                "One part of this text is in Zawgyi, another in Unicode, so it was not converted and not stored. "
                "It is still in the box: write the part in Zawgyi again with a Unicode keyboard, then send it."
            ),
            code="mixed",
        )
    return _stored(text, shape, is_zawgyi=False)


def check_printed(text: str) -> None:
    """Raises ValidationError for a text that goes onto papers and holds a character that no paper could print."""
    if lacking := pdf.lacking(text):
        raise ValidationError(
            _(
                "This cannot be printed on papers: %(characters)s. Nothing was stored, and your text is still in the box: "
                "write it without, then send it again."
            ),
            code="unprintable",
            params={"characters": pdf.named(lacking)},
        )


def offered(text: str, shape: Shape) -> str:
    """What a form shows in its box: undoubted Zawgyi converted, anything else as it was typed."""
    return _stored(text, shape, is_zawgyi=True) if finding(text, shape) == "zawgyi" else text


def _offer(text: str, shape: Shape, *, as_html: bool) -> str:
    said = _(
        "This was typed with Zawgyi. The box now holds it in Unicode, and nothing is lost: "
        "check the text and send it again."
    )
    typed, kept = (
        truncate_syllables(" ".join(words(one, shape).split()), SHOWN)
        for one in (text, _stored(text, shape, is_zawgyi=True))
    )
    as_typed, as_kept = _("As typed:"), _("As it will be stored:")
    if not as_html:
        return f"{said} {as_typed} {typed} {as_kept} {kept}"
    return format_html(
        '{} <span class="compared">{} <span lang="my">{}</span></span>'
        ' <span class="compared">{} <span lang="my">{}</span></span>',
        said, as_typed, typed, as_kept, kept,
    )  # fmt: skip


def _stored(text: str, shape: Shape, *, is_zawgyi: bool, burmese: bool = True) -> str:
    if shape != "html":
        unicode = zawgyi_to_unicode(text) if is_zawgyi else text
        return clean_text(unicode, burmese=burmese, multiline=shape == "lines")
    if text.isascii():
        return text
    if not MARKUP.search(text):
        return normalise(zawgyi_to_unicode(text) if is_zawgyi else text, burmese=burmese, keep_zwsp=True)
    soup, changed = BeautifulSoup(text, "html.parser"), False
    for node in list(soup.find_all(string=lambda one: type(one) is NavigableString)):
        before = str(node)
        after = normalise(zawgyi_to_unicode(before) if is_zawgyi else before, burmese=burmese, keep_zwsp=True)
        if after != before:
            node.replace_with(after)
            changed = True
    return str(soup) if changed else text
