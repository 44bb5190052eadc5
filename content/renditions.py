"""Records without drafts (guides, pocket cards, facts) as a reader finds them: in their language, else in Burmese, else in English."""

from collections.abc import Iterator
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from content.models import SourceText, TranslationPublication

SOURCE = "en"


def renditions(rows: QuerySet[Any], language: str) -> Iterator[tuple[Any, Any]]:
    """The records of these rows, which are in whatever language: the row that a reader of `language` is shown, and its source,
    which decides what there is and every number. One query."""
    wanted = list(dict.fromkeys([language, settings.LANGUAGE_CODE, SOURCE]))
    found: dict[UUID, dict[str, Any]] = {}
    for row in rows.filter(locale__language_code__in=wanted).select_related("locale"):
        found.setdefault(row.translation_key, {})[row.locale.language_code] = row
    for spoken in found.values():
        best = next(spoken[code] for code in wanted if code in spoken)
        yield best, spoken.get(SOURCE, best)


def blocks(row: Any, source: Any, name: str) -> Iterator[tuple[str, Any, Any, str]]:
    """Every block of a stream of the source: its id, what the source says, what is said of it, and in which language."""
    spoken = {block.id: block.value for block in getattr(row, name)}
    for block in getattr(source, name):
        if block.id in spoken:
            yield str(block.id), block.value, spoken[block.id], row.locale.language_code
        else:
            yield str(block.id), block.value, block.value, source.locale.language_code


Notice = Literal["", "draft", "outdated"]


def noticed(translated: str | None, said: str | None, is_reviewed: bool | None) -> Notice:
    """What a reader is told of a translation: nothing, that nobody reviewed it, or that its source was changed since.

    translated: the fingerprint of the source that is live, None where nothing is; said: that of the source now.
    """
    if translated is None:
        return ""
    if said is not None and said != translated:
        return "outdated"
    return "" if is_reviewed else "draft"


def notice(key: UUID, language: str) -> Notice:
    """The notice of a record in a language. Two queries."""
    live = (
        TranslationPublication.objects.filter(translation_key=key, locale__language_code=language).order_by("pk").last()
    )
    if live is None:
        return ""
    said = SourceText.objects.filter(pk=key).values_list("sha256", flat=True).first()
    return noticed(live.source_sha256, said, live.is_reviewed)
