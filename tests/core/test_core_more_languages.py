"""Languages of content beside Burmese and English: switched on by an administrator who adds a Locale."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.translation import check_for_language, get_language_info
from wagtail.models import Locale

from core import languages
from courses.models import CoursePage
from tests.access.runs import mistaken
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

OTHERS = ["shn", "ksw", "mnw", "kac"]


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch):
    monkeypatch.setattr(languages, "_kept", None)


def offered(client, path="/my/courses/"):
    """The languages one can change to on a page."""
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    return [button["value"] for button in soup.select("form.language button")]


@pytest.mark.parametrize("code", OTHERS)
def test_django_and_wagtail_know_the_language(code):
    known = (
        code in dict(settings.WAGTAIL_CONTENT_LANGUAGES),
        check_for_language(code),
        get_language_info(code)["bidi"],
    )
    assert known == (True, True, False)


def test_an_administrator_finds_them_under_locales(sign_in):
    page = sign_in(PersonFactory(is_superuser=True)).get("/admin/locales/new/").content.decode()
    assert {option["value"] for option in BeautifulSoup(page, "html.parser").select("#id_language_code option")} >= set(
        OTHERS
    )


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_its_place_while_it_has_a_locale(code, client):
    before = client.get(f"/{code}/courses/").status_code
    locale = Locale.objects.create(language_code=code)
    there = [client.get(path).status_code for path in (f"/{code}/courses/", f"/{code}/")]
    locale.delete()
    assert (before, there, client.get(f"/{code}/courses/").status_code) == (404, [200, 200], 404)


def test_only_languages_with_a_locale_are_offered(client):
    assert offered(client) == ["en"]
    Locale.objects.create(language_code="kac")
    Locale.objects.create(language_code="shn")
    assert (offered(client), offered(client, "/shn/courses/")) == (["en", "shn", "kac"], ["my", "en", "kac"])


def test_the_interface_speaks_burmese_to_who_reads_in_shan_and_marks_what_is_shan(client):
    Locale.objects.create(language_code="shn")
    page = CoursePage.objects.get(locale__language_code="en", code="C1")
    shan = page.copy_for_translation(Locale.objects.get(language_code="shn"), copy_parents=True)
    shan.title = "ၵူၼ်းလႄႈၵၢၼ်"
    shan.save_revision().publish()
    soup = BeautifulSoup(client.get("/shn/courses/").content, "html.parser")
    title = soup.find(string="ၵူၼ်းလႄႈၵၢၼ်").find_parent(lang=True)
    assert (soup.html["lang"], soup.h1.get_text(), title["lang"]) == ("my", "သင်တန်းများ", "shn")


@pytest.mark.parametrize("code", OTHERS)
def test_what_nobody_translated_is_marked_with_its_own_language(code, client):
    Locale.objects.create(language_code=code)
    found = mistaken(client.get(f"/{code}/courses/").content.decode(), known=frozenset({"Thindan"}))
    # The Burmese of the test curriculum is its English with a Burmese word before it.
    assert [one for one in found if not one.startswith("my: မြန်မာ A ")] == []


def test_the_choice_is_remembered_as_every_other(client):
    Locale.objects.create(language_code="shn")
    person = PersonFactory()
    client.force_login(person)
    answer = client.post("/language/", {"language": "shn", "next": "/my/courses/"})
    person.refresh_from_db()
    lands = client.get("/").headers["Location"]
    assert (answer.headers["Location"], person.language, lands) == ("/shn/courses/", "shn", "/shn/")


def test_a_language_that_is_not_switched_on_is_not_remembered(client):
    client.post("/language/", {"language": "shn", "next": "/my/courses/"})
    assert "lang" not in client.cookies


def test_who_chose_a_language_that_was_switched_off_reads_burmese(client):
    client.cookies["lang"] = "shn"
    assert client.get("/").headers["Location"] == "/my/"


def test_names_are_those_of_the_interface(client, sign_in):
    Locale.objects.create(language_code="shn")
    person = PersonFactory(name_my="ဒေါ်သီတာ", name_latin="Daw Thida")
    client.cookies["lang"] = "shn"
    page = sign_in(person).get("/account/").content.decode()
    assert "ဒေါ်သီတာ</a>" in page
