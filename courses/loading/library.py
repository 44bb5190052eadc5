"""What lessons rest on, and what whoever teaches has at hand: facts, terms, rubrics, guides, cards."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from content import authored
from content.models import Competency, FacilitatorGuide, Fact, GlossaryTerm, PocketCard, Rubric
from courses.loading.keeping import Keeper, block_id, plain


def keep_fact(keeper: Keeper, fact: authored.Fact) -> None:
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
    keeper.keep_translated("fact", fact.id, Fact, values)


def keep_term(keeper: Keeper, term: authored.Term) -> None:
    """A term of the glossary in both languages."""
    values = {
        "term": term.en,
        "definition": term.definition,
        "origin": term.origin,
        "sources": " ".join(term.sources),
        "note": term.note,
    }
    # What a term means here is not what the same word has to become elsewhere: a label, a heading.
    everywhere = keeper.strings
    keeper.strings = everywhere | {plain(term.en): plain(term.my)}
    keeper.keep_translated("term", term.code, GlossaryTerm, values)
    keeper.strings = everywhere


def keep_rubric(keeper: Keeper, rubric: authored.Rubric) -> None:
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
    keeper.keep_translated("rubric", rubric.code, Rubric, values)


def keep_competency(keeper: Keeper, one: authored.Competency) -> None:
    """A competency with the levels that are asked."""
    levels = {role: one.levels.get(role) for role in Competency.ROLES}
    keeper.keep_translated("competency", one.code, Competency, {"name": one.name, **levels})


def keep_guide(keeper: Keeper, code: str, guide: authored.Guide) -> None:
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
    keeper.keep_translated("guide", code, FacilitatorGuide, values)


def keep_card(keeper: Keeper, code: str, card: authored.Card) -> None:
    """The pocket card of a module. code: of the module."""
    points = [{"type": "point", "id": block_id(code, "point", one.text), "value": asdict(one)} for one in card.points]
    values = {
        "title": card.title,
        "points": json.dumps(points),
        "version": card.version,
        "valid_until": card.valid_until,
    }
    keeper.keep_translated("card", code, PocketCard, values)


def publication(keeper: Keeper, code: str) -> str:
    """Publisher, title and year, as one line."""
    source = keeper.curriculum.sources[code]
    return ", ".join(part for part in (source.publisher, source.title, str(source.year or "")) if part)
