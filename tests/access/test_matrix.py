"""Who is answered what, at every place, in every role."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.internal.flows import login as allauth_login
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from assessments import services
from certificates.models import Certificate
from courses.catalogue import catalogue
from courses.models import Enrolment
from tests.access.matrix import GET, LOGIN, PREFIXES, ROLES, walk
from tests.certificates.claims import claim_for
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """One cohort with an officer who has everything: an enrolment, an open attempt, a certificate."""
    people = {
        "officer": PersonFactory(name_latin="Daw Marker Person"),
        "outsider": PersonFactory(),
        "trainer": PersonFactory(trainer=True),
        "other_trainer": PersonFactory(trainer=True),
        "registrar": PersonFactory(registrar=True),
        "lead": PersonFactory(lead=True),
        "editor": PersonFactory(editor=True),
        "half_in": PersonFactory(trainer=True),
    }
    cohort = CohortFactory(trainer=people["trainer"], officers=[people["officer"]])
    course = catalogue("en").by_code["C1"]
    enrolment = EnrolmentFactory(person=people["officer"], cohort=cohort)
    done = EnrolmentFactory(
        person=people["officer"], status=Enrolment.Status.COMPLETED, completed_at=timezone.now() - timedelta(days=400)
    )
    attempt = services.start_attempt(course.exam, people["officer"], scope=enrolment.public_id, at=timezone.now())
    certificate = Certificate.objects.create(**claim_for(done))
    things = {
        "course_key": course.key,
        "lesson_key": course.lessons[0][1].key,
        "exam": course.exam.public_id,
        "attempt": attempt.public_id,
        "certificate": certificate.public_id,
        "code": certificate.code,
        "cohort": cohort.public_id,
        "enrolment": enrolment.public_id,
    }
    return people, things


def client_of(role, people, **options):
    client = Client(**options)
    if role == "anonymous":
        return client
    client.force_login(people[role])
    if role != "half_in":
        session = client.session
        session[allauth_login.AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "at": timezone.now().timestamp()}
        ]
        session[allauth_login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(people[role].pk)
        session.save()
    return client


def url_of(name, things):
    return reverse(name, args=[things.get(a, a) if isinstance(a, str) else a for a in GET[name][0]])


def test_every_place_is_in_the_matrix():
    names = {
        name for name, route in walk(get_resolver())
        if not any(re.match(rf"\^?{prefix}", route) for prefix in PREFIXES)
    }  # fmt: skip
    assert names == set(GET)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_answered_as_the_matrix_says(role, world):
    people, things = world
    client = client_of(role, people)
    got, wanted = {}, {}
    for name in GET:
        wanted[name] = GET[name][1][role]
        if wanted[name] == "any":
            continue
        response = client.get(url_of(name, things))
        got[name] = (
            LOGIN
            if wanted[name] == LOGIN and "/account/login/" in response.headers.get("Location", "")
            else response.status_code
        )
    assert got == {name: answer for name, answer in wanted.items() if answer != "any"}


@pytest.mark.parametrize("role", ["outsider", "other_trainer", "editor"])
def test_what_is_not_ones_own_says_nothing_of_its_owner(role, world):
    people, things = world
    client = client_of(role, people)
    for name in (
        "assessments:attempt",
        "assessments:submit",
        "certificates:download",
        "training:cohort",
        "training:allow",
    ):
        assert "Marker" not in client.get(url_of(name, things)).content.decode()


@pytest.mark.parametrize("role", ["officer", "trainer", "registrar", "lead", "outsider"])
@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/snippets/assessments/item/", "/admin/users/", "/admin/api/main/pages/"])  # fmt: skip
def test_the_admin_is_not_there_for_others(role, path, world):
    assert client_of(role, world[0]).get(path).status_code == 404


def test_the_admin_opens_for_editors_but_not_without_the_second_factor(world):
    people, _things = world
    assert client_of("editor", people).get("/admin/").status_code == 200
    client = Client()
    client.force_login(people["editor"])
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/").headers["Location"] == reverse("mfa_activate_totp")


@pytest.mark.parametrize("door", ["/admin/login/", "/admin/password_reset/", "/admin/password_reset/confirm/x/y/"])
def test_other_doors_lead_to_the_one_door(door):
    assert Client().get(door).headers["Location"].startswith("/account/login/")


def test_a_post_without_a_token_is_refused_everywhere(world):
    people, things = world
    client = client_of("trainer", people, enforce_csrf_checks=True)
    codes = {name: client.post(url_of(name, things)).status_code for name in GET if name != "wagtail_serve"}
    assert {name for name, code in codes.items() if code not in (403, 405)} == set()


@pytest.mark.parametrize("name", ["assessments:attempt", "assessments:quiz", "certificates:download", "training:cohort", "training:allow"])  # fmt: skip
def test_an_unknown_id_answers_like_a_foreign_one(name, world):
    people, _things = world
    assert client_of("trainer", people).get(reverse(name, args=[uuid4()])).status_code == 404


def test_posting_steps_to_a_foreign_attempt_answers_404(world):
    people, things = world
    response = client_of("outsider", people).post(
        url_of("assessments:steps", things), data={"steps": []}, content_type="application/json"
    )
    assert response.status_code == 404


def test_a_trainer_of_another_cohort_can_neither_assign_nor_allow(world):
    people, things = world
    client = client_of("other_trainer", people)
    assert client.post(url_of("training:assign", things), {"course": "C1"}).status_code == 404
    assert client.post(url_of("training:allow", things), {"reason": "x"}).status_code == 404


def test_a_closed_account_is_out_at_once(world):
    people, _things = world
    client = client_of("officer", people)
    people["officer"].is_active = False
    people["officer"].save()
    assert client.get(reverse("courses:learn")).status_code == 302
