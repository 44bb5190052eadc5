"""What an officer writes and photographs comes to a marker without a name, and back to the officer with a result."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.served import Login, Served
from tests.browser.stage import PASSWORD
from tests.browser.test_pages import RULES, violations
from tests.browser.walking import NO_LINE, Browsing, begin_exam, path_of, press, sign_in, wait_for_state

pytestmark = pytest.mark.browser
TEXT = "သူ့ကို ခုံတန်းရှိရာသို့ ခေါ်သွားပြီး ရေတိုက်ပါမည်။"


def photo() -> dict[str, object]:
    """A photo as a phone sends it."""
    out = io.BytesIO()
    Image.effect_noise((2400, 1800), 30).convert("RGB").save(out, "JPEG", quality=90)
    return {"name": "note.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def _written_and_sent(page: Page, *, with_script: bool) -> None:
    page.locator("textarea").fill(TEXT)
    page.set_input_files("input[type=file]", photo())
    if not with_script:
        press(page, "picture-answer button")
    page.wait_for_selector(".sent li input:checked")


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no-script"])
def test_an_officer_writes_and_sends_a_photo_a_marker_marks_both_and_the_officer_sees_the_result(
    with_script: bool, browsing: Browsing, served: Served
):
    number = f"IMM-65{int(with_script)}1"
    made = served.stage("marked", number)
    officer = browsing.open(java_script_enabled=with_script)
    sign_in(officer, Login(number, PASSWORD))
    attempt = begin_exam(officer, made["exam"])
    if with_script:
        assert violations(officer, RULES) == []
    _written_and_sent(officer, with_script=with_script)
    if with_script:
        wait_for_state(officer, "server")
        assert officer.locator("[data-answered]").inner_text() == "၂"
    press(officer, 'form.questions button[value="finish"]')
    assert officer.locator(".questions-map").count() == 0
    press(officer, "main form button")
    assert officer.locator(".verdict").count() == 0

    marker = browsing.open()
    sign_in(marker, served.logins["EDT-7001"], start="/account/login/?next=/office/marking/")
    assert violations(marker, RULES) == []
    for _answer in range(2):
        press(marker, ".rows li:first-child h2 a")
        assert number not in marker.content()
        assert violations(marker, RULES) == []
        for criterion in marker.locator("form.questions fieldset").all():
            criterion.locator("label").last.click()
        marker.fill("textarea", "ကောင်းပါသည်။")
        press(marker, "form.questions button")
        if path_of(marker) != "/office/marking/":
            marker.goto("/office/marking/")
    officer.goto(f"/attempt/{attempt}/")
    assert officer.locator(".verdict .score").inner_text() == "၁၀၀ %"
    assert officer.locator("text=ကောင်းပါသည်။").count() == 2
    assert officer.locator(".given img").count() == 1


def test_on_a_cut_line_the_text_is_kept_and_the_photo_says_that_it_was_not_sent(browsing: Browsing, served: Served):
    browsing.expected.append(NO_LINE)
    made = served.stage("marked", "IMM-6521")
    page = browsing.open()
    sign_in(page, Login("IMM-6521", PASSWORD))
    begin_exam(page, made["exam"])
    page.wait_for_selector('.save-state[data-state="server"]')
    page.context.set_offline(True)
    page.locator("textarea").press_sequentially("သူ့ကို")
    wait_for_state(page, "unsaved")  # while writing, without leaving the field
    page.set_input_files("input[type=file]", photo())
    page.wait_for_selector("picture-answer .notice.error")
    page.context.set_offline(False)
    wait_for_state(page, "server")
    page.set_input_files("input[type=file]", photo())
    page.wait_for_selector(".sent li input:checked")
    page.reload()
    assert page.locator("textarea").input_value() == "သူ့ကို"
    assert page.locator(".sent li").count() == 1
    with page.expect_response("**/steps/"):
        page.locator(".sent li input").uncheck()
    page.reload()
    assert page.locator(".sent li").count() == 0
