"""Twenty officers at the same moment: nothing is lost, nothing is doubled, nobody sees an error."""

import re
import time
from collections import Counter
from typing import Any

import pytest

from deploy.bench.browser import Paper, begin
from deploy.bench.load import at_once
from tests.concurrency.room import Room, failures, public_id

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db]

TWENTY = range(20)


def hand_in(paper: Paper) -> int:
    """The last word, which has to be taken."""
    status = paper.hand_in().status
    if status != 302:
        raise RuntimeError(f"handing in: {status}")
    return status


def test_twenty_who_start_answer_and_hand_in_at_once_lose_nothing_and_double_nothing(room: Room):
    browsers = [room.browser() for _ in TWENTY]
    sent: dict[str, list[str]] = {}

    def sit(browser) -> None:
        paper, ids = begin(browser, room.quiz), []
        for place, options in paper.options.items():
            step = paper.step(place, options[0])
            answer, verdicts = paper.save(step)
            if verdicts != ["accepted"]:
                raise RuntimeError(f"a save: {answer.status} {verdicts}")
            ids.append(step["id"])
        hand_in(paper)
        sent[paper.path] = ids

    results = at_once([lambda browser=browser: sit(browser) for browser in browsers])
    stored = {path: room.steps(path) for path in sent}
    assert failures(results) == []
    assert {path: len(ids) for path, ids in sent.items()} == dict.fromkeys(sent, 4)
    assert len(sent) == 20
    assert {path: [pk for _seq, pk, kind, _v in steps if kind == "answer"] for path, steps in stored.items()} == sent
    assert {path: [seq for seq, *_rest in steps] for path, steps in stored.items()} == {
        key: [1, 2, 3, 4, 5] for key in sent
    }
    assert {path: steps[-1][2] for path, steps in stored.items()} == dict.fromkeys(sent, "submit")
    assert {path: [version for version, _passed in room.grades(path)] for path in sent} == {key: [1] for key in sent}


def test_twenty_who_pass_at_once_get_a_certificate_each_with_a_number_of_its_own(room: Room):
    papers = [begin(room.browser(), room.quiz) for _ in TWENTY]
    for paper in papers:
        right = room.right_answers(paper.path)
        assert paper.save(*(paper.step(n, *options) for n, options in enumerate(right)))[1] == ["accepted"] * 4
    results = at_once([lambda paper=paper: hand_in(paper) for paper in papers])
    assert failures(results) == []
    assert [room.grades(paper.path) for paper in papers] == [[(1, True)]] * 20

    def serials() -> list[Any]:
        certified = (
            "SELECT c.serial FROM certificates_certificate c JOIN courses_enrolment e ON e.id = c.enrolment_id "
            "JOIN assessments_attempt a ON a.scope = e.public_id WHERE a.public_id = ?"
        )
        return [row for paper in papers for row in room.rows(certified, public_id(paper.path))]

    deadline = time.monotonic() + 120  # the worker looks for tasks every few seconds
    while len(issued := serials()) < 20 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert len(issued) == len(set(issued)) == 20


def test_an_officer_who_starts_twenty_times_at_once_has_one_attempt(room: Room):
    browser = room.browser()
    session = re.search(r"sid=(\w+)", browser.headers["Cookie"])[1]
    taps = [type(browser)(room.site, session) for _ in TWENTY]
    answers = at_once([lambda tap=tap: tap.ask("POST", room.quiz) for tap in taps])
    assert failures(answers) == []
    assert {answer.status for answer in answers} == {302}
    (path,) = {answer.headers["Location"] for answer in answers}
    ((person,),) = room.rows("SELECT person_id FROM assessments_attempt WHERE public_id = ?", public_id(path))
    assert room.rows("SELECT number, status FROM assessments_attempt WHERE person_id = ?", person) == [(1, "open")]


def test_an_answer_sent_twenty_times_at_once_is_stored_once_and_answered_alike(room: Room):
    first = begin(room.browser(), room.quiz)
    session = re.search(r"sid=(\w+)", first.browser.headers["Cookie"])[1]
    papers = [Paper(type(first.browser)(room.site, session), first.path) for _ in TWENTY]
    step = first.step(0, first.options[0][0])
    answers = at_once([lambda paper=paper: paper.save(step) for paper in papers])
    assert failures(answers) == []
    assert Counter(answer.status for answer, _verdicts in answers) == {200: 20}
    assert {answer.text.partition('"seconds_left"')[0] for answer, _verdicts in answers} == {
        f'{{"steps": [{{"id": "{step["id"]}", "verdict": "accepted", "seq": 1}}], "head": 1, '
    }
    assert room.steps(first.path) == [(1, step["id"], "answer", "accepted")]


def test_twenty_answers_of_one_officer_at_once_are_all_stored_in_an_order_without_gaps(room: Room):
    first = begin(room.browser(), room.quiz)
    session = re.search(r"sid=(\w+)", first.browser.headers["Cookie"])[1]
    papers = [Paper(type(first.browser)(room.site, session), first.path) for _ in TWENTY]
    steps = [paper.step(n % 4, paper.options[n % 4][0]) for n, paper in enumerate(papers)]
    answers = at_once([lambda pair=pair: pair[0].save(pair[1]) for pair in zip(papers, steps, strict=True)])
    stored = room.steps(first.path)
    assert failures(answers) == []
    assert Counter(answer.status for answer, _verdicts in answers) == {200: 20}
    assert [seq for seq, *_rest in stored] == list(range(1, 21))
    assert {pk for _seq, pk, *_rest in stored} == {step["id"] for step in steps}
    # The twenty pages had all seen nothing: of each question the first counts and the others are kept, not counted.
    assert Counter(verdict for *_rest, verdict in stored) == {"accepted": 4, "superseded": 16}


def test_an_attempt_handed_in_twenty_times_at_once_is_graded_once(room: Room):
    first = begin(room.browser(), room.quiz)
    session = re.search(r"sid=(\w+)", first.browser.headers["Cookie"])[1]
    papers = [Paper(type(first.browser)(room.site, session), first.path) for _ in TWENTY]
    results = at_once([lambda paper=paper: hand_in(paper) for paper in papers])
    assert failures(results) == []
    assert [kind for _seq, _pk, kind, _verdict in room.steps(first.path)] == ["submit"]
    assert room.grades(first.path) == [(1, False)]


def test_answers_that_race_with_the_last_word_are_counted_or_said_to_be_late(room: Room):
    first = begin(room.browser(), room.quiz)
    session = re.search(r"sid=(\w+)", first.browser.headers["Cookie"])[1]
    papers = [Paper(type(first.browser)(room.site, session), first.path) for _ in range(10)]
    steps = [paper.step(n % 4, paper.options[n % 4][0]) for n, paper in enumerate(papers)]
    saves = [lambda pair=pair: pair[0].save(pair[1])[1] for pair in zip(papers, steps, strict=True)]
    *said, _handed_in = at_once([*saves, lambda: hand_in(first)])
    assert failures(said) == []
    stored = room.steps(first.path)
    end = next(seq for seq, _pk, kind, _verdict in stored if kind == "submit")
    after = {pk: verdict for seq, pk, kind, verdict in stored if seq > end}
    before = {pk: verdict for seq, pk, kind, verdict in stored if seq < end}
    told = {step["id"]: verdicts for step, verdicts in zip(steps, said, strict=True)}
    assert {pk: [verdict] for pk, verdict in (before | after).items()} == told
    assert set(after.values()) <= {"late"}
    assert "late" not in before.values()
    assert len(room.grades(first.path)) == 1


def test_the_queue_of_tasks_is_kept_out_of_the_file_that_holds_the_answers(room: Room):
    if "DATABASE_URL" in room.settings:
        pytest.skip("PostgreSQL has one database for both, and no lock on the whole of it")
    begin(room.browser(), room.quiz)  # puts the closing of the attempt into the queue
    tables = "SELECT name FROM sqlite_master WHERE name = 'django_tasks_database_dbtaskresult'"
    assert room.rows(tables) == []
    assert len(room.rows("SELECT id FROM django_tasks_database_dbtaskresult", file="tasks.sqlite3")) >= 1
