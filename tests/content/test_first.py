"""What is brought in many at once is stored as saving, publishing and translating one after another stores it."""

import json
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import DraftStateMixin, Locale, ModelLogEntry, Page, PageLogEntry, Revision
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
    TranslationContext,
    TranslationLog,
    TranslationSource,
)

from assessments.bank import first_versions
from assessments.models import Item, ItemVersion, Quiz
from content import errors
from content.models import (
    Competency,
    FacilitatorGuide,
    Fact,
    GlossaryTerm,
    PocketCard,
    Rubric,
    SourceText,
    TranslationPublication,
)
from content.translation import work
from content.translation.first import bring_in, bring_in_page
from courses.models import LessonPage, ModulePage

pytestmark = pytest.mark.django_db
OWN = {"id", "pk", "page_ptr", "translation_key", "latest_revision", "live_revision", "created_at", "updated_at"}
WHEN = {"first_published_at", "last_published_at", "latest_revision_created_at"}
STATE = {"live", "has_unpublished_changes"}  # in a revision: of the moment before it went live


def language(code):
    return Locale.objects.get(language_code=code)


def twin(row, code):
    """An unsaved record that says the same."""
    names = [field.name for field in row._meta.concrete_fields if field.name not in OWN | WHEN | STATE | {"locale"}]
    return type(row)(**{name: getattr(row, name) for name in names} | {"code": code, "locale": row.locale})


def burmese(row):
    """Its translations, by string."""
    source = work.source_of(row.translation_key)
    return {line.source: line.target for line in work.lines_of(source, language("my"))}


def one_by_one(row, texts):
    """As an editor and a translator do it."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        if isinstance(row, DraftStateMixin):
            row.live = False
            row.save()
            row.save_revision().publish()
        else:
            row.full_clean()
            row.save()
    translate(row, texts)


def translate(row, texts):
    source = work.source_of(row.translation_key)
    lines = work.lines_of(source, language("my"))
    with TestCase.captureOnCommitCallbacks(execute=True):
        work.save_texts(source, language("my"), {line.key: texts[line.source] for line in lines}, by=None, tool="x")
        work.publish(source, language("my"), by=None, at=timezone.now(), is_reviewed=False)


def at_once(row, texts):
    (brought,) = bring_in([row], language("my"), [texts], at=timezone.now(), tool="x")
    if isinstance(row, Item):
        first_versions([[row, brought.translation]], at=timezone.now())


def fields(row, without):
    return {
        field.name: field.value_to_string(row) for field in row._meta.concrete_fields if field.name not in OWN | without
    }


def said(content):
    """Blocks are written as text in the text, in whatever order of their parts."""
    return {
        name: json.loads(value) if str(value).startswith("[{") and isinstance(value, str) else value
        for name, value in content.items()
        if name not in OWN | WHEN | STATE
    }


def revisions(row):
    found = Revision.objects.for_instance(row).order_by("pk")
    assert row.latest_revision == row.live_revision == found.last()
    return [(one.object_str, said(one.content), one.base_content_type_id) for one in found]


def stored(model, code):
    """All that is kept of a record in both languages, without what differs by itself."""
    rows = list(model.objects.filter(code=code).order_by("locale__language_code"))
    assert [row.locale.language_code for row in rows] == ["en", "my"]
    key = rows[0].translation_key
    assert {row.translation_key for row in rows} == {key}
    source = TranslationSource.objects.get(object_id=key)
    segments = StringSegment.objects.filter(source=source).order_by("order", "context__path")
    templates = TemplateSegment.objects.filter(source=source).order_by("order", "context__path")
    texts = StringTranslation.objects.filter(context__object_id=key).order_by("context__path", "translation_of__data")
    logged = (
        PageLogEntry.objects.filter(page__in=rows)
        if issubclass(model, Page)
        else ModelLogEntry.objects.filter(object_id__in=[str(row.pk) for row in rows], label__in=map(str, rows))
    )
    versions = ItemVersion.objects.filter(item_key=key).order_by("-number")
    return {
        "rows": [fields(row, WHEN | {"locale"}) for row in rows],
        "published": [None not in (row.first_published_at, row.last_published_at) for row in rows] if isinstance(rows[0], DraftStateMixin) else [],
        "revisions": [revisions(row) for row in rows] if isinstance(rows[0], DraftStateMixin) else [],
        "log": sorted(logged.values_list("action", "label", "content_changed", "deleted", "content_type")) if isinstance(rows[0], DraftStateMixin) else [],
        "source": (source.object_repr, said(json.loads(source.content_json)), source.schema_version, source.locale_id, source.specific_content_type_id, source.object.content_type_id),
        "contexts": sorted(TranslationContext.objects.filter(object_id=key).values_list("path", "path_id", "field_path")),
        "segments": list(segments.values_list("context__path", "order", "string__data", "attrs")),
        "templates": list(templates.values_list("context__path", "order", "template__template")),
        "others": (source.relatedobjectsegment_set.count(), source.overridablesegment_set.count()),
        "texts": list(texts.values_list("context__path", "translation_of__data", "data", "translation_type", "tool_name", "has_error", "field_error", "locale")),
        "translations": list(Translation.objects.filter(source=source).values_list("target_locale", "enabled")),
        "translated": [log.revision_id == getattr(rows[1], "live_revision_id", None) for log in TranslationLog.objects.filter(source=source)],
        "says": list(SourceText.objects.filter(pk=key).values_list("sha256")),
        "went live": list(TranslationPublication.objects.filter(translation_key=key).values_list("locale", "source_sha256", "texts", "texts_sha256", "is_reviewed", "published_by")),
        "version": versions.values_list("code", "kind", "use", "objective", "difficulty", "key", "texts", "sha256").first(),
    }  # fmt: skip


def kept(store, row, texts):
    """What one way of storing leaves; it is taken back."""
    with transaction.atomic():
        store(row, texts)
        found = stored(type(row), row.code)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("model", [Fact, GlossaryTerm, Item])
def test_the_same_is_stored_either_way(model):
    seen = 0
    for row in model.objects.filter(locale=language("en")):
        if not model.objects.filter(translation_key=row.translation_key, locale=language("my")).exists():
            continue
        texts, code = burmese(row), row.code[:-2] + "zz"
        assert kept(at_once, twin(row, code), texts) == kept(one_by_one, twin(row, code), texts), row
        seen += 1
    assert seen


class Anything(dict):
    """Every text has a translation."""

    def get(self, text, default=None):
        return f"မြန်မာ {text}"

    __getitem__ = get


def blocks(kind, *values):
    return json.dumps([{"type": kind, "id": str(uuid4()), "value": value} for value in values])


LEVELS = {"text": "Greets.", "not_done": "Says nothing.", "to_standard": "Says a <b>name</b>.", "is_critical": True}
POINTS = [{"type": "item", "id": str(uuid4()), "value": text} for text in ("One", "Two")]
RECORDS = [
    (Competency, {"name": "Sees who needs help"}),
    (Rubric, {"title": "A talk", "purpose": "To see", "criteria": blocks("criterion", LEVELS), "least_mean": Decimal(2)}),
    (
        FacilitatorGuide,
        {
            "aim": "To see",
            "minutes": 15,
            "opening": "Begin",
            "steps": blocks("step", {"minutes": 15, "title": "Look", "what": "Shows it", "note": "Look here"}),
            "slides": blocks("slide", {"step": 1, "title": "Look", "points": POINTS}),
            "debrief": "What was it?",
            "fallback": "On paper",
            "safety": "Nobody plays a victim",
        },
    ),
    (PocketCard, {"title": "A card", "points": blocks("point", {"text": "Ask first", "lines": "Then write"}), "version": "1", "valid_until": date(2030, 1, 1)}),
]  # fmt: skip


@pytest.mark.parametrize(("model", "values"), RECORDS, ids=lambda one: getattr(one, "__name__", ""))
def test_the_same_is_stored_of_what_has_parts(model, values):
    def new():
        return model(code="X99", locale=language("en"), **values)

    found = kept(at_once, new(), Anything())
    assert found == kept(one_by_one, new(), Anything())
    assert found["texts"]


def one_page_by_one(page, texts):
    with TestCase.captureOnCommitCallbacks(execute=True):
        shelf().add_child(instance=page)
        page.save_revision().publish()
    translate(page, texts)


def page_at_once(page, texts):
    bring_in_page(page, lambda new: shelf().add_child(instance=new), language("my"), texts, at=timezone.now(), tool="x")


def shelf():
    return ModulePage.objects.get(code="M01", locale=language("en"))


def placed(key):
    """Where both languages of a page stand in the tree, and what else hangs on it."""
    pages = Page.objects.filter(translation_key=key).order_by("locale__language_code").specific()
    kept = Quiz.objects.filter(subject_key=key)
    return [(page.url_path, page.depth, page.get_parent().specific.code, page.live) for page in pages], [
        (quiz.code, [section.items for section in quiz.sections.all()]) for quiz in kept
    ]


def test_the_same_is_stored_of_a_page():
    seen = 0
    for lesson in LessonPage.objects.filter(locale=language("en"), alias_of=None).child_of(shelf()):
        if not lesson.has_translation(language("my")):
            continue
        texts, found = burmese(lesson), []
        for store in (one_page_by_one, page_at_once):
            page = LessonPage(code="M01.L9", slug="nine", locale=lesson.locale, **{name: getattr(lesson, name) for name in ("title", "minutes", "objectives", "body")})  # fmt: skip
            with transaction.atomic():
                store(page, texts)
                kept_of = stored(LessonPage, "M01.L9")
                # Burmese is copied from the English first, one by one, and its revision and the log say so.
                kept_of["revisions"] = [revisions[-1:] for revisions in kept_of["revisions"]]
                kept_of["log"] = [entry for entry in kept_of["log"] if entry[0] != "wagtail.copy_for_translation"]
                found.append((kept_of, placed(page.translation_key)))
                transaction.set_rollback(True)
        assert found[0] == found[1], lesson
        seen += 1
    assert seen


def test_a_page_whose_parent_is_not_translated_waits():
    module = shelf()
    ModulePage.objects.get(translation_key=module.translation_key, locale=language("my")).delete()
    lesson = LessonPage.objects.child_of(module).first()
    page = LessonPage(code="M01.L9", title="Nine", slug="nine", locale=lesson.locale, minutes=5)
    brought = bring_in_page(page, lambda new: shelf().add_child(instance=new), language("my"), Anything(), at=timezone.now(), tool="x")  # fmt: skip
    assert (brought.is_whole, brought.translation) == (True, None)
    assert LessonPage.objects.get(code="M01.L9").live


def terms(number):
    row = GlossaryTerm.objects.filter(locale=language("en")).first()
    return [twin(row, f"{row.code[:60]}-{n}") for n in range(number)], burmese(row)


def test_what_lacks_a_translation_is_stored_in_its_own_language_alone():
    (whole, lacking), texts = terms(2)
    some = dict(list(texts.items())[1:])
    one, other = bring_in([whole, lacking], language("my"), [texts, some], at=timezone.now(), tool="x")
    assert (one.translation.locale.language_code, other.translation) == ("my", None)
    assert work.source_of(lacking.translation_key) == other.source
    assert not StringTranslation.objects.filter(context__object_id=lacking.translation_key).exists()


def test_what_is_wrong_is_refused_with_all_that_came_with_it():
    (right, wrong), texts = terms(2)
    wrong.origin = "nobody"
    with pytest.raises(ValidationError):
        bring_in([right, wrong], language("my"), [texts, texts], at=timezone.now(), tool="x")
    wrong.origin, broken = "own", dict.fromkeys(texts, '<a id="a9">x</a>')
    with pytest.raises(errors.NotComplete):
        bring_in([right, wrong], language("my"), [texts, broken], at=timezone.now(), tool="x")
    assert not GlossaryTerm.objects.filter(code__in=[right.code, wrong.code]).exists()


def test_ten_ask_the_database_hardly_more_than_one():
    costs = []
    for number in (1, 10):
        rows, texts = terms(number)
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            bring_in(rows, language("my"), [texts] * number, at=timezone.now(), tool="x")
            transaction.set_rollback(True)
        costs.append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
    assert costs[1] <= costs[0] + 2
    assert costs[1] < 40
