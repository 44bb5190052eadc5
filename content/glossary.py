"""The glossary in use: which terms a sentence holds, which its translation lacks, and the whole list to look words up in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final
from uuid import UUID

from content.authored.glossary import alternatives, spellings
from content.models import GlossaryTerm, TranslationPublication
from core.languages import Spoken
from myanmar.text import normalise

SOURCE: Final = "en"
BESIDE_SOURCE: Final = "my"


@dataclass(frozen=True)
class Term:
    """One English form of a concept, and the terms that translate it: any of them will do."""

    code: str
    source: str
    targets: tuple[str, ...]
    note: str


def paired(code: str, source: str, target: str, note: str = "") -> list[Term]:
    """The forms of a concept. Alternatives go in pairs where there are as many on both sides (`adult / minor`)."""
    sources, targets = alternatives(source), tuple(alternatives(target))
    if len(sources) == len(targets):
        return [Term(code, one, (other,), note) for one, other in zip(sources, targets, strict=True)]
    return [Term(code, one, targets, note) for one in sources]


def glossary_terms(language: str) -> list[Term]:
    """What the glossary says about translating into a language, in one query; a concept without a term there is left out."""
    rows = GlossaryTerm.objects.filter(locale__language_code__in=[SOURCE, language]).order_by("sort_key", "term")
    known: dict[UUID, dict[str, tuple[str, str, str]]] = {}
    for key, spoken, *row in rows.values_list("translation_key", "locale__language_code", "code", "term", "note"):
        known.setdefault(key, {})[spoken] = (row[0], row[1], row[2])
    return [
        term
        for concept in known.values()
        if language in concept and SOURCE in concept
        for term in paired(concept[SOURCE][0], concept[SOURCE][1], concept[language][1], concept[SOURCE][2])
    ]


# --- Terms in texts --------------------------------------------------------------------------------------------------

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+|[^\w\s'’‑-]")
_PLURALS: Final = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("ss", "ss"), ("s", ""))


def terms_in(source_text: str, terms: Iterable[Term]) -> list[Term]:
    """The terms that an English sentence holds, in its order, each once; never one that is part of a longer one found.

    source_text: plain, or with inline tags. Case, hyphens and simple plurals make no difference; whole words only.
    """
    beginning: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
    for term in terms:
        for words in _spelled(term.source):
            beginning.setdefault(words[0], []).append((words, term))
    text, place, found = _words(_TAG.sub("", source_text)), 0, dict[Term, None]()
    while place < len(text):
        here = [one for one in beginning.get(text[place], ()) if text[place : place + len(one[0])] == one[0]]
        if here:
            words, term = max(here, key=lambda one: len(one[0]))
            found[term] = None
        place += len(words) if here else 1
    return list(found)


def missing(source: str, target: str, terms: Iterable[Term]) -> list[Term]:
    """The terms of an English sentence none of whose translations stands in the target, whatever its spaces."""
    folded = _fold(_TAG.sub("", target))
    return [
        term
        for term in terms_in(source, terms)
        if not any(_fold(spelling) in folded for one in term.targets for spelling in spellings(one))
    ]


@lru_cache(maxsize=2000)
def _spelled(source: str) -> list[tuple[str, ...]]:
    return [words for spelling in spellings(source) if (words := _words(spelling))]


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(_singular, _WORD.findall(text.lower())))


def _singular(word: str) -> str:
    """A word without its plural ending: right often enough, and the same for the glossary and for the text."""
    for ending, instead in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    return word


def _fold(text: str) -> str:
    return "".join(normalise(text).casefold().split())


# --- The list to look words up in ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A text, its language, and whether it is a translation that no reviewer has approved."""

    text: str
    language: str
    is_draft: bool

    def __str__(self) -> str:
        return Spoken(self.text, self.language)


@dataclass(frozen=True)
class Entry:
    """A concept as a reader finds it: in their language where it has a term there, with another language beside it."""

    code: str
    term: Said
    other: Said | None
    definition: Said | None
    sort_key: str
    origin: str = ""

    @property
    def origin_label(self) -> str:
        """Where the term beside the English one comes from, in words."""
        return str(GlossaryTerm.Origin(self.origin).label) if self.origin else ""

    @property
    def is_own(self) -> bool:
        """Whether it is our own rendering, seen in no text."""
        return self.origin == GlossaryTerm.Origin.OWN

    @property
    def initial(self) -> str:
        """The letter under which it stands."""
        return initial(self.term.text)

    def holds(self, folded: str) -> bool:
        """Whether a folded text stands in it."""
        return any(folded in _fold(said.text) for said in (self.term, self.other, self.definition) if said)


def entries(language: str, *, query: str = "") -> list[Entry]:
    """The glossary in the order of the reader's language, in two queries; of those only what holds `query`.

    language: the reader's. Burmese stands beside English, and English beside every other language. A concept without a
    term in the reader's language stands under its English one.
    """
    translated = BESIDE_SOURCE if language == SOURCE else language
    rows = GlossaryTerm.objects.filter(locale__language_code__in=[SOURCE, translated]).select_related("locale")
    concepts: dict[UUID, dict[str, GlossaryTerm]] = {}
    for row in rows:
        concepts.setdefault(row.translation_key, {})[row.locale.language_code] = row
    publications = TranslationPublication.objects.filter(
        locale__language_code=translated, translation_key__in=rows.values("translation_key")
    )
    reviewed = dict(publications.order_by("pk").values_list("translation_key", "is_reviewed"))
    order = [translated, SOURCE] if language == translated else [SOURCE, translated]
    found = [
        _entry(
            [spoken[code] for code in order if code in spoken],
            approved={SOURCE, translated} if reviewed.get(key) else {SOURCE},
        )
        for key, spoken in concepts.items()
    ]
    folded = _fold(query)
    return sorted((one for one in found if one.holds(folded)), key=lambda one: (one.sort_key, one.term.text))


def _entry(rows: list[GlossaryTerm], approved: set[str]) -> Entry:
    """rows: of one concept, the reader's language first. approved: the languages that are no draft."""

    def said(row: GlossaryTerm, text: str) -> Said:
        language = row.locale.language_code
        return Said(text, language, is_draft=language not in approved)

    terms = [said(row, row.term) for row in rows]
    definitions = [said(row, row.definition) for row in rows if row.definition]
    return Entry(
        code=rows[0].code,
        term=terms[0],
        other=terms[1] if len(terms) > 1 else None,
        definition=definitions[0] if definitions else None,
        sort_key=rows[0].sort_key,
        origin=rows[0].origin if any(row.locale.language_code == BESIDE_SOURCE for row in rows) else "",
    )


def entries_in(text: str, language: str) -> list[Entry]:
    """The entries of the terms that an English text holds, in the order of the text, as a reader of a language finds them. Three queries."""
    known = {one.code: one for one in entries(language)}
    codes = dict.fromkeys(term.code for term in terms_in(text, glossary_terms(SOURCE)))
    return [known[code] for code in codes if code in known]


def by_initial(found: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Sorted entries under their letters."""
    return [(letter, list(group)) for letter, group in groupby(found, key=lambda one: one.initial)]


def initial(text: str) -> str:
    """The letter under which a text is looked up: its first consonant, or its first Latin letter."""
    first = normalise(text)[:1]
    return "အ" if first and first in "ဣဤဥဦဧဩဪ" else first.upper()
