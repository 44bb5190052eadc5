"""A session in a room: the code that changes on the trainer's screen, learners who scan or type it, the list ticked; with the line cut."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Login, Served
from tests.browser.stage import PASSWORD
from tests.browser.test_pages import RULES, violations
from tests.browser.walking import NO_LINE, STEPS_KEPT, Browsing, press, sign_in, wait_until

pytestmark = pytest.mark.browser

OFFLINE_ASKS = "console Failed to load resource: net::ERR_"


@pytest.fixture
def room(browsing: Browsing, served: Served) -> tuple[Page, dict]:
    """The trainer's telephone with the page of the room of a session that runs."""
    at = served.stage("running_session", "3")
    page = browsing.open()
    sign_in(page, served.logins["TRN-4001"])
    page.goto(at["session"])
    press(page, 'main .actions a[href$="/room/"]')
    expect(page.locator("[data-square] svg")).to_be_visible()
    return page, at


def code_of(page: Page) -> str:
    """What everybody in the room reads."""
    return re.sub(r"\s", "", page.locator("[data-code]").inner_text())


def attendance(served: Served, at: dict) -> dict[str, str]:
    return served.stage("attended", at["id"])


def test_learners_type_the_code_and_stand_on_the_list(browsing: Browsing, served: Served, room):
    page, at = room
    assert violations(page, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    officer = browsing.open()
    sign_in(officer, Login(at["officers"][0], PASSWORD))
    officer.goto("/learn/")
    press(officer, f'main a[href="{at["own"]}"]')
    assert violations(officer, RULES) == []
    officer.fill("input[name=code]", code_of(page).translate(str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")))
    press(officer, "session-sign-in button")
    expect(officer.locator("main .notice.success")).to_be_visible()
    assert attendance(served, at)[at["officers"][0]] == "present"
    # The trainer's page hears of it by itself.
    expect(page.locator("[data-there]")).to_have_text("၁", timeout=20_000)


def test_who_scans_the_square_has_the_code_filled_in_and_needs_no_script(browsing: Browsing, served: Served, room):
    page, at = room
    officer = browsing.open(java_script_enabled=False)
    sign_in(officer, Login(at["officers"][0], PASSWORD))
    officer.goto(f"{at['own']}?c={code_of(page)}")
    press(officer, "session-sign-in button")
    assert attendance(served, at)[at["officers"][0]] == "present"


def test_a_code_typed_without_a_line_arrives_later_with_its_own_time(browsing: Browsing, served: Served, room):
    page, at = room
    browsing.expected.append(NO_LINE)
    officer = browsing.open()
    sign_in(officer, Login(at["officers"][0], PASSWORD))
    officer.goto(at["own"])
    officer.context.set_offline(True)
    officer.fill("input[name=code]", code_of(page))
    officer.locator("session-sign-in button").click()
    officer.wait_for_selector('.save-state[data-state="unsaved"]')
    assert attendance(served, at) == {}
    with officer.expect_navigation():
        officer.context.set_offline(False)
    assert attendance(served, at)[at["officers"][0]] == "present"


def test_a_code_that_waits_on_a_shared_telephone_is_sent_for_whoever_typed_it(browsing: Browsing, served: Served, room):
    page, at = room
    browsing.expected.append(NO_LINE)
    shared = browsing.open()
    sign_in(shared, Login(at["officers"][0], PASSWORD))
    shared.goto(at["own"])
    shared.context.set_offline(True)
    shared.fill("input[name=code]", code_of(page))
    shared.locator("session-sign-in button").click()
    shared.wait_for_selector('.save-state[data-state="unsaved"]')
    shared.context.clear_cookies()  # the sign-in ends by itself; nobody signed out, so what waits stays
    shared.goto("about:blank")
    shared.context.set_offline(False)
    sign_in(shared, Login(at["officers"][1], PASSWORD))
    shared.goto(at["own"])
    shared.wait_for_load_state("networkidle")
    assert attendance(served, at) == {}
    shared.context.clear_cookies()
    sign_in(shared, Login(at["officers"][0], PASSWORD))
    shared.goto(at["own"])
    expect(shared.locator("main .notice.success")).to_be_visible()
    assert attendance(served, at) == {at["officers"][0]: "present"}


def test_a_wrong_code_says_what_to_do(browsing: Browsing, served: Served, room):
    _page, at = room
    officer = browsing.open()
    sign_in(officer, Login(at["officers"][0], PASSWORD))
    officer.goto(at["own"])
    officer.fill("input[name=code]", "000000")
    officer.locator("session-sign-in button").click()
    expect(officer.locator(".said .notice.error")).to_be_visible()
    assert attendance(served, at) == {}


def test_the_trainer_s_telephone_holds_the_room_without_a_line_also_after_a_reload(
    browsing: Browsing, served: Served, room
):
    page, at = room
    browsing.expected.append(OFFLINE_ASKS)
    expect(page.locator("[data-kept]")).to_be_visible()
    first, second, third = (f'select[name="status-{one}"]' for one in at["people"])
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-square] svg")).to_be_visible()
    before = code_of(page)
    assert re.fullmatch(r"\d{6}", before)
    page.select_option(first, "present")
    page.wait_for_selector('.save-state[data-state="unsaved"]')
    page.select_option(second, "late")
    wait_until(page, f"async () => (await ({STEPS_KEPT})()).length === 2")  # on the disk some milliseconds later
    page.reload()  # the battery was taken out, so to say
    expect(page.locator(first)).to_have_value("present")
    page.locator('button[name="rest"]').click()
    expect(page.locator(third)).to_have_value("absent")
    assert attendance(served, at) == {}
    page.context.set_offline(False)
    page.wait_for_selector('.save-state[data-state=""]', state="attached", timeout=45_000)
    assert sorted(attendance(served, at).values()) == ["absent", "late", "present"]


ROOM_KEPT = "async (path) => Boolean(await caches.match(path + 'room/', { ignoreVary: true }))"


def test_the_list_on_the_session_s_own_page_is_kept_without_a_line_and_sent_from_the_room(
    browsing: Browsing, served: Served
):
    browsing.expected.append(OFFLINE_ASKS)
    at = served.stage("running_session", "3")
    page = browsing.open()
    sign_in(page, served.logins["TRN-4001"])
    page.goto(at["session"])
    wait_until(page, ROOM_KEPT, at["session"])
    first, second, third = (f'select[name="status-{one}"]' for one in at["people"])
    page.select_option(first, "present")
    press(page, 'session-list .actions button:not([name="rest"])')
    assert page.locator(".messages .notice.success").count() == 1
    assert len(attendance(served, at)) == 1

    page.context.set_offline(True)
    page.select_option(second, "late")
    press(page, 'session-list button[name="rest"]')
    expect(page.locator("[data-square] svg")).to_be_visible()
    page.wait_for_selector('.save-state[data-state="unsaved"]')
    expect(page.locator(second)).to_have_value("late")
    expect(page.locator(third)).to_have_value("absent")
    page.context.set_offline(False)
    page.wait_for_selector('.save-state[data-state=""]', state="attached", timeout=45_000)
    assert sorted(attendance(served, at).values()) == ["absent", "late", "present"]


SLIDES_KEPT = """async () => {
  const name = (await caches.keys()).find((one) => one.startsWith("room-"));
  const kept = name ? await (await caches.open(name)).keys() : [];
  return kept.filter((one) => /\\/(guide|present)\\//.test(one.url)).length === 3;
}"""


def test_who_was_in_the_room_has_guide_and_slides_without_a_line(browsing: Browsing, room):
    page, at = room
    browsing.expected.append(OFFLINE_ASKS)
    wait_until(page, SLIDES_KEPT)
    page.context.set_offline(True)
    page.goto(at["session"] + "present/?slide=3")
    shown = page.locator(".slide:not([hidden])")
    expect(shown).to_have_attribute("data-slide", "3")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.keyboard.press("ArrowRight")
    expect(shown).to_have_attribute("data-slide", "4")
    shown.locator("a[rel=prev]").click()
    expect(shown).to_have_attribute("data-slide", "3")
    page.go_back()
    expect(shown).to_have_attribute("data-slide", "4")
    expect(shown.locator(".time-left")).to_be_visible()
    assert page.locator(".slide-notes").count() == 0
    page.goto(at["session"] + "present/?slide=2&notes=1")
    expect(page.locator(".slide:not([hidden]) .slide-notes")).to_be_visible()
    page.goto(at["session"] + "guide/")
    expect(page.locator("#checks")).to_be_visible()


def test_slides_are_gone_through_without_script(browsing: Browsing, served: Served, room):
    _page, at = room
    page = browsing.open(java_script_enabled=False)
    sign_in(page, served.logins["TRN-4001"])
    page.goto(at["session"] + "present/")
    press(page, ".slide:not([hidden]) a[rel=next]")
    assert page.locator(".slide:not([hidden])").get_attribute("data-slide") == "2"
    page.goto(at["session"] + "guide/")
    page.check('input[name="check"][value="room"]')
    press(page, "#checks button")
    assert page.locator('input[name="check"][value="room"]').is_checked()


def test_signing_out_takes_the_kept_room_away(browsing: Browsing, room):
    page, _at = room
    expect(page.locator("[data-kept]")).to_be_visible()
    assert [name for name in page.evaluate("caches.keys()") if name.startswith("room-")]
    page.locator(".menu:not(.languages) summary").click()
    with page.expect_navigation():
        page.locator("form[data-signs-out] button").click()
    assert [name for name in page.evaluate("caches.keys()") if name.startswith("room-")] == []
