"""Certificates in the browser: verified without a line, revoked by two people, designed and printed, renewed."""

import dataclasses
import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tests.browser.served import Login, Served
from tests.browser.stage import PASSWORD
from tests.browser.walking import NO_LINE, Browsing, path_of, press, sign_in

pytestmark = pytest.mark.browser

VERDICT = ".verdict:visible"


@pytest.fixture
def named(browsing: Browsing) -> Browsing:
    """The same server by its name: a page is kept on a telephone only where the line is secure, or on the machine itself."""
    browsing.served = dataclasses.replace(browsing.served, url=browsing.served.url.replace("127.0.0.1", "localhost"))
    return browsing


def scan(page: Page, code: str, digits: str) -> str:
    """What the page that opens by itself after the square was scanned says first."""
    page.goto("about:blank")  # another scan is another visit, not a jump within the page
    page.goto(f"/verify/{code}/#{digits}")
    page.wait_for_selector(VERDICT)
    return page.locator(VERDICT).get_attribute("data-say") or ""


def test_a_square_is_verified_without_a_line(named: Browsing, served: Served):
    good, ended = served.stage("certificate_of", "IMM-7401"), served.stage("certificate_of", "IMM-7402", -3)
    named.expected.append(NO_LINE)
    phone = named.open()
    sign_in(phone, Login("IMM-7401", PASSWORD))
    phone.goto("/verify/offline/")
    phone.wait_for_selector("[data-kept]:visible")

    phone.context.set_offline(True)
    assert scan(phone, good["code"], good["digits"]) == "good"
    facts = phone.locator("offline-check dl").inner_text()
    assert "ဒေါ်စစ်ဆေးခံသူ" in facts
    assert "လူများ၊ ဥပဒေနှင့်" in facts
    assert good["serial"] in facts
    # What is kept is what anyone sees, on a telephone that others may use.
    assert phone.locator(".site-nav").count() == 0

    digits = good["digits"]
    forged = digits[:-3] + ("1" if digits[-3] != "1" else "2") + digits[-2:]
    assert scan(phone, good["code"], forged) == "forged"
    assert phone.locator("offline-check dl").is_hidden()
    assert scan(phone, ended["code"], ended["digits"]) == "ended"

    phone.context.set_offline(False)
    phone.goto(f"/verify/{good['code']}/#{digits}")
    assert phone.locator("offline-check").count() == 0
    assert phone.locator(".verdict h1").count() == 1


def test_without_script_the_page_says_what_works(browsing: Browsing):
    page = browsing.open(java_script_enabled=False)
    page.goto("/verify/offline/")
    press(page, "noscript a")
    assert path_of(page) == "/verify/"


def drop(page: Page, file: Path) -> str:
    """Send a file to be examined; the kind of answer."""
    page.goto("/verify/")
    page.set_input_files("#pdf", file)
    press(page, "form[enctype] button")
    return page.locator(".verdict, #file .notice").first.get_attribute("class") or ""


def confirm(page: Page, login: Login) -> None:
    """Prove once more who one is, where that is asked."""
    if path_of(page) == "/account/reauthenticate/":
        page.fill("input[name=password]", login.password)
        press(page, "main form button")


def test_a_file_is_valid_until_two_people_revoke_its_certificate(browsing: Browsing, served: Served, tmp_path: Path):
    made = served.stage("certificate_of", "IMM-7403")
    file, changed = tmp_path / "certificate.pdf", tmp_path / "changed.pdf"
    data = bytearray.fromhex(made["pdf"])
    file.write_bytes(data)
    data[len(data) // 3] ^= 1
    changed.write_bytes(data)
    superior, place = browsing.open(), f"/office/certificates/{made['id']}/"
    assert drop(superior, file) == "verdict"
    assert superior.locator(".notice.success").count() == 1
    assert drop(superior, changed) == "notice error"

    registrar = browsing.open()
    sign_in(registrar, served.logins["REG-5001"])
    registrar.goto(place)
    press(registrar, 'main a[href$="/ask/revoked/"]')
    registrar.fill("input[name=reason]", "စာမေးပွဲကို အခြားသူက ဖြေဆိုခဲ့သည်")
    press(registrar, "main form .actions button")
    confirm(registrar, served.logins["REG-5001"])
    assert path_of(registrar) == place
    assert drop(superior, file) == "verdict"

    lead = browsing.open()
    sign_in(lead, served.logins["LED-6001"])
    lead.goto(place)
    press(lead, 'main a[href="/office/certificates/requests/"]')
    press(lead, f'li:has(a[href="{place}"]) button[value=confirm]')
    confirm(lead, served.logins["LED-6001"])
    assert lead.locator(".notice.success").count() == 1
    assert drop(superior, file) == "verdict bad"


def crest() -> bytes:
    """A ring on a clear ground."""
    picture = Image.new("RGBA", (900, 900))
    ImageDraw.Draw(picture).ellipse((20, 20, 880, 880), outline="#7a1f1f", width=60)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_a_registrar_designs_what_is_printed(browsing: Browsing, served: Served):
    page = browsing.open(viewport={"width": 1200, "height": 800}, is_mobile=False)
    sign_in(page, served.logins["REG-5001"])
    page.goto("/office/certificates/designs/new/")
    page.fill("input[name=name]", "ရုံးချုပ် ပုံစံ ၇")
    page.check("input[name=is_default]")
    page.fill("input[name=title_my]", "ဂုဏ်ပြု 證")
    save = "live-preview form .actions button"
    press(page, save)

    # What cannot be drawn stands against publishing, in words.
    said = page.locator(".notice.error").inner_text()
    assert "證 (U+8B49)" in said
    assert "ပုံနှိပ်" in said
    assert page.locator('form[action$="/publish/"]').count() == 0

    # What is typed is seen before it is saved.
    preview = page.locator("#preview")
    assert preview.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1000
    page.fill("input[name=title_my]", "ဂုဏ်ပြုလက်မှတ်")
    page.fill("input[name=title_en]", "Award of merit")
    page.wait_for_selector('#preview[src^="blob:"]', timeout=30_000)
    page.select_option("select[name=orientation]", "portrait")
    page.wait_for_selector('#preview[height^="14"]', timeout=30_000)
    assert preview.evaluate("image => image.naturalHeight > image.naturalWidth")

    page.set_input_files("input[name=crest]", {"name": "crest.png", "mimeType": "image/png", "buffer": crest()})
    press(page, save)
    assert page.locator(".notice.error").count() == 0
    press(page, 'form[action$="/publish/"] button')
    assert page.locator(".notice.success").count() == 1

    made = served.stage("certificate_of", "IMM-7404")
    assert made["paper"] == "ရုံးချုပ် ပုံစံ ၇"
    with pypdfium2.PdfDocument(bytes.fromhex(made["pdf"])) as document:
        sheet = document[0]
        assert sheet.get_height() > sheet.get_width()
        assert "award of merit" in sheet.get_textpage().get_text_range().lower()


def test_an_officer_renews_by_the_exam_alone(browsing: Browsing, served: Served):
    served.stage("renewing", "IMM-7405", 20)
    phone = browsing.open()
    sign_in(phone, Login("IMM-7405", PASSWORD))
    phone.goto("/certificates/")
    press(phone, 'form[action$="/renew/"] button')
    assert "/courses/" in path_of(phone)
    press(phone, '.next-step a[href^="/quiz/"]')
    press(phone, "main form button")
    assert phone.locator("form.questions section.question").count() > 0
