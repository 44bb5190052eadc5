"""The sentences of a source in few queries.

wagtail-localize asks the database a dozen times for each sentence, which makes loading a curriculum of a hundred lessons take minutes.
This stores the same rows (a test compares them), all sentences of a source at once.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

OTHERS: dict[type, Any] = {
    TemplateSegmentValue: TemplateSegment,
    RelatedObjectSegmentValue: RelatedObjectSegment,
    OverridableSegmentValue: OverridableSegment,
}


@transaction.atomic
def refresh_segments(source: TranslationSource) -> None:
    """What `TranslationSource.refresh_segments` does: the segments are those of the source as it is now."""
    instance = source.as_instance()
    strings: list[StringSegmentValue] = []
    seen: dict[Any, list[int]] = defaultdict(list)
    for value in extract_segments(instance):
        model = OTHERS.get(type(value))
        if model is None:
            strings.append(value)
            continue
        segment = model.from_value(source, value)
        segment.context.get_field_path(instance)
        seen[model].append(segment.pk)
    seen[StringSegment] = _stored(source, instance, strings)
    for model in (StringSegment, *OTHERS.values()):
        model.objects.filter(source=source).exclude(pk__in=seen[model]).delete()


def _stored(source: TranslationSource, instance: Any, values: Sequence[StringSegmentValue]) -> list[int]:
    """The segments for sentences, those that are missing made."""
    strings = _strings(source, values)
    contexts = _contexts(source, instance, values)
    wanted = [
        (contexts[value.path], value.order, strings[value.string.data], json.dumps(value.attrs, cls=DjangoJSONEncoder))
        for value in values
    ]
    have = _segments(source)
    missing = dict.fromkeys(key for key in wanted if key not in have)
    StringSegment.objects.bulk_create(
        StringSegment(source=source, context_id=context, order=order, string_id=string, attrs=attrs)
        for context, order, string, attrs in missing
    )
    if missing:
        have = _segments(source)
    return [have[key] for key in wanted]


def _segments(source: TranslationSource) -> dict[tuple[int, int, int, str], int]:
    rows = StringSegment.objects.filter(source=source).values_list("context_id", "order", "string_id", "attrs", "pk")
    return {row[:4]: row[4] for row in rows}


def _strings(source: TranslationSource, values: Sequence[StringSegmentValue]) -> dict[str, int]:
    """The ids of texts."""
    hashes = {value.string.data: String._get_data_hash(value.string.data) for value in values}
    have = _string_ids(source, hashes)
    missing = [text for text, sha in hashes.items() if sha not in have]
    # Others may make the same text at the same moment.
    String.objects.bulk_create(
        (String(locale=source.locale, data_hash=hashes[text], data=text) for text in missing), ignore_conflicts=True
    )
    if missing:
        have = _string_ids(source, hashes)
    return {text: have[sha] for text, sha in hashes.items()}


def _string_ids(source: TranslationSource, hashes: dict[str, Any]) -> dict[Any, int]:
    rows = String.objects.filter(locale=source.locale, data_hash__in=set(hashes.values()))
    return dict(rows.values_list("data_hash", "pk"))


def _contexts(source: TranslationSource, instance: Any, values: Sequence[StringSegmentValue]) -> dict[str, int]:
    """The ids of the places of sentences, by path."""
    have = _context_ids(source)
    made = []
    for path in dict.fromkeys(value.path for value in values if value.path not in have):
        context = TranslationContext(
            object_id=source.object_id, path=path, path_id=TranslationContext._get_path_id(path)
        )
        context.save = lambda **_fields: None  # it saves itself once it knows its field
        context.get_field_path(instance)
        made.append(context)
    TranslationContext.objects.bulk_create(made, ignore_conflicts=True)
    return _context_ids(source) if made else have


def _context_ids(source: TranslationSource) -> dict[str, int]:
    return dict(TranslationContext.objects.filter(object_id=source.object_id).values_list("path", "pk"))
