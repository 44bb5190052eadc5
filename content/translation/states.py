"""How far the objects are in a language: what is live, what is being worked on, who has to decide next."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from content.models import Fact, SourceText, TranslationPublication, TranslationReview
from content.translation.lines import Line, fingerprint, read_lines, texts_of

Step = TranslationReview.Step
# What readers see, as `live_as` says it, in words.
LIVE = {
    "none": _("Not published"),
    "draft": _("Published as a draft"),
    "reviewed": _("Published, reviewed"),
    "stale": _("Published, source changed since"),
}


@dataclass(frozen=True)
class Decision:
    """One decision on the present text."""

    step: str
    verdict: str
    note: str
    by: Any
    at: Any


@dataclass(frozen=True)
class Live:
    """What readers see now."""

    source_sha256: str
    texts_sha256: str
    is_reviewed: bool
    at: Any


@dataclass(frozen=True)
class State:
    """One object in one language. decisions: on exactly the present text, oldest first."""

    source: TranslationSource
    title: str
    kind: str
    lines: list[Line]
    required: tuple[str, ...]
    decisions: tuple[Decision, ...]
    live: Live | None
    source_sha256: str

    @property
    def total(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    @property
    def done(self) -> int:
        """How many of them have a usable translation."""
        return sum(line.is_done for line in self.lines)

    @property
    def is_complete(self) -> bool:
        """Whether every line has a usable translation."""
        return self.done == self.total

    @property
    def sha256(self) -> str:
        """The fingerprint of the present text: what decisions are about."""
        return fingerprint(texts_of(self.lines))

    @property
    def is_stale(self) -> bool:
        """Whether the source says something else than what the live translation translates."""
        return bool(self.live) and self.live.source_sha256 != self.source_sha256  # type: ignore[union-attr]

    @property
    def is_current(self) -> bool:
        """Whether the present text is what readers see."""
        return bool(self.live) and not self.is_stale and self.live.texts_sha256 == self.sha256  # type: ignore[union-attr]

    @property
    def returned(self) -> Decision | None:
        """The decision that sent the present text back, if that was the last one."""
        return self.decisions[-1] if self.decisions and self.decisions[-1].verdict == "returned" else None

    @property
    def approved(self) -> list[Decision]:
        """The steps that the present text passed, since it was last sent back."""
        passed: list[Decision] = []
        for decision in self.decisions:
            passed = [] if decision.verdict == "returned" else [*passed, decision]
        return passed

    @property
    def waits_for(self) -> str:
        """The step that comes next; "" where all are passed or the text is not complete."""
        if not self.is_complete or (self.is_current and self.live and self.live.is_reviewed):
            return ""
        passed = {decision.step for decision in self.approved}
        return next((step for step in self.required if step not in passed), "")

    @property
    def stage(self) -> str:
        """One word for lists: none, open, translator, subject, legal, returned or done."""
        if not self.is_complete:
            return "open" if self.done else "none"
        return "returned" if self.returned else self.waits_for or "done"

    @property
    def live_as(self) -> str:
        """One word for what readers see: see `live_as`."""
        return live_as(self.live, self.source_sha256)


def live_as(live: Live | None, source_sha256: str) -> str:
    """One word for what readers see: none (the source's language), stale, draft or reviewed."""
    if live is None:
        return "none"
    if live.source_sha256 != source_sha256:
        return "stale"
    return "reviewed" if live.is_reviewed else "draft"


def required_steps(instance: Any, law: Collection[str]) -> tuple[str, ...]:
    """The decisions that a translation needs before it goes live: the translator's own, a subject reviewer's, and a
    lawyer's where the object states law.

    law: codes of the facts about law. A model that can state law has a method `states_law(law)`.
    """
    asks = getattr(instance, "states_law", None)
    return (Step.TRANSLATOR, Step.SUBJECT, *((Step.LEGAL,) if asks and asks(law) else ()))


def states(sources: Collection[TranslationSource], locale: Locale) -> list[State]:
    """The states of several objects in a language, in the order given. The number of queries depends only on the kinds."""
    keys = [source.object_id for source in sources]
    lines = read_lines(sources, locale)
    shas, live = read_live(keys, locale)
    decisions: dict[tuple[UUID, str], list[Decision]] = defaultdict(list)
    for review in (
        TranslationReview.objects.filter(locale=locale, translation_key__in=keys)
        .select_related("reviewed_by")
        .order_by("pk")
    ):
        decisions[review.translation_key, review.texts_sha256].append(
            Decision(review.step, review.verdict, review.note, review.reviewed_by, review.reviewed_at)
        )
    instances = _instances(sources)
    law = frozenset(Fact.objects.filter(flags__contains="L").values_list("code", flat=True))
    found = []
    for source in sources:
        if (instance := instances.get(source.pk)) is None:  # deleted since
            continue
        own = lines[source.pk]
        found.append(
            State(
                source=source,
                title=title(instance),
                kind=str(instance._meta.verbose_name),
                lines=own,
                required=required_steps(instance, law),
                decisions=tuple(decisions[source.object_id, fingerprint(texts_of(own))]),
                live=live.get(source.object_id),
                source_sha256=shas.get(source.object_id, ""),
            )
        )
    return found


def read_live(keys: Collection[UUID], locale: Locale) -> tuple[dict[UUID, str], dict[UUID, Live]]:
    """By translation key: the fingerprints of what the sources say now, and what is live in a language. Two queries."""
    shas = dict(SourceText.objects.filter(pk__in=keys).values_list("translation_key", "sha256"))
    live = {
        row[0]: Live(*row[1:])
        for row in TranslationPublication.objects.filter(locale=locale, translation_key__in=keys)
        .order_by("pk")
        .values_list("translation_key", "source_sha256", "texts_sha256", "is_reviewed", "published_at")
    }
    return shas, live


def title(instance: Any) -> str:
    """An object in one line: its code and what it is called."""
    code = getattr(instance, "code", "")
    name = str(instance)
    return name if not code or name.startswith(code) else f"{code} {name}"


def _instances(sources: Collection[TranslationSource]) -> dict[int, Any]:
    """The source objects, one query a kind."""
    by_kind: dict[int, list[TranslationSource]] = defaultdict(list)
    for source in sources:
        by_kind[source.specific_content_type_id].append(source)
    found: dict[int, Any] = {}
    for kind, of_kind in by_kind.items():
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        rows = {
            (row.translation_key, row.locale_id): row
            for row in model.objects.filter(translation_key__in=[source.object_id for source in of_kind])
        }
        wanted = {source.pk: (source.object_id, source.locale_id) for source in of_kind}
        found |= {pk: rows[key] for pk, key in wanted.items() if key in rows}
    return found


def state(source: TranslationSource, locale: Locale) -> State:
    """The state of one object in a language."""
    return states([source], locale)[0]


def sources_for(locale: Locale) -> list[TranslationSource]:
    """Everything that can be translated into a language: pages in tree order, then the rest by kind and code."""
    paths = dict(Page.objects.values_list("translation_key", "path"))
    rows = list(
        TranslationSource.objects.exclude(locale=locale)
        .select_related("specific_content_type", "locale")
        .defer("content_json")
    )
    live = [source for source in rows if source.object_id in paths or not _is_page(source)]
    return sorted(
        live,
        key=lambda s: (not _is_page(s), paths.get(s.object_id, ""), s.specific_content_type_id, s.object_repr),
    )


def _is_page(source: TranslationSource) -> bool:
    return issubclass(source.specific_content_type.model_class(), Page)
