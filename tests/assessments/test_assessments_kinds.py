"""What holds of every kind of question: scores, secrets, the exam and the lesson without script, the admin, translations."""

import json

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override
from wagtail.models import Locale

from assessments import kinds
from assessments.models import Item, ItemVersion
from assessments.sheets import sheet_of
from content.translation import work
from tests.assessments import asking
from tests.assessments.asked import ASKED
from tests.assessments.asking import Form
from tests.factories import EnrolmentFactory, PersonFactory

EVERY = pytest.mark.parametrize("kind", sorted(ASKED))


def strings(part):
    """Every string in a JSON value."""
    if isinstance(part, str):
        return [part]
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return [text for one in parts for text in strings(one)]


def reasons(kind):
    """The rationales of a question."""
    return [text for text in strings(ASKED[kind].content) if text.startswith("Because")]


def go(form, kind, response, name):
    """Give a response as a form without script takes it; the page that follows the last step."""
    if kind != "scenario":
        return form.put(name, *response).send()
    for one in response:
        assert one in form.offered(name)
        page = form.add(name, one).send("go")
        if f'name="{name}"' in page:
            form = Form(form.client, form.url, f'form:has([name="{name}"])')
    return page


# --- Parts and points ---------------------------------------------------------------------------------------------------


@EVERY
def test_a_question_as_authored_has_no_fault(kind):
    assert asking.problems_of(kind, ASKED[kind].content) == []


@EVERY
def test_a_fault_is_said_in_a_sentence(kind):
    assert asking.problems_of(kind, ASKED[kind].faulty) == [ASKED[kind].refusal]


@EVERY
def test_parts_shaped_otherwise_are_refused(kind):
    assert len(asking.problems_of(kind, {"options": [{"id": "a"}]})) == 1


@EVERY
def test_right_earns_everything_wrong_and_nothing_earn_nothing(kind):
    asked, key = ASKED[kind], asking.key_of(kind, ASKED[kind].content)
    assert [kinds.score(kind, key, given) for given in (asked.right, asked.wrong, [])] == [1, 0, 0]


@EVERY
def test_what_no_client_could_send_is_no_response(kind):
    key = asking.key_of(kind, ASKED[kind].content)
    for value in (["zzz"], ASKED[kind].right * 2, ["a:b:c"], "x", None, [1], {}, [["x"]]):
        assert not kinds.is_response(kind, key, value), value
    assert kinds.is_response(kind, key, kinds.read(kind, ASKED[kind].right))


@EVERY
def test_the_page_is_given_the_same_whatever_is_right(kind):
    asked, shown = ASKED[kind], []
    for content in (asked.content, asked.otherwise):
        key, texts = asking.key_of(kind, content), asking.texts_of(kind, content)
        order = kinds.KINDS[kind].order(key, None)
        shown.append(
            [json.dumps(kinds.KINDS[kind].question(key, texts, order, given)) for given in ([], asked.right[:1])]
        )
    assert asking.key_of(kind, asked.content) != asking.key_of(kind, asked.otherwise)
    assert shown[0] == shown[1]
    assert [text for text in reasons(kind) if text in "".join(shown[0])] == []


@EVERY
def test_on_paper_it_has_its_words_and_no_reason(kind):
    asked = ASKED[kind]
    key, texts = asking.key_of(kind, asked.content), asking.texts_of(kind, asked.content)
    lines = kinds.KINDS[kind].plain(key, texts, kinds.KINDS[kind].order(key, None))
    assert lines
    assert [text for text in reasons(kind) if text in "\n".join(lines)] == []


# --- In an exam -----------------------------------------------------------------------------------------------------------


@EVERY
def test_it_is_answered_in_an_exam_without_script_and_judged(kind, officer, enrolment):
    attempt = asking.exam_of(enrolment, asking.item(kind, ASKED[kind].content))
    form = Form(officer, f"/attempt/{attempt.public_id}/")
    assert [text for text in [*reasons(kind), "Remember this."] if text in form.text] == []
    assert "Your answers are saved on the server." in go(form, kind, ASKED[kind].right, "item-0")
    assert kinds.answer(sheet_of(attempt).answers[0]) == kinds.read(kind, ASKED[kind].right)
    saved = officer.get(form.url).content.decode()
    assert [text for text in [*reasons(kind), "Remember this."] if text in saved] == []
    page = officer.post(f"/attempt/{attempt.public_id}/submit/", follow=True).content.decode()
    assert attempt.grades.get().score == 1
    assert "Remember this." in page
    assert reasons(kind)[0] in page if reasons(kind) else True


@EVERY
def test_what_was_saved_is_shown_and_saved_again_without_a_step(kind, officer, enrolment):
    attempt = asking.exam_of(enrolment, asking.item(kind, ASKED[kind].content))
    url = f"/attempt/{attempt.public_id}/"
    go(Form(officer, url), kind, ASKED[kind].right, "item-0")
    steps = attempt.steps.count()
    again = Form(officer, url)
    assert kinds.read(kind, again.fields["item-0"]) == kinds.read(kind, ASKED[kind].right)
    again.send()
    assert attempt.steps.count() == steps


@EVERY
def test_it_is_asked_in_burmese_where_the_interface_is_and_its_texts_say_their_language(kind, officer, enrolment):
    attempt = asking.exam_of(enrolment, asking.item(kind, ASKED[kind].content))
    officer.cookies["lang"] = "my"
    parts = BeautifulSoup(officer.get(f"/attempt/{attempt.public_id}/").content, "html.parser").select_one(".parts")
    english = [text for text in ASKED[kind].texts if text in str(parts)]
    for text in english:
        assert parts.find(string=lambda found, text=text: text in found).find_parent(lang=True)["lang"] == "en"


# --- In a lesson ----------------------------------------------------------------------------------------------------------


@EVERY
def test_it_is_answered_in_a_lesson_without_script_and_judged_when_it_is_whole(kind, client, db):
    asking.ask_in_lesson(kind, ASKED[kind].content)
    client.force_login(EnrolmentFactory().person)
    client.cookies["lang"] = "en"
    form = Form(client, asking.LESSON, "section.question form")
    assert [text for text in reasons(kind) if text in form.text] == []
    page = go(form, kind, ASKED[kind].right, "option")
    assert reasons(kind)[0] in page if reasons(kind) else True
    check = BeautifulSoup(page, "html.parser").find(id=f"check-{asking.CHECK}")
    assert (check.select_one(".question-head .mark") is not None, check.select("form")) == (True, [])
    assert check.select_one(".question-head .mark").text == "Right"


# --- In the admin and in translation ----------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def editor(sign_in, client, db):
    client.cookies["lang"] = "en"
    return sign_in(PersonFactory(assessor=True, language="en"))


@EVERY
def test_an_editor_writes_one_and_publishes_it(kind, editor):
    response = asking.write_in_admin(editor, kind, ASKED[kind].content)
    assert response.status_code == 302, BeautifulSoup(response.content, "html.parser").select(
        ".error-message, .messages"
    )
    made = Item.objects.get(code="MIG-M01.O1-099")
    assert (made.live, made.kind, made.key()) == (True, kind, asking.key_of(kind, ASKED[kind].content))
    assert ItemVersion.objects.get(code=made.code).texts["en"] == {
        "stem": asking.FIELDS["stem"], "feedback": asking.FIELDS["feedback"], **asking.texts_of(kind, ASKED[kind].content)
    }  # fmt: skip


@EVERY
def test_a_faulty_one_is_refused_with_a_sentence(kind, editor):
    response = asking.write_in_admin(editor, kind, ASKED[kind].faulty)
    assert response.status_code == 200
    assert [str(one) for one in response.context["form"].errors["question"]] == [ASKED[kind].refusal]
    assert not Item.objects.filter(code="MIG-M01.O1-099").exists()


@EVERY
def test_its_texts_and_nothing_else_are_given_to_translators(kind, db):
    made = asking.item(kind, ASKED[kind].content)
    source, _new = work.TranslationSource.get_or_create_from_instance(made)
    source.update_from_db()
    lines = {line.source for line in work.lines_of(source, Locale.objects.get(language_code="my"))}
    assert ASKED[kind].texts <= lines
    words = set(strings(asking.texts_of(kind, ASKED[kind].content)))
    assert lines - {asking.FIELDS["stem"], asking.FIELDS["feedback"]} <= words
