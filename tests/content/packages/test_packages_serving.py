"""What the packages' host gives out, to whom, and what it says about it."""

import gzip
import json
import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from content.models import H5PLibrary, PackageVersion
from content.packages import origins, registry, tickets
from content.packages.serving import player_url
from content.packages.tickets import ticket_for
from tests.content.packages import building, scorm_building
from tests.content.packages.sending import library, ready, taken
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
MEDIA = bytes(range(256)) * 40


@pytest.fixture
def editor():
    return PersonFactory(editor=True)


@pytest.fixture
def version(editor) -> PackageVersion:
    files = {"content/a.mp4": MEDIA, "content/note.unknown.json": b"{}"}
    return ready(building.h5p(change=files), by=editor)


def host_of(version) -> str:
    return urlsplit(origins.origin_of(version)).netloc


def got(version, path: str, **headers: str):
    """A file as a frame asks for it."""
    return Client().get(path, headers={"host": host_of(version), **headers})


def at(version, path: str) -> str:
    return f"/package/{ticket_for(version)}/{path}"


def policy(response) -> dict[str, str]:
    """Directive -> its value."""
    return dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))


def test_every_version_has_a_host_of_its_own_that_is_not_the_sites(version, editor, settings):
    other = ready(building.h5p(content=building.question(retry="Anew")), by=editor)
    assert len({host_of(version), host_of(other), urlsplit(settings.SITE_URL).netloc}) == 3


def test_the_player_is_shut_in_by_its_policy(version):
    response = got(version, at(version, "play/"))
    here = origins.origin_of(version)
    said = policy(response)
    assert response.status_code == 200
    assert said["sandbox"] == "allow-scripts"
    assert said["script-src"] == here
    assert said["default-src"] == "'none'"
    assert {said[name] for name in ("frame-src", "worker-src", "object-src", "base-uri", "form-action")} == {"'none'"}
    assert said["frame-ancestors"].split() == ["http://127.0.0.1:8000", "http://localhost:8000"]
    assert (response["Referrer-Policy"], response["Cache-Control"]) == ("no-referrer", "no-store")
    assert "X-Frame-Options" not in response
    assert response.cookies == {}


def test_the_player_names_nobody_and_holds_no_script_of_its_own(version):
    page = got(version, at(version, "play/")).content.decode()
    assert re.findall(r"<script(?![^>]*(src=|application/json))", page) == []
    facts = json.loads(re.search(r'id="h5p-integration"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    assert facts["user"] == {"name": "learner", "mail": "learner@invalid.example"}


def test_the_player_asks_as_much_for_many_libraries_as_for_few(version, django_assert_max_num_queries):
    few = version.libraries.count()
    with django_assert_max_num_queries(4):
        got(version, at(version, "play/"))
    assert few == 2


@pytest.mark.parametrize("asked", ["document", "empty", "script", "object"])
def test_the_player_is_a_frame_and_nothing_else(version, asked):
    assert got(version, at(version, "play/"), **{"sec-fetch-dest": asked}).status_code == 404
    assert got(version, at(version, "play/"), **{"sec-fetch-dest": "iframe"}).status_code == 200


def test_a_session_is_not_read_on_the_packages_host(version, client):
    client.force_login(PersonFactory())
    response = client.get(at(version, "play/"), headers={"host": host_of(version)})
    assert response.status_code == 200
    assert not hasattr(response.wsgi_request, "_cached_user") or not response.wsgi_request.user.is_authenticated


@pytest.mark.parametrize("path", ["/", "/learn/", "/account/login/", "/admin/", "/healthz", "/en/"])
def test_the_packages_host_gives_out_nothing_else(version, path):
    assert got(version, path).status_code == 404


def test_the_site_gives_out_no_package(version, client):
    assert client.get(at(version, "play/"), headers={"host": "127.0.0.1:8000"}).status_code == 404


def test_a_ticket_reads_its_own_version_only_and_for_a_time(version, monkeypatch):
    assert got(version, at(version, "file/a.mp4")).status_code == 200
    assert got(version, f"/package/{ticket_for(version)[:-1]}x/file/a.mp4").status_code == 404
    assert got(version, f"/package/{version.public_id.hex}/file/a.mp4").status_code == 404
    ticket = ticket_for(version)
    monkeypatch.setattr(tickets, "SECONDS", -1)
    assert got(version, f"/package/{ticket}/file/a.mp4").status_code == 404


@pytest.mark.parametrize("path", ["../h5p.json", "h5p.json", "%2e%2e/h5p.json", "a.mp4/", "", "/etc/passwd"])
def test_what_is_not_in_the_content_is_not_there(version, path):
    assert got(version, at(version, f"file/{path}")).status_code == 404


def test_a_file_is_disarmed_and_known_by_its_ending(version):
    response = got(version, at(version, "file/a.mp4"))
    assert response["Content-Type"] == "video/mp4"
    assert policy(response)["sandbox"] == ""
    assert (response["X-Content-Type-Options"], response["Access-Control-Allow-Origin"]) == ("nosniff", "*")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize(
    ("asked", "status", "said", "first", "last"),
    [
        ("bytes=0-9", 206, "bytes 0-9/10240", 0, 10),
        ("bytes=10000-", 206, "bytes 10000-10239/10240", 10000, 10240),
        ("bytes=-5", 206, "bytes 10235-10239/10240", 10235, 10240),
        ("bytes=0-99999", 206, "bytes 0-10239/10240", 0, 10240),
        ("bytes=99999-", 416, "bytes */10240", 0, 0),
        ("bytes=x", 200, None, 0, 10240),
        ("bytes=0-1,4-5", 200, None, 0, 10240),
    ],
)
def test_a_video_is_wound_forward(version, asked, status, said, first, last):
    response = got(version, at(version, "file/a.mp4"), range=asked, **{"accept-encoding": "gzip"})
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert (response.status_code, response.get("Content-Range"), body) == (status, said, MEDIA[first:last])


def test_a_preflight_is_answered_without_a_ticket_to_anything(version):
    response = Client().options(at(version, "file/a.mp4"), headers={"host": host_of(version)})
    assert (response.status_code, response["Access-Control-Allow-Headers"], response.content) == (204, "*", b"")


@pytest.mark.parametrize("kind", ["js", "css"])
def test_a_bundle_is_packed_once_and_kept_for_good(version, kind):
    response = got(version, f"/package/bundle/{kind}/{version.bundle}/", **{"accept-encoding": "gzip"})
    text = gzip.decompress(response.content).decode()
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Encoding"] == "gzip"
    plain = got(version, f"/package/bundle/{kind}/{version.bundle}/")
    assert plain.content.decode() == text
    assert ("FixtureMarks" in text) == (kind == "js")


@pytest.mark.parametrize("path", ["bundle/js/../", "bundle/exe/x/", f"bundle/js/{'0' * 64}/"])
def test_a_bundle_that_is_none_is_not_there(version, path):
    assert got(version, f"/package/{path}").status_code == 404


def test_a_version_that_waits_plays_for_who_tries_it_out_and_nobody_else(editor):
    version = taken(building.h5p(), by=editor).version
    assert got(version, at(version, "play/")).status_code == 404
    assert got(version, f"/package/{ticket_for(version, preview=True)}/play/").status_code == 200


def test_a_library_that_is_blocked_is_given_out_no_more(version, editor):
    place = f"/package/library/{library().tree.sha256}/quiz.css"
    named = at(version, "library/H5P.FixtureQuiz-1.0/quiz.css")
    assert [got(version, one).status_code for one in (place, named)] == [200, 200]
    registry.decide(library(), H5PLibrary.Status.BLOCKED, by=editor, at=timezone.now())
    assert got(version, place).status_code == 404
    assert got(version, at(version, "play/")).status_code == 404


def test_pages_of_scorm_run_in_their_own_host_and_nowhere_else(editor):
    version = ready(scorm_building.package().getvalue(), by=editor, name="course.zip")
    player = got(version, at(version, "play/"))
    here = origins.origin_of(version)
    assert policy(player)["sandbox"] == "allow-scripts allow-same-origin allow-forms allow-modals"
    facts = json.loads(re.search(r'id="package"[^>]*>(.*?)</script>', player.content.decode(), re.DOTALL)[1])
    page = got(version, at(version, f"file/{facts['items'][0]['href'].partition('?')[0]}"))
    assert page["Content-Type"].startswith("text/html")
    assert policy(page)["default-src"].split()[0] == here
    assert policy(page)["worker-src"] == "'none'"


def test_scorm_does_not_play_where_packages_have_no_hosts_of_their_own(editor, settings):
    version = ready(scorm_building.package().getvalue(), by=editor, name="course.zip")
    settings.PACKAGE_ORIGIN = settings.SITE_URL
    assert not origins.has_own_hosts()
    assert player_url(version, ticket_for(version)).startswith(settings.SITE_URL)
