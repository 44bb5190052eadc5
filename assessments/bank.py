"""The item bank: published versions, and drawing a paper from them."""

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction

from assessments.errors import BankTooSmall
from assessments.models import Item, ItemVersion, Quiz, QuizSection


@transaction.atomic
def publish_item(item: Item, *, at: datetime) -> ItemVersion:
    """The immutable version of an item as it is published now in all its languages; a new one only if it differs."""
    rows = {row.locale.language_code: row for row in Item.objects.filter(translation_key=item.translation_key, live=True).select_related("locale")}  # fmt: skip
    source = rows.get("en") or item
    content = {
        "kind": source.kind,
        "use": source.use,
        "objective": source.objective,
        "difficulty": source.difficulty,
        "key": source.key(),
        "texts": {language: row.texts() for language, row in sorted(rows.items()) if row.key() == source.key()},
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    newest = ItemVersion.objects.filter(item_key=item.translation_key).order_by("-number").first()
    if newest and newest.sha256 == digest:
        return newest
    return ItemVersion.objects.create(
        item_key=item.translation_key,
        number=newest.number + 1 if newest else 1,
        code=source.code,
        sha256=digest,
        published_at=at,
        **content,
    )


def versions(ids: Iterable[str]) -> dict[str, ItemVersion]:
    """Item versions by id (as text). They never change, so they are kept in the cache."""
    wanted = {f"itemversion:{one}": one for one in ids}
    found = cache.get_many(wanted)
    missing = [one for key, one in wanted.items() if key not in found]
    if missing:
        fresh = {f"itemversion:{v.pk}": v for v in ItemVersion.objects.filter(pk__in=missing)}
        cache.set_many(fresh, 3600)
        found |= fresh
    return {wanted[key]: version for key, version in found.items()}


def _newest(**where: Any) -> list[ItemVersion]:
    """The newest version of each item that is live, in a stable order."""
    live = Item.objects.filter(live=True).values("translation_key")
    rows = ItemVersion.objects.filter(item_key__in=live).filter(**where).order_by("code", "-number")
    newest: dict[UUID, ItemVersion] = {}
    for row in rows:
        newest.setdefault(row.item_key, row)
    return list(newest.values())


def newest_versions(codes: Iterable[str]) -> dict[str, ItemVersion]:
    """The newest version of each live item, by code."""
    return {version.code: version for version in _newest(code__in=list(codes))}


def draw_paper(quiz: Quiz, *, seed: int, seen: set[UUID]) -> dict[str, Any]:
    """A paper for one attempt: items of every section and the order of their options.

    seed: makes the draw repeatable. seen: items met in earlier attempts; they are drawn only when the bank has no others.
    Raises BankTooSmall.
    """
    chance = random.Random(seed)  # noqa: S311 (fairness, not secrecy: the seed is a random UUID that nobody is told)
    sections: Sequence[QuizSection] = list(quiz.sections.all())
    drawn = _newest(objective__in={s.objective for s in sections if s.count}, use=Item.Use.EXAM)
    fixed = {v.item_key: v for v in _newest(item_key__in=[UUID(i) for s in sections for i in s.items])}
    items: list[dict[str, Any]] = []
    for number, section in enumerate(sections):
        taken = {item["version"] for item in items}
        if section.count:
            pool = [v for v in drawn if v.objective == section.objective and str(v.pk) not in taken]
            chance.shuffle(pool)
            pool.sort(key=lambda v: v.item_key in seen)
            chosen = pool[: section.count]
        else:
            chosen = [fixed[UUID(i)] for i in section.items if UUID(i) in fixed]
        # A check whose item was withdrawn asks the others; an exam is whole or not held.
        if quiz.kind != Quiz.Kind.CHECK and len(chosen) < (section.count or len(section.items)):
            raise BankTooSmall
        for version in chosen:
            options = list(version.key)
            if version.kind != Item.Kind.TRUEFALSE and quiz.kind != Quiz.Kind.CHECK:
                chance.shuffle(options)
            items.append({"version": str(version.pk), "section": number, "options": options})
    return {"items": items}
