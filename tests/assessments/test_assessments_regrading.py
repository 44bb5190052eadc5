"""Judging an item anew after it was mended, and grades that people change."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import bank, changing, demonstrations, regrading
from assessments.ending import submit_attempt
from assessments.errors import AlreadyDecided, GradesMoved, NeedsSecondPerson
from assessments.models import (
    Demonstration,
    GradeDecision,
    GradeProposal,
    GradeRecord,
    Item,
    Quiz,
    QuizSection,
    RefresherCard,
    RefresherReview,
    Regrade,
)
from assessments.signals import grade_changed
from certificates.issuing import issue_certificate
from courses.models import Completion
from tests.assessments import sitting
from tests.assessments.sitting import answer, begin, right_answers, the_exam
from tests.assessments.test_assessments_sitting import text_of
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
CODE = "MIG-M01.O1-001"


@pytest.fixture
def lead():
    return PersonFactory(lead=True)


@pytest.fixture(autouse=True)
def _everything_is_asked(db):
    """Every exam item, without a critical part, and half of the points pass."""
    QuizSection.objects.filter(quiz=the_exam()).update(count=4, cut_score=None)
    Quiz.objects.filter(pk=the_exam().pk).update(cut_score="0.5")


def place_of(attempt):
    """Where the item is asked."""
    return [version.code for version in sitting.versions_of(attempt)].index(CODE)


def sat(*, right, item=None):
    """An attempt of somebody with so many right answers of the other items; item: options chosen for ours."""
    attempt = begin(sitting.learn_all(EnrolmentFactory()))
    place = place_of(attempt)
    others = [(n, value) for n, value in right_answers(attempt).items() if n != place][:right]
    answer(attempt, dict(others) | ({place: item} if item else {}))
    return submit_attempt(attempt, at=timezone.now())


def key():
    """The right options of the newest version."""
    return [option for option, right in bank.newest_versions([CODE])[CODE].key.items() if right]


def mend():
    """The key was wrong: another option is right. Returns (the wrong key, the mended one)."""
    (old,) = key()
    item = Item.objects.get(code=CODE, locale__language_code="en")
    new = next(option.value["id"] for option in item.options if option.value["id"] != old)
    for option in item.options:
        option.value["correct"] = option.value["id"] == new
    item.save_revision().publish()
    assert key() == [new]
    return old, new


def newest():
    """The newest version of the item."""
    return bank.newest_versions([CODE])[CODE]


def run(lead, treatment="mended"):
    """Look and regrade."""
    seen = regrading.preview(the_exam(), newest(), treatment)
    return regrading.regrade(
        the_exam(), newest(), treatment, digest=seen.digest, by=lead, reason="The key was wrong", at=timezone.now()
    )


def grades(attempt):
    """Its grades, oldest first: points and passed."""
    return [(int(g.score), g.passed) for g in attempt.grades.order_by("version")]


@pytest.fixture
def three():
    """Somebody who loses by the mended key, somebody who wins, and one for whom nothing changes; and it was mended."""
    old = key()
    new = [next(o for o in newest().key if o not in old)]
    loses, wins, same = sat(right=3, item=old), sat(right=3, item=new), sat(right=7)
    assert mend() == (old[0], new[0])
    return loses, wins, same


def test_a_preview_says_who_passes_and_fails_anew_and_changes_nothing(three):
    loses, wins, same = three
    before = GradeRecord.objects.count()
    seen = regrading.preview(the_exam(), newest(), "mended")
    assert [one.attempt for one in seen.newly_failed] == [loses]
    assert [one.attempt for one in seen.newly_passed] == [wins]
    assert {one.attempt for one in seen.judged} == {loses, wins, same}
    assert {one.attempt for one in seen.changes} == {loses, wins}
    assert GradeRecord.objects.count() == before


def test_regrading_gives_new_grades_with_who_and_why_and_keeps_the_old_ones(three, lead):
    loses, wins, same = three
    made = run(lead)
    assert grades(loses) == [(4, True), (3, False)]
    assert grades(wins) == [(3, False), (4, True)]
    assert grades(same) == [(7, True), (7, True)]
    last = wins.grades.get(version=2)
    assert (last.graded_by, last.reason, last.details["regrade"]) == (lead, "The key was wrong", str(made.public_id))


def test_each_change_is_announced_once_and_what_stays_is_not(three, lead):
    told = []

    def listen(attempt, before, grade, **kwargs):
        told.append((attempt, before.passed, grade.passed))

    grade_changed.connect(listen)
    try:
        run(lead)
    finally:
        grade_changed.disconnect(listen)
    loses, wins, _same = three
    assert sorted(told, key=lambda one: one[0].pk) == [(loses, True, False), (wins, False, True)]


def test_who_passes_by_a_regrade_has_met_the_exam_and_gets_on(three, lead):
    _loses, wins, _same = three
    met = Completion.objects.filter(enrolment__public_id=wins.scope, requirement="exam")
    assert not met.exists()
    run(lead)
    assert met.count() == 1


def test_the_certificates_of_those_who_fail_anew_are_named_and_stay(three, lead):
    loses, _wins, _same = three
    enrolment = loses.person.enrolments.get()
    serial = issue_certificate(enrolment, at=timezone.now()).serial
    (one,) = regrading.preview(the_exam(), newest(), "mended").newly_failed
    assert one.certificates == [serial]
    kept = {change["attempt"]: change["certificates"] for change in run(lead).changes}
    assert kept[str(loses.public_id)] == [serial]
    assert enrolment.status == "completed"


def test_regrading_again_finds_nothing_to_do(three, lead):
    run(lead)
    before = GradeRecord.objects.count()
    seen = regrading.preview(the_exam(), newest(), "mended")
    assert (seen.judged, seen.changes) == ([], [])
    assert run(lead).changes == []
    assert GradeRecord.objects.count() == before


def test_what_was_not_looked_at_is_not_done(three, lead):
    digest = regrading.preview(the_exam(), newest(), "mended").digest
    sat(right=3, item=key())  # asked the mended version already: not among them
    assert regrading.preview(the_exam(), newest(), "mended").digest == digest
    mend()
    with pytest.raises(GradesMoved):
        regrading.regrade(the_exam(), newest(), "mended", digest=digest, by=lead, reason="x", at=timezone.now())
    assert not Regrade.objects.exists()


def test_everybody_gets_the_point_of_a_faulty_item_also_who_left_it_out(lead):
    wrong, out = sat(right=3, item=[next(o for o in newest().key if o not in key())]), sat(right=3)
    run(lead, "credit")
    assert (grades(wrong)[-1], grades(out)[-1]) == ((4, True), (4, True))


def test_two_regrades_of_different_items_add_up(three, lead):
    loses, _wins, _same = three
    run(lead)
    other = next(v for v in sitting.versions_of(loses) if v.code != CODE and v.code not in answered(loses))
    seen = regrading.preview(the_exam(), other, "credit")
    regrading.regrade(the_exam(), other, "credit", digest=seen.digest, by=lead, reason="Faulty", at=timezone.now())
    assert grades(loses) == [(4, True), (3, False), (4, True)]


def answered(attempt):
    """The codes of the items that were answered."""
    places = attempt.steps.filter(kind="answer").values_list("place", flat=True)
    return {sitting.versions_of(attempt)[place].code for place in places}


def test_an_attempt_that_is_open_is_counted_and_left_alone(lead):
    attempt = begin(sitting.learn_all(EnrolmentFactory()))
    mend()
    seen = regrading.preview(the_exam(), newest(), "mended")
    assert (seen.judged, seen.under_way) == ([], 1)
    run(lead)
    assert attempt.grades.count() == 0


def test_a_preview_takes_as_many_statements_for_many(three, django_assert_num_queries):
    version, exam = newest(), the_exam()
    regrading.preview(exam, version, "mended")
    for _more in range(3):
        sat(right=2)
    with django_assert_num_queries(7):  # versions, papers, attempts, grades, steps, marks, certificates
        regrading.preview(exam, version, "mended")


def test_the_result_shows_the_mended_key_and_why_it_was_given_anew(client, three, lead):
    _loses, wins, _same = three
    run(lead)
    client.force_login(wins.person)
    client.cookies["lang"] = "en"
    page = text_of(client.get(f"/attempt/{wins.public_id}/"))
    assert "This result was given anew: The key was wrong" in page
    right = newest().text_in("en")["options"][key()[0]]
    assert page[: page.index(right)].rsplit("<li class=", 1)[1].startswith('"option right"')


# --- What was shown by it ------------------------------------------------------------------------------------------------------


def shown(attempt):
    """The objectives that the person of an attempt showed."""
    return sorted(demonstrations.newest(attempt.person))


def test_what_somebody_showed_follows_a_regrade(lead):
    old = key()
    new = [next(o for o in newest().key if o not in old)]
    loses, wins = sat(right=0, item=old), sat(right=0, item=new)
    assert (shown(loses), shown(wins)) == (["M01.O1"], [])
    mend()
    run(lead)
    assert (shown(loses), shown(wins)) == ([], ["M01.O1"])
    assert demonstrations.newest(wins.person)["M01.O1"] == wins.submitted_at
    assert demonstrations.rebuild() == 0


def test_an_earlier_right_answer_counts_again_when_the_newest_is_taken_away(lead):
    attempt = sat(right=0, item=key())
    earlier = timezone.now() - timedelta(days=9)
    card = RefresherCard.objects.create(person=attempt.person, item_key=newest().item_key, objective="M01.O1", stability=1, difficulty=5, reviewed_at=earlier, due_at=timezone.now())  # fmt: skip
    RefresherReview.objects.create(
        card=card, version=newest(), value=key(), is_right=True, rating=3, reviewed_at=earlier
    )
    mend()
    run(lead)
    assert demonstrations.newest(attempt.person) == {"M01.O1": earlier}


def test_a_point_that_everybody_gets_shows_nothing_and_takes_nothing_away(lead):
    right, wrong, out = (
        sat(right=0, item=key()),
        sat(right=0, item=[next(o for o in newest().key if o not in key())]),
        sat(right=0),
    )
    run(lead, "credit")
    assert [shown(one) for one in (right, wrong, out)] == [["M01.O1"], [], []]
    assert demonstrations.rebuild() == 0


def test_a_grade_changed_by_hand_leaves_what_was_shown(lead):
    attempt = sat(right=5, item=key())
    change(attempt, lead, score=7)
    assert shown(attempt) == ["M01.O1", "M03.O1"]
    assert demonstrations.rebuild() == 0


def test_what_was_shown_is_put_right_by_the_record(lead):
    attempt, nobody = sat(right=8, item=key()), PersonFactory()
    before = demonstrations.newest(attempt.person)
    Demonstration.objects.filter(person=attempt.person, objective="M01.O1").update(at=timezone.now())
    Demonstration.objects.filter(person=attempt.person, objective="M03.O1").delete()
    Demonstration.objects.create(person=nobody, objective="M01.O1", at=timezone.now())
    out = StringIO()
    call_command("rebuild", "--dry-run", stdout=out)
    assert demonstrations.newest(nobody)
    call_command("rebuild", stdout=out)
    call_command("rebuild", stdout=out)
    assert [line.partition(" demonstrations")[0] for line in out.getvalue().splitlines()] == ["3", "3", "0"]
    assert (demonstrations.newest(attempt.person), demonstrations.newest(nobody)) == (before, {})


# --- By hand --------------------------------------------------------------------------------------------------------------


def change(attempt, by, *, score=4, passed=True, reason="The line failed"):
    """A grade given by hand."""
    return changing.change_grade(attempt, score=Decimal(score), passed=passed, by=by, reason=reason, at=timezone.now())


def decide(proposal, by, *, confirm=True):
    """What a second person says."""
    return changing.decide(proposal, confirm=confirm, note="seen", by=by, at=timezone.now())


def test_points_alone_are_changed_by_one_person_with_a_reason(lead):
    attempt = sat(right=5)
    made = change(attempt, lead, score=6)
    assert (grades(attempt), made.reason, made.graded_by) == ([(5, True), (6, True)], "The line failed", lead)


def test_passing_is_changed_by_two_people_only(lead):
    attempt, registrar = sat(right=3), PersonFactory(registrar=True)
    proposal = change(attempt, lead)
    assert grades(attempt) == [(3, False)]
    with pytest.raises(NeedsSecondPerson):
        decide(proposal, lead)
    decide(proposal, registrar)
    assert grades(attempt) == [(3, False), (4, True)]
    assert Completion.objects.filter(enrolment__public_id=attempt.scope, requirement="exam").exists()


def test_a_proposal_that_is_refused_changes_nothing_and_is_gone(lead):
    attempt = sat(right=3)
    decide(change(attempt, lead), PersonFactory(registrar=True), confirm=False)
    assert (grades(attempt), list(changing.waiting())) == ([(3, False)], [])


def test_a_proposal_is_decided_once(lead):
    proposal, registrar = change(sat(right=3), lead), PersonFactory(registrar=True)
    decide(proposal, registrar)
    with pytest.raises(AlreadyDecided):
        decide(proposal, registrar, confirm=False)
    assert GradeDecision.objects.count() == 1


def test_a_proposal_whose_grade_was_replaced_is_gone(lead):
    attempt = sat(right=3)
    proposal = change(attempt, lead)
    change(attempt, lead, score=2, passed=False)
    assert list(changing.waiting()) == []
    with pytest.raises(AlreadyDecided):
        decide(proposal, PersonFactory(registrar=True))


def test_the_same_proposal_made_twice_is_one(lead):
    attempt = sat(right=3)
    assert change(attempt, lead) == change(attempt, lead)
    assert GradeProposal.objects.count() == 1


def test_the_database_refuses_a_decision_by_the_one_who_proposed(lead):
    proposal = change(sat(right=3), lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        GradeDecision.objects.create(
            proposal=proposal, is_confirmed=True, proposed_by=lead, decided_by=lead, decided_at=timezone.now()
        )


def test_a_grade_given_by_hand_is_named_by_a_regrade_and_left(lead):
    attempt = sat(right=5, item=key())
    change(attempt, lead, score=7)
    mend()
    seen = regrading.preview(the_exam(), newest(), "mended")
    assert (seen.by_hand, seen.judged) == ([attempt], [])
    run(lead)
    assert grades(attempt) == [(6, True), (7, True)]
