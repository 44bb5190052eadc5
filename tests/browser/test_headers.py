"""What a browser gets with every kind of page: the policy and its neighbours, and no breach of any of them."""

import pytest
from playwright.sync_api import Response

from tests.browser.scenes import people, scenes
from tests.browser.served import Served
from tests.browser.walking import NOT_FOUND, Browsing, sign_in

pytestmark = pytest.mark.browser

EXPECTED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
ADMIN = ("/admin/", "/admin/pages/", "/admin/images/", "/admin/documents/")


def wrong(response: Response, *, is_admin: bool = False) -> list[str]:
    """What is missing or too loose among an answer's headers."""
    headers = response.all_headers()
    found = [f"{name}: {headers.get(name)}" for name, value in EXPECTED.items() if headers.get(name) != value]
    policy = [part.strip() for part in headers.get("content-security-policy", "").split(";")]
    wanted = ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'self'") if is_admin else POLICY
    found += [f"policy without {part}" for part in wanted if part not in policy]
    if not is_admin and "unsafe" in headers.get("content-security-policy", ""):
        found.append("policy with unsafe")
    if "camera=()" not in headers.get("permissions-policy", ""):
        found.append("permissions-policy")
    return found


def test_every_page_type_comes_with_its_policies_and_breaks_none(browsing: Browsing, served: Served):
    """The journey itself fails for a breach of the policy or an error on the console (conftest's `browsing`)."""
    browsing.expected.append(NOT_FOUND)
    faults: list[str] = []
    for login, mine in people(scenes(served), served):
        page = browsing.open("my-MM", is_mobile=False)
        if login:
            sign_in(page, login)
        for scene in mine:
            response = page.goto(scene.place.format(language="my"))
            faults += [f"{scene.name}: {one}" for one in wrong(response)]
            if scene.act:
                scene.act(page)
    assert faults == [], "\n".join(faults)


def test_the_editors_admin_is_framed_by_itself_only(browsing: Browsing, served: Served):
    page = browsing.open("en-GB", is_mobile=False)
    sign_in(page, next(login for number, login in served.logins.items() if number.startswith("EDT-")))
    faults = []
    for path in ADMIN:
        response = page.goto(path)
        faults += [f"{path}: {one}" for one in wrong(response, is_admin=True)]
    assert faults == [], "\n".join(faults)
