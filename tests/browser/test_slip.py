"""From a sheet of slips to the desk: a registrar prints, an officer signs in on a small phone, with script and without."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.browser.served import Served
from tests.browser.walking import BURMESE_DIGITS, Browsing, path_of, press, sign_in

pytestmark = pytest.mark.browser

NEW = "boats under green rain"


def _code(sheet: Path) -> str:
    """The code on a sheet of one slip, as pdftotext finds it."""
    text = subprocess.run(["pdftotext", "-layout", sheet, "-"], capture_output=True, text=True, check=True).stdout
    (code,) = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b", text)
    return code


@pytest.mark.parametrize(("number", "with_script"), [("IMM-7201", True), ("IMM-7202", False)], ids=["script", "plain"])
def test_a_slip_leads_to_the_desk(number: str, with_script: bool, browsing: Browsing, served: Served, tmp_path: Path):
    served.stage("new_group", number)
    registrar = served.logins["REG-5001"]

    # The registrar finds the officer, gives the password again, and gets the sheet.
    office = browsing.open()
    sign_in(office, registrar)
    office.goto("/office/slips/")
    office.fill("main input[name=q]", number)
    press(office, "main form[method=get] button")
    press(office, 'main a[href^="/office/slips/print/"]')
    office.fill("input[name=password]", registrar.password)
    press(office, "main form button")
    assert path_of(office) == "/office/slips/print/"
    with office.expect_download() as download:
        office.click("main form[method=post] .actions button")
    sheet = tmp_path / "slips.pdf"
    download.value.save_as(sheet)
    code = _code(sheet)

    # The officer opens what the square holds; the number is there already.
    phone = browsing.open(java_script_enabled=with_script)
    phone.goto(f"/account/slip/?n={number}")
    assert phone.locator("html").get_attribute("lang") == "my"
    assert phone.input_value("input[name=number]") == number
    phone.fill("input[name=code]", "00000-00000")
    press(phone, "main form button")
    assert path_of(phone) == "/account/slip/"
    assert phone.locator(".notice.error").count() == 1
    phone.fill("input[name=code]", code.lower().translate(BURMESE_DIGITS))
    press(phone, "main form button")
    assert path_of(phone) == "/account/slip/password/"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.fill("input[name=password1]", NEW)
    phone.fill("input[name=password2]", NEW)
    press(phone, "main form button")
    assert path_of(phone) == "/learn/"

    # The slip is used; the password is theirs.
    other = browsing.open()
    other.goto("/account/login/")
    other.fill("input[name=login]", number)
    other.fill("input[name=password]", NEW)
    press(other, "main form button")
    assert path_of(other) == "/learn/"
