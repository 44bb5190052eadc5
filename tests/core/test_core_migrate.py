"""`manage.py migrate` brings the queue's file up to date as well, or the first task that is left to it fails."""

import pytest
from django.core.management.commands import migrate as django_s
from django.db import connections

from core.management.commands.migrate import Command

QUEUE = ["django_tasks_database", "--database", "tasks"]


def ran(monkeypatch, *typed):
    """What Django's own command is given."""
    given = []
    monkeypatch.setattr(django_s.Command, "run_from_argv", lambda self, argv: given.append(argv[2:]))
    Command().run_from_argv(["manage.py", "migrate", *typed])
    return given


@pytest.mark.skipif("tasks" not in connections.databases, reason="the queue has no file of its own on PostgreSQL")
@pytest.mark.parametrize("typed", [[], ["-v0"], ["--check"]])
def test_what_is_typed_for_all_is_done_for_the_queue_too(typed, monkeypatch):
    assert ran(monkeypatch, *typed) == [typed, [QUEUE[0], *typed, *QUEUE[1:]]]


@pytest.mark.parametrize("typed", [["content"], ["content", "0001"], ["--database", "tasks"], QUEUE])
def test_what_is_typed_for_one_is_done_for_that_one(typed, monkeypatch):
    assert ran(monkeypatch, *typed) == [typed]
