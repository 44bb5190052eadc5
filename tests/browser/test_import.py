"""A registrar brings in a thousand people in an afternoon: template, faults, mending, storing, and there they are."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from core.tables import write_xlsx
from people.exchange.columns import COLUMNS, match
from tests.browser.served import Login, Served
from tests.browser.slips import print_slips, sign_in_with_slip
from tests.browser.stage import PASSWORD
from tests.browser.walking import Browsing, path_of, press, sign_in
from tests.people import sheets

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False}
PATIENCE = 60_000  # the worker looks for work every few seconds
IN_A_GROUP = "IMM-000006"  # tests/people/sheets.py puts this one into Group one
SAMPLE = ["IMM-000001", "IMM-000010", "IMM-000500", "IMM-001000"]


@pytest.fixture(scope="module")
def registrar(served: Served) -> Login:
    """Somebody who brings in for one agency."""
    made = served.stage("bringing_in")
    return Login(made["login"], PASSWORD, made["secret"])


def send(page: Page, path: Path) -> None:
    """Send a file of people and wait until it is examined."""
    page.goto("/office/import/")
    page.check("input[name=kind][value=people]")
    page.set_input_files("input[type=file]", path)
    press(page, "main form .actions button")
    wait_for(page, "examined")


def wait_for(page: Page, state: str) -> None:
    """Wait until the page says by itself that a step is over."""
    page.wait_for_selector(f'#state[data-state="{state}"]', timeout=PATIENCE)


def downloaded(page: Page, selector: str) -> list[list[object]]:
    """The rows of the workbook behind a link."""
    with page.expect_download() as download:
        page.click(selector)
    sheet = load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def count(page: Page, name: str) -> str:
    """A number of the overview, "" where there is none."""
    return page.locator(f'#counts a[data-count="{name}"]').inner_text() if page.locator(f'#counts a[data-count="{name}"]').count() else ""  # fmt: skip


def test_a_thousand_people_come_in_with_thirty_faults_mended(
    browsing: Browsing, served: Served, registrar: Login, tmp_path: Path
):
    page = browsing.open("en-GB", **DESK)
    sign_in(page, registrar, start="/account/login/?next=/office/import/")
    template = downloaded(page, 'a[href$="people.xlsx"]')
    assert match("people", map(str, template[0])).missing == []
    assert len(template[0]) == len(COLUMNS["people"])

    faulty = sheets.faulty()
    (tmp_path / "faulty.xlsx").write_bytes(faulty.xlsx())
    send(page, tmp_path / "faulty.xlsx")
    assert (count(page, "refused"), count(page, "new")) == ("30", "970")
    assert page.locator("#rows .fault").count() == sum(map(len, faulty.faults.values()))
    assert "Did you mean “ရန်ကုန်လေဆိပ်”" in page.inner_text("#rows")
    assert served.stage("brought", *SAMPLE) == []

    # All or nothing is refused; the marked file says what to mend, row by row.
    page.check("input[name=how][value=whole]")
    press(page, 'button[value="store"]')
    assert page.locator(".notice.error").count() == 1
    marked = downloaded(page, "#marked")
    told = {row[6]: row[8] for row in marked[1:] if row[8]}
    assert sorted(told) == sorted(faulty.faults)

    # Mended beside what is told, and sent again.
    good = {row[0] + 1: row for row in sheets.mended().rows}
    places = (sheets.NUMBER, sheets.MY, sheets.LATIN, sheets.UNIT, sheets.LANGUAGE, sheets.GROUP)
    mended = [[good[row[6]][place] for place in places] + row[6:] if row[8] else row for row in marked[1:]]
    (tmp_path / "mended.xlsx").write_bytes(write_xlsx([str(one) for one in marked[0]], mended))
    send(page, tmp_path / "mended.xlsx")
    assert (count(page, "refused"), count(page, "new")) == ("", "1000")
    press(page, 'button[value="store"]')
    assert page.locator("work-progress progress").count() == 1
    wait_for(page, "stored")
    assert "1000" in page.inner_text("#made")
    assert served.stage("brought", *SAMPLE) == SAMPLE

    # One of them came into a group. Slips for it are printed, and on a small phone the officer gets in and to a course.
    code = print_slips(page, registrar, {"select[name=cohort]": "Group one"}, tmp_path / "slips.pdf")
    phone = browsing.open()
    sign_in_with_slip(phone, IN_A_GROUP, code, "boats under green rain")
    phone.goto("/my/courses/")
    press(phone, 'main a[href$="/courses/c1/"]')
    press(phone, 'main form[action$="/enrol/"] button')
    press(phone, "a.lesson-link >> nth=0")
    assert path_of(phone).startswith("/my/courses/c1/m01/")


def test_without_script_the_page_of_a_file_leads_on_by_itself_and_what_it_brought_goes_again(
    browsing: Browsing, served: Served, registrar: Login, tmp_path: Path
):
    page = browsing.open("my-MM", java_script_enabled=False)
    sign_in(page, registrar, start="/account/login/?next=/office/import/")
    (tmp_path / "list.csv").write_bytes(sheets.Sheet(sheets.people(5, first=2001)).csv())
    send(page, tmp_path / "list.csv")
    press(page, 'button[value="store"]')
    wait_for(page, "stored")
    assert served.stage("brought", "IMM-002001") == ["IMM-002001"]
    press(page, 'button[value="undo"]')
    wait_for(page, "undone")
    assert served.stage("brought", "IMM-002001") == []
    assert path_of(page).startswith("/office/import/")


def test_a_list_of_people_is_taken_out_after_the_password_and_a_reason(browsing: Browsing, registrar: Login):
    page = browsing.open()
    sign_in(page, registrar, start="/account/login/?next=/office/export/")
    press(page, 'main a[href$="/export/people/"]')
    assert path_of(page) == "/account/reauthenticate/"
    page.fill("input[name=password]", PASSWORD)
    press(page, "main form button")
    assert path_of(page) == "/office/export/people/"
    press(page, "main form .actions button")
    assert page.locator(".field .error").count() == 1
    page.fill("input[name=reason]", "Yearly report")
    with page.expect_download() as download:
        page.click("main form .actions button")
    assert download.value.suggested_filename.startswith("people-")
