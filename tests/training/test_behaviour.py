"""What people do of a session at work: asked once a course, two to three months later, of them and of who sees them work."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from core.personal import erase
from people.models import Person, RoleGrant
from people.roles import grant_role
from records.models import AuditPerson
from tests.factories import CohortFactory, PersonFactory, UnitFactory, session_of
from training.errors import NotOnTheList, ReportClosed, ReportTooEarly
from training.evaluating.behaviour import Behaviour, Told, attended, counted, due_about, due_of, report
from training.models import BehaviourReport
from training.sessions.attendance import Tick, tick

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TOLD = Told([("MIG-M01.O1", 3), ("MIG-M01.O2", 1), ("MIG-M03.O1", 2)], ["time"], "")


def taught(trainer, people, days_ago: int):
    ends = NOW - timedelta(days=days_ago)
    session = session_of(
        CohortFactory(trainer=trainer, officers=people), trainer, starts_at=ends - timedelta(hours=3), ends_at=ends
    )
    tick(session, [Tick(uuid4(), one.public_id, "present") for one in people], by=trainer, at=NOW)
    return session


@pytest.mark.parametrize(("days", "is_due"), [(59, False), (61, True), (89, True), (91, False)])
def test_it_is_asked_from_sixty_to_ninety_days_after(days, is_due, trainer, officer):
    session = taught(trainer, [officer], days)
    assert [due.session for due in due_of(attended(Q(person=officer), at=NOW), at=NOW)] == ([session] if is_due else [])
    if is_due:
        report(session, officer, TOLD, by=officer, at=NOW)
        assert due_of(attended(Q(person=officer), at=NOW), at=NOW) == []
    else:
        with pytest.raises(ReportTooEarly if days < 60 else ReportClosed):
            report(session, officer, TOLD, by=officer, at=NOW)


def test_a_course_of_several_days_is_asked_about_once_and_not_while_it_goes_on(trainer, officer):
    taught(trainer, [officer], 65)
    last = taught(trainer, [officer], 64)
    assert [due.session for due in due_of(attended(Q(person=officer), at=NOW), at=NOW)] == [last]
    taught(trainer, [officer], 10)
    assert due_of(attended(Q(person=officer), at=NOW), at=NOW) == []


def test_the_officer_reports_three_tasks_and_the_first_counts(trainer, officer, sign_in, client):
    session = taught(trainer, [officer], 70)
    client.cookies["lang"] = "en"
    own = sign_in(officer)
    address = f"/learn/sessions/{session.public_id}/behaviour/"
    assert address in own.get("/learn/").content.decode()
    page = own.get(address)
    codes = [code for code, _text in page.context["form"].fields["task-1"].choices][1:]
    fields = {f"task-{n}": codes[n - 1] for n in page.context["form"].tasks}
    fields |= {f"level-{n}": n for n in page.context["form"].tasks} | {"barriers": ["tools"], "comment": ""}
    twice = own.post(address, fields | {"task-2": codes[0]})
    assert "this one is above already" in twice.content.decode()
    assert own.post(address, fields).status_code == 302
    own.post(address, fields | {"level-1": 0})
    one = BehaviourReport.objects.get()
    assert (one.kind, one.by, one.barriers, one.tasks[0]) == ("self", officer, ["tools"], [codes[0], 1])
    assert address not in own.get("/learn/").content.decode()


def test_a_trainer_reports_on_the_learners_of_their_groups_and_the_officer_reads_it(trainer, officer, sign_in, client):
    session = taught(trainer, [officer], 70)
    client.cookies["lang"] = "en"
    desk = sign_in(trainer)
    assert "asked of you: 1" in desk.get("/teach/").content.decode()
    address = f"/teach/behaviour/{session.public_id}/{officer.public_id}/"
    assert address in desk.get("/teach/behaviour/").content.decode()
    form = desk.get(address).context["form"]
    codes = [code for code, _text in form.fields["task-1"].choices][1:]
    fields = {f"task-{n}": codes[n - 1] for n in form.tasks} | {f"level-{n}": 2 for n in form.tasks}
    assert desk.post(address, fields | {"comment": "Asked open questions"}).status_code == 302
    assert address not in desk.get("/teach/behaviour/").content.decode()
    assert AuditPerson.objects.filter(person=officer, entry__action="training.behaviour_reported").count() == 1
    page = sign_in(officer).get(f"/learn/sessions/{session.public_id}/").content.decode()
    assert "Asked open questions" in page
    assert "done to standard" in page


def test_a_supervisor_with_names_is_asked_and_one_without_is_not(trainer):
    post = UnitFactory()
    officer, other = PersonFactory(unit=post), PersonFactory(unit=post)
    session = taught(trainer, [officer, other], 70)
    named = PersonFactory(unit=post)
    grant_role(
        named, RoleGrant.Role.SUPERVISOR, by=None, reason="test", starts_on=NOW.date() - timedelta(1), unit=post, with_names=True
    )  # fmt: skip
    blind = PersonFactory(supervisor=True)
    from people.access import visible_people

    asked = due_about(visible_people(named, "behaviour.report"), by=named, at=NOW)
    assert {due.person for due in asked} == {officer, other}
    assert not Person.objects.get(pk=blind.pk).may("behaviour.report")
    report(session, officer, TOLD, by=named, at=NOW)
    assert [due.person for due in due_about(visible_people(trainer, "behaviour.report"), by=trainer, at=NOW)] == [other]


def test_nobody_reports_on_who_is_not_theirs_and_nobody_sees_reports_on_others(trainer, officer, sign_in):
    session = taught(trainer, [officer], 70)
    report(session, officer, Told([("MIG-M01.O1", 0)], [], "Only for the officer"), by=trainer, at=NOW)
    address = f"/teach/behaviour/{session.public_id}/{officer.public_id}/"
    assert sign_in(PersonFactory(trainer=True)).get(address).status_code == 404
    assert sign_in(PersonFactory()).get(f"/learn/sessions/{session.public_id}/behaviour/").status_code == 404


def test_who_was_not_there_is_not_reported_on(trainer, officer):
    session = taught(trainer, [officer], 70)
    with pytest.raises(NotOnTheList):
        report(session, PersonFactory(), TOLD, by=trainer, at=NOW)


@pytest.mark.parametrize(("kind", "by_other"), [("self", True), ("supervisor", False)])
def test_a_report_of_oneself_is_by_oneself_and_one_of_another_by_another(kind, by_other, trainer, officer):
    session = taught(trainer, [officer], 70)
    with pytest.raises(IntegrityError), transaction.atomic():
        BehaviourReport.objects.create(
            session=session, person=officer, by=trainer if by_other else officer, kind=kind, reported_at=NOW
        )


def test_words_go_with_an_erasure_and_levels_stay(trainer, officer):
    session = taught(trainer, [officer], 70)
    one = report(session, officer, Told([("MIG-M01.O1", 0)], [], "My words"), by=officer, at=NOW)
    with transaction.atomic():
        erase(officer, NOW)
    one.refresh_from_db()
    assert (one.comment, one.tasks) == ("", [["MIG-M01.O1", 0]])


def test_reports_are_counted_together():
    rows = [([["a", 3], ["b", 1]], ["time", "tools"]), ([["a", 2]], ["time"])]
    assert counted(rows) == Behaviour(reports=2, tasks=3, done=2, barriers=(("time", 2), ("tools", 1)))


@pytest.mark.parametrize("officers", [1, 6])
def test_the_list_of_what_is_due_costs_the_same_for_any_number(officers, trainer, django_assert_num_queries):
    people = PersonFactory.create_batch(officers)
    taught(trainer, people, 70)
    with django_assert_num_queries(2):  # attendance, reports
        assert len(due_about(Person.objects.filter(pk__in=[one.pk for one in people]), by=trainer, at=NOW)) == officers
