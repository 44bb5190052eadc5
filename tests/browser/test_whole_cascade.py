"""A whole cascade: a master trainer accredits two trainers, each trains twenty officers, and the programme lead sees the right figures."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.cascading import ROOM
from tests.browser.served import Served
from tests.browser.walking import NO_LINE, Browsing, Keys, answer, press, questions, wait_for_state

pytestmark = pytest.mark.browser

BEFORE, AFTER, ASKED = 4, 12, 16  # right answers of everybody, of so many questions
GAIN = round((AFTER - BEFORE) / ASKED * 100)
BURMESE = str.maketrans("၀၁၂၃၄၅၆၇၈၉", "0123456789")


class Cast:
    """Everybody with a telephone of their own, signed in already."""

    def __init__(self, browsing: Browsing, served: Served) -> None:
        self.browsing, self.served = browsing, served
        self.told: dict[str, Any] = served.stage("cascade_cast")
        numbers = [one for trainer in self.told["trainers"] for one in (trainer["number"], *trainer["officers"])]
        self.cookies: dict[str, str] = served.stage("signed_in", "MST-4002", "LED-6001", *numbers)

    def device(self, number: str, **options: object) -> BrowserContext:
        context = self.browsing.device(**options)
        context.add_cookies([{"name": "sid", "value": self.cookies[number], "url": self.served.url}])
        return context

    def phone(self, number: str, **options: object) -> Page:
        return self.device(number, **options).new_page()


@pytest.fixture
def cast(browsing: Browsing, served: Served) -> Cast:
    return Cast(browsing, served)


def scan(cast: Cast, number: str, own: str, room: Page) -> None:
    """Scan the square on the trainer's screen, which leads to a page with the code filled in, and say that one is here."""
    context = cast.device(number)
    page = context.new_page()
    code = re.sub(r"\s", "", room.locator("[data-code]").inner_text())
    page.goto(f"{own}?c={code}")
    press(page, "session-sign-in button")
    expect(page.locator("main .notice.success")).to_be_visible()
    context.close()


def figures(lead: Page) -> dict[str, list[int]]:
    """The table of generations: trainers, never delivered, ending, sessions, reached."""
    lead.goto("/office/cascade/?course=C1")
    rows = lead.locator("table tbody tr").all()
    told = [[cell.translate(BURMESE) for cell in row.locator("th, td").all_inner_texts()] for row in rows]
    return {row[0]: [int(one) for one in row[1:6]] for row in told}


def answer_some(page: Page, keys: Keys, places: range) -> None:
    """Answer some questions rightly."""
    for place in places:
        answer(questions(page)[place], keys)


def begin(page: Page, session: str, code: str) -> None:
    """Go from the desk to the test that the trainer opened, and begin it."""
    page.goto("/learn/")
    press(page, 'main a[href^="/quiz/"]')
    page.fill("input[name=code]", code)
    press(page, "main form button")


def hand_in(page: Page) -> None:
    press(page, 'button[value="finish"]')
    press(page, "main form button")


def open_test(trainer: Page, session: str, part: str) -> str:
    """Open a test of a session. Returns its code."""
    trainer.goto(f"{session}tests/")
    press(trainer, f'form:has(input[value="{part}"]) button[value="open"]')
    return trainer.locator(".next-step .score").inner_text()


def end_test(trainer: Page, session: str) -> None:
    trainer.goto(f"{session}tests/")
    press(trainer, 'button[value="close"]')


def plan(trainer: Page, group: str, post: int) -> str:
    """Plan a session that begins now, with the master trainer as its observer. Returns its address."""
    begins = datetime.now(ZoneInfo("Asia/Yangon")) + timedelta(minutes=1)
    ends = min(begins + timedelta(hours=6), begins.replace(hour=23, minute=59))
    trainer.goto(f"{group}sessions/new/")
    trainer.select_option("select[name=course]", "C1")
    trainer.fill("input[name=day]", f"{begins:%d-%m-%Y}")
    trainer.fill("input[name=begins]", f"{begins:%H:%M}")
    trainer.fill("input[name=ends]", f"{ends:%H:%M}")
    trainer.fill("input[name=place]", "ခန်းမ")
    trainer.select_option("select[name=unit]", str(post))
    trainer.fill("[name=observers]", "MST-4002")
    press(trainer, "main form .actions button.button:not([type=button])")
    return trainer.url.removeprefix(trainer.url.split("/teach/")[0])


def observe(observer: Page, session: str, person: str, level: int) -> None:
    """Fill in the rubric R4 for somebody's exercise."""
    observer.goto(f"{session}practice/{person}/?rubric=R4&exercise=1")
    for box in observer.locator("fieldset.criterion textarea").all():
        box.fill("မေးခွန်းဖြင့် စသည်။")
    for choice in observer.locator(f'fieldset.criterion input[value="{level}"]').all():
        choice.evaluate("one => one.click()")
    press(observer, "observation-sheet .actions button.button")


def test_a_whole_cascade_from_the_master_trainer_to_the_figures_of_the_lead(
    cast: Cast, browsing: Browsing, served: Served, keys: Keys
):
    browsing.expected.append(NO_LINE)
    told = cast.told
    lead = cast.phone("LED-6001", locale="en-GB")
    before = figures(lead)

    # The master trainer accredits two trainers, who signed in by the code of the room.
    master = cast.phone("MST-4002")
    master.goto(f"{told['session']}room/")
    for trainer in told["trainers"]:
        scan(cast, trainer["number"], told["own"], master)
    for trainer in told["trainers"]:
        master.goto(f"{told['session']}accredit/")
        row = master.locator("li", has=master.locator(".code", has_text=trainer["number"]))
        row.locator("details", has=master.locator('input[value="trainer"]')).locator("summary").click()
        with master.expect_navigation():
            row.locator('form:has(input[value="trainer"]) button').click()

    sessions = []
    for trainer in told["trainers"]:
        phone = cast.phone(trainer["number"])
        session = plan(phone, trainer["group"], trainer["post"])
        sessions.append(session)
        own = session.replace("/teach/", "/learn/")
        phone.goto(f"{session}room/")
        for number in trainer["officers"]:
            scan(cast, number, own, phone)
        expect(phone.locator("[data-there]")).to_have_text("၂၀", timeout=20_000)
        is_cut = trainer is told["trainers"][1]
        # Before: one officer on a telephone, whose line is cut in one of the rooms while the trainer ends the test; the others beside.
        code = open_test(phone, session, "pre_test")
        officer = cast.phone(trainer["officers"][0])
        begin(officer, session, code)
        answer_some(officer, keys, range(1))
        wait_for_state(officer, "server")
        if is_cut:
            officer.context.set_offline(True)
        answer_some(officer, keys, range(1, BEFORE))
        forms = served.stage("sit_the_rest", session, "pre_test", BEFORE)
        assert forms == {"A": ROOM // 2, "B": ROOM // 2}
        if is_cut:
            wait_for_state(officer, "unsaved")
            end_test(phone, session)
            officer.context.set_offline(False)
            wait_for_state(officer, "server")
            hand_in(officer)
        else:
            hand_in(officer)
            end_test(phone, session)
        # After: the other form.
        code = open_test(phone, session, "post_test")
        begin(officer, session, code)
        answer_some(officer, keys, range(AFTER))
        wait_for_state(officer, "server")
        hand_in(officer)
        assert served.stage("sit_the_rest", session, "post_test", AFTER) == {"A": ROOM // 2, "B": ROOM // 2}
        end_test(phone, session)
        gains = phone.locator(".gains li").first.inner_text().translate(BURMESE)
        assert f"+{GAIN}" in gains
        assert f"{ROOM} " in gains.replace("\n", " ")

    # Practice, seen by two.
    trainer, session = told["trainers"][0], sessions[0]
    phone = cast.phone(trainer["number"])
    observe(phone, session, trainer["people"][0], 2)
    observe(master, session, trainer["people"][0], 3)
    master.goto(f"{session}practice/")
    expect(master.locator("main .tag.good")).to_have_count(1)

    # A day later: certificates of the right to teach, and of having attended.
    assert served.stage("a_day_later", told["session"], *sessions) == 2 + 2 + 2 * ROOM
    phone.goto("/certificates/")
    assert phone.locator('main a[href$="/pdf/"]').count() == 2
    officer = cast.phone(trainer["officers"][1])
    officer.goto("/certificates/")
    assert officer.locator('main a[href$="/pdf/"]').count() == 1

    # The lead's figures: two trainers more, who have both delivered; three sessions; forty officers and two trainers reached.
    after = figures(lead)
    change = {depth: [a - b for a, b in zip(after[depth], before[depth], strict=True)] for depth in before}
    assert change == {"0": [0, 0, 0, 1, 2], "1": [2, 0, 0, 2, 2 * ROOM]}
    lead.goto("/office/evaluation/C1/")
    learned = lead.locator("main section", has=lead.locator("h2", has_text="What they learned")).inner_text()
    assert f"{2 * ROOM} of " in learned
    assert f"{GAIN} (" in learned
    lead.goto(f"/office/cascade/{trainer['people'][3]}/")
    chain = lead.locator("main").inner_text()
    assert chain.index("Daw A") < chain.index("Daw Hla Hla Win")
