"""Whether the service says truly that it lives and is ready."""

from collections import namedtuple

import pytest
from django.db import OperationalError, connection

pytestmark = pytest.mark.django_db

Usage = namedtuple("Usage", "total used free")


def ready(client):
    """Status and text of the answer."""
    response = client.get("/readyz")
    return response.status_code, response.content


def refuse(*args, **kwargs):
    """Nothing answers."""
    raise OperationalError("password of the database")


def test_the_process_answers_without_a_database(client):
    with connection.execute_wrapper(refuse):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_a_service_that_has_everything_is_ready(client):
    assert ready(client) == (200, b"ready")


def test_without_a_database_it_is_not_ready_and_does_not_say_why(client):
    with connection.execute_wrapper(refuse):
        assert ready(client) == (503, b"not ready")


def test_before_its_migrations_it_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(
        "core.views.MigrationExecutor.migration_plan", lambda *_args, **_kwargs: [("people.0002", False)]
    )
    assert ready(client) == (503, b"not ready")


def test_without_a_cache_it_is_not_ready(client, monkeypatch):
    monkeypatch.setattr("core.views.cache.set", refuse)
    assert ready(client) == (503, b"not ready")


def test_with_a_cache_that_forgets_it_is_not_ready(client, monkeypatch):
    monkeypatch.setattr("core.views.cache.get", lambda *_args, **_kwargs: None)
    assert ready(client) == (503, b"not ready")


@pytest.mark.parametrize(("free", "status"), [(2**20, 503), (3 * 2**30, 200)])
def test_with_a_full_disk_it_is_not_ready(free, status, client, monkeypatch):
    monkeypatch.setattr("core.views.shutil.disk_usage", lambda _path: Usage(2**40, 0, free))
    assert ready(client)[0] == status


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read(path, client):
    assert client.post(path).status_code == 405
