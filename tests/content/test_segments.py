"""The sentences of a source are stored as wagtail-localize stores them, in few queries."""

import inspect

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize import models as localize
from wagtail_localize.models import StringSegment, TranslationContext, TranslationSource

from content.translation.segments import refresh_segments

pytestmark = pytest.mark.django_db


def library_s_own():
    """`TranslationSource.refresh_segments` as the library has it, before ours took its place."""
    source = inspect.getsource(localize)
    start = source.index("    @transaction.atomic\n    def refresh_segments(self):")
    body = source[start : source.index("    def export_po(self):", start)]
    scope = dict(vars(localize))
    exec(inspect.cleandoc(body), scope)  # noqa: S102 (the library's own text)
    return scope["refresh_segments"]


def rows(source):
    """What is stored of a source, without its keys."""
    segments = StringSegment.objects.filter(source=source).order_by("order", "context__path")
    contexts = TranslationContext.objects.filter(object_id=source.object_id).order_by("path")
    return (
        list(segments.values_list("context__path", "order", "string__data", "attrs")),
        list(contexts.values_list("path", "path_id", "field_path")),
        source.templatesegment_set.count(),
        source.relatedobjectsegment_set.count(),
        source.overridablesegment_set.count(),
    )


def emptied(source):
    for name in ("stringsegment_set", "templatesegment_set", "relatedobjectsegment_set", "overridablesegment_set"):
        getattr(source, name).all().delete()
    TranslationContext.objects.filter(object_id=source.object_id).delete()


def test_the_same_rows_are_stored_as_by_the_library_itself():
    theirs, seen = library_s_own(), 0
    for source in TranslationSource.objects.all():
        emptied(source)
        theirs(source)
        expected = rows(source)
        emptied(source)
        refresh_segments(source)
        assert rows(source) == expected, source
        seen += len(expected[0])
    assert seen > 100


def test_again_changes_nothing_and_what_is_gone_goes():
    source = TranslationSource.objects.filter(stringsegment__isnull=False).first()
    before = set(StringSegment.objects.filter(source=source).values_list("pk", flat=True))
    one = StringSegment.objects.filter(source=source).first()
    StringSegment.objects.create(source=source, context=one.context, string=one.string, order=999, attrs="null")
    refresh_segments(source)
    assert set(StringSegment.objects.filter(source=source).values_list("pk", flat=True)) == before


def test_the_number_of_queries_does_not_follow_that_of_sentences():
    costs = {}
    for source in TranslationSource.objects.filter(specific_content_type__model="lessonpage"):
        emptied(source)
        with CaptureQueriesContext(connection) as queries:
            refresh_segments(source)
        costs[StringSegment.objects.filter(source=source).count()] = len(queries)
    assert max(costs) > 5
    assert max(costs.values()) < 60
