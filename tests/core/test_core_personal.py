"""The register of personal data: every model is walked, so that nothing personal is kept unsaid."""

import re

from django.apps import apps
from django.db import models

from core.personal import KINDS
from people.models import Person

# What a field that holds something personal tends to be called.
LOOKS_PERSONAL = re.compile(
    r"(^|_)(e?mail|phone|mobile|address|birth|gender|nrc|passport|ip|user_agent|device|comment|note|avatar|photo)(_|$)"
    r"|^claim$|^name_(my|latin)$|^(first|last)_name$|^service_number$|^session_data$|^args_kwargs$"
)
# Ours or a library's, of things, not of people.
OF_THINGS = {
    "people.unit": {"name_my"},
    "people.cohort": {"name_my"},
    "content.glossaryterm": {"note"},
    "courses.outsidecurriculum": {"note"},
    "courses.outsideunit": {"note"},
}


def walked() -> list[type[models.Model]]:
    """Every model with a table of its own."""
    return [model for model in apps.get_models(include_auto_created=False) if model._meta.managed]


def own_fields(model: type[models.Model]) -> list[models.Field]:
    """Its columns, without those inherited from a parent table, and without links to parents."""
    return [field for field in model._meta.concrete_fields if not getattr(field.remote_field, "parent_link", False)]


def declared(model: type[models.Model]) -> set[str]:
    """First steps of the lookups that are declared for a model, and its fields."""
    kind = KINDS.get(model._meta.label_lower)
    if kind is None:
        return set()
    return {lookup.split("__")[0] for lookup in (*kind.subjects, *kind.actors, *kind.personal)}


def test_every_field_that_points_to_a_person_is_declared():
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in walked()
        for field in own_fields(model)
        if field.related_model is Person and field.name not in declared(model)
    ]
    assert missing == []


def test_every_model_that_points_to_somebodys_record_is_declared():
    subjects = {name for name, kind in KINDS.items() if kind.subjects and name != "people.person"}
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in walked()
        for field in own_fields(model)
        if field.related_model is not None
        and getattr(field.related_model, "_meta", None)
        and field.related_model._meta.label_lower in subjects
        and model._meta.label_lower not in KINDS
    ]
    assert missing == []


def test_every_field_that_looks_personal_is_declared():
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in walked()
        for field in own_fields(model)
        if LOOKS_PERSONAL.search(field.name)
        and field.name not in declared(model) | OF_THINGS.get(model._meta.label_lower, set())
    ]
    assert missing == []


def test_what_is_declared_is_there_and_says_why_it_is_kept():
    for kind in KINDS.values():
        model = apps.get_model(kind.model)
        names = {field.name for field in model._meta.get_fields()} | {"pk"}
        assert declared(model) <= names, kind.model
        assert kind.purpose, kind.model
        assert kind.keep, kind.model
        str(model._default_manager.values(*kind.exported).query)  # raises for a field that is not there


def test_a_field_that_is_not_declared_is_found(monkeypatch):
    monkeypatch.delitem(KINDS, "courses.enrolment")
    monkeypatch.delitem(KINDS, "account.emailaddress")
    found = [field.name for model in walked() if not declared(model) for field in own_fields(model) if field.related_model is Person or LOOKS_PERSONAL.search(field.name)]  # fmt: skip
    assert {"person", "email"} <= set(found)
