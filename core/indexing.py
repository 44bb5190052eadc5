"""The indexes for search and for references, where many records are saved at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.signals import post_save
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.hooks import search_for_hooks
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backends
from wagtail.search.index import get_indexed_models
from wagtail.search.models import IndexEntry
from wagtail.signal_handlers import update_reference_index_on_save

from core.duties import duty

FEW = 500  # records that are read and indexed at once
# What Wagtail listens with -> the models whose records it hears of.
LISTENERS = {
    post_save_signal_handler: get_indexed_models,
    update_reference_index_on_save: lambda: ReferenceIndex.indexed_models,
}


@contextmanager
def indexed_once() -> Iterator[Callable[[Iterable[models.Model]], None]]:
    """What one transaction inside saves comes into both indexes once, as soon as it holds, and not through the queue.

    Wagtail gives the queue two tasks for every save, and a record that is published is saved several times. For commands:
    it changes who listens in the whole process. Not to be nested. Gives a function that is told of rows of which no signal
    tells: `bulk_create` sends none.
    """
    saved: dict[type[models.Model], set[Any]] = defaultdict(set)

    def index() -> None:
        while saved:
            model, keys = saved.popitem()
            for first in range(0, len(keys), FEW):
                _index(model, sorted(keys)[first : first + FEW])

    def stored(rows: Iterable[models.Model]) -> None:
        waits = bool(saved)
        for row in rows:
            saved[type(row)].add(row.pk)
        if not waits:
            transaction.on_commit(index)

    def is_saved(instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
        if not raw:
            stored([instance])

    search_for_hooks()  # registers snippets, which makes Wagtail listen to their records
    listening = [
        (listener, model)
        for listener, heard in LISTENERS.items()
        for model in heard()
        if post_save.disconnect(listener, sender=model)
    ]
    post_save.connect(is_saved)
    try:
        yield stored
    finally:
        post_save.disconnect(is_saved)
        for listener, model in listening:
            post_save.connect(listener, sender=model)
        index()  # what no transaction held together


def unindexed() -> Iterator[tuple[type[models.Model], list[Any]]]:
    """(model, keys) of what is searched and in no index, because whatever was to index it was killed. A page that is bare is the tree's root."""
    for model in get_indexed_models():
        if model is Page:
            continue
        entries = IndexEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
        known = set(entries.values_list("object_id", flat=True))
        keys = model.get_indexed_objects().values_list("pk", flat=True)
        if missing := [key for key in keys if str(key) not in known]:
            yield model, missing


def mend() -> int:
    """Bring what is in no index into both. Returns how many records that were."""
    mended = 0
    for model, keys in unindexed():
        for first in range(0, len(keys), FEW):
            _index(model, keys[first : first + FEW])
        mended += len(keys)
    return mended


@duty("search")
def _mend(at: datetime) -> str:
    return f"{mend()} brought into the index"


def _index(model: type[models.Model], keys: list[Any]) -> None:
    """Bring records into the indexes in which their model has a place."""
    with transaction.atomic():
        if model in get_indexed_models():
            searched = list(model.get_indexed_objects().filter(pk__in=keys))  # type: ignore[attr-defined]
            for backend in get_search_backends(with_auto_update=True):
                backend.add_bulk(model, searched)
        if ReferenceIndex.is_indexed(model):
            base = ReferenceIndex._get_base_content_type(model)
            known = ReferenceIndex.objects.filter(base_content_type=base, object_id__in=map(str, keys))
            referred = set(known.values_list("object_id", flat=True))
            for row in model._default_manager.filter(pk__in=keys):
                # Most refer to nothing and never did, which needs no further question.
                if str(row.pk) in referred or any(ReferenceIndex._extract_references_from_object(row)):
                    ReferenceIndex.create_or_update_for_object(row)
