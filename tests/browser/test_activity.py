"""Activities in a real browser: played, resumed, with the line cut; and one that means harm."""

import re
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FrameLocator, Page, Request, expect

from tests.browser import scorm_playing
from tests.browser.served import Login, Served
from tests.browser.stage import PASSWORD
from tests.browser.walking import NO_LINE, Browsing, press, sign_in

pytestmark = pytest.mark.browser


def player(page: Page) -> FrameLocator:
    """The frame of the activity."""
    return page.frame_locator("package-activity iframe")


def kept(served: Served, number: str, what: str) -> None:
    """Wait until the server knows something of an officer's activity."""
    for _try in range(20):
        if any(what in str(one) for one in served.stage("played", number)):
            return
        time.sleep(0.5)
    raise AssertionError(f"the server never heard of {what}")


def state(page: Page, name: str) -> None:
    """Wait until the page says where the answers are."""
    page.wait_for_selector(f'package-activity .save-state[data-state="{name}"]', timeout=30_000)


def test_an_officer_plays_goes_on_where_they_were_and_loses_nothing_without_a_line(browsing: Browsing, served: Served):
    made = served.stage("activity", "IMM-7501")
    phone = browsing.device()
    page = phone.new_page()
    sign_in(page, Login("IMM-7501", PASSWORD))
    page.goto(made["lesson"])
    frame = player(page)
    frame.get_by_label("Green").check()
    kept(served, "IMM-7501", "picked")
    state(page, "server")
    element = page.locator("package-activity iframe")
    assert element.get_attribute("sandbox") == "allow-scripts"
    assert element.get_attribute("title") == "Which passport?"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    # Resumed on another visit: what was picked is picked.
    page.reload()
    frame = player(page)
    expect(frame.get_by_label("Green")).to_be_checked()

    # The line is cut: the answer stays on the telephone, says so, and is sent by itself.
    browsing.expected.append(NO_LINE)
    phone.set_offline(True)
    frame.get_by_label("Red").check()
    frame.get_by_role("button", name="Check").click()
    state(page, "unsaved")
    phone.set_offline(False)
    state(page, "server")
    expect(page.locator(".activity-state .mark.done")).to_be_visible()
    known = served.stage("played", "IMM-7501")
    assert [one for one in known if one.get("verb") == "answered"] == [
        {"verb": "answered", "raw": 1, "max": 1, "how": "unverified", "part": ""}
    ]
    press(page, "main .lesson-end form button")
    expect(page.locator(".lesson-end .mark.done")).to_be_visible()


def test_an_answer_given_without_a_line_is_sent_when_the_lesson_is_opened_again(browsing: Browsing, served: Served):
    made = served.stage("activity", "IMM-7502")
    phone = browsing.device()
    page = phone.new_page()
    sign_in(page, Login("IMM-7502", PASSWORD))
    page.goto(made["lesson"])
    frame = player(page)
    frame.get_by_label("Red").check()
    state(page, "server")
    browsing.expected.append(NO_LINE)
    phone.set_offline(True)
    frame.get_by_role("button", name="Check").click()
    state(page, "unsaved")
    page.close()
    phone.set_offline(False)
    page = phone.new_page()
    page.goto(made["lesson"])
    state(page, "server")
    assert "answered" in [one.get("verb") for one in served.stage("played", "IMM-7502")]


def test_an_activity_is_played_with_the_keyboard_alone(browsing: Browsing, served: Served):
    made = served.stage("activity", "IMM-7503")
    page = browsing.open(viewport={"width": 1000, "height": 700}, is_mobile=False)
    sign_in(page, Login("IMM-7503", PASSWORD))
    page.goto(made["lesson"])
    player(page).get_by_label("Green").wait_for()
    player(page).get_by_label("Green").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".activity-state .mark.done")).to_be_visible()


def test_a_package_that_means_harm_reaches_nothing(browsing: Browsing, served: Served):
    made = served.stage("activity", "IMM-7504", "probe")
    browsing.expected += ["console ", "policy "]
    page = browsing.open(viewport={"width": 1000, "height": 900}, is_mobile=False)
    sign_in(page, Login("IMM-7504", PASSWORD))
    asked: list[Request] = []
    dialogs: list[str] = []
    page.context.on("request", lambda request: asked.append(request))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(made["lesson"])
    before = len(page.context.pages)
    frame = page.locator("package-activity iframe")
    frame.wait_for()
    inside = frame.element_handle().content_frame()
    for _try in range(40):
        if inside.evaluate("!!window.said"):
            break
        time.sleep(0.25)
    page.wait_for_timeout(2000)  # what it asked for needs a moment to be refused
    said = inside.evaluate("window.said")
    reached = {name: what for name, what in said.items() if not what.startswith("blocked")}
    # Asking is no reaching: these were asked for and went nowhere, as the requests show.
    assert set(reached) <= {"form", "frame", "beacon"}, reached
    assert (dialogs, len(page.context.pages), page.url.endswith(made["lesson"])) == ([], before, True)

    site, own = urlsplit(served.url).netloc, re.compile(r"p[0-9a-f]{16}\.localhost:\d+")
    from_package = [one for one in asked if one.frame != page.main_frame]
    assert from_package != []
    for one in from_package:
        # What the policy stops is told as a request that failed before it was sent.
        assert own.fullmatch(urlsplit(one.url).netloc) or one.failure, one.url
        assert one.failure or "cookie" not in one.all_headers(), one.url
    assert all(urlsplit(one.url).netloc == site for one in asked if one.frame == page.main_frame)

    known = served.stage("played", "IMM-7504")
    assert len(known) <= 40  # of five hundred statements and three thousand messages
    assert not [one for one in known if "state" in one]

    # It leaves its place: the frame is closed and the reader is told.
    inside.evaluate("address => { location.href = address }", f"{served.url}/learn/")
    page.wait_for_selector("package-activity .notice.error")
    assert page.locator("package-activity iframe").count() == 0


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_a_scorm_course_of_two_parts_is_completed_and_gone_on_with(
    standard: str, browsing: Browsing, served: Served, tmp_path: Path
):
    number = "IMM-7505" if standard == "1.2" else "IMM-7506"
    course = tmp_path / "course.zip"
    course.write_bytes(scorm_playing.course(standard))
    made = served.stage("activity", number, course)
    page = browsing.open()
    sign_in(page, Login(number, PASSWORD))
    page.goto(made["lesson"])
    part = player(page).frame_locator("#stage iframe")
    expect(part.locator("#entry")).to_have_text("ab-initio")
    part.locator("#note").fill("ဒုတိယ စာမျက်နှာ")
    part.locator("#save").click()
    kept(served, number, "ဒုတိယ")
    state(page, "server")

    # Another visit goes on where this one was.
    page.reload()
    part = player(page).frame_locator("#stage iframe")
    expect(part.locator("#entry")).to_have_text("resume")
    expect(part.locator("#note")).to_have_value("ဒုတိယ စာမျက်နှာ")
    part.locator("#end").click()
    kept(served, number, "'passed'")
    assert page.locator(".activity-state .mark.done").count() == 0

    # The other part is chosen in the list; then the whole is done.
    page.locator(".activity-pages button").nth(1).click()
    part = player(page).frame_locator("#stage iframe")
    expect(part.locator("#entry")).to_have_text("ab-initio")
    part.locator("#end").click()
    expect(page.locator(".activity-state .mark.done")).to_be_visible()
    whole = [one for one in served.stage("played", number) if one.get("part") == ""]
    assert whole == [{"verb": "completed", "raw": 80, "max": 100, "how": "unverified", "part": ""}]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
