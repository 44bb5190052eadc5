"""Kinds whose parts are matched, ordered, filled in or typed: each from the editor's form to the result."""

import json
import random
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import TestCase
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield

from assessments import kinds
from assessments.kinds import KINDS
from assessments.models import Attempt, Item, ItemVersion, QuizSection
from assessments.sheets import sheet_of
from assessments.starting import start_attempt
from content.translation import work
from courses.catalogue import catalogue
from tests.assessments import sitting
from tests.assessments.parts_items import CASES, ORDERING, Case, sent
from tests.factories import EnrolmentFactory, PersonFactory

CODE = "MIG-M01.O1-101"
LESSON = "/en/courses/c1/m01/one/"
QUICK = settings(deadline=None)
each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
any_case = st.sampled_from(CASES)


def published(case: Case) -> ItemVersion:
    """The check of the first lesson, asked as this kind."""
    item = Item.objects.get(code=CODE, locale__language_code="en")
    item.question = case.stream()
    item.full_clean(validate_unique=False)
    with TestCase.captureOnCommitCallbacks(execute=True):
        item.save_revision().publish()
    version = ItemVersion.objects.filter(code=CODE).latest("number")
    assert version.kind == case.kind
    return version


def form_of(case: Case, order: list[str]):
    """The fields of a question as a page shows them."""
    from django.template.loader import render_to_string

    kind = KINDS[case.kind]
    shown = kind.question(case.key(), kind.texts(case.block), order, [])
    html = render_to_string(kind.template, {"question": {**shown, "language": "en"}, "name": "x", "stem": "stem"})
    return BeautifulSoup(html, "html.parser")


def whole(case: Case) -> list[str]:
    """The response that is all right."""
    form = form_of(case, KINDS[case.kind].order(case.key(), None))
    return kinds.read(case.kind, sent(form, "x", case.chosen, case.typed))


def offered(case: Case):
    """Whatever a form can send: something or nothing in each of its fields."""
    form = form_of(case, KINDS[case.kind].order(case.key(), None))
    fields, radios = [], []
    for one in form.select('[name="x"]'):
        if one.name == "select":
            fields.append(st.sampled_from([[option["value"]] for option in one.select("option")]))
        elif one["type"] == "hidden":
            fields.append(st.just([one["value"]]))
        elif one["type"] == "radio":
            radios.append(one["value"])
        else:
            fields.append(st.text(max_size=20).map(lambda text: [text]))
    if radios:
        fields.append(st.sampled_from([[], *([one] for one in radios)]))
    return st.tuples(*fields).map(lambda parts: [value for part in parts for value in part])


# --- Pure functions -------------------------------------------------------------------------------------------------------


@QUICK
@given(any_case, st.data())
def test_points_are_a_share_and_what_a_form_sends_is_a_response(case, data):
    response = kinds.read(case.kind, data.draw(offered(case)))
    assert kinds.is_response(case.kind, case.key(), response)
    assert 0 <= kinds.score(case.kind, case.key(), response) <= 1


@QUICK
@given(any_case, st.data())
def test_reading_a_response_again_changes_nothing(case, data):
    response = kinds.read(case.kind, data.draw(offered(case) | st.lists(st.text(max_size=8), max_size=6)))
    assert kinds.read(case.kind, response) == response


@QUICK
@given(any_case, st.lists(st.text(max_size=8) | st.sampled_from(["a:x", "true", "~1:", "1:", ":"]), max_size=6))
def test_whatever_a_client_sends_is_a_response_or_none_and_never_an_error(case, values):
    response = kinds.read(case.kind, values)
    if kinds.is_response(case.kind, case.key(), response):
        assert 0 <= kinds.score(case.kind, case.key(), response) <= 1


@each
def test_all_right_is_everything_nothing_is_nothing(case):
    key = case.key()
    assert [kinds.score(case.kind, key, response) for response in (whole(case), case.wrong, [])] == [1, 0, 0]


@each
def test_part_of_it_earns_part(case):
    key = case.key()
    assert [(response, kinds.score(case.kind, key, response)) for response, _points in case.partly] == [
        (response, Decimal(points)) for response, points in case.partly
    ]


@each
def test_what_no_form_sends_is_no_response(case):
    assert [one for one in case.impossible if kinds.is_response(case.kind, case.key(), one)] == []


@QUICK
@given(any_case, st.integers(0, 2**32), st.booleans())
def test_a_question_is_the_same_whatever_is_right(case, seed, in_a_check):
    kind = KINDS[case.kind]

    def shown(content, response):
        key = case.key(content)
        order = kind.order(key, None if in_a_check else random.Random(seed))
        return json.dumps(kind.question(key, kind.texts(case.parts(content)), order, response), sort_keys=True)

    assert case.key() != case.key(case.other)
    for response in ([], whole(case)):
        assert shown(case.content, response) == shown(case.other, response)
    assert [text for text in case.hidden if text in shown(case.content, [])] == []


@each
def test_a_whole_question_has_no_problem_and_its_paper_form_no_reason(case):
    kind = KINDS[case.kind]
    key, texts = case.key(), kind.texts(case.block)
    assert (kind.problems(key, texts), kind.problems(case.key(case.other), texts)) == ([], [])
    lines = kind.plain(key, texts, kind.order(key, None))
    assert lines
    assert [text for text in case.hidden if text in "\n".join(lines)] == []


@pytest.mark.parametrize(
    ("response", "right"),
    [
        (["a:1", "b:3", "c:2", "d:4"], [True, True, True, True]),  # b and c may change places
        (["a:1", "b:2", "c:4", "d:3"], [True, True, False, False]),
        ([], [False, False, False, False]),
    ],
)
def test_a_part_put_elsewhere_without_loss_is_judged_right(response, right):
    kind, key = KINDS["ordering"], ORDERING.key()
    shown = kind.judged(key, kind.texts(ORDERING.block), kind.order(key, None), response)
    assert [part["is_right"] for part in shown["parts"]] == right


# --- Sitting, without script ----------------------------------------------------------------------------------------------


@pytest.fixture
def attempt_at(enrolment):
    """An open attempt that asks the case and nothing else."""

    def begin(case: Case) -> Attempt:
        key = published(case).item_key
        exam = sitting.the_exam()
        exam.sections.all().delete()
        QuizSection.objects.create(quiz=exam, position=0, items=[str(key)])
        return start_attempt(exam, enrolment.person, scope=enrolment.public_id, at=timezone.now())

    return begin


def answered(officer, attempt, case, **fields):
    """The page's form sent with the question filled in; the page that comes after."""
    url = f"/attempt/{attempt.public_id}/"
    form = BeautifulSoup(officer.get(url).content, "html.parser").select_one("form.questions")
    hidden = {one["name"]: one["value"] for one in form.select("input[type=hidden]") if one["name"] != "item-0"}
    return officer.post(url, {**hidden, "item-0": sent(form, "item-0", **fields), "action": "save"}, follow=True)


@each
def test_in_an_exam_it_is_answered_with_a_plain_form_shown_again_handed_in_and_judged(case, officer, attempt_at):
    attempt = attempt_at(case)
    page = answered(officer, attempt, case, chosen=case.chosen, typed=case.typed).content.decode()
    assert sheet_of(attempt).answers == {0: whole(case)}
    assert [text for text in case.hidden if text in page and text not in case.typed] == []
    # What is shown again, sent unchanged, changes nothing.
    form = BeautifulSoup(page, "html.parser").select_one("form.questions")
    shown = [one["value"] for one in form.select('[name="item-0"] option[selected], [name="item-0"][checked]')]
    typed = [one.get("value", "") for one in form.select('input[type="text"][name="item-0"]')]
    assert (sorted(filter(None, shown)), typed) == (sorted(case.chosen), case.typed)
    officer.post(f"/attempt/{attempt.public_id}/submit/")
    assert (attempt.grades.get().score, attempt.grades.get().max_score) == (1, 1)
    result = officer.get(f"/attempt/{attempt.public_id}/").content.decode()
    assert [text for text in case.why if text not in result] == []


@each
def test_an_answer_taken_back_is_no_answer(case, officer, attempt_at):
    attempt = attempt_at(case)
    answered(officer, attempt, case, chosen=case.chosen, typed=case.typed)
    answered(officer, attempt, case)
    assert sheet_of(attempt).answers == {}


@pytest.mark.django_db
@each
def test_in_a_lesson_it_is_answered_with_a_plain_form_and_judged_at_once(case, client):
    published(case)
    client.force_login(EnrolmentFactory().person)
    client.cookies["lang"] = "en"
    page = BeautifulSoup(client.get(LESSON).content, "html.parser")
    assert [text for text in case.hidden if text in str(page)] == []
    form = page.select_one(f'[id="check-{CODE}"] form')
    values = {
        "option": sent(form, "option", case.chosen, case.typed),
        "csrfmiddlewaretoken": form.select_one("[name=csrfmiddlewaretoken]")["value"],
    }
    client.post(form["action"], values)
    judged = BeautifulSoup(client.get(LESSON).content, "html.parser").select_one(f'[id="check-{CODE}"]')
    assert judged.select_one(".question-head .mark").text == "Right"
    assert [text for text in case.why if text not in judged.text] == []


@pytest.mark.django_db
@each
def test_a_wrong_answer_in_a_lesson_shows_what_was_right_and_why(case, client):
    published(case)
    enrolment = EnrolmentFactory()
    client.force_login(enrolment.person)
    client.cookies["lang"] = "en"
    _module, lesson = catalogue("en").by_code["C1"].lessons[0]
    client.post(f"/learn/lessons/{lesson.key}/check/{CODE}/", {"option": case.wrong})
    judged = BeautifulSoup(client.get(LESSON).content, "html.parser").select_one(f'[id="check-{CODE}"]')
    assert judged.select_one(".question-head .mark").text == "Not quite"
    assert [text for text in case.why if text not in judged.text] == []


# --- The editor -----------------------------------------------------------------------------------------------------------


def posted(value):
    """What the editor's form sends for a block's stored value."""
    if isinstance(value, list):
        rows = {
            str(n): {"deleted": "", "order": str(n), "type": "", "id": "", "value": posted(one["value"])}
            for n, one in enumerate(value)
        }
        return {"count": str(len(value)), **rows}
    if isinstance(value, dict):
        return {name: posted(part) for name, part in value.items() if part is not False}
    return "on" if value is True else "" if value is None else str(value)


def added(editor, case, content):
    """The form of a new item, sent; the answer."""
    block = KINDS[case.kind].block()
    fields = {
        "code": "MIG-M01.O1-190", "objective": "M01.O1", "competency": "MIG1", "use": "check", "bloom": "apply", "difficulty": "2",
        "facts": "", "sources": "", "stem": "What belongs here?", "feedback": "",
        "question": streamfield([(case.kind, posted(block.get_prep_value(block.to_python(content))))]),
        "action-publish": "1",
    }  # fmt: skip
    editor.cookies["lang"] = "en"
    return editor.post("/admin/snippets/assessments/item/add/?locale=en", nested_form_data(fields))


@pytest.fixture
def editor(sign_in):
    return sign_in(PersonFactory(assessor=True, language="en"))


@pytest.mark.django_db
@each
def test_an_editor_makes_one_in_the_form_and_it_is_published_as_authored(case, editor):
    assert added(editor, case, case.content).status_code == 302
    item = Item.objects.get(code="MIG-M01.O1-190")
    assert (item.kind, ItemVersion.objects.get(code="MIG-M01.O1-190").key) == (
        case.kind,
        json.loads(json.dumps(case.key())),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("case", "changed", "sentence"),
    [(case, changed, sentence) for case in CASES for changed, sentence in case.faulty],
    ids=lambda one: getattr(one, "kind", ""),
)
def test_a_faulty_one_is_refused_with_a_sentence(case, changed, sentence, editor):
    page = BeautifulSoup(added(editor, case, case.content | changed).content, "html.parser")
    _value, error = json.loads(page.select_one("#question")["data-w-block-arguments-value"])
    assert error == {"messages": [sentence]}
    assert not Item.objects.filter(code="MIG-M01.O1-190").exists()


@pytest.mark.django_db
@each
def test_a_translator_gets_every_text_and_no_code(case):
    version = published(case)
    lines = work.lines_of(work.source_of(version.item_key), Locale.objects.get(language_code="my"))
    own = [line.source.replace("<br/>", "\n") for line in lines if line.path.startswith("question")]
    assert own == list(dict.fromkeys(case.texts))
