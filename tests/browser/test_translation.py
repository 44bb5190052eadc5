"""A lesson changes in English; its Burmese follows by file, is reviewed, and reaches the officer, who is never shown half of it."""

import io

import openpyxl
import pytest

from tests.browser.served import Served
from tests.browser.walking import Browsing, path_of, press, sign_in

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False}
ENGLISH, BURMESE = "No return into danger, revised", "အန္တရာယ်ရှိရာသို့ ပြန်မပို့ရေး (ပြင်ဆင်ပြီး)"


def test_a_changed_lesson_reaches_the_officer_in_burmese_through_file_and_review(
    browsing: Browsing, served: Served, exam: str, ready_officer, tmp_path
):
    officer = ready_officer()
    reader = browsing.open()
    sign_in(reader, officer)
    reader.goto("/my/courses/c1/")
    lesson = reader.locator('a.lesson-link[href*="non-refoulement"]').get_attribute("href")
    reader.goto(lesson)
    before = reader.locator("h1").inner_text()

    # The editor changes the English lesson.
    editor = browsing.open("en-GB", **DESK)
    page_id = served.stage("lesson_page", lesson.split("/")[-2])["id"]
    sign_in(editor, served.logins["EDT-7001"], start=f"/account/login/?next=/admin/pages/{page_id}/edit/")
    editor.fill("[name=title]", ENGLISH)
    editor.click("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]")
    press(editor, 'button[name="action-publish"]')

    # The officer keeps the former translation, whole, and is told.
    reader.reload()
    assert (reader.locator("h1").inner_text(), reader.locator(".notice.warning").count()) == (before, 1)

    # The translator sees what is stale, takes it home as a spreadsheet and brings it back.
    translator = browsing.open("en-GB", **DESK)
    sign_in(translator, served.logins["TRL-8001"], start="/account/login/?next=/office/translations/")
    translator.goto("/office/translations/?language=my&live=stale&q=M03.L3")
    assert translator.locator("main .rows > li h2").count() == 1
    with translator.expect_download() as download:
        translator.click("button[value=xlsx]")
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book.active
    place = next((cell for row in sheet.iter_rows() for cell in row if cell.value == ENGLISH), None)
    assert place is not None
    sheet.cell(place.row, place.column + 1).value = BURMESE
    filled = tmp_path / "filled.xlsx"
    book.save(filled)
    translator.goto("/office/translations/import/?language=my")
    translator.set_input_files("input[type=file]", filled)
    press(translator, "main form button")
    assert BURMESE in translator.inner_text("main")
    press(translator, "main form button")
    translator.goto("/office/translations/?language=my&live=stale&q=M03.L3")
    press(translator, "main .rows h2 a")
    text = path_of(translator)
    translator.fill("#note", "Checked against the glossary.")
    press(translator, "button[value=approved]")
    reader.reload()
    assert reader.locator("h1").inner_text() == before

    # The reviewer compares and approves.
    reviewer = browsing.open("my-MM", **DESK)
    sign_in(reviewer, served.logins["SBJ-8002"], start=f"/account/login/?next={text}")
    assert path_of(reviewer) == text
    press(reviewer, "button[value=approved]")
    reader.reload()
    assert reader.locator("h1").inner_text() == before

    # The lesson states law: a lawyer has the last word.
    lawyer = browsing.open("my-MM", **DESK)
    sign_in(lawyer, served.logins["LGL-8003"], start=f"/account/login/?next={text}")
    press(lawyer, "button[value=approved]")

    # The officer reads it in Burmese, reviewed.
    reader.reload()
    assert (reader.locator("h1").inner_text(), reader.locator("main > .notice, article > .notice").count()) == (
        BURMESE,
        0,
    )
