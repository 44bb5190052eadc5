"""Questions to refresh on a phone: one after the other, with a line, without one, and without script."""

import itertools

import pytest
from playwright.sync_api import Page

from tests.browser.served import Login, Served
from tests.browser.stage import PASSWORD
from tests.browser.walking import NO_LINE, Browsing, Keys, answer, path_of, press, sign_in

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


def _answer(page: Page, keys: Keys) -> str:
    """Answer the first question rightly. Returns the question's place on the page."""
    question = page.locator(FIRST).first
    answer(question, keys)
    return question.get_attribute("id") or ""


def _wait_until_judged(page: Page) -> None:
    page.wait_for_url("**/practice/answers/**")
    assert page.locator(".question-head .mark.done").count() == 1
    assert page.locator(".rationale").first.is_visible()


def test_one_question_is_seen_at_a_time_and_judged_at_once(
    browsing: Browsing, served: Served, officer: Login, keys: Keys
):
    page = _practice(browsing, officer)
    page.wait_for_function(f"() => document.querySelectorAll('{FIRST}').length === 1")
    first = _answer(page, keys)
    page.click(f"{FIRST} form > .actions button")
    _wait_until_judged(page)
    press(page, "main .actions a.button")
    assert (path_of(page), page.locator(f'[id="{first}"]').count()) == ("/practice/", 0)
    assert served.stage("reviews", officer.login) == [True]


def test_without_script_every_question_is_a_form_of_its_own(
    browsing: Browsing, served: Served, officer: Login, keys: Keys
):
    page = _practice(browsing, officer, java_script_enabled=False)
    assert page.locator(FIRST).count() == page.locator(".question").count() > 1
    _answer(page, keys)
    press(page, f"{FIRST} >> nth=0 >> form > .actions button")
    _wait_until_judged(page)
    assert served.stage("reviews", officer.login) == [True]


def test_answers_given_without_a_line_wait_on_the_device_and_are_judged_when_it_is_back(
    browsing: Browsing, served: Served, officer: Login, keys: Keys
):
    page = _practice(browsing, officer)
    page.wait_for_function(f"() => document.querySelectorAll('{FIRST}').length === 1")
    browsing.expected.append(NO_LINE)
    page.context.set_offline(True)
    answered = []
    for _question in range(2):
        answered.append(_answer(page, keys))
        page.click(f"{FIRST} form > .actions button")
        page.wait_for_selector(WAITING)
        page.wait_for_selector(f'[id="{answered[-1]}"]', state="hidden")
    assert len(set(answered)) == 2
    assert served.stage("reviews", officer.login) == []

    page.context.set_offline(False)
    page.wait_for_selector('[data-said="sent"]')
    assert served.stage("reviews", officer.login) == [True, True]
    press(page, '[data-said="sent"] a')
    assert page.locator("main .rows a[href^='/practice/answers/']").count() == 2


def test_an_answer_that_waited_while_the_page_was_closed_is_sent_when_it_is_opened_again(
    browsing: Browsing, served: Served, officer: Login, keys: Keys
):
    page = _practice(browsing, officer)
    page.wait_for_function(f"() => document.querySelectorAll('{FIRST}').length === 1")
    browsing.expected.append(NO_LINE)
    page.context.set_offline(True)
    _answer(page, keys)
    page.click(f"{FIRST} form > .actions button")
    page.wait_for_selector(WAITING)
    page.close()
    page.context.set_offline(False)

    again = page.context.new_page()
    again.goto("/practice/")
    again.wait_for_selector('[data-said="sent"]')
    assert served.stage("reviews", officer.login) == [True]
