"""The branching interview: one way, no way back, ends, loops and dead ends."""

from hypothesis import given
from hypothesis import strategies as st

from assessments import kinds
from assessments.sheets import sheet_of
from tests.assessments import asking, sitting
from tests.assessments.asked import SCENARIO, changed, choice
from tests.assessments.asking import Form, key_of, problems_of

KEY = key_of("scenario", SCENARIO)


def scenario(best, *nodes):
    """A scenario of nodes, each its id and its choices; the first begins."""
    return {
        "start": nodes[0][0],
        "best": best,
        "harm_limit": 1,
        "nodes": [{"id": id, "says": f"Says {id}", "choices": list(choices)} for id, *choices in nodes],
    }


@st.composite
def ways(draw, key=KEY):
    """A way through, whole or in part."""
    taken = []
    while (page := question(taken))["choices"] and draw(st.booleans()):
        taken.append(draw(st.sampled_from([one["value"] for one in page["choices"]])))
    return taken


def question(taken):
    texts = asking.texts_of("scenario", SCENARIO)
    return kinds.KINDS["scenario"].question(KEY, texts, kinds.KINDS["scenario"].order(KEY, None), taken)


# --- Points ---------------------------------------------------------------------------------------------------------------


@given(ways())
def test_every_way_can_be_sent_and_earns_a_share(taken):
    assert kinds.is_response("scenario", KEY, taken)
    assert kinds.read("scenario", kinds.read("scenario", taken)) == taken
    assert 0 <= kinds.score("scenario", KEY, taken) <= 1


@given(ways(), st.data())
def test_a_way_goes_on_and_never_back(taken, data):
    part = taken[: data.draw(st.integers(0, len(taken)))]
    assert kinds.may_follow("scenario", part, taken)
    assert kinds.may_follow("scenario", taken, part) == (part == taken)


@given(ways())
def test_the_page_holds_what_was_reached_and_nothing_else(taken):
    page = question(taken)
    reached = {one.partition(":")[0] for one in taken}
    now = {one["value"].partition(":")[0] for one in page["choices"]}
    assert len(now) <= 1
    says = {node["says"] for node in SCENARIO["nodes"] if node["id"] in reached | now}
    assert {step["says"] for step in page["path"]} | {page["says"]} - {""} == says


def test_points_are_trust_and_information_less_harm_as_a_share_of_the_best():
    assert kinds.score("scenario", KEY, ["door:greet", "seat:wait", "seat:ask"]) == 1
    assert float(kinds.score("scenario", KEY, ["door:greet"])) == 0.4
    assert float(kinds.score("scenario", KEY, ["door:shout", "seat:ask"])) == 0.2  # 3 − 1 − 1 of 5


def test_more_harm_than_the_limit_or_one_critical_choice_earns_nothing():
    assert kinds.score("scenario", KEY, ["door:greet", "seat:press", "end:stop"]) == 0
    assert kinds.score("scenario", KEY, ["door:seize", "seat:ask"]) == 0


def test_a_choice_is_made_once_and_where_none_is_left_the_interview_ends():
    content = scenario(1, ("a", choice("b", "c"), choice("d", trust=1)), ("c", choice("e", "a")))
    key = key_of("scenario", content)
    assert not kinds.is_response("scenario", key, ["a:b", "c:e", "a:b"])
    loop = key_of("scenario", scenario(1, ("a", choice("b", "a"))))
    assert [kinds.is_whole("scenario", loop, taken) for taken in ([], ["a:b"])] == [False, True]


def test_a_step_after_the_end_or_from_elsewhere_is_no_response():
    for taken in (["seat:ask"], ["door:greet", "end:stop"], ["door:greet", "seat:ask", "seat:wait"], ["door:nothing"]):
        assert not kinds.is_response("scenario", KEY, taken), taken


def test_the_debrief_tells_the_way_where_trust_changed_and_every_reason():
    texts, order = asking.texts_of("scenario", SCENARIO), kinds.KINDS["scenario"].order(KEY, None)
    shown = kinds.KINDS["scenario"].judged(KEY, texts, order, ["door:shout", "seat:ask"])
    told = [(step["text"], step["change"], step["trust"], step["harm"]) for step in shown["path"]]
    assert told == [("Choice shout", -1, -1, 1), ("Choice ask", 0, -1, 0)]
    assert [one["rationale"] for one in shown["path"][0]["choices"]] == [
        "Because greet",
        "Because shout",
        "Because seize",
    ]
    assert [one["is_right"] for one in shown["path"][0]["choices"]] == [True, False, False]


# --- What an editor is told -----------------------------------------------------------------------------------------------


def test_a_choice_that_leads_nowhere_known_is_named():
    assert problems_of("scenario", scenario(1, ("a", choice("b", "zz", trust=1)))) == [
        "There is no node with the id zz."
    ]
    assert problems_of("scenario", changed(SCENARIO, "start", to="zz")) == ["There is no node with the id zz."]


def test_a_node_without_choices_is_a_dead_end():
    faulty = scenario(1, ("a", choice("b", "c", trust=1)), ("c",))
    assert problems_of("scenario", faulty) == ["Nothing can be chosen at: c."]


def test_a_node_that_no_choice_leads_to_is_named():
    faulty = scenario(1, ("a", choice("b", trust=1)), ("c", choice("d")))
    assert problems_of("scenario", faulty) == ["No choice leads to: c."]


def test_a_loop_without_exit_is_named():
    faulty = scenario(
        1, ("a", choice("b", "c"), choice("x", trust=1)), ("c", choice("d", "e")), ("e", choice("f", "c"))
    )
    assert problems_of("scenario", faulty) == ["No end can be reached from: c, e."]


def test_ids_that_cannot_be_told_apart_in_a_response_are_refused():
    faulty = scenario(1, ("a:b", choice("c", trust=1)))
    assert problems_of("scenario", faulty) == [
        "Write ids with the letters a to z, digits and hyphens only, with at most 10 characters."
    ]


def test_the_best_way_may_go_round_a_loop_once_and_through_no_critical_choice_or_too_much_harm():
    round = ("a", choice("b", "a", trust=2), choice("c", trust=1))
    assert problems_of("scenario", scenario(3, round)) == []
    assert problems_of("scenario", scenario(4, round)) == ["No way through earns the best score of 4: the most is 3."]
    spoiled = ("a", choice("b", trust=9, critical=True), choice("c", information=9, harm=2), choice("d", trust=1))
    assert problems_of("scenario", scenario(2, spoiled)) == ["No way through earns the best score of 2: the most is 1."]


def test_a_wide_interview_is_checked_in_no_time_and_a_tangle_is_refused():
    layers = [(f"n{n}", *(choice(c, f"n{n + 1}", trust=1) for c in "abcd")) for n in range(30)]
    assert problems_of("scenario", scenario(30, *layers, ("n30", choice("a")))) == []
    tangle = [(f"n{n}", *(choice(f"c{m}", f"n{m}", trust=n + m) for m in range(9) if m != n)) for n in range(8)]
    (said,) = problems_of("scenario", scenario(1, *tangle, ("n8", choice("a"))))
    assert said == "There are too many ways through for the best score to be checked. Take out some choices."


# --- In an exam -------------------------------------------------------------------------------------------------------------


def test_what_comes_later_reaches_the_page_when_it_is_reached(officer, enrolment):
    attempt = asking.exam_of(enrolment, asking.item("scenario", SCENARIO))
    form = Form(officer, f"/attempt/{attempt.public_id}/")
    assert ("She sits down." in form.text, "Choice ask" in form.text) == (False, False)
    page = form.add("item-0", "door:greet").send("go")
    assert ("She sits down." in page, "Choice ask" in page, "She is silent." in page) == (True, True, False)


def test_one_that_is_not_at_its_end_counts_as_open(officer, enrolment):
    attempt = asking.exam_of(enrolment, asking.item("scenario", SCENARIO))
    Form(officer, f"/attempt/{attempt.public_id}/").add("item-0", "door:greet").send("go")
    page = officer.get(f"/attempt/{attempt.public_id}/submit/").content.decode()
    assert ("0 of 1 questions are answered and saved." in page, "Not answered yet" in page) == (True, True)


def test_an_id_that_yaml_reads_as_something_else_is_refused():
    faulty = changed(SCENARIO, "nodes", 0, "choices", 0, "id", to=True)
    said = ["these ids are no text as they are written; put them into quotes: True"]
    assert problems_of("scenario", faulty) == said


def test_what_a_comma_without_quotes_cuts_off_is_refused():
    """YAML reads a second name in `{rationale: Look, then ask}`."""
    faulty = changed(SCENARIO, "nodes", 0, "choices", 0, "then ask", to=None)
    said = ["these have no place in a question of the kind 'scenario': 'then ask'"]
    assert problems_of("scenario", faulty) == said


def test_what_was_said_cannot_be_unsaid(officer, enrolment):
    attempt = asking.exam_of(enrolment, asking.item("scenario", SCENARIO))
    said = [
        sitting.step(0, ["door:shout"], client_seq=1),
        sitting.step(0, ["door:greet"], client_seq=2),
        sitting.step(0, kind="clear", client_seq=3),
        sitting.step(0, kind="flag", client_seq=4),
        sitting.step(0, ["door:shout", "seat:ask"], client_seq=5),
    ]
    verdicts = sitting.verdicts(sitting.send(officer, attempt, *said))
    assert verdicts == ["accepted", "refused", "refused", "accepted", "accepted"]
    assert sheet_of(attempt).answers == {0: ["door:shout", "seat:ask"]}


def test_an_old_page_is_told_that_it_is_old(officer, enrolment):
    attempt = asking.exam_of(enrolment, asking.item("scenario", SCENARIO))
    old, new = (Form(officer, f"/attempt/{attempt.public_id}/") for _page in range(2))
    new.add("item-0", "door:greet").send("go")
    assert "This page was older than what you saved elsewhere." in old.add("item-0", "door:shout").send("go")
    assert sheet_of(attempt).answers == {0: ["door:greet"]}
