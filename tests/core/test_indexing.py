"""Records that are saved one after another come into the indexes for search and for references once."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, ReferenceIndex
from wagtail.search.models import IndexEntry

from content.models import GlossaryTerm
from core.indexing import indexed_once, mend, unindexed
from core.search import matching

pytestmark = pytest.mark.django_db


def term(definition="Gyrfalcon"):
    """A term of the glossary that no other text is like."""
    return GlossaryTerm(
        code="gyrfalcon", locale=Locale.objects.get(language_code="en"), term="Bird", definition=definition
    )


def found(text):
    """The codes of terms in which a text is found."""
    return [row.code for row in matching(GlossaryTerm.objects.all(), text)]


def test_what_is_saved_several_times_is_indexed_when_all_is_over():
    with CaptureQueriesContext(connection) as captured, indexed_once():
        row = term("Something else")
        row.save()
        row.definition = "Gyrfalcon"
        row.save()
        assert found("gyrfalcon") == []
    assert found("gyrfalcon") == ["gyrfalcon"]
    asked = [one["sql"].strip().upper() for one in captured]
    written = [sql for sql in asked if "SEARCH_INDEXENTRY" in sql and sql.startswith("INSERT")]
    assert len(written) == 1


def test_what_was_saved_before_something_went_wrong_is_indexed():
    with pytest.raises(ZeroDivisionError), indexed_once():
        term().save()
        raise ZeroDivisionError
    assert found("gyrfalcon") == ["gyrfalcon"]


def test_what_a_transaction_stored_is_found_before_all_is_over(django_capture_on_commit_callbacks):
    with indexed_once():
        with django_capture_on_commit_callbacks(execute=True):
            term().save()
            assert found("gyrfalcon") == []
        assert found("gyrfalcon") == ["gyrfalcon"]


def test_what_nothing_indexed_is_told_and_mended():
    term().save()
    key = GlossaryTerm.objects.get(code="gyrfalcon").pk
    of_terms = ContentType.objects.get_for_model(GlossaryTerm)
    IndexEntry.objects.filter(content_type=of_terms, object_id=str(key)).delete()
    assert list(unindexed()) == [(GlossaryTerm, [key])]
    mend()
    assert found("gyrfalcon") == ["gyrfalcon"]
    assert list(unindexed()) == []


def test_what_is_saved_afterwards_is_indexed_as_ever():
    with indexed_once():
        term("Something else").save()
    row = GlossaryTerm.objects.get(code="gyrfalcon")
    row.definition = "Gyrfalcon"
    row.save()
    assert found("gyrfalcon") == ["gyrfalcon"]


def test_what_is_gone_again_is_in_no_index():
    with indexed_once():
        row = term()
        row.save()
        row.delete()
    assert found("gyrfalcon") == []


def test_references_are_those_that_saving_alone_would_keep():
    from courses.models import LessonPage

    page = LessonPage.objects.filter(locale__language_code="en").first()
    kept = ReferenceIndex.get_references_for_object(page)
    page.save()
    expected = set(kept.values_list("to_object_id", "model_path", "content_path"))
    kept.delete()
    with indexed_once():
        page.save()
    assert set(kept.all().values_list("to_object_id", "model_path", "content_path")) == expected
