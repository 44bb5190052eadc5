"""What happens to translations: the source is published, a text is saved, decided upon, published.

A translation goes live whole: every sentence translated from the source as it is published now, and every decision made on
exactly that text. Until then readers keep what was live before.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import (
    String,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
    post_save_string_translation,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments

from content import errors
from content.models import SourceText, TranslationPublication, TranslationReview
from content.translation.lines import (
    Line,
    described,
    fingerprint,
    read_lines,
    source_fingerprint,
    texts_of,
)
from content.translation.states import State, state
from content.translation.texts import new_text
from core.db import store_rows
from people.models import Person

Step, Verdict = TranslationReview.Step, TranslationReview.Verdict


def source_of(key: UUID) -> TranslationSource | None:
    """What the translations of an object are made from."""
    return TranslationSource.objects.filter(object_id=key).select_related("locale", "specific_content_type").first()


def is_source(instance: Any) -> bool:
    """Whether others are translated from this row: the language in which the object was published first."""
    if getattr(instance, "alias_of_id", None):
        return False
    return not TranslationSource.objects.filter(object_id=instance.translation_key).exclude(locale_id=instance.locale_id).exists()  # fmt: skip


def source_published(instance: Any) -> TranslationSource | None:
    """Take note of what a source says now; translations that lose nothing by it follow at once. None for a translation.

    A translation whose every sentence is one that is live already (something was removed or moved, or a number was
    changed) is published again as it was, reviewed or not. Any other waits, and readers are told.
    """
    if not isinstance(instance, TranslatableMixin) or not is_source(instance):
        return None
    source: TranslationSource
    source, _made = TranslationSource.update_or_create_from_instance(instance)
    locales = [t.target_locale for t in source.translations.filter(enabled=True).select_related("target_locale")]
    lines = read_lines([source], source.locale)[source.pk]
    _note_source(source, lines)
    for locale in locales:
        last = publication(source, locale)
        have = read_lines([source], locale)[source.pk]
        if last and _is_live(source, locale) and set(texts_of(have)) <= {tuple(text) for text in last.texts}:
            publish(source, locale, by=None, at=timezone.now(), is_reviewed=last.is_reviewed)
    return source


def _is_live(source: TranslationSource, locale: Locale) -> bool:
    """Whether readers see the translation: it is there, and nobody took it down."""
    target = source.object.get_instance_or_none(locale)
    return target is not None and bool(getattr(target, "live", True))


def _note_source(source: TranslationSource, lines: list[Line]) -> None:
    sha = source_fingerprint(lines)
    known = SourceText.objects.filter(pk=source.object_id).values_list("sha256", flat=True).first()
    if known != sha:
        text = SourceText(translation_key=source.object_id, sha256=sha, changed_at=timezone.now())
        text.save(force_insert=known is None)


def publication(source: TranslationSource, locale: Locale) -> TranslationPublication | None:
    """What went live last."""
    return TranslationPublication.objects.filter(translation_key=source.object_id, locale=locale).order_by("pk").last()


def is_current(translated: Any) -> bool:
    """Whether a translated row says what its source says now; true of a row that no sentence of ours made."""
    key = {"translation_key": translated.translation_key}
    last = TranslationPublication.objects.filter(**key, locale_id=translated.locale_id).order_by("pk").last()
    return last is None or SourceText.objects.filter(**key, sha256=last.source_sha256).exists()


def lines_of(source: TranslationSource, locale: Locale) -> list[Line]:
    """The lines of an object with their places and what changed since the translation went live."""
    last = publication(source, locale)
    return described(read_lines([source], locale)[source.pk], source, [tuple(t) for t in last.texts] if last else [])


@transaction.atomic
def save_texts(
    source: TranslationSource, locale: Locale, texts: Mapping[str, str], *, by: Person | None, tool: str = ""
) -> int:
    """Store translations (line key -> inline HTML; "" removes one). Keys of no line are passed over. Returns how many changed."""
    # Two who save at one moment wait for each other: the source is their common row.
    TranslationSource.objects.select_for_update().get(pk=source.pk)
    rows = StringTranslation.objects.filter(locale=locale, context__object_id=source.object_id)
    have = {(row.translation_of_id, row.context_id): row for row in rows}
    new: list[StringTranslation] = []
    changed = 0

    def place(line: Line) -> TranslationContext:
        """What is known of a row's place is given along, or it would be asked for when the row is saved."""
        return TranslationContext(pk=line.context_id, path=line.path, object_id=source.object_id)

    for line in read_lines([source], locale)[source.pk]:
        text = texts.get(line.key)
        if text is None or (text == line.target and not line.error):
            continue
        row = have.get((line.string_id, line.context_id))
        if row is None:
            new.append(row := new_text(line, text, locale, tool=tool, by=by))
            row.context = place(line)
        elif not text:
            row.delete()
        else:
            row.translation_of = String(pk=line.string_id, data=line.source, locale_id=source.locale_id)
            row.context = place(line)
            row.data, row.translation_type = text, StringTranslation.TRANSLATION_TYPE_MANUAL
            row.tool_name, row.last_translated_by = tool, by
            row.has_error, row.field_error = False, ""
            row.save()
        changed += 1
    store_rows(new)
    for row in new:
        post_save_string_translation(row)  # a page's draft bears its translated title at once
    if changed:
        Translation.objects.get_or_create(source=source, target_locale=locale)
    return changed


def decide(
    source: TranslationSource, locale: Locale, step: str, verdict: str, *, sha256: str, note: str, by: Person, at: datetime
) -> State:  # fmt: skip
    """Store a decision on a text; the last approval that was needed publishes it. Returns the state after it.

    sha256: of the text that was read. Whether `by` holds the role is asked before (`content.access`). Raises TextChanged,
    NotComplete, EditedByItself, NotYourStep, OwnWork, NoteNeeded or Unpublishable; then nothing is stored.
    """
    with transaction.atomic():
        # Decisions on one object wait for each other: the source is their common row.
        TranslationSource.objects.select_for_update().get(pk=source.pk)
        if is_detached(source, locale):
            raise errors.EditedByItself
        before = state(source, locale)
        if not before.is_complete:
            raise errors.NotComplete
        if before.sha256 != sha256:
            raise errors.TextChanged
        if step != before.waits_for:
            raise errors.NotYourStep
        if verdict == Verdict.RETURNED and not note:
            raise errors.NoteNeeded
        if step != Step.TRANSLATOR and by.pk in _workers(before):
            raise errors.OwnWork
        TranslationReview.objects.create(
            translation_key=source.object_id, locale=locale, step=step, verdict=verdict, texts_sha256=sha256,
            note=note, reviewed_by=by, reviewed_at=at,
        )  # fmt: skip
        after = state(source, locale)
        if after.stage != "done":
            return after
        if after.is_current:
            _record(source, locale, after.lines, by=by, at=at, is_reviewed=True)
        else:
            publish(source, locale, by=by, at=at, is_reviewed=True)
        return state(source, locale)


def _workers(found: State) -> set[int]:
    """Who translated or signed the present text."""
    signed = {decision.by.pk for decision in found.decisions if decision.step == Step.TRANSLATOR}
    return signed | {line.translated_by for line in found.lines if line.translated_by}


@transaction.atomic
def publish(
    source: TranslationSource, locale: Locale, *, by: Person | None, at: datetime, is_reviewed: bool
) -> TranslationPublication:
    """Make the translation what readers see. Raises NotComplete, EditedByItself or Unpublishable.

    wagtail-localize would fill gaps with the source's text: it is never asked to. Nor is it over a page that is edited by
    itself, whose text stands nowhere else.
    """
    if is_detached(source, locale):
        raise errors.EditedByItself
    lines = read_lines([source], locale)[source.pk]
    if not all(line.is_done for line in lines):
        raise errors.NotComplete
    Translation.objects.get_or_create(source=source, target_locale=locale)
    try:
        source.create_or_update_translation(locale, user=by, publish=True, copy_parent_pages=True, fallback=False)
    except ValidationError as error:
        raise errors.Unpublishable(why=" ".join(error.messages)) from None
    return _record(source, locale, lines, by=by, at=at, is_reviewed=is_reviewed)


def _record(
    source: TranslationSource, locale: Locale, lines: list[Line], *, by: Person | None, at: datetime, is_reviewed: bool
) -> TranslationPublication:
    texts = texts_of(lines)
    return TranslationPublication.objects.create(
        translation_key=source.object_id, locale=locale, source_sha256=source_fingerprint(lines), texts=texts,
        texts_sha256=fingerprint(texts), is_reviewed=is_reviewed, published_by=by, published_at=at,
    )  # fmt: skip


def preview(source: TranslationSource, locale: Locale) -> Any:
    """The object as it would read with the translations saved so far, the source's text in the gaps. Never save it."""
    original = source.as_instance()
    shown = source.as_instance()
    shown.locale = locale
    ingest_segments(original, shown, source.locale, locale, source._get_segments_for_translation(locale, fallback=True))
    return shown


# --- A page that is edited by itself --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Absorbed:
    """What came back from a page that was edited by itself. unplaced: texts for which the source has no place."""

    taken: int
    unplaced: tuple[str, ...]


def detach(source: TranslationSource, locale: Locale) -> None:
    """From now on the translated page is edited by itself in the admin; sentences no longer reach it."""
    Translation.objects.filter(source=source, target_locale=locale).update(enabled=False)


def is_detached(source: TranslationSource, locale: Locale) -> bool:
    """Whether the translated page is edited by itself."""
    detached: bool = Translation.objects.filter(source=source, target_locale=locale, enabled=False).exists()
    return detached


@transaction.atomic
def absorb(source: TranslationSource, locale: Locale, *, by: Person | None) -> Absorbed:
    """Take the text of a page that was edited by itself as the translation, sentence by sentence, and go on from there.

    Texts find their place by path and order. What has no place in the source is named; it stays in the page's revisions.
    """
    target = source.get_translated_instance(locale)
    if isinstance(target, Page):
        target = target.get_latest_revision_as_object()
    written: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(target):
        if isinstance(segment, StringSegmentValue):
            written[segment.path].append(segment.string.data)
    wanted: dict[str, list[Line]] = defaultdict(list)
    for line in read_lines([source], locale)[source.pk]:
        wanted[line.path].append(line)
    texts: dict[str, str] = {}
    unplaced: list[str] = []
    for path, found in written.items():
        places = wanted.get(path, [])
        if len(places) == len(found):
            texts |= {line.key: text for line, text in zip(places, found, strict=True) if text != line.source}
        else:  # paragraphs were added or removed: which belongs to which is not known
            known = {line.target for line in places}
            unplaced += [text for text in found if text not in known]
    taken = save_texts(source, locale, texts, by=by, tool="page")
    Translation.objects.filter(source=source, target_locale=locale).update(enabled=True)
    return Absorbed(taken, tuple(unplaced))
