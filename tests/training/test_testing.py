"""Tests in the room: opened and ended, crossed over, kept on a device, typed from paper, and what was gained."""

from dataclasses import replace
from datetime import timedelta
from math import sqrt
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments import bank, on_paper
from assessments.ending import GRACE, close_if_over
from assessments.errors import AlreadySat, CodeWrong, LettersMissing, LettersWrong, NotOnPaper
from assessments.models import Attempt, DealtForm, ExamRoom, PrintedForm, Quiz, QuizSection
from assessments.recording import record_steps
from assessments.starting import start_attempt
from core.append_only import suspended
from courses.catalogue import catalogue
from courses.models import Enrolment
from people.models import CohortMembership
from tests.assessments.sitting import begin as begin_exam
from tests.assessments.sitting import the_exam
from tests.certificates.papers import text_of as pdf_text
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, session_of
from tests.training.testing import FORMS, answers, begin, room_tests, scope_of, sit
from training.errors import TestNotHeld as NotHeld
from training.models import SessionTest
from training.sessions.attendance import Tick, tick
from training.testing import holding
from training.testing.estimating import Pair, estimate, t_quantile
from training.testing.gain import both, course_gain, session_gain

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SHARES = st.floats(0, 1, allow_nan=False)


@pytest.fixture
def officers(db):
    return PersonFactory.create_batch(6)


@pytest.fixture
def course(db):
    return room_tests()


@pytest.fixture
def session(course, trainer, officers):
    """Began two hours ago; everybody is there."""
    now = timezone.now()
    found = session_of(
        CohortFactory(trainer=trainer, officers=officers), trainer, starts_at=now - 2 * HOUR, ends_at=now + 5 * HOUR
    )
    tick(found, [Tick(uuid4(), one.public_id, "present") for one in officers], by=trainer, at=now - HOUR)
    return found


@pytest.fixture
def opened(session, course, trainer):
    """The pre-test, open since an hour ago."""
    return holding.open_test(session, "pre_test", course, by=trainer, at=timezone.now() - HOUR)


# --- In the room ----------------------------------------------------------------------------------------------------------


def test_who_is_expected_begins_with_the_code_that_the_trainer_shows_and_nobody_else(
    session, course, trainer, officers
):
    now = timezone.now()
    holding.open_test(session, "pre_test", course, by=trainer, at=now)
    quiz = session.tests.get().quiz
    assert Enrolment.objects.filter(course_code="C1", cohort=session.cohort).count() == 6
    assert begin(session, "pre_test", officers[0], at=now).is_open
    with pytest.raises(CodeWrong):
        start_attempt(quiz, officers[1], scope=scope_of(officers[1]), at=now, code="not it")


def test_each_half_of_the_group_begins_with_another_form_and_gets_the_other_one_afterwards(
    session, course, opened, trainer, officers
):
    now = timezone.now()
    before = {one: sit(session, "pre_test", one, 1, at=now - HOUR).form for one in officers}
    assert sorted(before.values()) == ["A", "A", "A", "B", "B", "B"]
    holding.close_test(session, "pre_test", by=trainer, at=now - 50 * MINUTE)
    holding.open_test(session, "post_test", course, by=trainer, at=now - 10 * MINUTE)
    after = {one: sit(session, "post_test", one, 3, at=now - 5 * MINUTE).form for one in officers}
    assert all({before[one], after[one]} == {"A", "B"} for one in officers)


def test_who_comes_later_fills_up_the_smaller_half(session, course, opened, trainer):
    dealt = sorted(DealtForm.objects.values_list("form", flat=True))
    assert dealt == ["A", "A", "A", "B", "B", "B"]
    late = PersonFactory()
    CohortMembership.objects.create(cohort=session.cohort, person=late, joined_at=timezone.now())
    holding.open_test(session, "pre_test", course, by=trainer, at=timezone.now())
    assert DealtForm.objects.get(person=late).form == "A"


def test_ending_a_test_lets_nobody_begin_and_counts_what_was_answered(session, opened, trainer, officers):
    now = timezone.now()
    attempt = begin(session, "pre_test", officers[0], at=now - 20 * MINUTE)
    record_steps(attempt, answers(attempt, 2)[:2], at=now - 10 * MINUTE)
    assert holding.close_test(session, "pre_test", by=trainer, at=now) == 1
    assert holding.close_test(session, "pre_test", by=trainer, at=now + MINUTE) == 0  # a second tap
    with pytest.raises(ExamRoom.DoesNotExist):
        begin(session, "pre_test", officers[1], at=now)
    attempt.refresh_from_db()
    assert close_if_over(attempt, at=now + 48 * HOUR + GRACE + MINUTE) is None
    assert attempt.grades.get().score == 2


def test_what_a_device_without_a_line_kept_counts_when_it_was_answered_in_time(session, opened, trainer, officers):
    now = timezone.now()
    attempt = begin(session, "pre_test", officers[0], at=now - 20 * MINUTE)
    holding.close_test(session, "pre_test", by=trainer, at=now)
    attempt.refresh_from_db()
    in_time, too_late, no_age, *more = answers(attempt, 4)
    later = now + 6 * HOUR
    sent = [replace(in_time, age=6 * HOUR + MINUTE), replace(too_late, age=5 * HOUR), no_age]
    assert [one.verdict for one in record_steps(attempt, sent, at=later)] == ["accepted", "late", "late"]
    assert attempt.is_open  # others of its answers may still come
    assert close_if_over(attempt, at=later) is not None
    after = now + 49 * HOUR
    assert [one.verdict for one in record_steps(attempt, [replace(more[0], age=49 * HOUR + MINUTE)], at=after)] == [
        "late"
    ]


def test_an_exam_never_believes_a_device(db):
    enrolment = EnrolmentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Quiz.objects.filter(pk=the_exam().pk).update(late_hours=1)
    now = timezone.now()
    Quiz.objects.filter(pk=the_exam().pk).update(limit_seconds=600)
    attempt = begin_exam(enrolment, at=now - HOUR)
    steps = [replace(answers(attempt, 1)[0], age=HOUR)]
    assert [one.verdict for one in record_steps(attempt, steps, at=now)] == ["late"]


def test_a_course_without_such_tests_opens_none(db, trainer, officers):
    session = session_of(CohortFactory(trainer=trainer, officers=officers), trainer)
    with pytest.raises(NotHeld):
        holding.open_test(session, "pre_test", catalogue("en").by_code["C1"], by=trainer, at=timezone.now())


# --- On the desks ---------------------------------------------------------------------------------------------------------


def address(session, end=""):
    return f"/teach/sessions/{session.public_id}/tests/{end}"


def test_a_trainer_opens_a_test_shows_its_code_and_ends_it(desk, session):
    page = desk.post(address(session), {"part": "pre_test", "action": "open"}, follow=True).text
    assert ExamRoom.objects.get().code in page
    assert "form A: 3" in page
    page = desk.post(address(session), {"part": "pre_test", "action": "close"}, follow=True).text
    assert "Everybody had handed in." in page
    assert not SessionTest.objects.get().is_open


def test_an_officer_finds_the_open_test_on_the_desk_and_on_the_page_of_the_session(
    session, opened, officers, sign_in, client
):
    client.cookies["lang"] = "en"
    own = sign_in(officers[0])
    link = SessionTest.objects.get().quiz.get_absolute_url()
    assert link in own.get("/learn/").text
    assert link in own.get(f"/learn/sessions/{session.public_id}/").text
    assert own.post(link, {"code": opened.code}).status_code == 302
    assert Attempt.objects.get().person == officers[0]


def test_the_test_after_a_course_in_a_room_waits_for_no_lesson(session, course, trainer, officers, sign_in, client):
    client.cookies["lang"] = "en"
    room = holding.open_test(session, "post_test", course, by=trainer, at=timezone.now())
    own = sign_in(officers[0])
    own.post(room.quiz.get_absolute_url(), {"code": room.code})
    assert Attempt.objects.get().quiz.code == "C1-POST"


def test_a_test_that_nobody_can_fail_speaks_of_no_passing(session, opened, officers, sign_in, client):
    client.cookies["lang"] = "en"
    own = sign_in(officers[0])
    assert "To pass" not in own.get(opened.quiz.get_absolute_url()).text
    attempt = sit(session, "pre_test", officers[0], 1, at=timezone.now())
    pages = own.get(attempt.get_absolute_url()).text + own.get(opened.quiz.get_absolute_url()).text
    assert [word for word in ("Passed", "is needed", "To pass") if word in pages] == []


# --- On paper -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def printed(course):
    return {one.form: one for one in on_paper.printed_forms(Quiz.objects.get(code="C1-PRE"), at=timezone.now())}


def letters_of(printed, right: int) -> str:
    """What somebody writes who answers the first `right` questions rightly and nothing else."""
    written = []
    for place, item in enumerate(printed.paper["items"]):
        key = bank.versions({item["version"]})[item["version"]].key
        chosen = [on_paper.LETTERS["en"][n] for n, option in enumerate(item["options"]) if key[option]]
        written.append("".join(chosen) if place < right else "-")
    return " ".join(written)


def test_a_form_is_printed_once_and_anew_only_when_its_questions_changed(printed, course):
    again = on_paper.printed_forms(Quiz.objects.get(code="C1-PRE"), at=timezone.now())
    assert {one.pk for one in again} == {one.pk for one in printed.values()}
    section = QuizSection.objects.get(quiz__code="C1-PRE", form="A")
    section.items = section.items[:3]
    section.save()
    assert PrintedForm.objects.filter(form="A").count() == 1
    assert on_paper.printed_forms(Quiz.objects.get(code="C1-PRE"), at=timezone.now())[0].pk != printed["A"].pk


def test_letters_of_either_alphabet_are_read_together_or_apart(printed):
    form = printed["B"]
    plain = "".join("A" for _item in form.paper["items"])
    expected = on_paper.read_letters(form, plain)
    assert len(expected) == 4
    assert on_paper.read_letters(form, "a A, က/ က") == expected
    assert on_paper.read_letters(form, "- – _ .") == {}
    assert on_paper.read_letters(form, "A - - -") == {0: [form.paper["items"][0]["options"][0]]}


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [("AB", LettersMissing), ("A A A A A", LettersMissing), ("Z A A A", LettersWrong), ("AB A A A", LettersWrong)],
)
def test_what_does_not_fit_the_form_is_refused(printed, typed, refusal):
    with pytest.raises(refusal):
        on_paper.read_letters(printed["B"], typed)


def test_a_question_that_letters_cannot_answer_does_not_go_on_paper(course):
    version = bank.newest_versions(["MIG-M01.O1-001"])["MIG-M01.O1-001"]
    with suspended(connection, ["assessments_itemversion"]):
        type(version).objects.filter(pk=version.pk).update(kind="shorttext")
    bank.forget()
    with pytest.raises(NotOnPaper):
        on_paper.printed_forms(Quiz.objects.get(code="C1-PRE"), at=timezone.now())


def test_papers_hold_the_questions_in_both_languages_and_nothing_of_what_is_right(desk, session, printed):
    for language, word in (("en", "Test before the course"), ("my", "ပုံစံ")):
        response = desk.get(address(session, f"pre_test/paper.pdf?language={language}"))
        text = pdf_text(response.content) + pdf_text(response.content, 1)
        assert word in text
        assert printed["A"].code in text
        assert printed["B"].code in text


def test_a_trainer_types_what_was_written_and_it_is_judged_as_if_it_were_sat(desk, session, printed, officers):
    fields = {}
    for n, person in enumerate(officers[:3]):
        form = printed["AB"[n % 2]]
        fields |= {f"form-{person.public_id}": form.code, f"letters-{person.public_id}": letters_of(form, n + 1)}
    page = desk.post(address(session, "pre_test/letters/"), fields, follow=True).text
    assert "3 papers are typed in." in page
    scores = {one.person: one.grades.get().score for one in Attempt.objects.filter(quiz__code="C1-PRE")}
    assert [scores[person] for person in officers[:3]] == [1, 2, 3]
    assert set(Attempt.objects.values_list("holder", flat=True)) == {"paper"}


def test_a_wrong_letter_stands_beside_its_line_and_nothing_is_stored(desk, session, printed, officers):
    fields = {f"form-{officers[0].public_id}": printed["A"].code, f"letters-{officers[0].public_id}": "A A A"}
    page = desk.post(address(session, "pre_test/letters/"), fields).text
    assert "3 answers were typed and the form has 4 questions." in page
    assert 'value="A A A"' in page
    assert Attempt.objects.count() == 0


def test_typing_again_needs_a_reason_and_keeps_what_was_there(desk, session, printed, officers):
    one = officers[0]
    fields = {f"form-{one.public_id}": printed["A"].code, f"letters-{one.public_id}": letters_of(printed["A"], 1)}
    desk.post(address(session, "pre_test/letters/"), fields)
    fields[f"letters-{one.public_id}"] = letters_of(printed["A"], 4)
    assert "say why it is typed again" in desk.post(address(session, "pre_test/letters/"), fields).text
    desk.post(address(session, "pre_test/letters/"), fields | {"reason": "Read the wrong line"})
    assert [attempt.grades.get().score for attempt in Attempt.objects.filter(person=one).order_by("number")] == [1, 4]


def test_who_is_at_it_on_a_telephone_is_not_typed_in(session, opened, printed, trainer, officers):
    begin(session, "pre_test", officers[0], at=timezone.now())
    with pytest.raises(AlreadySat):
        on_paper.enter(
            printed["A"], officers[0], scope=scope_of(officers[0]), responses={}, sat_at=timezone.now(), by=trainer, at=timezone.now(), reason="x"
        )  # fmt: skip


# --- What was gained ------------------------------------------------------------------------------------------------------


def hold_both(session, course, trainer, results, *, at):
    """Both tests held; results: person -> right answers before and after."""
    holding.open_test(session, "pre_test", course, by=trainer, at=at)
    for person, (before, _after) in results.items():
        sit(session, "pre_test", person, before, at=at + MINUTE)
    holding.close_test(session, "pre_test", by=trainer, at=at + 2 * MINUTE)
    holding.open_test(session, "post_test", course, by=trainer, at=at + 30 * MINUTE)
    for person, (_before, after) in results.items():
        sit(session, "post_test", person, after, at=at + 31 * MINUTE)
    holding.close_test(session, "post_test", by=trainer, at=at + 32 * MINUTE)


def test_the_gain_of_a_session_is_told_by_objective_and_with_its_interval(session, course, trainer, officers, desk):
    results = dict(zip(officers, [(1, 3), (1, 4), (2, 3), (0, 4), (1, 2), (2, 4)], strict=True))
    hold_both(session, course, trainer, results, at=timezone.now() - HOUR)
    found = {one.objective: one for one in session_gain(session)}
    assert set(found) == {"", "M01.O1", "M03.O1"}
    whole = found[""]
    halves = {
        form: [
            after / 4 - before / 4
            for one, (before, after) in results.items()
            if DealtForm.objects.get(person=one).form == form
        ]
        for form in "AB"
    }
    mean = sum(sum(half) / 3 for half in halves.values()) / 2
    assert whole.gain == pytest.approx(mean)
    assert whole.n == 6
    page = desk.get(address(session)).text
    assert f"+{round(mean * 100)}" in page
    assert all(person.name_latin not in page.split("What was gained")[1] for person in officers)


def test_a_group_of_four_is_told_no_figure(session, course, trainer, officers, desk):
    hold_both(session, course, trainer, dict.fromkeys(officers[:4], (1, 3)), at=timezone.now() - HOUR)
    page = desk.get(address(session)).text
    assert "Fewer than 5 people sat both tests" in page
    assert "gains" not in page


def test_the_gain_of_a_course_counts_who_sat_both_tests_wherever(session, course, trainer, officers):
    hold_both(session, course, trainer, dict.fromkeys(officers, (1, 3)), at=timezone.now() - HOUR)
    assert [(one.objective, one.n) for one in course_gain(course.key)] == [("", 6), ("M01.O1", 6), ("M03.O1", 6)]
    assert course_gain(course.key, since=timezone.now()) == []
    unit = officers[0].unit
    assert course_gain(course.key, units=[unit])[0].n == sum(one.unit == unit for one in officers)


def test_a_test_belongs_to_the_session_in_which_it_was_open(session, course, trainer, officers):
    hold_both(session, course, trainer, dict.fromkeys(officers, (1, 3)), at=timezone.now() - HOUR)
    assert {one.after.session for one in both(course.key)} == {session.pk}


def test_reading_a_gain_takes_the_same_queries_for_few_and_for_many(
    session, course, trainer, officers, django_assert_num_queries
):
    hold_both(session, course, trainer, dict.fromkeys(officers, (1, 3)), at=timezone.now() - HOUR)
    both(course.key)
    with django_assert_num_queries(3):
        both(course.key)


# --- Estimating -----------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=30),
    st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=30),
    st.floats(-0.3, 0.3),
)
def test_a_harder_form_changes_nothing_in_a_crossed_gain(first, second, harder):
    plain = [Pair(a, b, "A") for a, b in first] + [Pair(a, b, "B") for a, b in second]
    # Form A is easier by `harder`: who had it first loses that much, who had it afterwards gains it.
    tilted = [Pair(a + harder, b, "A") for a, b in first] + [Pair(a, b + harder, "B") for a, b in second]
    assert estimate(plain).gain == pytest.approx(estimate(tilted).gain, abs=1e-9)


@given(st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=50))
def test_an_interval_holds_the_gain_and_stays_within_what_is_possible(given):
    found = estimate(Pair(a, b) for a, b in given)
    assert -1 <= found.low <= found.gain + 1e-9
    assert found.gain - 1e-9 <= found.high <= 1


def test_nobody_has_no_gain_and_one_person_has_no_interval():
    assert estimate([]) is None
    assert estimate([Pair(0.25, 0.75)]).low is None


def test_the_interval_is_that_of_student():
    found = estimate([Pair(0, gain) for gain in (0.1, 0.2, 0.3, 0.4, 0.5)])
    assert found.gain == pytest.approx(0.3)
    assert found.high - found.gain == pytest.approx(2.776 * sqrt(0.025 / 5), rel=1e-3)


@pytest.mark.parametrize(
    ("freedom", "expected"), [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (8, 2.306), (30, 2.042), (200, 1.972)]
)
def test_student_agrees_with_the_printed_tables(freedom, expected):
    assert t_quantile(freedom) == pytest.approx(expected, rel=2e-3)


def test_the_forms_of_this_course_have_four_items_each():
    assert {len(codes) for codes in FORMS.values()} == {4}
