"""The doors of Wagtail's admin: pages, blocks, snippets, images, translations."""

import json
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail import blocks
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import StringTranslation, TranslationSource

from assessments.models import Item
from content.blocks import TEXT_FEATURES
from content.models import Fact
from courses.models import LessonPage, ModulePage
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

ZAWGYI, UNICODE = "ျမန္မာႏိုင္ငံ", "မြန်မာနိုင်ငံ"
OFFER = "This was typed with Zawgyi."


@pytest.fixture
def editor(sign_in) -> Client:
    return sign_in(PersonFactory(editor=True, language="en"))


@pytest.fixture
def lesson() -> LessonPage:
    return LessonPage.objects.get(code="M01.L1", locale__language_code="en")


def rich(html: str) -> str:
    """HTML as Wagtail's editor sends it."""
    return str(get_rich_text_editor_widget("default", features=TEXT_FEATURES).format_value(html))


def said(editor_state: str) -> str:
    """The words in what Wagtail's editor is given."""
    return "".join(block["text"] for block in json.loads(editor_state)["blocks"])


def lesson_form(lesson: LessonPage, **changed) -> dict[str, str]:
    """What the form of a lesson sends."""
    fields = {"title": lesson.title, "slug": lesson.slug, "code": lesson.code, "minutes": "10", "objectives": "M01-O1", "seo_title": "",
              "search_description": "", "go_live_at": "", "expire_at": "", "body": streamfield([])}  # fmt: skip
    comments = {
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    return {**nested_form_data({**fields, **changed}), **comments}


def edit(editor: Client, lesson: LessonPage, **changed):
    """Send the form of a lesson; the answer."""
    editor.cookies["lang"] = "en"
    return editor.post(f"/admin/pages/{lesson.pk}/edit/", lesson_form(lesson, **changed))


def box(response, name: str) -> str:
    """What a box of the answer holds."""
    found = BeautifulSoup(response.content, "html.parser").find(["input", "textarea"], attrs={"name": name})
    return found.text.strip() if found.name == "textarea" else found["value"]


def teaching(text: str):
    """A body with Burmese in every kind of block, nested too."""
    return streamfield(
        [
            ("text", rich(f"<p><b>{text}</b> a</p>")),
            ("key_point", {"text": text, "source": text}),
            ("case", {"title": text, "text": rich(f"<p>{text}</p>")}),
        ]
    )


def test_zawgyi_in_the_blocks_of_a_lesson_is_refused_once_and_the_editor_holds_it_converted(editor, lesson):
    before = lesson.latest_revision_id
    response = edit(editor, lesson, body=teaching(ZAWGYI))
    assert (response.status_code, LessonPage.objects.get(pk=lesson.pk).latest_revision_id) == (200, before)
    errors = response.context["form"].errors.as_data()["body"][0].as_json_data()["blockErrors"]
    told = [
        errors[0],
        errors[1]["blockErrors"]["text"],
        errors[1]["blockErrors"]["source"],
        *errors[2]["blockErrors"].values(),
    ]
    assert [one["messages"][0].startswith(OFFER) for one in told] == [True] * 5
    assert f"As typed: {ZAWGYI} As it will be stored: {UNICODE}" in told[1]["messages"][0]
    held = response.context["form"]["body"]
    text, key_point, case = (one["value"] for one in held.field.block.get_form_state(held.value()))
    assert [said(text), key_point, case["title"], said(case["text"])] == [
        f"{UNICODE} a", {"text": UNICODE, "source": UNICODE}, UNICODE, UNICODE,
    ]  # fmt: skip

    response = edit(editor, lesson, body=teaching(UNICODE))
    assert response.status_code == 302
    body = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().body.raw_data
    assert [one["value"] for one in body][1] == {"text": UNICODE, "source": UNICODE}
    assert BeautifulSoup(body[0]["value"], "html.parser").text == f"{UNICODE} a"


def test_the_text_of_blocks_is_stored_clean_and_keeps_a_break_that_an_editor_typed(editor, lesson):
    body = streamfield(
        [("text", rich("<p>ခ့ဲ\u200bက</p>")), ("key_point", {"text": " ခ့ဲ\u200b ", "source": "OHCHR,  ၁၂"})]
    )
    assert edit(editor, lesson, body=body).status_code == 302
    stored = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().body.raw_data
    assert BeautifulSoup(stored[0]["value"], "html.parser").text == "ခဲ့\u200bက"
    assert stored[1]["value"] == {"text": "ခဲ့", "source": "OHCHR, ၁၂"}


def test_a_block_of_both_encodings_is_refused_as_it_was_typed(editor, lesson):
    mixed = f"{ZAWGYI} ကျွန်ုပ်တို့ နှင့်"
    response = edit(editor, lesson, body=streamfield([("key_point", {"text": mixed, "source": "s"})]))
    errors = response.context["form"].errors.as_data()["body"][0].as_json_data()["blockErrors"]
    assert errors[0]["blockErrors"]["text"]["messages"][0].startswith("One part of this text is in Zawgyi")
    assert response.context["form"]["body"].value()[0].value["text"] == mixed


def test_a_title_and_what_search_engines_read_are_cleaned_like_every_text(editor, lesson):
    response = edit(editor, lesson, title=ZAWGYI, seo_title=ZAWGYI, search_description=ZAWGYI)
    assert {name: box(response, name) for name in ("title", "seo_title", "search_description")} == dict.fromkeys(
        ("title", "seo_title", "search_description"), UNICODE
    )
    assert response.content.decode().count(OFFER) >= 3
    assert edit(editor, lesson, title=f" {UNICODE}\u200b").status_code == 302
    assert LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().title == UNICODE


def test_numbers_dates_and_codes_of_a_page_may_have_burmese_digits(editor, lesson):
    sent = {"minutes": "၁၂", "objectives": "M၀၁-O၁", "go_live_at": "၂၀၉၆-၁၂-၃၁ ၁၀:၃၀"}
    assert edit(editor, lesson, **sent).status_code == 302
    page = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert (page.minutes, page.objectives, page.go_live_at) == (12, ["M01-O1"], datetime(2096, 12, 31, 4, tzinfo=UTC))


def fact_form(**changed) -> dict[str, str]:
    fields = {"code": "R၉", "kind": "statement", "text": "t", "sources": "", "confidence": "A၁", "flags": "", "jurisdiction": "MM", "status": "draft", "checked_on": "၃၁-၁၂-၂၀၂၅", "recheck_on": "", "reviewer": ""}  # fmt: skip
    return fields | changed


def test_a_fact_is_made_with_the_same_care(editor):
    editor.cookies["lang"] = "en"
    place = "/admin/snippets/content/fact/add/?locale=my"
    response = editor.post(place, fact_form(text=f"{ZAWGYI}\n\n{ZAWGYI}", reviewer=ZAWGYI))
    assert (response.status_code, box(response, "text"), box(response, "reviewer")) == (
        200,
        f"{UNICODE}\n\n{UNICODE}",
        UNICODE,
    )
    assert not Fact.objects.filter(code="R9").exists()
    response = editor.post(place, fact_form(text=f"{UNICODE}\n\n{UNICODE}", reviewer=UNICODE))
    made = Fact.objects.get(code="R9", locale__language_code="my")
    assert (made.text, made.reviewer, made.confidence, made.checked_on.isoformat()) == (
        f"{UNICODE}\n\n{UNICODE}",
        UNICODE,
        "A1",
        "2025-12-31",
    )


def test_titles_of_images_and_documents_are_cleaned(editor):
    editor.cookies["lang"] = "en"
    file = SimpleUploadedFile("a.txt", b"a")
    response = editor.post("/admin/documents/add/", {"title": ZAWGYI, "file": file, "collection": "1"})
    assert (response.status_code, box(response, "title")) == (200, UNICODE)
    file = get_test_image_file(filename="a.png")
    sent = {"title": "a", "description": ZAWGYI, "file": SimpleUploadedFile("a.png", file.read()), "collection": "1"}
    assert box(editor.post("/admin/images/add/", sent), "description") == UNICODE
    assert Image.objects.create(title=f"{ZAWGYI} ", file=get_test_image_file()).title == UNICODE
    assert Document.objects.create(title=f"{UNICODE}\u200b", file="a.txt").title == UNICODE


def test_a_page_that_a_program_saves_has_a_clean_title(lesson):
    lesson.title = f"{ZAWGYI}\u200b"
    lesson.save()
    assert LessonPage.objects.get(pk=lesson.pk).title == UNICODE


@pytest.mark.parametrize(
    ("language", "kept"), [("my", f"<b>{UNICODE}</b> &amp; ခဲ့"), ("shn", f"<b>{ZAWGYI}</b> &amp; ခ့ဲ")]
)
def test_translations_are_converted_in_burmese_only(language, kept, lesson):
    source, _made = TranslationSource.update_or_create_from_instance(lesson)
    segment = source.stringsegment_set.first()
    locale, _made = Locale.objects.get_or_create(language_code=language)
    stored, _made = StringTranslation.objects.update_or_create(
        translation_of=segment.string, locale=locale, context=segment.context,
        defaults={"data": f"<b>{ZAWGYI}</b> &amp; ခ့ဲ", "translation_type": "manual"},
    )  # fmt: skip
    assert (stored.data, StringTranslation.objects.get(pk=stored.pk).data) == (kept, kept)


def leaves(block):
    """The blocks inside a block that hold a value of their own."""
    match block:
        case blocks.StreamBlock() | blocks.StructBlock():
            for child in block.child_blocks.values():
                yield from leaves(child)
        case blocks.ListBlock():
            yield from leaves(block.child_block)
        case _:
            yield block


@pytest.mark.parametrize(
    "field",
    [LessonPage._meta.get_field("body"), ModulePage._meta.get_field("objectives"), Item._meta.get_field("question")],
)
def test_every_block_that_is_translated_cleans_its_text_and_looks_plain_to_migrations(field):
    translated = [
        one
        for one in leaves(field.stream_block)
        if isinstance(one, blocks.CharBlock | blocks.TextBlock | blocks.RichTextBlock)
    ]
    assert translated
    assert {type(one.field).__name__ for one in translated} == {"CleanCharField"}
    assert {one.deconstruct()[0].rpartition(".")[0] for one in translated} == {"wagtail.blocks"}
