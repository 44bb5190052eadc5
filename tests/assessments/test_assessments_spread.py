"""How the answers to each kind of question spread: what an editor sees of it, and what nobody sees."""

import csv
import io
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments import kinds
from assessments.models import ItemVersion
from core.privacy import SMALLEST_CELL
from tests.assessments import asking
from tests.assessments.every import EVERY
from tests.assessments.rooms import make_quiz, sit
from tests.factories import PersonFactory

KIND = pytest.mark.parametrize("kind", sorted(EVERY))
TYPED = ("numeric", "shorttext")


@pytest.fixture
def office(client, sign_in, db):
    client = sign_in(PersonFactory(lead=True))
    client.cookies["lang"] = "en"
    return client


def published(kind, code="EV-K", **fields):
    """A version of an item of a kind."""
    texts = {"en": {"stem": "What?", "feedback": "", **asking.texts_of(kind, EVERY[kind].content)}}
    key = kinds.KINDS[kind].keyed(asking.key_of(kind, EVERY[kind].content), texts)
    return ItemVersion.objects.create(
        item_key="00000000-0000-4000-8000-0000000000aa", number=1, code=code, kind=kind, use="exam", objective="M01.O1",
        difficulty=2, key=key, texts=texts, sha256="0" * 64, published_at=timezone.now(), **fields,
    )  # fmt: skip


def answered(kind, *responses, **fields):
    """A version that was answered so, in a quiz."""
    version = published(kind, **fields)
    quiz = make_quiz("EV-KINDS", [version])
    sit(quiz, [version], [[one] for one in responses], language="en")
    return quiz


def rows(office):
    """Heading and text of each row of the item's page, with whether it is right and how many gave it."""
    page = BeautifulSoup(office.get(reverse("assessments:item", args=["EV-K"])).content, "html.parser")
    section = next((one for one in page.select("section") if one.h2 and one.h2.text == "Who chooses what"), None)
    found, heading = {}, ""
    for part in section.find_all(["h3", "li"]) if section else ():
        if part.name == "h3" and part.find_parent("li") is None:
            heading = part.text
        elif part.name == "li":
            text = (
                " ".join(span.text for span in part.select("h3 span[lang], h4 span[lang]"))
                or part.find(["h3", "h4"]).text
            )
            n = re.search(r"Officers: (under 5|\d+)", part.text)[1]
            found[heading, text.strip()] = (part.select_one(".tag.good") is not None, n)
    return found


@KIND
def test_every_part_has_its_right_answer_and_how_many_gave_it(kind, office):
    answered(kind, *[EVERY[kind].right] * 6, *[EVERY[kind].wrong] * 7)
    right = [n for is_right, n in rows(office).values() if is_right]
    assert "6" in right
    assert set(right) <= {"0", "6", "7", "13"}  # what is right in part stands in both


@KIND
def test_a_line_is_right_where_it_earns_something_and_each_value_is_in_one_line(kind):
    one = EVERY[kind]
    key, texts = asking.key_of(kind, one.content), asking.texts_of(kind, one.content)
    key = kinds.KINDS[kind].keyed(key, {"en": texts})
    groups = kinds.KINDS[kind].spread(key, texts, dict.fromkeys([*one.right, *one.wrong], 1))
    values = [value for group in groups for line in group.lines for value in line.values]
    assert len(values) == len(set(values))
    assert set(one.right) | set(one.wrong) <= set(values)
    assert set(one.right) <= {v for group in groups for line in group.lines if line.is_right for v in line.values}
    offered = kinds.KINDS[kind].spread(key, texts, {})
    assert not [line for group in offered for line in group.lines if line.is_typed]


@given(st.dictionaries(st.text(max_size=12), st.integers(1, 9), max_size=20))
def test_whatever_was_typed_is_in_exactly_one_line(typed):
    for kind in TYPED:
        key, texts = asking.key_of(kind, EVERY[kind].content), asking.texts_of(kind, EVERY[kind].content)
        key = kinds.KINDS[kind].keyed(key, {"en": texts})
        [group] = kinds.KINDS[kind].spread(key, texts, typed)
        assert sorted(value for line in group.lines for value in line.values) == sorted(typed)


def test_what_was_typed_is_shown_from_five_on_and_its_spellings_are_one(office):
    few = SMALLEST_CELL - 1
    answered(
        "shorttext",
        *[["Trafficking in persons"]] * 6,
        *[["asylum"]] * 3,
        *[["ASYLUM."]] * 2,
        *[["Daw Mya"]] * few,
        *[["U Ba"]] * few,
    )
    assert rows(office) == {
        ("", "human trafficking / trafficking in persons / လူကုန်ကူးမှု"): (True, "6"),
        ("", "smuggling"): (False, "0"),
        ("", "asylum"): (False, "5"),
        ("", "Other answers"): (False, str(2 * few)),
        ("", "No answer"): (False, "0"),
    }
    assert "Daw Mya" not in office.get(reverse("assessments:item", args=["EV-K"])).content.decode()


def test_numbers_are_one_answer_in_whatever_digits(office):
    answered("numeric", *[["1234"]] * 3, *[["၁,၂၃၅"]] * 3, *[["5 km"]] * 4, *[["၅"]] * 2)
    assert {text: n for (_heading, text), (_is_right, n) in rows(office).items()} == {
        "1234.5 km": "6", "-1234.5 km": "0", "123.45 km": "0", "5 km": "6", "No answer": "0",
    }  # fmt: skip


def test_a_part_that_was_left_out_is_counted(office):
    answered("matching", *[["a:x", "b:y"]] * 6, *[["a:z", "b:y", "c:x"]] * 7, *[[]] * 8)
    found = rows(office)
    assert {text: n for (heading, text), (_is_right, n) in found.items() if heading == "Left three"} == {
        "Right one": "7", "Right two": "0", "Right no": "0", "No answer": "14",
    }  # fmt: skip
    assert found["Left one", "Right one"] == (True, "6")


def test_the_choices_of_an_interview_stand_at_their_moments(office):
    answered("scenario", *[["door:greet", "seat:ask"]] * 6, *[["door:shout", "seat:wait", "seat:ask"]] * 7)
    found = rows(office)
    assert found["She stands at the door.", "Choice greet"] == (True, "6")
    assert found["She sits down.", "Choice ask"] == (True, "13")
    assert found["She sits down.", "Choice wait"] == (False, "7")


@pytest.mark.parametrize(
    ("kind", "chosen"),
    [("matching", "a:x b:y c:x"), ("ordering", "a:1 b:2 c:3 d:4"), ("cloze", "1:x"), ("numeric", None), ("shorttext", None), ("marks", "a c"), ("scenario", "door:greet seat:ask")],
)  # fmt: skip
def test_the_export_holds_what_was_chosen_and_nothing_that_was_typed(kind, chosen, office):
    quiz = answered(kind, *[EVERY[kind].right] * 6)
    body = office.get(reverse("assessments:responses", args=[quiz.public_id])).content.decode("utf-8-sig")
    headings, *found = csv.reader(io.StringIO(body))
    assert headings[2:] == ["EV-K v1 points", *(["EV-K v1 chosen"] if chosen else [])]
    assert found == [["en", "", "1.0", *([chosen] if chosen else [])]] * 6


# --- How sure they were ---------------------------------------------------------------------------------------------------------


def certainty(office):
    """The table of how sure they were: its bars, and what is said."""
    page = BeautifulSoup(office.get(reverse("assessments:item", args=["EV-K"])).content, "html.parser")
    section = next(
        (one for one in page.select("section") if one.h2 and one.h2.text == "Right, by how sure they were"), None
    )
    if section is None:
        return None
    return {bar.span.text: bar.b.text for bar in section.select(".measure")}, [
        one.text for one in section.select("p:not(.meta)")
    ]


def test_how_many_were_right_is_told_by_how_sure_they_were(office):
    said = [*[["a", "~sure"]] * 6, *[["b", "~sure"]] * 4, *[["a", "~fairly"]] * 5, *[["b", "~guess"]] * 5, *[["a"]] * 3]
    answered("single", *said, asks_certainty=True)
    assert certainty(office) == (
        {"Sure": "60 %", "Fairly sure": "100 %", "Guessing": "0 %"},
        ["Of those who were sure, 40 % were wrong."],
    )
    assert rows(office)["", "Option a"] == (True, "14")


def test_of_few_who_were_sure_nothing_is_told(office):
    answered("single", *[["a", "~sure"]] * 4, *[["b", "~guess"]] * 4, asks_certainty=True)
    assert certainty(office) == ({"Sure": "under 5", "Guessing": "under 5"}, [])


def test_where_it_was_not_asked_there_is_no_such_table(office):
    answered("single", *[["a"]] * 6)
    assert certainty(office) is None
