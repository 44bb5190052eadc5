"""The evidence about items: what is counted, what it costs, and what the pages say and do not say."""

import csv
import io
import re
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import evidence
from assessments.models import Attempt, AttemptStep, GradeRecord, Quiz
from core.privacy import SMALLEST_CELL
from tests.assessments import sitting
from tests.assessments.rooms import ladder, make_people, make_quiz, make_version, sit
from tests.assessments.test_assessments_spread import published
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def versions():
    return [make_version(f"EV-{place}") for place in range(4)]


@pytest.fixture
def quiz(versions):
    return make_quiz("EV-EXAM", versions)


@pytest.fixture
def office(client, sign_in):
    client = sign_in(PersonFactory(lead=True))
    client.cookies["lang"] = "en"
    return client


def counted():
    cache.clear()
    return evidence.counted("exam")


def known(version, quiz):
    return counted().tallies.get((str(version.pk), quiz.pk))


def text(response) -> str:
    """What is read on a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# --- What is counted ---------------------------------------------------------------------------------------------------


def test_points_choices_time_and_language_come_from_the_record_of_the_sitting(quiz, versions):
    sit(quiz, versions, [["a", "b", "", "a"]] * 6, language="en", seconds=40)
    found = [known(version, quiz) for version in versions]
    assert [one.facility for one in found] == [1, 0, 0, 1]
    assert [(one.answered, one.nothing.n) for one in found] == [(6, 0), (6, 0), (0, 6), (6, 0)]
    assert found[1].choices["b"].n == 6
    assert [one.median_seconds for one in found] == [40, 40, None, 40]
    assert evidence.analysis.group_sizes(found[0].languages) == {"en": (6, 6)}


def test_only_first_attempts_count_but_each_is_an_exposure(quiz, versions):
    people = make_people(5)
    sit(quiz, versions, [["b"] * 4] * 5, people=people)
    sit(quiz, versions, [["a"] * 4] * 5, people=people, number=2)
    assert (known(versions[0], quiz).asked, known(versions[0], quiz).facility) == (5, 0)
    assert counted().exposure[str(versions[0].pk)] == 10


def test_who_takes_the_course_again_is_counted_once(quiz, versions):
    people = make_people(5)
    sit(quiz, versions, [["b"] * 4] * 5, people=people)
    sit(quiz, versions, [["a"] * 4] * 5, people=people)  # another scope begins with number 1 again
    assert (known(versions[0], quiz).asked, known(versions[0], quiz).facility) == (5, 0)


def test_an_open_attempt_says_nothing_yet(quiz, versions):
    attempts = sit(quiz, versions, [["a"] * 4] * 5)
    Attempt.objects.filter(pk=attempts[0].pk).update(status="open", submitted_at=None)
    assert known(versions[0], quiz).asked == 4


def test_the_newest_grade_counts(quiz, versions):
    [attempt] = sit(quiz, versions, [["b"] * 4])
    old = attempt.grades.get()
    details = {**old.details, "items": [{"points": "1", "answered": True}] * 4}
    GradeRecord.objects.create(attempt=attempt, version=2, score=4, max_score=4, passed=True, details=details, reason="mended", graded_at=old.graded_at)  # fmt: skip
    assert known(versions[0], quiz).facility == 1


def test_an_answer_that_waits_to_be_marked_is_left_out(quiz, versions):
    [attempt] = sit(quiz, versions, [["a"] * 4])
    old = attempt.grades.get()
    details = {**old.details, "items": [{"points": None, "answered": True}, *old.details["items"][1:]]}
    GradeRecord.objects.create(attempt=attempt, version=2, score=3, max_score=4, passed=True, details=details, reason="mended", graded_at=old.graded_at)  # fmt: skip
    assert (known(versions[0], quiz), known(versions[1], quiz).asked) == (None, 1)


def test_a_point_that_everybody_got_says_nothing_of_the_question(quiz, versions):
    [attempt] = sit(quiz, versions, [["b"] * 4])
    old = attempt.grades.get()
    items = [{"points": "1", "answered": True}, *old.details["items"][1:]]
    details = {**old.details, "items": items, "credited": [0]}
    GradeRecord.objects.create(attempt=attempt, version=2, score=1, max_score=4, passed=True, details=details, reason="faulty", graded_at=old.graded_at)  # fmt: skip
    assert (known(versions[0], quiz), known(versions[1], quiz).asked) == (None, 1)


def test_answers_that_came_together_say_nothing_of_time(quiz, versions):
    sit(quiz, versions, [["a"] * 4] * 5, seconds=0)
    assert known(versions[0], quiz).median_seconds is None


def test_an_answer_taken_back_is_none_and_one_that_did_not_count_is_not_seen(quiz, versions):
    [attempt] = sit(quiz, versions, [["a", "a", "a", "a"]])
    at = attempt.started_at + timedelta(minutes=9)
    for seq, kind, place, value, verdict in [(5, "clear", 0, [], "accepted"), (6, "answer", 1, ["b"], "superseded"), (7, "answer", 2, ["c"], "accepted")]:  # fmt: skip
        AttemptStep.objects.create(attempt=attempt, seq=seq, kind=kind, place=place, value=value, verdict=verdict, device="e", client_seq=seq, base_seq=4, received_at=at + timedelta(seconds=seq))  # fmt: skip
    found = [known(version, quiz) for version in versions[:3]]
    assert [{option: choice.n for option, choice in one.choices.items()} for one in found] == [{}, {"a": 1}, {"c": 1}]


def test_an_item_without_a_burmese_text_was_read_in_english(quiz):
    english = make_version("EV-EN", languages=["en"])
    sit(quiz, [english], [["a"]] * 3, language="my")
    assert evidence.analysis.group_sizes(known(english, quiz).languages) == {"en": (3, 3)}


@pytest.mark.parametrize("language", ["my", "en"])
def test_an_attempt_keeps_the_language_it_was_begun_in(language, client):
    enrolment = sitting.learn_all(EnrolmentFactory())
    client.force_login(enrolment.person)
    client.cookies["lang"] = language
    client.post(sitting.the_exam().get_absolute_url())
    assert Attempt.objects.get(person=enrolment.person).language == language


# --- Versions ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "counted_together"),
    [
        ({"languages": ["en"]}, True),  # a translation was added
        ({"difficulty": 4}, True),
        ({"stem": "Other words"}, False),
        ({"key": {"a": False, "b": True, "c": False}}, False),
    ],
    ids=["language", "difficulty", "words", "key"],
)
def test_answers_to_an_older_version_count_where_it_asked_the_same(change, counted_together):
    old = make_version("EV-V", **({"stem": "Words"} | change))
    new = make_version("EV-V", item_key=old.item_key, number=2, stem="Words")
    quiz = make_quiz("EV-VERSIONS", [new])
    sit(quiz, [old], [["a"]] * 6)
    sit(quiz, [new], [["a"]] * 7)
    found, _at = evidence.one_item("EV-V")
    assert found.known.asked == (13 if counted_together else 7)
    assert [(version.number, tally.asked) for version, tally in found.versions] == [(2, 7), (1, 6)]


# --- The quiz --------------------------------------------------------------------------------------------------------------


def test_reliability_is_of_papers_of_one_make_and_says_what_it_leaves_out(quiz, versions):
    sit(quiz, versions, ladder(40, 4))
    sit(quiz, versions[:3], ladder(3, 3))
    found = counted().quizzes[quiz.pk]
    assert (found.attempts, found.reliability.n, found.reliability.k, found.left_out) == (43, 40, 4, 3)


def test_scores_are_spread_over_ten_columns_with_full_marks_in_the_last(quiz, versions):
    sit(quiz, versions, [["a"] * 4] * 2 + [["a", "a", "b", "b"]] * 3 + [["b"] * 4] * 4)
    assert counted().quizzes[quiz.pk].bins == [4, 0, 0, 0, 0, 3, 0, 0, 0, 2]


# --- What it costs -----------------------------------------------------------------------------------------------------------


def test_five_hundred_attempts_of_twenty_items_are_counted_in_under_a_second():
    versions = [make_version(f"EV-{place:02}") for place in range(20)]
    quiz = make_quiz("EV-LARGE", versions)
    sit(quiz, versions, ladder(500, 20))
    taken = []
    for _again in range(3):  # the machine may be busy with something else
        started = time.process_time()
        found = evidence.count(Quiz.objects.filter(pk=quiz.pk), at=quiz.created_at)
        taken.append(time.process_time() - started)
    assert sum(one.asked for one in found.tallies.values()) == 10_000
    assert min(taken) < 1


@pytest.mark.parametrize("officers", [6, 40])
def test_counting_takes_four_statements_for_any_number_of_officers_and_quizzes(officers, django_assert_num_queries):
    for name in ("EV-A", "EV-B", "EV-C")[: officers // 10 + 1]:
        versions = [make_version(f"{name}-{place}") for place in range(3)]
        sit(make_quiz(name, versions, kind="practice"), versions, ladder(officers, 3))
    cache.clear()
    with django_assert_num_queries(4):  # attempts, grades, steps, versions
        evidence.count(Quiz.objects.all(), at=None)


@pytest.mark.parametrize("page", ["items", "item", "evidence"])
def test_a_page_takes_as_many_statements_for_many_as_for_few(page, office, quiz, versions):
    sit(quiz, versions, ladder(6, 4))
    path = reverse(f"assessments:{page}", args={"items": [], "item": ["EV-0"], "evidence": [quiz.public_id]}[page])
    taken = []
    for more in (0, 30):
        if more:
            others = [make_version(f"EV-M{place}") for place in range(8)]
            sit(make_quiz("EV-MORE", others, kind="practice"), others, ladder(more, 8))
            sit(quiz, versions, ladder(more, 4))
            evidence.cache.delete("evidence:exam")
        office.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert office.get(path).status_code == 200
        taken.append(len(asked))
    assert taken[1] == taken[0]
    assert taken[0] <= 9


# --- Pages -------------------------------------------------------------------------------------------------------------------


def codes(response) -> list[str]:
    return re.findall(r'<h3><a href="[^"]+">(EV-[\w-]+)</a>', response.content.decode())


def test_the_list_is_put_in_order_and_filtered_without_script(office, quiz, versions):
    other = make_version("EV-Z", objective="M03.O1")
    given = [[*row, "b" if number < 20 else "a"] for number, row in enumerate(ladder(40, 4))]
    sit(quiz, [*versions, other], given)
    place = reverse("assessments:items")

    def shown(**asked):
        return [code for code in codes(office.get(place, asked)) if code.startswith("EV")]

    assert shown(sort="code") == ["EV-0", "EV-1", "EV-2", "EV-3", "EV-Z"]
    assert shown(sort="facility")[0] == "EV-3"
    assert shown(sort="-facility")[0] == "EV-0"
    assert shown(objective="M03.O1") == ["EV-Z"]
    assert shown(flag="easy") == ["EV-0"]
    assert shown(use="check") == []
    assert shown(sort="nonsense", flag="nonsense", use="nonsense", objective="nonsense", page="nonsense") == shown()


def test_an_editor_is_told_when_strong_officers_choose_a_wrong_option(office, quiz, versions):
    given = [["a" if number < 20 else "b", *row[1:]] for number, row in enumerate(ladder(60, 4))]
    sit(quiz, versions, given)
    said = "The key may be wrong: strong officers choose B."
    assert said in text(office.get(reverse("assessments:items")))
    assert said in text(office.get(reverse("assessments:item", args=["EV-0"])))


def test_an_editor_is_told_when_the_burmese_version_is_harder(office, quiz, versions):
    rows, languages = [], []
    for number in range(240):
        in_burmese, strong = number % 2 == 0, number % 4 < 2
        right = number % 5 == 0 if in_burmese else number % 5 != 0
        rows.append(["a" if right else "bc"[number % 3 == 0], *(["a", "a", "b"] if strong else ["a", "c", "b"])])
        languages.append("my" if in_burmese else "en")
    sit(quiz, versions, rows, language=languages)
    page = text(office.get(reverse("assessments:item", args=["EV-0"])))
    assert "The Burmese version seems harder than the English one." in page
    assert "Mantel–Haenszel: class C" in page


def test_few_attempts_are_said_to_be_few(office, quiz, versions):
    sit(quiz, versions, ladder(12, 4))
    assert "Not enough attempts yet: 12 of 30." in text(office.get(reverse("assessments:item", args=["EV-0"])))


@pytest.mark.parametrize(("officers", "shown"), [(SMALLEST_CELL - 1, False), (SMALLEST_CELL, True)])
def test_nothing_is_shown_of_a_small_group(officers, shown, office, quiz, versions):
    sit(quiz, versions, [["a", "b", "a", "a"]] * officers)
    pages = [office.get(reverse("assessments:item", args=["EV-0"])), office.get(reverse("assessments:evidence", args=[quiz.public_id]))]  # fmt: skip
    assert ["100 %" in text(page) for page in pages] == [shown, shown]
    rows = list(csv.reader(io.StringIO(office.get(reverse("assessments:responses", args=[quiz.public_id])).content.decode("utf-8-sig"))))  # fmt: skip
    assert len(rows) - 1 == (officers if shown else 0)


def test_how_many_chose_an_option_is_not_told_where_they_are_few(office, quiz, versions):
    sit(quiz, versions, [["a"] * 4] * 30 + [["b"] * 4] * 3)
    page = text(office.get(reverse("assessments:item", args=["EV-0"])))
    chosen = re.findall(r"Option (\w) .*?Officers: (under 5|\d+)", page)
    assert dict(chosen)["b"] == "under 5"
    assert "Officers: 3 " not in page


def test_no_page_names_a_person(office, quiz, versions):
    people = make_people(40)
    sit(quiz, versions, ladder(40, 4), people=people)
    for name, args in [("items", []), ("item", ["EV-0"]), ("evidence", [quiz.public_id]), ("responses", [quiz.public_id])]:  # fmt: skip
        body = office.get(reverse(f"assessments:{name}", args=args)).content.decode()
        assert [one.service_number for one in people if one.service_number in body or str(one.public_id) in body] == []
        assert "Ma Hla" not in body


@pytest.mark.parametrize(("role", "status"), [("editor", 404), ("assessor", 200), ("lead", 200), ("trainer", 404), ("registrar", 404), ("translator", 404), ("", 404)])  # fmt: skip
def test_evidence_is_for_editors_and_leads(role, status, sign_in, quiz, versions):
    client = sign_in(PersonFactory(**({role: True} if role else {})))
    for name, args in [("items", []), ("item", ["EV-0"]), ("evidence", [quiz.public_id]), ("responses", [quiz.public_id])]:  # fmt: skip
        assert client.get(reverse(f"assessments:{name}", args=args)).status_code == status


def test_an_item_that_is_not_in_the_bank_is_not_there(office):
    assert office.get(reverse("assessments:item", args=["NO-SUCH"])).status_code == 404


# --- The export --------------------------------------------------------------------------------------------------------------


def exported(office, quiz) -> list[list[str]]:
    response = office.get(reverse("assessments:responses", args=[quiz.public_id]))
    assert response.headers["Content-Disposition"].startswith("attachment; ")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_export_holds_points_and_choices_and_no_order_of_persons(office, quiz, versions):
    given = [["b", "a", "", "a"]] * 5 + [["a", "a", "c", "a"]] * 6
    sit(quiz, versions, given, language=["en"] * 5 + ["my"] * 6)
    headings, *rows = exported(office, quiz)
    assert headings == ["language", "form", *(f"EV-{n} v1 {what}" for n in range(4) for what in ("points", "chosen"))]
    assert rows == [["en", "", "0.0", "b", "1.0", "a", "0.0", "", "1.0", "a"]] * 5 + [["my", "", "1.0", "a", "1.0", "a", "0.0", "c", "1.0", "a"]] * 6  # fmt: skip


def test_a_language_of_few_is_not_told_and_cannot_be_worked_out(office, quiz, versions):
    sit(quiz, versions, ladder(17, 4), language=["my"] * 9 + ["en"] * 6 + ["shn"] * 2)
    assert sorted(row[0] for row in exported(office, quiz)[1:]) == [""] * 8 + ["my"] * 9


def test_what_was_typed_is_not_in_the_export(office, quiz):
    typed = published("shorttext", "EV-T")
    room = sit(quiz, [make_version("EV-O")], [["a"]] * 6)
    for attempt in room:
        paper = {"items": [*attempt.paper["items"], {"version": str(typed.pk), "section": 0, "options": []}]}
        Attempt.objects.filter(pk=attempt.pk).update(paper=paper)
        old = attempt.grades.get()
        details = {**old.details, "items": [*old.details["items"], {"points": "0.5", "answered": True}]}
        GradeRecord.objects.create(attempt=attempt, version=2, score=1, max_score=2, passed=True, details=details, reason="r", graded_at=old.graded_at)  # fmt: skip
        AttemptStep.objects.create(attempt=attempt, seq=9, kind="answer", place=1, value=["my secret"], verdict="accepted", device="e", client_seq=9, base_seq=4, received_at=attempt.submitted_at)  # fmt: skip
    headings, *rows = exported(office, quiz)
    assert headings == ["language", "form", "EV-O v1 points", "EV-O v1 chosen", "EV-T v1 points"]
    assert rows == [["my", "", "1.0", "a", "0.5"]] * 6
