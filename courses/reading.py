"""The text of a lesson, rendered once per language and change of content."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from assessments import bank, kinds
from assessments.models import AttemptStep, ItemVersion, Quiz
from content.translation.work import source_of
from courses.catalogue import Catalogue, LessonInfo
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
    source = source_of(page.translation_key)
    pages = (
        LessonPage.objects.live().filter(translation_key=page.translation_key, locale=source.locale) if source else []
    )
    have = set(page.check_codes())
    return [code for one in pages for code in one.check_codes() if code not in have]


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
    """An item as a reader sees it: response is None before anything was answered; `item` is the version that was asked."""

    item: ItemVersion
    response: tuple[str, ...] | None

    @property
    def is_right(self) -> bool:
        """Whether the answer earns all there is to earn."""
        return kinds.score(self.item.kind, self.item.key, self.response or ()) == 1

    def view(self, language: str) -> dict[str, Any]:
        """What the template shows: texts always, right and wrong with their reasons only once it is answered."""
        texts = self.item.text_in(language)
        answered = kinds.is_whole(self.item.kind, self.item.key, self.response or ())
        kind = kinds.KINDS[self.item.kind]
        show = kind.judged if answered else kind.question
        given = self.response or ()
        return {
            "code": self.item.code,
            "stem_id": f"stem-{self.item.code}",
            "language": texts["language"],
            "stem": texts["stem"],
            "template": kind.judged_template if answered else kind.template,
            "certainty": kinds.certainty(given) if self.item.asks_certainty else None,
            "is_answered": answered,
            "is_right": answered and self.is_right,
            "feedback": texts["feedback"] if answered else "",
            **show(self.item.key, texts, kind.order(self.item.key, None), kinds.answer(given)),
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


def _chosen(enrolment: Enrolment | None, quiz: Quiz | None) -> dict[str, tuple[str, ...]]:
    """What the reader answered to the checks of a lesson: item version id -> response."""
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
    return {paper["items"][place]["version"]: tuple(value) for paper, place, value in steps}
