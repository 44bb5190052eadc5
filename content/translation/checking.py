"""What a translation has to keep of its source, checked before anything is stored."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Final

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from content.authored.agreement import Difference, differences
from content.authored.terms import Term
from content.renditions import SOURCE
from core.languages import Spoken
from core.templatetags.burmese import sentence
from myanmar.encoding import examine, to_unicode
from myanmar.text import clean_text

LONGEST: Final = 20_000  # no sentence is longer; keeps what is parsed in bounds
Tags = Counter[tuple[str, tuple[tuple[str, str | None], ...]]]


@dataclass(frozen=True)
class Unit:
    """One sentence to translate, as inline HTML without attributes but the ids of links.

    key: "<uuid of the object>/<key of the line>", the same in every file. target: "" while there is none. note: what
    the translator should know: the place, the former source and translation, terms of the glossary.
    """

    key: str
    source: str
    target: str
    note: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with a translation (is_fatal: it is not stored), or what its translator should look at again."""

    code: str
    sentence: str
    is_fatal: bool


def clean(target: str) -> str:
    """What is stored of a translation that was typed or returned: Unicode, normalised, without outer spaces, valid HTML.

    target: any string; a line end counts as a space, a sign such as & is escaped. What is Unicode and clean stays as it is.
    """
    html = clean_text(_canonical(target[: LONGEST + 1]), burmese=False)
    return _canonical(clean_text(to_unicode(html)))


def _canonical(html: str) -> str:
    return str(BeautifulSoup(html, "html.parser"))


def check(unit: Unit, target: str, *, terms: Iterable[Term] = (), limit: int | None = None) -> list[Problem]:
    """What is wrong or doubtful about `target`, as typed or returned, as a translation of `unit`.

    terms: of the glossary. limit: the most signs of plain text that the place can hold. A translation without a fatal
    problem has the tags of its source, with their ids, and no others; `clean` of it may be stored.
    """
    if not target.strip():
        return [Problem("empty", _("There is no translation. Nothing is stored for this sentence."), False)]
    if len(target) > LONGEST:
        return [_too_long(LONGEST)]
    found = _encoding(target)
    text = clean(target)
    wanted, has = _tags(unit.source), _tags(target)
    if wanted is None or has is None or has != _tags(text):
        found.append(
            Problem("markup", _("A tag is broken or not closed. Write the tags as the source has them."), True)
        )
    elif wanted != has:
        lost, added = _named(wanted - has), _named(has - wanted)
        if lost:
            found.append(Problem("tags", _("The source has %(tags)s here. Put them around the same words.") % {"tags": lost}, True))  # fmt: skip
        if added:
            found.append(Problem("tags", _("The source does not have %(tags)s. Take it out.") % {"tags": added}, True))
    if limit is not None and len(plain(text)) > limit:
        found.append(_too_long(limit))
    if target != target.strip():
        found.append(Problem("space", _("Spaces at the beginning and the end are left out."), False))
    doubts = [Problem(one.kind, said(one), False) for one in differing(unit.source, text, terms)]
    return [*found, *doubts]


def _too_long(limit: int) -> Problem:
    return Problem("length", _("It is longer than %(n)s signs. Shorten it.") % {"n": limit}, True)


def _encoding(target: str) -> list[Problem]:
    match examine(target):
        case "mixed":
            return [Problem("mixed", _("One part is typed in Zawgyi and one in Unicode. Type it again in Unicode."), True)]  # fmt: skip
        case "zawgyi":
            return [Problem("zawgyi", _("It was typed in Zawgyi and is converted. Read it again."), False)]
    return []


# --- Tags ------------------------------------------------------------------------------------------------------------


class _TagReader(HTMLParser):
    """Counts tags; `is_whole` is false where one is not closed or where something stands that is neither tag nor text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Tags = Counter()
        self.open: list[str] = []
        self.is_whole = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag, tuple(sorted(attrs, key=str))] += 1
        if tag != "br":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.is_whole = self.is_whole and tag == "br"

    def handle_endtag(self, tag: str) -> None:
        self.is_whole = self.is_whole and bool(self.open) and self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.is_whole = False

    def handle_decl(self, decl: str) -> None:
        self.is_whole = False

    def handle_pi(self, data: str) -> None:
        self.is_whole = False

    def unknown_decl(self, data: str) -> None:
        self.is_whole = False


def _tags(html: str) -> Tags | None:
    """The tags of inline HTML with their attributes; None where it is broken."""
    reader = _TagReader()
    reader.feed(html)
    reader.close()
    return reader.tags if reader.is_whole and not reader.open else None


def _named(tags: Tags) -> str:
    """Tags as people write them: <b>, <a id="a1">."""
    written = (name + "".join(f' {key}="{value}"' for key, value in of) for name, of in sorted(tags, key=str))
    return ", ".join(f"<{tag}>" for tag in written)[:200]


def plain(html: str) -> str:
    """Inline HTML as text."""
    return unescape(re.sub(r"<[^<>]*>", "", html.replace("<br/>", " ")))


# --- Numbers, codes and terms ----------------------------------------------------------------------------------------


def said(one: Difference) -> str:
    """A difference, worded for translators."""
    match one.kind:
        case "codes":
            return _("These codes differ from the source: %(codes)s") % {"codes": ", ".join(one.said)}
        case "numbers":
            return _("These numbers differ from the source: %(numbers)s") % {"numbers": ", ".join(one.said)}
        case "months":
            return _("These months differ from the source: %(months)s") % {"months": ", ".join(one.said)}
        case "share":
            return _("Only one of the two texts says per cent.")
    return _("The glossary has “%(term)s” for “%(source)s”.") % {"term": " / ".join(one.said), "source": one.term}


def marked(one: Difference, language: str) -> str:
    """The same for a page, with terms marked as being in their languages. language: of the translation."""
    if one.kind != "term":
        return said(one)
    term, source = Spoken(" / ".join(one.said), language), Spoken(one.term, SOURCE)
    return sentence(_("The glossary has “%(term)s” for “%(source)s”."), term=term, source=source)


def differing(source: str, text: str, terms: Iterable[Term]) -> list[Difference]:
    """What of a translation does not say what its source says. Both are inline HTML."""
    return differences(plain(source), plain(text), terms)
