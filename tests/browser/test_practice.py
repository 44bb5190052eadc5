"""Questions to refresh on a phone: one after the other, with a line, without one, and without script."""

import itertools

import pytest
from playwright.sync_api import Page

from tests.browser.served import Login, Served
from tests.browser.stage import PASSWORD
from tests.browser.walking import NO_LINE, Browsing, path_of, press, sign_in

pytestmark = pytest.mark.browser

NUMBERS = (f"IMM-7{n:03d}" for n in itertools.count())
FIRST = ".question:not([hidden])"
WAITING = '.save-state[data-state="unsaved"]'


@pytest.fixture
def officer(served: Served) -> Login:
    """Somebody with questions to refresh."""
    number = next(NUMBERS)
    served.stage("practising", number)
    return Login(number, PASSWORD)


def _practice(browsing: Browsing, officer: Login, **device: object) -> Page:
    page = browsing.open(**device)
    sign_in(page, officer)
    page.goto("/practice/")
    return page


def _choose(page: Page) -> str:
    """Choose the first option of the first question. Returns the question's place on the page."""
    question = page.locator(FIRST).first
    question.locator("label.option").first.click()
    return question.get_attribute("id") or ""


def _wait_until_judged(page: Page) -> None:
    page.wait_for_url("**/practice/answers/**")
    assert page.locator(".question .option").count() >= 2
    assert page.locator(".rationale").first.is_visible()


def test_one_question_is_seen_at_a_time_and_judged_at_once(browsing: Browsing, served: Served, officer: Login):
    page = _practice(browsing, officer)
    page.wait_for_function(f"() => document.querySelectorAll('{FIRST}').length === 1")
    first = _choose(page)
    page.click(f"{FIRST} .actions button")
    _wait_until_judged(page)
    press(page, "main .actions a.button")
    assert (path_of(page), page.locator(f'[id="{first}"]').count()) == ("/practice/", 0)
    assert len(served.stage("reviews", officer.login)) == 1


def test_without_script_every_question_is_a_form_of_its_own(browsing: Browsing, served: Served, officer: Login):
    page = _practice(browsing, officer, java_script_enabled=False)
    assert page.locator(FIRST).count() == page.locator(".question").count() > 1
    _choose(page)
    press(page, f"{FIRST} >> nth=0 >> .actions button")
    _wait_until_judged(page)
    assert len(served.stage("reviews", officer.login)) == 1


def test_answers_given_without_a_line_wait_on_the_device_and_are_judged_when_it_is_back(
    browsing: Browsing, served: Served, officer: Login
):
    page = _practice(browsing, officer)
    page.wait_for_function(f"() => document.querySelectorAll('{FIRST}').length === 1")
    browsing.expected.append(NO_LINE)
    page.context.set_offline(True)
    answered = []
    for _question in range(2):
        answered.append(_choose(page))
        page.click(f"{FIRST} .actions button")
        page.wait_for_selector(WAITING)
        page.wait_for_selector(f'[id="{answered[-1]}"]', state="hidden")
    assert len(set(answered)) == 2
    assert served.stage("reviews", officer.login) == []

    page.context.set_offline(False)
    page.wait_for_selector('[data-said="sent"]')
    assert len(served.stage("reviews", officer.login)) == 2
    press(page, '[data-said="sent"] a')
    assert page.locator("main .rows a[href^='/practice/answers/']").count() == 2


def test_an_answer_that_waited_while_the_page_was_closed_is_sent_when_it_is_opened_again(
    browsing: Browsing, served: Served, officer: Login
):
    page = _practice(browsing, officer)
    page.wait_for_function(f"() => document.querySelectorAll('{FIRST}').length === 1")
    browsing.expected.append(NO_LINE)
    page.context.set_offline(True)
    _choose(page)
    page.click(f"{FIRST} .actions button")
    page.wait_for_selector(WAITING)
    page.close()
    page.context.set_offline(False)

    again = page.context.new_page()
    again.goto("/practice/")
    again.wait_for_selector('[data-said="sent"]')
    assert len(served.stage("reviews", officer.login)) == 1
