"""The bank in the admin and against the blueprint."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from assessments import bank
from assessments.models import BlueprintLine, Item, QuizSection
from tests.assessments import asking, sitting
from tests.assessments.every import EVERY
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(sign_in, client):
    client.cookies["lang"] = "en"
    return sign_in(PersonFactory(assessor=True))


def item(code="MIG-M01.O1-001"):
    return Item.objects.get(code=code, locale__language_code="en")


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


# --- The blueprint ----------------------------------------------------------------------------------------------------------


def test_the_blueprint_shows_what_there_is_beside_what_is_asked(editor):
    page = soup(editor.get("/office/blueprint/"))
    rows = {row["id"]: row.select_one(".mark").text for row in page.select(".rows > li")}
    exam = {
        o: Item.objects.filter(objective=o, use="exam", live=True, locale__language_code="en").count() for o in rows
    }
    assert rows == {objective: f"{exam[objective]}/6" for objective in ("M01.O1", "M03.O1")}


def test_an_item_taken_out_of_the_bank_is_missing_at_once():
    before = {one.line.objective: one.missing for one in bank.blueprint()}
    Item.objects.filter(code="MIG-M01.O1-001").update(live=False)
    after = {one.line.objective: one.missing for one in bank.blueprint()}
    assert after["M01.O1"] == before["M01.O1"] + 1


def test_an_item_counts_once_whatever_the_number_of_its_languages():
    stock = next(one for one in bank.blueprint() if one.line.objective == "M01.O1")
    assert (
        stock.exam + stock.check
        == Item.objects.filter(objective="M01.O1", locale__language_code="en", live=True).count()
    )
    assert stock.translated == {
        "my": Item.objects.filter(objective="M01.O1", locale__language_code="my", live=True).count()
    }


def test_the_blueprint_costs_the_same_for_any_number_of_objectives(django_assert_num_queries):
    for number in range(40):
        BlueprintLine.objects.create(objective=f"M50.O{number}", bloom="apply", competency="MIG1", bank=4, form=1, kinds="single")  # fmt: skip
    with django_assert_num_queries(2):  # the live items, the lines
        assert len(bank.blueprint()) == 42


# --- An item in the admin -------------------------------------------------------------------------------------------------


def test_an_editor_sees_where_an_item_is_asked_and_how_many_people_met_it(editor):
    enrolment = EnrolmentFactory()
    attempt = sitting.begin(enrolment)
    asked = sitting.versions_of(attempt)[0]
    page = soup(editor.get(reverse("wagtailsnippets_assessments_item:edit", args=[item(asked.code).pk])))
    panel = {dt.text: dt.find_next("dd").text for dt in page.select("dl dt")}
    assert (panel["May be drawn in"], panel["People who met it"]) == ("C1-EXAM", "1")


def test_a_check_names_the_lesson_that_asks_it():
    assert bank.usage(item("MIG-M01.O1-101")).named_in == ["M01.L1"]


@pytest.mark.parametrize(
    ("section", "is_drawn"),
    [
        ({"tags": "border"}, True),
        ({"tags": "border night"}, False),
        ({"tags": "border", "difficulty_from": 2, "difficulty_to": 3}, True),
        ({"tags": "border", "difficulty_from": 4}, False),
        ({"objective": "M01.O1"}, True),
        ({"objective": "M01.O1", "tags": "night"}, False),
        ({"objective": "M03.O1"}, False),
    ],
)
def test_an_item_may_be_drawn_where_the_draw_would_take_it(section, is_drawn):
    one = asking.item("single", EVERY["single"].content, tags="border river", difficulty=3)
    QuizSection.objects.all().delete()
    QuizSection.objects.create(quiz=sitting.the_exam(), position=0, count=1, **section)
    assert bank.usage(one).drawn_in == ["C1-EXAM"] * is_drawn


def test_an_item_that_is_withdrawn_is_asked_nowhere():
    Item.objects.filter(code="MIG-M01.O1-101").update(live=False)
    assert bank.usage(item("MIG-M01.O1-101")).named_in == []


def test_the_preview_shows_the_item_as_it_is_asked_judged_and_printed(editor):
    one = item()
    response = one.make_preview_request()
    page = soup(response)
    assert len(page.select("input[name=preview]")) == len(one.options)
    assert [len(page.select(".option.right"))] == [sum(one.key().values())]


@pytest.mark.parametrize("kind", EVERY)
def test_every_kind_has_a_preview(kind):
    response = asking.item(kind, EVERY[kind].content).make_preview_request()
    assert (response.status_code, len(soup(response).select("section.question"))) == (200, 3)


def test_the_list_is_narrowed_by_kind(editor):
    listed = soup(editor.get(reverse("wagtailsnippets_assessments_item:list"), {"kind": "multiple", "locale": "en"}))
    every = set(Item.objects.values_list("code", flat=True))
    shown = every & {word for row in listed.select("tbody tr") for word in row.get_text(" ").split()}
    assert shown == set(Item.objects.filter(kind="multiple").values_list("code", flat=True))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda options: options[1]["value"].update(correct=True), "Mark exactly one option as right."),
        (lambda options: options[1]["value"].update(id="a"), "Two parts have the same id: a."),
        (lambda options: options.__delitem__(slice(1, None)), "Give at least three options with different ids."),
    ],
)
def test_an_item_that_cannot_be_asked_is_refused_with_a_sentence(spoil, sentence):
    from django.core.exceptions import ValidationError
    from django.utils.translation import override

    one = item()
    raw = json.loads(json.dumps(list(one.question.raw_data)))
    for number, option in enumerate(raw[0]["value"]["options"]):
        option["value"]["correct"] = number == 0
    spoil(raw[0]["value"]["options"])
    one.question = Item._meta.get_field("question").to_python(json.dumps(raw))
    with override("en"):
        with pytest.raises(ValidationError) as refused:
            one.full_clean(validate_unique=False)
        assert refused.value.messages[0] == sentence


def test_an_item_without_its_parts_is_refused():
    from django.core.exceptions import ValidationError

    one = item()
    one.question = Item._meta.get_field("question").to_python("[]")
    with pytest.raises(ValidationError):
        one.full_clean(validate_unique=False)
