"""Questions on a drawing: the list says what the drawing shows, and points are a share."""

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from assessments import kinds
from tests.assessments import asking
from tests.assessments.asked import HOTSPOT, LABELS, changed
from tests.assessments.asking import key_of, problems_of

KEY = key_of("hotspot", HOTSPOT)
regions = st.lists(st.sampled_from(["gate", "hut", "boat"]), unique=True)


@given(regions)
def test_places_chosen_can_be_sent_and_earn_a_share(chosen):
    response = kinds.read("hotspot", chosen)
    assert kinds.is_response("hotspot", KEY, response)
    assert kinds.read("hotspot", response) == response
    score = kinds.score("hotspot", KEY, response)
    assert (0 <= score <= 1, score == 1) == (True, set(chosen) == {"gate", "boat"})


def test_choosing_every_place_earns_less_than_choosing_the_right_ones():
    scores = [kinds.score("hotspot", KEY, chosen) for chosen in (["gate"], ["gate", "hut"], ["boat", "gate", "hut"])]
    assert [float(one) for one in scores] == [0.5, 0, 0.5]


def test_where_one_place_may_be_chosen_two_are_no_response_and_two_right_ones_a_fault():
    one = changed(HOTSPOT, "several", to=False)
    assert not kinds.is_response("hotspot", key_of("hotspot", one), ["gate", "hut"])
    assert problems_of("hotspot", one) == ["Let several be chosen, or mark exactly one region as right."]
    assert problems_of("hotspot", changed(one, "regions", 2, "correct", to=False)) == []


def test_something_has_to_be_right_and_something_wrong():
    every = changed(HOTSPOT, "regions", 1, "correct", to=True)
    assert problems_of("hotspot", every) == ["Mark at least one region as right and leave at least one wrong."]


@given(st.text(max_size=40))
def test_corners_are_three_or_more_pairs_of_numbers_or_a_fault(points):
    said = problems_of("hotspot", changed(HOTSPOT, "regions", 0, "points", to=points))
    assert said == ["Write at least three corners as x,y x,y x,y with numbers from 0 to 100: gate."]


def test_the_drawing_stands_with_its_alternative_and_each_region_in_drawing_and_list_under_one_number(
    officer, enrolment
):
    attempt = asking.exam_of(enrolment, asking.item("hotspot", HOTSPOT))
    parts = BeautifulSoup(officer.get(f"/attempt/{attempt.public_id}/").content, "html.parser").select_one(".parts")
    assert parts.select_one("figure p.visually-hidden").text == "A gate and a hut."
    assert [one["data-region"] for one in parts.select("polygon")] == [
        one["value"] for one in parts.select("label input")
    ]
    numbers = [one.text for one in parts.select(".regions text")]
    assert numbers == [one.text.partition(".")[0].strip() for one in parts.select("label.option")] == ["1", "2", "3"]
    middle = parts.select_one(".regions text")
    assert (middle["x"], middle["y"]) == ("25.0%", "40.0%")
    assert parts.select("[style], script:not([src])") == []


# --- Labels ---------------------------------------------------------------------------------------------------------------

LABELLED = key_of("labels", LABELS)
placed = st.fixed_dictionaries({place: st.sampled_from(["", "a", "b", "c"]) for place in ("left", "right")})


@given(placed)
def test_labels_earn_the_share_that_is_in_its_place(given):
    response = kinds.read("labels", [f"{place}:{label}" if label else "" for place, label in given.items()])
    assert kinds.is_response("labels", LABELLED, response)
    assert kinds.read("labels", response) == response
    assert kinds.score("labels", LABELLED, response) * 2 == (given["left"] == "a") + (given["right"] == "b")


def test_a_region_has_one_label_and_a_label_has_to_be_one():
    for response in (["left:a", "left:b"], ["left:z"], ["z:a"], ["left"], ["left:a:b"]):
        assert not kinds.is_response("labels", LABELLED, response), response


def test_labels_are_not_offered_in_the_order_in_which_they_were_written():
    kind = kinds.KINDS["labels"]
    assert kind.order(LABELLED, None) == kind.order(LABELLED, None) != ["a", "b", "c"]


def test_the_result_says_the_right_label_the_one_given_and_why():
    kind, texts = kinds.KINDS["labels"], asking.texts_of("labels", LABELS)
    shown = kind.judged(LABELLED, texts, kind.order(LABELLED, None), ["left:a", "right:c"])
    told = [(one["right"], one["given"], one["is_right"], one["rationale"]) for one in shown["places"]]
    assert told == [("Gate", "Gate", True, "Because left"), ("Hut", "Bridge", False, "Because right")]


def test_a_region_has_one_number_in_the_drawing_and_before_its_list(officer, enrolment):
    attempt = asking.exam_of(enrolment, asking.item("labels", LABELS))
    parts = BeautifulSoup(officer.get(f"/attempt/{attempt.public_id}/").content, "html.parser").select_one(".parts")
    regions = [one["data-region"] for one in parts.select("polygon")]
    assert regions == [one.select("option")[1]["value"].partition(":")[0] for one in parts.select("select")]
    numbers = [one.text for one in parts.select(".regions text")]
    assert numbers == [one.text.partition(".")[0].strip() for one in parts.select("label")] == ["1", "2"]
    assert parts.select_one("picture-labels [data-scripted]").has_attr("hidden")
    assert parts.select("[style], script:not([src])") == []
