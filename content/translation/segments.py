"""The sentences of a source in few queries.

wagtail-localize asks the database a dozen times for each sentence, which makes loading a curriculum of a hundred lessons take minutes.
This stores the same rows (a test compares them), all segments of a source, or of several, at once.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.fields import StreamField
from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
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

from core.db import store_rows

# What a segment of each kind says, beside its place.
SAYS: dict[Any, tuple[str, ...]] = {
    StringSegment: ("string_id", "attrs"),
    TemplateSegment: ("template_id",),
    RelatedObjectSegment: ("object_id",),
    OverridableSegment: ("data_json",),
}


def refresh_segments(source: TranslationSource) -> None:
    """What `TranslationSource.refresh_segments` does: the segments are those of the source as it is now."""
    store_segments({source: source.as_instance()})


@transaction.atomic
def store_segments(instances: Mapping[TranslationSource, Any]) -> dict[TranslationSource, list[Any]]:
    """The segments of sources of one language become those of their instances. Returns them."""
    found = {source: list(extract_segments(instance)) for source, instance in instances.items()}
    contexts = _contexts(instances, found)
    texts = {
        value.string.data for values in found.values() for value in values if isinstance(value, StringSegmentValue)
    }
    strings = _strings(next(iter(instances)).locale, texts) if texts else {}
    templates: dict[tuple[str, str], int] = {}
    wanted: dict[Any, list[dict[str, Any]]] = {model: [] for model in SAYS}
    for source, value in ((source, value) for source, values in found.items() for value in values):
        model: Any
        says: dict[str, Any]
        match value:
            case TemplateSegmentValue():
                form = (value.format, value.template)
                if form not in templates:
                    templates[form] = Template.from_value(value).pk
                model, says = TemplateSegment, {"template_id": templates[form]}
            case RelatedObjectSegmentValue():
                key = {"content_type": value.content_type, "translation_key": value.translation_key}
                model, says = RelatedObjectSegment, {"object_id": TranslatableObject.objects.get_or_create(**key)[0].pk}
            case OverridableSegmentValue():
                model, says = OverridableSegment, {"data_json": _json(value.data)}
            case _:
                model = StringSegment
                says = {"string_id": strings[value.string.data], "attrs": _json(value.attrs)}
        place = {"source_id": source.pk, "context_id": contexts[source.object_id, value.path], "order": value.order}
        wanted[model].append(place | says)
    for model, rows in wanted.items():
        _keep(model, [source.pk for source in instances], rows)
    return found


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


def _keep(model: Any, sources: Sequence[int], rows: Iterable[dict[str, Any]]) -> None:
    """The segments of one kind: those that are missing made, those that are gone removed."""
    names = ("source_id", "context_id", "order", *SAYS[model])
    have = {row[:-1]: row[-1] for row in model.objects.filter(source__in=sources).values_list(*names, "pk")}
    wanted = {tuple(row[name] for name in names): row for row in rows}
    store_rows(model(**row) for key, row in wanted.items() if key not in have)
    if gone := [pk for key, pk in have.items() if key not in wanted]:
        model.objects.filter(pk__in=gone).delete()


def _strings(locale: Locale, texts: Iterable[str]) -> dict[str, int]:
    """The ids of texts."""
    hashes = {text: String._get_data_hash(text) for text in texts}
    have = _string_ids(locale, hashes)
    missing = [text for text, sha in hashes.items() if sha not in have]
    # Others may make the same text at the same moment.
    store_rows((String(locale=locale, data_hash=hashes[text], data=text) for text in missing), ignore_conflicts=True)
    if missing:
        have = _string_ids(locale, hashes)
    return {text: have[sha] for text, sha in hashes.items()}


def _string_ids(locale: Locale, hashes: dict[str, Any]) -> dict[Any, int]:
    rows = String.objects.filter(locale=locale, data_hash__in=set(hashes.values()))
    return dict(rows.values_list("data_hash", "pk"))


def _contexts(
    instances: Mapping[TranslationSource, Any], found: Mapping[TranslationSource, Iterable[Any]]
) -> dict[tuple[UUID, str], int]:
    """The ids of the places of segments, by object and path."""
    objects = [source.object_id for source in instances]
    have = _context_ids(objects)
    made = []
    shapes: dict[tuple[Any, ...], str] = {}  # model and path with what its blocks are -> field path
    for source, values in found.items():
        types = _block_types(instances[source])
        for path in dict.fromkeys(value.path for value in values if (source.object_id, value.path) not in have):
            context = TranslationContext(
                object_id=source.object_id, path=path, path_id=TranslationContext._get_path_id(path)
            )
            shape = (type(instances[source]), *(types.get(part, part) for part in path.split(".")))
            if shape not in shapes:
                context.save = lambda **_fields: None  # it saves itself once it knows its field
                shapes[shape] = context.get_field_path(instances[source])
            context.field_path = shapes[shape]
            made.append(context)
    store_rows(made, ignore_conflicts=True)
    return _context_ids(objects) if made else have


def _block_types(instance: Any) -> dict[str, str]:
    """What the blocks of an object are, by id."""
    found: dict[str, str] = {}
    left = [list(field.value_from_object(instance).raw_data)
            for field in instance._meta.fields if isinstance(field, StreamField)]  # fmt: skip
    while left:
        match left.pop():
            case list() as parts:
                left += parts
            case dict() as part:
                if "id" in part and "type" in part:
                    found[part["id"]] = part["type"]
                left += part.values()
    return found


def _context_ids(objects: Sequence[UUID]) -> dict[tuple[UUID, str], int]:
    rows = TranslationContext.objects.filter(object_id__in=objects).values_list("object_id", "path", "pk")
    return {(key, path): pk for key, path, pk in rows}
