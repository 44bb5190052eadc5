"""What holds of every kind of question when it was mended, and when a result is shown."""

from decimal import Decimal

import pytest
from django.utils import timezone

from assessments import bank, kinds, regrading
from assessments.ending import submit_attempt
from assessments.models import Quiz
from tests.assessments import asking, sitting
from tests.assessments.every import EVERY
from tests.assessments.sitting import the_exam
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
KIND = pytest.mark.parametrize("kind", sorted(EVERY))


def test_every_kind_there_is_is_in_the_table():
    assert set(EVERY) == {kind for kind in kinds.KINDS if kinds.judges_itself(kind)}


def sat(item, *responses):
    """Attempts of an exam that asks only this, handed in with these answers to it."""
    made = []
    for response in responses:
        attempt = asking.exam_of(sitting.learn_all(EnrolmentFactory()), item)
        sitting.answer(attempt, {0: response} if response else {})
        made.append(submit_attempt(attempt, at=timezone.now()))
    return made


def newest(item):
    return bank.newest_versions([item.code])[item.code]


def regrade(item, treatment):
    """Look and regrade."""
    version = newest(item)
    seen = regrading.preview(the_exam(), version, treatment)
    regrading.regrade(
        the_exam(), version, treatment, digest=seen.digest, by=PersonFactory(lead=True), reason="Mended", at=timezone.now()
    )  # fmt: skip
    return seen


def points(attempts):
    """What stands for each attempt."""
    return [attempt.grades.order_by("-version")[0].score for attempt in attempts]


def page_of(client, attempt):
    """The result as its person sees it."""
    client.force_login(attempt.person)
    client.cookies["lang"] = "en"
    response = client.get(f"/attempt/{attempt.public_id}/")
    assert response.status_code == 200
    return response.content.decode()


# --- Mended ----------------------------------------------------------------------------------------------------------------


@KIND
def test_a_mended_key_judges_every_answer_and_the_result_shows_it(kind, client):
    one = EVERY[kind]
    item = asking.item(kind, one.content)
    attempts = sat(item, one.right, one.wrong, [])
    assert points(attempts) == [1, 0, 0]
    asking.mend(item, one.otherwise)
    assert newest(item) in regrading.mended_items(the_exam())
    assert len(regrade(item, "mended").judged) == 3
    key = newest(item).key
    wanted = [kinds.score(kind, key, response) for response in (one.right, one.wrong, [])]
    assert points(attempts) == wanted
    assert wanted[0] < 1
    for attempt in attempts:
        assert "This result was given anew: Mended" in page_of(client, attempt)


@pytest.mark.parametrize("kind", sorted(kind for kind, one in EVERY.items() if one.other_parts))
def test_by_a_question_with_other_parts_nobody_is_judged_and_everybody_can_get_its_point(kind, client):
    one = EVERY[kind]
    item = asking.item(kind, one.content)
    attempts = sat(item, one.right, one.wrong, [])
    asking.mend(item, one.other_parts)
    assert newest(item) not in regrading.mended_items(the_exam())
    seen = regrade(item, "mended")
    assert (seen.judged, seen.other_parts, points(attempts)) == ([], 3, [1, 0, 0])
    regrade(item, "credit")
    assert points(attempts) == [1, 1, 1]
    for attempt in attempts:
        page_of(client, attempt)


def test_an_answer_to_another_kind_of_question_is_not_judged_by_it():
    item = asking.item("single", EVERY["single"].content)
    attempts = sat(item, ["a"])
    for kind in ("multiple", "hotspot"):
        item.kind = kind
        asking.mend(item, EVERY[kind].content)
        assert (regrade(item, "mended").judged, regrading.mended_items(the_exam())) == ([], [])
    assert points(attempts) == [Decimal(1)]


def test_an_editor_is_told_that_answers_to_other_parts_are_left_as_they_are(client, sign_in):
    item = asking.item("matching", EVERY["matching"].content)
    sat(item, EVERY["matching"].right)
    asking.mend(item, EVERY["matching"].other_parts)
    client = sign_in(PersonFactory(lead=True))
    client.cookies["lang"] = "en"
    where = f"/office/exams/{the_exam().public_id}/regrade/?item={item.code}&treatment="
    assert (
        "What was answered to other parts cannot be judged by the mended question."
        in client.get(where + "mended").content.decode()
    )
    assert "cannot be judged" not in client.get(where + "credit").content.decode()


# --- What is shown ----------------------------------------------------------------------------------------------------------


def shown(client, kind, rule, *, asks_certainty=False):
    """The judged questions of a result under a rule, right and wrong, and the version that was asked."""
    one = EVERY[kind]
    item = asking.item(kind, one.content, asks_certainty=asks_certainty)
    Quiz.objects.filter(pk=the_exam().pk).update(shown={what: ["after_attempt"] for what in rule})
    said = ["~sure"] if asks_certainty else []
    pages = [page_of(client, attempt).partition('<section class="question">')[2] for attempt in sat(item, one.right + said, one.wrong + said)]  # fmt: skip
    return pages, newest(item)


def reasons_of(version):
    return {text for text in [*version.texts["en"]["rationales"].values(), version.texts["en"]["feedback"]] if text}


def strings(part):
    """Every text that is read in a question."""
    if isinstance(part, str):
        return {part} if len(part) > 2 else set()
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return set().union(*map(strings, parts))


@KIND
def test_which_answers_were_right_says_nothing_of_what_is_right(kind, client):
    pages, version = shown(client, kind, ["score", "verdicts"])
    assert [">Right<" in page for page in pages] == [True, False]
    told = strings(version.texts["en"]) - {version.texts["en"]["stem"]}
    assert [text for text in told for page in pages if f">{text}<" in page] == []
    assert [page for page in pages if 'class="option' in page or "data-" in page] == []


@KIND
def test_the_right_answers_say_nothing_of_why(kind, client):
    pages, version = shown(client, kind, ["score", "answers"])
    assert all('class="option' in page for page in pages)
    assert [text for text in reasons_of(version) for page in pages if text in page] == []
    assert [word for word in ("Trust", "Harm", "Information", "must never be made", ">Right</span></div>") for page in pages if word in page] == []  # fmt: skip


@KIND
def test_with_the_reasons_everything_is_told(kind, client):
    pages, version = shown(client, kind, ["score", "answers", "rationales"])
    assert all(any(text in page for text in version.texts["en"]["rationales"].values()) for page in pages)
    assert all(version.texts["en"]["feedback"] in page for page in pages)
    assert ("Trust 2" in pages[0]) == (kind == "scenario")


@KIND
@pytest.mark.parametrize("is_told", [True, False])
def test_that_one_was_sure_is_told_where_it_is_told_what_was_right(kind, is_told, client):
    pages, _version = shown(
        client, kind, ["score", "verdicts"] if is_told else ["score", "objectives"], asks_certainty=True
    )
    assert ["You were sure" in page for page in pages] == [is_told] * 2
