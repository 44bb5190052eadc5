"""Practice after a module: which questions a person keeps fresh, when they come, and what is made of an answer.

Every function that may show an item is told `exam_pool`: the objectives of which items of the exam pool may be shown, since
no exam on them lies ahead of the person. Of all others only the checks of lessons are asked.
"""

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from assessments import bank, demonstrations, kinds, spacing
from assessments.ahead import items_ahead
from assessments.errors import NotAResponse, NotDue
from assessments.models import Item, ItemVersion, RefresherCard, RefresherReview
from core.db import write_transaction
from people.models import Person


def keep_cards(person: Person, objectives: Iterable[str], *, exam_pool: Collection[str], at: datetime) -> int:
    """Give a person who learned these objectives cards for them, for each up to as many as a week may ask; says how many.

    Items not met before come first. Safe to call again: it fills up what an objective lacks.
    """
    objectives = list(dict.fromkeys(objectives))
    pool = bank.pool(objectives)
    mine = set(RefresherCard.objects.filter(person=person, objective__in=objectives).values_list("item_key", flat=True))
    met = bank.met_items(person)
    memory = spacing.learned(at=at)
    new = []
    for objective in objectives:
        items = [v for v in pool if v.objective == objective and _is_open(v, exam_pool)]
        free = [v for v in items if v.item_key not in mine]
        random.Random(f"{person.public_id}/{objective}").shuffle(free)  # noqa: S311 (so that not all get the same)
        free.sort(key=lambda version: version.item_key in met)
        missing = spacing.PER_WEEK - (len(items) - len(free))
        new += [RefresherCard(person=person, item_key=v.item_key, objective=objective) for v in free[: max(0, missing)]]
    for card in new:
        card.remember(memory)
    RefresherCard.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@dataclass(frozen=True)
class Turn:
    """A card that is asked, with the version of its item that is published now."""

    card: RefresherCard
    version: ItemVersion


@dataclass(frozen=True)
class Plan:
    """turns: what is asked now, in order. next_at: when there will be something, if there is nothing now."""

    turns: list[Turn]
    next_at: datetime | None


def plan(person: Person, *, exam_pool: Collection[str], at: datetime) -> Plan:
    """What a person is asked now. One query for who keeps no cards, six for others, and two more where a course is under way."""
    cards = {card.pk: card for card in RefresherCard.objects.filter(person=person)}
    if not cards:
        return Plan([], None)
    versions = bank.newest_of(card.item_key for card in cards.values())
    ahead = items_ahead(person)
    due = {
        pk: (card.objective, card.due_at)
        for pk, card in cards.items()
        if (version := versions.get(card.item_key)) and _is_open(version, exam_pool) and card.item_key not in ahead
    }
    answered = RefresherReview.objects.filter(card__person=person, reviewed_at__gt=at - spacing.WEEK)
    now, next_at = spacing.turns(due, answered.values_list("card__objective", "reviewed_at"), at=at)
    return Plan([Turn(cards[pk], versions[cards[pk].item_key]) for pk in now], next_at)


def _is_open(version: ItemVersion, exam_pool: Collection[str]) -> bool:
    """Whether it may be asked here; an answer here is judged at once, so nothing that comes in steps or that a person marks."""
    may_be_shown = version.use == Item.Use.CHECK or version.objective in exam_pool
    return may_be_shown and not kinds.KINDS[version.kind].in_steps and kinds.judges_itself(version.kind)


@dataclass(frozen=True)
class Answer:
    """An answer as a client sends it. id: made with the page, so that the same answer twice is one."""

    id: UUID
    card: UUID
    version: UUID
    value: list[str]


def record(person: Person, answer: Answer, *, exam_pool: Collection[str], at: datetime) -> RefresherReview:
    """Judge an answer and say when the question comes back. The same id again gives what was stored first.

    Raises NotAResponse, and NotDue where the card is not asked now, because it was answered on another page.
    """
    card = RefresherCard.objects.filter(person=person, public_id=answer.card).first()
    version = bank.versions([str(answer.version)]).get(str(answer.version))
    if card is None or version is None or version.item_key != card.item_key:
        raise NotAResponse
    with write_transaction():
        # All of the objective, since they share what a week may ask.
        list(RefresherCard.objects.select_for_update().filter(person=person, objective=card.objective).order_by("pk"))
        stored = RefresherReview.objects.filter(pk=answer.id).select_related("card").first()
        if stored:
            if stored.card_id != card.pk:
                raise NotAResponse
            return stored
        value = kinds.read(version.kind, answer.value)
        if not kinds.answer(value) or not kinds.is_response(version.kind, version.key, value):
            raise NotAResponse
        turn = next((t for t in plan(person, exam_pool=exam_pool, at=at).turns if t.card.pk == card.pk), None)
        if turn is None:
            raise NotDue
        is_right = kinds.score(version.kind, version.key, value) == 1
        card = turn.card
        card.remember(spacing.reviewed(card.memory, is_right=is_right, at=at))
        card.save(update_fields=["stability", "difficulty", "reviewed_at", "due_at"])
        if is_right:
            demonstrations.note(person, [card.objective], at=at)
        return RefresherReview.objects.create(
            id=answer.id,
            card=card,
            version=version,
            value=value,
            is_right=is_right,
            rating=spacing.rating(is_right=is_right),
            reviewed_at=at,
        )


def reviews(person: Person, *, since: datetime, exam_pool: Collection[str]) -> list[RefresherReview]:
    """What a person answered since then, newest first, without what an exam that lies ahead may ask."""
    found = RefresherReview.objects.filter(card__person=person, reviewed_at__gte=since)
    newest = list(found.select_related("card", "version").order_by("-reviewed_at"))
    ahead = items_ahead(person) if newest else set()
    return [one for one in newest if _is_open(one.version, exam_pool) and one.card.item_key not in ahead]


def review_for(person: Person, review_id: UUID, *, exam_pool: Collection[str]) -> RefresherReview:
    """One's own answer, to be shown with its reasons; 404 also while an exam that may ask the question lies ahead."""
    found = RefresherReview.objects.filter(pk=review_id, card__person=person).select_related("card", "version").first()
    if found is None or not _is_open(found.version, exam_pool) or found.card.item_key in items_ahead(person):
        raise Http404
    return found
