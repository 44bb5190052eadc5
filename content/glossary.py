"""The glossary in use: its terms to look for in texts, and the whole list to look words up in."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from uuid import UUID

from content.authored.terms import Term, Terms, fold_spaces, missing, paired, terms_in
from content.models import GlossaryTerm, TranslationPublication
from core.languages import Spoken
from myanmar.text import normalise

__all__ = [
    "Entry",
    "Said",
    "Term",
    "Terms",
    "by_initial",
    "entries",
    "glossary_terms",
    "initial",
    "missing",
    "paired",
    "terms_in",
]
SOURCE: Final = "en"
BESIDE_SOURCE: Final = "my"


def glossary_terms(language: str) -> Terms:
    """What the glossary says about translating into a language, in one query; a concept without a term there is left out."""
    rows = GlossaryTerm.objects.filter(locale__language_code__in=[SOURCE, language]).order_by("sort_key", "term")
    known: dict[UUID, dict[str, tuple[str, str, str]]] = {}
    for key, spoken, *row in rows.values_list("translation_key", "locale__language_code", "code", "term", "note"):
        known.setdefault(key, {})[spoken] = (row[0], row[1], row[2])
    return Terms(
        term
        for concept in known.values()
        if language in concept and SOURCE in concept
        for term in paired(concept[SOURCE][0], concept[SOURCE][1], concept[language][1], concept[SOURCE][2])
    )


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
    def initial(self) -> str:
        """The letter under which it stands."""
        return initial(self.term.text)

    def holds(self, folded: str) -> bool:
        """Whether a folded text stands in it."""
        return any(folded in fold_spaces(said.text) for said in (self.term, self.other, self.definition) if said)


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
    folded = fold_spaces(query)
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
    """The letter under which a text is looked up: its first consonant, or its first Latin letter; a bracket is none."""
    first = normalise(text).lstrip("(")[:1]
    return "အ" if first and first in "ဣဤဥဦဧဩဪ" else first.upper()
