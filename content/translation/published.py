"""What to look at again in the translations that readers see."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.db.models import Max
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from content.authored.agreement import Difference
from content.glossary import Terms, glossary_terms
from content.models import TranslationPublication
from content.translation.checking import differing, plain
from content.translation.states import sources_for

KEPT: Final = 24 * 60 * 60  # seconds; what is kept never grows old: a new publication has another key


@dataclass(frozen=True)
class Doubtful:
    """A sentence that readers see, as plain text, and what of its translation differs from it."""

    source: str
    target: str
    found: list[Difference]


@dataclass(frozen=True)
class Text:
    """One object whose live translation has something to look at."""

    source: TranslationSource
    sentences: list[Doubtful]


@dataclass
class TwoWays:
    """One sentence of the source in several translations, as plain text: translation -> the objects that have it."""

    source: str
    targets: dict[str, list[TranslationSource]] = field(default_factory=dict)


def published_doubts(locale: Locale) -> tuple[list[Text], list[TwoWays]]:
    """What differs within the live translations of a language, in the order of the desk, and what is translated in two ways.

    The number of queries is the same for any number of texts. What was found is kept until something is published or the
    glossary changes.
    """
    terms = glossary_terms(locale.language_code)
    newest = (
        TranslationPublication.objects.filter(locale=locale)
        .order_by()
        .values("translation_key")
        .annotate(newest=Max("pk"))
        .values_list("newest", flat=True)
    )
    ids = sorted(newest)
    key = hashlib.sha256(repr((locale.pk, ids, terms)).encode()).hexdigest()
    if (kept := cache.get(f"translation-doubts-{key}")) is None:
        kept = _read(ids, terms)
        cache.set(f"translation-doubts-{key}", kept, KEPT)
    found, said = kept
    sources = sources_for(locale)
    texts = [Text(source, found[source.object_id]) for source in sources if source.object_id in found]
    by_key = {source.object_id: source for source in sources}
    several = [
        TwoWays(sentence, {target: [by_key[one] for one in keys if one in by_key] for target, keys in targets.items()})
        for sentence, targets in said.items()
    ]
    return texts, [one for one in several if sum(map(bool, one.targets.values())) > 1]


def _read(ids: list[int], terms: Terms) -> tuple[dict[UUID, list[Doubtful]], dict[str, dict[str, list[UUID]]]]:
    """The doubtful sentences by object, and the sentences with several translations by translation."""
    found: dict[UUID, list[Doubtful]] = defaultdict(list)
    said: dict[str, dict[str, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    live = TranslationPublication.objects.filter(pk__in=ids).order_by("pk")
    for key, texts in live.values_list("translation_key", "texts"):
        for source, target in {(source, target): None for _path, source, target in texts}:
            said[plain(source)][plain(target)].append(key)
            if different := differing(source, target, terms):
                found[key].append(Doubtful(plain(source), plain(target), different))
    several = {source: dict(targets) for source, targets in said.items() if len(targets) > 1}
    return dict(found), several
