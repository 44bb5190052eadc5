"""Translations that leave as a file and come back: what each returned line would do, before anything is stored."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from content.glossary import Term, terms_in
from content.translation import work
from content.translation.checking import Problem, Unit, check, clean
from content.translation.exchange import Returned
from content.translation.lines import Line
from content.translation.states import State
from people.models import Person

TITLE_LENGTH = 255
# empty: nothing was filled in; same: it is stored so already; gone: the source text was changed since; unknown: nothing here
Outcome = Literal["new", "changed", "same", "empty", "gone", "unknown", "refused", "unsure"]


@dataclass(frozen=True)
class Arrived:
    """One returned line. outcome: what storing the file would do with it; text: what would be stored."""

    line: int
    outcome: Outcome
    title: str
    place: str
    before: str
    text: str
    problems: tuple[Problem, ...] = ()


def unit_of(source: TranslationSource, line: Line, terms: Sequence[Term]) -> Unit:
    """A line as translators get it in a file, with what they should know."""
    notes = [line.place]
    if line.former:
        notes += [
            _("Before: %(text)s") % {"text": line.former[0]},
            _("Translated as: %(text)s") % {"text": line.former[1]},
        ]
    notes += [f"{term.source} = {' / '.join(term.targets)}" for term in terms_in(line.source, terms)]
    return Unit(key=f"{source.object_id}/{line.key}", source=line.source, target=line.target, note="\n".join(notes))


def units(found: Sequence[State], locale: Locale, terms: Sequence[Term], *, only_open: bool) -> list[Unit]:
    """The lines of several objects as units; only_open leaves out what is translated."""
    return [
        unit_of(state.source, line, terms)
        for state in found
        if not (only_open and state.is_complete)
        for line in work.lines_of(state.source, locale)
        if not (only_open and line.is_done)
    ]


def problems(line: Line, text: str, terms: Sequence[Term]) -> list[Problem]:
    """What is wrong or doubtful about a translation of a line."""
    unit = Unit(key=line.key, source=line.source, target=line.target, note="")
    return check(unit, text, terms=terms, limit=TITLE_LENGTH if line.path == "title" else None)


def arrivals(returned: Sequence[Returned], locale: Locale, terms: Sequence[Term]) -> list[Arrived]:
    """What each line of a file would do."""
    keys = {one.key: _object_key(one.key) for one in returned}
    sources = {
        source.object_id: source
        for source in TranslationSource.objects.filter(object_id__in={key for key in keys.values() if key}).exclude(locale=locale)
    }  # fmt: skip
    lines = {key: {line.key: line for line in work.lines_of(source, locale)} for key, source in sources.items()}
    found = []
    for one in returned:
        key = keys[one.key]
        source = sources.get(key) if key else None
        line = lines[source.object_id].get(one.key.rpartition("/")[2]) if source else None
        found.append(_arrived(one, source, line, terms))
    return found


def _object_key(key: str) -> UUID | None:
    try:
        return UUID(key.partition("/")[0])
    except ValueError:
        return None


def _arrived(one: Returned, source: Any, line: Line | None, terms: Sequence[Term]) -> Arrived:
    title = source.object_repr if source else ""
    if line is None:
        outcome: Outcome = "gone" if source else "unknown"
        return Arrived(one.line, outcome if one.target else "empty", title, "", "", one.target)
    if one.is_fuzzy:
        return Arrived(one.line, "unsure", title, line.place, line.target, "")
    if not one.target:
        return Arrived(one.line, "empty", title, line.place, line.target, "")
    if one.target == line.target:
        return Arrived(one.line, "same", title, line.place, line.target, one.target)
    text = clean(one.target)
    doubts = tuple(problems(line, one.target, terms))
    outcome = "refused" if any(p.is_fatal for p in doubts) else ("same" if text == line.target else "changed" if line.target else "new")  # fmt: skip
    return Arrived(one.line, outcome, title, line.place, line.target, text, doubts)


def store(returned: Sequence[Returned], locale: Locale, terms: Sequence[Term], *, by: Person) -> Counter[str]:
    """Store what can be stored. Returns how many lines had which outcome."""
    found = arrivals(returned, locale, terms)
    texts: dict[UUID, dict[str, str]] = {}
    for one, arrived in zip(returned, found, strict=True):
        if arrived.outcome in ("new", "changed"):
            texts.setdefault(UUID(one.key.partition("/")[0]), {})[one.key.rpartition("/")[2]] = arrived.text
    for source in TranslationSource.objects.filter(object_id__in=texts).exclude(locale=locale):
        work.save_texts(source, locale, texts[source.object_id], by=by, tool="file")
    return Counter(one.outcome for one in found)
