"""Brings the authored curriculum into the database, again and again, without touching what editors changed.

For each record the load keeps two fingerprints (`content.Origin`): of the authored text and of the record as stored. A
record whose stored form differs from its fingerprint was changed by an editor: it is left alone and reported, unless
the load is forced.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bs4 import BeautifulSoup
from django.db import models, transaction
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import TranslationSource
from wagtail_localize.strings import StringValue

from assessments import showing
from assessments.models import BlueprintLine, Item, Quiz, QuizSection
from content import authored
from content.models import (
    ContentVersion,
    Drawing,
    FacilitatorGuide,
    Fact,
    GlossaryTerm,
    HomePage,
    Origin,
    PocketCard,
    Rubric,
)
from content.translation import work
from content.translation.lines import read_lines
from courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage

LATE_HOURS = 48  # for which answers of a device without a line are waited for, in a test that certifies nothing
TOOL = "curriculum"  # marks translations that came from the files; an editor's have another mark
ID_SPACE = uuid5(NAMESPACE_URL, "thindan.curriculum")


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


class Loader:
    """One load. `force` takes the file's version also where an editor changed the record."""

    def __init__(self, curriculum: authored.Curriculum, *, at: datetime, force: bool = False) -> None:
        self.curriculum, self.at, self.force = curriculum, at, force
        self.report = Report()
        self.origins = {origin.key: origin for origin in Origin.objects.all()}
        self.en = Locale.objects.get_or_create(language_code="en")[0]
        self.my = Locale.objects.get_or_create(language_code="my")[0]
        # English -> Burmese in the two forms in which wagtail-localize knows a string: of plain and of rich text.
        self.texts = dict(curriculum.translations.get("my", {}))
        self.strings: dict[str, str] = {}
        for english, burmese in self.texts.items():
            self._know(english, burmese)
            self.strings.setdefault(_rich(english), _rich(burmese))

    def load(self) -> Report:
        """Load everything. Each record is stored whole or not at all; a load that is broken off is simply repeated."""
        index = self._site()
        for fact in self.curriculum.facts.values():
            self._fact(fact)
        for line in self.curriculum.blueprint:
            values = {name: getattr(line, name) for name in ("bloom", "competency", "bank", "form", "kinds")}
            self._keep_object(f"blueprint:{line.objective}:en", BlueprintLine, {"objective": line.objective}, values)
        for term in self.curriculum.terms.values():
            self._term(term)
        for rubric in self.curriculum.rubrics.values():
            self._rubric(rubric)
        course_page = None
        for course in self.curriculum.courses:
            for module in course.modules:
                for lesson in module.lessons:
                    for block in lesson.blocks:
                        if isinstance(block, authored.Figure):
                            self._drawing(module, block)
                for item in module.items:
                    self._item(item)
                if module.guide:
                    self._guide(module.code, module.guide)
                if module.card:
                    self._card(module.code, module.card)
            course_page = page = self._course(course, index, course_page)
            module_page = None
            for module in course.modules:
                module_page = self._module(module, page, module_page)
            self._exam(course, page)
            self._tests(course, page)
        ContentVersion.advance()
        return self.report

    def _know(self, english: str, burmese: str) -> None:
        self.strings[StringValue.from_plaintext(english).data] = StringValue.from_plaintext(burmese).data

    # --- The mechanism ---------------------------------------------------------------------------------------------

    def _keep(
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
            self.origins[key], _made = Origin.objects.update_or_create(
                key=key, defaults={"authored_sha256": wanted, "stored_sha256": fingerprint(stored())}
            )
        self.report.note(key, "created" if create else "updated")
        return True

    def _keep_object(self, key: str, model: Any, lookup: dict[str, Any], values: dict[str, Any]) -> tuple[Any, bool]:
        """The mechanism for a plain record with fields."""
        found: list[Any] = list(model.objects.filter(**lookup))

        def stored() -> Any:
            row = found[0]
            row.refresh_from_db()
            return {name: row._meta.get_field(name).value_to_string(row) for name in values}

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

        written = self._keep(key, values, stored, None if found else create, update)
        return found[0], written

    def _keep_page(
        self, key: str, model: Any, parent: Page, values: dict[str, Any], shape: dict[str, Any], *, after: Page | None
    ) -> Any:
        """The mechanism for a page. values: fields; shape: the same in plain JSON, for the fingerprint.

        after: the page that stands before it in the files; a new page is put behind that one, or first.
        """
        found: list[Any] = list(model.objects.filter(code=values["code"], locale=self.en))

        def stored() -> Any:
            page = model.objects.get(pk=found[0].pk).get_latest_revision_as_object()
            return {name: page._meta.get_field(name).value_to_string(page) for name in shape}

        def create() -> None:
            page = model(locale=self.en, **values)
            if after is not None:
                Page.objects.get(pk=after.pk).add_sibling(pos="right", instance=page)
            elif first := Page.objects.get(pk=parent.pk).get_first_child():
                first.add_sibling(pos="left", instance=page)
            else:
                Page.objects.get(pk=parent.pk).add_child(instance=page)
            found.append(page)
            page.save_revision().publish()

        def update() -> None:
            page = model.objects.get(pk=found[0].pk).get_latest_revision_as_object()
            for name, value in values.items():
                setattr(page, name, value)
            page.save_revision().publish()

        self._keep(key, shape, stored, None if found else create, update)
        return model.objects.get(pk=found[0].pk)

    def _translate(self, key: str, instance: Any) -> None:
        """Write the Burmese of a record, if every string of it is translated in the files.

        A translator goes on from there: what one wrote is kept, and what was reviewed stays live until the new text is
        reviewed as well.
        """
        source = work.source_of(instance.translation_key)
        if source is None or source.locale_id != self.en.pk or work.is_detached(source, self.my):
            return
        last = work.publication(source, self.my)
        wanted: dict[str, str] = {}
        lines = read_lines([source], self.my)[source.pk]
        for line in lines:
            if line.target and line.tool != TOOL and not self.force:
                continue
            if text := self.strings.get(line.source):
                wanted[line.key] = text
            elif not line.target:
                (self.report.outdated if last else self.report.untranslated).append(key)
                return
        sha = fingerprint([sorted(wanted.items()), _content(source)])
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
            self.origins[key], _made = Origin.objects.update_or_create(
                key=key, defaults={"authored_sha256": sha, "stored_sha256": sha}
            )
        self.report.note(key, "updated" if last else "created")

    # --- The records ------------------------------------------------------------------------------------------------

    def _site(self) -> CourseIndexPage:
        """The first page and the list of courses in both languages; made once, then the editors'."""
        root = Page.get_first_root_node()
        home = HomePage.objects.filter(locale=self.en).first()
        if home is None:
            welcome = root.get_children().filter(slug="home").not_type(HomePage).first()
            if welcome:
                welcome.slug = "welcome-unused"
                welcome.save()
            home = HomePage(title="Thindan", slug="home", locale=self.en, intro=HOME_INTRO["en"])
            root.add_child(instance=home)
            home.save_revision().publish()
            Site.objects.update_or_create(
                is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Thindan"}
            )
            if welcome:
                Page.objects.get(pk=welcome.pk).delete()
                root = Page.get_first_root_node()
        for english, burmese in (("Thindan", "သင်တန်း"), (HOME_INTRO["en"], HOME_INTRO["my"]), ("Courses", "သင်တန်းများ")):
            self._know(english, burmese)
        self._translate("home:home:my", HomePage.objects.get(pk=home.pk))
        index = CourseIndexPage.objects.filter(locale=self.en).first()
        if index is None:
            index = CourseIndexPage(title="Courses", slug="courses", locale=self.en, show_in_menus=True)
            HomePage.objects.get(pk=home.pk).add_child(instance=index)
            index.save_revision().publish()
        self._translate("home:courses:my", CourseIndexPage.objects.get(pk=index.pk))
        found: CourseIndexPage = CourseIndexPage.objects.get(pk=index.pk)
        return found

    def _fact(self, fact: authored.Fact) -> None:
        values = {
            "kind": fact.kind,
            "text": fact.text,
            "sources": "; ".join(self._publication(code) for code in fact.sources),
            "confidence": fact.confidence,
            "flags": "".join(fact.flags),
            "jurisdiction": fact.jurisdiction,
            "status": fact.status,
            "checked_on": fact.checked_on,
            "recheck_on": fact.recheck_on,
        }
        row, _written = self._keep_object(f"fact:{fact.id}:en", Fact, {"code": fact.id, "locale": self.en}, values)
        self._translate(f"fact:{fact.id}:my", row)

    def _term(self, term: authored.Term) -> None:
        values = {
            "term": term.en,
            "definition": term.definition,
            "origin": term.origin,
            "sources": " ".join(term.sources),
            "note": term.note,
        }
        row, _written = self._keep_object(
            f"term:{term.code}:en", GlossaryTerm, {"code": term.code, "locale": self.en}, values
        )
        # What a term means here is not what the same word has to become elsewhere: a label, a heading.
        everywhere = self.strings
        self.strings = everywhere | {StringValue.from_plaintext(term.en).data: StringValue.from_plaintext(term.my).data}
        self._translate(f"term:{term.code}:my", row)
        self.strings = everywhere

    def _rubric(self, rubric: authored.Rubric) -> None:
        criteria = [
            {
                "type": "criterion",
                "id": block_id(rubric.code, one.id),
                "value": {
                    "text": one.text,
                    "not_done": one.not_done,
                    "to_standard": one.to_standard,
                    "is_critical": one.critical,
                },
            }
            for one in rubric.criteria
        ]
        values = {
            "title": rubric.title,
            "purpose": rubric.purpose,
            "criteria": json.dumps(criteria),
            "least_mean": Decimal(str(rubric.least_mean)),
            "observers": rubric.observers,
        }
        row, _written = self._keep_object(
            f"rubric:{rubric.code}:en", Rubric, {"code": rubric.code, "locale": self.en}, values
        )
        self._translate(f"rubric:{rubric.code}:my", row)

    def _guide(self, code: str, guide: authored.Guide) -> None:
        def stream(kind: str, parts: Sequence[Any], values: Callable[[Any], dict[str, Any]]) -> str:
            blocks = [{"type": kind, "id": block_id(code, kind, one.name), "value": values(one)} for one in parts]
            return json.dumps(blocks)

        def slide(one: authored.Slide) -> dict[str, Any]:
            points = [{"type": "item", "id": block_id(code, one.name, n), "value": p} for n, p in enumerate(one.points)]
            return {"step": one.step, "title": one.title, "points": points}

        def material(one: authored.Material) -> dict[str, Any]:
            return {"item": one.item, "count": one.count, "per": one.per, "is_printed": one.printed}

        names = ("aim", "minutes", "group_from", "group_to", "opening", "debrief", "fallback", "safety")
        values = {name: getattr(guide, name) for name in names} | {
            "rubric_code": guide.rubric,
            "steps": stream("step", guide.steps, asdict),
            "materials": stream("material", guide.materials, material),
            "slides": stream("slide", guide.slides, slide),
            "answers": stream("answer", guide.answers, asdict),
        }
        row, _written = self._keep_object(
            f"guide:{code}:en", FacilitatorGuide, {"code": code, "locale": self.en}, values
        )
        self._translate(f"guide:{code}:my", row)

    def _card(self, code: str, card: authored.Card) -> None:
        points = [
            {"type": "point", "id": block_id(code, "point", one.text), "value": asdict(one)} for one in card.points
        ]
        values = {
            "title": card.title,
            "points": json.dumps(points),
            "version": card.version,
            "valid_until": card.valid_until,
        }
        row, _written = self._keep_object(f"card:{code}:en", PocketCard, {"code": code, "locale": self.en}, values)
        self._translate(f"card:{code}:my", row)

    def _drawing(self, module: authored.Module, figure: authored.Figure) -> None:
        code = drawing_code(module, figure)
        self._keep_object(f"drawing:{code}:en", Drawing, {"code": code}, {"svg": figure.svg})

    def _item(self, item: authored.Item) -> None:
        values: dict[str, Any] = {
            "objective": item.objective,
            "competency": item.competency,
            "bloom": item.bloom,
            "difficulty": item.difficulty,
            "use": item.use,
            "asks_certainty": item.asks_certainty,
            "facts": " ".join(item.facts),
            "sources": " ".join(item.sources),
            "stem": "\n\n".join(item.stem),
            "feedback": item.feedback,
        }
        question = [
            {
                "type": item.kind,
                "id": block_id(item.code),
                "value": _with_ids(item.question, item.code),
            }
        ]
        # A stem of several paragraphs is one string to the translator.
        if len(item.stem) > 1 and all(part in self.texts for part in item.stem):
            self._know("\n\n".join(item.stem), "\n\n".join(self.texts[part] for part in item.stem))
        found: list[Item] = list(Item.objects.filter(code=item.code, locale=self.en))

        def stored() -> Any:
            row = Item.objects.get(pk=found[0].pk).get_latest_revision_as_object()
            return {name: row._meta.get_field(name).value_to_string(row) for name in [*values, "question"]}

        def write(row: Item) -> None:
            for name, value in values.items():
                setattr(row, name, value)
            row.question = _stream(Item, "question", question)
            row.full_clean(validate_unique=False)
            if row.pk is None:
                row.live = False
                row.save()
                found.append(row)
            row.save_revision().publish()

        self._keep(
            f"item:{item.code}:en",
            [values, question],
            stored,
            None if found else lambda: write(Item(code=item.code, locale=self.en)),
            lambda: write(Item.objects.get(pk=found[0].pk).get_latest_revision_as_object()),
        )
        self._translate(f"item:{item.code}:my", Item.objects.get(pk=found[0].pk))

    def _course(self, course: authored.Course, index: CourseIndexPage, after: Page | None) -> Any:
        values = {
            "title": course.title,
            "slug": course.code.lower(),
            "code": course.code,
            "summary": course.summary,
            "version": course.version,
            "minutes": course.minutes,
            "audience": course.roles,
            "prerequisites": course.prerequisites,
            "valid_months": course.valid_months,
        }
        page = self._keep_page(f"course:{course.code}:en", CoursePage, index, values, values, after=after)
        self._translate(f"course:{course.code}:my", page)
        return page

    def _module(self, module: authored.Module, course: CoursePage, after: Page | None) -> Any:
        objectives = [
            {"type": "objective", "id": block_id(o.code), "value": {"code": o.code, "text": o.text}}
            for o in module.objectives
        ]
        shape = {
            "title": module.title,
            "slug": module.code.lower(),
            "code": module.code,
            "summary": module.summary,
            "minutes": module.minutes,
            "audience": module.roles,
            "competencies": module.competencies,
            "prerequisites": module.prerequisites,
            "objectives": objectives,
        }
        if module.observed:  # what most modules do not have is no part of their fingerprint
            shape["observed"] = module.observed
        values = {"observed": "", **shape, "objectives": _stream(ModulePage, "objectives", objectives)}
        page = self._keep_page(f"module:{module.code}:en", ModulePage, course, values, shape, after=after)
        self._translate(f"module:{module.code}:my", page)
        lesson_page = None
        for lesson in module.lessons:
            lesson_page = self._lesson(module, lesson, page, lesson_page)
        return page

    def _lesson(self, module: authored.Module, lesson: authored.Lesson, parent: ModulePage, after: Page | None) -> Any:
        body = [self._block(module, lesson, number, block) for number, block in enumerate(lesson.blocks)]
        shape = {
            "title": lesson.title,
            "slug": lesson.slug,
            "code": lesson.code,
            "minutes": lesson.minutes,
            "objectives": lesson.objectives,
            "body": body,
        }
        values = shape | {"body": _stream(LessonPage, "body", body)}
        page = self._keep_page(f"lesson:{lesson.code}:en", LessonPage, parent, values, shape, after=after)
        self._translate(f"lesson:{lesson.code}:my", page)
        return page

    def _block(
        self, module: authored.Module, lesson: authored.Lesson, number: int, block: authored.Block
    ) -> dict[str, Any]:
        name: str
        value: Any
        match block:
            case authored.Prose():
                name, value = "text", block.html()
            case authored.KeyPoint():
                name, value = "key_point", {"text": block.text, "source": self._source(block)}
            case authored.Case():
                name, value = "case", {"title": block.title, "text": block.html()}
            case authored.FactReference():
                name, value = "fact", {"fact": block.id}
            case authored.CheckReference():
                name, value = "check", {"item": block.item}
            case authored.Figure():
                name = "figure"
                labels = [
                    {"type": "item", "id": block_id(lesson.code, block.file, n), "value": label}
                    for n, label in enumerate(block.labels)
                ]
                value = {
                    "drawing": drawing_code(module, block),
                    "alt": block.alt,
                    "caption": block.caption,
                    "labels": labels,
                }
        return {"type": name, "id": block_id(lesson.code, number, name), "value": value}

    def _publication(self, code: str) -> str:
        """Publisher, title and year, as one line."""
        source = self.curriculum.sources[code]
        return ", ".join(part for part in (source.publisher, source.title, str(source.year or "")) if part)

    def _source(self, block: authored.KeyPoint) -> str:
        """The publication and the place in it."""
        return ", ".join(part for part in (self._publication(block.source), block.place) if part)

    def _exam(self, course: authored.Course, page: CoursePage) -> None:
        """The exam of a course. Attempts keep the rules they began with, so that a change here is safe."""
        if course.exam is None:
            return
        rules = {
            "cut_score": f"{course.exam.cut_score:.3f}",
            "limit_seconds": course.exam.minutes * 60,
            "attempts_allowed": course.exam.attempts,
            "retry_hours": course.exam.retry_hours,
        }
        sections = [
            {"objective": s.objective, "count": s.count, "cut_score": f"{s.cut_score:.3f}" if s.cut_score else None}
            for s in course.exam.sections
        ]
        lookup = {"kind": Quiz.Kind.EXAM, "subject_key": page.translation_key}
        self._quiz(f"{course.code}-EXAM", lookup, rules, sections, shown=showing.when_done())

    def _tests(self, course: authored.Course, page: CoursePage) -> None:
        """The tests before and after a course, in two parallel forms of fixed items, opened in the room."""
        if course.tests is None:
            return
        codes = [code for form in course.tests.forms.values() for code in form]
        keys = dict(Item.objects.filter(code__in=codes).values_list("code", "translation_key"))
        sections = [
            {"form": form, "items": [str(keys[code]) for code in asked]} for form, asked in course.tests.forms.items()
        ]
        rules = {"limit_seconds": course.tests.minutes * 60, "attempts_allowed": 1, "forms": Quiz.Forms.TURNS, "entry": Quiz.Entry.ROOM, "late_hours": LATE_HOURS}  # fmt: skip
        for kind, end in ((Quiz.Kind.PRE_TEST, "PRE"), (Quiz.Kind.POST_TEST, "POST")):
            code = f"{course.code}-{end}"
            lookup = {"kind": kind, "subject_key": page.translation_key, "code": code}
            self._quiz(code, lookup, rules, sections, shown=showing.when_done())

    def _quiz(
        self, code: str, lookup: dict[str, Any], rules: dict[str, Any], sections: list[dict[str, Any]], *, shown: Any
    ) -> None:
        """The mechanism for a quiz with its sections. shown: what a new one tells of results; an editor's choice afterwards."""
        there = Quiz.objects.filter(**lookup).exists()

        def stored() -> Any:
            row = Quiz.objects.get(**lookup)
            return [
                {name: getattr(row, name) for name in rules},
                [_authored(section) for section in row.sections.values()],
            ]

        def write() -> None:
            row, _made = Quiz.objects.update_or_create(
                **lookup,
                defaults=rules | {"code": code},
                create_defaults=rules | lookup | {"code": code, "shown": shown},
            )
            row.sections.all().delete()
            QuizSection.objects.bulk_create(QuizSection(quiz=row, position=n, **s) for n, s in enumerate(sections))

        self._keep(f"exam:{code}:en", [rules, sections], stored, None if there else write, write)


def _authored(section: Mapping[str, Any]) -> dict[str, Any]:
    """What the files say of a section, and what an editor added to it."""
    said = {name: section[name] for name in ("objective", "count", "cut_score", "items")}
    added = {"form": "", "tags": "", "difficulty_from": 1, "difficulty_to": 5}
    return said | {name: section[name] for name, usual in added.items() if section[name] != usual}


def _rich(text: str) -> str:
    """One segment as the inline HTML that wagtail-localize extracts from rich text."""
    return str(BeautifulSoup(authored.inline_html(text), "html.parser"))


def _with_ids(value: Any, *path: object) -> Any:
    """What an author wrote of a question, as a block keeps it: every entry of a list with an id that stays the same."""
    if isinstance(value, dict):
        return {name: _with_ids(part, *path, name) for name, part in value.items()}
    if isinstance(value, list):
        return [
            {
                "type": "item",
                "id": block_id(*path, part.get("id", n) if isinstance(part, dict) else n),
                "value": _with_ids(part, *path, n),
            }
            for n, part in enumerate(value)
        ]
    return value


def drawing_code(module: authored.Module, figure: authored.Figure) -> str:
    """The code of a drawing: module and file name."""
    return f"{module.code.lower()}-{figure.file.removesuffix('.svg')}"


def _stream(model: type[models.Model], name: str, raw: list[dict[str, Any]]) -> Any:
    """Raw stream data as the field's value."""
    return model._meta.get_field(name).to_python(json.dumps(raw))  # type: ignore[union-attr]


def _content(source: TranslationSource) -> Any:
    """The translatable part of a source: what it says, without its times and counters."""
    volatile = {"latest_revision_created_at", "live_revision", "latest_revision", "last_published_at", "first_published_at",
                "has_unpublished_changes", "draft_title", "numchild", "path", "url_path"}  # fmt: skip
    content = json.loads(source.content_json)
    return {name: value for name, value in content.items() if name not in volatile}


HOME_INTRO = {
    "en": "Courses for frontline officers: people on the move, rights at the border, trafficking in persons, migrant smuggling "
    "and travel documents. In Burmese and English, for a phone and a weak line.",
    "my": "ရှေ့တန်းအရာရှိများအတွက် သင်တန်းများ – ရွှေ့ပြောင်းသွားလာသူများ၊ နယ်စပ်ရှိ အခွင့်အရေးများ၊ လူကုန်ကူးမှု၊ ရွှေ့ပြောင်းသွားလာသူများကို "
    "တရားမဝင်ခိုးသွင်းမှုနှင့် ခရီးသွားလာမှုဆိုင်ရာ စာရွက်စာတမ်းများ။ မြန်မာနှင့် အင်္ဂလိပ်ဘာသာဖြင့် ဖုန်းနှင့် အင်တာနက်လိုင်းအားနည်းသည့် နေရာများအတွက်။",
}


def load(curriculum: authored.Curriculum, *, at: datetime, force: bool = False) -> Report:
    """Load an authored curriculum. See `Loader`."""
    return Loader(curriculum, at=at, force=force).load()
