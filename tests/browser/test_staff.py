"""Trainers assign and follow, the office counts; an officer finds none of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from myanmar.dates import format_date
from tests.browser.served import Login, Served
from tests.browser.stage import PASSWORD
from tests.browser.walking import BURMESE_DIGITS, NOT_FOUND, Browsing, path_of, press, sign_in

pytestmark = pytest.mark.browser


def test_a_trainer_assigns_a_course_with_a_due_date_in_burmese_digits_and_the_officer_sees_it(
    browsing: Browsing, served: Served
):
    group = served.stage("new_group", "IMM-7701")
    page = browsing.open()
    sign_in(page, served.logins["TRN-4001"], start=f"/account/login/?next={group['url']}", digits=True)
    assert path_of(page) == group["url"]
    assert page.locator("h1").inner_text() == group["name"]
    due = timezone.localdate() + timedelta(days=45)
    press(page, 'main a[href$="/assign/"]')
    page.select_option("select[name=course]", "C1")
    page.fill("input[name=due_on]", f"{due:%d-%m-%Y}".translate(BURMESE_DIGITS))
    press(page, "main form .actions button")
    assert path_of(page) == group["url"]
    shown = format_date(due, style="official", lang="my", digits="my")
    assert shown in page.locator("table.grid tbody tr").inner_text()
    page.goto("/teach/")
    assert shown in page.locator(f'.rows li:has(a[href="{group["url"]}"])').inner_text()

    officer = browsing.open()
    sign_in(officer, Login("IMM-7701", PASSWORD))
    assert shown in officer.locator(".rows .tag").first.inner_text()


def test_a_trainer_sees_everyone_of_the_group_with_their_progress(browsing: Browsing, served: Served):
    page = browsing.open(viewport={"width": 1280, "height": 800}, is_mobile=False)
    sign_in(page, served.logins["TRN-4001"])
    page.goto("/teach/")
    press(page, ".rows li:first-child h2 a")
    numbers = page.locator("table.grid tbody .code").all_inner_texts()
    assert {"IMM-1001", "IMM-1002", "POL-2001", "POL-2002", "SOC-3001"} <= set(numbers)
    modules = page.locator("table.grid thead abbr").count()
    assert modules > 1
    assert page.locator("table.grid tbody tr").first.locator("td").count() == modules + 3


@pytest.mark.parametrize("number", ["REG-5001", "LED-6001"])
def test_registrar_and_lead_reach_the_office(number: str, browsing: Browsing, served: Served):
    page = browsing.open()
    sign_in(page, served.logins[number], start="/account/login/?next=/office/")
    assert path_of(page) == "/office/"
    assert page.locator("table tbody tr").count() == 3


def test_an_officer_finds_neither_desk_nor_office_nor_admin(browsing: Browsing, served: Served):
    browsing.expected.append(NOT_FOUND)
    page = browsing.open()
    sign_in(page, served.logins["POL-2001"])
    links = page.locator(".site-nav a").evaluate_all("found => found.map(one => one.getAttribute('href'))")
    assert links == ["/learn/", "/practice/", "/certificates/"]
    found = {place: page.goto(place).status for place in ("/teach/", "/office/", "/admin/")}
    assert found == {"/teach/": 404, "/office/": 404, "/admin/": 404}


def test_a_wrong_code_of_the_second_factor_leads_nowhere(browsing: Browsing, served: Served):
    page = browsing.open()
    trainer = served.logins["TRN-4001"]
    sign_in(page, Login(trainer.login, trainer.password), start="/account/login/?next=/teach/")
    page.fill("input[name=code]", "000000")
    press(page, "main form:has(input[name=code]) button")
    assert page.locator(".error").count() == 1
    page.goto("/teach/")
    assert path_of(page) == "/account/2fa/authenticate/"
