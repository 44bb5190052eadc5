"""Difficulties found from answers: from many people, never from few, and used for what comes next."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from assessments.examination import adapting, difficulties, practising
from assessments.models import ExaminationBlock, ExaminationTrial, FoundDifficulty, TrialAnswer
from specimens.anomalies import CATALOGUE
from specimens.generating import GENERATOR, with_fault
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
KIND = "A12"


def answered(people: int, *, rightly: int, of: int, severity: int = 3, at: datetime = NOW) -> None:
    """Answers of so many people to one anomaly, `rightly` of `of` each."""
    recipe = with_fault(1, KIND, severity).as_json()
    for _person in range(people):
        block = ExaminationBlock.objects.create(
            person=PersonFactory(), mode="decide", seed=1, size=of, share=100, begun_at=at, ended_at=at
        )
        for position in range(of):
            trial = ExaminationTrial.objects.create(
                block=block, position=position, recipe=recipe, generator=GENERATOR, is_signal=True, shown_at=at
            )
            is_right = position < rightly
            TrialAnswer.objects.create(
                id=uuid4(), trial=trial, answer=6 if is_right else 1, seconds=9, is_right=is_right, is_localised=is_right,
                group=CATALOGUE[KIND].group, kind=KIND, severity=severity, answered_at=at + timedelta(seconds=position),
            )  # fmt: skip


def test_what_many_people_miss_becomes_harder_and_is_shown_plainer():
    before = difficulties.of(KIND, 3, difficulties.known())
    answered(12, rightly=0, of=4)
    assert difficulties.find(NOW) == "1 found"
    found = difficulties.known()
    assert difficulties.of(KIND, 3, found) > before + 0.5
    assert difficulties.of(KIND, 2, found) == adapting.difficulty(CATALOGUE[KIND].difficulty, 2)


@pytest.mark.parametrize(("people", "each"), [(9, 20), (12, 2)])
def test_few_people_or_few_answers_say_nothing(people, each):
    answered(people, rightly=0, of=each)
    assert difficulties.find(NOW) == "0 found"
    assert not FoundDifficulty.objects.exists()


def test_it_is_found_anew_and_what_is_old_is_forgotten():
    answered(12, rightly=4, of=4)
    difficulties.find(NOW)
    easy = difficulties.of(KIND, 3, difficulties.known())
    assert easy < adapting.difficulty(CATALOGUE[KIND].difficulty, 3)
    assert difficulties.find(NOW) == "1 found"  # with the abilities that follow from what is known now
    assert difficulties.find(NOW + difficulties.REMEMBERED + timedelta(days=1)) == "0 found"
    assert difficulties.known() == {}


def test_the_next_specimen_follows_what_was_found():
    """A person who has shown nothing yet is given the severity at which three of four find it."""
    for kind in CATALOGUE:
        for severity in range(1, 6):
            FoundDifficulty.objects.create(
                kind=kind, severity=severity, value=0.0 if severity == 4 else 6.0, outcomes=99, found_at=NOW
            )
    block = practising.begin(PersonFactory(), ExaminationBlock.Mode.SPOT, at=NOW)
    trial = practising.next_trial(block, at=NOW)
    assert [severity for _kind, severity in trial.recipe["faults"]] == [4]
