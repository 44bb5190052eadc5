"""The desk of packages, and Wagtail's side of it."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from content.models import H5PLibrary, Package, PackageImport, PackageVersion
from content.packages import importing
from content.packages.blocks import ActivityBlock
from content.packages.desk import used_in
from core.audit import history
from tests.content.packages import building
from tests.content.packages.sending import library, ready, taken
from tests.courses.playing import course_with
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return PersonFactory(editor=True)


def page_of(version: PackageVersion) -> str:
    return reverse("packages_desk:version", args=[version.package.public_id, version.number])


def send(client, data: bytes, address: str, name: str = "quiz.h5p", **said: str):
    return client.post(address, {"file": SimpleUploadedFile(name, data), "language": "", **said}, follow=True)


def test_an_editor_sends_a_package_and_sees_what_is_in_it(editor, sign_in):
    answer = send(sign_in(editor), building.h5p(), reverse("packages_desk:send"), title="နိုင်ငံကူးလက်မှတ်")
    version = PackageVersion.objects.get()
    assert answer.request["PATH_INFO"] == page_of(version)
    assert version.package.title == "နိုင်ငံကူးလက်မှတ်"
    said = answer.content.decode()
    for part in (version.sha256, "H5P.FixtureQuiz 1.0", "MIT", "quiz.h5p"):
        assert part in said
    assert [entry.action for entry in history(version)] == ["package_stored"]


@pytest.mark.parametrize("language", ["my", "en"])
def test_a_refusal_names_the_file_and_what_to_do_in_the_readers_language(editor, sign_in, language):
    client = sign_in(editor)
    client.cookies["lang"] = language
    answer = send(client, building.h5p(change={"content/run.html": b"<p>"}), reverse("packages_desk:send"))
    with translation.override(language):
        refusal = str(importing.refusal_of(PackageImport.objects.get()))
    assert refusal in answer.content.decode().replace("&quot;", '"')
    assert "content/run.html" in refusal
    assert ("မသိမ်းရသေးပါ" in refusal) == (language == "my")


def test_a_file_name_with_markup_is_shown_as_text(editor, sign_in):
    name = '<img src=x onerror="alert(1)">.h5p'
    answer = send(sign_in(editor), b"PK", reverse("packages_desk:send"), name=name)
    assert "<img src=x" not in answer.content.decode()
    listed = sign_in(editor).get(reverse("packages_desk:list"))
    assert "<img src=x" not in listed.content.decode()


def test_a_form_without_a_file_says_so(editor, sign_in):
    answer = sign_in(editor).post(reverse("packages_desk:send"), {"language": ""})
    assert (answer.status_code, 'class="error"' in answer.content.decode()) == (200, True)
    assert PackageImport.objects.count() == 0


def test_a_file_that_is_too_big_is_not_taken(editor, sign_in, monkeypatch):
    monkeypatch.setattr(importing, "MOST_MEGABYTES", 0)
    send(sign_in(editor), building.h5p(), reverse("packages_desk:send"))
    assert PackageImport.objects.count() == 0


def test_who_approves_is_no_editor_and_who_sends_no_lead(editor, sign_in, client):
    version = taken(building.h5p(), by=editor).version
    assert sign_in(editor).post(page_of(version), {"act": "approve"}).status_code == 404
    lead = PersonFactory(lead=True)
    assert sign_in(lead).get(reverse("packages_desk:send")).status_code == 404
    assert sign_in(lead).post(page_of(version), {"act": "take_down"}).status_code == 404
    assert sign_in(lead).post(page_of(version), {"act": "approve"}).status_code == 302
    assert set(H5PLibrary.objects.values_list("status", flat=True)) == {"approved"}
    assert [entry.by for entry in history(library())] == [lead]


def test_a_library_is_blocked_at_its_page(editor, sign_in):
    ready(by=editor)
    place = reverse("packages_desk:library", args=[library().public_id])
    assert sign_in(editor).post(place, {"status": "blocked"}).status_code == 404
    lead = PersonFactory(lead=True)
    assert sign_in(lead).post(place, {"status": "pending"}).status_code == 404
    assert sign_in(lead).post(place, {"status": "blocked"}).status_code == 302
    assert library().status == "blocked"


def test_a_version_is_taken_down_and_put_up_again(editor, sign_in):
    version = ready(by=editor)
    client = sign_in(editor)
    for act, is_down in (("take_down", True), ("put_up", False)):
        client.post(page_of(version), {"act": act})
        version.refresh_from_db()
        assert bool(version.withdrawn_at) == is_down


def test_trying_it_out_records_nothing(editor, sign_in):
    version = taken(building.h5p(), by=editor).version
    place = reverse("packages_desk:preview", args=[version.package.public_id, version.number])
    answer = sign_in(editor).post(place).json()
    assert (answer["attempt"], answer["player"].startswith("http://p")) == ("", True)


def test_where_a_package_is_used_is_known(editor, sign_in):
    version = ready(by=editor)
    _course, info, _activity = course_with(version)
    assert [page.pk for page in used_in(version.package)] == [info.page_id]
    said = sign_in(editor).get(reverse("packages_desk:package", args=[version.package.public_id])).content.decode()
    assert "Practice lesson" in said


def test_the_chooser_finds_a_package_and_says_of_what_kind_it_is(editor, sign_in):
    ready(by=editor)
    client = sign_in(editor)
    said = client.get(reverse("package_chooser:choose")).content.decode()
    assert "A fixture" in said
    assert "H5P" in said
    assert "A fixture" in client.get(reverse("package_chooser:choose_results"), {"q": "fixt"}).content.decode()


def test_the_editor_is_told_that_it_can_be_no_exam():
    with translation.override("en"):
        said = str(ActivityBlock().child_blocks["needed"].field.help_text)
    assert "It can be no exam, and no certificate rests on it" in said


def test_an_activity_that_is_done_after_some_time_says_after_how_much(editor):
    package = Package.objects.create(kind="h5p", title="One")
    block = ActivityBlock()
    value = block.to_python({"package": package.pk, "title": "One", "rule": "opened", "seconds": None, "needed": False})
    with pytest.raises(ValidationError):
        block.clean(value)
    value["seconds"] = 30
    assert block.clean(value)["seconds"] == 30


@pytest.mark.parametrize("count", [2, 12])
def test_a_long_list_costs_no_more_queries(editor, sign_in, count, django_assert_max_num_queries):
    for number in range(count):
        taken(building.h5p(content=building.question(retry=str(number))), by=editor)
    client = sign_in(editor)
    with django_assert_max_num_queries(16):
        client.get(reverse("packages_desk:list"))
