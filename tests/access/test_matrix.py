"""Every place of the product, asked by everyone; forged requests; other people's records."""

import re
from io import BytesIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from people.middleware import ON_THE_WAY_IN
from people.models import Person
from tests.access import matrix
from tests.access.matrix import ADMIN, ROLES, cell, client_of
from tests.access.world import World, make_world, undone
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

DOORS = ["/admin/login/", "/admin/password_reset/", "/admin/password_reset/confirm/"]
NOWHERE = "/admin/no-such-place/"  # Wagtail's own answer to what is not there


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world() -> World:
    world = make_world()
    for role in set(ROLES) - {"anonymous", "officer", "newcomer", "stranger", "half_in"}:
        TOTP.activate(world.people[role], generate_totp_secret())
    return world


# --- The table -----------------------------------------------------------------------------------------------------


def test_every_place_is_in_the_table_or_in_wagtails_admin():
    known = {
        place.name for place in matrix.places() if not place.path.startswith(f"/{ADMIN}") and place.path not in DOORS
    }
    assert known == set(matrix.rows())


def test_each_role_gets_what_the_table_says(world, subtests):
    for role in ROLES:
        with subtests.test(role=role), undone():
            client = client_of(world.people[role], second_factor=role != "half_in")
            expected = {name: cells[role] for name, cells in matrix.rows().items()}
            assert {name: cell(client.get(world.paths[name])) for name in expected} == expected


def admin_paths() -> list[str]:
    """An address of every place in Wagtail's admin."""
    return sorted({place.path for place in matrix.places() if place.path.startswith(f"/{ADMIN}")} - {*DOORS, NOWHERE})


def test_the_walk_through_the_admin_finds_its_places():
    assert {"/admin/", "/admin/pages/", "/admin/users/", "/admin/snippets/assessments/item/"} <= set(admin_paths())
    assert len(admin_paths()) > 200


NO_EDITORS = (
    "anonymous", "officer", "trainer", "registrar", "lead", "translator", "subject", "language", "master", "named",
    "supervisor", "auditor", "half_in",
)  # fmt: skip


@pytest.mark.any_database
def test_nothing_in_the_admin_is_there_for_who_is_no_editor(world, subtests):
    for role in NO_EDITORS:
        expected = "login" if role == "anonymous" else "404"
        with subtests.test(role=role), undone():
            client = client_of(world.people[role], second_factor=role != "half_in")
            assert {path: found for path in admin_paths() if (found := cell(client.get(path))) != expected} == {}


@pytest.mark.any_database
def test_nothing_in_the_admin_is_there_for_an_editor_who_gave_the_password_only(world, subtests):
    for method in ("get", "post"):
        with subtests.test(method=method), undone():
            ask = getattr(client_of(world.people["editor"], second_factor=False), method)
            assert {path: found for path in admin_paths() if (found := cell(ask(path))) != "factor"} == {}


@pytest.mark.parametrize(("role", "pages", "items"), [("editor", "200", "away"), ("assessor", "away", "200")])
def test_editors_reach_pages_and_facts_or_items_and_no_accounts_sites_or_other_peoples_rights(
    role, pages, items, world
):
    client = client_of(world.people[role])
    expected = {
        "/admin/": "200",
        "/admin/pages/": pages,
        "/admin/snippets/assessments/item/": items,
        "/admin/snippets/content/fact/": pages,
        "/admin/users/": "404",
        "/admin/groups/": "away",
        "/admin/sites/": "away",
        "/admin/locales/": "away",
    }
    assert {path: cell(client.get(path)) for path in expected} == expected


@pytest.fixture
def superuser() -> Person:
    """Somebody who may do everything in the admin."""
    person = PersonFactory(is_superuser=True, role="editor")
    TOTP.activate(person, generate_totp_secret())
    return person


def test_people_are_managed_in_the_admin_by_nobody(superuser):
    client = client_of(superuser)
    paths = [path for path in admin_paths() if path.startswith("/admin/users/")]
    paths += [f"/admin/bulk/people/person/{action}/?id={superuser.pk}" for action in ("delete", "assign_role")]
    assert len(paths) > 5
    for ask in (client.get, client.post):
        assert {path: cell(ask(path)) for path in paths} == dict.fromkeys(paths, "404")


@pytest.mark.parametrize("path", ["/admin/", "/admin/groups/edit/{group}/", "/admin/images/"])
def test_nothing_in_the_admin_leads_to_where_people_would_be_managed(path, superuser):
    group = superuser.groups.get().pk
    assert "/admin/users/" not in client_of(superuser).get(path.format(group=group)).content.decode()


def test_editors_set_language_and_looks_of_the_admin_and_give_it_no_picture_and_no_names(superuser, tmp_path):
    client = client_of(superuser)
    page = client.get("/admin/account/")
    panels = [panel.name for tab in page.context["panels_by_tab"].values() for panel in tab]
    assert sorted(panels) == ["locale", "theme"]
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    sent = {
        "locale-preferred_language": "en", "theme-theme": "dark", "theme-contrast": "system", "theme-density": "default",
        "avatar-avatar": SimpleUploadedFile("me.png", picture.getvalue(), "image/png"),
        "name_email-first_name": "X", "name_email-last_name": "Y",
    }  # fmt: skip
    assert cell(client.post("/admin/account/", sent)) == "away"
    profile = superuser.wagtail_userprofile
    profile.refresh_from_db()
    assert (profile.preferred_language, profile.theme, profile.avatar.name) == ("en", "dark", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_other_door_leads_to_the_one_with_the_second_factor(door, method):
    assert cell(getattr(client_of(None), method)(door)) in {"login", "405"}


def test_a_place_that_the_admin_does_not_have_leads_to_the_one_door_or_is_not_there(world):
    answers = {
        role: client_of(world.people[role]).get(NOWHERE, follow=True) for role in ("anonymous", "trainer", "editor")
    }
    assert {role: (a.status_code, a.wsgi_request.path) for role, a in answers.items()} == {
        "anonymous": (200, "/account/login/"),
        "trainer": (404, NOWHERE),
        "editor": (404, NOWHERE),
    }


def test_no_interface_for_programs_is_open_outside_the_admin():
    assert [place.path for place in matrix.places() if "api" in place.route and not place.route.startswith(ADMIN)] == []


# --- The second factor -----------------------------------------------------------------------------------------------


def test_with_the_password_alone_only_the_places_on_the_way_in_and_those_of_everyone_answer(world):
    client = client_of(world.people["half_in"], second_factor=False)
    for_everyone = {place.name for place in matrix.places() if not getattr(place.view, "login_required", True)}
    answering = {name for name in matrix.rows() if cell(client.get(world.paths[name])) != "factor"}
    assert answering - ON_THE_WAY_IN - for_everyone == set()


def test_with_the_password_alone_nothing_can_be_sent_but_on_the_way_in_and_where_everyone_may(world):
    client = client_of(world.people["half_in"], second_factor=False)
    closed = {
        name: world.paths[name]
        for name, cells in matrix.rows().items()
        if cells["anonymous"] == "login" != cells["half_in"]
        and name not in ON_THE_WAY_IN  # some lead everyone to the door
    }
    assert {name: cell(client.post(path)) for name, path in closed.items()} == dict.fromkeys(closed, "factor")


@pytest.fixture
def half_in() -> Person:
    """A trainer with an authenticator and recovery codes that were seen."""
    trainer = PersonFactory(trainer=True)
    TOTP.activate(trainer, generate_totp_secret())
    RecoveryCodes.activate(trainer).mark_as_viewed()
    return trainer


def test_who_has_an_authenticator_and_gave_the_password_alone_is_asked_for_its_code(half_in):
    response = client_of(half_in, second_factor=False).get(reverse("training:desk"))
    assert (response.status_code, response.headers["Location"]) == (302, reverse("mfa_reauthenticate"))


@pytest.mark.parametrize("name", ["mfa_generate_recovery_codes", "mfa_deactivate_totp"])
def test_the_password_given_twice_makes_and_removes_no_second_factor(name, half_in):
    before = {one.pk: one.data for one in Authenticator.objects.filter(user=half_in)}
    client = client_of(half_in, second_factor=False)
    again = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert again.status_code == 302
    assert cell(client.post(reverse(name))) == "factor"
    assert {one.pk: one.data for one in Authenticator.objects.filter(user=half_in)} == before


@pytest.mark.parametrize("name", ["mfa_view_recovery_codes", "mfa_download_recovery_codes"])
def test_the_password_given_twice_shows_no_recovery_code(name, half_in):
    codes = Authenticator.objects.get(user=half_in, type="recovery_codes").wrap().get_unused_codes()
    client = client_of(half_in, second_factor=False)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    body = client.get(reverse(name)).content.decode()
    assert len(codes) == 10
    assert [code for code in codes if code in body] == []


# --- Forged requests -------------------------------------------------------------------------------------------------

# Wagtail's own interfaces for programs inside the admin check the token themselves, or take no such request.
# Packages are not on the site's host at all.
SELF_CHECKED = ("/admin/api/", "/admin/localize/")


@pytest.mark.any_database
def test_nothing_is_done_without_a_token_against_forged_requests(world, subtests):
    # Reading needs no token: who is not let past the token is refused before anything else is looked at.
    allowed = {path: {"403", "405"} if path.startswith(SELF_CHECKED) else {"404"} if path.startswith("/package/") else {"403"} for path in {
        *world.paths.values(), *(place.path for place in matrix.places())}}  # fmt: skip
    for method in ("post", "put", "patch", "delete"):
        with subtests.test(method=method), undone():
            client = client_of(world.people["editor"], enforce_csrf_checks=True)
            found = {path: cell(getattr(client, method)(path)) for path in allowed}
            assert {path: one for path, one in found.items() if one not in allowed[path]} == {}


def test_a_request_with_its_token_is_taken(world):
    client = client_of(world.people["officer"], enforce_csrf_checks=True)
    page = client.get(world.paths["assessments:submit"])
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]
    response = client.post(world.paths["assessments:submit"], {"csrfmiddlewaretoken": token})
    world.attempt.refresh_from_db()
    assert (response.status_code, world.attempt.is_open) == (302, False)


# --- Other people's records --------------------------------------------------------------------------------------------

OFFICERS = ["assessments:attempt", "assessments:submit", "certificates:download"]
TRAINERS = [
    "training:cohort", "training:assign", "training:allow", "training:room", "training:tickets", "training:exception",
]  # fmt: skip
GRADERS = ["assessments:regrade_record", "assessments:grade"]
UNSEEN = {
    "newcomer": OFFICERS + TRAINERS + GRADERS,
    "stranger": OFFICERS + TRAINERS + GRADERS,
    "officer": TRAINERS + GRADERS,
    "trainer": OFFICERS + GRADERS,
    "other": OFFICERS + TRAINERS + GRADERS,
    "registrar": OFFICERS,
    "lead": OFFICERS,
    "editor": OFFICERS + TRAINERS + GRADERS,
}


def secrets_of(world: World) -> list[str]:
    """What would tell whose record it is."""
    officer = world.people["officer"]
    return [officer.name_my, officer.name_latin, officer.service_number, world.certificate.code, world.cohort.name_en]


def test_the_record_of_another_is_not_there_and_no_name_is_told(world, subtests):
    for role, places in UNSEEN.items():
        with subtests.test(role=role), undone():
            client = client_of(world.people[role])
            answers = {name: client.get(world.paths[name]) for name in places}
            told = {name: [one for one in secrets_of(world) if one in a.text] for name, a in answers.items()}
            assert {name: (a.status_code, told[name]) for name, a in answers.items()} == dict.fromkeys(
                places, (404, [])
            )


def test_the_record_of_another_looks_like_one_that_never_was(world, subtests):
    never = {place.name: place.path for place in matrix.places()}
    for role, places in UNSEEN.items():
        with subtests.test(role=role), undone():
            client = client_of(world.people[role])
            there = {name: client.get(world.paths[name]).content for name in places}
            assert there == {name: client.get(never[name]).content for name in places}


def counts(world: World) -> list[int]:
    """How much there is of what a request could add."""
    return [
        world.attempt.steps.count(), world.attempt.grades.count(), world.cohort.assignments.count(),
        world.people["officer"].allowances.count(), world.enrolment.completions.count(),
    ]  # fmt: skip


SENT = {
    "assessments:attempt": {"item-0": "a", "had-0": ""},
    "assessments:submit": {},
    "assessments:steps": {},
    "training:assign": {"course": "C1"},
    "training:allow": {"reason": "We talked."},
}


def test_nobody_changes_the_record_of_another(world, subtests):
    for role in ("newcomer", "stranger", "other", "registrar", "lead", "editor", "translator", "subject"):
        with subtests.test(role=role), undone():
            client, before = client_of(world.people[role]), counts(world)
            answers = {name: client.post(world.paths[name], data).status_code for name, data in SENT.items()}
            assert (answers, counts(world)) == (dict.fromkeys(SENT, 404), before)


def test_the_same_requests_from_those_whose_records_they_are_do_change_them(world):
    before = counts(world)
    officer, trainer = client_of(world.people["officer"]), client_of(world.people["trainer"])
    answers = {
        name: (officer if name in OFFICERS else trainer).post(world.paths[name], data).status_code
        for name, data in SENT.items()
        if name != "assessments:steps"
    }
    after = counts(world)
    assert set(answers.values()) == {302}
    assert [n - m for n, m in zip(after, before, strict=True)][1:4] == [1, 1, 1]


def test_a_lesson_of_a_course_that_one_does_not_take_cannot_be_marked_as_read(world):
    client = client_of(world.people["newcomer"])
    assert [client.post(world.paths[name]).status_code for name in ("courses:read", "courses:check")] == [404, 404]


def test_who_takes_up_a_course_for_another_agency_gets_no_place(world):
    stranger = world.people["stranger"]
    assert client_of(stranger).post(world.paths["courses:enrol"]).status_code == 404
    assert stranger.enrolments.count() == 0


def test_a_trainer_who_left_a_cohort_no_longer_sees_it(world):
    client = client_of(world.people["trainer"])
    world.cohort.memberships.filter(part="trainer").update(left_at=world.attempt.started_at)
    assert {client.get(world.paths[name]).status_code for name in TRAINERS} == {404}


def test_a_role_taken_away_is_gone_with_the_next_request(world):
    client = client_of(world.people["registrar"])
    assert client.get(reverse("training:office")).status_code == 200
    world.people["registrar"].grants.all().delete()
    assert client.get(reverse("training:office")).status_code == 404


def test_a_way_out_of_the_uploads_is_refused(world):
    assert client_of(world.people["officer"]).get("/media/images/../../secret_key").status_code == 400


@pytest.mark.parametrize("path", ["documents/guide.pdf", "../secret_key", "db.sqlite3"])
def test_of_the_uploads_only_images_are_given_out(path, world, tmp_path):
    (tmp_path / "db.sqlite3").write_bytes(b"secret")
    assert client_of(world.people["officer"]).get(f"/media/{path}").status_code == 404


def test_a_document_is_saved_and_not_shown_in_the_page(world):
    response = client_of(world.people["officer"]).get(world.paths["wagtaildocs_serve"])
    assert response.headers["Content-Disposition"].partition(";")[0] == "attachment"
