"""Uploaded files in a bucket of an S3-style store, as several servers share it."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from config import bucket
from content.packages import storing
from core import doctor
from tests.content.packages.sending import ready, taken
from tests.core import stores
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(settings):
    """A store that STORAGE_URL names."""
    with stores.running() as running:
        settings.STORAGES = settings.STORAGES | bucket.storages(running.url)
        yield running


@pytest.fixture
def editor(sign_in) -> Client:
    """An editor, whose browser is shown what goes wrong."""
    client = sign_in(PersonFactory(editor=True))
    client.raise_request_exception = False
    return client


def send_image(editor: Client):
    """An editor uploads an image."""
    file = SimpleUploadedFile("post.png", get_test_image_file().file.getvalue())
    return editor.post(
        "/admin/images/add/", {"title": "Post", "file": file, "description": "A post", "collection": "1"}
    )


def found(check: str) -> list[str]:
    """What the doctor says of one thing."""
    return [one.sentence for one in doctor.examine() if one.check == check]


def test_an_image_lies_in_the_store_and_is_given_out_by_the_product(store, editor):
    assert send_image(editor).status_code == 302
    image = Image.objects.get(title="Post")
    assert f"media/{image.file.name}" in store.objects
    assert image.file.url == f"/media/{image.file.name}"
    rendition = image.get_rendition("width-10")
    assert f"media/{rendition.file.name}" in store.objects
    answer = editor.get(rendition.url)
    assert b"".join(answer.streaming_content) == store.objects[f"media/{rendition.file.name}"]
    assert (answer["Content-Type"], answer["Content-Security-Policy"]) == ("image/png", "default-src 'none'")
    assert Client().get(rendition.url).status_code == 302
    assert editor.get("/media/images/nothing.png").status_code == 404


def test_a_second_image_of_the_same_name_takes_another_place(store, editor):
    send_image(editor)
    send_image(editor)
    assert len(set(Image.objects.filter(title="Post").values_list("file", flat=True))) == 2


def test_a_package_lies_in_the_store_once_and_what_nobody_names_is_swept(store):
    editor = PersonFactory(editor=True)
    version = ready(by=editor)
    place, sha256 = next((one, one.rpartition("/")[2]) for one in store.objects if one.startswith("packages/files/"))
    assert storing.read(sha256) == store.objects[place]
    before = set(store.objects)
    taken(BytesIO(b"no package").getvalue(), by=editor)
    assert set(store.objects) == before
    store.objects["packages/files/aa/" + "a" * 64] = b"left behind"
    storing.sweep(timezone.now() + storing.UNUSED_AFTER * 2)
    assert set(store.objects) == before
    assert version.pk


def test_the_doctor_misses_files_and_finds_those_that_belong_to_nothing(store, editor):
    send_image(editor)
    assert found("files") == found("orphans") == []
    place = next(one for one in store.objects if one.startswith("media/"))
    store.objects["media/images/other.png"] = store.objects.pop(place)
    assert "1 uploaded files are gone" in found("files")[0]
    assert "other.png" in found("orphans")[0]


def test_while_the_store_is_away_pages_go_on_and_an_upload_says_so(store, editor):
    store.refuses = 503
    answer = send_image(editor)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert not Image.objects.filter(title="Post").exists()
    assert editor.get("/media/images/any.png").status_code == 503
    assert editor.get("/my/courses/").status_code == 200


@pytest.mark.parametrize(
    "url", ["garbage", "s3://", "s3://key@host/bucket", "s3://key:secret@host/", "s3://key:secret@host/a/b",
            "https://key:secret@host/bucket", "s3://key:secret@host/bucket?tls=yes", "s3://key:secret@host/bucket?color=red"]
)  # fmt: skip
def test_what_names_no_store_is_refused(url):
    with pytest.raises(ValueError, match="no s3://"):
        bucket.storages(url)


def test_a_store_is_asked_over_tls_unless_said_otherwise():
    options = bucket.storages("s3://key:se%2Fcret@store.example/thindan?region=ap-1")["default"]["OPTIONS"]
    assert (options["endpoint_url"], options["secret_key"], options["region_name"]) == ("https://store.example", "se/cret", "ap-1")  # fmt: skip
