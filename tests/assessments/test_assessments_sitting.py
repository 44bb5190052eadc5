"""Starting, handing in, the clock, how often one may try, and the paper that is drawn."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import bank
from assessments.allowances import allow_attempt
from assessments.ending import GRACE, submit_attempt
from assessments.errors import BankTooSmall, NoAttemptLeft, TooEarly
from assessments.models import Allowance, Attempt, AttemptStep, GradeRecord, Item, ItemVersion, Quiz, QuizSection
from assessments.starting import start_attempt
from assessments.tasks import close_attempt
from courses.models import Completion
from tests.assessments import sitting
from tests.assessments.sitting import begin, right_answers, sit, the_exam, wrong_answers
from tests.factories import EnrolmentFactory, PersonFactory
from tests.translating import translate

pytestmark = pytest.mark.django_db
LIMIT = timedelta(minutes=30)  # of the exam of C1


def exam_url():
    """Where the exam of C1 begins."""
    return f"/quiz/{the_exam().public_id}/"


def text_of(response):
    """The page after redirects."""
    return response.content.decode()


def wait_out_the_pause():
    """Let the last attempt be long past."""
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(hours=25))


# --- Starting ----------------------------------------------------------------------------------------------------------


def test_beginning_leads_to_the_paper(officer, enrolment):
    response = officer.post(exam_url())
    attempt = Attempt.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, f"/attempt/{attempt.public_id}/")
    assert (attempt.person, attempt.scope, attempt.number) == (enrolment.person, enrolment.public_id, 1)


def test_looking_at_the_rules_starts_nothing(officer):
    assert officer.get(exam_url()).status_code == 200
    assert Attempt.objects.count() == 0


def test_beginning_again_goes_on_with_the_open_attempt(officer):
    first = officer.post(exam_url())
    assert officer.post(exam_url()).headers["Location"] == first.headers["Location"]
    assert Attempt.objects.count() == 1


def test_the_exam_is_closed_until_every_required_module_is_complete(client):
    person = EnrolmentFactory().person
    client.force_login(person)
    client.cookies["lang"] = "en"
    page = client.post(exam_url(), follow=True)
    assert "The exam opens when you have completed every required module. Your progress is kept." in text_of(page)
    assert Attempt.objects.count() == 0


def test_an_exam_of_a_course_one_is_not_enrolled_in_is_not_there(client):
    client.force_login(PersonFactory())
    assert client.post(exam_url()).status_code == 404


def test_two_open_attempts_are_refused_by_the_database(attempt):
    copy = {name: getattr(attempt, name) for name in ("quiz", "person", "scope", "paper", "rules", "started_at")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(**copy, number=2, number_allowed=2)


def test_an_attempt_over_the_limit_is_refused_by_the_database(attempt):
    submit_attempt(attempt, at=timezone.now())
    copy = {name: getattr(attempt, name) for name in ("quiz", "person", "scope", "paper", "rules", "started_at")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(**copy, number=3, number_allowed=2)


# --- Handing in ----------------------------------------------------------------------------------------------------------


def test_all_right_passes_and_completes_exam_and_course(officer, enrolment, attempt):
    sitting.answer(attempt, right_answers(attempt))
    response = officer.post(f"/attempt/{attempt.public_id}/submit/", follow=True)
    grade = GradeRecord.objects.get()
    assert (grade.score, grade.max_score, grade.passed) == (4, 4, True)
    assert {"exam", "course"} <= set(Completion.objects.values_list("requirement", flat=True))
    assert "100 %" in text_of(response)


def test_all_wrong_does_not_pass_and_completes_nothing(enrolment):
    attempt = sit(enrolment, right=False)
    assert (attempt.grades.get().passed, attempt.grades.get().score) == (False, 0)
    assert not Completion.objects.filter(requirement__in=["exam", "course"]).exists()


def test_three_of_four_do_not_pass_where_the_missing_one_is_of_the_critical_part(enrolment, attempt):
    answers = right_answers(attempt)
    del answers[3]  # of M03.O1, where 80 % is asked
    sitting.answer(attempt, answers)
    grade = submit_attempt(attempt, at=timezone.now()).grades.get()
    assert (grade.score, grade.passed) == (3, False)


def test_three_of_four_pass_where_the_missing_one_is_of_the_other_part(enrolment, attempt):
    answers = right_answers(attempt)
    del answers[0]
    sitting.answer(attempt, answers)
    grade = submit_attempt(attempt, at=timezone.now()).grades.get()
    assert (grade.score, grade.passed) == (3, True)


def test_handing_in_twice_changes_nothing_and_says_so(officer, attempt):
    officer.post(f"/attempt/{attempt.public_id}/submit/")
    before = Attempt.objects.values().get()
    again = officer.post(f"/attempt/{attempt.public_id}/submit/", follow=True)
    assert "You handed this in already." in text_of(again)
    assert Attempt.objects.values().get() == before
    assert (GradeRecord.objects.count(), AttemptStep.objects.filter(kind="submit").count()) == (1, 1)


def test_a_second_hand_in_is_refused_by_the_database(attempt):
    submit_attempt(attempt, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        AttemptStep.objects.create(
            attempt=attempt, seq=2, kind="submit", device="x", client_seq=0, base_seq=0, received_at=timezone.now(),
            verdict="accepted",
        )  # fmt: skip


def test_somebody_elses_attempt_cannot_be_handed_in(officer):
    theirs = begin(sitting.learn_all(EnrolmentFactory()))
    assert officer.post(f"/attempt/{theirs.public_id}/submit/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.is_open


def test_what_is_unanswered_is_named_before_handing_in(officer, attempt):
    sitting.answer(attempt, {0: attempt.paper["items"][0]["options"][:1]})
    page = text_of(officer.get(f"/attempt/{attempt.public_id}/submit/"))
    assert "1 of 4 questions are answered and saved." in page
    assert [f"#q{number}" in page for number in (1, 2, 3, 4)] == [False, True, True, True]


# --- The clock -----------------------------------------------------------------------------------------------------------


def test_the_end_is_the_start_and_the_limit_of_that_moment(enrolment):
    now = timezone.now()
    attempt = begin(enrolment, at=now)
    the_exam().__class__.objects.update(limit_seconds=60)
    attempt.refresh_from_db()
    assert attempt.closes_at == now + LIMIT


def test_an_attempt_past_its_end_is_handed_in_at_the_next_look(officer, enrolment):
    begun = timezone.now() - LIMIT - GRACE - timedelta(seconds=1)
    attempt = begin(enrolment, at=begun)
    sitting.answer(attempt, right_answers(attempt), at=begun)
    page = officer.get(f"/attempt/{attempt.public_id}/")
    attempt.refresh_from_db()
    assert (attempt.status, attempt.submitted_at) == ("submitted", begun + LIMIT)
    assert attempt.grades.get().score == 4
    assert "Time has run out. The answers saved before then count; here is your result." in text_of(page)


@pytest.mark.parametrize("place", ["quiz", "submit"])
def test_every_page_of_an_attempt_past_its_end_hands_it_in(place, officer, enrolment):
    attempt = begin(enrolment, at=timezone.now() - LIMIT - GRACE - timedelta(seconds=1))
    officer.get(exam_url() if place == "quiz" else f"/attempt/{attempt.public_id}/submit/")
    assert GradeRecord.objects.filter(attempt=attempt).count() == 1


def test_within_the_grace_an_attempt_stays_open_for_what_was_sent_in_time(officer, enrolment):
    attempt = begin(enrolment, at=timezone.now() - LIMIT - timedelta(seconds=30))
    officer.get(f"/attempt/{attempt.public_id}/")
    attempt.refresh_from_db()
    assert attempt.is_open


def test_a_late_answer_is_kept_named_and_not_counted(officer, enrolment):
    attempt = begin(enrolment, at=timezone.now() - LIMIT - GRACE - timedelta(seconds=1))
    sitting.send(officer, attempt, sitting.step(0, right_answers(attempt)[0]))
    page = text_of(officer.get(f"/attempt/{attempt.public_id}/"))
    assert "One answer came after the end. It is kept with the attempt and does not count." in page
    assert attempt.grades.get().score == 0


def test_the_task_hands_in_an_attempt_that_nobody_looks_at(enrolment):
    attempt = begin(enrolment, at=timezone.now() - LIMIT - GRACE - timedelta(seconds=1))
    sitting.answer(attempt, right_answers(attempt), at=attempt.started_at)
    close_attempt.func(str(attempt.public_id))
    close_attempt.func(str(attempt.public_id))
    attempt.refresh_from_db()
    assert (attempt.status, attempt.grades.get().score) == ("submitted", 4)


def test_the_task_leaves_an_attempt_alone_whose_time_is_not_over(attempt):
    close_attempt.func(str(attempt.public_id))
    attempt.refresh_from_db()
    assert attempt.is_open


def test_starting_asks_for_the_task_at_the_end_and_its_grace(
    enrolment, settings, django_capture_on_commit_callbacks, monkeypatch
):
    asked = []

    class Recorder:
        def enqueue(self, *args):
            asked.append(args)

    def using(self, **kwargs):
        asked.append(kwargs)
        return Recorder()

    monkeypatch.setattr(type(close_attempt), "using", using)
    with django_capture_on_commit_callbacks(execute=True):
        attempt = begin(enrolment)
    assert asked == [{"run_after": attempt.closes_at + GRACE}, (str(attempt.public_id),)]


# --- How often -------------------------------------------------------------------------------------------------------------


def test_the_next_attempt_waits_for_the_pause_and_says_until_when(officer, enrolment):
    sit(enrolment, right=False)
    page = text_of(officer.post(exam_url(), follow=True))
    assert "You can try again from " in page
    assert "Use the time to read again what was difficult." in page
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(("hours", "opens"), [(23.9, False), (24.1, True)])
def test_the_pause_is_a_day_from_handing_in(hours, opens, officer, enrolment):
    sit(enrolment, right=False)
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(hours=hours))
    officer.post(exam_url())
    assert Attempt.objects.count() == (2 if opens else 1)


def test_after_the_last_attempt_there_is_no_further_one_and_a_sentence(officer, enrolment):
    for _try in range(2):
        sit(enrolment, right=False)
        wait_out_the_pause()
    page = text_of(officer.post(exam_url(), follow=True))
    assert "You have used all your attempts. Talk to your trainer, who can allow one more." in page
    assert Attempt.objects.count() == 2


def test_an_attempt_allowed_on_top_needs_no_pause_and_is_only_one(enrolment):
    for _try in range(2):
        sit(enrolment, right=False)
        wait_out_the_pause()
    Attempt.objects.filter(number=2).update(submitted_at=timezone.now())
    trainer = PersonFactory(trainer=True)
    allow_attempt(the_exam(), enrolment.person, scope=enrolment.public_id, by=trainer, reason="talked about it")
    assert sit(enrolment, right=False).number == 3
    with pytest.raises(NoAttemptLeft):
        begin(enrolment)


def test_nothing_is_allowed_on_top_while_an_attempt_is_left(enrolment):
    sit(enrolment, right=False)
    trainer = PersonFactory(trainer=True)
    made = allow_attempt(the_exam(), enrolment.person, scope=enrolment.public_id, by=trainer, reason="talked about it")
    assert (made, Allowance.objects.count()) == (None, 0)
    with pytest.raises(TooEarly):
        begin(enrolment)


def test_a_course_taken_again_begins_its_attempts_anew(enrolment):
    sit(enrolment, right=False)
    assert start_attempt(the_exam(), enrolment.person, scope=uuid4(), at=timezone.now()).number == 1


def test_who_has_passed_cannot_begin_again(officer, enrolment):
    sit(enrolment, right=True)
    wait_out_the_pause()
    page = text_of(officer.post(exam_url(), follow=True))
    assert "You have passed this exam." in page
    assert Attempt.objects.count() == 1


# --- The paper ---------------------------------------------------------------------------------------------------------------


def republish(code, **values):
    """Change an item in English and publish it, as an editor does; its translation follows."""
    item = Item.objects.get(code=code, locale__language_code="en")
    for name, value in values.items():
        setattr(item, name, value)
    item.save_revision().publish()
    translate(item)


def test_a_paper_keeps_what_was_asked_when_an_item_is_published_anew(officer, attempt):
    asked = sitting.versions_of(attempt)[0]
    republish(asked.code, stem="Quite another question?")
    assert bank.newest_versions([asked.code])[asked.code].number == asked.number + 1
    page = text_of(officer.get(f"/attempt/{attempt.public_id}/"))
    assert (asked.texts["en"]["stem"] in page, "Quite another question?" in page) == (True, False)


def test_a_paper_is_graded_by_the_key_it_was_asked_under(attempt):
    place = sitting.place_of(attempt, "single")
    asked = sitting.versions_of(attempt)[place]
    answers = {place: right_answers(attempt)[place]}
    item = Item.objects.get(code=asked.code, locale__language_code="en")
    for number, option in enumerate(item.options):
        option.value["correct"] = number == 1
    item.save_revision().publish()
    sitting.answer(attempt, answers)
    assert submit_attempt(attempt, at=timezone.now()).grades.get().score == 1


def test_a_new_attempt_asks_the_newest_version(enrolment):
    for code in Item.objects.filter(locale__language_code="en", use="exam").values_list("code", flat=True):
        republish(code, feedback="New.")
    assert {version.texts["en"]["feedback"] for version in sitting.versions_of(begin(enrolment))} == {"New."}


def test_publishing_what_did_not_change_makes_no_version():
    before = ItemVersion.objects.count()
    Item.objects.get(code="MIG-M01.O1-001", locale__language_code="en").save_revision().publish()
    assert ItemVersion.objects.count() == before


def test_an_item_that_was_withdrawn_is_not_drawn(enrolment):
    gone = ["MIG-M01.O1-001", "MIG-M01.O1-002"]
    for item in Item.objects.filter(code__in=gone):
        item.unpublish()
    drawn = {version.code for version in sitting.versions_of(begin(enrolment))}
    assert {code for code in drawn if code.startswith("MIG")} == {"MIG-M01.O1-003", "MIG-M01.O1-004"}


def paper_with(seed, seen=frozenset()):
    """The codes and options drawn with a seed."""
    paper = bank.draw_paper(the_exam(), seed=seed, seen=set(seen))
    found = bank.versions({item["version"] for item in paper["items"]})
    return [(found[item["version"]].code, tuple(item["options"])) for item in paper["items"]]


def test_a_draw_is_the_same_for_the_same_seed_and_another_for_others():
    assert paper_with(7) == paper_with(7)
    assert len({tuple(paper_with(seed)) for seed in range(20)}) > 10


def test_a_draw_takes_two_of_each_objective_and_only_exam_items():
    for seed in range(20):
        codes = [code for code, _options in paper_with(seed)]
        assert [code[:10] for code in codes] == ["MIG-M01.O1"] * 2 + ["HRP-M03.O1"] * 2
        assert len(set(codes)) == 4
        assert not [code for code in codes if code.endswith("-101")]


def test_a_draw_gives_every_option_once():
    assert {tuple(sorted(options)) for _code, options in paper_with(1)} == {("a", "b", "c")}


def test_items_met_before_are_drawn_only_when_there_are_no_others():
    keys = dict(Item.objects.filter(locale__language_code="en").values_list("code", "translation_key"))
    met = {"MIG-M01.O1-001", "MIG-M01.O1-002", "MIG-M01.O1-003"}
    for seed in range(20):
        drawn = {code for code, _ in paper_with(seed, {keys[code] for code in met}) if code.startswith("MIG")}
        assert "MIG-M01.O1-004" in drawn
        assert len(drawn & met) == 1


def test_what_stands_on_a_test_of_the_course_is_drawn_for_its_exam_only_when_there_is_nothing_else_new():
    keys = dict(Item.objects.filter(locale__language_code="en").values_list("code", "translation_key"))
    tested = {"MIG-M01.O1-001", "MIG-M01.O1-002"}
    test = Quiz.objects.create(code="C1-POST", kind=Quiz.Kind.POST_TEST, subject_key=the_exam().subject_key)
    QuizSection.objects.create(quiz=test, position=0, items=[str(keys[code]) for code in tested])
    for seed in range(20):
        assert {code for code, _ in paper_with(seed) if code.startswith("MIG")}.isdisjoint(tested)
        met = {"MIG-M01.O1-003", "MIG-M01.O1-004"}
        again = {code for code, _ in paper_with(seed, {keys[code] for code in met}) if code.startswith("MIG")}
        assert again == tested


def test_the_second_attempt_has_other_questions(enrolment):
    first = {version.code for version in sitting.versions_of(sit(enrolment, right=False))}
    wait_out_the_pause()
    second = {version.code for version in sitting.versions_of(begin(enrolment))}
    assert first & second == set()


def test_a_paper_is_drawn_from_an_id_that_nobody_can_choose(attempt):
    assert attempt.public_id.version == 4
    assert attempt.paper == bank.draw_paper(the_exam(), seed=UUID(str(attempt.public_id)).int, seen=set())


def test_a_bank_too_small_is_said_in_a_sentence_and_starts_nothing(officer):
    QuizSection.objects.filter(quiz=the_exam(), position=0).update(count=5)
    page = text_of(officer.post(exam_url(), follow=True))
    assert "This exam is not ready yet: it has too few questions. Tell your trainer; nothing of yours is lost." in page
    assert Attempt.objects.count() == 0


def test_a_bank_too_small_is_refused_by_the_draw():
    QuizSection.objects.filter(quiz=the_exam(), position=1).update(count=5)
    with pytest.raises(BankTooSmall):
        bank.draw_paper(the_exam(), seed=1, seen=set())


def test_the_rules_of_an_attempt_are_those_of_its_start(enrolment, attempt):
    the_exam().__class__.objects.update(cut_score=1)
    QuizSection.objects.update(cut_score=None)
    answers = right_answers(attempt)
    del answers[0]
    sitting.answer(attempt, answers)
    assert submit_attempt(attempt, at=timezone.now()).grades.get().passed


def test_wrong_answers_earn_nothing_in_any_place(attempt):
    sitting.answer(attempt, wrong_answers(attempt))
    assert submit_attempt(attempt, at=timezone.now()).grades.get().score == 0
