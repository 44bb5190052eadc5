"""The world in which the table of matrix.py holds: one person of each role, and something of everything that is theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Locale

from assessments import refresher
from assessments.ending import submit_attempt
from assessments.examination import practising
from assessments.models import AnswerPicture, AnswerToMark, Attempt, ItemImport, ItemVersion, Quiz, QuizSection
from assessments.regrading import preview, regrade
from assessments.starting import start_attempt
from certificates.issuing import issue_certificate
from certificates.life import ask
from certificates.models import Certificate, CertificatePrint, Paper, SigningKey
from certificates.paper.design import PaperDesign
from certificates.sharing import share
from content.models import ContentVersion, Fact, TranslationImport
from content.packages.tickets import ticket_for
from courses.catalogue import catalogue
from courses.models import CoursePage, Enrolment
from people.models import Cohort, CohortMembership, PeopleImport, Person
from people.roles import grant_role
from tests.access.matrix import places
from tests.assessments import asking
from tests.assessments.test_assessments_marking import WRITTEN
from tests.content.packages.sending import library, ready, taken
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    PersonFactory,
    UnitFactory,
    card_of,
    guide_of,
    observation_of,
    session_of,
)
from training.evaluating.plans import Goal, set_target
from training.evaluating.quarters import Quarter
from training.evaluating.results import Place, Totals, enter
from training.services import assign
from training.sessions.attendance import Tick, tick

UNIT_PLACES = {"unit": "", "unit_edit": "edit/", "unit_close": "close/", "unit_merge": "merge/"}
PERSON_PLACES = {"person": "", "person_edit": "edit/", "person_close": "close/", "role_give": "roles/new/"}


@dataclass
class World:
    """The people of the table, and what is the officer's."""

    people: dict[str, Person | None]
    cohort: Cohort
    enrolment: Enrolment
    attempt: Attempt
    certificate: Certificate
    document: Document
    paths: dict[str, str] = field(default_factory=dict)


@contextmanager
def undone() -> Iterator[None]:
    """What is done in the block is undone after it: making a world takes longer than most that is asked of it."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        cache.clear()


def make_world() -> World:
    """The officer's open attempt and certificate, the trainer's cohort, a document, and one person of each role."""
    now = timezone.now()
    CoursePage.objects.update(audience=["immigration"])
    ContentVersion.advance()
    officer = PersonFactory(name_my="ဒေါ်သီတာလွင်", name_latin="Daw Thida Lwin")
    people: dict[str, Person | None] = {
        "anonymous": None,
        "officer": officer,
        "newcomer": PersonFactory(),
        "stranger": PersonFactory(unit=UnitFactory(agency="police")),
        "trainer": PersonFactory(trainer=True),
        "other": PersonFactory(trainer=True),
        "registrar": PersonFactory(registrar=True),
        "lead": PersonFactory(lead=True),
        "editor": PersonFactory(editor=True),
        "assessor": PersonFactory(assessor=True),
        "language": PersonFactory(language_reviewer=True),
        "master": PersonFactory(master=True),
        "named": PersonFactory(unit=officer.unit),
        "supervisor": PersonFactory(supervisor=True, unit=officer.unit),
        "auditor": PersonFactory(auditor=True),
        "translator": PersonFactory(translator=True),
        "subject": PersonFactory(subject=True),
        "half_in": PersonFactory(trainer=True),
    }
    grant = grant_role(
        people["named"], "supervisor", by=None, reason="test", starts_on=now.date(), unit=officer.unit, with_names=True
    )
    cohort = CohortFactory(trainer=people["trainer"], officers=[officer], name_en="The officer's group", name_my="")
    CohortFactory(trainer=people["other"], officers=1)
    CohortFactory(trainer=people["half_in"], officers=1)
    done = EnrolmentFactory(person=officer, status=Enrolment.Status.COMPLETED, completed_at=now)
    enrolment = EnrolmentFactory(person=officer, cohort=cohort)
    Quiz.objects.filter(kind=Quiz.Kind.EXAM).update(attempts_allowed=1)  # so that one more can be allowed
    course = catalogue("en").by_code["C1"]
    attempt = start_attempt(course.exam, officer, scope=enrolment.public_id, at=now)
    certificate = issue_certificate(done, at=now)
    shared = share(certificate, by=officer, at=now, until=timezone.localdate(now), with_name=True)
    doubted = ask(certificate, "revoked", by=people["lead"], reason="A doubt", at=now)
    printed = CertificatePrint.objects.create(
        cohort=cohort, asked_by=people["registrar"], total=1, done=1, file=b"%PDF-", made_at=now
    )
    paper = Paper.objects.create(name="Plain", draft=PaperDesign().to_dict())
    refresher.keep_cards(officer, ["M01.O1"], exam_pool=(), at=now - timedelta(days=3))
    turn = refresher.plan(officer, exam_pool=(), at=now).turns[0]
    answer = refresher.Answer(uuid4(), turn.card.public_id, turn.version.pk, ["a"])
    review = refresher.record(officer, answer, exam_pool=(), at=now)
    handed_in = submit_attempt(start_attempt(course.exam, officer, scope=done.public_id, at=now), at=now)
    item = ItemVersion.objects.get(pk=handed_in.paper["items"][0]["version"])
    seen = preview(course.exam, item, "credit")
    run = regrade(course.exam, item, "credit", digest=seen.digest, by=people["lead"], reason="Faulty", at=now)
    Quiz.objects.filter(pk=course.exam.pk).update(entry=Quiz.Entry.TICKET)  # so that tickets can be printed
    given, _new = assign(cohort, course, by=people["trainer"], due_on=None, message="", at=now)
    session = session_of(cohort, people["trainer"])
    asked = QuizSection(objective="M01.O1", count=1, position=0)
    for kind in ("pre_test", "post_test"):
        asked.quiz, asked.pk = (
            Quiz.objects.create(code=f"C1-{kind}", kind=kind, subject_key=course.key, entry="room"),
            None,
        )
        asked.save()
    tick(session, [Tick(uuid4(), officer.public_id, "present")], by=people["trainer"], at=now)
    guide_of("M01")
    card_of("M01")
    observed = observation_of(session, officer, people["trainer"])
    target = set_target(Place("immigration"), course, Goal(40, date(2026, 12, 31)), by=people["lead"], at=now)
    figures = enter(Place("immigration"), Quarter(2026, 1), Totals(9, 7, None, 0), by=people["registrar"], at=now)
    picture = AnswerPicture(attempt=attempt, place=0, width=1, height=1)
    picture.file.save("answer.webp", ContentFile(b"RIFF"))
    played = ready(by=people["editor"])
    refused = taken(b"PK", by=people["editor"])
    written = ItemVersion.objects.create(
        item_key=uuid4(), number=1, code="W", kind="written", use="exam", objective="M01.O1", difficulty=1, sha256="0",
        published_at=now, key=asking.key_of("written", WRITTEN), texts={"en": {"stem": "Why?", "feedback": "", **asking.texts_of("written", WRITTEN)}},
    )  # fmt: skip
    writer = PersonFactory(unit=officer.unit)
    CohortMembership.objects.create(cohort=cohort, person=writer, joined_at=now)
    theirs = submit_attempt(start_attempt(course.exam, writer, scope=uuid4(), at=now), at=now)
    to_mark = AnswerToMark.objects.create(attempt=theirs, place=0, version=written, since=now)
    document = Document(title="A guide")
    document.file.save("guide.pdf", ContentFile(b"%PDF-1.7 guide"))
    (settings.MEDIA_ROOT / "images").mkdir()
    (settings.MEDIA_ROOT / "images/map.png").write_bytes(b"\x89PNG")
    my = Locale.objects.get(language_code="my")
    came = TranslationImport.objects.create(locale=my, name="back.po", lines=[], made_by=people["translator"])
    en = Locale.objects.get(language_code="en")
    items = ItemImport.objects.create(locale=en, name="items.txt", drafts=[], notes=[], made_by=people["assessor"])
    brought = PeopleImport.objects.create(
        kind="people", name="people.xlsx", state="examined", brought_in_by=people["registrar"]
    )
    world = World(people, cohort, enrolment, attempt, certificate, document)
    block = practising.begin(officer, "decide", at=now)
    trial = practising.next_trial(block, at=now)
    practising.record(trial, practising.Given(uuid4(), ["answer:2"]), at=now)
    module, lesson = course.lessons[0]
    Fact.objects.filter(code="R5").update(kind="provision")
    values = {
        "law_entry": "/learn/law/R5/",
        "media": "/media/images/map.png",
        "factors:ask": f"/office/people/{people['trainer'].public_id}/second-factor/",
        "slips:print": f"/office/slips/print/?cohort={cohort.public_id}",
        "slips:person": f"/office/people/{people['newcomer'].public_id}/slip/",
        "slips:withdraw": f"/office/people/{people['newcomer'].public_id}/slip/withdraw/",
        "courses:enrol": f"/learn/courses/{course.key}/enrol/",
        "courses:read": f"/learn/lessons/{lesson.key}/read/",
        "courses:check": f"/learn/lessons/{lesson.key}/check/MIG-M01.O1-101/",
        "course": f"/my/courses/{course.slug}/",
        "coverage:course": f"/office/coverage/{course.code}/",
        "module": f"/my/courses/{course.slug}/{module.slug}/",
        "lesson": f"/my/courses/{course.slug}/{module.slug}/{lesson.slug}/",
        "practice_answered": f"/practice/answers/{review.pk}/",
        "examination:block": f"/practice/documents/blocks/{block.public_id}/",
        "examination:trial": f"/practice/documents/trials/{trial.public_id}/",
        "examination:answer": f"/practice/documents/trials/{trial.public_id}/answer/",
        "examination:reference": "/practice/documents/reference/passport/UTO/1/",
        "examination:case": "/practice/documents/cases/7/",
        "training:documents": f"/teach/cohorts/{cohort.public_id}/documents/",
        "training:plan_session": f"/teach/cohorts/{cohort.public_id}/sessions/new/",
        "training:attendance": f"/teach/sessions/{session.public_id}/people/{officer.public_id}/",
        **{
            f"training:{name}": f"/teach/sessions/{session.public_id}/{end}"
            for name, end in {
                "session": "",
                "change_session": "change/",
                "cancel_session": "cancel/",
                "session_room": "room/",
                "session_tests": "tests/",
                "test_paper": "tests/pre_test/paper.pdf",
                "test_letters": "tests/pre_test/letters/",
                "who": "who/",
                "ticks": "ticks/",
                "session_sheet": "sheet.pdf",
                "session_calendar": "session.ics",
                "guide": "guide/",
                "guide_paper": "guide.pdf",
                "present": "present/",
            }.items()
        },
        "courses:card": "/learn/cards/M01/",
        "courses:card_paper": "/learn/cards/M01/card.pdf",
        "training:module_guide": "/teach/guides/M01/",
        "training:practice": f"/teach/sessions/{session.public_id}/practice/",
        "training:observe": f"/teach/sessions/{session.public_id}/practice/{officer.public_id}/?rubric=R9&exercise=Round+1",
        "training:observation": f"/teach/observations/{observed.pk}/",
        "training:own_observation": f"/learn/observations/{observed.pk}/",
        "training:accredit": f"/teach/sessions/{session.public_id}/accredit/",
        "training:withdraw": f"/office/accreditations/{people['trainer'].accreditations.get().public_id}/withdraw/",
        "training:chain": f"/office/cascade/{officer.public_id}/",
        "training:ways": f"/teach/cohorts/{cohort.public_id}/ways/",
        "training:door": f"/teach/cohorts/{cohort.public_id}/door/",
        "training:group_rule": f"/teach/cohorts/{cohort.public_id}/rule/",
        "training:own_session": f"/learn/sessions/{session.public_id}/",
        "training:own_session_calendar": f"/learn/sessions/{session.public_id}/session.ics",
        "training:own_reaction": f"/learn/sessions/{session.public_id}/reaction/",
        "training:session_reactions": f"/teach/sessions/{session.public_id}/reactions/",
        "training:course_evaluation": "/office/evaluation/C1/",
        "training:correct_results": f"/office/evaluation/results/{figures.public_id}/",
        "training:count_session": f"/teach/sessions/{session.public_id}/count/",
        "training:change_target": f"/office/plans/{target.public_id}/",
        "training:own_behaviour": f"/learn/sessions/{session.public_id}/behaviour/",
        "training:report_behaviour": f"/teach/behaviour/{session.public_id}/{officer.public_id}/",
        "assessments:quiz": f"/quiz/{course.exam.public_id}/",
        "assessments:attempt": f"/attempt/{attempt.public_id}/",
        "assessments:steps": f"/attempt/{attempt.public_id}/steps/",
        "assessments:submit": f"/attempt/{attempt.public_id}/submit/",
        "assessments:item": "/office/items/MIG-M01.O1-101/",
        "assessments:evidence": f"/office/quizzes/{course.exam.public_id}/evidence/",
        "assessments:responses": f"/office/quizzes/{course.exam.public_id}/evidence/responses.csv",
        "assessments:add_pictures": f"/attempt/{attempt.public_id}/pictures/0/",
        "assessments:picture": f"/attempt/picture/{picture.public_id}/",
        "assessments:mark": f"/office/marking/{to_mark.public_id}/",
        "assessments:take_over": f"/attempt/{attempt.public_id}/take-over/",
        "assessments:rules": f"/office/exams/{course.exam.public_id}/",
        "assessments:regrade": f"/office/exams/{course.exam.public_id}/regrade/",
        "assessments:regrade_record": f"/office/exams/regrades/{run.public_id}/",
        "assessments:grade": f"/office/exams/attempts/{handed_in.public_id}/grade/",
        "training:room": f"/teach/cohorts/{cohort.public_id}/exams/{course.exam.public_id}/",
        "training:tickets": f"/teach/cohorts/{cohort.public_id}/exams/{course.exam.public_id}/tickets/",
        "training:exception": f"/teach/enrolments/{enrolment.public_id}/exams/{course.exam.public_id}/",
        "assessments:export": "/office/items/exchange/export/?format=gift&language=en",
        "assessments:arrival": f"/office/items/exchange/{items.public_id}/",
        "certificates:download": f"/certificates/{certificate.public_id}/pdf/",
        "certificates:verify": f"/verify/{certificate.code}/",
        **{
            f"certificates:{name}": f"/certificates/{certificate.public_id}/{name}/"
            for name in ("credential", "renew", "share")
        },
        "certificates:unshare": f"/certificates/{certificate.public_id}/share/{shared.public_id}/end/",
        "certificates:shared": shared.get_absolute_url(),
        "certificates:key": f"/verify/keys/{SigningKey.objects.first().kid}.json",
        "certificates:achievement": f"/verify/achievements/{certificate.rule.public_id}.json",
        "certificate_office:certificate": f"/office/certificates/{certificate.public_id}/",
        "certificate_office:pdf": f"/office/certificates/{certificate.public_id}/pdf/",
        "certificate_office:correct": f"/office/certificates/{certificate.public_id}/correct/",
        "certificate_office:ask": f"/office/certificates/{certificate.public_id}/ask/revoked/",
        "certificate_office:decide": f"/office/certificates/requests/{doubted.public_id}/",
        "certificate_office:cohort": f"/office/certificates/groups/{cohort.public_id}/",
        **{
            f"certificate_office:{name}": f"/office/certificates/groups/{cohort.public_id}/{name}/"
            for name in ("issue", "ceremony", "print")
        },
        "certificate_office:printed": f"/office/certificates/prints/{printed.public_id}/",
        "certificate_office:file": f"/office/certificates/prints/{printed.public_id}/pdf/",
        "certificate_office:rule": f"/office/certificates/rules/{certificate.rule.public_id}/",
        "certificate_office:design": f"/office/certificates/designs/{paper.public_id}/",
        "certificate_office:preview": f"/office/certificates/designs/{paper.public_id}/preview/",
        "certificate_office:publish": f"/office/certificates/designs/{paper.public_id}/publish/",
        "training:cohort": f"/teach/cohorts/{cohort.public_id}/",
        "training:assign": f"/teach/cohorts/{cohort.public_id}/assign/",
        "training:assignments": f"/teach/cohorts/{cohort.public_id}/assignments/",
        "training:progress_of": f"/teach/cohorts/{cohort.public_id}/people/{officer.public_id}/",
        "training:failed_items": f"/teach/cohorts/{cohort.public_id}/items/",
        **{
            f"training:{name}": f"/teach/assignments/{given.public_id}/{end}"
            for name, end in {
                "assignment": "",
                "change_assignment": "change/",
                "end_assignment": "end/",
                "remind": "remind/",
            }.items()
        },
        "training:allow": f"/teach/enrolments/{enrolment.public_id}/allow/",
        "courses:activity_begin": f"/learn/lessons/{lesson.key}/activities/{uuid4()}/begin/",
        "courses:activity_events": f"/learn/activities/{uuid4()}/events/",
        "packages_desk:arrival": f"/office/packages/arrivals/{refused.public_id}/",
        "packages_desk:package": f"/office/packages/{played.package.public_id}/",
        "packages_desk:version": f"/office/packages/{played.package.public_id}/1/",
        "packages_desk:preview": f"/office/packages/{played.package.public_id}/1/preview/",
        "packages_desk:library": f"/office/packages/libraries/{library().public_id}/",
        # On the site's own host there are no packages, whatever the ticket (tests/content/packages/test_packages_serving.py).
        "packages:play": f"/package/{ticket_for(played)}/play/",
        "packages:file": f"/package/{ticket_for(played)}/file/content.json",
        "packages:library": f"/package/library/{library().tree.sha256}/quiz.css",
        "packages:version_library": f"/package/{ticket_for(played)}/library/H5P.FixtureQuiz-1.0/quiz.css",
        "packages:bundle": f"/package/bundle/css/{played.bundle}/",
        "translation:text": f"/office/translations/my/{lesson.key}/",
        "translation:preview": f"/office/translations/my/{lesson.key}/preview/",
        "translation:export": "/office/translations/export/?format=po&q=M01.L1",
        "translation:arrival": f"/office/translations/import/{came.public_id}/",
        **{f"office:{name}": f"/office/units/{officer.unit.public_id}/{rest}" for name, rest in UNIT_PLACES.items()},
        **{f"office:{name}": f"/office/people/{officer.public_id}/{rest}" for name, rest in PERSON_PLACES.items()},
        "office:cohort": f"/office/cohorts/{cohort.public_id}/",
        "office:cohort_edit": f"/office/cohorts/{cohort.public_id}/edit/",
        "office:role_confirm": f"/office/roles/{grant.public_id}/confirm/",
        "office:role_end": f"/office/roles/{grant.public_id}/end/",
        "exchange:template": "/office/import/template/people.xlsx",
        "exchange:arrival": f"/office/import/{brought.public_id}/",
        "exchange:rows": f"/office/import/{brought.public_id}/rows.xlsx",
        "exchange:export": "/office/export/people/",
        "records:erase": f"/office/erasures/{people['newcomer'].public_id}/",
        "wagtaildocs_serve": f"/documents/{document.pk}/{document.filename}",
    }
    world.paths = {place.name: values.get(place.name, place.path) for place in places()}
    return world
