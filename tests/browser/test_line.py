"""The exam on a weak line: nothing that an officer answered is lost, and the officer sees where it is."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request

from tests.browser.answering import given
from tests.browser.served import Login, Served
from tests.browser.walking import (
    NO_LINE,
    STEPS_KEPT,
    Browsing,
    Keys,
    answer,
    begin_exam,
    path_of,
    press,
    questions,
    sign_in,
    wait_for_state,
    wait_until,
)

pytestmark = pytest.mark.browser

Officers = Callable[[], Login]

# Whether these answers lie on the device; a tap and the end of its write to the disk are some milliseconds apart.
KEPT = f"""async (wanted) => {{
  const last = {{}};
  for (const step of await ({STEPS_KEPT})()) last[step.place] = [...step.value].sort();
  return JSON.stringify(last) === JSON.stringify(wanted);
}}"""


def _sit(browsing: Browsing, officer: Login, exam: str, *, minutes_pass: bool = False) -> tuple[Page, str]:
    """A page with the exam just begun, and the attempt's address."""
    page = browsing.open()
    if minutes_pass:
        page.clock.install()
    sign_in(page, officer)
    return page, f"/attempt/{begin_exam(page, exam)}/"


def _answer(page: Page, keys: Keys, places: range) -> dict[str, list[str]]:
    """Answer some questions rightly. Returns place -> the response in alphabetic order."""
    return {str(place): sorted(answer(questions(page)[place], keys)) for place in places}


def _on_server(served: Served, attempt: str) -> dict[str, list[str]]:
    """What counts on the server: place -> the response in alphabetic order."""
    return {
        str(place): sorted(value)
        for kind, place, value, verdict in served.stage("log", attempt.split("/")[2])
        if kind == "answer" and verdict == "accepted"
    }


def _cut(page: Page, browsing: Browsing) -> None:
    browsing.expected.append(NO_LINE)
    page.context.set_offline(True)


def test_answers_given_without_a_line_are_marked_as_not_sent_and_survive_a_reload(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys
):
    page, attempt = _sit(browsing, ready_officer(), exam)
    _cut(page, browsing)
    answers = _answer(page, keys, range(3))
    wait_for_state(page, "unsaved")

    # The line is back, but not yet for what the page sends: the reloaded page shows the answers from the device.
    page.route("**/steps/", lambda route: route.abort())
    browsing.expected.append("console Failed to load resource: net::ERR_FAILED")
    page.context.set_offline(False)
    page.reload()
    wait_for_state(page, "unsaved")
    assert given(page) == answers
    assert _on_server(served, attempt) == {}

    page.unroute("**/steps/")
    wait_for_state(page, "server")
    assert _on_server(served, attempt) == answers


def test_answers_arrive_by_themselves_after_ten_minutes_without_a_line(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys
):
    page, attempt = _sit(browsing, ready_officer(), exam, minutes_pass=True)
    _cut(page, browsing)
    answers = _answer(page, keys, range(3))
    wait_for_state(page, "unsaved")
    page.clock.run_for("10:00")
    wait_for_state(page, "unsaved")

    page.context.set_offline(False)
    page.clock.run_for("01:00")
    wait_for_state(page, "server")
    assert _on_server(served, attempt) == answers


FULL_DISK = """() => {
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (names, ...rest) {
    if (names.includes("counters")) throw new DOMException("full", "QuotaExceededError");
    return transaction.call(this, names, ...rest);
  };
}"""


def _steps_in(request: Request) -> dict[str, dict[str, Any]]:
    """The steps that a request takes to the server, by their ids."""
    return {one["id"]: one for one in request.post_data_json["steps"]} if request.url.endswith("/steps/") else {}


def test_what_a_full_disk_refuses_is_sent_after_what_it_holds(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys
):
    page, attempt = _sit(browsing, ready_officer(), exam)
    _cut(page, browsing)
    _answer(page, keys, range(1))
    wait_for_state(page, "unsaved")
    kept = page.evaluate(STEPS_KEPT)
    page.evaluate(FULL_DISK)
    sent = {}  # by its id, however often
    page.on("request", lambda one: sent.update(_steps_in(one)))
    chosen = page.locator('[data-place="0"] input[name="item-0"]:checked')
    chosen.first.evaluate("one => { one.checked = false; one.dispatchEvent(new Event('change', { bubbles: true })); }")
    page.context.set_offline(False)
    wait_for_state(page, "server")
    device, last = kept[-1]["device"], kept[-1]["client_seq"]
    assert [(one["device"], one["client_seq"]) for one in sent.values()] == [
        *((device, one["client_seq"]) for one in kept), (device, last + 1)
    ]  # fmt: skip
    assert len(served.stage("log", attempt.split("/")[2])) == len(sent)


def test_a_line_that_hangs_is_none(browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys):
    page, attempt = _sit(browsing, ready_officer(), exam, minutes_pass=True)
    page.route("**/steps/", lambda route: None)  # neither answered nor refused
    answers = _answer(page, keys, range(2))
    wait_for_state(page, "device")
    page.clock.run_for("00:20")
    wait_for_state(page, "unsaved")

    page.unroute("**/steps/")
    for _turn in range(
        12
    ):  # the one that hangs now is given up, which takes the browser a moment, and the next one arrives
        page.clock.run_for("00:20")
        page.wait_for_timeout(300)
    wait_for_state(page, "server")
    assert _on_server(served, attempt) == answers


def test_answers_of_a_page_that_was_closed_without_a_line_are_delivered_when_it_is_opened_again(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys
):
    page, attempt = _sit(browsing, ready_officer(), exam)
    _cut(page, browsing)
    answers = _answer(page, keys, range(3))
    wait_until(page, KEPT, answers)
    page.close()

    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(attempt)
    again.wait_for_selector(
        '[data-place="2"] :is(input:checked, option:checked:not([value=""]))'
    )  # the page says "server" until its script has begun
    wait_for_state(again, "server")
    assert given(again) == answers
    assert _on_server(served, attempt) == answers


def test_handing_in_waits_until_every_answer_is_on_the_server(
    browsing: Browsing, ready_officer: Officers, exam: str, keys: Keys
):
    page, attempt = _sit(browsing, ready_officer(), exam)
    _cut(page, browsing)
    _answer(page, keys, range(2))
    page.click('button[value="finish"]')
    page.wait_for_selector('[data-said="waiting"]')
    assert path_of(page) == attempt

    page.context.set_offline(False)
    wait_for_state(page, "server")
    press(page, 'button[value="finish"]')
    assert path_of(page) == f"{attempt}submit/"
    assert page.locator('[data-said="waiting"]').count() == 0


@pytest.mark.parametrize("how", ["the session ends", "in another tab"])
def test_an_officer_who_was_signed_out_signs_in_again_and_the_answers_are_delivered(
    how: str, browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys
):
    officer = ready_officer()
    page, attempt = _sit(browsing, officer, exam)
    if how == "in another tab":
        other = page.context.new_page()
        other.goto("/account/")
        press(other, "main form[data-signs-out] button")
        other.close()
    else:
        page.context.clear_cookies(name="sid")
    answers = _answer(page, keys, range(3))
    page.wait_for_selector('[data-said="login"] a')
    wait_for_state(page, "unsaved")
    assert _on_server(served, attempt) == {}

    press(page, '[data-said="login"] a')
    page.fill("input[name=login]", officer.login)
    page.fill("input[name=password]", officer.password)
    press(page, "main form button")
    assert path_of(page) == attempt
    wait_for_state(page, "server")
    assert given(page) == answers
    assert _on_server(served, attempt) == answers


def test_signing_out_asks_before_it_throws_away_answers_that_were_not_sent(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys
):
    page, attempt = _sit(browsing, ready_officer(), exam)
    page.route("**/steps/", lambda route: route.abort())
    browsing.expected.append("console Failed to load resource: net::ERR_FAILED")
    answers = _answer(page, keys, range(1))
    wait_for_state(page, "unsaved")
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.click(".menu summary")
    with page.expect_event("dialog"):
        page.click(".menu form button")

    page.unroute("**/steps/")
    wait_for_state(page, "server")
    assert _on_server(served, attempt) == answers


def test_an_older_page_on_another_device_does_not_overwrite_a_newer_answer(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys
):
    officer = ready_officer()
    page, attempt = _sit(browsing, officer, exam)
    old = browsing.open()
    sign_in(old, officer, start=f"/account/login/?next={attempt}")
    press(old, "main form button")  # take it over here
    newer = _answer(page, keys, range(1))
    wait_for_state(page, "server")
    page.wait_for_selector('[data-said="elsewhere"]')

    answer(questions(old)[0], keys, right=False)
    old.wait_for_selector('[data-said="stale"]')
    assert _on_server(served, attempt) == newer
    old.reload()
    assert given(old) == newer


def test_an_older_page_without_script_does_not_overwrite_a_newer_answer(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys
):
    officer = ready_officer()
    page, attempt = _sit(browsing, officer, exam)
    old = browsing.open(java_script_enabled=False)
    sign_in(old, officer, start=f"/account/login/?next={attempt}")
    press(old, "main form button")  # take it over here
    newer = _answer(page, keys, range(1))
    wait_for_state(page, "server")
    page.wait_for_selector('[data-said="elsewhere"]')

    answer(questions(old)[0], keys, right=False)
    press(old, 'button[value="save"]')
    assert old.locator(".messages .notice.warning").count() == 1
    assert given(old) == newer
    assert _on_server(served, attempt) == newer


def test_pressing_hand_in_twice_hands_in_once(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys
):
    page, attempt = _sit(browsing, ready_officer(), exam)
    _answer(page, keys, range(1))
    wait_for_state(page, "server")
    press(page, 'button[value="finish"]')
    page.locator("main form button").dblclick()
    page.wait_for_selector(".verdict")
    assert path_of(page) == attempt
    number = attempt.split("/")[2]
    assert [step[0] for step in served.stage("log", number)].count("submit") == 1
    assert served.stage("grades", number) == [[1, False]]


def test_the_page_says_when_time_runs_out_and_the_result_counts_what_was_saved_before(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys
):
    page, attempt = _sit(browsing, ready_officer(), exam)
    answers = _answer(page, keys, range(2))
    wait_for_state(page, "server")
    number = attempt.split("/")[2]
    served.stage("end_attempt", number, 3)
    page.reload()
    page.wait_for_selector('[data-said="late"] a')
    assert page.locator(".time-left").inner_text() == "၀:၀၀"

    # The minute in which late answers may still arrive is over.
    served.stage("end_attempt", number, -61)
    press(page, '[data-said="late"] a')
    assert path_of(page) == attempt
    assert page.locator(".verdict").count() == 1
    assert served.stage("grades", number) == [[1, False]]
    assert _on_server(served, attempt) == answers


def test_the_way_on_when_time_is_over_does_not_lead_back_to_the_paper(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str
):
    page, attempt = _sit(browsing, ready_officer(), exam)
    served.stage("end_attempt", attempt.split("/")[2], 2)
    page.reload()
    press(page, '[data-said="late"] a')
    assert page.locator("form.questions").count() == 0


def test_an_answer_that_comes_after_the_end_is_kept_and_does_not_count(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys
):
    page, attempt = _sit(browsing, ready_officer(), exam)
    number = attempt.split("/")[2]
    served.stage("end_attempt", number, -61)
    place = next(n for n, one in enumerate(questions(page)) if len(keys.to(one)) == 1)  # by one tap
    _answer(page, keys, range(place, place + 1))
    page.wait_for_selector('[data-said="late"]')
    assert [(kind, verdict) for kind, _place, _value, verdict in served.stage("log", number)] == [("answer", "late")]


# --- The paper itself, kept on the device ------------------------------------------------------------------------------------

NO_LINE_AT_ALL = "console Failed to load resource: net::ERR_"  # of the worker, too
NOBODY_THERE = "console Failed to load resource: the server responded with a status of 503"
PAPER_KEPT = "async (path) => Boolean(await caches.match(path, { ignoreVary: true }))"
BESIDE = """async (wanted) => {
  const beside = await caches.match("beside");
  return (beside ? (await beside.json()).steps.map((step) => String(step.place)) : []).filter((one) => wanted.includes(one)).length === wanted.length;
}"""
PAPERS = "async () => (await caches.keys()).filter((name) => /^(attempt|papers)-/.test(name))"


def _seconds(page: Page) -> int:
    """The time left that the page shows."""
    minutes, seconds = (int(part) for part in page.locator(".time-left").inner_text().split(":"))
    return 60 * minutes + seconds


def test_the_paper_opens_again_without_a_line_with_all_that_was_answered(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str, keys: Keys
):
    browsing.expected.append(NO_LINE_AT_ALL)
    page, attempt = _sit(browsing, ready_officer(), exam)
    wait_until(page, PAPER_KEPT, attempt)
    answers = _answer(page, keys, range(3))
    wait_for_state(page, "server")
    wait_until(page, BESIDE, list(answers))
    shown = _seconds(page)

    _cut(page, browsing)
    answers |= _answer(page, keys, range(3, 4))
    wait_until(page, f"async () => (await ({STEPS_KEPT})()).at(-1)?.place === 3")
    page.reload()
    assert page.locator('[data-said="line"]').inner_text().startswith("လိုင်း မရှိပါ။")
    wait_for_state(page, "unsaved")
    assert given(page) == answers
    assert page.locator("[data-answered]").inner_text() == "၄"
    assert 0 < _seconds(page) <= shown
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    answers |= _answer(page, keys, range(4, 5))
    page.close()

    again = page.context.new_page()
    again.goto(attempt)
    again.wait_for_selector('[data-said="line"]')
    wait_for_state(again, "unsaved")
    assert given(again) == answers
    again.context.set_offline(False)
    wait_for_state(again, "server")
    again.wait_for_selector('[data-said="line"]', state="detached")
    assert _on_server(served, attempt) == answers
    again.reload()
    assert given(again) == answers


def test_what_the_server_has_already_is_shown_as_saved_without_a_line(
    browsing: Browsing, ready_officer: Officers, exam: str, keys: Keys
):
    browsing.expected += [NO_LINE_AT_ALL, NOBODY_THERE]
    page, attempt = _sit(browsing, ready_officer(), exam)
    wait_until(page, PAPER_KEPT, attempt)
    answers = _answer(page, keys, range(2))
    wait_for_state(page, "server")
    wait_until(page, BESIDE, list(answers))
    _cut(page, browsing)
    page.reload()
    page.wait_for_selector('[data-said="line"]')
    wait_for_state(page, "server")
    assert given(page) == answers
    page.click('button[value="finish"]')
    page.wait_for_selector("h1:has-text('လိုင်း မရှိပါ')")
    page.go_back()
    page.wait_for_selector('[data-said="line"]')
    assert given(page) == answers


def test_signing_out_leaves_nothing_of_the_paper(browsing: Browsing, ready_officer: Officers, exam: str, keys: Keys):
    page, attempt = _sit(browsing, ready_officer(), exam)
    wait_until(page, PAPER_KEPT, attempt)
    _answer(page, keys, range(1))
    wait_for_state(page, "server")
    page.click(".menu:not(.languages) summary")
    press(page, "form[data-signs-out] button")
    assert page.evaluate(PAPERS) == []
    browsing.expected += [NO_LINE_AT_ALL, NOBODY_THERE]
    _cut(page, browsing)
    page.goto(attempt)
    assert page.locator("attempt-sheet").count() == 0


def test_handing_in_leaves_nothing_of_the_paper(browsing: Browsing, ready_officer: Officers, exam: str, keys: Keys):
    page, attempt = _sit(browsing, ready_officer(), exam)
    wait_until(page, PAPER_KEPT, attempt)
    _answer(page, keys, range(1))
    wait_for_state(page, "server")
    press(page, 'button[value="finish"]')
    press(page, "main form button")
    assert page.locator(".verdict").count() == 1
    wait_until(page, f"async () => !(await ({PAPERS})()).some((name) => name.startsWith('attempt-'))")


def test_a_paper_is_gone_once_somebody_else_is_signed_in_on_the_device(
    browsing: Browsing, ready_officer: Officers, exam: str
):
    page, attempt = _sit(browsing, ready_officer(), exam)
    wait_until(page, PAPER_KEPT, attempt)
    page.context.clear_cookies()  # the sign-in ends by itself; nobody signed out
    sign_in(page, ready_officer())
    wait_until(page, f"async () => !(await ({PAPERS})()).some((name) => name.startsWith('attempt-'))")
    browsing.expected += [NO_LINE_AT_ALL, NOBODY_THERE]
    _cut(page, browsing)
    page.goto(attempt)
    assert page.locator("attempt-sheet").count() == 0


def test_time_goes_on_without_a_line_and_a_paper_whose_time_is_over_is_gone(
    browsing: Browsing, served: Served, ready_officer: Officers, exam: str
):
    browsing.expected += [NO_LINE_AT_ALL, NOBODY_THERE]
    page, attempt = _sit(browsing, ready_officer(), exam)
    wait_until(page, PAPER_KEPT, attempt)
    served.stage("end_attempt", attempt.split("/")[2], 12)
    page.reload()
    page.wait_for_function("document.querySelector('.time-left').textContent.includes(':')")
    wait_until(page, PAPER_KEPT, attempt)
    _cut(page, browsing)
    page.wait_for_timeout(3000)
    page.reload()
    page.wait_for_selector('[data-said="line"]')
    assert _seconds(page) <= 9
    page.wait_for_selector('[data-said="late"]')
    page.reload()
    page.wait_for_selector("h1:has-text('လိုင်း မရှိပါ')")
