"""How far the curriculum is translated, by course, module and kind of text."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from content.models import Competency, Fact, GlossaryTerm, Rubric
from content.translation.states import LIVE, sources_for
from content.translation.tallies import Tally, tallies
from courses.catalogue import SOURCE_LANGUAGE
from courses.coverage.reading import Coverage, module_of_objective

PARTS: Final = {
    "headings": _("Titles, summaries and objectives"),
    "points": _("Key points"),
    "text": _("Text of lessons"),
    "items": _("Items"),
    "guide": _("Facilitator guides"),
    "card": _("Pocket cards"),
    "other": _("Facts, terms, rubrics and competencies"),
}
OTHERS: Final[dict[str, Any]] = {"fact": Fact, "glossaryterm": GlossaryTerm, "rubric": Rubric, "competency": Competency}


@dataclass
class Progress:
    """Texts in one language. parts: by kind of text how many there are and how many are translated; live: objects by what readers
    see of them (`content.translation.states.live_as`)."""

    totals: Counter[str] = field(default_factory=Counter)
    dones: Counter[str] = field(default_factory=Counter)
    live: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many texts there are."""
        return self.totals.total()

    @property
    def done(self) -> int:
        """How many of them are translated."""
        return self.dones.total()

    @property
    def percent(self) -> int:
        """The share that is translated, rounded down: a hundred is whole."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def parts(self) -> list[tuple[Any, int, int]]:
        """Kinds of text that there are: in words, how many are translated, how many there are."""
        return [(label, self.dones[name], self.totals[name]) for name, label in PARTS.items() if self.totals[name]]

    @property
    def states(self) -> list[tuple[Any, int]]:
        """What readers see, in words, with how many objects."""
        return [(label, self.live[name]) for name, label in LIVE.items() if self.live[name]]

    def add(self, tally: Tally, parts: Mapping[str, int], dones: Mapping[str, int]) -> None:
        """Count one object."""
        self.totals.update(parts)
        self.dones.update(dones)
        self.live[tally.live_as] += 1


@dataclass
class LanguageProgress:
    """One language. by_course, by_module: by code; a course holds its modules. other: what belongs to no course."""

    locale: Locale
    by_course: dict[str, Progress]
    by_module: dict[str, Progress]
    other: Progress
    whole: Progress


def languages() -> list[Locale]:
    """The languages that the curriculum is translated into."""
    return list(Locale.objects.exclude(language_code=SOURCE_LANGUAGE).order_by("language_code"))


def progress(found: Coverage, locale: Locale) -> LanguageProgress:
    """How far a language is. Ten queries."""
    places = _places(found)
    others = {key for model in OTHERS.values() for key in model.objects.values_list("translation_key", flat=True)}
    points = {str(block.id) for page in found.pages.values() for block in page.body if block.block_type == "key_point"}
    told = LanguageProgress(locale, defaultdict(Progress), defaultdict(Progress), Progress(), Progress())
    for tally in tallies(sources_for(locale), locale):
        parts: Counter[str] = Counter()
        dones: Counter[str] = Counter()
        for path, is_done in tally.lines:
            part = _part(tally.kind, path, points)
            parts[part] += 1
            dones[part] += is_done
        if tally.key in places:
            course, module = places[tally.key]
            held = [told.by_course[course], *([told.by_module[module]] if module else []), told.whole]
        elif tally.key in others:
            held = [told.other, told.whole]
        else:  # the first page, a page of the site, or something that was deleted
            continue
        for one in held:
            one.add(tally, parts, dones)
    return told


def _places(found: Coverage) -> dict[UUID, tuple[str, str]]:
    """Course and module of everything that belongs to a course, by translation key; the course itself is in no module."""
    places: dict[UUID, tuple[str, str]] = {}
    for course in found.known.courses:
        places[course.key] = (course.code, "")
        for module in course.modules:
            here = (course.code, module.code)
            keys = [module.key, *(lesson.key for lesson in module.lessons)]
            keys += [kept[module.code].key for kept in (found.guides, found.cards) if module.code in kept]
            places |= dict.fromkeys(keys, here)
    course_of = {module.code: cover.course.code for cover in found.courses for module in cover.course.modules}
    of = module_of_objective(found.courses)
    for item in found.around.items:
        if asks := of.get(item.objective):
            places[item.key] = (course_of[asks.code], asks.code)
    return places


def _part(kind: str, path: str, points: set[str]) -> str:
    """The kind of a text."""
    if kind == "item":
        return "items"
    if kind in ("facilitatorguide", "pocketcard"):
        return "guide" if kind == "facilitatorguide" else "card"
    if kind in OTHERS:
        return "other"
    name, *rest = path.split(".")
    if name != "body":
        return "headings"
    return "points" if rest and rest[0] in points else "text"
