"""The sentences of an object with their translations, as a translator meets them.

A line is one string of wagtail-localize: a plain text, or a paragraph of rich text as inline HTML without attributes.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

Texts = Sequence[tuple[str, str, str]]  # (path, source, target)
Change = tuple[Literal["same", "new", "gone"], str]
ALIKE = 0.4  # share of words that two sentences have in common to count as one that was changed


@dataclass(frozen=True)
class Line:
    """One sentence or paragraph. target is "" while it is not translated.

    key names it in forms and files, for as long as place and source text stay. former: source and translation that went
    live last at this place, where they were others. error: why a stored translation cannot be used.
    """

    key: str
    path: str
    place: str
    source: str
    target: str
    former: tuple[str, str] | None = None
    error: str = ""
    tool: str = ""
    translated_by: int | None = None
    string_id: int = 0
    context_id: int = 0

    @property
    def is_done(self) -> bool:
        """Whether it has a usable translation."""
        return bool(self.target) and not self.error

    @property
    def changes(self) -> list[Change]:
        """What changed in the source since the translation that is live: words that stayed, came and went."""
        return word_changes(self.former[0], self.source) if self.former else []


def read_lines(sources: Collection[TranslationSource], locale: Locale) -> dict[int, list[Line]]:
    """The lines of several objects in order, by id of the source: without places and former texts. Two queries."""
    ids = [source.pk for source in sources]
    segments = StringSegment.objects.filter(source__in=ids).order_by("source_id", "order")
    rows = list(segments.values_list("source_id", "string_id", "context_id", "context__path", "context__path_id",
                                     "string__data", "string__data_hash"))  # fmt: skip
    wanted = {row[1] for row in rows}
    known = {}
    # Of all languages: SQLite, asked for one, would look through everything that was ever translated into it.
    for translation in StringTranslation.objects.filter(
        context__object_id__in=[source.object_id for source in sources]
    ):
        if translation.locale_id == locale.pk and translation.translation_of_id in wanted:
            known[translation.translation_of_id, translation.context_id] = translation
    found: dict[int, list[Line]] = {one: [] for one in ids}
    seen: set[tuple[int, int]] = set()
    for source_id, string_id, context_id, path, path_id, text, text_id in rows:
        if (string_id, context_id) in seen:  # said twice at one place: translated once
            continue
        seen.add((string_id, context_id))
        have = known.get((string_id, context_id))
        found[source_id].append(
            Line(
                key=f"{path_id.hex[:12]}{text_id.hex[:12]}",
                path=path,
                place=path,
                source=text,
                target=have.data if have else "",
                error=(have.field_error or _("The markup is broken.")) if have and have.has_error else "",
                tool=have.tool_name if have else "",
                translated_by=have.last_translated_by_id if have else None,
                string_id=string_id,
                context_id=context_id,
            )
        )
    return found


def described(lines: Sequence[Line], source: TranslationSource, former: Texts) -> list[Line]:
    """The lines with their places in words and with what stood there in the publication whose texts are `former`."""
    instance = source.as_instance()
    places = _places(instance)
    current = {(line.path, line.source) for line in lines}
    gone: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, text, translation in former:
        if (path, text) not in current:
            gone[path].append((text, translation))
    kept = {(path, text) for path, text, _translation in former}
    told = []
    for line in lines:
        before = None
        if (line.path, line.source) not in kept:
            before = max(gone[line.path], key=lambda pair: likeness(pair[0], line.source), default=None)
            if before and len(gone[line.path]) > 1 and likeness(before[0], line.source) < ALIKE:
                before = None
        told.append(replace(line, place=_place(places, instance, line.path), former=before))
    return told


def texts_of(lines: Iterable[Line]) -> list[tuple[str, str, str]]:
    """What the lines say."""
    return [(line.path, line.source, line.target) for line in lines]


def fingerprint(rows: Iterable[tuple[str, ...]]) -> str:
    """SHA-256 of texts, whatever their order."""
    return hashlib.sha256(json.dumps(sorted(set(rows)), ensure_ascii=False).encode()).hexdigest()


def source_fingerprint(lines: Iterable[Line]) -> str:
    """The fingerprint of what the source says."""
    return fingerprint((line.path, line.source) for line in lines)


def likeness(one: str, other: str) -> float:
    """How alike two sentences are, word by word, in [0, 1] (Ratcliff and Obershelp, as in difflib)."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def word_changes(before: str, after: str) -> list[Change]:
    """The words of both sentences in order: those in both, those only in `after` ("new") and only in `before` ("gone").

    Joining the words that are not "gone" gives `after`; those not "new", `before` (with single spaces).
    """
    old, new = before.split(), after.split()
    changes: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(("same", " ".join(new[c:d])))
            continue
        if b > a:
            changes.append(("gone", " ".join(old[a:b])))
        if d > c:
            changes.append(("new", " ".join(new[c:d])))
    return changes


def _places(instance: Any) -> dict[str, tuple[int, Any]]:
    """Block id -> its number in its field and its definition."""
    found: dict[str, tuple[int, Any]] = {}
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            for number, child in enumerate(field.value_from_object(instance), start=1):
                found[str(child.id)] = (number, child.block)
    return found


def _place(places: dict[str, tuple[int, Any]], instance: Any, path: str) -> str:
    """A path in words: “Title”, “Text 3”, “Key point 5: Rule”."""
    name, *rest = path.split(".")
    field = instance._meta.get_field(name)
    if not rest or rest[0] not in places:
        return str(field.verbose_name).capitalize()
    number, block = places[rest[0]]
    inner = _inner(block, rest[1:])
    if inner:
        return _("%(block)s %(number)s: %(part)s") % {"block": block.label, "number": number, "part": inner}
    return _("%(block)s %(number)s") % {"block": block.label, "number": number}


def _inner(block: Any, rest: list[str]) -> str | Promise:
    """The label of the part of a block that a path leads to."""
    if rest and isinstance(block, blocks.StructBlock) and rest[0] in block.child_blocks:
        label: str = block.child_blocks[rest[0]].label
        return label
    return ""
