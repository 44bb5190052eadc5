"""The text of a lesson, rendered once per language, change of content and day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from assessments import bank, kinds
from assessments.models import AttemptStep, ItemVersion, Quiz
from content.glossary import Entry, entries_in
from content.translation.work import source_of
from courses.catalogue import SOURCE_LANGUAGE, ActivityInfo, Catalogue, LessonInfo, activity_info
from courses.models import Enrolment, LessonPage


@dataclass(frozen=True)
class Part:
    """A stretch of the text, or the place of a check or an activity: exactly one is set."""

    html: SafeString | None = None
    item: ItemVersion | None = None
    activity: ActivityInfo | None = None


@dataclass(frozen=True)
class LessonText:
    """parts in order; objectives: the codes it works towards; terms: of the glossary, in the order in which it uses them."""

    parts: tuple[Part, ...]
    objectives: tuple[str, ...]
    terms: tuple[Entry, ...] = ()

    @property
    def activities(self) -> list[ActivityInfo]:
        """Its activities, in order."""
        return [part.activity for part in self.parts if part.activity]


def lesson_text(known: Catalogue, lesson: LessonInfo) -> LessonText:
    """The rendered text of a lesson."""
    if lesson.key not in known.bodies:
        page = LessonPage.objects.get(pk=lesson.page_id)
        text = render(page, *asked_in_source(page))
        known.bodies[lesson.key] = replace(text, terms=tuple(entries_in(source_words(page), known.language)))
    kept: LessonText = known.bodies[lesson.key]
    return kept


def source_words(page: LessonPage) -> str:
    """What the lesson says in its source language, in which the terms of the glossary are found as whole words."""
    source = LessonPage.objects.live().filter(
        translation_key=page.translation_key, locale__language_code=SOURCE_LANGUAGE
    )
    return "\n".join(text for one in source for text in one.body.stream_block.get_searchable_content(one.body))


def asked_in_source(page: LessonPage) -> tuple[list[str], list[ActivityInfo]]:
    """Checks and activities that the lesson's source text has and this translation lacks: they are needed to complete it."""
    source = source_of(page.translation_key)
    if source is None:
        return [], []
    pages = LessonPage.objects.live().filter(translation_key=page.translation_key, locale=source.locale)
    codes, blocks = set(page.check_codes()), {block.id for block in page.activities()}
    return (
        [code for one in pages for code in one.check_codes() if code not in codes],
        [
            activity_info(block, source.locale.language_code)
            for one in pages
            for block in one.activities()
            if block.id not in blocks
        ],
    )


def render(page: LessonPage, also: Sequence[str] = (), activities: Sequence[ActivityInfo] = ()) -> LessonText:
    """The text of a page as it stands, with the checks of `also` and more activities at its end; nothing in it depends on who reads."""
    items = bank.newest_versions([*page.check_codes(), *also])
    parts: list[Part] = []
    html: list[str] = []
    context = {"page": page, "language": page.locale.language_code}

    def text_so_far() -> None:
        if html:
            parts.append(Part(html=mark_safe("".join(html))))  # noqa: S308 (blocks render escaped)
            html.clear()

    for block in page.body:
        if block.block_type == "check":
            if item := items.get(block.value["item"]):
                text_so_far()
                parts.append(Part(item=item))
        elif block.block_type == "activity":
            if block.value["package"]:
                text_so_far()
                parts.append(Part(activity=activity_info(block, context["language"])))
        else:
            html.append(block.render(context))
    text_so_far()
    parts += [Part(item=items[code]) for code in also if code in items]
    parts += [Part(activity=one) for one in activities]
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
