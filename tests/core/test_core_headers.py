"""What every answer tells the browser it may do and keep."""

import subprocess
import sys

import pytest
from django.urls import reverse

from deploy.bench import server
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
PUBLIC = [
    "/my/",
    "/en/courses/",
    "/account/login/",
    "/verify/",
    "/verify/0000000000000000/",
    "/healthz",
    "/no-such-place/",
]
PERSONAL = [
    "/learn/",
    "/certificates/",
    "/account/",
    "/account/password/change/",
    "/my/courses/",
    "/my/courses/nothing/",
]


def policy(response):
    """The content security policy as directive -> sources."""
    return dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_for_everyone_allows_nothing_inline_and_nothing_from_elsewhere(path, client):
    assert policy(client.get(path)) == STRICT


@pytest.mark.parametrize("path", PERSONAL)
def test_a_page_for_one_person_allows_nothing_inline_and_is_kept_nowhere(path, sign_in):
    response = sign_in(EnrolmentFactory().person).get(path)
    assert policy(response) == STRICT
    assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", "))


def test_only_wagtails_admin_may_write_into_its_own_pages(sign_in):
    response = sign_in(PersonFactory(editor=True)).get(reverse("wagtailadmin_home"))
    own = {"script-src", "style-src", "frame-src", "frame-ancestors"}
    found = policy(response)
    assert response.status_code == 200
    assert {name: found[name] for name in own} == {
        "script-src": "'self' 'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
    }
    assert {name: sources for name, sources in found.items() if name not in own} == {
        name: sources for name, sources in STRICT.items() if name not in own
    }


@pytest.mark.parametrize("path", ["/learn/admin/", "/my/admin/", "/verify/admin/"])
def test_a_place_that_only_sounds_like_the_admin_has_the_strict_policy(path, client):
    assert policy(client.get(path)) == STRICT


@pytest.mark.parametrize("path", ["/my/", "/account/login/", "/no-such-place/"])
def test_no_answer_lets_a_page_use_the_device_guess_types_or_tell_where_one_comes_from(path, client):
    names = ["Permissions-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"]
    assert [client.get(path).headers[name] for name in names] == [
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        "nosniff",
        "same-origin",
        "same-origin",
    ]


def test_what_was_sent_is_kept_nowhere(client):
    response = client.post("/account/login/", {"login": "IMM-1", "password": "wrong"})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


def test_the_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client):
    person = PersonFactory()
    client.get("/account/login/")
    client.post("/account/login/", {"login": person.service_number, "password": "four words to remember"})
    client.post("/language/", {"language": "en"})
    flags = {name: (bool(one["httponly"]), one["samesite"]) for name, one in client.cookies.items() if one.value}
    assert {"csrf", "sid", "lang"} <= set(flags)
    assert set(flags.values()) == {(True, "Lax")}


def test_on_a_public_address_every_answer_asks_for_https(tmp_path):
    asked = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "answer = Client(headers={'host': 'learn.example.org'}).get('/healthz', secure=True)\n"
        "print(answer.headers['Strict-Transport-Security'])\n"
        "answer = Client(headers={'host': 'learn.example.org'}).get('/my/')\n"
        "print(answer.status_code, answer.headers['Location'])"
    )
    environment = server.environment(
        tmp_path, SITE_URL="https://learn.example.org", SECRET_KEY="x" * 50, DJANGO_SETTINGS_MODULE="config.settings"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=server.ROOT, env=environment, capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.splitlines() == [
        "max-age=31536000; includeSubDomains; preload",
        "301 https://learn.example.org/my/",
    ]
