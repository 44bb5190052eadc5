"""Wagtail's search with Burmese in it: fields that index tokens, and the backend that asks for tokens.

Nothing of Wagtail's is replaced: the index, its upkeep and `update_index` are its own, and every search box of the
admin works through the backend. What the tokens are: `myanmar/search.py`.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import models
from wagtail.search import index
from wagtail.search.backends import database, get_search_backend
from wagtail.search.query import MATCH_ALL, And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from myanmar.search import index_text, query_text, spellings

Rows = TypeVar("Rows", bound=models.QuerySet)


class Tokens(PlainText):
    """A query that consists of tokens already."""


def texts_of(value: Any) -> Iterable[str]:
    """The texts in what a field gives to the index: a text, or lists and mappings of them."""
    match value:
        case None:
            return
        case dict():
            for one in value.values():
                yield from texts_of(one)
        case list() | tuple():
            for one in value:
                yield from texts_of(one)
        case _:
            yield str(value)


class BurmeseSearchField(index.SearchField):
    """A field whose Burmese and Latin text is found by syllables, words and parts of words."""

    def get_value(self, obj: Any) -> str:
        return " ".join(map(index_text, texts_of(super().get_value(obj))))


class BurmeseAutocompleteField(index.AutocompleteField):
    """The same while the query is still being typed; the admin's search boxes ask such fields."""

    def get_value(self, obj: Any) -> str:
        return " ".join(map(index_text, texts_of(super().get_value(obj))))


def burmese_fields(
    inherited: Iterable[Any], *names: str, boxes: Iterable[str] = (), filters: Iterable[str] = ()
) -> list[Any]:
    """The search fields of a model: those inherited, a Burmese twin of each that has text, and more.

    names: fields, properties or methods that are searched. boxes: those that the admin's search boxes look in as well.
    filters: fields by which a list that is searched is also filtered or sorted. The inherited fields stay, because
    Wagtail checks that they do.
    """
    kept = list(inherited)
    return [
        *kept,
        *(twin for field in kept for twin in _twin(field)),
        *(BurmeseSearchField(name) for name in (*names, *boxes)),
        *(BurmeseAutocompleteField(name) for name in boxes),
        *(index.FilterField(name) for name in filters),
    ]


def _twin(field: Any) -> list[Any]:
    match field:
        case BurmeseSearchField() | BurmeseAutocompleteField():
            return []
        case index.SearchField():
            return [BurmeseSearchField(field.field_name, boost=field.boost)]
        case index.AutocompleteField():
            return [BurmeseAutocompleteField(field.field_name)]
        case index.RelatedFields():
            return [index.RelatedFields(field.field_name, [twin for one in field.fields for twin in _twin(one)])]
    return []


def rewritten(query: Any, *, typing: bool = False) -> SearchQuery | None:
    """A query as tokens; None where it has none. Boosts are dropped: only one of the two databases knows them.

    query: a text, or what Wagtail's query classes build of texts. An empty part of an And or Or is left out, as nothing
    can be found for it.
    """
    match query:
        case Tokens() | MatchAll():
            return query
        case str():
            return rewritten(PlainText(query), typing=typing)
        case Phrase():
            return rewritten(PlainText(query.query_string), typing=typing)
        case PlainText():
            return _tokens(query.query_string, query.operator, typing=typing)
        case Boost():
            return rewritten(query.subquery, typing=typing)
        case Not():
            part = rewritten(query.subquery, typing=typing)
            return MATCH_ALL if part is None else Not(part)
        case And() | Or():
            parts = [part for one in query.subqueries if (part := rewritten(one, typing=typing)) is not None]
            return type(query)(parts) if len(parts) > 1 else parts[0] if parts else None
    raise NotImplementedError(f"{type(query).__name__} cannot be searched for")


def _tokens(text: str, operator: str = PlainText.DEFAULT_OPERATOR, **how: bool) -> SearchQuery | None:
    """A text as tokens, in each of its spellings."""
    read = [Tokens(tokens, operator=operator) for one in spellings(text) if (tokens := query_text(one, **how))]
    return Or(read) if len(read) > 1 else read[0] if read else None


class BurmeseQueries:
    """For a backend of Wagtail's: rewrites what is searched."""

    def search(self, query: Any, model_or_queryset: Any, operator: str | None = None, **kwargs: Any) -> Any:
        return self._rewritten(super().search, False, query, model_or_queryset, operator, kwargs)  # type: ignore[misc]

    def autocomplete(self, query: Any, model_or_queryset: Any, operator: str | None = None, **kwargs: Any) -> Any:
        return self._rewritten(super().autocomplete, True, query, model_or_queryset, operator, kwargs)  # type: ignore[misc]

    def _rewritten(
        self, search: Callable[..., Any], typing: bool, query: Any, where: Any, operator: str | None, kwargs: Any
    ) -> Any:
        if isinstance(query, str):
            query = PlainText(query, operator=operator or PlainText.DEFAULT_OPERATOR)
        return search(rewritten(query, typing=typing) or "", where, **kwargs)


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 (the name that Wagtail looks for)
    """Wagtail's search backend for the database in use, with Burmese queries."""
    stock = database.SearchBackend(params)
    return type(f"Burmese{type(stock).__name__}", (BurmeseQueries, type(stock)), {})(params)


def matching(queryset: Rows, text: str) -> Rows:
    """The rows that answer a query or sound like an answer, in the order of the queryset: one condition more, no statement.

    They hold every pair of syllables of the query, but not always together: `myanmar.search.Query.grade` tells.
    """
    tokens = _tokens(text, by_sound=True)
    if tokens is None:
        return queryset.none()
    found = get_search_backend().search(tokens, queryset.model, order_by_relevance=False)
    return queryset.filter(pk__in=found.get_queryset().order_by().values("pk"))
