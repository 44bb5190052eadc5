"""Sessions at the desks: planned, changed, cancelled, held and looked at; and the learner who signs in."""

import json
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import icalendar
import pytest
from django.utils import timezone

from certificates.issuing import issue_due
from certificates.models import Certificate, CertificateRule
from core.exporting import EXPORTS, Within
from courses.catalogue import catalogue
from myanmar.digits import to_myanmar_digits
from people.models import Person, Unit
from tests.certificates.papers import text_of
from tests.factories import PersonFactory, session_of
from training.accrediting.granting import name_master
from training.models import Attendance, AttendanceMark, TrainingSession
from training.sessions import codes
from training.sessions.attendance import SETTLED, SignIn, Tick, sign_in, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(cohort, trainer):
    """A session that began five minutes ago."""
    now = timezone.now()
    return session_of(cohort, trainer, starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=2))


TODAY = timezone.localdate()
DAY = TODAY + timedelta(days=30)
FIELDS = {"course": "C1", "modules": ["M03"], "day": to_myanmar_digits(f"{DAY:%d-%m-%Y}"), "begins": "၀၉:၀၀", "ends": "12.30", "place": "Room 2", "unit": "", "co_trainers": "", "observers": "", "notes": ""}  # fmt: skip


def address(session, end: str = "") -> str:
    return f"/teach/sessions/{session.public_id}/{end}"


# --- Planning -------------------------------------------------------------------------------------------------------------


def test_a_trainer_plans_a_session_with_a_co_trainer_and_who_helps_works_in_the_room(desk, cohort, trainer, sign_in):
    other = PersonFactory(trainer=True)
    name_master(trainer, catalogue("en").by_code["C1"], by=trainer, reason="test", at=timezone.now())
    response = desk.post(
        f"/teach/cohorts/{cohort.public_id}/sessions/new/", FIELDS | {"co_trainers": other.service_number.lower()}
    )
    session = TrainingSession.objects.get()
    assert response["Location"] == address(session)
    assert (session.modules, timezone.localtime(session.starts_at).strftime("%Y-%m-%d %H:%M")) == (
        ["M03"],
        f"{DAY} 09:00",
    )
    assert session.course_version == catalogue("en").by_code["C1"].version
    assert {(one.person, one.part) for one in session.trainers.all()} == {(trainer, "lead"), (other, "co")}
    assert "Room 2" in desk.get("/teach/sessions/").content.decode()
    assert sign_in(other).get(address(session, "room/")).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day": "31-02-2026"}, "This is no date"),
        ({"ends": "08:00"}, "It ends before it begins"),
        ({"place": ""}, "This field is required"),
        ({"co_trainers": "NOBODY-1"}, "Nobody who trains has these numbers: NOBODY-1"),
        ({"course": "C9"}, "Select a valid choice"),
        ({"day": "01-01-1900"}, "This day cannot be meant"),
        ({"day": f"{TODAY + timedelta(days=800):%d-%m-%Y}"}, "This day cannot be meant"),
        ({"place": "ခန်းမ 😀"}, "This cannot be printed on papers: 😀 (U+1F600)"),
    ],
)
def test_what_cannot_be_planned_is_said_and_nothing_is_lost(wrong, said, desk, cohort):
    page = desk.post(f"/teach/cohorts/{cohort.public_id}/sessions/new/", FIELDS | wrong).content.decode()
    assert said in page
    assert wrong.get("place", "Room 2") in page
    assert not TrainingSession.objects.exists()


def test_a_session_that_took_place_is_entered_afterwards_and_corrected_whenever_it_was(desk, cohort, session):
    held = {"day": f"{TODAY - timedelta(days=300):%d-%m-%Y}"}
    assert desk.post(f"/teach/cohorts/{cohort.public_id}/sessions/new/", FIELDS | held).status_code == 302
    long_ago = timezone.now() - timedelta(days=900)
    TrainingSession.objects.filter(pk=session.pk).update(starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))
    same = {"day": f"{timezone.localtime(long_ago):%d-%m-%Y}", "place": "The hall"}
    assert desk.post(address(session, "change/"), FIELDS | same).status_code == 302
    session.refresh_from_db()
    assert session.place == "The hall"


def test_an_officer_is_no_co_trainer(desk, cohort, officers):
    page = desk.post(
        f"/teach/cohorts/{cohort.public_id}/sessions/new/", FIELDS | {"co_trainers": officers[0].service_number}
    )
    assert "Nobody who trains" in page.content.decode()


def test_a_session_is_moved_until_people_came_and_then_keeps_its_modules(desk, session, officers, trainer):
    assert desk.post(address(session, "change/"), FIELDS | {"modules": ["M01"]}).status_code == 302
    session.refresh_from_db()
    assert session.modules == ["M01"]
    tick(session, [Tick(uuid4(), officers[0].public_id, "present")], by=trainer, at=timezone.now())
    page = desk.post(address(session, "change/"), FIELDS).content.decode()
    assert "People signed in to this session already" in page
    assert desk.post(address(session, "change/"), FIELDS | {"modules": ["M01"], "place": "The hall"}).status_code == 302
    session.refresh_from_db()
    assert session.place == "The hall"


def test_a_session_tells_its_version_in_the_digits_of_the_reader(desk, session):
    desk.cookies["lang"] = "my"
    assert f"မူ {to_myanmar_digits(session.course_version)}<" in desk.get(address(session)).content.decode()


def test_a_cancelled_session_says_why_and_is_over(desk, session, officers, client):
    assert "This field is required" in desk.post(address(session, "cancel/"), {"reason": ""}).content.decode()
    desk.post(address(session, "cancel/"), {"reason": "The road is under water"})
    assert desk.get(address(session, "room/")).status_code == 404
    client.force_login(officers[0])
    page = client.get(f"/learn/sessions/{session.public_id}/").content.decode()
    assert "The road is under water" in page
    assert 'name="code"' not in page


@pytest.mark.parametrize("end", ["sheet.pdf", "guide.pdf"])
def test_papers_of_a_place_with_a_character_that_no_font_has_come_with_a_sign_in_its_stead(end, desk, session):
    TrainingSession.objects.filter(pk=session.pk).update(place="Hall 😀👩\u200d🏫 B")
    response = desk.get(address(session, end))
    assert response.status_code == 200
    assert "Hall ◌ B" in " ".join(text_of(response.content).split())


# --- The list -------------------------------------------------------------------------------------------------------------


def test_the_list_is_ticked_saved_and_corrected_with_its_history(desk, running, officers):
    page = desk.get(address(running)).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    names = [f"status-{one.public_id}" for one in officers]
    sent = {
        "token": token,
        "how": "paper",
        "page": "AB12CD-1",
        names[0]: "present",
        names[1]: "late",
        names[2]: "",
        "rest": "1",
    }
    desk.post(address(running, "ticks/"), sent)
    desk.post(address(running, "ticks/"), sent)  # a second tap
    assert dict(Attendance.objects.values_list("person", "status")) == dict(
        zip([one.pk for one in officers], ["present", "late", "absent"], strict=True)
    )
    assert AttendanceMark.objects.count() == 3
    assert set(AttendanceMark.objects.values_list("how", "page")) == {("paper", "AB12CD-1")}
    desk.post(address(running, "ticks/"), {"token": str(uuid4()), names[0]: "left_early"})
    page = desk.get(address(running, f"people/{officers[0].public_id}/")).content.decode()
    assert page.index("Left early") < page.index('class="tag good"') < page.index("Present")
    assert "2 of 3 were there" in desk.get(address(running)).content.decode()


def test_a_device_sends_what_it_kept_and_is_answered_by_id(desk, running, officers):
    ids = [str(uuid4()) for _one in range(3)]
    ticks = [
        {"id": ids[0], "person": str(officers[0].public_id), "status": "present", "age": 60},
        {"id": ids[1], "person": str(officers[1].public_id), "status": "dancing", "age": 60},
        {"id": ids[2], "person": str(uuid4()), "status": "present", "age": 60},
    ]
    for _time in range(2):
        answer = desk.post(address(running, "ticks/"), json.dumps({"ticks": ticks}), content_type="application/json")
        assert answer.json()["ticks"] == [
            {"id": ids[0], "verdict": "accepted"}, {"id": ids[1], "verdict": "unknown"}, {"id": ids[2], "verdict": "unknown"},
        ]  # fmt: skip
    assert AttendanceMark.objects.count() == 1
    assert desk.get(address(running, "who/")).json() == {"statuses": {str(officers[0].public_id): "present"}}


def test_a_device_that_kept_what_was_copied_from_paper_says_so(desk, running, officers):
    tick = {
        "id": str(uuid4()),
        "person": str(officers[0].public_id),
        "status": "late",
        "how": "paper",
        "page": "AB12CD-1",
    }
    desk.post(address(running, "ticks/"), json.dumps({"ticks": [tick]}), content_type="application/json")
    assert list(AttendanceMark.objects.values_list("how", "page")) == [("paper", "AB12CD-1")]


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{}",
        '{"ticks": 3}',
        '{"ticks": [{"id": "x"}]}',
        '{"ticks": [[]]}',
        '{"ticks": [{"id": "1", "person": "1", "status": "present", "age": "long"}]}',
    ],
)
def test_what_no_page_of_ours_sends_is_refused_whole(body, desk, running):
    assert desk.post(address(running, "ticks/"), body, content_type="application/json").status_code == 400


def test_the_sheet_to_sign_names_everyone_in_burmese_and_has_a_code_on_each_page(desk, running, officers):
    running.cohort.memberships.model.objects.bulk_create(
        running.cohort.memberships.model(cohort=running.cohort, person=one, joined_at=timezone.now())
        for one in PersonFactory.create_batch(20)
    )
    file = desk.get(address(running, "sheet.pdf"))
    assert file["Content-Type"] == "application/pdf"
    text = "".join(text_of(file.content, page) for page in (0, 1))
    assert officers[0].name_my in text.replace("\u200b", "")
    code = running.public_id.hex[:6].upper()
    assert all(f"{code}-{page}" in text for page in (1, 2))
    assert f"{code}-3" not in text


def test_the_room_costs_as_many_queries_for_many_as_for_few(desk, running, django_assert_max_num_queries):
    running.cohort.memberships.model.objects.bulk_create(
        running.cohort.memberships.model(cohort=running.cohort, person=one, joined_at=timezone.now())
        for one in PersonFactory.create_batch(60)
    )
    desk.get(address(running, "room/"))
    with django_assert_max_num_queries(16):
        desk.get(address(running, "room/"))
    with django_assert_max_num_queries(18):
        desk.get(address(running))


def test_the_secret_is_on_the_page_in_the_room_and_nowhere_else(desk, running, officers, client):
    assert running.secret in desk.get(address(running, "room/")).content.decode()
    assert running.secret not in desk.get(address(running)).content.decode()
    client.force_login(officers[0])
    assert running.secret not in client.get(f"/learn/sessions/{running.public_id}/").content.decode()


def test_who_watches_a_session_does_not_hold_it(sign_in, session):
    observer = PersonFactory(trainer=True)
    session.trainers.create(person=observer, part="observer")
    client = sign_in(observer)
    assert client.get(address(session)).status_code == 200
    assert client.get(address(session, "room/")).status_code == 404


# --- The learner ----------------------------------------------------------------------------------------------------------


def shown(session) -> str:
    return codes.code_at(bytes.fromhex(session.secret), timezone.now())


def test_the_desk_says_when_and_where_and_the_code_in_burmese_digits_signs_in(own, running, officers):
    desk = own.get("/learn/").content.decode()
    assert f"/learn/sessions/{running.public_id}/" in desk
    page = own.get(f"/learn/sessions/{running.public_id}/?c={shown(running)}").content.decode()
    assert f'value="{shown(running)}"' in page  # as the square brings it
    assert not Attendance.objects.exists()  # looking writes nothing
    burmese = shown(running).translate(str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉"))
    assert (
        own.post(f"/learn/sessions/{running.public_id}/", {"code": burmese, "token": str(uuid4())}).status_code == 302
    )
    assert Attendance.objects.get().status == "present"
    assert "Present" in own.get(f"/learn/sessions/{running.public_id}/").content.decode()


def test_a_wrong_code_is_said_to_people_and_to_the_script(own, running):
    page = own.post(f"/learn/sessions/{running.public_id}/", {"code": "000000"}).content.decode()
    assert "This is not the code that is shown in the room now" in page
    answer = own.post(
        f"/learn/sessions/{running.public_id}/", {"code": "000000", "age": "40"}, HTTP_ACCEPT="application/json"
    ).json()
    assert answer["verdict"] == "session_wrong_code"


def test_codes_are_not_guessed(own, running):
    statuses = [own.post(f"/learn/sessions/{running.public_id}/", {"code": f"{n:06d}"}).status_code for n in range(20)]
    assert statuses[-1] == 429
    assert statuses.count(200) <= 12


def test_who_does_not_belong_to_the_group_finds_no_session(running, sign_in):
    client = sign_in(PersonFactory())
    assert client.get(f"/learn/sessions/{running.public_id}/").status_code == 404
    assert client.post(f"/learn/sessions/{running.public_id}/", {"code": shown(running)}).status_code == 404


def test_the_calendar_takes_it_in_and_out(own, desk, session):
    event = icalendar.Calendar.from_ical(desk.get(address(session, "session.ics")).content).events[0]
    assert (event["UID"], event.start, event["STATUS"]) == (
        f"{session.public_id}@thindan",
        session.starts_at,
        "CONFIRMED",
    )
    desk.post(address(session, "cancel/"), {"reason": "Flood"})
    assert b"STATUS:CANCELLED" in desk.get(address(session, "session.ics")).content


# --- What follows ---------------------------------------------------------------------------------------------------------


def test_attendance_leaves_as_a_table(running, officers, trainer):
    tick(running, [Tick(uuid4(), officers[0].public_id, "late")], by=trainer, at=timezone.now())
    within = Within(Person.objects.all(), Unit.objects.all())
    [(person, cells)] = EXPORTS["attendance"].rows(within)
    assert person == officers[0].pk
    assert len(cells) == len(EXPORTS["attendance"].columns)
    assert "late" in cells


def test_who_attended_earns_the_certificate_of_the_session_once_the_list_is_settled(cohort, trainer, officers):
    course = catalogue("en").by_code["C1"]
    rule = CertificateRule.objects.create(
        code="C1-S", kind=CertificateRule.Kind.ATTENDANCE, course_key=course.key, is_live=True
    )
    began = timezone.now() - SETTLED - timedelta(hours=8)
    session = session_of(cohort, trainer, starts_at=began, ends_at=began + timedelta(hours=7))
    typed = SignIn(uuid4(), codes.code_at(bytes.fromhex(session.secret), began))
    sign_in(session, officers[0], typed, at=began)
    tick(session, [Tick(uuid4(), officers[1].public_id, "left_early")], by=trainer, at=began + timedelta(hours=3))
    for _time in range(2):
        issue_due(at=timezone.now())
    certificate = Certificate.objects.get(rule=rule)
    claim = certificate.claim
    assert (certificate.person, claim["kind"], claim["minutes"], claim["place"]) == (
        officers[0],
        "attendance",
        420,
        "Room 2",
    )
    assert claim["trainers"] == [trainer.name_my]


def test_a_session_that_is_not_settled_earns_nothing(running, trainer, officers):
    course = catalogue("en").by_code["C1"]
    CertificateRule.objects.create(
        code="C1-S", kind=CertificateRule.Kind.ATTENDANCE, course_key=course.key, is_live=True
    )
    tick(running, [Tick(uuid4(), officers[0].public_id, "present")], by=trainer, at=timezone.now())
    issue_due(at=datetime.now(UTC))
    assert not Certificate.objects.filter(rule__code="C1-S").exists()
