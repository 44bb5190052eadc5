"""How a group practises document examination: together from ten up, and nothing of anybody alone."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from assessments.examination import practising, showing
from assessments.examination.aggregating import Heat
from assessments.models import ExaminationBlock, ExaminationTrial
from specimens.anomalies import CATALOGUE
from specimens.anomalies.base import MAIN
from specimens.generating import GENERATOR, with_fault
from tests.factories import CohortFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
KIND = "A12"


def tapped(person, kind: str = KIND) -> None:
    """One specimen of a kind, referred, with a tap where the anomaly lies."""
    recipe = with_fault(3, kind, 3)
    block = ExaminationBlock.objects.create(person=person, mode="decide", seed=1, size=20, share=50, begun_at=NOW)
    trial = ExaminationTrial.objects.create(
        block=block, position=0, recipe=recipe.as_json(), generator=GENERATOR, is_signal=True, shown_at=NOW
    )
    specimen = showing.specimen(recipe)
    sheet = specimen.sheets[0]
    values = ["answer:6", f"family:{CATALOGUE[kind].group}", f"{sheet.name}:{sheet.size[0] // 2},{sheet.size[1] // 2}"]
    practising.record(trial, practising.Given(uuid4(), values), at=NOW)


def page(client, cohort, kind: str = KIND) -> str:
    client.cookies["lang"] = "en"
    response = client.get(f"/teach/cohorts/{cohort.public_id}/documents/", {"kind": kind})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("count", "shown"), [(9, False), (10, True)])
def test_taps_are_shown_of_ten_learners_and_not_of_nine(count, shown, trainer, sign_in):
    officers = PersonFactory.create_batch(count)
    for officer in officers:
        tapped(officer)
    text = page(sign_in(trainer), CohortFactory(trainer=trainer, officers=officers))
    assert (f"Taps of {count} learners" in text, "Fewer than ten learners" in text) == (shown, not shown)
    assert ('opacity="0.75"' in text) is shown
    assert not any(officer.service_number in text for officer in officers)


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_every_anomaly_can_be_chosen(kind, trainer, sign_in, monkeypatch):
    sheet = MAIN[CATALOGUE[kind].documents[0]]
    heat = Heat(sheet, {(100, 100): 1.0}, 12)
    monkeypatch.setattr("training.examination.aggregating.heat", lambda people, kind: heat)
    assert "Taps of 12 learners" in page(sign_in(trainer), CohortFactory(trainer=trainer), kind)


def test_what_is_no_anomaly_shows_none(trainer, sign_in):
    assert "Taps of" not in page(sign_in(trainer), CohortFactory(trainer=trainer), "A99")
