"""The translators' desk: who may do what, saving without loss, deciding, and files that leave and come back."""

import io

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from assessments.models import Item
from content.models import GlossaryTerm, TranslationImport, TranslationReview
from content.translation import work
from content.translation.states import state
from courses.models import LessonPage, ModulePage
from tests.content.test_translation_work import fill, lesson, notice, reword, source
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
DESK = "/office/translations/"


@pytest.fixture
def my():
    return Locale.objects.get(language_code="my")


@pytest.fixture
def translator(sign_in, client):
    client.cookies["lang"] = "en"
    return sign_in(PersonFactory(translator=True))


def as_(role, sign_in):
    """A client of its own, signed in with a role."""
    from django.test import Client

    from tests.access.matrix import client_of

    del sign_in
    person = PersonFactory(**{role: True})
    client: Client = client_of(person)
    client.cookies["lang"] = "en"
    return client


def place(code="M01.L1", language="my"):
    return f"{DESK}{language}/{lesson(code=code).translation_key}/"


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def form_of(client, url):
    """The values of the sentences' form as a browser would send them back."""
    page = soup(client.get(url))
    areas = {area["name"]: area.text.removeprefix("\n") for area in page.select("ol.sentences textarea")}
    hidden = {one["name"]: one["value"] for one in page.select("ol.sentences input[type=hidden]")}
    return areas | hidden | {"act": "save"}


def title_key(my, code="M01.L1"):
    return next(line.key for line in work.lines_of(source(code), my) if line.path == "title")


def said(response):
    return [one.text.strip() for one in soup(response).select(".messages > *")]


# --- The list ---------------------------------------------------------------------------------------------------------------


def test_the_list_says_of_every_text_what_readers_see_and_what_waits(translator):
    reword("Lesson one", "The first lesson")
    page = soup(translator.get(DESK, {"language": "my", "live": "stale"}))
    rows = [
        (row.a.text, row.select_one(".mark").text, row.select_one(".tag").text) for row in page.select(".rows > li")
    ]
    assert rows == [("M01.L1 The first lesson of M01", "Being translated", "Source changed since")]


def test_filters_narrow_by_work_kind_and_words(translator):
    def count(**asked):
        return len(soup(translator.get(DESK, {"language": "my", **asked})).select(".rows > li h2"))

    items = Item.objects.filter(locale__language_code="en").count()
    assert (count(kind="item"), count(kind="item", q="m01.o1-001")) == (items, 1)
    assert count(kind="lessonpage", stage="translator") == LessonPage.objects.filter(locale__language_code="en").count()


@pytest.mark.parametrize("role", ["translator", "subject", "legal", "editor", "lead"])
def test_those_with_a_part_in_translations_see_the_desk(role, sign_in):
    assert as_(role, sign_in).get(DESK).status_code == 200


@pytest.mark.parametrize("role", ["trainer", "registrar"])
def test_for_others_there_is_no_such_desk(role, sign_in):
    client = as_(role, sign_in)
    assert {client.get(url).status_code for url in (DESK, place(), place() + "preview/", DESK + "import/", DESK + "export/?format=po")} == {404}  # fmt: skip
    assert client.post(place(), {"act": "save"}).status_code == 404


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_text_has_no_translation_into_its_own_language_or_one_that_is_not_there(translator, language):
    assert translator.get(place(language=language)).status_code == 404


# --- One text ---------------------------------------------------------------------------------------------------------------


def test_a_sentence_is_shown_with_its_place_what_changed_its_former_translation_and_its_terms(translator, my):
    GlossaryTerm.objects.filter(code="border").delete()
    former = lesson("my").title
    reword("Lesson one", "The first lesson")
    row = soup(translator.get(place())).select_one(f"#s-{title_key(my)}")
    assert (row.select_one(".meta span").text, row.select_one("del").text, row.select_one("ins").text) == (
        "Title", "Lesson one", "The first lesson",
    )  # fmt: skip
    assert (row.textarea.text.strip(), row.textarea["lang"], row.select_one(".sentence")["lang"]) == (
        former,
        "my",
        "en",
    )


def test_saving_stores_what_changed_and_nothing_else(translator, my):
    before = StringTranslation.objects.count()
    form = form_of(translator, place())
    form[f"t-{title_key(my)}"] = "ခေါင်းစဉ်အသစ်"
    response = translator.post(place(), form, follow=True)
    assert said(response) == ["1 sentence is saved."]
    line = next(line for line in work.lines_of(source(), my) if line.path == "title")
    assert (line.target, StringTranslation.objects.count()) == ("ခေါင်းစဉ်အသစ်", before)


def test_a_changed_sentence_counts_only_when_the_translator_says_it_was_adapted(translator, my):
    reword("Lesson one", "The first lesson")
    form = form_of(translator, place())
    assert said(translator.post(place(), form, follow=True)) == ["0 sentences are saved."]
    form[f"t-{title_key(my)}"] = "ပထမသင်ခန်းစာ"
    response = translator.post(place(), form)
    row = soup(response).select_one(f"#s-{title_key(my)}")
    assert (row.select_one(".error").text, row.textarea.text.strip()) == (
        "Tick that you have adapted it to the changed source.", "ပထမသင်ခန်းစာ",
    )  # fmt: skip
    form[f"adapted-{title_key(my)}"] = "1"
    assert said(translator.post(place(), form, follow=True)) == ["1 sentence is saved."]


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_and_what_was_typed_is_kept(translator, my):
    form = form_of(translator, place())
    work.save_texts(source(), my, {title_key(my): "သူတစ်ပါးရေးသော"}, by=None)
    form[f"t-{title_key(my)}"] = "ကျွန်ုပ်ရေးသော"
    response = translator.post(place(), form)
    row = soup(response).select_one(f"#s-{title_key(my)}")
    assert row.select_one(".error").text == "Somebody else changed this meanwhile. Theirs is stored: သူတစ်ပါးရေးသော"
    assert row.textarea.text.strip() == "ကျွန်ုပ်ရေးသော"
    assert next(line.target for line in work.lines_of(source(), my) if line.path == "title") == "သူတစ်ပါးရေးသော"


def test_what_was_typed_for_a_sentence_whose_source_changed_meanwhile_is_given_back(translator, my):
    form = form_of(translator, place())
    key = title_key(my)
    reword("Lesson one", "The first lesson")
    stays = said(translator.post(place(), form, follow=True))
    assert not any("not stored" in one for one in stays)  # nothing was typed for it
    lost = said(translator.post(place(), form | {f"t-{key}": "သင်ခန်းစာ အသစ်"}, follow=True))
    assert [one.rpartition(": ")[2] for one in lost if "not stored" in one] == ["သင်ခန်းစာ အသစ်"]


def test_markup_that_the_source_does_not_have_is_refused_and_kept_in_the_box(translator, my):
    form = form_of(translator, place())
    form[f"t-{title_key(my)}"] = "ခေါင်း <script>alert(1)</script>"
    response = translator.post(place(), form)
    row = soup(response).select_one(f"#s-{title_key(my)}")
    assert (len(row.select(".error")), row.textarea.text.strip()) == (1, "ခေါင်း <script>alert(1)</script>")
    assert "<script>" not in next(line.target for line in work.lines_of(source(), my) if line.path == "title")


def test_a_translation_typed_in_zawgyi_is_stored_as_unicode_and_shown_to_be_read_again(translator, my):
    form = form_of(translator, place())
    form[f"t-{title_key(my)}"] = "ျမန္မာႏိုင္ငံသားမ်ား"
    told = said(translator.post(place(), form, follow=True))
    assert told == [
        "It was typed in Zawgyi and is converted. Read it again: မြန်မာနိုင်ငံသားများ",
        "1 sentence is saved.",
    ]
    assert next(line.target for line in work.lines_of(source(), my) if line.path == "title") == "မြန်မာနိုင်ငံသားများ"


def test_a_glossary_term_that_is_not_used_is_shown_and_has_to_be_explained_before_signing(translator, my):
    GlossaryTerm.objects.create(code="t-lesson", term="lesson", locale=Locale.objects.get(language_code="en"), translation_key=(key := __import__("uuid").uuid4()))  # fmt: skip
    GlossaryTerm.objects.create(code="t-lesson", term="သင်ခန်းစာထူး", locale=my, translation_key=key)
    page = soup(translator.get(place()))
    row = page.select_one(f"#s-{title_key(my)}")
    assert [one.text for one in row.select(".terms .doubt")] == ["lesson = သင်ခန်းစာထူး not used"]
    form = {"act": "approved", "step": "translator", "sha256": state(source(), my).sha256}
    response = translator.post(place(), form, follow=True)
    assert (TranslationReview.objects.count(), said(response)[0].startswith("The checks found something")) == (0, True)
    translator.post(place(), form | {"note": "The heading uses another word on purpose."})
    assert TranslationReview.objects.get().note == "The heading uses another word on purpose."


def test_the_way_of_a_changed_lesson_from_the_translator_to_the_reader(translator, my, sign_in):
    reword("Lesson one", "The first lesson")
    fill(my)
    explained = {"note": "Checked."}
    translator.post(
        place(), {"act": "approved", "step": "translator", "sha256": state(source(), my).sha256} | explained
    )
    subject = as_("subject", sign_in)
    assert "1 text waits for your decision." in soup(subject.get(DESK)).select_one(".next-step").text
    form = {
        "act": "approved",
        "step": "subject",
        "sha256": soup(subject.get(place())).select_one("[name=sha256]")["value"],
    }
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = subject.post(place(), form, follow=True)
    assert said(response) == ["Approved. This is what readers see from now on."]
    assert (notice(), lesson("my").title) == ("", "ဘာသာပြန် The first lesson of M01")


def test_a_reviewer_neither_translates_nor_signs_for_the_translator(sign_in, my):
    subject = as_("subject", sign_in)
    page = soup(subject.get(place()))
    assert (page.select("textarea"), page.select("[name=step]")) == ([], [])
    assert subject.post(place(), {"act": "save"}).status_code == 404
    form = {"act": "approved", "step": "translator", "sha256": state(source(), my).sha256}
    assert (subject.post(place(), form).status_code, TranslationReview.objects.count()) == (404, 0)


def test_a_translator_does_not_review(translator, my):
    form = {"act": "approved", "step": "subject", "sha256": state(source(), my).sha256}
    assert (translator.post(place(), form).status_code, TranslationReview.objects.count()) == (404, 0)


def test_the_preview_shows_the_page_with_the_translations_saved_so_far(translator, my):
    work.save_texts(source(), my, {title_key(my): "အစမ်းခေါင်းစဉ်"}, by=None)
    page = soup(translator.get(place() + "preview/"))
    assert (page.h1.text.strip(), lesson("my").title == "အစမ်းခေါင်းစဉ်") == ("အစမ်းခေါင်းစဉ်", False)


def test_a_record_without_a_page_has_no_preview(translator):
    item = Item.objects.filter(locale__language_code="en").first()
    assert translator.get(f"{DESK}my/{item.translation_key}/preview/").status_code == 404


def test_a_page_is_edited_by_itself_and_taken_up_again(translator, my):
    translator.post(place(), {"act": "detach"}, follow=True)
    assert work.is_detached(source(), my)
    reword("မြန်မာ Lesson one", "လက်ရေးခေါင်းစဉ်", language="my")
    response = translator.post(place(), {"act": "absorb"}, follow=True)
    assert said(response) == ["1 sentence was taken over from the page."]
    assert next(line.target for line in work.lines_of(source(), my) if line.path == "title").startswith("လက်ရေးခေါင်းစဉ်")


# --- wagtail-localize's own doors ---------------------------------------------------------------------------------------------


def test_the_admin_leads_from_a_translated_page_to_the_desk(sign_in):
    editor = as_("editor", sign_in)
    response = editor.get(f"/admin/pages/{lesson('my').pk}/edit/")
    assert (response.status_code, response.headers["Location"]) == (302, place())
    assert editor.get(f"/admin/pages/{lesson().pk}/edit/").status_code == 200


def test_wagtail_localizes_own_views_lead_to_the_desk_and_change_nothing(sign_in):
    editor = as_("editor", sign_in)
    module = ModulePage.objects.get(code="M01", locale__language_code="en")
    Locale.objects.create(language_code="shn")
    for url in (f"/admin/localize/submit/page/{module.pk}/", "/admin/localize/reports/translations/", "/admin/localize/update/1/"):  # fmt: skip
        assert editor.post(url, {"locales": [1], "include_subtree": "on"}).headers.get("Location", "") == DESK
    assert ModulePage.objects.filter(code="M01", locale__language_code="shn").count() == 0


# --- Files --------------------------------------------------------------------------------------------------------------------


def sheet_of(response):
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


def filled(response, english, burmese):
    """The file that was exported, with one sentence translated, as an upload."""
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    cell = next(cell for row in book.active.iter_rows() for cell in row if cell.value == english)
    book.active.cell(cell.row, cell.column + 1).value = burmese
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("back.xlsx", out.getvalue())


def test_a_file_leaves_is_filled_comes_back_is_looked_at_and_stored(translator, my):
    reword("Lesson one", "The first lesson")
    file = translator.get(DESK + "export/", {"language": "my", "live": "stale", "format": "xlsx"})
    upload = filled(file, "The first lesson of M01", "ပထမသင်ခန်းစာ")
    response = translator.post(DESK + "import/", {"language": "my", "file": upload})
    came = TranslationImport.objects.get()
    assert response.headers["Location"] == f"{DESK}import/{came.public_id}/"
    page = soup(translator.get(response.headers["Location"]))
    assert ["ပထမသင်ခန်းစာ" in row.text for row in page.select("main .rows > li")] == [True]
    assert next(line.target for line in work.lines_of(source(), my) if line.path == "title") == ""
    translator.post(response.headers["Location"])
    assert next(line.target for line in work.lines_of(source(), my) if line.path == "title") == "ပထမသင်ခန်းစာ"


@pytest.mark.parametrize("kind", ["po", "xlsx", "xlf"])
def test_a_file_that_comes_back_as_it_left_changes_nothing(translator, my, kind):
    file = translator.get(DESK + "export/", {"language": "my", "what": "all", "q": "M01.L1", "format": kind})
    upload = SimpleUploadedFile(f"back.{kind}", file.content)
    response = translator.post(DESK + "import/", {"language": "my", "file": upload}, follow=True)
    assert "Every line is there already or was left empty." in soup(response).main.text


def test_a_line_whose_source_was_changed_meanwhile_is_named_and_not_stored(translator, my):
    reword("Lesson one", "The first lesson")
    file = translator.get(DESK + "export/", {"language": "my", "live": "stale", "format": "xlsx"})
    reword("The first lesson", "The very first lesson")
    upload = filled(file, "The first lesson of M01", "ပထမသင်ခန်းစာ")
    page = soup(translator.post(DESK + "import/", {"language": "my", "file": upload}, follow=True))
    assert [tag.text for tag in page.select("main .rows .tag")] == ["the source was changed since: translate it anew"]
    assert page.select("main form button") == []


@pytest.mark.parametrize("content", [b"", b"no file of ours", b"PK\x03\x04 broken"])
def test_a_file_that_is_none_of_ours_is_refused_in_words(translator, content):
    upload = SimpleUploadedFile("x.xlsx", content)
    response = translator.post(DESK + "import/", {"language": "my", "file": upload})
    assert (response.status_code, len(soup(response).select("[role=alert]")), TranslationImport.objects.count()) == (
        200,
        1,
        0,
    )


def test_a_file_of_somebody_else_is_not_there(translator, my):
    other = TranslationImport.objects.create(locale=my, name="x", lines=[], made_by=PersonFactory(translator=True))
    assert translator.get(f"{DESK}import/{other.public_id}/").status_code == 404


# --- Figures ------------------------------------------------------------------------------------------------------------------


def test_who_may_no_longer_translate_stores_no_file(translator, my):
    came = TranslationImport.objects.create(
        locale=my, name="a.po", lines=[], made_by=(person := PersonFactory(subject=True))
    )
    from tests.access.matrix import client_of

    assert client_of(person).post(f"{DESK}import/{came.public_id}/").status_code == 404
    came.refresh_from_db()
    assert came.applied_at is None


def test_the_list_costs_the_same_for_one_object_and_for_all(translator, django_assert_max_num_queries):
    for asked in ({"q": "M01.L1"}, {}):
        with django_assert_max_num_queries(24):
            translator.get(DESK, {"language": "my", **asked})
