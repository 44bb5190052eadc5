"""What lessons rest on, and what whoever teaches has at hand: facts, terms, rubrics, guides, cards."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from content import authored
from content.models import Competency, FactVersion
from content.translation.first import Brought
from courses.loading.keeping import Keeper, Record, block_id, plain


def fact_record(keeper: Keeper, fact: authored.Fact) -> Record:
    """A fact, with its sources in words."""
    values = {
        "kind": fact.kind,
        "text": fact.text,
        "sources": "; ".join(publication(keeper, code) for code in fact.sources),
        "confidence": fact.confidence,
        "flags": "".join(fact.flags),
        "jurisdiction": fact.jurisdiction,
        "status": fact.status,
        "checked_on": fact.checked_on,
        "recheck_on": fact.recheck_on,
        "title": fact.title,
        "valid_from": fact.valid_from,
        "telephone": fact.telephone,
        "owner": fact.owner,
    }
    return Record(fact.id, values, values)


def keep_versions(keeper: Keeper, brought: list[Brought]) -> None:
    """How new facts stand."""
    for one in brought:
        FactVersion.record(one.row, at=keeper.at)


def term_record(term: authored.Term) -> Record:
    """A term of the glossary in both languages."""
    values = {
        "term": term.en,
        "definition": term.definition,
        "origin": term.origin,
        "sources": " ".join(term.sources),
        "note": term.note,
    }
    # What a term means here is not what the same word has to become elsewhere: a label, a heading.
    return Record(term.code, values, values, {plain(term.en): plain(term.my)})


def rubric_record(rubric: authored.Rubric) -> Record:
    """A rubric with its criteria."""
    criteria = [
        {
            "type": "criterion",
            "id": block_id(rubric.code, one.id),
            "value": {
                "text": one.text,
                "not_done": one.not_done,
                "to_standard": one.to_standard,
                "is_critical": one.critical,
            },
        }
        for one in rubric.criteria
    ]
    values = {
        "title": rubric.title,
        "purpose": rubric.purpose,
        "criteria": json.dumps(criteria),
        "least_mean": Decimal(str(rubric.least_mean)),
        "observers": rubric.observers,
    }
    return Record(rubric.code, values, values)


def competency_record(one: authored.Competency) -> Record:
    """A competency with the levels that are asked."""
    values = {"name": one.name} | {role: one.levels.get(role) for role in Competency.ROLES}
    return Record(one.code, values, values)


def guide_record(code: str, guide: authored.Guide) -> Record:
    """The guide of a module. code: of the module."""

    def stream(kind: str, parts: Sequence[Any], values: Callable[[Any], dict[str, Any]]) -> str:
        blocks = [{"type": kind, "id": block_id(code, kind, one.name), "value": values(one)} for one in parts]
        return json.dumps(blocks)

    def slide(one: authored.Slide) -> dict[str, Any]:
        points = [{"type": "item", "id": block_id(code, one.name, n), "value": p} for n, p in enumerate(one.points)]
        return {"step": one.step, "title": one.title, "points": points}

    def material(one: authored.Material) -> dict[str, Any]:
        return {"item": one.item, "count": one.count, "per": one.per, "is_printed": one.printed}

    names = ("aim", "minutes", "group_from", "group_to", "opening", "debrief", "fallback", "safety")
    values = {name: getattr(guide, name) for name in names} | {
        "rubric_code": guide.rubric,
        "steps": stream("step", guide.steps, asdict),
        "materials": stream("material", guide.materials, material),
        "slides": stream("slide", guide.slides, slide),
        "answers": stream("answer", guide.answers, asdict),
    }
    return Record(code, values, values)


def card_record(code: str, card: authored.Card) -> Record:
    """The pocket card of a module. code: of the module."""
    points = [{"type": "point", "id": block_id(code, "point", one.text), "value": asdict(one)} for one in card.points]
    values = {
        "title": card.title,
        "points": json.dumps(points),
        "version": card.version,
        "valid_until": card.valid_until,
    }
    return Record(code, values, values)


def publication(keeper: Keeper, code: str) -> str:
    """Publisher, title and year, as one line."""
    source = keeper.curriculum.sources[code]
    return ", ".join(part for part in (source.publisher, source.title, str(source.year or "")) if part)
