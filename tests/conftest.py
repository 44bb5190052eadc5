"""What every test starts from: a small authored curriculum loaded once, and the caches empty."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from allauth.account.internal.flows import login as allauth_login
from django.apps import apps
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings

from core import append_only
from people.models import Person
from tests import migrated

CURRICULUM = Path(__file__).parent / "curriculum"
# How long an example takes says how busy the machine is, and nothing about the property.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
FACTS = [("training", "AssignmentChange"), ("training", "BehaviourReport"), ("training", "ResultFigures"), ("training", "AttendanceMark"), ("training", "Observation"), ("training", "ObservationSignature"), ("records", "AuditPerson"), ("records", "AuditEntry"), ("content", "FactVersion"), ("content", "TranslationReview"), ("content", "TranslationPublication"), ("assessments", "ItemVersion"), ("assessments", "AttemptStep"), ("assessments", "GradeRecord"),
         ("assessments", "Regrade"), ("assessments", "GradeProposal"), ("assessments", "GradeDecision"), ("assessments", "RefresherReview"), ("assessments", "TrialAnswer"), ("assessments", "Mark"), ("assessments", "PrintedForm"),
         ("courses", "Completion"), ("courses", "ActivityResult"), ("records", "Statement"), ("certificates", "PaperVersion"), ("certificates", "Certificate"), ("certificates", "CertificateSignature"),
         ("certificates", "CertificateReminder"), ("certificates", "CertificateEvent")]  # fmt: skip


# Who asks for one of these may ask the database; pytest-django refuses it to everybody else.
DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="leave out what gives the same on every database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --database-only: the tests that may ask the database and whose outcome is its own, and those of the settings, which differ with it."""
    if not config.getoption("database_only"):
        return

    def may_ask(item: pytest.Item) -> bool:
        if item.get_closest_marker("any_database"):
            return False
        return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(item.fixturenames)

    config.hook.pytest_deselected(items=[item for item in items if not may_ask(item)])
    items[:] = [item for item in items if may_ask(item)]


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end; to look through it for garbage again and again is a tenth of all work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """On SQLite a migrated database is kept and copied until a migration or a library changes: it takes half a minute."""
    migrated.keep()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database holds tests/curriculum: one course C1 with modules M01 (two lessons) and M03 (one lesson)."""
    from certificates import keyring
    from certificates.models import SigningKey
    from content.authored import read_curriculum
    from core import languages
    from courses import catalogue
    from courses.loading import load

    with django_db_blocker.unblock():
        load(read_curriculum(CURRICULUM), at=timezone.now())
        for purpose in SigningKey.Purpose:
            keyring.signer(purpose)
        # Asked once for all tests, so that what a page costs does not depend on which test is the first.
        languages.KEPT_SECONDS = 86400
        languages.offered_languages()
        for language in ("en", "my"):
            catalogue.catalogue(language)
        _published.update(catalogue._kept)


_published: dict[str, Any] = {}  # what was read of the curriculum at the beginning, by language


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    """Caches as after a start, but for the structure of the curriculum, which most tests ask for and few change."""
    from assessments import bank
    from courses import catalogue

    cache.clear()
    bank.forget()
    catalogue.forget()
    for language, (token, kept) in _published.items():
        catalogue._kept[language] = token, replace(kept, bodies={}, searched={})
    yield
    catalogue.forget()


@pytest.fixture
def emptied() -> Iterator[Callable[[], None]]:
    """For tests with `transaction=True`: lets the append-only tables be emptied afterwards."""
    yield lambda: None
    tables = [apps.get_model(*name)._meta.db_table for name in FACTS]
    with append_only.suspended(connections["default"], tables), connections["default"].cursor() as cursor:
        for table in reversed(tables):
            cursor.execute(f"DELETE FROM {table}")


@pytest.fixture
def sign_in(client: Client) -> Callable[[Person], Client]:
    """A client signed in as a person, with the second factor proven where the role asks for it."""

    def sign(person: Person, *, second_factor: bool = True) -> Client:
        client.force_login(person)
        if person.is_office and second_factor:
            session = client.session
            session[allauth_login.AUTHENTICATION_METHODS_SESSION_KEY] = [
                {"method": "mfa", "at": timezone.now().timestamp()}
            ]
            session[allauth_login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
            session.save()
        return client

    return sign
