"""What every answer says to browsers about safety beyond the policy, and where to report a weakness."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db


def test_over_https_browsers_are_told_to_stay_there(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 365 * 86400
    plain, secure = client.get("/account/login/"), client.get("/account/login/", secure=True)
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/account/login/")
    assert secure["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize("path", ["/", "/account/login/", "/healthz", "/no-such-place/", "/my/"])
def test_trace_is_answered_nowhere(path, client):
    assert client.trace(path).status_code == 405


@pytest.mark.parametrize("path", ["/account/login/", "/healthz", "/no-such-place/"])
def test_nothing_of_the_site_is_used_by_another(path, client):
    response = client.get(path)
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_weakness_is_reported_where_the_installation_says(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT, settings.SITE_URL = "mailto:safety@thindan.example", "https://thindan.example"
    response = client.get("/.well-known/security.txt")
    said = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert said["Contact"] == "mailto:safety@thindan.example"
    assert said["Canonical"] == "https://thindan.example/.well-known/security.txt"
    until = datetime.fromisoformat(said["Expires"]) - timezone.now()
    assert timedelta(days=150) < until < timedelta(days=365)
