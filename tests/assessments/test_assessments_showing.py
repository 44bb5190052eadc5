"""What is shown of a result, and when: the rule, and the page that keeps to it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments import showing
from assessments.allowances import allow
from assessments.models import Attempt, Quiz
from tests.assessments import sitting
from tests.assessments.sitting import sit, the_exam
from tests.assessments.test_assessments_sitting import exam_url, text_of
from tests.factories import PersonFactory

RULES = st.dictionaries(st.sampled_from(sorted(showing.WHAT)), st.lists(st.sampled_from(sorted(showing.WHEN)), unique=True))  # fmt: skip
COME = st.fixed_dictionaries({"is_over": st.booleans(), "is_closed": st.booleans(), "is_done": st.booleans()})


# --- The rule ------------------------------------------------------------------------------------------------------------


@given(RULES, COME)
def test_before_handing_in_only_what_is_shown_during_the_attempt_is_shown(rule, come):
    now = showing.moments(**come | {"is_over": False})
    assert showing.allowed(rule, now) == {what for what, when in rule.items() if "during" in when}


@given(RULES, COME, st.sampled_from(["is_over", "is_closed", "is_done"]))
def test_what_is_shown_stays_shown_when_one_more_moment_has_come(rule, come, later):
    before = showing.allowed(rule, showing.moments(**come))
    assert before <= showing.allowed(rule, showing.moments(**come | {later: True}))


@given(RULES, COME)
def test_what_the_rule_does_not_name_is_never_shown(rule, come):
    assert showing.allowed(rule, showing.moments(**come)) <= {what for what, when in rule.items() if when}


@given(RULES)
def test_a_trusted_quiz_shows_nothing_during_the_attempt(rule):
    problems = showing.problems(rule, is_trusted=True)
    assert bool(problems) == any("during" in when for when in rule.values())
    assert showing.problems(rule, is_trusted=False) == []


@pytest.mark.parametrize("rule", [None, [], {"key": ["during"]}, {"score": "during"}, {"score": ["never"]}])
def test_what_is_no_rule_is_refused(rule):
    assert len(showing.problems(rule, is_trusted=False)) == 1


@pytest.mark.parametrize("name", showing.PRESETS)
def test_an_attempt_of_before_keeps_the_feedback_that_it_began_with(name):
    assert showing.rule_of({"feedback": name}) == showing.PRESETS[name]()


# --- The page ------------------------------------------------------------------------------------------------------------


def result_under(officer, enrolment, rule, *, right=False, **values):
    """The result's page of an attempt that was sat under a rule."""
    Quiz.objects.filter(pk=the_exam().pk).update(shown=rule, **values)
    attempt = sit(enrolment, right=right)
    return attempt, text_of(officer.get(f"/attempt/{attempt.public_id}/"))


def seen(page, attempt):
    """What a result's page shows."""
    versions = sitting.versions_of(attempt)
    return {
        "score": '<p class="score">' in page,
        "objectives": "By objective" in page,
        "verdicts": "Not quite" in page or ">Right<" in page,
        "answers": versions[0].texts["en"]["options"]["a"] in page,
        "rationales": any(text in page for text in versions[0].texts["en"]["rationales"].values()),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("what", sorted(showing.WHAT))
def test_each_permission_shows_its_thing(what, officer, enrolment):
    rule = {what: ["after_attempt"]} | ({"answers": ["after_attempt"]} if what == "rationales" else {})
    attempt, page = result_under(officer, enrolment, rule)
    assert seen(page, attempt) == {one: one in rule for one in showing.WHAT}


@pytest.mark.django_db
def test_where_nothing_is_shown_no_page_tells_whether_it_is_passed(officer, enrolment):
    attempt, page = result_under(officer, enrolment, {})
    assert set(seen(page, attempt).values()) == {False}
    both = page + text_of(officer.get(exam_url()))
    assert [word for word in ("Passed", "Not passed", "0 %") if word in both.replace("100 %", "").replace("70 %", "").replace("80 %", "")] == []  # fmt: skip
    assert "You handed this in." in page


@pytest.mark.django_db
def test_after_closing_means_closed_for_everybody(officer, enrolment):
    rule = {what: ["after_closing"] for what in showing.WHAT}
    now = timezone.now()
    attempt, page = result_under(officer, enrolment, rule, closes_at=now + timedelta(hours=1))
    assert set(seen(page, attempt).values()) == {False}
    Quiz.objects.filter(pk=the_exam().pk).update(closes_at=now - timedelta(hours=1))
    somebody = PersonFactory()
    late = allow(
        the_exam(), somebody, scope=somebody.public_id, by=somebody, reason="ill", closes_at=now + timedelta(hours=1)
    )
    where = f"/attempt/{attempt.public_id}/"
    assert set(seen(text_of(officer.get(where)), attempt).values()) == {False}
    late.delete()
    assert set(seen(text_of(officer.get(where)), attempt).values()) == {True}


@pytest.mark.django_db
def test_an_attempt_keeps_the_rule_that_it_began_with(officer, enrolment):
    attempt, _page = result_under(officer, enrolment, {"score": ["after_attempt"]})
    Quiz.objects.update(shown=showing.after_attempt())
    page = text_of(officer.get(f"/attempt/{attempt.public_id}/"))
    assert seen(page, attempt) == {what: what == "score" for what in showing.WHAT}


@pytest.mark.django_db
def test_an_attempt_of_before_the_permissions_shows_what_it_did(officer, enrolment):
    attempt = sit(enrolment, right=False)
    rules = {name: value for name, value in attempt.rules.items() if name in ("cut_score", "sections")}
    Attempt.objects.update(rules=rules | {"feedback": "when_done"})
    page = text_of(officer.get(f"/attempt/{attempt.public_id}/"))
    assert seen(page, attempt) == {what: what in ("score", "objectives") for what in showing.WHAT}
