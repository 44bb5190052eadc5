"""The audit trail: a chain to which everybody adds, and in which a change is found out."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections, transaction

from core import append_only, audit
from core.audit import Action
from people.models import Person
from records import trail
from records.models import AuditEntry, AuditPerson
from tests.factories import PersonFactory

DONE = Action("test.done", "Something was done")


def going_round(statement: str) -> None:
    """What somebody with the keys of the database could do."""
    tables = [AuditEntry._meta.db_table, AuditPerson._meta.db_table]
    with append_only.suspended(connection, tables), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def entries() -> list[AuditEntry]:
    """Three entries, the second about two people."""
    by, *people = PersonFactory.create_batch(3)
    audit.record(DONE, by=by, about=people[0], reason="အကြောင်းပြချက်")
    audit.record(DONE, by=by, about=people[0], people=people)
    audit.record(DONE, by=None, count=3)
    return list(AuditEntry.objects.filter(action=DONE.code).order_by("number"))


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_what_and_whom_it_concerns(entries):
    first, second, third = entries
    assert (first.label, first.details) == ("Something was done", {"reason": "အကြောင်းပြချက်"})
    assert (first.about_kind, first.about_id) == ("people.person", str(Person.objects.get(pk=second.people.first().person_id).public_id))  # fmt: skip
    assert second.people.count() == 2
    assert third.by is None
    assert [one.before for one in entries[1:]] == [one.sha256 for one in entries[:-1]]
    assert list(trail.faults()) == []
    assert trail.head() == trail.Head(third.number, third.sha256)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE records_auditentry SET action = 'test.other' WHERE number = {second}", "Entry {second} is not what was written."),
        ("UPDATE records_auditentry SET detail = '{{}}' WHERE number = {first}", "Entry {first} is not what was written."),
        ("UPDATE records_auditentry SET by_id = NULL WHERE number = {second}", "Entry {second} is not what was written."),
        ("DELETE FROM records_auditperson WHERE entry_id = {second}", "Entry {second} is not what was written."),
        ("UPDATE records_auditentry SET sha256 = 'x' WHERE number = {first}", "Entry {second} does not follow the one before it."),
    ],
)  # fmt: skip
def test_a_change_by_whoever_goes_round_the_triggers_is_found(change, says, entries):
    numbers = dict(zip(("first", "second", "third"), (one.number for one in entries), strict=True))
    going_round(change.format(**numbers))
    assert says.format(**numbers) in list(trail.faults())


@pytest.mark.django_db
def test_an_entry_taken_out_leaves_a_gap_and_one_at_the_end_another_head(entries):
    first, second, third = entries
    before = trail.head()
    going_round(f"DELETE FROM records_auditperson WHERE entry_id = {second.number}")
    going_round(f"DELETE FROM records_auditentry WHERE number = {second.number}")
    assert f"Entries {second.number} to {second.number} are missing." in list(trail.faults())
    going_round(f"DELETE FROM records_auditentry WHERE number = {third.number}")
    assert trail.head() == trail.Head(first.number, first.sha256) != before


@pytest.mark.django_db
def test_what_is_rolled_back_was_not_done(entries):
    before = trail.head()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(DONE, by=None)
        raise ZeroDivisionError
    assert trail.head() == before


# The tests' SQLite lies in memory, where two connections lock whole tables; a room of 200 on a file is `make bench`.
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory knows no waiting")
@pytest.mark.django_db(transaction=True)
def test_twenty_who_write_at_once_make_one_chain(emptied):
    person, ready = PersonFactory(), Barrier(4)

    def write() -> None:
        ready.wait()
        for _ in range(5):
            audit.record(DONE, by=person)
        connections.close_all()

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditEntry.objects.filter(action=DONE.code).count() == 20
    assert list(trail.faults()) == []


def test_a_code_stands_for_one_action():
    with pytest.raises(ValueError, match=r"test\.done"):
        Action("test.done", "Something else")
