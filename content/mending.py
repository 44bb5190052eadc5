"""Texts that were stored before the doors cleaned them: found everywhere, and mended where that is allowed.

The walk knows no model by name: what a person writes is in the fields of `core.fields`, in the blocks of stream fields
and in the translations of wagtail-localize. Rows that are facts are reported and stay as they are.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, NamedTuple

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, RevisionMixin
from wagtail_localize.models import StringTranslation

from core import append_only
from core.fields import clean_texts, shape_of
from core.forms import CleanCharField
from core.text import Shape, finding, stored

Change = Callable[[str, Shape, str], str]  # where a text stands, its shape, what it says -> what it is to say


class Text(NamedTuple):
    """A text of one record. `is_fixed`: it may not be mended."""

    where: str
    shape: Shape
    said: str
    is_fixed: bool = False


@dataclass(frozen=True)
class Fault:
    """A stored text that is not as it would be stored today. `mended`: it is now."""

    place: str
    code: Literal["zawgyi", "mixed", "tidied"]
    before: str
    after: str
    mended: bool


@dataclass
class Report:
    """What a walk read and found."""

    read: int = 0
    faults: list[Fault] = field(default_factory=list)

    def line(self) -> str:
        """The counts in one line."""
        found = Counter(fault.code for fault in self.faults)
        mended = sum(fault.mended for fault in self.faults)
        return (
            f"{self.read} texts read: {found['zawgyi']} in Zawgyi, {found['mixed']} mixed, {found['tidied']} not "
            f"canonical; {mended} mended, {len(self.faults) - mended} left"
        )


def mend(*, apply: bool) -> Report:
    """Walk every stored text; with `apply` mend what is Zawgyi or not canonical. May run again and again.

    A page or item gets a new revision, which goes live only where the live text had no unpublished changes. A mixed
    text waits for a person. A record whose own rules refuse the mended text is left, and the walk goes on.
    """
    report = Report()
    facts = append_only.tables(connection)
    for translation in StringTranslation.objects.filter(locale__language_code="my").iterator():
        _look(report, translation, [Text("data", "html", translation.data)], translation.save if apply else None)
    for model in apps.get_models():
        if model._meta.proxy or not model._meta.managed or model is Page:
            continue
        if model._meta.db_table in facts:
            for row in model._default_manager.iterator():
                _look(report, row, [*_of_fields(row), *_of_json(row)], None)
        elif issubclass(model, RevisionMixin):
            for row in _originals(model):
                _look(report, row, _of_live_and_draft(row), partial(_mend_revision, row) if apply else None)
        elif any(map(shape_of, model._meta.concrete_fields)):
            for row in model._default_manager.iterator():
                _look(report, row, _of_fields(row), partial(_mend_row, row) if apply else None)
    return report


def _look(report: Report, row: models.Model, texts: Iterable[Text], act: Callable[[], Any] | None) -> None:
    """Note the faults of one record, and mend it by `act` if there is anything to mend."""
    found: list[tuple[Text, Any, str]] = []
    for text in texts:
        report.read += 1
        code, after = finding(text.said, text.shape), stored(text.said, text.shape)
        if code == "mixed" or after != text.said:
            found.append((text, code if code in ("zawgyi", "mixed") else "tidied", after))
    has_mended = False
    if act and any(code != "mixed" and not text.is_fixed for text, code, _after in found):
        try:
            with transaction.atomic():
                act()
            has_mended = True
        except (ValidationError, DatabaseError):
            pass
    report.faults += [
        Fault(
            f"{row._meta.label} {row.pk} {text.where}",
            code,
            text.said,
            after,
            mended=has_mended and code != "mixed" and not text.is_fixed,
        )
        for text, code, after in found
    ]


# --- What a record says ------------------------------------------------------------------------------------------------


def _of_fields(row: models.Model) -> Iterator[Text]:
    for one in row._meta.concrete_fields:
        shape, said = shape_of(one), getattr(row, one.attname)
        if shape and isinstance(said, str):
            yield Text(one.name, shape, said)


def _of_json(row: models.Model) -> Iterator[Text]:
    """The texts inside the JSON of a fact."""

    def inside(where: str, value: Any) -> Iterator[Text]:
        match value:
            case str():
                yield Text(where, "lines", value)
            case dict():
                for key, one in value.items():
                    yield from inside(f"{where}.{key}", one)
            case list():
                for place, one in enumerate(value):
                    yield from inside(f"{where}.{place}", one)

    for one in row._meta.concrete_fields:
        if isinstance(one, models.JSONField):
            yield from inside(one.name, getattr(row, one.attname))


def _of_live_and_draft(row: Any) -> Iterator[Text]:
    """The text that readers have; if another waits to be published, that one, and what readers have besides."""
    live = _of_content({one.name: one.value_to_string(row) for one in row._meta.concrete_fields}, row)
    if _is_live_as_written(row) or row.latest_revision is None:
        yield from live
        return
    draft = _of_content(row.latest_revision.content, row)
    yield from draft
    if row.live:
        for text in sorted(set(live) - set(draft)):
            yield text._replace(where=f"{text.where} (live)", is_fixed=True)


def _is_live_as_written(row: Any) -> bool:
    return bool(row.live and not row.has_unpublished_changes)


def _of_content(content: dict[str, Any], row: Any) -> list[Text]:
    """The texts of a record as a revision keeps it: field -> value, streams as JSON."""
    found: list[Text] = []

    def note(where: str, shape: Shape, said: str) -> str:
        found.append(Text(where, shape, said))
        return said

    for one in row._meta.concrete_fields:
        said, shape = content.get(one.name), shape_of(one)
        if isinstance(one, StreamField):
            _in_block(one.stream_block, json.loads(said or "[]"), one.name, note)
        elif shape and isinstance(said, str):
            note(one.name, shape, said)
    return found


def _in_block(block: Any, value: Any, where: str, change: Change) -> Any:
    """The raw value of a block with each of its texts changed."""
    match block:
        case blocks.StreamBlock():
            return [
                one | {"value": _in_block(block.child_blocks[one["type"]], one["value"], f"{where}.{place}", change)}
                for place, one in enumerate(value)
                if one["type"] in block.child_blocks
            ]
        case blocks.ListBlock():
            return [
                one | {"value": _in_block(block.child_block, one["value"], f"{where}.{place}", change)}
                if isinstance(one, dict) and "value" in one
                else _in_block(block.child_block, one, f"{where}.{place}", change)
                for place, one in enumerate(value)
            ]
        case blocks.StructBlock():
            return value | {
                name: _in_block(block.child_blocks[name], one, f"{where}.{name}", change)
                for name, one in value.items()
                if name in block.child_blocks
            }
        case blocks.FieldBlock() if isinstance(value, str) and isinstance(block.field, CleanCharField):
            return change(where, block.field.shape, value)
        case _:
            return value


# --- Mending it --------------------------------------------------------------------------------------------------------


def _originals(model: Any) -> Iterator[Any]:
    """Rows that have revisions of their own; an alias of a page follows the page."""
    rows = model._default_manager.select_related("latest_revision")
    yield from rows.filter(alias_of=None).iterator() if issubclass(model, Page) else rows.iterator()


def _mend_row(row: models.Model) -> None:
    clean_texts(row)
    row.save()


def _mend_revision(row: Any) -> None:
    """A new revision of the newest text, live if there was nothing unpublished before."""
    goes_live = _is_live_as_written(row)
    draft = row if goes_live else row.get_latest_revision_as_object()
    clean_texts(draft)
    for one in draft._meta.concrete_fields:
        if isinstance(one, StreamField):
            raw = json.loads(one.value_to_string(draft))
            clean = _in_block(one.stream_block, raw, one.name, lambda _where, shape, said: stored(said, shape))
            setattr(draft, one.name, one.stream_block.to_python(clean))
    revision = draft.save_revision()
    if goes_live:
        revision.publish()
