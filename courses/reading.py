"""The text of a lesson, rendered once per language and change of content."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from assessments import bank
from assessments.models import AttemptStep, ItemVersion, Quiz
from courses.catalogue import SOURCE_LANGUAGE, Catalogue, LessonInfo
from courses.models import Enrolment, LessonPage


@dataclass(frozen=True)
class Part:
    """A stretch of the text, or the place of a check: exactly one of html and item is set."""

    html: SafeString | None = None
    item: ItemVersion | None = None


@dataclass(frozen=True)
class LessonText:
    """parts in order; objectives: the codes it works towards."""

    parts: tuple[Part, ...]
    objectives: tuple[str, ...]


def lesson_text(known: Catalogue, lesson: LessonInfo) -> LessonText:
    """The rendered text of a lesson."""
    if lesson.key not in known.bodies:
        page = LessonPage.objects.get(pk=lesson.page_id)
        known.bodies[lesson.key] = render(page, asked_in_source(page))
    text: LessonText = known.bodies[lesson.key]
    return text


def asked_in_source(page: LessonPage) -> list[str]:
    """Checks that the lesson's source text asks and this translation lacks: they are needed to complete it."""
    source = LessonPage.objects.live().filter(
        translation_key=page.translation_key, locale__language_code=SOURCE_LANGUAGE
    )
    have = set(page.check_codes())
    return [code for one in source for code in one.check_codes() if code not in have]


def render(page: LessonPage, also: Sequence[str] = ()) -> LessonText:
    """The text of a page as it stands, with the checks of `also` at its end; nothing in it depends on who reads."""
    items = bank.newest_versions([*page.check_codes(), *also])
    parts: list[Part] = []
    html: list[str] = []
    context = {"page": page, "language": page.locale.language_code}
    for block in page.body:
        if block.block_type == "check":
            item = items.get(block.value["item"])
            if item is None:
                continue
            if html:
                parts.append(Part(html=mark_safe("".join(html))))  # noqa: S308 (blocks render escaped)
                html = []
            parts.append(Part(item=item))
        else:
            html.append(block.render(context))
    if html:
        parts.append(Part(html=mark_safe("".join(html))))  # noqa: S308
    parts += [Part(item=items[code]) for code in also if code in items]
    return LessonText(tuple(parts), tuple(page.objectives))


@dataclass(frozen=True)
class CheckState:
    """An item as a reader sees it: chosen is None before it is answered; `item` is the version that was asked."""

    item: ItemVersion
    chosen: frozenset[str] | None

    @property
    def is_right(self) -> bool:
        """Whether exactly the right options were chosen."""
        return self.chosen == frozenset(option for option, right in self.item.key.items() if right)

    def view(self, language: str) -> dict[str, Any]:
        """What the template shows: texts always, right and wrong with their reasons only once it is answered."""
        texts = self.item.text_in(language)
        answered = self.chosen is not None
        options = [
            {
                "id": option,
                "text": text,
                "is_chosen": option in (self.chosen or ()),
                "is_right": self.item.key[option] if answered else None,
                "rationale": texts["rationales"][option] if answered else "",
            }
            for option, text in texts["options"].items()
        ]
        return {
            "code": self.item.code,
            "language": texts["language"],
            "stem": texts["stem"],
            "is_multiple": self.item.kind == "multiple",
            "options": options,
            "is_answered": answered,
            "is_right": answered and self.is_right,
            "feedback": texts["feedback"] if answered else "",
        }


def check_views(
    text: LessonText, enrolment: Enrolment | None, lesson: LessonInfo, language: str
) -> dict[str, dict[str, Any]]:
    """The checks of a lesson as one reader sees them, by code in order. What was answered is shown as it was asked."""
    chosen = _chosen(enrolment, lesson.check)
    asked = {version.item_key: version for version in bank.versions(chosen).values()}
    views = {}
    for item in (part.item for part in text.parts if part.item):
        version = asked.get(item.item_key, item)
        views[item.code] = CheckState(version, chosen.get(str(version.pk))).view(language)
    return views


def _chosen(enrolment: Enrolment | None, quiz: Quiz | None) -> dict[str, frozenset[str]]:
    """What the reader answered to the checks of a lesson: item version id -> chosen options."""
    if enrolment is None or quiz is None:
        return {}
    steps = (
        AttemptStep.objects.filter(
            attempt__quiz=quiz,
            attempt__scope=enrolment.public_id,
            verdict=AttemptStep.Verdict.ACCEPTED,
            kind=AttemptStep.Kind.ANSWER,
        )
        .order_by("attempt__number", "seq")
        .values_list("attempt__paper", "place", "value")
    )
    return {paper["items"][place]["version"]: frozenset(value) for paper, place, value in steps}
