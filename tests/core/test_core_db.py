"""Rows that are stored many at once are the rows that `bulk_create` stores."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import String

from content.models import Origin, SourceText
from core.db import store_rows

pytestmark = pytest.mark.django_db


def kept(store, rows):
    """What is stored of rows, without their keys and the moment; it is taken back."""
    model = type(rows[0])
    names = [
        field.name for field in model._meta.concrete_fields if field.name not in {"id", "created_at", "updated_at"}
    ]
    with transaction.atomic():
        store(rows)
        found = list(model.objects.order_by("pk").values_list(*names))
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(
    "rows",
    [
        [Origin(key=f"term:X{n}:en", authored_sha256="a" * 64, stored_sha256="") for n in range(3)],
        [SourceText(translation_key=uuid4(), sha256="b" * 64, changed_at=timezone.now()) for _ in range(3)],
    ],
    ids=["a key of the database's", "a key of one's own"],
)
def test_the_same_is_stored_as_by_django(rows):
    assert kept(store_rows, rows) == kept(type(rows[0]).objects.bulk_create, rows)


def test_moments_are_filled_in():
    store_rows([Origin(key="term:X1:en", authored_sha256="", stored_sha256="")])
    assert Origin.objects.get(key="term:X1:en").created_at <= timezone.now()


def test_what_is_there_already_is_an_error_or_stays():
    english = Locale.objects.get(language_code="en")
    first, again = (String(locale=english, data_hash=uuid4(), data=text) for text in ("One", "Two"))
    again.data_hash = first.data_hash
    store_rows([first])
    with pytest.raises(IntegrityError), transaction.atomic():
        store_rows([again])
    store_rows([again], ignore_conflicts=True)
    assert list(String.objects.filter(data_hash=first.data_hash).values_list("data", flat=True)) == ["One"]


def test_no_rows_ask_nothing_and_many_ask_once():
    with CaptureQueriesContext(connection) as queries:
        store_rows([])
    assert not queries.captured_queries
    with CaptureQueriesContext(connection) as queries:
        store_rows(Origin(key=f"term:X{n}:en", authored_sha256="", stored_sha256="") for n in range(500))
    assert len(queries.captured_queries) == 1
    assert Origin.objects.filter(key__startswith="term:X").count() >= 500
