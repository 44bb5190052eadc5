"""Every page in each state: nothing that axe finds, nothing sideways, no fault on the console, nothing from elsewhere."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.scenes import people, scenes
from tests.browser.served import Served
from tests.browser.walking import NOT_FOUND, Browsing, sign_in

pytestmark = pytest.mark.browser

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WIDTHS = (320, 360, 768, 1280)


@pytest.fixture(scope="module")
def shown(served: Served):
    """The scenes."""
    return scenes(served)


def violations(page: Page, rules: dict) -> list[str]:
    """What axe finds on a page."""
    options = {"resultTypes": ["violations"], "runOnly": rules}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


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
    browsing.expected.append(NOT_FOUND)
    faults: list[str] = []
    for login, mine in people(shown, served):
        page = browsing.open(locale, is_mobile=False)
        if login:
            sign_in(page, login)
        for scene in mine:
            response = page.goto(scene.place.format(language=language))
            found = [] if response.status == scene.status else [f"answers {response.status} at {page.url}"]
            if scene.act:
                scene.act(page)
            if scene.name != "error" and page.locator("html").get_attribute("lang") != language:
                found.append("is in the other language")
            # An open menu lies over what is below it until it is closed again.
            found += [one for one in violations(page, RULES) if (scene.name, one[:11]) != ("menu", "target-size")]
            page.emulate_media(color_scheme="dark")
            # What differs in the dark is colour.
            found += [f"dark {one}" for one in violations(page, {"type": "rule", "values": ["color-contrast"]})]
            page.emulate_media(color_scheme="light")
            found += [f"sideways at {width}" for width in _too_wide(page)]
            page.set_viewport_size({"width": 360, "height": 740})
            faults += [f"{scene.name}: {one}" for one in found]
    assert faults == [], "\n".join(faults)
