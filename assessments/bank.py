"""The item bank: published versions, and drawing a paper from them."""

import hashlib
import json
import random
import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from assessments.errors import BankTooSmall
from assessments.kinds import KINDS, judges_itself
from assessments.models import Attempt, BlueprintLine, Item, ItemVersion, Quiz, QuizSection, RefresherReview
from content.models import ContentVersion
from content.renditions import SOURCE
from content.translation.work import is_current, source_of
from people.models import Person


@transaction.atomic
def publish_item(item: Item, *, at: datetime) -> ItemVersion:
    """The immutable version of an item as it is published now in all its languages; a new one only if it differs.

    A translation that is older than its source is no part of it. Where that would take a language away, the version before
    stays the newest until the translation has followed, so that nobody is asked something else in one language than in
    the other; a change of the key does not wait.
    """
    rows = {row.locale.language_code: row for row in Item.objects.filter(translation_key=item.translation_key, live=True).select_related("locale")}  # fmt: skip
    origin = source_of(item.translation_key)
    source = (origin and rows.get(origin.locale.language_code)) or item
    same = {language: row for language, row in sorted(rows.items()) if row.key() == source.key()}
    behind = {language for language, row in same.items() if row != source and not is_current(row)}
    texts = {language: row.texts() for language, row in same.items() if language not in behind}
    version = _version(source, texts, at)
    newest = ItemVersion.objects.filter(item_key=item.translation_key).order_by("-number").first()
    if newest:
        waiting = {language: newest.texts[language] for language in behind if language in newest.texts}
        if newest.sha256 == version.sha256 or (
            waiting and newest.key == KINDS[source.kind].keyed(source.key(), texts | waiting)
        ):
            return newest
        version.number = newest.number + 1
    version.save(force_insert=True)
    return version


def first_versions(items: Iterable[Sequence[Item]], *, at: datetime) -> None:
    """The first versions of new items. items: for each its live rows, that of the source language first."""
    versions = []
    for source, *others in items:
        same = [source, *(row for row in others if row.key() == source.key())]
        versions.append(_version(source, {row.locale.language_code: row.texts() for row in same}, at))
    ItemVersion.objects.bulk_create(versions)


def _version(source: Item, texts: dict[str, Any], at: datetime) -> ItemVersion:
    """The first version, not stored. texts: language -> what learners read."""
    content: dict[str, Any] = {
        "kind": source.kind,
        "use": source.use,
        "objective": source.objective,
        "difficulty": source.difficulty,
        "key": KINDS[source.kind].keyed(source.key(), texts),
        "asks_certainty": source.asks_certainty,
        "texts": texts,
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return ItemVersion(
        item_key=source.translation_key, number=1, code=source.code, sha256=digest, published_at=at, **content
    )


@dataclass(frozen=True)
class Usage:
    """Where an item is asked: codes of quizzes that name it, of quizzes that may draw it, and how many people it was put before."""

    named_in: list[str]
    drawn_in: list[str]
    people: int


def usage(item: Item) -> Usage:
    """The use of an item in all its versions and languages."""
    mine = [one for one in candidates() if one.item_key == item.translation_key]
    named: set[str] = set()
    drawn: set[str] = set()
    for section in QuizSection.objects.select_related("quiz"):
        if any(may_ask(section, one) for one in mine):
            (drawn if section.count else named).add(section.quiz.code)
    asked = Q()
    for version in ItemVersion.objects.filter(item_key=item.translation_key).values_list("pk", flat=True):
        asked |= Q(paper__icontains=str(version))
    people = Attempt.objects.filter(asked).values("person").distinct().count() if asked else 0
    return Usage(sorted(named), sorted(drawn), people)


@dataclass(frozen=True)
class LiveItem:
    """An item of the bank that is live in some language. languages: in which; facts: codes of those that it rests on."""

    key: UUID
    code: str
    objective: str
    use: str
    kind: str
    competency: str
    facts: tuple[str, ...]
    languages: tuple[str, ...]


def live_items() -> list[LiveItem]:
    """Every item that is live, once, by code; the source language says what it is. One query."""
    rows: dict[UUID, list[Any]] = {}
    languages: dict[UUID, list[str]] = defaultdict(list)
    fields = ("code", "objective", "use", "kind", "competency", "facts")
    found = Item.objects.filter(live=True).order_by("code", "locale__language_code")
    for language, key, *row in found.values_list("locale__language_code", "translation_key", *fields):
        languages[key].append(language)
        if language == SOURCE or key not in rows:
            rows[key] = row
    return [
        LiveItem(key, code, objective, use, kind, competency, tuple(facts.split()), tuple(languages[key]))
        for key, (code, objective, use, kind, competency, facts) in rows.items()
    ]


@dataclass(frozen=True)
class Stock:
    """What the bank holds for an objective, beside what the blueprint asks. exam, check: live items by use; kinds: of both, with
    how many; translated: languages but the source's -> how many of them are live in it."""

    line: BlueprintLine
    exam: int
    check: int
    kinds: dict[str, int]
    translated: dict[str, int]

    @property
    def missing(self) -> int:
        """How many exam items are still to be written."""
        return max(0, self.line.bank - self.exam)

    @property
    def fills_a_form(self) -> bool:
        """Whether one form can be drawn."""
        return self.exam >= self.line.form


def blueprint() -> list[Stock]:
    """The bank against the blueprint, by objective in order. Two queries."""
    by_objective: dict[str, list[LiveItem]] = defaultdict(list)
    for item in live_items():
        by_objective[item.objective].append(item)
    found = []
    for line in BlueprintLine.objects.order_by("objective"):
        items = by_objective[line.objective]
        uses = Counter(item.use for item in items)
        languages = Counter(language for item in items for language in item.languages if language != SOURCE)
        found.append(
            Stock(
                line,
                uses[Item.Use.EXAM],
                uses[Item.Use.CHECK],
                dict(sorted(Counter(item.kind for item in items).items())),
                dict(sorted(languages.items())),
            )
        )
    return found


KEPT_VERSIONS = 2_000  # more than one exam and its practice ask
_kept_versions: dict[str, ItemVersion] = {}
_kept_candidates: tuple[UUID, list["Candidate"]] | None = None
_lock = threading.Lock()


def forget() -> None:
    """Read everything anew."""
    global _kept_candidates
    _kept_versions.clear()
    _kept_candidates = None


def versions(ids: Iterable[str]) -> dict[str, ItemVersion]:
    """Item versions by id (as text). They never change, so a process keeps the last ones; all requests share them.

    Who comes while they are read waits for them: of a room that starts together one reads.
    """
    wanted = set(ids)
    found = {one: version for one in wanted if (version := _kept_versions.get(one))}
    if len(found) == len(wanted):
        return found
    with _lock:
        found |= {one: version for one in wanted - found.keys() if (version := _kept_versions.get(one))}
        fresh = _read_versions(missing) if (missing := wanted - found.keys()) else {}
        _kept_versions.update(fresh)
        while len(_kept_versions) > KEPT_VERSIONS:
            del _kept_versions[next(iter(_kept_versions))]
    return found | fresh


def _read_versions(ids: Iterable[str]) -> dict[str, ItemVersion]:
    return {str(version.pk): version for version in ItemVersion.objects.filter(pk__in=ids)}


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


def newest_of(item_keys: Iterable[UUID]) -> dict[UUID, ItemVersion]:
    """The newest version of each live item, by the item's key."""
    return {version.item_key: version for version in _newest(item_key__in=list(item_keys))}


def pool(objectives: Iterable[str]) -> list[ItemVersion]:
    """The newest version of every live item on these objectives."""
    return _newest(objective__in=list(objectives))


def asked_in(papers: Iterable[Mapping[str, Any]]) -> set[UUID]:
    """The items that papers ask."""
    return {version.item_key for version in versions({item["version"] for paper in papers for item in paper["items"]}).values()}  # fmt: skip


def met_items(person: Person) -> set[UUID]:
    """The items that a person was ever asked: in a sitting, a lesson or to refresh."""
    refreshed = RefresherReview.objects.filter(card__person=person).values_list("card__item_key", flat=True)
    return asked_in(Attempt.objects.filter(person=person).values_list("paper", flat=True)) | set(refreshed)


@dataclass(frozen=True)
class Candidate:
    """What a draw has to know of the newest version of a live item."""

    version: str
    item_key: UUID
    kind: str
    use: str
    objective: str
    difficulty: int
    tags: frozenset[str]


def candidates() -> list[Candidate]:
    """Every item that may be asked, in a stable order. The same for all, so a process reads it once after each publication."""
    global _kept_candidates
    token = ContentVersion.current()
    with _lock:
        if _kept_candidates is None or _kept_candidates[0] != token:
            _kept_candidates = token, _read_candidates()
        return _kept_candidates[1]


def _read_candidates() -> list[Candidate]:
    tags = {key: frozenset(written.split()) for key, written in Item.objects.filter(live=True).order_by("-locale__language_code").values_list("translation_key", "tags")}  # fmt: skip
    newest: dict[UUID, Candidate] = {}
    versions = ItemVersion.objects.filter(item_key__in=list(tags)).order_by("code", "-number")
    rows = versions.values_list("pk", "item_key", "kind", "use", "objective", "difficulty")
    for pk, key, kind, use, objective, difficulty in rows:
        newest.setdefault(key, Candidate(str(pk), key, kind, use, objective, difficulty, tags[key]))
    return list(newest.values())


def fits(section: QuizSection, candidate: Candidate) -> bool:
    """Whether a section draws from an item. What a person has to mark is asked where it is named, of everybody, and never drawn: else one
    would wait for a marker and another not.
    """
    return (
        candidate.use == Item.Use.EXAM
        and judges_itself(candidate.kind)
        and section.objective in ("", candidate.objective)
        and candidate.tags.issuperset(section.tags.split())
        and section.difficulty_from <= candidate.difficulty <= section.difficulty_to
    )


def may_ask(section: QuizSection, candidate: Candidate) -> bool:
    """Whether a section names an item, or may draw it."""
    return fits(section, candidate) if section.count else str(candidate.item_key) in section.items


def sections_of(quiz: Quiz, form: str, asked: Collection[str] | None = None) -> list[QuizSection]:
    """The sections that a form of a quiz has. asked: the objectives that are asked of somebody; None for all."""
    return [
        section
        for section in quiz.sections.all()
        if section.form in ("", form) and (asked is None or not section.objective or section.objective in asked)
    ]


def on_tests(quiz: Quiz) -> set[str]:
    """Keys of the items that a course's tests name: they lie in the room on paper, and their answers are talked over. None for what is no exam."""
    if quiz.kind != Quiz.Kind.EXAM:
        return set()
    named = QuizSection.objects.filter(quiz__subject_key=quiz.subject_key, count=0).exclude(quiz=quiz)
    return {key for keys in named.values_list("items", flat=True) for key in keys}


def draw_paper(
    quiz: Quiz, *, seed: int, seen: set[UUID], form: str = "", asked: Collection[str] | None = None
) -> dict[str, Any]:
    """A paper for one attempt: items of every section and the order of their options.

    seed: makes the draw repeatable. seen: items met in earlier attempts; they are drawn only when the bank has no others,
    and those that the tests of the course name only when it has no others but those.
    asked: as in `sections_of`. Raises BankTooSmall.
    """
    chance = random.Random(seed)  # noqa: S311 (fairness, not secrecy: the seed is a random UUID that nobody is told)
    sections = sections_of(quiz, form, asked)
    # Short tests to practise are judged at once: nobody is there to mark.
    known = [one for one in candidates() if quiz.kind != Quiz.Kind.PRACTICE or judges_itself(one.kind)]
    by_key = {str(candidate.item_key): candidate for candidate in known}
    drawn: list[tuple[int, Candidate]] = []
    tested = on_tests(quiz)
    for number, section in enumerate(sections):
        taken = {candidate.version for _section, candidate in drawn}
        if section.count:
            pool = [one for one in known if fits(section, one) and one.version not in taken]
            chance.shuffle(pool)
            pool.sort(key=lambda one: (one.item_key in seen, str(one.item_key) in tested))
            chosen = pool[: section.count]
        else:
            chosen = [by_key[key] for key in section.items if key in by_key and by_key[key].version not in taken]
        # A check whose item was withdrawn asks the others; an exam is whole or not held.
        if quiz.kind != Quiz.Kind.CHECK and len(chosen) < (section.count or len(section.items)):
            raise BankTooSmall
        drawn += [(number, one) for one in chosen]
    if quiz.kind != Quiz.Kind.CHECK and not drawn:
        raise BankTooSmall
    whole = versions({candidate.version for _number, candidate in drawn})
    items: list[dict[str, Any]] = []
    for number, candidate in drawn:
        version = whole[candidate.version]
        options = KINDS[version.kind].order(version.key, None if quiz.kind == Quiz.Kind.CHECK else chance)
        items.append({"version": candidate.version, "section": number, "options": options})
    return {"items": items}
