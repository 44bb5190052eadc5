"""The glossary: one term per concept in both languages."""

import re
from pathlib import Path
from typing import Final

from content.authored.reading import Reader
from content.authored.shapes import Source, Term, fold
from myanmar.encoding import is_wellformed
from myanmar.text import clean_text, has_myanmar

ORIGINS: Final = ("attested", "converted", "own")
LONGEST: Final = {"en": 200, "my": 200, "note": 300}
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")


def alternatives(term: str) -> list[str]:
    """The alternatives of a term, which " / " keeps apart: `adult / minor` has two."""
    return [part for part in map(str.strip, term.split(" / ")) if part]


def spellings(alternative: str) -> list[str]:
    """How an alternative may stand in a text: without what is in brackets, and with it."""
    without = fold(_BRACKETS.sub(" ", alternative))
    return [without] if without == alternative else [without, fold(_BRACKETS.sub(r" \1 ", alternative))]


def read_glossary(reader: Reader, file: Path, sources: dict[str, Source]) -> dict[str, Term]:
    """The terms by code; a curriculum without the file has none. No term, in either language, stands for two concepts."""
    spec = {
        "code": (re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), ...),
        "en": (str, ...),
        "my": (str, ...),
        "origin": (ORIGINS, ...),
        "sources": ([str], []),
        "note": (str, ""),
        "definition": (str, ""),
    }
    terms: dict[str, Term] = {}
    meant: dict[str, str] = {}  # a term in one spelling -> the code it stands for
    for node in reader.listed(file) if file.is_file() else []:
        values = reader.fields(node, spec, file=file)
        if None in values.values():
            continue
        sources_of = values.pop("sources")
        term = Term(**{name: fold(value) for name, value in values.items()}, sources=sources_of)
        for problem in _problems(term, sources):
            reader.problem(file, node.line, f"{term.code}: {problem}")
        if term.code in terms:
            reader.problem(file, node.line, f"the code {term.code} stands twice")
        for text in {spellings(one)[0].lower() for side in (term.en, term.my) for one in alternatives(side)}:
            if meant.setdefault(text.replace(" ", ""), term.code) != term.code:
                other = meant[text.replace(" ", "")]
                reader.problem(file, node.line, f"{term.code}: {text} stands for {other} already")
        terms[term.code] = term
    return terms


def _problems(term: Term, sources: dict[str, Source]) -> list[str]:
    found = [f"the source {code} is not in sources.yaml" for code in sorted(set(term.sources) - sources.keys())]
    if (term.origin == "own") == bool(term.sources):
        found.append("a rendering of our own has no source, every other one has")
    if not has_myanmar(term.my):
        found.append("'my' is not Burmese")
    if (stored := clean_text(term.my)) != term.my:
        found.append(f"'my' would be stored as {stored}")
    elif not is_wellformed(term.my):
        found.append("'my' is not well-formed Burmese")
    found += [
        f"{name!r} is longer than {most} signs" for name, most in LONGEST.items() if len(getattr(term, name)) > most
    ]
    return found
