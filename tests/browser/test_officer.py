"""The officer's whole way, from signing in to a certificate that a superior can check; with script and without."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from myanmar.dates import format_date
from tests.browser.answering import given
from tests.browser.served import Served
from tests.browser.walking import (
    Browsing,
    Keys,
    answer,
    answer_check,
    open_checks,
    path_of,
    press,
    questions,
    read_lesson,
    sign_in,
    switch_language,
    wait_for_state,
)

pytestmark = pytest.mark.browser

NAMES = {"IMM-1001": "ဒေါ်ခင်မြတ်နိုး", "IMM-1002": "ဦးအောင်ကျော်စိုး"}


def _pdf_text(page: Page, tmp_path: Path) -> str:
    """The text of the certificate that the page offers for download, as pdftotext finds it."""
    with page.expect_download() as download:
        page.click('a[href$="/pdf/"]')
    path = tmp_path / "certificate.pdf"
    download.value.save_as(path)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("number", "with_script"), [("IMM-1001", True), ("IMM-1002", False)], ids=["script", "no-script"]
)
def test_an_officer_learns_sits_the_exam_and_leaves_with_a_certificate(
    number: str, with_script: bool, browsing: Browsing, served: Served, keys: Keys, tmp_path: Path
):
    page = browsing.open(java_script_enabled=with_script)

    # Signs in with Burmese digits and sees what is due.
    sign_in(page, served.logins[number], digits=True)
    assert path_of(page) == "/learn/"
    assert page.locator("html").get_attribute("lang") == "my"
    begun = [timezone.localdate() - timedelta(days=ago) for ago in (0, 1)]  # it may have been set up before midnight
    due = [format_date(day + timedelta(days=30), style="official", lang="my", digits="my") for day in begun]
    assert any(day in page.locator(".rows .tag").first.inner_text() for day in due)

    # Opens the course; the exam is not open yet. (The tests in the room have links that are no buttons.)
    press(page, '.rows h3 a[href$="/c1/"]')
    course = path_of(page)
    assert course == "/my/courses/c1/"
    assert page.locator('main a.button[href^="/quiz/"]').count() == 0
    lessons = page.locator("a.lesson-link").evaluate_all("found => found.map(one => one.getAttribute('href'))")

    # The first check is answered wrongly: reasons appear, and the lesson can still be completed.
    page.goto(lessons[0])
    first = open_checks(page)[0]
    right = keys.by_code[first]
    values = page.locator(f'[id="check-{first}"] input[name=option]').evaluate_all(
        "found => found.map(one => one.value)"
    )
    judged = answer_check(page, [next(value for value in values if value not in right)])
    assert judged.locator(".question-head .mark.failed").count() == 1
    assert judged.locator(".option.right").count() == len(right)
    assert judged.locator(".rationale").first.inner_text() != ""

    # The same lesson in English: the same place, the answer kept.
    switch_language(page)
    assert path_of(page) == lessons[0].replace("/my/", "/en/")
    assert page.locator(f'[id="check-{first}"] .question-head .mark.failed').count() == 1
    switch_language(page)
    assert path_of(page) == lessons[0]

    # Reads everything.
    for lesson in lessons:
        page.goto(lesson)
        read_lesson(page, keys)
        assert page.locator(".lesson-end .mark.done").count() == 1, lesson
    page.goto(course)
    assert page.locator("a.lesson-link .mark.done").count() == len(lessons)

    # Sits the exam; half-way the language is changed.
    press(page, ".next-step a.button")
    press(page, "main form button")
    attempt = path_of(page)
    total = len(questions(page))
    for question in questions(page)[: total // 2]:
        answer(question, keys)
    if with_script:
        wait_for_state(page, "server")
    else:
        press(page, 'button[value="save"]')
    half = given(page, is_written=not with_script)
    assert len(half) == total // 2
    switch_language(page)
    assert (path_of(page), page.locator("html").get_attribute("lang")) == (attempt, "en")
    assert given(page, is_written=True) == half
    switch_language(page)
    for question in questions(page)[total // 2 :]:
        answer(question, keys)
    if with_script:
        wait_for_state(page, "server")

    # Looks over and hands in.
    press(page, 'button[value="finish"]')
    assert path_of(page) == f"{attempt}submit/"
    assert page.locator(".questions-map li").count() == 0
    press(page, "main form button")
    assert path_of(page) == attempt
    assert page.locator(".verdict .score").inner_text() == "၁၀၀ %"

    # Downloads the certificate and has it checked by somebody who is not signed in.
    press(page, 'main .actions a[href="/certificates/"]')
    for _second in range(60):  # the worker looks for tasks every few seconds
        if page.locator(".rows .tag.good").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    assert page.locator(".rows .tag.good").count() == 1
    address = page.locator('a[href^="/verify/"].button').get_attribute("href")
    text = _pdf_text(page, tmp_path)
    assert _letters(NAMES[number]) in _letters(text)
    superior = browsing.open()
    superior.goto(address)
    assert superior.locator(".site-header details").count() == 0
    assert superior.locator(".verdict.bad, .verdict.warn").count() == 0
    assert NAMES[number] in superior.locator("dl.facts").inner_text()


def _letters(text: str) -> str:
    return "".join(text.split())
