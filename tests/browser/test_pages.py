"""Every page in each state: nothing that axe finds, nothing sideways, its policies, no fault on the console, nothing from elsewhere."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, Response

from tests.browser.scenes import people, scenes
from tests.browser.served import Served
from tests.browser.walking import NOT_FOUND, Browsing, sign_in

pytestmark = pytest.mark.browser

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WIDTHS = (320, 360, 768, 1280)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
ADMIN = ("/admin/", "/admin/pages/", "/admin/images/", "/admin/documents/")


@pytest.fixture(scope="module")
def shown(served: Served):
    """The scenes."""
    return scenes(served)


def violations(page: Page, rules: dict) -> list[str]:
    """What axe finds on a page."""
    options = {"resultTypes": ["violations"], "runOnly": rules}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def wrong(response: Response, *, is_admin: bool = False) -> list[str]:
    """What is missing or too loose among an answer's headers."""
    headers = response.all_headers()
    found = [f"{name}: {headers.get(name)}" for name, value in HEADERS.items() if headers.get(name) != value]
    policy = [part.strip() for part in headers.get("content-security-policy", "").split(";")]
    wanted = ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'self'") if is_admin else POLICY
    found += [f"policy without {part}" for part in wanted if part not in policy]
    if not is_admin and "unsafe" in headers.get("content-security-policy", ""):
        found.append("policy with unsafe")
    if "camera=()" not in headers.get("permissions-policy", ""):
        found.append("permissions-policy")
    return found


def _too_wide(page: Page) -> list[int]:
    """The widths at which the page can be moved sideways."""
    wide = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(width)
    return wide


@pytest.mark.parametrize(("language", "locale"), [("my", "my-MM"), ("en", "en-GB")])
def test_every_page_is_accessible_in_light_and_dark_and_fits_every_width(
    language: str, locale: str, browsing: Browsing, served: Served, shown
):
    """The journey itself fails for a breach of the policy or an error on the console (conftest's `browsing`)."""
    browsing.expected.append(NOT_FOUND)
    faults: list[str] = []
    for login, mine in people(shown, served):
        page = browsing.open(locale, is_mobile=False)
        if login:
            sign_in(page, login)
        for scene in mine:
            response = page.goto(scene.place.format(language=language))
            found = [] if response.status == scene.status else [f"answers {response.status} at {page.url}"]
            found += wrong(response)
            if scene.act:
                scene.act(page)
            if scene.name != "error" and page.locator("html").get_attribute("lang") != language:
                found.append("is in the other language")
            # An open menu lies over what is below it until it is closed again.
            found += [one for one in violations(page, RULES) if (scene.name, one[:11]) != ("menu", "target-size")]
            if language == "my":  # what differs in the dark is colour, and that is the same in both languages
                page.emulate_media(color_scheme="dark")
                found += [f"dark {one}" for one in violations(page, {"type": "rule", "values": ["color-contrast"]})]
                page.emulate_media(color_scheme="light")
            found += [f"sideways at {width}" for width in _too_wide(page)]
            page.set_viewport_size({"width": 360, "height": 740})
            faults += [f"{scene.name}: {one}" for one in found]
    assert faults == [], "\n".join(faults)


def test_the_editors_admin_is_framed_by_itself_only(browsing: Browsing, served: Served):
    page = browsing.open("en-GB", is_mobile=False)
    sign_in(page, next(login for number, login in served.logins.items() if number.startswith("EDT-")))
    faults = []
    for path in ADMIN:
        response = page.goto(path)
        faults += [f"{path}: {one}" for one in wrong(response, is_admin=True)]
    assert faults == [], "\n".join(faults)
