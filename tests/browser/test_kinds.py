"""Every kind of question answered from end to end in Burmese: with keys only, without script, by touch, on a cut line."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from myanmar.digits import to_myanmar_digits
from tests.browser.answering import answer_with_keys, by_stem, put, section, wanted
from tests.browser.questions import BY_KIND, QUESTIONS
from tests.browser.served import Login, Served
from tests.browser.stage import PASSWORD
from tests.browser.test_pages import RULES, violations
from tests.browser.walking import NO_LINE, Browsing, begin_exam, path_of, press, sign_in, wait_for_state

pytestmark = pytest.mark.browser

TOTAL = len(QUESTIONS)


@pytest.fixture(scope="module")
def _staged(served: Served) -> tuple[Iterator[str], str, str]:
    made = served.stage("kinds", 8)
    return iter(made["logins"]), made["exam"], made["lesson"]


@pytest.fixture
def sit(browsing: Browsing, _staged: tuple[Iterator[str], str, str]) -> Callable[..., Page]:
    """Opens the exam of all kinds for an officer, each time another."""

    def opened(**device: object) -> Page:
        page = browsing.open(**device)
        sign_in(page, Login(next(_staged[0]), PASSWORD))
        begin_exam(page, _staged[1])
        return page

    return opened


@pytest.fixture
def read(browsing: Browsing, _staged: tuple[Iterator[str], str, str]) -> Callable[..., Page]:
    """Opens the lesson that checks all kinds for an officer, each time another."""

    def opened(**device: object) -> Page:
        page = browsing.open(**device)
        sign_in(page, Login(next(_staged[0]), PASSWORD))
        page.goto(f"/my/{_staged[2]}")
        return page

    return opened


def _judged_right(page: Page) -> set[str]:
    """The kinds that the result calls right."""
    known = {"".join(one.stem[1].split()): one.kind for one in QUESTIONS}
    right = page.locator(".question:has(.question-head .mark.done) > .stem").all_text_contents()
    return {known["".join(text.split())] for text in right}


def _hand_in(page: Page) -> None:
    """From the paper to the result, with the keyboard: the button to look over has the focus."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".questions-map").count() == 0
    page.locator("main form button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no-script"])
def test_every_kind_is_answered_with_the_keyboard_alone_and_judged_right(with_script: bool, sit: Callable[..., Page]):
    page = sit(java_script_enabled=with_script, has_touch=False, is_mobile=False)
    assert page.locator("html").get_attribute("lang") == "my"
    assert len(by_stem(page)) == TOTAL
    if with_script:
        page.wait_for_selector('.save-state[data-state="server"]')
        assert violations(page, RULES) == []
    assert answer_with_keys(page) == []
    if with_script:
        wait_for_state(page, "server")
        assert page.locator("[data-answered]").inner_text() == to_myanmar_digits(TOTAL)
        assert violations(page, RULES) == []
    _hand_in(page)
    assert _judged_right(page) == set(BY_KIND)
    assert page.locator(".verdict .score").inner_text() == "၁၀၀ %"
    if with_script:
        assert violations(page, RULES) == []


def test_an_interview_counts_as_answered_when_it_has_ended(sit: Callable[..., Page]):
    page = sit()
    interview = section(page, "scenario")
    counted = []
    for choice in BY_KIND["scenario"].right:
        put(interview, [choice], [])
        counted.append(page.locator("[data-answered]").inner_text())
    assert counted == ["၀", "၁"]


# --- By touch ---------------------------------------------------------------------------------------------------------


def _middle(found: Locator) -> tuple[float, float]:
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _order_by_buttons(question: Locator) -> None:
    """Move the parts to their right places: each up from wherever it stands.

    A tap becomes a click a moment after the finger has left: each move is seen before the next is asked for. Whatever
    order chance has shown, the last tap says that it is kept.
    """
    parts = question.locator("[data-part]")
    ids = [parts.nth(place).locator("option").nth(1).get_attribute("value") for place in range(parts.count())]
    stand = [id.partition(":")[0] for id in ids]
    for place, value in enumerate(BY_KIND["ordering"].right):
        moved = value.partition(":")[0]
        part = question.locator(f'[data-part]:has(option[value="{value}"])')
        for above in range(stand.index(moved) - 1, place - 1, -1):
            part.locator('[data-move="-1"]').tap()
            expect(parts.nth(above).locator(f'option[value="{value}"]')).to_have_count(1)
        stand.remove(moved)
        stand.insert(place, moved)
    question.locator('[data-move="0"]').tap()
    _expect_lists(question, [f"{moved}:{n}" for n, moved in enumerate(stand, 1)])


def _drag(page: Page, chip: Locator, region: Locator) -> None:
    """Drag with a finger."""
    region.scroll_into_view_if_needed()
    start, end = _middle(chip), _middle(region)
    touch = page.context.new_cdp_session(page)
    points = [(start[0] + (end[0] - start[0]) * n / 5, start[1] + (end[1] - start[1]) * n / 5) for n in range(6)]
    for n, (x, y) in enumerate(points):
        kind = "touchMove" if n else "touchStart"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    touch.detach()


def _expect_lists(question: Locator, wanted: list[str]) -> None:
    """The lists beside a drawing come to say this: what a finger does is done a moment after it has left."""
    question.page.wait_for_function(
        "([id, wanted]) => [...document.getElementById(id).querySelectorAll('select')]"
        ".map(one => one.value).filter(Boolean).join() === wanted",
        arg=[question.get_attribute("id"), ",".join(wanted)],
    )


def _by_touch(page: Page, question: Locator, kind: str) -> None:
    """Answer what has an order, a picture or marks with the finger alone."""
    right = BY_KIND[kind].right
    if kind == "ordering":
        _order_by_buttons(question)
    elif kind == "hotspot":
        page.touchscreen.tap(*_middle(question.locator(f'[data-region="{right[0]}"]')))
    elif kind == "labels":
        (dragged, onto), *others = (
            (question.locator(f'[data-label="{label}"]'), question.locator(f'[data-region="{region}"]'))
            for region, label in (one.split(":") for one in right)
        )
        _drag(page, dragged, onto)
        _expect_lists(question, right[:1])
        for label, region in others:
            label.tap()
            page.touchscreen.tap(*_middle(region))
        _expect_lists(question, right)
    else:
        for mark in right:
            question.locator(f'label:has(input[value="{mark}"])').tap()
            expect(question.locator(f'input[value="{mark}"]')).to_be_checked()


BY_TOUCH = ("ordering", "hotspot", "labels", "marks")


def test_an_order_a_place_labels_and_marks_are_given_with_a_finger(sit: Callable[..., Page]):
    page = sit()
    for kind in BY_TOUCH:
        _by_touch(page, section(page, kind), kind)
    wait_for_state(page, "server")
    page.locator('button[value="finish"]').focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, "main form button")
    assert _judged_right(page) == set(BY_TOUCH)


def test_a_label_stands_in_one_place_and_is_taken_back_beside_the_drawing(sit: Callable[..., Page]):
    page = sit(has_touch=False, is_mobile=False)
    labels = section(page, "labels")

    def drag(label: str, to: Locator) -> None:
        labels.locator(".picture").scroll_into_view_if_needed()
        page.mouse.move(*_middle(labels.locator(f'[data-label="{label}"]')))
        page.mouse.down()
        page.mouse.move(*_middle(to), steps=4)
        page.mouse.up()

    def region(id: str) -> Locator:
        return labels.locator(f'[data-region="{id}"]')

    drag("a", region("officer"))
    _expect_lists(labels, ["officer:a"])
    drag("a", region("person"))
    _expect_lists(labels, ["person:a"])
    drag("b", region("person"))
    _expect_lists(labels, ["person:b"])
    drag("b", labels.locator(".tray"))
    _expect_lists(labels, [])
    assert labels.locator(".tray .chip").count() == len(BY_KIND["labels"].content["choices"])
    wait_for_state(page, "server")

    # The longest label on the region nearest to the edge.
    drag("e", region("bench"))
    chip, picture = (labels.locator(one).bounding_box() for one in (".chip[data-on]", ".picture > :first-child"))
    assert picture["x"] <= chip["x"]
    assert chip["x"] + chip["width"] <= picture["x"] + picture["width"]
    assert chip["y"] + chip["height"] <= picture["y"] + picture["height"] + 1


# --- On a cut line ------------------------------------------------------------------------------------------------------


def _shown(page: Page, kind: str) -> list[str]:
    """What is seen of an answer, in order."""
    fields = section(page, kind).locator('.parts select, .parts input[type="text"], .parts input:checked')
    return fields.evaluate_all("found => found.map(one => one.value)")


def test_what_was_typed_ordered_and_labelled_on_a_cut_line_is_kept_and_sent_after(
    browsing: Browsing, served: Served, sit: Callable[..., Page]
):
    page = sit()
    number = path_of(page).split("/")[2]
    kinds = ("shorttext", "cloze", "ordering", "labels")
    browsing.expected.append(NO_LINE)
    page.context.set_offline(True)
    for kind in kinds:
        put(section(page, kind), *wanted(BY_KIND[kind]))
    wait_for_state(page, "unsaved")
    before = {kind: _shown(page, kind) for kind in kinds}

    # The line is back, but not yet for what the page sends: the reloaded page shows the answers from the device.
    page.route("**/steps/", lambda route: route.abort())
    browsing.expected.append("console Failed to load resource: net::ERR_FAILED")
    page.context.set_offline(False)
    page.reload()
    wait_for_state(page, "unsaved")
    assert {kind: _shown(page, kind) for kind in kinds} == before
    assert section(page, "labels").locator(".picture .chip[data-on]").count() == len(BY_KIND["labels"].right)
    assert served.stage("log", number) == []

    page.unroute("**/steps/")
    wait_for_state(page, "server")
    counted = {place: value for _kind, place, value, _verdict in served.stage("log", number)}
    given = sorted(sorted(one for one in value if one and one != "~2:") for value in counted.values())
    assert given == sorted(sorted([*BY_KIND[kind].right, *_typed(kind)]) for kind in kinds)


def _typed(kind: str) -> list[str]:
    typed = (BY_KIND[kind].typed or {}).get("my", [])
    return [f"2:{one}" for one in typed] if kind == "cloze" else typed


# --- In a lesson ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no-script"])
def test_a_lesson_checks_every_kind(with_script: bool, read: Callable[..., Page]):
    page = read(java_script_enabled=with_script)
    for question in QUESTIONS:
        check = page.locator(f'[id="check-{question.code}"]')
        chosen, typed = wanted(question)
        if question.kind == "scenario":
            for choice in chosen:
                check.locator(f'label:has(input[value="{choice}"])').click()
                press(page, f'[id="check-{question.code}"] form > .actions button')
        else:
            if with_script and question.kind in BY_TOUCH:
                _by_touch(page, check, question.kind)
            else:
                put(check, chosen, typed)
            press(page, f'[id="check-{question.code}"] form > .actions button')
        assert check.locator(".question-head .mark.done").count() == 1, question.kind
    assert page.locator(".question form").count() == 0
