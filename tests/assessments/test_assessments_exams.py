"""The rules of exams: the window, exceptions, forms, draws, one question after the other, who gets in, other devices."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from assessments import bank, entry
from assessments.allowances import allow
from assessments.ending import GRACE, submit_attempt
from assessments.errors import BankTooSmall, CodeWrong, NoAttemptLeft, NothingToAllow, NotOpenYet, WindowClosed
from assessments.models import Allowance, Attempt, AttemptStep, ExamTicket, Item, Quiz, QuizSection
from assessments.starting import form_for, start_attempt
from content.models import ContentVersion
from people.models import CohortMembership
from tests.assessments import sitting
from tests.assessments.sitting import begin, log_of, right_answers, send, step, the_exam, verdicts
from tests.assessments.test_assessments_sitting import exam_url, text_of
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def rule(**values):
    """The exam with other rules."""
    Quiz.objects.filter(pk=the_exam().pk).update(**values)
    return the_exam()


def given(enrolment, **what):
    """An exception for the officer."""
    trainer = PersonFactory(trainer=True)
    return allow(the_exam(), enrolment.person, scope=enrolment.public_id, by=trainer, reason="a talk", **what)


# --- The window ----------------------------------------------------------------------------------------------------------


def test_before_it_opens_nobody_begins_and_the_page_says_when(officer):
    rule(opens_at=timezone.now() + HOUR)
    page = text_of(officer.post(exam_url(), follow=True))
    assert "Come back then; nothing of yours is lost." in page
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize(
    ("opens", "closes", "refusal"), [(HOUR, None, NotOpenYet), (None, -HOUR, WindowClosed), (-HOUR, HOUR, None)]
)
def test_an_attempt_begins_within_the_window_only(opens, closes, refusal, enrolment):
    now = timezone.now()
    rule(opens_at=opens and now + opens, closes_at=closes and now + closes)
    if refusal is None:
        assert begin(enrolment, at=now).is_open
        return
    with pytest.raises(refusal):
        begin(enrolment, at=now)


def test_an_attempt_ends_with_the_window_if_that_is_before_its_limit(enrolment):
    now = timezone.now()
    rule(closes_at=now + timedelta(minutes=10))
    assert begin(enrolment, at=now).closes_at == now + timedelta(minutes=10)


def test_a_window_that_ends_before_it_begins_is_refused_by_the_database():
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        rule(opens_at=now, closes_at=now - HOUR)


# --- Exceptions ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("several", "minutes"),
    [
        ([], 30),
        ([{"minutes": 10}], 40),
        ([{"percent": 50}], 45),
        ([{"percent": 50}, {"minutes": 10}], 55),
        ([{"minutes": 10}, {"minutes": 5}], 45),
        ([{"percent": 50}, {"percent": 25}], 45),
    ],
)
def test_more_time_is_added_up_in_minutes_and_is_the_largest_in_per_cent(several, minutes, enrolment):
    for what in several:
        given(enrolment, **what)
    now = timezone.now()
    assert begin(enrolment, at=now).closes_at == now + timedelta(minutes=minutes)


def test_more_time_counts_for_the_attempt_that_is_open_now_and_for_its_task(
    enrolment, attempt, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as asked:
        given(enrolment, minutes=15)
    attempt.refresh_from_db()
    assert attempt.closes_at == attempt.started_at + timedelta(minutes=45)
    assert len(asked) == 1


def test_an_attempt_at_its_own_later_end_is_still_open_and_the_answer_counts(officer, enrolment):
    attempt = begin(enrolment, at=timezone.now() - timedelta(minutes=29))
    given(enrolment, minutes=15)
    Attempt.objects.update(started_at=timezone.now() - timedelta(minutes=40))
    assert verdicts(send(officer, attempt, step(0, right_answers(attempt)[0]))) == ["accepted"]


def test_a_later_closing_is_for_one_person_only(enrolment):
    now = timezone.now()
    rule(closes_at=now - HOUR)
    given(enrolment, closes_at=now + HOUR)
    assert begin(enrolment, at=now).closes_at == now + timedelta(minutes=30)
    with pytest.raises(WindowClosed):
        begin(sitting.learn_all(EnrolmentFactory()), at=now)


def test_an_exception_of_one_enrolment_is_none_of_another(enrolment):
    given(enrolment, attempts=1)
    rule(attempts_allowed=1)
    scope, now = uuid4(), timezone.now()
    submit_attempt(start_attempt(the_exam(), enrolment.person, scope=scope, at=now), at=now)
    with pytest.raises(NoAttemptLeft):
        start_attempt(the_exam(), enrolment.person, scope=scope, at=now)


def test_an_exception_that_allows_nothing_is_refused_by_the_service_and_by_the_database(enrolment):
    with pytest.raises(NothingToAllow):
        given(enrolment)
    kept = given(enrolment, attempts=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Allowance.objects.filter(pk=kept.pk).update(attempts=0)


# --- Draws and forms -------------------------------------------------------------------------------------------------------


def sections(*several):
    """The exam with other sections."""
    the_exam().sections.all().delete()
    for position, values in enumerate(several):
        QuizSection.objects.create(quiz=the_exam(), position=position, **values)
    return the_exam()


def codes_of(paper):
    """The codes of a paper, in order."""
    found = bank.versions({item["version"] for item in paper["items"]})
    return [found[item["version"]].code for item in paper["items"]]


def tag(code, tags):
    """Tag an item, as an editor does."""
    Item.objects.filter(code=code).update(tags=tags)
    ContentVersion.advance()


def test_a_draw_by_tags_takes_items_that_have_all_of_them():
    tag("MIG-M01.O1-001", "law border")
    tag("HRP-M03.O1-001", "border")
    tag("HRP-M03.O1-002", "border law")
    tag("MIG-M01.O1-101", "border law")  # a check
    quiz = sections({"tags": "law border", "count": 2})
    for seed in range(10):
        paper = bank.draw_paper(quiz, seed=seed, seen=set())
        assert set(codes_of(paper)) == {"MIG-M01.O1-001", "HRP-M03.O1-002"}


def test_a_draw_by_difficulty_stays_within_the_range():
    known = [one for one in bank.candidates() if one.use == "exam"]
    low = min(one.difficulty for one in known)
    fitting = [one for one in known if one.difficulty == low]
    objective = fitting[0].objective
    count = sum(one.objective == objective for one in fitting)
    quiz = sections({"objective": objective, "count": count, "difficulty_from": low, "difficulty_to": low})
    drawn = bank.draw_paper(quiz, seed=1, seen=set())["items"]
    assert {item["version"] for item in drawn} == {one.version for one in fitting if one.objective == objective}


def test_two_draws_on_one_objective_take_no_item_twice():
    quiz = sections(*[{"objective": "M01.O1", "count": 2}] * 2)
    assert len(set(codes_of(bank.draw_paper(quiz, seed=1, seen=set())))) == 4


def test_an_item_that_is_withdrawn_is_out_of_the_next_paper_at_once():
    quiz = sections({"objective": "M01.O1", "count": 4})
    assert len(bank.draw_paper(quiz, seed=1, seen=set())["items"]) == 4
    for item in Item.objects.filter(code="MIG-M01.O1-001"):
        item.unpublish()
    with pytest.raises(BankTooSmall):
        bank.draw_paper(quiz, seed=1, seen=set())


def two_forms(**values):
    """Form A asks the first item of each objective, form B the second."""
    keys = dict(Item.objects.filter(locale__language_code="en").values_list("code", "translation_key"))
    rule(**values)
    return sections(
        {"form": "A", "items": [str(keys["MIG-M01.O1-001"]), str(keys["HRP-M03.O1-001"])]},
        {"form": "B", "items": [str(keys["MIG-M01.O1-002"]), str(keys["HRP-M03.O1-002"])], "cut_score": "0.5"},
    )


@pytest.mark.parametrize("form", ["A", "B"])
def test_a_form_asks_its_items_by_its_sections(form, enrolment):
    two_forms(forms=form)
    attempt = begin(enrolment)
    last = {"A": "1", "B": "2"}[form]
    assert codes_of(attempt.paper) == [f"MIG-M01.O1-00{last}", f"HRP-M03.O1-00{last}"]
    assert (attempt.form, len(attempt.rules["sections"])) == (form, 1)
    sitting.answer(attempt, right_answers(attempt))
    assert submit_attempt(attempt, at=timezone.now()).grades.get().passed


def test_who_had_one_form_gets_the_other_next_time(enrolment):
    two_forms(forms=Quiz.Forms.TURNS, retry_hours=0)
    had = []
    for _time in range(2):
        attempt = begin(enrolment)
        had.append(attempt.form)
        submit_attempt(attempt, at=timezone.now())
    assert sorted(had) == ["A", "B"]


def test_who_had_one_form_in_the_pre_test_gets_the_other_in_the_exam(enrolment):
    exam = two_forms(forms=Quiz.Forms.TURNS)
    pre = Quiz.objects.create(code="C1-PRE", kind="pre_test", subject_key=exam.subject_key, forms=Quiz.Forms.TURNS)
    for section in exam.sections.all():
        section.pk, section.quiz = None, pre
        section.save()
    first = start_attempt(pre, enrolment.person, scope=enrolment.public_id, at=timezone.now())
    assert {first.form, begin(enrolment).form} == {"A", "B"}


def test_the_first_form_is_stable_for_a_person_and_about_half_get_each():
    quiz = two_forms(forms=Quiz.Forms.TURNS)
    people = PersonFactory.create_batch(40)
    first = [form_for(quiz, person) for person in people]
    assert first == [form_for(quiz, person) for person in people]
    assert 8 < first.count("A") < 32


# --- One question after the other -------------------------------------------------------------------------------------------


@pytest.fixture
def in_order(enrolment):
    """An open attempt without going back."""
    rule(is_sequential=True)
    return begin(enrolment)


def stems(attempt):
    """The questions of the paper, in order."""
    return [version.texts["en"]["stem"] for version in sitting.versions_of(attempt)]


def shown(officer, attempt):
    """Which of the questions the page shows."""
    page = text_of(officer.get(f"/attempt/{attempt.public_id}/"))
    return [place for place, stem in enumerate(stems(attempt)) if stem in page]


def go_on(officer, attempt, place, value=()):
    """Answer and go on, as the plain form does."""
    data = {"action": "next", "place": place, f"had-{place}": "", "base": 0, "token": str(uuid4())}
    return officer.post(f"/attempt/{attempt.public_id}/", data | {f"item-{place}": list(value)})


def test_one_question_is_shown_at_a_time_and_the_next_after_going_on(officer, in_order):
    assert shown(officer, in_order) == [0]
    go_on(officer, in_order, 0, right_answers(in_order)[0])
    assert shown(officer, in_order) == [1]


def test_without_script_a_whole_sitting_goes_forward_to_handing_in_and_counts(officer, in_order):
    for place, value in right_answers(in_order).items():
        response = go_on(officer, in_order, place, value)
    assert officer.get(response.headers["Location"]).headers["Location"] == f"/attempt/{in_order.public_id}/submit/"
    officer.post(f"/attempt/{in_order.public_id}/submit/")
    assert in_order.grades.get().score == 4


def test_what_is_sent_to_a_question_that_was_left_is_kept_and_does_not_count(officer, in_order):
    right = right_answers(in_order)
    go_on(officer, in_order, 0)
    assert verdicts(send(officer, in_order, step(0, right[0]), step(1, right[1]))) == ["late", "accepted"]
    assert submit_attempt(in_order, at=timezone.now()).grades.get().score == 1


def test_what_is_sent_to_a_question_that_was_not_shown_yet_is_refused(officer, in_order):
    sent = [step(1, right_answers(in_order)[1]), step(1, kind="next"), step(3, kind="flag")]
    assert verdicts(send(officer, in_order, *sent)) == ["refused"] * 3


def test_going_on_twice_leaves_one_question_only(officer, in_order):
    twice = [step(0, kind="next"), step(0, kind="next", client_seq=2)]
    assert verdicts(send(officer, in_order, *twice)) == ["accepted", "superseded"]
    assert shown(officer, in_order) == [1]


def test_a_batch_may_answer_and_go_on(officer, in_order):
    right = right_answers(in_order)
    batch = [part for place in range(4) for part in (step(place, right[place]), step(place, kind="next"))]
    assert verdicts(send(officer, in_order, *batch)) == ["accepted"] * 8


def test_no_page_names_a_question_that_comes_later(officer, in_order):
    for place in (f"/attempt/{in_order.public_id}/", f"/attempt/{in_order.public_id}/submit/"):
        page = text_of(officer.get(place))
        assert [stem in page for stem in stems(in_order)[1:]] == [False] * 3


def test_where_going_back_is_free_nobody_goes_on(officer, attempt):
    assert verdicts(send(officer, attempt, step(0, kind="next"))) == ["refused"]


# --- Who gets in ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def cohort(enrolment):
    return CohortFactory(officers=[enrolment.person], trainer=PersonFactory(trainer=True))


@pytest.fixture
def trainer(cohort):
    return cohort.memberships.get(part="trainer").person


def tries(officer, code):
    """Begin with a code; whether that began an attempt."""
    officer.post(exam_url(), {"code": code})
    return Attempt.objects.exists()


def in_burmese_digits(code):
    """As a Burmese keyboard types it."""
    return code.translate(str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉"))


@pytest.mark.parametrize("typed", [str, in_burmese_digits, lambda code: f" {code[:3]} {code[3:]} "])
def test_the_code_of_the_room_begins_the_exam(typed, officer, cohort, trainer):
    room = entry.open_room(rule(entry="room"), cohort, by=trainer, at=timezone.now())
    assert tries(officer, typed(room.code))


def test_without_the_code_of_the_room_nobody_begins(officer, cohort, trainer):
    room = entry.open_room(rule(entry="room"), cohort, by=trainer, at=timezone.now())
    wrong = f"{(int(room.code) + 1) % 10**6:06d}"
    assert (tries(officer, ""), tries(officer, wrong)) == (False, False)


@pytest.mark.parametrize("why", ["another cohort", "left", "closed"])
def test_the_code_of_a_room_that_is_not_ones_own_or_closed_does_not_open(why, officer, cohort, trainer, enrolment):
    quiz, now = rule(entry="room"), timezone.now()
    other = CohortFactory(officers=1)
    room = entry.open_room(quiz, other if why == "another cohort" else cohort, by=trainer, at=now)
    if why == "left":
        CohortMembership.objects.filter(person=enrolment.person).update(left_at=now)
    if why == "closed":
        entry.close_room(quiz, cohort, at=now)
    assert not tries(officer, room.code)


def test_a_room_opened_twice_is_one_room(cohort, trainer):
    quiz, now = rule(entry="room"), timezone.now()
    assert entry.open_room(quiz, cohort, by=trainer, at=now) == entry.open_room(quiz, cohort, by=trainer, at=now)


def test_who_began_goes_on_without_a_code_when_the_room_is_closed(officer, cohort, trainer):
    quiz = rule(entry="room")
    room = entry.open_room(quiz, cohort, by=trainer, at=timezone.now())
    first = officer.post(exam_url(), {"code": room.code}).headers["Location"]
    entry.close_room(quiz, cohort, at=timezone.now())
    assert officer.post(exam_url()).headers["Location"] == first


def test_codes_cannot_be_guessed_one_after_the_other(officer, cohort, trainer):
    room = entry.open_room(rule(entry="room"), cohort, by=trainer, at=timezone.now())
    for number in range(10):
        officer.post(exam_url(), {"code": f"x{number}"})
    page = text_of(officer.post(exam_url(), {"code": room.code}, follow=True))
    assert "Too many codes were tried." in page
    assert not Attempt.objects.exists()


def tickets(cohort, trainer, people=(), blank=0, *, start=-HOUR, end=HOUR):
    """Tickets of the exam, valid around now."""
    now = timezone.now()
    return entry.make_tickets(
        rule(entry="ticket"), cohort, people, blank, by=trainer, at=now, valid_from=now + start, valid_until=now + end
    )


def test_a_ticket_begins_one_attempt_once(officer, cohort, trainer, enrolment):
    ((person, code),) = tickets(cohort, trainer, [enrolment.person])
    assert tries(officer, f"{code[:5].lower()}-{code[5:]}")
    attempt = Attempt.objects.get()
    assert (person, attempt.ticket.used_at) == (enrolment.person, attempt.started_at)
    rule(retry_hours=0)
    submit_attempt(attempt, at=timezone.now())
    with pytest.raises(CodeWrong):
        start_attempt(the_exam(), person, scope=enrolment.public_id, at=timezone.now(), code=code)


def test_a_blank_ticket_is_for_any_learner_of_the_cohort(officer, cohort, trainer):
    ((person, code),) = tickets(cohort, trainer, blank=1)
    assert (person, tries(officer, code)) == (None, True)


@pytest.mark.parametrize(
    ("start", "end"), [(timedelta(minutes=1), HOUR), (-HOUR, -timedelta(minutes=1))], ids=["too early", "too late"]
)
def test_a_ticket_outside_its_time_does_not_open(start, end, officer, cohort, trainer, enrolment):
    ((_person, code),) = tickets(cohort, trainer, [enrolment.person], start=start, end=end)
    assert not tries(officer, code)


def test_the_ticket_of_another_or_of_another_cohort_does_not_open(officer, cohort, trainer):
    ((_person, code),) = tickets(cohort, trainer, [PersonFactory()])
    ((_none, blank),) = tickets(CohortFactory(officers=1), trainer, blank=1)
    assert (tries(officer, code), tries(officer, blank)) == (False, False)


def test_new_tickets_end_the_unused_ones_of_the_same_people(officer, cohort, trainer, enrolment):
    ((_person, old),) = tickets(cohort, trainer, [enrolment.person])
    ((_same, new),) = tickets(cohort, trainer, [enrolment.person])
    assert (tries(officer, old), tries(officer, new)) == (False, True)


def test_the_code_of_a_ticket_is_kept_nowhere(cohort, trainer, enrolment):
    ((_person, code),) = tickets(cohort, trainer, [enrolment.person])
    assert code not in str(ExamTicket.objects.values().get())


# --- Another device ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def begun(officer, enrolment):
    """An attempt begun in the browser of `officer`."""
    officer.post(exam_url())
    return Attempt.objects.get()


@pytest.fixture
def second(enrolment):
    """A second device of the same officer."""
    other = Client()
    other.force_login(enrolment.person)
    other.cookies["lang"] = "en"
    return other


def test_a_second_device_says_that_the_exam_is_open_elsewhere_and_shows_no_question(begun, second):
    page = text_of(second.get(f"/attempt/{begun.public_id}/"))
    assert ("You began this on another device" in page, 'class="question"' in page) == (True, False)


def test_after_taking_over_the_second_device_goes_on_and_the_first_is_told(officer, begun, second):
    right = right_answers(begun)
    send(officer, begun, step(0, right[0]))
    second.post(f"/attempt/{begun.public_id}/take-over/")
    page = text_of(second.get(f"/attempt/{begun.public_id}/"))
    assert 'class="question"' in page
    told = [
        send(one, begun, step(1, right[1], device=str(uuid4()))).json()["is_elsewhere"] for one in (officer, second)
    ]
    assert told == [True, False]
    assert "You began this on another device" in text_of(officer.get(f"/attempt/{begun.public_id}/"))
    assert [kind for kind, *_rest in log_of(begun)][:2] == ["answer", "take"]


def test_who_was_signed_out_and_signs_in_again_on_the_same_device_goes_on(officer, begun):
    officer.cookies.pop("sid")
    officer.force_login(begun.person)
    assert 'class="question"' in text_of(officer.get(f"/attempt/{begun.public_id}/"))


def test_a_device_that_calls_itself_something_is_not_believed(begun, second):
    second.cookies["device"] = begun.holder
    assert "You began this on another device" in text_of(second.get(f"/attempt/{begun.public_id}/"))


def test_taking_over_twice_is_written_down_once(begun, second):
    for _time in range(2):
        second.post(f"/attempt/{begun.public_id}/take-over/")
    assert AttemptStep.objects.filter(attempt=begun, kind="take").count() == 1


def test_a_device_that_is_not_the_one_at_it_does_not_hand_in(begun, second):
    second.post(f"/attempt/{begun.public_id}/submit/")
    begun.refresh_from_db()
    assert begun.is_open


def test_what_the_first_device_sends_late_is_not_lost_by_the_take_over(officer, begun, second):
    right = right_answers(begun)
    second.post(f"/attempt/{begun.public_id}/take-over/")
    assert verdicts(send(officer, begun, step(0, right[0]))) == ["accepted"]


def test_nobody_takes_over_the_exam_of_another(begun):
    other = Client()
    other.force_login(PersonFactory())
    assert other.post(f"/attempt/{begun.public_id}/take-over/").status_code == 404


def test_an_attempt_past_its_end_is_handed_in_on_whatever_device_looks(begun, second):
    Attempt.objects.update(closes_at=timezone.now() - GRACE - timedelta(seconds=1))
    assert "Time has run out." in text_of(second.get(f"/attempt/{begun.public_id}/"))


# --- Many at the same minute --------------------------------------------------------------------------------------------------


def test_beginning_reads_nothing_anew_that_is_the_same_for_all(client, django_assert_max_num_queries):
    QuizSection.objects.filter(quiz=the_exam()).update(count=4)
    enrolments = [sitting.learn_all(EnrolmentFactory()) for _ in range(2)]
    begin(enrolments[0])  # what is the same for all is read with the first one
    client.force_login(enrolments[1].person)
    client.get(exam_url())
    # session, person, roles; quiz, sections; content, enrolment, completions, courses done; open attempt, attempts,
    # allowances; content; savepoint, attempt, release.
    with django_assert_max_num_queries(16) as asked:
        client.post(exam_url())
    assert Attempt.objects.count() == 2
    assert [one["sql"] for one in asked.captured_queries if "itemversion" in one["sql"]] == []
