"""Where a translation does not say what its source says: terms of the glossary, numbers, codes, months, shares.

The rule of the translators' desk, of the check of authored files and of the list for editors. It points at places to look
at; it refuses nothing, and what it passes over may still be wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from content.authored.figures import differing_months, differing_numbers, figures, only_one_has_a_share
from content.authored.terms import Term, missing

Kind = Literal["codes", "numbers", "months", "share", "term"]


@dataclass(frozen=True)
class Difference:
    """One thing that stands on one side only. said: the codes, numbers or months; the renderings of a term.

    term: the English term, of which none of the renderings stands in the translation.
    """

    kind: Kind
    said: tuple[str, ...] = ()
    term: str = ""

    def __str__(self) -> str:
        match self.kind:
            case "term":
                return f"the glossary has {' / '.join(self.said)!r} for {self.term!r}"
            case "share":
                return "only one of the two languages says per cent"
        return f"{self.kind} that differ from the English: {', '.join(self.said)}"


def differences(source: str, target: str, terms: Iterable[Term]) -> list[Difference]:
    """What to look at in a translation. source, target: plain text, or Markdown; without HTML. terms: see `Terms`."""
    here, there = figures(source), figures(target)
    found = [
        Difference("codes", tuple(sorted(here.codes ^ there.codes))),
        Difference("numbers", tuple(differing_numbers(source, target, here, there))),
        Difference("months", tuple(differing_months(source, target, here, there))),
    ]
    told = [one for one in found if one.said]
    if only_one_has_a_share(source, target):
        told.append(Difference("share"))
    return [*told, *(Difference("term", term.targets, term.source) for term in missing(source, target, terms))]
