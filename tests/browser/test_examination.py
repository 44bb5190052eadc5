"""Document examination in a real browser: by touch, with keys alone, without script, on a cut line; for a room."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Login, Served
from tests.browser.stage import PASSWORD
from tests.browser.walking import NO_LINE, Browsing, path_of, press, sign_in

pytestmark = pytest.mark.browser

DESK = "/practice/documents/"


def begin(page: Page, mode: str) -> None:
    """Begin a block from the desk."""
    page.goto(DESK)
    press(page, f"button[name=mode][value={mode}]")
    assert page.locator("svg.specimen").count() >= 1


def tap(page: Page, sheet: str, x: float, y: float) -> None:
    """Tap a place of a sheet, given in its units."""
    view = page.locator(f'[data-sheet="{sheet}"] .view').first
    view.scroll_into_view_if_needed()
    box = view.bounding_box()
    width = float(view.locator("svg.specimen").first.get_attribute("viewBox").split()[2])
    page.touchscreen.tap(box["x"] + x * box["width"] / width, box["y"] + y * box["width"] / width)


def choose(page: Page, answers: list[str]) -> None:
    """Decision and family."""
    for value in answers:
        if value.startswith(("answer:", "family:")):
            page.locator(f'.given select:has(option[value="{value}"])').select_option(value)


def send(page: Page) -> None:
    """Hand in the answer and wait for what comes of it."""
    with page.expect_navigation():
        page.locator("specimen-trial .actions button").click()


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_officer_finds_what_there_is_by_touch(browsing: Browsing, served: Served):
    served.stage("examiner", "IMM-8301")
    page = browsing.open()
    sign_in(page, Login("IMM-8301", PASSWORD))
    page.goto(DESK + "tour/?step=7")
    expect(page.locator("svg.specimen").first).to_be_visible()
    fits(page)
    begin(page, "spot")
    fits(page)
    truth = served.stage("on_the_table", "IMM-8301")

    # Each light shows another page; what was looked at is written down.
    for light in ("uv", "transmitted", "oblique"):
        page.locator(f'.lights label:has(input[value="{light}"])').click()
        expect(page.locator("svg.specimen").first).to_have_attribute("data-light", light)
    tilt = page.locator(".tilt")
    expect(tilt).to_be_visible()
    tilt.fill("30")
    tilted = page.locator('svg.specimen [data-tilt="1"]')
    assert set(tilted.evaluate_all("groups => groups.map((group) => group.style.opacity)")) <= {"1"}

    # The lens shows the same drawing, larger, and goes away again.
    page.locator(".lens-switch").click()
    expect(page.locator(".lens svg").first).to_be_visible()
    page.locator(".lens-switch").click()
    expect(page.locator(".lens")).to_have_count(0)

    # A mark is put, counted, taken away and put again.
    sheet, x, y = truth["taps"][0]
    tap(page, sheet, x, y)
    expect(page.locator(".marks-count .number")).to_have_text("၁")
    tap(page, sheet, x, y)
    expect(page.locator(".marks-count")).to_be_hidden()
    tap(page, sheet, x, y)
    choose(page, truth["answer"])
    send(page)
    assert re.search(r"/trials/", path_of(page))
    expect(page.locator(".notice.success").first).to_be_visible()
    fits(page)
    known = served.stage("examined", "IMM-8301")[-1]
    assert (known["is_right"], known["is_localised"]) == (True, True)
    assert known["lights"][:4] == ["visible", "uv", "transmitted", "oblique"]


def test_keys_alone_do_all_of_it(browsing: Browsing, served: Served):
    served.stage("examiner", "IMM-8302")
    page = browsing.open(viewport={"width": 1100, "height": 800}, is_mobile=False, has_touch=False)
    sign_in(page, Login("IMM-8302", PASSWORD))
    begin(page, "spot")
    truth = served.stage("on_the_table", "IMM-8302")
    sheet, x, y = truth["taps"][0]
    view = page.locator(f'[data-sheet="{sheet}"] .view').first
    view.focus()
    page.keyboard.press("4")
    expect(page.locator("svg.specimen").first).to_have_attribute("data-light", "uv")
    page.keyboard.press("1")
    width, height = (float(one) for one in view.locator("svg.specimen").get_attribute("viewBox").split()[2:])
    at = [width / 2, height / 2]
    for axis, (less, more), wanted in ((0, ("ArrowLeft", "ArrowRight"), x), (1, ("ArrowUp", "ArrowDown"), y)):
        while abs(at[axis] - wanted) > 13:
            page.keyboard.press(more if wanted > at[axis] else less)
            at[axis] += 25 if wanted > at[axis] else -25
    page.keyboard.press("Enter")
    expect(page.locator(".marks-count .number")).to_have_text("၁")
    choose(page, truth["answer"])
    page.locator("specimen-trial .actions button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert served.stage("examined", "IMM-8302")[-1]["is_localised"]


def test_the_list_does_without_script_and_without_a_picture(browsing: Browsing, served: Served):
    served.stage("examiner", "IMM-8303")
    page = browsing.open(java_script_enabled=False)
    sign_in(page, Login("IMM-8303", PASSWORD))
    begin(page, "decide")
    for _one in range(3):
        truth = served.stage("on_the_table", "IMM-8303")
        page.locator('p.lights a[href*="uv"]').click()
        assert page.locator("svg.specimen").first.get_attribute("data-light") == "uv"
        choose(page, truth["answer"])
        for value in truth["answer"]:
            if not value.startswith(("answer:", "family:")):
                page.locator(".list summary").click()
                page.locator(f'input[value="{value}"]').check()
        press(page, "specimen-trial .actions button")
        expect(page.locator(".notice.success").first).to_be_visible()
        press(page, "main .actions a.button:not(.quiet)")
    assert [one["is_right"] for one in served.stage("examined", "IMM-8303")[-3:]] == [True] * 3


def test_an_answer_without_a_line_waits_on_the_device_and_goes_by_itself(browsing: Browsing, served: Served):
    served.stage("examiner", "IMM-8304")
    phone = browsing.device()
    page = phone.new_page()
    sign_in(page, Login("IMM-8304", PASSWORD))
    begin(page, "decide")
    before = len(served.stage("examined", "IMM-8304"))
    browsing.expected.append(NO_LINE)
    phone.set_offline(True)
    # The lights, the lens and the marks need no line.
    page.locator('.lights label:has(input[value="uv"])').click()
    expect(page.locator("svg.specimen").first).to_have_attribute("data-light", "uv")
    choose(page, ["answer:2"])
    page.locator("specimen-trial .actions button").click()
    page.wait_for_selector('.save-state[data-state="unsaved"]')
    assert len(served.stage("examined", "IMM-8304")) == before
    with page.expect_navigation():
        phone.set_offline(False)
    assert "/trials/" in path_of(page)
    assert len(served.stage("examined", "IMM-8304")) == before + 1


def test_a_shift_runs_to_its_end_and_speaks_of_people(browsing: Browsing, served: Served):
    served.stage("examiner", "IMM-8305")
    page = browsing.open(java_script_enabled=False)
    sign_in(page, Login("IMM-8305", PASSWORD))
    begin(page, "shift")
    for _traveller in range(30):
        choose(page, ["answer:5"])
        page.locator('input[name="next_step"][value="protection"]').check()
        press(page, "specimen-trial .actions button")
        assert "/blocks/" in path_of(page)
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("svg.specimen").count() == 0
    assert "၂၆" in page.locator("main").inner_text()  # of thirty travellers, so many were in order
    assert {one["next_step"] for one in served.stage("examined", "IMM-8305")[-30:]} == {"protection"}


def test_papers_of_one_journey_are_linked_by_taps(browsing: Browsing, served: Served):
    served.stage("examiner", "IMM-8306")
    page = browsing.open()
    sign_in(page, Login("IMM-8306", PASSWORD))
    page.goto(DESK + "cases/")
    press(page, "main form button")
    fits(page)
    lines = page.locator("[data-statement]")
    lines.nth(0).tap()
    expect(lines.nth(0)).to_have_attribute("data-pair", "first")
    lines.nth(4).tap()
    expect(lines.nth(4)).to_have_attribute("data-pair", "1")
    press(page, "case-links form button")
    expect(page.locator("#judged")).to_be_visible()
    fits(page)


def test_a_trainer_shows_a_specimen_to_the_room_and_reveals_it(browsing: Browsing, served: Served):
    page = browsing.open(viewport={"width": 1280, "height": 800}, is_mobile=False, has_touch=False)
    sign_in(page, served.logins["TRN-4001"])
    page.goto("/teach/table/?kind=A09&severity=4&seed=12")
    told = page.locator(".told")
    expect(told).to_have_count(0)
    press(page, 'main a[href*="reveal=1"]')
    expect(told.first).to_be_visible()
    assert page.locator(".overlay .truth").count() >= 1
    page.goto("/teach/table/pack/?count=2&seed=5")
    assert page.locator(".pack-sheet").count() == 3
