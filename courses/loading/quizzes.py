"""Items, and the exams and tests that ask them."""

from collections.abc import Mapping
from typing import Any

from assessments import bank, showing
from assessments.models import Item, Quiz, QuizSection
from content import authored
from content.translation.first import Brought
from courses.loading.keeping import Keeper, Record, block_id, stream_of, with_ids
from courses.models import CoursePage

LATE_HOURS = 48  # for which answers of a device without a line are waited for, in a test that certifies nothing


def item_record(keeper: Keeper, item: authored.Item) -> Record:
    """An item with its question."""
    values: dict[str, Any] = {
        "objective": item.objective,
        "competency": item.competency,
        "bloom": item.bloom,
        "difficulty": item.difficulty,
        "use": item.use,
        "asks_certainty": item.asks_certainty,
        "facts": " ".join(item.facts),
        "sources": " ".join(item.sources),
        "stem": "\n\n".join(item.stem),
        "feedback": item.feedback,
    }
    question = [{"type": item.kind, "id": block_id(item.code), "value": with_ids(item.question, item.code)}]
    # A stem of several paragraphs is one string to the translator.
    if len(item.stem) > 1 and all(part in keeper.texts for part in item.stem):
        keeper.know(values["stem"], "\n\n".join(keeper.texts[part] for part in item.stem))
    return Record(item.code, values | {"question": stream_of(Item, "question", question)}, [values, question])


def keep_versions(keeper: Keeper, brought: list[Brought]) -> None:
    """The versions of new items as they are asked."""
    bank.first_versions([[one.row, *filter(None, [one.translation])] for one in brought], at=keeper.at)


def keep_exam(keeper: Keeper, course: authored.Course, page: CoursePage) -> None:
    """The exam of a course. Attempts keep the rules they began with, so that a change here is safe."""
    if course.exam is None:
        return
    rules = {
        "cut_score": f"{course.exam.cut_score:.3f}",
        "limit_seconds": course.exam.minutes * 60,
        "attempts_allowed": course.exam.attempts,
        "retry_hours": course.exam.retry_hours,
    }
    sections = [
        {"objective": s.objective, "count": s.count, "cut_score": f"{s.cut_score:.3f}" if s.cut_score else None}
        for s in course.exam.sections
    ]
    lookup = {"kind": Quiz.Kind.EXAM, "subject_key": page.translation_key}
    _keep_quiz(keeper, f"{course.code}-EXAM", lookup, rules, sections, shown=showing.when_done())


def keep_tests(keeper: Keeper, course: authored.Course, page: CoursePage) -> None:
    """The tests before and after a course, in two parallel forms of fixed items, opened in the room."""
    if course.tests is None:
        return
    codes = [code for form in course.tests.forms.values() for code in form]
    keys = dict(Item.objects.filter(code__in=codes).values_list("code", "translation_key"))
    sections = [
        {"form": form, "items": [str(keys[code]) for code in asked]} for form, asked in course.tests.forms.items()
    ]
    rules = {"limit_seconds": course.tests.minutes * 60, "attempts_allowed": 1, "forms": Quiz.Forms.TURNS, "entry": Quiz.Entry.ROOM, "late_hours": LATE_HOURS}  # fmt: skip
    for kind, end in ((Quiz.Kind.PRE_TEST, "PRE"), (Quiz.Kind.POST_TEST, "POST")):
        code = f"{course.code}-{end}"
        lookup = {"kind": kind, "subject_key": page.translation_key, "code": code}
        _keep_quiz(keeper, code, lookup, rules, sections, shown=showing.when_done())


def _keep_quiz(
    keeper: Keeper,
    code: str,
    lookup: dict[str, Any],
    rules: dict[str, Any],
    sections: list[dict[str, Any]],
    *,
    shown: Any,
) -> None:
    """The mechanism for a quiz with its sections. shown: what a new one tells of results; an editor's choice afterwards."""
    there = Quiz.objects.filter(**lookup).exists()

    def stored() -> Any:
        row = Quiz.objects.get(**lookup)
        return [
            {name: getattr(row, name) for name in rules},
            [_section(section) for section in row.sections.values()],
        ]

    def write() -> None:
        row, _made = Quiz.objects.update_or_create(
            **lookup,
            defaults=rules | {"code": code},
            create_defaults=rules | lookup | {"code": code, "shown": shown},
        )
        row.sections.all().delete()
        QuizSection.objects.bulk_create(QuizSection(quiz=row, position=n, **s) for n, s in enumerate(sections))

    keeper.keep(f"exam:{code}:en", [rules, sections], stored, None if there else write, write)


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    """What the files say of a section, and what an editor added to it."""
    said = {name: section[name] for name in ("objective", "count", "cut_score", "items")}
    added = {"form": "", "tags": "", "difficulty_from": 1, "difficulty_to": 5}
    return said | {name: section[name] for name, usual in added.items() if section[name] != usual}
