"""The mechanism of the load: what is created, updated, left alone or skipped, and translated."""

import hashlib
import json
import re
from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bs4 import BeautifulSoup
from django.db import models, transaction
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.strings import StringValue

from content import authored
from content.models import Origin
from content.translation import work
from content.translation.first import Brought, bring_in, bring_in_page
from content.translation.lines import read_lines

TOOL = "curriculum"  # marks translations that came from the files; an editor's have another mark
WHOLE = re.compile(r"<(b|i)>((?:(?!</?\1>).)*)</\1>")
ESCAPED = re.compile("[<>&'\"\n]")  # what is not the same in plain text and in HTML
FEW = 40  # new records that are stored in one transaction
ID_SPACE = uuid5(NAMESPACE_URL, "thindan.curriculum")


@dataclass(frozen=True)
class Record:
    """What the files say of a record that has a code in each language. values: of its fields; authored: the same in plain
    JSON; strings: Burmese that holds for it alone."""

    code: str
    values: dict[str, Any]
    authored: Any
    strings: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Report:
    """What a load did. counts: (kind, what) -> number; left_alone: records that an editor changed;
    untranslated: shown in English; outdated: shown in a translation that is older than the English."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_alone: list[str] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)

    def note(self, key: str, what: str) -> None:
        """Count one record."""
        self.counts[key.split(":")[0], what] += 1
        if what == "left alone":
            self.left_alone.append(key)

    def line(self) -> str:
        """The counts in one line."""
        totals: Counter[str] = Counter()
        for (_kind, what), number in self.counts.items():
            totals[what] += number
        return ", ".join(f"{totals[w]} {w}" for w in ("created", "updated", "unchanged", "left alone"))


def fingerprint(value: Any) -> str:
    """SHA-256 of a value as canonical JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def block_id(*parts: object) -> str:
    """An id for a block that is the same at every load, so that its translation stays attached."""
    return str(uuid5(ID_SPACE, "/".join(map(str, parts))))


def with_ids(value: Any, *path: object) -> Any:
    """What an author wrote of a question, as a block keeps it: every entry of a list with an id that stays the same."""
    if isinstance(value, dict):
        return {name: with_ids(part, *path, name) for name, part in value.items()}
    if isinstance(value, list):
        return [
            {
                "type": "item",
                "id": block_id(*path, part.get("id", n) if isinstance(part, dict) else n),
                "value": with_ids(part, *path, n),
            }
            for n, part in enumerate(value)
        ]
    return value


def stream_of(model: type[models.Model], name: str, raw: list[dict[str, Any]]) -> Any:
    """Raw stream data as the field's value."""
    return model._meta.get_field(name).to_python(json.dumps(raw))  # type: ignore[union-attr]


class Keeper:
    """The records of one load. `force` takes the file's version also where an editor changed the record."""

    def __init__(
        self,
        curriculum: authored.Curriculum,
        *,
        at: datetime,
        force: bool,
        to_index: Callable[[Iterable[models.Model]], None],
    ) -> None:
        self.curriculum, self.at, self.force, self.to_index = curriculum, at, force, to_index
        self.report = Report()
        self.origins = {origin.key: origin for origin in Origin.objects.all()}
        self.en = Locale.objects.get_or_create(language_code="en")[0]
        self.my = Locale.objects.get_or_create(language_code="my")[0]
        # English -> Burmese in the two forms in which wagtail-localize knows a string: of plain and of rich text.
        self.texts = dict(curriculum.translations.get("my", {}))
        self.strings: dict[str, str] = {}
        for english, burmese in self.texts.items():
            self.know(english, burmese)
            source, target = rich(english), rich(burmese)
            self.strings.setdefault(source, target)
            if bare(source) != source:
                self.strings.setdefault(bare(source), bare(target))

    def know(self, english: str, burmese: str) -> None:
        """Note the Burmese of a plain text."""
        self.strings[plain(english)] = plain(burmese)

    def mark(self, key: str, authored_sha256: str, stored_sha256: str) -> None:
        """Note what a record said when it was loaded."""
        self._mark([self._origin(key, authored_sha256, stored_sha256)])

    def _origin(self, key: str, authored_sha256: str, stored_sha256: str) -> Origin:
        origin = self.origins.setdefault(key, Origin(key=key))
        origin.authored_sha256, origin.stored_sha256 = authored_sha256, stored_sha256
        return origin

    def _mark(self, origins: Sequence[Origin]) -> None:
        shas = ["authored_sha256", "stored_sha256", "updated_at"]
        Origin.objects.bulk_create(origins, update_conflicts=True, unique_fields=["key"], update_fields=shas)

    def keep(
        self,
        key: str,
        authored_value: Any,
        stored: Callable[[], Any],
        create: Callable[[], Any] | None,
        update: Callable[[], Any],
    ) -> bool:
        """Create, update, leave alone or skip one record; True if it was written.

        authored_value: what the file says. stored: gives the record's present form. create: given where there is none yet.
        """
        wanted = fingerprint(authored_value)
        origin = self.origins.get(key)
        if create is None and origin is not None:
            # An empty fingerprint: the shape of the record was changed by an upgrade, and nobody else had changed it.
            changed_by_editor = bool(origin.stored_sha256) and fingerprint(stored()) != origin.stored_sha256
            if changed_by_editor and not self.force:
                self.report.note(key, "left alone")
                return False
            if wanted == origin.authored_sha256 and not changed_by_editor:
                self.report.note(key, "unchanged")
                return False
        with transaction.atomic():
            (create or update)()
            self.mark(key, wanted, fingerprint(stored()))
        self.report.note(key, "created" if create else "updated")
        return True

    def keep_object(self, key: str, model: Any, lookup: dict[str, Any], values: dict[str, Any]) -> tuple[Any, bool]:
        """The mechanism for a plain record with fields."""
        found: list[Any] = list(model.objects.filter(**lookup))

        def stored() -> Any:
            found[0].refresh_from_db()
            return shown(found[0], values)

        def create() -> None:
            row = model(**lookup, **values)
            row.full_clean(validate_unique=False)
            row.save()
            found.append(row)

        def update() -> None:
            for name, value in values.items():
                setattr(found[0], name, value)
            found[0].full_clean(validate_unique=False)
            found[0].save()

        written = self.keep(key, values, stored, None if found else create, update)
        return found[0], written

    def keep_records(
        self,
        kind: str,
        model: Any,
        records: Sequence[Record],
        also: Callable[[list[Brought]], None] = lambda brought: None,
    ) -> None:
        """Records of one model with their Burmese. also: what else is stored of new ones, in the same transaction."""
        codes = [record.code for record in records]
        there = {row.code: row for row in model.objects.filter(code__in=codes, locale=self.en).select_related("locale")}
        new = [record for record in records if record.code not in there]
        for first in range(0, len(new), FEW):
            with transaction.atomic():
                also(self._bring_in(kind, model, new[first : first + FEW]))
        for record in records:
            if row := there.get(record.code):
                self._keep_record(kind, row, record)

    def _bring_in(self, kind: str, model: Any, records: Sequence[Record]) -> list[Brought]:
        rows = [model(code=record.code, locale=self.en, **record.values) for record in records]
        texts = [ChainMap(dict(record.strings), self.strings) for record in records]
        brought = bring_in(rows, self.my, texts, at=self.at, tool=TOOL)
        fresh = model.objects.in_bulk([row.pk for row in rows])
        origins = []
        for record, one in zip(records, brought, strict=True):
            key = f"{kind}:{record.code}"
            said = fingerprint(shown(fresh[one.row.pk], record.values))
            origins.append(self._origin(f"{key}:en", fingerprint(record.authored), said))
            self.report.note(f"{key}:en", "created")
            if one.translation is None:
                self.report.untranslated.append(f"{key}:my")
                continue
            origins.append(self._translation_origin(f"{key}:my", one))
            self.report.note(f"{key}:my", "created")
        self._mark(origins)
        self.to_index(rows)
        self.to_index(one.translation for one in brought if one.translation)
        return brought

    def _translation_origin(self, key: str, one: Brought) -> Origin:
        sha = translation_sha(one.texts, one.source)
        return self._origin(key, sha, sha)

    def _keep_record(self, kind: str, row: Any, record: Record) -> None:
        """One that is there already."""

        def latest() -> Any:
            """As an editor sees it."""
            there = type(row).objects.get(pk=row.pk)
            return there.get_latest_revision_as_object() if isinstance(there, DraftStateMixin) else there

        def update() -> None:
            changed = latest()
            for name, value in record.values.items():
                setattr(changed, name, value)
            if isinstance(changed, DraftStateMixin):
                changed.save_revision().publish()  # asks whether it is valid, too
            else:
                changed.full_clean(validate_unique=False)
                changed.save()

        key = f"{kind}:{record.code}"
        self.keep(f"{key}:en", record.authored, lambda: shown(latest(), record.values), None, update)
        self.translate(f"{key}:my", row, ChainMap(dict(record.strings), self.strings))

    def keep_page(
        self, kind: str, model: Any, parent: Page, values: dict[str, Any], shape: dict[str, Any], *, after: Page | None
    ) -> Any:
        """The mechanism for a page with its Burmese. values: fields; shape: the same in plain JSON, for the fingerprint.

        after: the page that stands before it in the files; a new page is put behind that one, or first.
        """
        code = values["code"]
        found: list[Any] = list(model.objects.filter(code=code, locale=self.en))
        translated = False

        def stored() -> Any:
            return shown(model.objects.get(pk=found[0].pk).get_latest_revision_as_object(), shape)

        def put(page: Page) -> None:
            if after is not None:
                Page.objects.get(pk=after.pk).add_sibling(pos="right", instance=page)
            elif first := Page.objects.get(pk=parent.pk).get_first_child():
                first.add_sibling(pos="left", instance=page)
            else:
                Page.objects.get(pk=parent.pk).add_child(instance=page)

        def create() -> None:
            nonlocal translated
            brought = bring_in_page(model(locale=self.en, **values), put, self.my, self.strings, at=self.at, tool=TOOL)
            found.append(brought.row)
            if brought.translation:
                translated = True
                self._mark([self._translation_origin(f"{kind}:{code}:my", brought)])
                self.report.note(f"{kind}:{code}:my", "created")

        def update() -> None:
            page = model.objects.get(pk=found[0].pk).get_latest_revision_as_object()
            for name, value in values.items():
                setattr(page, name, value)
            page.save_revision().publish()

        self.keep(f"{kind}:{code}:en", shape, stored, None if found else create, update)
        page = model.objects.get(pk=found[0].pk)
        if not translated:
            self.translate(f"{kind}:{code}:my", page)
        return page

    def translate(self, key: str, instance: Any, strings: Mapping[str, str] | None = None) -> None:
        """Write the Burmese of a record, if every string of it is translated in the files, or in `strings`.

        A translator goes on from there: what one wrote is kept, and what was reviewed stays live until the new text is
        reviewed as well.
        """
        source = work.source_of(instance.translation_key)
        if source is None or source.locale_id != self.en.pk or work.is_detached(source, self.my):
            return
        strings = self.strings if strings is None else strings
        last = work.publication(source, self.my)
        wanted: dict[str, str] = {}
        lines = read_lines([source], self.my)[source.pk]
        for line in lines:
            if line.target and line.tool != TOOL and not self.force:
                continue
            if text := strings.get(line.source):
                wanted[line.key] = text
            elif not line.target:
                (self.report.outdated if last else self.report.untranslated).append(key)
                return
        sha = translation_sha(wanted, source)
        origin = self.origins.get(key)
        if last and origin and origin.authored_sha256 == sha and not self.force:
            self.report.note(key, "unchanged")
            return
        with transaction.atomic():
            work.save_texts(source, self.my, wanted, by=None, tool=TOOL)
            if last and last.is_reviewed:
                self.report.outdated.append(key)
            else:
                work.publish(source, self.my, by=None, at=self.at, is_reviewed=False)
            self.mark(key, sha, sha)
        self.report.note(key, "updated" if last else "created")


def shown(row: Any, names: Iterable[str]) -> dict[str, str]:
    """Fields of a row as text."""
    return {name: row._meta.get_field(name).value_to_string(row) for name in names}


def plain(text: str) -> str:
    """A plain text as wagtail-localize knows it. What has nothing to escape is spared its parser."""
    return text if not ESCAPED.search(text) else StringValue.from_plaintext(text).data


def rich(text: str) -> str:
    """One segment as the inline HTML that wagtail-localize extracts from rich text."""
    html = authored.inline_html(text)
    return str(BeautifulSoup(html, "html.parser")) if "<" in html or "&" in html else html


def bare(html: str) -> str:
    """What is left of a text that is marked from its beginning to its end: wagtail-localize leaves the mark around it in the text."""
    whole = WHOLE.fullmatch(html)
    return whole[2] if whole else html


def translation_sha(texts: Mapping[str, str], source: TranslationSource) -> str:
    """The fingerprint of a translation and what it was made from. texts: line key -> inline HTML."""
    return fingerprint([sorted(texts.items()), content_of(source)])


def content_of(source: TranslationSource) -> Any:
    """The translatable part of a source: what it says, without its times and counters."""
    volatile = {"latest_revision_created_at", "live_revision", "latest_revision", "last_published_at", "first_published_at",
                "has_unpublished_changes", "draft_title", "numchild", "path", "url_path"}  # fmt: skip
    content = json.loads(source.content_json)
    return {name: value for name, value in content.items() if name not in volatile}
