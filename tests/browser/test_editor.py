"""The editor changes a lesson in Wagtail; officers read the new text and keep what they have done."""

import pytest

from tests.browser.served import Login, Served
from tests.browser.walking import Browsing, path_of, press, sign_in, switch_language

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False}
TITLE = "Mixed movements, revised"


def test_an_editor_previews_and_publishes_a_lesson_and_an_officer_keeps_the_progress(
    browsing: Browsing, served: Served, exam: str, ready_officer
):
    officer: Login = ready_officer()
    reader = browsing.open()
    sign_in(reader, officer)
    reader.goto("/my/courses/c1/")
    lesson = reader.locator("a.lesson-link").first.get_attribute("href")
    reader.goto(lesson)
    switch_language(reader)
    done_before = reader.locator(".lesson-end .mark.done").count()
    assert (done_before, reader.locator("h1").inner_text() == TITLE) == (1, False)

    page = browsing.open("en-GB", **DESK)
    page_id = served.stage("lesson_page", lesson.split("/")[-2])["id"]
    sign_in(page, served.logins["EDT-7001"], start=f"/account/login/?next=/admin/pages/{page_id}/edit/")
    assert path_of(page) == f"/admin/pages/{page_id}/edit/"
    page.fill("[name=title]", TITLE)

    # The panel with the preview shows the lesson as it will be, before anything is stored.
    page.click('[aria-label="Toggle preview"]')
    page.frame_locator("#w-preview-iframe").get_by_role("heading", name=TITLE).wait_for()
    reader.reload()
    assert reader.locator("h1").inner_text() != TITLE

    page.click("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]")
    press(page, 'button[name="action-publish"]')
    assert page.locator(".messages .success, .messages li.success").count() == 1

    reader.reload()
    assert reader.locator("h1").inner_text() == TITLE
    assert reader.locator(".lesson-end .mark.done").count() == 1
    reader.goto("/learn/")
    assert reader.locator("progress").get_attribute("value") == reader.locator("progress").get_attribute("max")


def test_every_part_of_the_admin_that_an_editor_uses_opens_without_a_fault_on_the_console(
    browsing: Browsing, served: Served, exam: str
):
    page = browsing.open("en-GB", **DESK)
    sign_in(page, served.logins["EDT-7001"])
    slug = "mixed-movements"
    page_id = served.stage("lesson_page", slug)["id"]
    places = ["/admin/", "/admin/pages/", f"/admin/pages/{page_id}/edit/", "/admin/images/"]
    for place in [*places, "/admin/documents/", "/admin/reports/site-history/"]:
        response = page.goto(place, wait_until="load")
        assert (place, response.status) == (place, 200)
        assert path_of(page) == place


def test_an_editor_reaches_the_admin_only_with_the_second_factor(browsing: Browsing, served: Served):
    editor = served.logins["EDT-7001"]
    page = browsing.open("en-GB", **DESK)
    sign_in(page, Login(editor.login, editor.password), start="/account/login/?next=/admin/")
    page.goto("/admin/")
    assert path_of(page) == "/account/2fa/authenticate/"


def test_wagtails_own_doors_lead_to_the_one_login(browsing: Browsing):
    page = browsing.open()
    for door in ("/admin/", "/admin/login/", "/admin/password_reset/"):
        page.goto(door)
        assert path_of(page) == "/account/login/"
