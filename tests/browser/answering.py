"""How every kind of question is answered: with the keyboard alone, the same with script and without it, and by touch."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.questions import QUESTIONS, Question, in_language

MOST_STOPS = 250

# What has the focus: where, what it is and is called, and whether one sees that.
FOCUSED = """() => {
  const one = (window.stopped = document.activeElement), box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const label = one.closest("label");
  return {
    place: one.closest("[data-place], .question")?.id ?? "", tag: one.tagName, type: one.type ?? "", name: one.name ?? "",
    value: one.value ?? "", checked: Boolean(one.checked), values: [...(one.options ?? [])].map((each) => each.value),
    called: (one.getAttribute("aria-label") ?? [...(one.labels ?? [])].map((each) => each.textContent).join(" ")) || one.textContent,
    isSeen: box.top >= 0 && box.bottom <= innerHeight && Boolean(seen) && (one.contains(seen) || Boolean(label?.contains(seen))),
    isMarked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
  };
}"""


def wanted(question: Question, language: str = "my") -> tuple[list[str], list[str]]:
    """The values that are chosen and the texts that are typed, to be all right."""
    sure = ["~sure"] if question.asks_certainty else []
    return [*question.right, *sure], list((question.typed or {}).get(language, []))


def by_stem(page: Page, root: str = ".question", language: str = "my") -> dict[str, Question]:
    """The questions of a page by the id of their section."""
    known = {_squeezed(in_language(one.stem, language)): one for one in QUESTIONS}
    found = page.locator(root).evaluate_all(
        "found => found.map(one => [one.id, one.querySelector('.stem').textContent])"
    )
    return {id: known[_squeezed(text)] for id, text in found}


def section(page: Page, kind: str, language: str = "my") -> Locator:
    """The question of a kind on a page."""
    ids = by_stem(page, language=language)
    return page.locator(f'[id="{next(id for id, one in ids.items() if one.kind == kind)}"]')


def _squeezed(text: str) -> str:
    return "".join(text.split())


def stops(page: Page) -> Iterator[dict[str, Any]]:
    """Everything that Tab comes to, or the page itself moves the focus to, with what is wrong about it in `faults`."""
    for _stop in range(MOST_STOPS):
        if page.evaluate("[document.body, window.stopped].includes(document.activeElement)"):
            page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["tag"] == "BODY":
            return
        focused["faults"] = [
            *([] if focused["called"].strip() else ["has no name"]),
            *([] if focused["isSeen"] else ["is not seen"]),
            *([] if focused["isMarked"] else ["shows no focus"]),
        ]
        yield focused
    raise AssertionError("Tab goes round and round")


def answer_with_keys(page: Page, *, language: str = "my", until: str = "finish") -> list[str]:
    """Tab from the top of the page to the button `until` and answer everything on the way. Returns the faults."""
    questions = by_stem(page, language=language)
    left = {id: wanted(one, language) for id, one in questions.items()}
    faults: list[str] = []
    for stop in stops(page):
        faults += [f"{stop['tag']} {stop['type']} “{stop['called'].strip()[:40]}” {one}" for one in stop["faults"]]
        if stop["tag"] == "BUTTON" and stop["value"] == until:
            return faults
        chosen, typed = left.get(stop["place"], ([], []))
        if stop["tag"] == "BUTTON" and stop["value"] == "go":
            _go_on(page)
        elif stop["name"].startswith(("flag-", "light-")):
            continue
        elif (
            stop["tag"] == "SUMMARY"
            and chosen
            and page.evaluate("document.activeElement.parentElement.matches('.list')")
        ):
            page.keyboard.press("Enter")  # every place of a specimen in words
        elif stop["tag"] == "SELECT" and (values := [one for one in stop["values"] if one and one in chosen]):
            # Parts that are put in order move, and are come to again: what stands is left.
            away = stop["values"].index(values[0]) - stop["values"].index(stop["value"])
            for _ in range(away):
                page.keyboard.press("ArrowDown")
        elif stop["type"] == "checkbox" and stop["value"] in chosen:
            page.keyboard.press("Space")
        elif stop["type"] == "radio":
            _choose(page, stop, chosen)
        elif stop["type"] == "text":
            page.keyboard.type(typed.pop(0))
    raise AssertionError(f"no button {until!r}")


def _choose(page: Page, stop: dict[str, Any], chosen: list[str]) -> None:
    """Move to the right one of a group of radio buttons."""
    if stop["value"] in chosen:
        page.keyboard.press("Space")
        return
    for _ in range(10):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.value") in chosen:
            return
    raise AssertionError(f"none of {chosen} is there")


def _go_on(page: Page) -> None:
    """Press the focused button of an interview; what comes next comes from the server."""
    before = page.locator(".scenario .path > li").count()
    page.keyboard.press("Enter")
    page.wait_for_function("before => document.querySelectorAll('.scenario .path > li').length > before", arg=before)
    page.wait_for_load_state()


def give(question: Locator, response: list[str]) -> None:
    """Answer a question, of the paper or of a lesson, with a response: what cannot be chosen is typed, in a text by the id of its gap."""
    boxes = question.locator('input[type="text"][name]')
    offered = question.locator("select option, label input").evaluate_all("found => found.map(one => one.value)")
    typed = [one for one in response if one not in offered] if boxes.count() else []
    _pick(question, [one for one in response if one not in typed])
    for text in typed:
        gap, _colon, filling = text.partition(":")
        marked = question.locator(f'input[type="hidden"][value="~{gap}:"] + input[type="text"]')
        box, text = (marked, filling) if marked.count() else (boxes.first, text)
        box.fill(text)
        box.blur()


# Of each question of a paper: its place, and what was given in the shape of a response, without how sure one is; as it stands in the
# fields, or as the server wrote it into the page.
GIVEN = """(found, isWritten) => found.map((one) => {
  const value = (field) =>
    field.type === "radio" || field.type === "checkbox"
      ? ((isWritten ? field.hasAttribute("checked") : field.checked) ? field.value : "")
      : field.tagName === "SELECT"
        ? (isWritten ? field.querySelector("option[selected]")?.value : field.value)
        : field.type === "text" ? typed(field, isWritten ? field.getAttribute("value") : field.value) : field.value;
  const typed = (field, text) => {
    const gap = field.previousElementSibling?.value ?? "";
    return text && gap.startsWith("~") ? gap.slice(1) + text : text;
  };
  const fields = [...one.querySelectorAll(`[name="item-${one.dataset.place}"]`)];
  return [one.dataset.place, fields.map(value).filter((each) => each && !each.startsWith("~")).sort()];
})"""


def given(page: Page, *, is_written: bool = False) -> dict[str, list[str]]:
    """What is given on the paper: place -> the response in alphabetic order. is_written: by the server, not in the fields."""
    found = page.locator("form.questions section.question").evaluate_all(GIVEN, is_written)
    return {place: response for place, response in found if response}


def put(question: Locator, chosen: list[str], typed: list[str]) -> None:
    """Answer a question of the paper by taps and lists."""
    _pick(question, chosen)
    for box, text in zip(question.locator('input[type="text"][name]').all(), typed, strict=True):
        box.fill(text)
        box.blur()


def _pick(question: Locator, chosen: list[str]) -> None:
    for value in chosen:
        if question.locator(f'select option[value="{value}"]').count():
            question.locator(f'select:has(option[value="{value}"])').select_option(value)
        else:
            box = question.locator(f'label:has(input[value="{value}"])')
            if not box.is_visible():
                question.locator("details.list > summary").click()
            box.click()
        if (go := question.locator('button[value="go"]')).count():
            steps = question.locator(".path > li").count()
            go.click()
            question.locator(".path > li").nth(steps).wait_for()
