"""Every place of every role in Burmese and in English: no word of the other language is left or unmarked."""

import re
from itertools import product

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from content.authored import read_curriculum
from core.audit import ACTIONS
from people.models import Cohort, Person, Unit
from specimens import variations
from specimens.anomalies import CATALOGUE
from tests.access import matrix
from tests.access.matrix import ROLES, client_of
from tests.access.runs import mistaken
from tests.access.world import World, make_world, undone
from tests.conftest import CURRICULUM
from tests.factories import PASSWORD, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LANGUAGES = ["my", "en"]
# What authored Burmese has in Latin letters is its translator's choice; the rest are names.
AUTHORED = frozenset(
    word
    for text in read_curriculum(CURRICULUM).translations["my"].values()
    for word in re.findall(r"[A-Za-z]{2,}", text)
)
KNOWN = AUTHORED | {
    "Thindan",
    "Authenticator",
    "QR",
    "PDF",
    "PO",
    "XLSX",
    "XLIFF",
    "CSV",
    "amp",
    "Faulty",
    "Room",
    "Round",
    "Seen",
    "PNG",
    "doubt",
    "Plain",
    "H5P",
    "SCORM",
    "xAPI",
    "UV",
    "MRZ",
    "Enter",
    "ZIP",
    "MB",
    "XX",
    "PP",
    "fixture",
}  # the last is a reason that somebody typed, those before it what a paper says


@pytest.fixture
def world(settings, tmp_path, monkeypatch) -> World:
    """The table's world, in which some have a name in one language only."""
    for code in [code for code in ACTIONS if code.startswith("test.")]:  # of other tests, in English only
        monkeypatch.delitem(ACTIONS, code)
    settings.MEDIA_ROOT = tmp_path
    world = make_world()
    for role in ("trainer", "other", "registrar", "lead", "editor"):
        TOTP.activate(world.people[role], generate_totp_secret())
    Person.objects.filter(pk__in=[world.people["officer"].pk, world.people["lead"].pk]).update(name_my="")
    Person.objects.filter(pk__in=[world.people["trainer"].pk, world.people["newcomer"].pk]).update(name_latin="")
    Cohort.objects.exclude(pk=world.cohort.pk).update(name_my="အုပ်စု", name_en="")
    Unit.objects.filter(people=world.people["officer"]).update(name_my="")
    return world


def html(response) -> str:
    """The page, or nothing for another kind of answer."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    return response.content.decode() if is_page else ""


def speaking(person: Person | None, language: str):
    """A client of a person who reads a language."""
    client = client_of(person)
    client.cookies["lang"] = language
    return client


WALKED = [role for role in ROLES if role not in ("half_in", "editor", "assessor", "stranger", "other")]


def open_to(role: str) -> list[str]:
    """The places that answer a role with a page; test_matrix.py holds that no other does, and none of the admin."""
    return [name for name, cells in matrix.rows().items() if cells[role] == "200"]


def test_the_places_of_each_role_speak_one_language_and_mark_the_other(world, subtests):
    for role, language in product(WALKED, LANGUAGES):
        found = {}
        with subtests.test(role=role, language=language), undone():
            client = speaking(world.people[role], language)
            for name in open_to(role):
                response = client.get(re.sub(r"^/(my|en)/", f"/{language}/", world.paths[name]))
                if response.status_code == 200 and (faults := mistaken(html(response), known=KNOWN)):
                    found[name] = faults
            assert found == {}


def test_whatever_a_specimen_has_is_told_in_one_language():
    # Which of them a walk through the places meets is chance.
    told = [said for one in CATALOGUE.values() for said in (one.title, one.explanation)]
    told += [said for one in variations.CATALOGUE.values() for said in (one.title, one.why)]
    page = "".join(f'<p lang="{language}">{said.of(language)}</p>' for said in told for language in LANGUAGES)
    assert mistaken(page.replace("<<", "&lt;&lt;"), known=KNOWN) == []


REFUSED = {
    "nothing typed": ("", "/account/login/", {}),
    "a wrong password": ("", "/account/login/", {"login": "IMM-0", "password": "wrong"}),
    "an old password that is wrong, a new one too short": (
        "officer", "/account/password/change/", {"oldpassword": "x", "password1": "short", "password2": "short"},
    ),
    "a new password that all use, typed differently": (
        "officer", "/account/password/change/", {"oldpassword": PASSWORD, "password1": "password", "password2": "passwort"},
    ),
    "no new password": ("officer", "/account/password/change/", {}),
    "ones own name as password": (
        "officer", "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "thindan thindan thindan", "password2": "thindan thindan thindan"},
    ),
    "a wrong password to confirm": ("officer", "/account/reauthenticate/", {"password": "wrong"}),
    "a wrong code to confirm": ("lead", "/account/2fa/reauthenticate/", {"code": "000000"}),
    "no code to confirm": ("lead", "/account/2fa/reauthenticate/", {}),
    "an assignment of nothing": ("trainer", "assign", {"course": ""}),
    "an assignment of what is not there, on no day": (
        "trainer", "assign", {"course": "C99", "due_on": "31-31-31", "message": "x" * 501},
    ),
    "an assignment for a day that is over": ("trainer", "assign", {"course": "C1", "due_on": "1-1-2020"}),
    "one more attempt without a reason": ("trainer", "allow", {"reason": ""}),
    "one more attempt with a long reason": ("trainer", "allow", {"reason": "x" * 301}),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_is_said_in_one_language(language, world):
    found = {}
    for refused, (role, path, data) in REFUSED.items():
        page = html(speaking(world.people.get(role), language).post(world.paths.get(f"training:{path}", path), data))
        found[refused] = (mistaken(page, known=KNOWN), 'class="error"' in page or 'class="notice error"' in page)
    assert found == dict.fromkeys(REFUSED, ([], True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_after_an_act_is_in_one_language(language, world):
    client = speaking(world.people["trainer"], language)
    given = client.post(world.paths["training:assign"], {"course": "C1"}, follow=True)
    allowed = client.post(world.paths["training:allow"], {"reason": "Talked about it"}, follow=True)
    left = client.post("/account/logout/", follow=True)
    pages = [html(one) for one in (given, allowed, left)]
    assert [(mistaken(page, known=KNOWN), 'class="notice' in page) for page in pages[:2]] == [([], True)] * 2
    assert mistaken(pages[2], known=KNOWN) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_second_factor_at_the_door_is_said_in_one_language(language, world, client):
    client.cookies["lang"] = language
    client.post("/account/login/", {"login": world.people["lead"].service_number, "password": PASSWORD})
    page = html(client.post("/account/2fa/authenticate/", {"code": "000000"}))
    assert (mistaken(page, known=KNOWN), "error" in page) == ([], True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_first_code_of_a_new_authenticator_is_said_in_one_language(language, client):
    client.cookies["lang"] = language
    person = PersonFactory()
    client.post("/account/login/", {"login": person.service_number, "password": PASSWORD})
    client.get("/account/2fa/totp/activate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = html(client.post("/account/2fa/totp/activate/", {"code": "123"}))
    assert (mistaken(page, known=KNOWN), "error" in page) == ([], True)


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<html lang="my"><p>သင်ယူရန်</p>', []),
        ('<html lang="my"><p>Learn</p>', ["my: Learn"]),
        ('<html lang="my"><p lang="en">Learn</p>', []),
        ('<html lang="my"><button aria-label="Close">×</button>', ["my: Close"]),
        ('<html lang="my"><p>MIG-M01.O1 <span class="code">C1</span> 2026</p>', []),
        ('<html lang="en"><p>ဒေါ်နီလာ</p>', ["en: ဒေါ်နီလာ"]),
        ('<html lang="en"><p lang="my">ဒေါ်နီလာ</p>', []),
    ],
)
def test_a_word_in_the_other_language_is_noticed(page, found):
    assert mistaken(page) == found
