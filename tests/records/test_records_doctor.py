"""The doctor and the daily duties: what is wrong with an installation is found and said."""

import csv
import json
import os
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max
from wagtail.documents.models import Document

from core import append_only, audit, doctor, duties
from core.audit import Action
from records import heads
from records.models import AuditEntry, AuditPerson
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(databases="__all__")  # the queue has a file of its own

WRITTEN = Action("test.written", "Something was written")


@pytest.fixture(autouse=True)
def _own_data(settings, tmp_path):
    settings.DATA_DIR, settings.MEDIA_ROOT, settings.PACKAGES_ROOT = tmp_path, tmp_path / "media", tmp_path / "packages"


def found(*checks: str) -> dict[str, list[str]]:
    """What the doctor says, by check; only of some where given."""
    said: dict[str, list[str]] = {}
    for one in doctor.examine():
        if not checks or one.check in checks:
            said.setdefault(one.check, []).append(one.sentence)
    return said


def test_a_sound_installation_has_no_faults(capsys):
    call_command("update_index", verbosity=0)
    audit.record(WRITTEN, by=PersonFactory(findable=True))
    call_command("daily")
    call_command("doctor", "--json")
    said = json.loads(capsys.readouterr().out.partition("{")[2].join(["{", ""]))
    assert [one for one in said["findings"] if one["is_fault"]] == []
    assert {"settings", "migrations", "facts", "trail", "heads", "worker", "files"} <= set(said["checks"])


def test_a_fault_is_said_and_ends_the_command_with_1(settings, capsys):
    settings.ALLOWED_HOSTS = ["*"]
    with pytest.raises(CommandError) as refusal:
        call_command("doctor")
    assert refusal.value.returncode == 1
    assert "settings: ALLOWED_HOSTS answers to every name." in capsys.readouterr().out


def test_a_trigger_that_is_gone_is_found_and_put_back():
    with connection.cursor() as cursor:
        on = " ON records_auditentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER records_auditentry_no_delete{on}")
    assert "delete" in found("facts")["facts"][0]
    append_only.mend(connection)
    assert found("facts") == {}


def test_a_chain_made_anew_does_not_fit_the_heads_that_were_written_down():
    first = PersonFactory()
    audit.record(WRITTEN, by=first)
    assert duties.DUTIES["trail's head"](audit_now()) == f"entry {AuditEntry.objects.count()}"
    assert found("heads", "trail") == {}
    last = AuditEntry.objects.order_by("-number").first()
    with append_only.suspended(connection, [AuditEntry._meta.db_table, AuditPerson._meta.db_table]):
        AuditEntry.objects.filter(pk=last.pk).delete()
    audit.record(WRITTEN, by=None)
    said = found("heads", "trail")
    assert list(said) == ["heads"]  # the chain is whole in itself
    assert f"Entry {last.number}" in said["heads"][0]


def audit_now():
    """The server's clock."""
    return timezone.now()


def test_the_head_is_written_down_once_for_each_end_of_the_chain():
    for _ in range(2):
        audit.record(WRITTEN, by=None)
        heads.write_down(audit_now())
        heads.write_down(audit_now())
    with heads.path().open() as file:
        rows = list(csv.reader(file))
    last = AuditEntry.objects.order_by("-number").first()
    assert [int(row[0]) for row in rows] == [last.number - 1, last.number]
    assert rows[-1][1] == last.sha256
    assert os.stat(heads.path()).st_mode & 0o077 == 0


def test_a_file_that_is_gone_is_a_fault_and_one_that_belongs_to_nothing_a_note(settings):
    document = Document(title="A guide")
    document.file.save("guide.pdf", ContentFile(b"%PDF-1.7"))
    (settings.MEDIA_ROOT / "stray.txt").write_text("stray")
    assert list(found("files", "orphans")) == ["orphans"]
    (settings.MEDIA_ROOT / document.file.name).unlink()
    assert document.file.name in found("files")["files"][0]


def test_a_cache_that_forgets_is_a_fault(monkeypatch):
    monkeypatch.setattr(cache, "get", lambda *args, **kwargs: None)
    assert "cache" in found("cache")


def test_a_check_that_breaks_is_a_fault_and_the_others_are_made(monkeypatch):
    def broken():
        raise OSError("no such disk")
        yield

    monkeypatch.setitem(doctor.CHECKS, "disk", broken)
    assert found("disk") == {"disk": ["This could not be examined: OSError: no such disk"]}


def test_a_duty_that_fails_keeps_no_other_from_being_done(monkeypatch, capsys):
    monkeypatch.setattr(duties, "DUTIES", {"first": lambda at: 1 / 0, "second": lambda at: "2 done"})
    with pytest.raises(CommandError, match="first"):
        call_command("daily")
    assert "second: 2 done" in capsys.readouterr().out


def test_a_task_that_waits_for_a_worker_is_a_fault_and_one_whose_time_has_not_come_is_none():
    now = timezone.now()
    named = {"task_path": "assessments.tasks.close_attempt", "backend_name": "default", "args_kwargs": {}, "exception_class_path": "", "traceback": ""}  # fmt: skip
    DBTaskResult.objects.create(run_after=now + timedelta(hours=1), **named)
    DBTaskResult.objects.update(enqueued_at=now - timedelta(hours=1))
    assert found("worker") == {}
    DBTaskResult.objects.update(run_after=get_date_max())
    assert found("worker")["worker"][0].startswith("1 tasks have waited")
