"""The run-time that SCORM packages find in their frame, in a real browser: what is stored, resumed and reported."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.scorm_stage import part, said, staged
from tests.content.packages.scorm_building import manifest, packed, resource

pytestmark = pytest.mark.browser

# Climbs as the examples of the standard do, and would climb past the run-time of the other standard up to the lesson page.
FINDER = b"""
function climb(name) { let seen = window; while (seen[name] == null && seen.parent && seen.parent !== seen) seen = seen.parent;
  return seen[name] || null; }
const other = [climb("API_1484_11"), climb("API")];
const api = other[0] || other[1];
"""
PAGE = b"<!doctype html><meta charset='utf-8'><title>Part</title><script src='/files/finder.js'></script><p>Part"
FRAMES = b"<!doctype html><title>Part</title><iframe src='inner.html' title='Inner'></iframe>"
LEAVING = (
    PAGE
    + b"<script>addEventListener('unload', () => { api.LMSFinish ? api.LMSFinish('') : api.Terminate('') })</script>"
)


def course(standard: str, rules: str = "", pages: int = 2) -> BytesIO:
    """A course of two parts and an asset; the second part finds its run-time from an inner frame."""
    items = "".join(
        f'<item identifier="I{n}" identifierref="R{n}"><title>Part {n}</title>{rules if n == 1 else ""}</item>'
        for n in (1, 2, 3)
    )
    resources = (
        resource(standard, 1, "one.html")
        + resource(standard, 2, "two.html")
        + resource(standard, 3, "three.html", kind="asset")
    )
    return packed({
        "imsmanifest.xml": manifest(standard, items, resources), "finder.js": FINDER, "one.html": PAGE,
        "two.html": FRAMES, "inner.html": LEAVING, "three.html": b"<!doctype html><title>Page</title><p style='height:2000px'>Page",
    })  # fmt: skip


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_a_part_of_1_2_stores_resumes_and_is_judged_by_its_mastery_score(page):
    with staged(
        course("1.2", "<adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>go</adlcp:datafromlms>")
    ) as stage:
        stage.play(page)
        one = part(page, "one.html")
        assert one.evaluate(
            """() => [other[0], api.LMSInitialize(""), api.LMSGetValue("cmi.core.entry"), api.LMSGetValue("cmi.launch_data"),
                api.LMSGetValue("cmi.core.student_name"), api.LMSGetValue("cmi.student_data.mastery_score"),
                api.LMSSetValue("cmi.core.lesson_location", "page 3"), api.LMSSetValue("cmi.suspend_data", "သုံး"),
                api.LMSSetValue("cmi.core.lesson_status", "incomplete"), api.LMSSetValue("cmi.core.exit", "suspend"),
                api.LMSSetValue("cmi.core.session_time", "00:01:30"), api.LMSSetValue("cmi.core.entry", "x"),
                api.LMSGetLastError(), api.LMSFinish("")]"""
        ) == [None, "true", "ab-initio", "go", "Learner", "80"] + ["true"] * 5 + ["false", "403", "true"]
        page.wait_for_function("said.some((one) => one.type === 'exit')")
        assert said(page, "exit") == [{"item": "I1", "wants": None}]
        assert said(page, "result")[-1] == {
            "item": "I1", "completion": "incomplete", "success": "unknown",
            "raw": None, "min": None, "max": 100, "scaled": None, "seconds": 90,
        }  # fmt: skip
        kept = page.evaluate("kept")
        stage.play(page, kept)
        one = part(page, "one.html")
        assert one.evaluate(
            """() => [api.LMSInitialize(""), api.LMSGetValue("cmi.core.entry"), api.LMSGetValue("cmi.core.lesson_location"),
                api.LMSGetValue("cmi.suspend_data"), api.LMSGetValue("cmi.core.total_time"),
                api.LMSGetValue("cmi.core.lesson_status"),
                api.LMSSetValue("cmi.core.score.raw", "85"), api.LMSSetValue("cmi.core.lesson_status", "completed"),
                api.LMSFinish("")]"""
        ) == ["true", "resume", "page 3", "သုံး", "00:01:30", "incomplete", "true", "true", "true"]
        page.wait_for_function("said.some((one) => one.type === 'exit')")
        result = said(page, "result")[-1]
        assert (result["completion"], result["success"], result["raw"], result["scaled"]) == (
            "completed",
            "passed",
            85,
            0.85,
        )
        assert page.evaluate("kept.I1.seconds") >= 90
        assert stage.elsewhere == []
        assert stage.troubles == []


def test_a_part_of_2004_stores_resumes_and_asks_for_the_next(page):
    rules = (
        "<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID='main' satisfiedByMeasure='true'>"
        "<imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives></imsss:sequencing>"
    )
    with staged(course("2004", rules)) as stage:
        stage.play(page)
        one = part(page, "one.html")
        long = "x" * 60_000
        assert (
            one.evaluate(
                """(long) => [other[1], api.Initialize(""), api.GetValue("cmi.entry"), api.GetValue("cmi.objectives.0.id"),
                api.GetValue("cmi.scaled_passing_score"), api.GetValue("adl.nav.request_valid.continue"),
                api.GetValue("adl.nav.request_valid.previous"), api.SetValue("cmi.suspend_data", long),
                api.SetValue("cmi.location", "7"), api.SetValue("cmi.interactions.0.id", "q1"),
                api.SetValue("cmi.interactions.0.type", "choice"), api.SetValue("cmi.interactions.0.learner_response", "a"),
                api.SetValue("cmi.objectives.0.score.scaled", "0.5"), api.SetValue("cmi.session_time", "PT1M"),
                api.SetValue("cmi.exit", "suspend"), api.Commit("")]""",
                long,
            )
            == [None, "true", "ab-initio", "main", "0.6", "true", "false"] + ["true"] * 9
        )
        page.wait_for_function("kept.I1")
        stage.play(page, page.evaluate("kept"))  # without a farewell: the line dropped
        one = part(page, "one.html")
        assert one.evaluate(
            """(long) => [api.Initialize(""), api.GetValue("cmi.entry"), api.GetValue("cmi.suspend_data") === long,
                api.GetValue("cmi.location"), api.GetValue("cmi.total_time"), api.GetValue("cmi.interactions._count"),
                api.GetValue("cmi.interactions.0.learner_response"), api.GetValue("cmi.objectives._count"),
                api.GetValue("cmi.objectives.0.score.scaled"), api.SetValue("cmi.score.scaled", "0.75"),
                api.SetValue("cmi.completion_status", "completed"), api.SetValue("adl.nav.request", "continue"),
                api.Terminate("")]""",
            long,
        ) == ["true", "resume", True, "7", "PT0H1M0S", "1", "a", "1", "0.5", "true", "true", "true", "true"]
        page.wait_for_function("said.some((one) => one.type === 'exit')")
        assert said(page, "exit") == [{"item": "I1", "wants": "I2"}]
        result = said(page, "result")[-1]
        assert (result["completion"], result["success"], result["scaled"]) == ("completed", "passed", 0.75)
        assert stage.elsewhere == []
        assert stage.troubles == []


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_another_part_is_opened_and_the_left_one_says_farewell(page, standard):
    start = "api.LMSInitialize ? api.LMSInitialize('') : api.Initialize('')"
    with staged(course(standard)) as stage:
        stage.play(page, item="I2")
        inner = part(page, "inner.html")
        assert inner.evaluate(start) == "true"
        page.evaluate("port.postMessage({ type: 'open', item: 'I3' })")
        part(page, "three.html")
        page.wait_for_function("said.filter((one) => one.type === 'result').some((one) => one.data.item === 'I3')")
        results = {result["item"]: result["completion"] for result in said(page, "result")}
        # A part that only says that it began and ended is complete, and so is a page that was opened.
        assert results == {"I2": "completed", "I3": "completed"}
        assert [one["item"] for one in said(page, "exit")] == ["I2"]
        page.wait_for_function("said.some((one) => one.type === 'resize' && one.data.height >= 2000)")
        page.evaluate("port.postMessage({ type: 'open', item: 'nowhere' })")
        assert part(page, "three.html").evaluate("1 + 1") == 2
        assert stage.troubles == []


def test_what_a_part_says_is_passed_on_without_its_asking(page):
    with staged(course("1.2")) as stage:
        stage.play(page)
        one = part(page, "one.html")
        one.evaluate("api.LMSInitialize(''); api.LMSSetValue('cmi.core.lesson_location', '4')")
        page.wait_for_function("kept.I1?.cmi.core.lesson_location === '4'", timeout=4000)
        assert page.evaluate("kept.I1.ended") is False


def test_more_than_may_be_kept_is_told_and_what_was_kept_stays(page):
    with staged(course("2004"), most_state=5000) as stage:
        stage.play(page)
        one = part(page, "one.html")
        one.evaluate("api.Initialize(''); api.SetValue('cmi.location', '1'); api.Commit('')")
        page.wait_for_function("kept.I1")
        one.evaluate("""() => { for (let n = 0; n < 60; n++) { api.SetValue(`cmi.interactions.${n}.id`, 'q' + n);
            api.SetValue(`cmi.interactions.${n}.type`, 'fill-in'); api.SetValue(`cmi.interactions.${n}.learner_response`, 'x'.repeat(200)); }
            api.SetValue('cmi.location', '2'); api.Commit(''); }""")
        page.wait_for_function("kept.I1.cmi.location === '2'")
        assert page.evaluate("'interactions' in kept.I1.cmi") is False
        one.evaluate(
            "api.SetValue('cmi.suspend_data', 'x'.repeat(6000)); api.SetValue('cmi.location', '3'); api.Commit('')"
        )
        page.wait_for_function("said.some((one) => one.type === 'trouble')")
        assert said(page, "trouble") == [{"item": "I1", "code": "state_too_long"}]
        assert page.evaluate("kept.I1.cmi.location") == "2"


def test_a_part_reaches_neither_the_lesson_nor_the_run_time_behind_its_functions(page):
    with staged(course("1.2")) as stage:
        stage.play(page)
        one = part(page, "one.html")
        reached = one.evaluate("""async () => {
            const tried = {};
            const worker = async () => { await navigator.serviceWorker.register("/files/finder.js", { scope: "/files/" }); };
            const tries = { worker,
              document: () => top.document.title, secret: () => top.secret, navigate: () => { top.location = "about:blank#x"; },
              opened: () => { if (!window.open("about:blank")) throw 0; }, inner: () => api.cmi.core.lesson_status,
              changed: () => { "use strict"; api.LMSGetValue = () => "forged"; if (api.LMSGetValue("x") !== "forged") throw 0; },
            };
            for (const [name, attempt] of Object.entries(tries)) {
              try { await attempt(); tried[name] = true; } catch { tried[name] = false; }
            }
            return tried;
        }""")
        assert reached == dict.fromkeys(reached, False)
        assert page.url == stage.lesson


def test_a_frame_that_nobody_greets_opens_nothing(page):
    with staged(course("1.2")) as stage:
        page.goto(stage.package)
        page.wait_for_timeout(300)
        assert page.locator("iframe").count() == 0
