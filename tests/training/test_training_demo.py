"""The demonstration: made once, never changed by a second run, and never on a public address."""

import csv
import stat

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from courses.models import Enrolment
from people.exchange import importing
from people.exchange.exports import PEOPLE as PEOPLE_TABLE
from people.exchange.exports import take_out
from people.models import Cohort, CohortMembership, Person, RoleGrant, Unit
from training.demo import COHORT, PEOPLE
from training.models import Accreditation, Assignment, Attendance, TrainingSession

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """An empty place for the file of sign-ins, on this machine."""
    settings.DATA_DIR, settings.LOOPBACK = tmp_path, True
    return tmp_path


@pytest.fixture
def path(folder):
    """Where the sign-ins are written."""
    return folder / "demo" / "logins.csv"


def load() -> None:
    """Run the command."""
    call_command("load_demo", verbosity=0)


def logins(path) -> dict[str, dict[str, str]]:
    """The sign-ins of the file by service number."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["login"]: row for row in csv.DictReader(file)}


def everything() -> dict[str, list]:
    """The rows that the demonstration makes, with the passwords' hashes."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (
            Unit,
            Person,
            RoleGrant,
            Cohort,
            CohortMembership,
            Assignment,
            Enrolment,
            TrainingSession,
            Attendance,
            Accreditation,
        )
    }


def test_it_makes_people_of_every_role_one_group_and_one_assigned_course(path):
    load()
    assert sorted(person.service_number for person in Person.objects.all()) == sorted(one[0] for one in PEOPLE)
    assert set(RoleGrant.objects.current().values_list("role", flat=True)) == set(RoleGrant.Role.values)
    cohort = Cohort.objects.get(name_en=COHORT)
    officers = {number for number, role, *_rest in PEOPLE if not role}
    assert (
        set(CohortMembership.objects.learners().filter(cohort=cohort).values_list("person__service_number", flat=True))
        == officers
    )
    assert set(Enrolment.objects.values_list("person__service_number", "course_code", "cohort")) == {
        (number, "C1", cohort.pk) for number in officers
    }
    assert Assignment.objects.get().due_on > timezone.localdate()
    taught = dict(Accreditation.objects.values_list("person__service_number", "tier"))
    assert taught == {"MST-4002": "master", "TRN-4001": "trainer"}


def test_its_people_come_in_again_as_they_went_out():
    load()
    data, many = take_out(PEOPLE_TABLE, "xlsx", by=None, reason="test")
    came = importing.run(importing.receive("people", data, "people.xlsx", by=None))
    assert ({name: n for name, n in came.counts.items() if n}, came.refusal) == ({"same": many}, "")


def test_every_sign_in_of_the_file_opens_the_door(path):
    load()
    for number, login in logins(path).items():
        response = Client().post("/account/login/", {"login": number, "password": login["password"]})
        expected = "/account/2fa/authenticate/" if login["totp_secret"] else "/learn/"
        assert (number, response.headers.get("Location")) == (number, expected)


def test_exactly_those_with_a_role_have_a_second_factor(path):
    load()
    rows = logins(path)
    assert {number for number, row in rows.items() if row["totp_secret"]} == {one[0] for one in PEOPLE if one[1]}
    assert len({row["totp_secret"] for row in rows.values() if row["totp_secret"]}) == 12


def test_the_passwords_differ_and_are_long(path):
    load()
    passwords = [row["password"] for row in logins(path).values()]
    assert len(set(passwords)) == len(PEOPLE)
    assert min(len(one) for one in passwords) >= 24


def test_a_second_run_changes_nothing(path):
    load()
    before, file = everything(), path.read_bytes()
    load()
    assert everything() == before
    assert path.read_bytes() == file


def test_a_lost_file_gives_new_passwords_to_the_same_people(path):
    load()
    before, people = logins(path), set(Person.objects.values_list("pk", flat=True))
    path.unlink()
    load()
    after = logins(path)
    assert set(Person.objects.values_list("pk", flat=True)) == people
    assert {number for number in after if after[number]["password"] == before[number]["password"]} == set()
    officer = Client().post("/account/login/", {"login": "IMM-1001", "password": after["IMM-1001"]["password"]})
    assert officer.headers["Location"] == "/learn/"


def test_what_an_officer_did_stays_after_another_run(path):
    load()
    enrolment = Enrolment.objects.first()
    Enrolment.objects.filter(pk=enrolment.pk).update(status="completed", completed_at=timezone.now())
    path.unlink()
    load()
    assert Enrolment.objects.filter(person=enrolment.person).values_list("pk", "status").get() == (
        enrolment.pk,
        "completed",
    )


def test_only_the_owner_reads_the_file(path):
    load()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_others_could_read_is_closed_by_the_next_run(path):
    load()
    path.chmod(0o644)
    load()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_on_a_public_address_nothing_is_made(settings, path):
    settings.LOOPBACK = False
    with pytest.raises(CommandError, match="public address"):
        load()
    assert (Person.objects.count(), Unit.objects.count(), path.exists()) == (0, 0, False)


def test_it_says_how_to_sign_in(path, capsys):
    call_command("load_demo")
    said = capsys.readouterr().out
    rows = logins(path)
    assert [number for number, row in rows.items() if not (number in said and row["password"] in said)] == []
    assert f"{len(PEOPLE)} sign-ins, {len(PEOPLE)} new" in said
