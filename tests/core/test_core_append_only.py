"""Rows that are facts: the database itself refuses to change or to delete them."""

from datetime import UTC, datetime
from itertools import product
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Locale

from assessments.bank import newest_of
from assessments.changing import change_grade, decide
from assessments.ending import submit_attempt
from assessments.examination import practising
from assessments.models import AnswerToMark, ItemVersion, Mark, PrintedForm, RefresherCard, RefresherReview
from assessments.recording import Sent, record_steps
from assessments.refresher import keep_cards
from assessments.regrading import preview, regrade
from assessments.starting import start_attempt
from certificates.issuing import issue_certificate
from certificates.models import CertificateReminder, Paper, PaperVersion
from content.models import TranslationReview
from core.append_only import AppendOnly
from courses.activities.recording import begin
from courses.activities.recording import record as record_activity
from courses.catalogue import catalogue
from courses.models import Completion, Enrolment
from tests.certificates.claims import change_status
from tests.content.packages.sending import ready
from tests.courses.playing import answered, course_with, enrolled, said
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, observation_of, session_of
from training.evaluating.quarters import Quarter
from training.evaluating.results import Place, Totals, enter
from training.models import BehaviourReport
from training.observing.recording import sign
from training.services import assign, change_for
from training.sessions.attendance import Tick, tick

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
FACTS = [
    ("records", "auditentry", "action"),
    ("records", "auditperson", "person_id"),
    ("content", "factversion", "text"),
    ("content", "translationreview", "note"),
    ("content", "translationpublication", "texts_sha256"),
    ("assessments", "itemversion", "code"),
    ("assessments", "attemptstep", "verdict"),
    ("assessments", "trialanswer", "answer"),
    ("assessments", "graderecord", "reason"),
    ("assessments", "refresherreview", "rating"),
    ("assessments", "mark", "comment"),
    ("assessments", "printedform", "code"),
    ("assessments", "regrade", "reason"),
    ("assessments", "gradeproposal", "reason"),
    ("assessments", "gradedecision", "note"),
    ("courses", "completion", "version"),
    ("courses", "activityresult", "verb"),
    ("records", "statement", "verb"),
    ("certificates", "certificate", "claim_sha256"),
    ("certificates", "certificatesignature", "signature"),
    ("certificates", "certificatereminder", "days"),
    ("certificates", "paperversion", "number"),
    ("certificates", "certificateevent", "reason"),
    ("training", "assignmentchange", "reason"),
    ("training", "attendancemark", "status"),
    ("training", "behaviourreport", "comment"),
    ("training", "resultfigures", "complaints"),
    ("training", "observation", "comment"),
    ("training", "observationsignature", "comment"),
]


def test_every_table_of_facts_is_in_this_list():
    migrations = MigrationLoader(connection).disk_migrations
    found = {
        (app, operation.model_name.lower())
        for (app, _name), migration in migrations.items()
        for operation in migration.operations
        if isinstance(operation, AppendOnly)
    }
    assert found == {(app, model) for app, model, _field in FACTS}


@pytest.fixture
def _facts() -> None:
    """One row at least in every table of facts."""
    exam = catalogue("en").by_code["C1"].exam
    trainer, officer = PersonFactory(trainer=True), PersonFactory()
    cohort = CohortFactory(trainer=trainer, officers=[officer])
    given, _new = assign(cohort, catalogue("en").by_code["C1"], by=trainer, due_on=None, message="", at=NOW)
    change_for(given, [officer], due_on=None, is_excused=True, reason="Ill", by=trainer, at=NOW)
    session = session_of(cohort, trainer)
    tick(session, [Tick(uuid4(), officer.public_id, "present")], by=trainer, at=NOW)
    sign(observation_of(session, officer, trainer), agrees=True, comment="", at=NOW)
    BehaviourReport.objects.create(session=session, person=officer, by=officer, kind="self", reported_at=NOW)
    enter(Place("police"), Quarter(2026, 1), Totals(9, 7, None, 0), by=trainer, at=NOW)
    done = EnrolmentFactory(status=Enrolment.Status.COMPLETED, completed_at=NOW)
    certificate = issue_certificate(done, at=NOW)
    change_status(certificate, at=NOW)
    CertificateReminder.objects.create(certificate=certificate, days=30, at=NOW, by_mail=False)
    paper = Paper.objects.create(name="Plain", draft={})
    PaperVersion.objects.create(paper=paper, number=1, design={}, published_at=NOW, published_by=done.person)
    Completion.objects.create(
        enrolment=done, requirement="course", key=done.course_key, code="C1", version="1.0/1", met_at=NOW
    )
    version = ready(by=done.person)
    course, lesson, activity = course_with(version)
    played = begin(enrolled(done.person, course), lesson, activity, version, at=NOW)
    record_activity(played, said(answered(version)), at=NOW)
    PrintedForm.objects.create(quiz=exam, code="AAAA", paper={}, sha256="0", made_at=NOW)
    attempt = start_attempt(exam, done.person, scope=done.public_id, at=NOW)
    record_steps(attempt, [Sent(uuid4(), "flag", 0, [], "a", 1, 0)], at=NOW)
    submit_attempt(attempt, at=NOW)
    keep_cards(done.person, ["M01.O1"], exam_pool=(), at=NOW)
    card = RefresherCard.objects.get(person=done.person)
    RefresherReview.objects.create(
        card=card,
        version=newest_of([card.item_key])[card.item_key],
        value=["a"],
        is_right=True,
        rating=3,
        reviewed_at=NOW,
    )
    trial = practising.next_trial(practising.begin(done.person, "decide", at=NOW), at=NOW)
    practising.record(trial, practising.Given(uuid4(), ["answer:2"]), at=NOW)
    answer = AnswerToMark.objects.create(attempt=attempt, place=0, version=ItemVersion.objects.first(), since=NOW)
    Mark.objects.create(
        answer=answer, number=1, levels={}, points=1, marked_by=PersonFactory(editor=True), marked_at=NOW
    )
    lead, registrar = PersonFactory(lead=True), PersonFactory(registrar=True)
    proposal = change_grade(attempt, score=0, passed=True, by=lead, reason="A talk", at=NOW)
    decide(proposal, confirm=True, note="Seen", by=registrar, at=NOW)
    version = ItemVersion.objects.first()
    shown = preview(exam, version, "credit")
    regrade(exam, version, "credit", digest=shown.digest, by=lead, reason="Faulty", at=NOW)
    TranslationReview.objects.create(
        translation_key=uuid4(), locale=Locale.get_default(), step="subject", verdict="approved", texts_sha256="0",
        reviewed_by=done.person, reviewed_at=NOW,
    )  # fmt: skip


def rows(table):
    """Everything in a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        return cursor.fetchall()


@pytest.mark.usefixtures("_facts")
def test_a_fact_is_neither_changed_nor_deleted(subtests):
    for (app, model, field), verb in product(FACTS, ("UPDATE {table} SET {field} = '1'", "DELETE FROM {table}")):
        table = apps.get_model(app, model)._meta.db_table
        before = rows(table)
        with subtests.test(table=table, verb=verb):
            with (
                pytest.raises(IntegrityError, match=f"{table} is append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(verb.format(table=table, field=field))
            assert len(before) > 0
            assert rows(table) == before


@pytest.mark.usefixtures("_facts")
def test_what_is_no_fact_may_be_changed():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE courses_enrolment SET due_on = '2026-12-31'")
        assert cursor.rowcount > 0
