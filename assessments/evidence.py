"""Reads for the evidence about items and quizzes: answers gathered, counted once, and put together for a page.

First attempts only: who sits again has seen the questions. Figures for pages are counted at most every ten minutes; the
time is said with them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from assessments import analysis, bank, kinds, scoring
from assessments.analysis import Answer, AnsweredPaper, Flag, Reliability, Tally
from assessments.models import Attempt, AttemptStep, GradeRecord, Item, ItemVersion, Quiz
from core.privacy import SMALLEST_CELL

KEPT_SECONDS = 600
BINS = 10
SINGLE = ("single", "truefalse")  # kinds of which exactly one option is chosen

# form and section of each place: papers of one shape can be laid side by side
Shape = tuple[Any, ...]


# --- Gathering -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gathered:
    """papers: first attempts handed in, items by version id, quizzes by primary key; shapes: of each paper, in the same order.

    exposure: version id -> in how many attempts of any number it was asked.
    """

    papers: list[AnsweredPaper]
    shapes: list[Shape]
    exposure: Counter[str]


def gather(quizzes: QuerySet[Quiz]) -> Gathered:
    """What was answered in some quizzes, in four queries (three where the versions are in the cache)."""
    attempts = (
        Attempt.objects.filter(quiz__in=quizzes)
        .order_by("started_at", "pk")
        .values_list(
            "pk", "quiz_id", "quiz__kind", "person_id", "number", "status", "language", "paper", "started_at", "form"
        )
    )
    exposure: Counter[str] = Counter()
    first: dict[tuple[int, int], tuple[Any, ...]] = {}
    for row in attempts:
        exposure.update(item["version"] for item in row[7]["items"])
        if row[4] == 1 and row[5] == Attempt.Status.SUBMITTED:
            first.setdefault((row[1], row[3]), row)  # a course taken again begins with number 1 again
    of_firsts: dict[str, Any] = {
        "attempt__quiz__in": quizzes,
        "attempt__number": 1,
        "attempt__status": Attempt.Status.SUBMITTED,
    }
    grades: dict[int, Any] = dict(
        GradeRecord.objects.filter(**of_firsts).order_by("version").values_list("attempt_id", "details")
    )
    steps: dict[int, list[Any]] = defaultdict(list)
    for attempt, *step in (
        AttemptStep.objects.filter(verdict=AttemptStep.Verdict.ACCEPTED, place__isnull=False, **of_firsts)
        .order_by("attempt", "seq")
        .values_list("attempt_id", "kind", "place", "value", "received_at")
    ):
        steps[attempt].append(step)
    versions = bank.versions(exposure)
    papers, shapes = [], []
    for pk, quiz, kind, _person, _number, _status, language, paper, started_at, form in first.values():
        if pk not in grades:
            continue
        chosen, seconds = _given(steps[pk], None if kind == Quiz.Kind.CHECK else started_at)
        answers, shape = [], [form]
        for place, points in scoring.telling(grades[pk]):
            item = paper["items"][place]
            read = versions[item["version"]].text_in(language)["language"] if language else ""
            response = chosen.get(place, ())
            given, said = tuple(kinds.answer(response)), kinds.certainty(response)
            answers.append(Answer(item["version"], points, given, read, seconds.get(place), said))
            shape.append(item["section"])
        papers.append(AnsweredPaper(quiz, tuple(answers), form, language))
        shapes.append(tuple(shape))
    return Gathered(papers, shapes, exposure)


def _given(steps: Sequence[Any], started_at: datetime | None) -> tuple[dict[int, list[str]], dict[int, float]]:
    """What stands at each place after the accepted steps, and the seconds spent there.

    Time runs from one step to the next and belongs to the place of the later one. Steps that came together (a form without
    script, a phone that was off the line) say nothing of time. started_at None: what lay between was a lesson.
    """
    chosen: dict[int, list[str]] = {}
    seconds: dict[int, float] = defaultdict(float)
    together = Counter(at for _kind, _place, _value, at in steps)
    before = started_at
    for kind, place, value, at in steps:
        if kind == AttemptStep.Kind.ANSWER:
            chosen[place] = value
        elif kind == AttemptStep.Kind.CLEAR:
            chosen.pop(place, None)
        if before is not None:
            if together[at] == 1:
                seconds[place] += (at - before).total_seconds()
            before = at
    return chosen, seconds


# --- Counting --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuizFigures:
    """attempts: first ones handed in. bins: how many scored below 10 %, below 20 % and so on; full marks are in the last.

    reliability: over the papers of the most common shape; None for too few. left_out: papers of another shape.
    """

    attempts: int
    bins: list[int]
    reliability: Reliability | None
    left_out: int


@dataclass(frozen=True)
class Counted:
    """tallies: by version id and quiz. quizzes: by primary key. exposure: by version id. at: when it was counted."""

    tallies: dict[tuple[Any, Any], Tally]
    quizzes: dict[int, QuizFigures]
    exposure: Counter[str]
    at: datetime


def count(quizzes: QuerySet[Quiz], *, at: datetime) -> Counted:
    """All figures of some quizzes, from one pass over their answers."""
    gathered = gather(quizzes)
    by_quiz: dict[Any, list[tuple[AnsweredPaper, Shape]]] = defaultdict(list)
    for paper, shape in zip(gathered.papers, gathered.shapes, strict=True):
        by_quiz[paper.quiz].append((paper, shape))
    figures = {quiz: _quiz_figures(papers) for quiz, papers in by_quiz.items()}
    return Counted(analysis.tally(gathered.papers), figures, gathered.exposure, at)


def _quiz_figures(papers: Sequence[tuple[AnsweredPaper, Shape]]) -> QuizFigures:
    bins = [0] * BINS
    for paper, _shape in papers:
        if paper.answers:
            bins[min(int(paper.points * BINS / len(paper.answers)), BINS - 1)] += 1
    [(common, kept)] = Counter(shape for _paper, shape in papers).most_common(1)
    rows = ([answer.points for answer in paper.answers] for paper, shape in papers if shape == common)
    return QuizFigures(len(papers), bins, analysis.reliability(rows), len(papers) - kept)


def counted(use: str) -> Counted:
    """The figures of the checks in lessons (`Item.Use.CHECK`) or of everything else, not older than ten minutes."""
    is_check = use == Item.Use.CHECK
    known: Counted | None = cache.get(f"evidence:{use}")
    if known is None:
        checks = Quiz.objects.filter(kind=Quiz.Kind.CHECK)
        known = count(checks if is_check else Quiz.objects.exclude(kind=Quiz.Kind.CHECK), at=timezone.now())
        cache.set(f"evidence:{use}", known, KEPT_SECONDS)
    return known


# --- Items -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ItemEvidence:
    """An item with what is known of it. version: the newest. known: over the versions that ask the same as the newest.

    exposure: attempts in which any version was asked. versions: newest first, each with its own tally; quizzes: primary
    key -> tally, over the versions in `known`.
    """

    version: ItemVersion
    known: Tally
    exposure: int
    flags: list[Flag]
    versions: list[tuple[ItemVersion, Tally]]
    quizzes: dict[int, Tally]

    @property
    def is_shown(self) -> bool:
        """Whether enough people answered it for a figure to point at nobody."""
        return self.known.asked >= SMALLEST_CELL


def key_of(version: ItemVersion) -> dict[str, bool]:
    """Option -> right or not; empty where the key of an item is not of this shape."""
    key = version.key
    return key if isinstance(key, dict) and all(isinstance(one, bool) for one in key.values()) else {}


def asks_the_same(one: ItemVersion, other: ItemVersion) -> bool:
    """Whether answers to two versions can be counted together.

    They can where kind and key are the same and so is what is read before answering, in every language that both have: a
    mended rationale or a language that was added starts nothing anew, a reworded question does.
    """
    return (
        one.kind == other.kind
        and one.key == other.key
        and all(_asked(one.texts[name]) == _asked(other.texts[name]) for name in one.texts.keys() & other.texts.keys())
    )


def _asked(texts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: text for name, text in texts.items() if name not in ("rationales", "feedback")}


def item_evidence(versions: Iterable[ItemVersion], figures: Counted) -> list[ItemEvidence]:
    """One for each item. versions: all of each, in any order."""
    of_version: dict[str, dict[int, Tally]] = defaultdict(dict)
    for (version, quiz), known in figures.tallies.items():
        of_version[version][quiz] = known
    by_item: dict[UUID, list[ItemVersion]] = defaultdict(list)
    for one in versions:
        by_item[one.item_key].append(one)
    found = []
    for rows in by_item.values():
        rows.sort(key=lambda one: -one.number)
        newest = rows[0]
        same = [of_version[str(one.pk)] for one in rows if asks_the_same(newest, one)]
        quizzes = {
            quiz: analysis.total(one[quiz] for one in same if quiz in one)
            for quiz in dict.fromkeys(quiz for one in same for quiz in one)
        }
        known = analysis.total(quizzes.values())
        found.append(
            ItemEvidence(
                newest,
                known,
                sum(figures.exposure[str(one.pk)] for one in rows),
                analysis.flags(known, key_of(newest), is_single=newest.kind in SINGLE),
                [(one, analysis.total(of_version[str(one.pk)].values())) for one in rows],
                quizzes,
            )
        )
    return found


def items(use: str) -> tuple[list[ItemEvidence], datetime]:
    """Every item of a use by code, and when its answers were counted."""
    figures = counted(use)
    rows = item_evidence(ItemVersion.objects.filter(use=use), figures)
    return sorted(rows, key=lambda row: row.version.code), figures.at


def one_item(code: str) -> tuple[ItemEvidence, datetime] | None:
    """The item with a code, or None."""
    newest = ItemVersion.objects.filter(code=code).order_by("-published_at", "-number").first()
    if newest is None:
        return None
    figures = counted(newest.use)
    [found] = item_evidence(ItemVersion.objects.filter(item_key=newest.item_key), figures)
    return found, figures.at


# --- For analysis elsewhere ------------------------------------------------------------------------------------------


def response_matrix(quiz: Quiz) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows: each first attempt with the points at each item and, where something is chosen, what was.

    It says nothing of who, where or when: rows are in the order of their content, a language or form of fewer than five
    people is left out, and so is everything that was typed. Empty where an item was not asked. No rows for fewer than five.
    """
    gathered = gather(Quiz.objects.filter(pk=quiz.pk))
    versions = bank.versions({str(answer.item) for paper in gathered.papers for answer in paper.answers})
    columns = sorted(versions, key=lambda one: (versions[one].code, versions[one].number))
    offered = {one: _offered(versions[one]) for one in columns}
    headings = ["language", "form"]
    for one in columns:
        name = f"{versions[one].code} v{versions[one].number}"
        headings += [f"{name} points", *([f"{name} chosen"] if offered[one] else [])]
    if len(gathered.papers) < SMALLEST_CELL:
        return headings, []
    groups = [
        _coarse([paper.language for paper in gathered.papers]),
        _coarse([paper.form for paper in gathered.papers]),
    ]
    rows = []
    for paper, *row in zip(gathered.papers, *groups, strict=True):
        by_item = {answer.item: answer for answer in paper.answers}
        for one in columns:
            answer = by_item.get(one)
            row.append("" if answer is None else answer.points)
            if offered[one]:
                row.append("" if answer is None else " ".join(sorted(offered[one].intersection(answer.chosen))))
        rows.append(row)
    return headings, sorted(rows, key=str)


def _offered(version: ItemVersion) -> set[str]:
    """What can be chosen: none of it was typed."""
    groups = kinds.KINDS[version.kind].spread(version.key, version.text_in("en"), {})
    return {value for group in groups for line in group.lines for value in line.values}


def _coarse(names: Sequence[str]) -> list[str]:
    """Groups of fewer than five without their name; also the smallest of the others, where that alone would give them away."""
    sizes = Counter(names)
    named = sorted((n, name) for name, n in sizes.items() if name and n >= SMALLEST_CELL)
    while named and 0 < len(names) - sum(n for n, _name in named) < SMALLEST_CELL:
        named.pop(0)
    kept = {name for _n, name in named}
    return [name if name in kept else "" for name in names]
