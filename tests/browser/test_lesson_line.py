"""Checks in a lesson on a weak line: what was answered is kept, sent by itself and judged; the officer sees where it is."""

import itertools

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.answering import give
from tests.browser.served import Login, Served
from tests.browser.stage import PASSWORD
from tests.browser.walking import NO_LINE, Browsing, Keys, answer_check, open_checks, sign_in

pytestmark = pytest.mark.browser

NUMBERS = (f"IMM-5{n:03d}" for n in itertools.count())
NOT_SENT = '.save-state[data-state="unsaved"] .unsaved'


@pytest.fixture
def places(served: Served) -> tuple[Login, list[str]]:
    """Somebody who read nothing yet, and two lessons with checks."""
    number = next(NUMBERS)
    return Login(number, PASSWORD), [f"/my/{place}" for place in served.stage("learning", number)]


@pytest.fixture
def page(browsing: Browsing, places: tuple[Login, list[str]]) -> Page:
    """The first lesson."""
    opened = browsing.open()
    sign_in(opened, places[0])
    opened.goto(places[1][0])
    return opened


def _first(page: Page) -> Locator:
    return page.locator(f'[id="check-{open_checks(page)[0]}"]')


def _cut(page: Page, browsing: Browsing) -> None:
    browsing.expected.append(NO_LINE)
    page.context.set_offline(True)


def _answer_without_a_line(page: Page, check: Locator, response: list[str]) -> None:
    give(check, response)
    check.locator("form > .actions button").click()
    check.locator(NOT_SENT).wait_for()


def _wrong(page: Page, check: Locator, right: list[str]) -> list[str]:
    values = check.locator("input[name=option]").evaluate_all("found => found.map(one => one.value)")
    return [next(value for value in values if value not in right)]


def test_an_answer_is_judged_where_it_was_given(page: Page, keys: Keys):
    judged = answer_check(page, keys.by_code[open_checks(page)[0]])
    assert judged.locator(".question-head .mark.done").count() == 1
    page.wait_for_function("id => document.activeElement.id === id", arg=judged.get_attribute("id"))
    verdict = judged.locator(".question-head .mark.done").bounding_box()
    assert verdict
    assert 0 <= verdict["y"] <= page.viewport_size["height"]


def test_an_answer_waits_can_be_changed_and_is_judged_when_the_line_is_back(page: Page, browsing: Browsing, keys: Keys):
    check = _first(page)
    right = keys.by_code[open_checks(page)[0]]
    _cut(page, browsing)
    _answer_without_a_line(page, check, _wrong(page, check, right))
    _answer_without_a_line(page, check, right)
    assert check.locator(".save-state").count() == 1
    with page.expect_navigation():
        page.context.set_offline(False)
    assert check.locator(".question-head .mark.done").count() == 1
    page.reload()
    assert check.locator(".question-head .mark.done").count() == 1
    assert page.locator(".kept").count() == 0


@pytest.mark.parametrize("where", ["next lesson", "desk"])
def test_what_waited_while_the_lesson_was_closed_is_sent_from_the_next_one_and_from_the_desk(
    where: str, page: Page, browsing: Browsing, places: tuple[Login, list[str]], keys: Keys
):
    check = _first(page)
    id, right = check.get_attribute("id"), keys.by_code[open_checks(page)[0]]
    _cut(page, browsing)
    _answer_without_a_line(page, check, right)
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(places[1][1] if where == "next lesson" else "/learn/")
    again.locator("kept-forms .notice.success").wait_for()
    assert again.locator(".kept").count() == 0
    again.goto(places[1][0])
    assert again.locator(f'[id="{id}"] .question-head .mark.done').count() == 1


def test_a_lesson_that_comes_again_before_the_line_is_back_shows_what_was_chosen(
    page: Page, browsing: Browsing, keys: Keys
):
    check, right = _first(page), keys.by_code[open_checks(page)[0]]
    browsing.expected.append("console Failed to load resource: net::ERR_FAILED")
    page.route("**/check/**", lambda route: route.abort())
    _answer_without_a_line(page, check, right)
    page.reload()
    check.locator(NOT_SENT).wait_for()
    chosen = check.locator("input[name=option]:checked").evaluate_all("found => found.map(one => one.value)")
    assert sorted(chosen) == sorted(right)
    with page.expect_navigation():
        page.unroute("**/check/**")
    assert check.locator(".question-head .mark.done").count() == 1


def test_that_a_lesson_was_read_waits_for_the_line_too(page: Page, browsing: Browsing, keys: Keys):
    while codes := open_checks(page):
        answer_check(page, keys.by_code[codes[0]])
    _cut(page, browsing)
    page.click(".lesson-end form button")
    page.locator(f".lesson-end {NOT_SENT}").wait_for()
    with page.expect_navigation():
        page.context.set_offline(False)
    assert page.locator(".lesson-end .mark.done").count() == 1


def test_what_is_no_answer_is_said_and_can_be_answered_again(page: Page, keys: Keys):
    check, right = _first(page), keys.by_code[open_checks(page)[0]]
    check.locator("input[name=option]").first.evaluate("one => { one.value = 'nothing'; one.checked = true; }")
    check.locator("form > .actions button").click()
    refusal = check.locator(".notice.error")
    refusal.wait_for()
    assert refusal.inner_text() != ""
    page.reload()
    assert page.locator(".kept").count() == 0
    answer_check(page, right)
    assert check.locator(".question-head .mark.done").count() == 1


def test_a_lesson_that_is_closed_meanwhile_says_so_and_sends_no_more(page: Page, browsing: Browsing, keys: Keys):
    check, right = _first(page), keys.by_code[open_checks(page)[0]]
    browsing.expected.append("console Failed to load resource: the server responded with a status of 404")
    page.route("**/check/**", lambda route: route.fulfill(status=404, body=""))
    give(check, right)
    check.locator("form > .actions button").click()
    check.locator(".notice.error").wait_for()
    page.unroute("**/check/**")
    page.reload()
    assert page.locator(".kept").count() == 0


def test_whoever_was_signed_out_meanwhile_signs_in_and_it_is_sent(
    page: Page, browsing: Browsing, places: tuple[Login, list[str]], keys: Keys
):
    check, right = _first(page), keys.by_code[open_checks(page)[0]]
    id = check.get_attribute("id")
    page.context.clear_cookies()
    browsing.expected.append("console Failed to load resource: the server responded with a status of 403")
    give(check, right)
    check.locator("form > .actions button").click()
    check.locator(".notice.warning a").wait_for()
    sign_in(page, places[0])
    with page.expect_navigation():
        page.goto(places[1][0])
    page.locator(f'[id="{id}"] .question-head .mark.done').wait_for()
