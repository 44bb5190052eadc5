"""Steps with slips that several journeys share."""

import re
import subprocess
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.served import Login
from tests.browser.walking import BURMESE_DIGITS, path_of, press


def print_slips(office: Page, registrar: Login, choose: dict[str, str], into: Path) -> str:
    """Choose somebody on the page of slips, give the password again, print; the code on the sheet of one slip.

    choose: selectors of the choosing form with what is put there.
    """
    office.goto("/office/slips/")
    for selector, value in choose.items():
        field = office.locator(selector)
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    press(office, "main form[method=get] button")
    for _second in range(30):  # who is new is found once the worker has put them into the index
        if office.locator('main a[href^="/office/slips/print/"]').count():
            break
        office.wait_for_timeout(1000)
        office.reload()
    press(office, 'main a[href^="/office/slips/print/"]')
    office.fill("input[name=password]", registrar.password)
    press(office, "main form button")
    assert path_of(office) == "/office/slips/print/"
    with office.expect_download() as download:
        office.click("main form[method=post] .actions button")
    download.value.save_as(into)
    text = subprocess.run(["pdftotext", "-layout", into, "-"], capture_output=True, text=True, check=True).stdout
    (code,) = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b", text)
    return str(code)


def sign_in_with_slip(phone: Page, number: str, code: str, password: str) -> None:
    """Open what the square holds, type the code as a Burmese keyboard does, and choose a password."""
    phone.goto(f"/account/slip/?n={number}")
    assert phone.locator("html").get_attribute("lang") == "my"
    assert phone.input_value("input[name=number]") == number
    phone.fill("input[name=code]", code.lower().translate(BURMESE_DIGITS))
    press(phone, "main form button")
    assert path_of(phone) == "/account/slip/password/"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.fill("input[name=password1]", password)
    phone.fill("input[name=password2]", password)
    press(phone, "main form button")
    assert path_of(phone) == "/learn/"
