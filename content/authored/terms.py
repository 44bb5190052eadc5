"""Terms of the glossary in texts: which an English sentence holds, and which its translation lacks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from content.authored.glossary import alternatives, spellings
from content.authored.shapes import Term as Concept
from myanmar.text import normalise, reading_units


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


# An everyday word that is a term on a button or as an answer only: `true (interface)` is looked for in no sentence.
INTERFACE: Final = " (interface)"
# What holds the word of a term and does not mean it.
IDIOMS: Final = (
    "in case", "in any case", "in that case", "in each case", "in no case", "in this case", "in which case", "in either case",
    "in such a case", "in the first case",
    "in both cases", "both cases", "honest recruitment",
    *(f"{kin}-in-law" for kin in ("brother", "sister", "mother", "father", "son", "daughter")),
)  # fmt: skip
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+|[^\w\s'’‑-]")
_PLURALS: Final = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("ss", "ss"), ("s", ""))
# What makes a noun of a Burmese verb, or several of one thing. A sentence turns it as its grammar asks.
_ENDINGS: Final = ("ခြင်း", "များ", "မှု", "ရေး", "ချက်")


class Terms(tuple[Term, ...]):
    """Terms, prepared once to be looked for in many texts."""

    @cached_property
    def beginning(self) -> dict[str, list[tuple[tuple[str, ...], Term | None]]]:
        """Word -> the spellings that begin with it and the term of each; None for an idiom."""
        found: dict[str, list[tuple[tuple[str, ...], Term | None]]] = {}
        spelled = [(words, term) for term in self for words in _spelled(term.source)]
        for words, term in [*spelled, *((_words(idiom), None) for idiom in IDIOMS)]:
            found.setdefault(words[0], []).append((words, term))
        return found

    def starting(self, words: tuple[str, ...], place: int) -> list[tuple[tuple[str, ...], Term | None]]:
        """What stands at a place of a text; an answer or a label may be a term of the interface alone."""
        return [
            (spelling, term)
            for spelling, term in self.beginning.get(words[place], ())
            if words[place : place + len(spelling)] == spelling
            and (term is None or INTERFACE not in term.source or len(spelling) == len(words))
        ]


def terms_of(glossary: Iterable[Concept]) -> Terms:
    """The terms of an authored glossary, English to Burmese."""
    return Terms(term for one in glossary for term in paired(one.code, one.en, one.my, one.note))


def terms_in(source_text: str, terms: Iterable[Term]) -> list[Term]:
    """The terms that an English sentence holds, in its order, each once; never one that is part of a longer one found.

    source_text: plain, or with inline tags. Case, hyphens and simple plurals make no difference; whole words only. Who
    looks at many texts hands over the same `Terms` each time.
    """
    looked_for = terms if isinstance(terms, Terms) else Terms(terms)
    text, place, found = _words(_TAG.sub("", source_text)), 0, dict[Term, None]()
    while place < len(text):
        here = looked_for.starting(text, place)
        if here:
            words, term = max(here, key=lambda one: len(one[0]))
            if term:
                found[term] = None
        place += len(words) if here else 1
    return list(found)


def missing(source: str, target: str, terms: Iterable[Term]) -> list[Term]:
    """The terms of an English sentence none of whose translations stands in the target.

    Burmese is compared in its normal form, whatever the spaces, and by the stem of a term: what makes a noun of a verb
    (ခြင်း, မှု …) and the plural may differ, and သည့် is as good as သော.
    """
    if not (held := terms_in(source, terms)):
        return []
    folded = _fold(_TAG.sub("", target) if "<" in target else target)
    return [term for term in held if not any(stem in folded for one in term.targets for stem in _stems(one))]


def fold_spaces(text: str) -> str:
    """A text as it is compared: in normal form, without case and white space."""
    return "".join(normalise(text).casefold().split())


@lru_cache(maxsize=2000)
def _spelled(source: str) -> list[tuple[str, ...]]:
    return [words for spelling in spellings(source.removesuffix(INTERFACE)) if (words := _words(spelling))]


@lru_cache(maxsize=2000)
def _stems(target: str) -> tuple[str, ...]:
    return tuple(_stem(spelling) for spelling in spellings(target))


def _stem(target: str) -> str:
    """A term without its ending, if a stem of two syllables or more is left of it."""
    folded = _fold(target)
    for ending in _ENDINGS:
        stem = folded.removesuffix(ending)
        if stem != folded and reading_units(stem) > 1:
            return stem
    return folded


def _fold(text: str) -> str:
    return fold_spaces(text).replace("သည့်", "သော")


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(_singular, _WORD.findall(text.lower())))


def _singular(word: str) -> str:
    """A word without its plural ending: right often enough, and the same for the glossary and for the text."""
    for ending, instead in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    return word
