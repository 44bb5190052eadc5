"""Pocket cards in the browser: kept on a telephone, out of date by its own calendar, and what signing out leaves of them."""

import dataclasses
from datetime import datetime

import pytest
from playwright.sync_api import Page

from tests.browser.served import Served
from tests.browser.test_pages import RULES, violations
from tests.browser.walking import NO_LINE, Browsing, path_of, press, sign_in

pytestmark = pytest.mark.browser

CARD, CARDS, TITLE = "/learn/cards/M04/", "/learn/cards/", "ပထမဆုံး နှစ်မိနစ်"
YEARS_LATER = datetime(2040, 1, 1, 9)


def kept(phone: Page, path: str) -> None:
    """Open a page and wait until the telephone has it."""
    phone.goto(path)
    phone.wait_for_selector("[data-kept]:visible")


def test_a_card_opens_without_a_line_grows_old_by_the_telephones_calendar_and_stays_where_the_list_goes(
    browsing: Browsing, served: Served
):
    # A page is kept on a telephone only where the line is secure, or on the machine itself.
    browsing.served = dataclasses.replace(browsing.served, url=browsing.served.url.replace("127.0.0.1", "localhost"))
    browsing.expected.append(NO_LINE)
    phone = browsing.open()
    sign_in(phone, served.logins["IMM-1001"])
    kept(phone, CARD)
    kept(phone, CARDS)

    phone.context.set_offline(True)
    phone.goto(CARD)
    assert (phone.locator("h1").inner_text(), phone.locator("[data-past]").is_visible()) == (TITLE, False)
    later = phone.context.new_page()
    later.clock.install(time=YEARS_LATER)
    later.goto(CARD)
    later.wait_for_selector("[data-past]:visible")
    later.goto(CARDS)
    later.wait_for_selector("[data-past]:visible")
    later.close()

    phone.context.set_offline(False)
    kept(phone, CARDS)
    phone.locator("details.menu:has([data-signs-out]) > summary").click()
    press(phone, "[data-signs-out] button")
    phone.context.set_offline(True)
    phone.goto(CARD)
    assert phone.locator("h1").inner_text() == TITLE
    browsing.expected.append("console Failed to load resource: the server responded with a status of 503")
    answer = phone.goto(CARDS)
    assert (answer.status, phone.locator("h1").inner_text()) == (503, "လိုင်း မရှိပါ")
    assert violations(phone, RULES) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.context.set_offline(False)
    press(phone, "main .actions a.button:not(.secondary)")
    assert path_of(phone) == "/account/login/"
