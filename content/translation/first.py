"""New records with their first translation, many at once.

Saving, publishing and translating one record after another asks the database some hundred and fifty times for each. Of
what nobody has seen yet nothing has to be looked up: the same rows (a test compares them) are stored together.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Locale, ModelLogEntry, Page, PageLogEntry, Revision
from wagtail.models.copying import _copy as copy_of
from wagtail.signals import page_published
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import (
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationLog,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from content import errors
from content.models import ContentVersion, SourceText, TranslationPublication
from content.translation.lines import Line, fingerprint, read_lines, source_fingerprint, texts_of
from content.translation.segments import store_segments
from content.translation.texts import new_text
from core.db import store_rows
from core.models import Sorted


@dataclass
class Brought:
    """A record that was stored. original: the row once more, of which the translation is made; segments: what wagtail-localize
    finds in it; said: its strings; texts: their translations by line; translation: None where one is missing."""

    row: Any
    original: Any
    source: TranslationSource
    segments: list[Any]
    said: list[Line]
    texts: dict[str, str]
    translation: Any = None

    @property
    def is_whole(self) -> bool:
        """Whether every string has a translation."""
        return len(self.texts) == len(self.said)


@transaction.atomic
def bring_in(
    rows: Sequence[Any], locale: Locale, texts: Sequence[Mapping[str, str]], *, at: datetime, tool: str
) -> list[Brought]:
    """Store new rows of one model and language, live, and of those that are translated whole the other language, too.

    texts: for each row its translations, string as wagtail-localize knows it -> inline HTML. Not for pages, nor for models
    with children. Signals are not sent. Raises ValidationError, or NotComplete where a translation's markup is broken.
    """
    _store(rows, at)
    brought = _note(rows, locale, texts, at)
    translated = [one for one in brought if one.is_whole]
    strings = [string for one in translated for string in _translate(one, locale, tool)]
    _store([one.translation for one in translated], at)
    _record(translated, strings, locale, at)
    return brought


@transaction.atomic
def bring_in_page(
    page: Page, put: Callable[[Page], None], locale: Locale, texts: Mapping[str, str], *, at: datetime, tool: str
) -> Brought:
    """The same for a page, with its signals. put: gives it its place in the tree. Where its parent is not translated, it is
    not either."""
    # Blocks that were read are written in another order than those that were not: whoever reads them later changes nothing.
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            list(field.value_from_object(page))
    put(_begun(page, at))
    _go_live(page, at)
    (brought,) = _note([page], locale, [texts], at)
    _send(page)
    shelf = page.get_parent(update=True).get_translation_or_none(locale)
    if brought.is_whole and shelf:
        strings = _translate(brought, locale, tool)
        shelf.add_child(instance=_begun(brought.translation, at))
        _go_live(brought.translation, at)
        _record([brought], strings, locale, at)
        _send(brought.translation)
    return brought


def _begun(row: Any, at: datetime) -> Any:
    """A row that is live from the beginning."""
    row.live, row.has_unpublished_changes = True, False
    row.first_published_at = row.last_published_at = at
    return row


def _go_live(page: Page, at: datetime) -> None:
    """A stored page gets its first revision, published."""
    revision = _revision(page, at)
    revision.save()
    now = {
        "latest_revision": revision,
        "live_revision": revision,
        "latest_revision_created_at": at,
        "draft_title": page.title,
    }
    for name, value in now.items():
        setattr(page, name, value)
    Page.objects.filter(pk=page.pk).update(**now)
    PageLogEntry(page=page, content_type=page.get_content_type(), **_entry(page, at)).save_base()


def _send(page: Page) -> None:
    page_published.send(sender=type(page), instance=page, revision=page.live_revision, is_noted=True)


def _store(rows: Sequence[Any], at: datetime) -> None:
    """The rows themselves, live and with a revision where the model has drafts."""
    if not rows:
        return
    model = type(rows[0])
    links = {field.name for field in model._meta.fields if field.is_relation}
    for row in rows:
        if isinstance(row, DraftStateMixin):
            _begun(row, at)
        row.full_clean(exclude=links, validate_unique=False, validate_constraints=False)  # which the database asks
        if isinstance(row, Sorted):
            row.sort()
    model._default_manager.bulk_create(rows)
    if issubclass(model, DraftStateMixin):
        _revise(rows, at)


def _revise(rows: Sequence[Any], at: datetime) -> None:
    """Their first revisions, published."""
    kind = rows[0].get_base_content_type()
    revisions = Revision.objects.bulk_create(_revision(row, at) for row in rows)
    for row, revision in zip(rows, revisions, strict=True):
        row.latest_revision = row.live_revision = revision
    own = Revision.objects.filter(base_content_type=kind, object_id=Cast(OuterRef("pk"), CharField()))
    type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).update(
        latest_revision=Subquery(own.values("pk")), live_revision=Subquery(own.values("pk"))
    )
    store_rows(ModelLogEntry(content_type=kind, object_id=str(row.pk), **_entry(row, at)) for row in rows)


def _revision(row: Any, at: datetime) -> Revision:
    return Revision(
        content_object=row,
        base_content_type=row.get_base_content_type(),
        created_at=at,
        object_str=str(row),
        content=row.serializable_data(),
    )


def _entry(row: Any, at: datetime) -> dict[str, Any]:
    """What the log says of a row that went live."""
    return {
        "label": str(row),
        "action": "wagtail.publish",
        "timestamp": at,
        "content_changed": True,
        "revision": row.live_revision,
    }


def _note(rows: Sequence[Any], locale: Locale, texts: Sequence[Mapping[str, str]], at: datetime) -> list[Brought]:
    """What stored rows say, to be translated, as `work.source_published` notes it."""
    sources = _sources(rows, at)
    fresh = type(rows[0])._default_manager.select_related("locale").in_bulk([row.pk for row in rows])
    segments = store_segments({source: fresh[row.pk] for row, source in zip(rows, sources, strict=True)})
    lines = read_lines(sources, locale)
    store_rows(
        SourceText(translation_key=source.object_id, sha256=source_fingerprint(lines[source.pk]), changed_at=at)
        for source in sources
    )
    ContentVersion.advance()
    found = []
    for row, source, known in zip(rows, sources, texts, strict=True):
        said = lines[source.pk]
        translated = {line.key: text for line in said if (text := known.get(line.source))}
        found.append(Brought(row, fresh[row.pk], source, segments[source], said, translated))
    return found


def _sources(rows: Sequence[Any], at: datetime) -> list[TranslationSource]:
    """`TranslationSource.update_or_create_from_instance`, without segments."""
    model = type(rows[0])
    kind = ContentType.objects.get_for_model(model)
    base = ContentType.objects.get_for_model(model.get_translation_model())
    store_rows(TranslatableObject(translation_key=row.translation_key, content_type=base) for row in rows)
    version = get_schema_version(model._meta.app_label)
    sources: list[TranslationSource] = TranslationSource.objects.bulk_create(
        TranslationSource(
            object_id=row.translation_key,
            specific_content_type=kind,
            locale=row.locale,
            object_repr=str(row)[:200],
            content_json=_json(row),
            schema_version=version,
            last_updated_at=at,
        )
        for row in rows
    )
    return sources


def _json(row: Any) -> str:
    if isinstance(row, ClusterableModel):
        return str(row.to_json())
    return json.dumps(get_serializable_data_for_fields(row), cls=DjangoJSONEncoder)


def _translate(one: Brought, locale: Locale, tool: str) -> list[StringTranslation]:
    """Make its translation, which is to be stored. Returns those of its strings, which are to be stored, too."""
    strings = [new_text(line, one.texts[line.key], locale, tool=tool) for line in one.said]
    if any(string.has_error for string in strings):
        raise errors.NotComplete
    one.said = [replace(line, target=string.data) for line, string in zip(one.said, strings, strict=True)]
    spoken = {line.source: line.target for line in one.said}
    segments = [
        StringSegmentValue(part.path, StringValue(spoken[part.string.data]), attrs=part.attrs).with_order(part.order)
        if isinstance(part, StringSegmentValue)
        else part
        for part in one.segments
    ]
    original = one.original
    row, _children = copy_of(original, exclude_fields=getattr(original, "default_exclude_fields_in_copy", []))
    row.locale = locale
    copy_synchronised_fields(original, row)
    # Uses the original up: wagtail-localize writes into its blocks.
    ingest_segments(original, row, original.locale, locale, segments)
    one.translation = row
    return strings


def _record(brought: Sequence[Brought], strings: Sequence[StringTranslation], locale: Locale, at: datetime) -> None:
    """The translations, and that they went live, not reviewed."""
    store_rows(strings)
    store_rows(Translation(source=one.source, target_locale=locale) for one in brought)
    store_rows(
        TranslationLog(source=one.source, locale=locale, revision=getattr(one.translation, "live_revision", None))
        for one in brought
    )
    store_rows(
        TranslationPublication(
            translation_key=one.source.object_id,
            locale=locale,
            source_sha256=source_fingerprint(one.said),
            texts=texts_of(one.said),
            texts_sha256=fingerprint(texts_of(one.said)),
            is_reviewed=False,
            published_at=at,
        )
        for one in brought
    )
    ContentVersion.advance()
