"""From a sheet of slips to the desk: a registrar prints, an officer signs in on a small phone, with script and without."""

from pathlib import Path

import pytest

from tests.browser.served import Served
from tests.browser.slips import print_slips, sign_in_with_slip
from tests.browser.walking import Browsing, path_of, press, sign_in

pytestmark = pytest.mark.browser

NEW = "boats under green rain"


@pytest.mark.parametrize(("number", "with_script"), [("IMM-7201", True), ("IMM-7202", False)], ids=["script", "plain"])
def test_a_slip_leads_to_the_desk(number: str, with_script: bool, browsing: Browsing, served: Served, tmp_path: Path):
    served.stage("new_group", number)
    registrar = served.logins["REG-5001"]

    # The registrar finds the officer, gives the password again, and gets the sheet.
    office = browsing.open()
    sign_in(office, registrar)
    code = print_slips(office, registrar, {"main input[name=q]": number}, tmp_path / "slips.pdf")

    # The officer opens what the square holds; the number is there already.
    phone = browsing.open(java_script_enabled=with_script)
    phone.goto(f"/account/slip/?n={number}")
    phone.fill("input[name=code]", "00000-00000")
    press(phone, "main form button")
    assert path_of(phone) == "/account/slip/"
    assert phone.locator(".notice.error").count() == 1
    sign_in_with_slip(phone, number, code, NEW)

    # The slip is used; the password is theirs.
    other = browsing.open()
    other.goto("/account/login/")
    other.fill("input[name=login]", number)
    other.fill("input[name=password]", NEW)
    press(other, "main form button")
    assert path_of(other) == "/learn/"
