"""A passkey from beginning to end, with the virtual authenticator of the browser: made, used at the door and to confirm, cancelled, removed."""

import dataclasses

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.served import Login, Served
from tests.browser.stage import PASSWORD
from tests.browser.test_pages import RULES, _too_wide, violations
from tests.browser.walking import NOT_FOUND, Browsing, path_of, press, sign_in

pytestmark = pytest.mark.browser

KEY = "pass-key form .actions button"
SAID = "pass-key [role=alert]"


@pytest.fixture
def named(browsing: Browsing) -> Browsing:
    """The same server by its name: a passkey belongs to a name."""
    browsing.served = dataclasses.replace(browsing.served, url=browsing.served.url.replace("127.0.0.1", "localhost"))
    return browsing


def holds_passkeys(page: Page) -> tuple[CDPSession, str]:
    """Gives the page's device a place to keep passkeys, which is unlocked by itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def confirm_by_password(page: Page) -> None:
    page.fill("input[name=password]", PASSWORD)
    press(page, "main form button")


def sign_out(page: Page) -> None:
    page.goto("/account/")
    press(page, "main form[data-signs-out] button")


def test_a_passkey_is_made_used_and_removed(named: Browsing, served: Served):
    served.stage("new_group", "IMM-7301")
    page = named.open()
    sign_in(page, Login("IMM-7301", PASSWORD))
    holds_passkeys(page)

    # Made in the account: the password once more, then the device's lock.
    page.goto("/account/2fa/")
    press(page, 'main a[href="/account/2fa/passkeys/add/"]')
    confirm_by_password(page)
    assert path_of(page) == "/account/2fa/passkeys/add/"
    page.fill("input[name=name]", "ကျွန်မ၏ ဖုန်း")
    press(page, KEY)
    assert path_of(page) == "/account/2fa/recovery-codes/"
    assert page.locator(".codes li").count() == 10
    press(page, "main .actions a")
    assert page.locator(".rows strong").inner_text() == "ကျွန်မ၏ ဖုန်း"

    # The same device takes no second one.
    page.goto("/account/2fa/passkeys/add/")
    page.locator(KEY).click()
    page.wait_for_selector(f"{SAID}:visible")
    assert "ရှိပြီးသား" in page.locator(SAID).inner_text()

    # At the door: no number, no password.
    sign_out(page)
    page.goto("/account/login/?next=/certificates/")
    press(page, 'main a[href^="/account/passkey/"]')
    press(page, KEY)
    assert path_of(page) == "/certificates/"

    # What asks again is answered by it.
    page.goto("/account/data/")
    press(page, 'main a[href^="/account/2fa/passkeys/confirm/"]')
    press(page, KEY)
    assert path_of(page) == "/account/data/"

    # Removed, it opens nothing.
    page.goto("/account/2fa/")
    press(page, 'main a[href$="/remove/"]')
    press(page, "main form button")
    assert page.locator(".rows strong").count() == 0
    sign_out(page)
    page.goto("/account/passkey/")
    press(page, KEY)
    assert path_of(page) == "/account/passkey/"
    assert page.locator(SAID).is_visible()


def test_it_is_asked_for_beside_the_password_and_a_code_still_works(named: Browsing, served: Served):
    trainer = served.logins["TRN-4001"]
    page = named.open("en-GB")
    sign_in(page, trainer)
    holds_passkeys(page)
    page.goto("/account/2fa/passkeys/add/")
    page.fill("input[name=password]", trainer.password)
    press(page, "main form button")
    press(page, KEY)
    sign_out(page)
    page.goto("/account/login/")
    page.fill("input[name=login]", trainer.login)
    page.fill("input[name=password]", trainer.password)
    press(page, "main form button")
    assert page.locator("input[name=code]").count() == 1
    press(page, KEY)
    assert path_of(page) == "/teach/"
    page.goto("/account/2fa/")
    press(page, 'main a[href$="/remove/"]')
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", trainer.password)
        press(page, "main form button")
    press(page, "main form button")
    assert page.locator(".rows strong").count() == 0


@pytest.mark.parametrize(("language", "locale"), [("my", "my-MM"), ("en", "en-GB")])
def test_their_pages_are_accessible_and_fit_every_width(language: str, locale: str, named: Browsing, served: Served):
    number = {"my": "IMM-7302", "en": "IMM-7303"}[language]
    served.stage("new_group", number)
    page = named.open(locale, is_mobile=False)
    faults: list[str] = []

    def look(place: str) -> None:
        page.goto(place)
        assert (path_of(page), page.locator("html").get_attribute("lang")) == (place, language)
        found = violations(page, RULES)
        page.emulate_media(color_scheme="dark")
        found += violations(page, {"type": "rule", "values": ["color-contrast"]})
        page.emulate_media(color_scheme="light")
        faults.extend(f"{place}: {one}" for one in [*found, *_too_wide(page)])
        page.set_viewport_size({"width": 360, "height": 740})

    look("/account/passkey/")
    sign_in(page, Login(number, PASSWORD))
    holds_passkeys(page)
    page.goto("/account/2fa/passkeys/add/")
    confirm_by_password(page)
    look("/account/2fa/passkeys/add/")
    press(page, KEY)
    look("/account/2fa/")
    removing = page.locator('main a[href$="/remove/"]').get_attribute("href")
    for place in (removing, removing.removesuffix("remove/"), "/account/2fa/passkeys/confirm/"):
        look(place)
    sign_out(page)
    page.goto("/account/login/")
    page.fill("input[name=login]", number)
    page.fill("input[name=password]", PASSWORD)
    press(page, "main form button")
    look("/account/2fa/authenticate/")
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize(("locale", "word"), [("my-MM", "မသုံးခဲ့ပါ"), ("en-GB", "was not used")])
def test_what_was_cancelled_or_is_not_there_is_said_in_words(locale: str, word: str, named: Browsing):
    page = named.open(locale)
    holds_passkeys(page)
    page.goto("/account/passkey/")
    page.locator(KEY).click()  # there is none on this device
    page.wait_for_selector(f"{SAID}:visible")
    assert word in page.locator(SAID).inner_text()
    assert page.locator(KEY).is_enabled()


@pytest.mark.parametrize(
    ("refusal", "word"),
    [
        ("NotAllowedError", "was not used"),
        ("NotSupportedError", "cannot use passkeys here"),
        ("SecurityError", "cannot use passkeys here"),
        ("UnknownError", "could not be used"),
    ],
)
def test_each_refusal_of_the_device_has_its_sentence(refusal: str, word: str, named: Browsing):
    page = named.open("en-GB")
    page.goto("/account/passkey/")
    page.evaluate("name => { navigator.credentials.get = () => Promise.reject(new DOMException('', name)); }", refusal)
    page.locator(KEY).click()
    page.wait_for_selector(f"{SAID}:visible")
    assert word in page.locator(SAID).inner_text()


def test_without_a_line_nothing_is_begun(named: Browsing):
    page = named.open("en-GB")
    page.goto("/account/passkey/")
    page.context.set_offline(True)
    page.locator(KEY).click()
    page.wait_for_selector(f"{SAID}:visible")
    assert "no line" in page.locator(SAID).inner_text()


def test_a_browser_without_passkeys_says_so_and_shows_no_button(named: Browsing):
    page = named.open("en-GB")
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto("/account/passkey/")
    assert "cannot use passkeys here" in page.locator(SAID).inner_text()
    assert not page.locator(KEY).is_visible()


def test_without_script_the_page_says_what_works(named: Browsing):
    page = named.open("en-GB", java_script_enabled=False)
    page.goto("/account/passkey/")
    assert page.locator("noscript").is_visible()
    assert not page.locator(KEY).is_visible()
    press(page, 'main a[href="/account/login/"]')
    assert path_of(page) == "/account/login/"


def test_at_an_address_of_numbers_nothing_offers_them(browsing: Browsing):
    browsing.expected.append(NOT_FOUND)
    page = browsing.open()
    page.goto("/account/login/")
    assert page.locator('a[href^="/account/passkey/"]').count() == 0
    assert page.goto("/account/passkey/").status == 404
