"""How many lines of many objects are translated, without reading what they say: what `states` counts, for overviews."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from content.translation.states import live_as, read_live


@dataclass(frozen=True)
class Tally:
    """One object in one language. kind: the name of its model; lines: of each its path and whether it is translated;
    live_as: as `State.live_as`."""

    key: UUID
    kind: str
    lines: tuple[tuple[str, bool], ...]
    live_as: str

    @property
    def total(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    @property
    def done(self) -> int:
        """How many of them have a usable translation."""
        return sum(is_done for _path, is_done in self.lines)


def tallies(sources: Collection[TranslationSource], locale: Locale) -> list[Tally]:
    """The tallies of several objects in a language, in the order given. Four queries."""
    ids, keys = [source.pk for source in sources], [source.object_id for source in sources]
    done = set(
        StringTranslation.objects.filter(locale=locale, context__object_id__in=keys, has_error=False)
        .exclude(data="")
        .values_list("translation_of_id", "context_id")
    )
    lines: dict[int, dict[tuple[int, int], tuple[str, bool]]] = defaultdict(dict)
    segments = StringSegment.objects.filter(source__in=ids)
    for source, string, context, path in segments.values_list("source_id", "string_id", "context_id", "context__path"):
        lines[source][string, context] = path, (string, context) in done
    shas, live = read_live(keys, locale)
    return [
        Tally(
            source.object_id,
            source.specific_content_type.model,
            tuple(lines[source.pk].values()),
            live_as(live.get(source.object_id), shas.get(source.object_id, "")),
        )
        for source in sources
    ]
