"""Blocks of practice: one at a time, each answer once, nothing told before its time."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from assessments.errors import NotAResponse
from assessments.examination import practising, showing
from assessments.models import ExaminationBlock, ExaminationTrial, TrialAnswer
from specimens.recipe import Recipe
from specimens.truth import Fault
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
Mode = ExaminationBlock.Mode


@pytest.fixture
def officer():
    return PersonFactory()


def right(trial: ExaminationTrial) -> list[str]:
    """The best answer there is."""
    truth = showing.specimen(trial.specimen).truth
    if not truth.is_signal:
        return ["answer:1"]
    found = truth.anomalies[0]
    return ["answer:6", f"family:{found.group}", sorted(found.where)[0]]


def played(officer, mode=Mode.DECIDE, *, answer=right, at=NOW) -> ExaminationBlock:
    """A whole block, answered."""
    block = practising.begin(officer, mode, at=at)
    while trial := practising.next_trial(block, at=at):
        practising.record(trial, practising.Given(uuid4(), answer(trial), next_step="protection"), at=at)
        block.refresh_from_db()
    return block


def test_a_block_has_its_share_of_signals_and_ends_with_its_last_answer(officer):
    block = played(officer)
    trials = list(block.trials.all())
    assert (len(trials), sum(one.is_signal for one in trials), block.ended_at) == (20, 10, NOW)
    found = practising.block_results(officer, Mode.DECIDE)[0]
    assert (found.hits, found.false_alarms, found.localised) == (10, 0, 10)


def test_two_taps_begin_one_block(officer):
    assert practising.begin(officer, Mode.SPOT, at=NOW) == practising.begin(officer, Mode.SPOT, at=NOW)


def test_a_trial_waits_until_it_is_answered(officer):
    block = practising.begin(officer, Mode.DECIDE, at=NOW)
    assert practising.next_trial(block, at=NOW) == practising.next_trial(block, at=NOW)
    assert block.trials.count() == 1


def test_the_same_answer_twice_is_one_and_the_first_one_stays(officer):
    trial = practising.next_trial(practising.begin(officer, Mode.DECIDE, at=NOW), at=NOW)
    one = practising.Given(uuid4(), ["answer:2"])
    assert practising.record(trial, one, at=NOW) == practising.record(trial, one, at=NOW)
    assert practising.record(trial, practising.Given(uuid4(), ["answer:6"]), at=NOW).answer == 2
    assert TrialAnswer.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["answer:0"],
        ["answer:7"],
        ["answer:"],
        ["family:mrz"],
        ["answer:2", "nowhere:1,2"],
        ["answer:2", "page:NOTHING"],
    ],
)
def test_what_no_page_could_send_is_not_kept(officer, values):
    trial = practising.next_trial(practising.begin(officer, Mode.DECIDE, at=NOW), at=NOW)
    with pytest.raises(NotAResponse):
        practising.record(trial, practising.Given(uuid4(), values), at=NOW)
    assert TrialAnswer.objects.count() == 0


def test_the_document_tells_nothing_about_the_trial(officer):
    documents = {True: Counter(), False: Counter()}
    for _one in range(12):
        block = played(officer, answer=lambda trial: ["answer:1"])
        for trial in block.trials.all():
            documents[trial.is_signal][trial.recipe["document"]] += 1
    rare = {name for name in documents[True] | documents[False] if documents[True][name] + documents[False][name] > 25}
    for name in rare:
        share = documents[True][name] / (documents[True][name] + documents[False][name])
        assert 0.15 < share < 0.85, name


def test_who_finds_everything_meets_rarer_signals_and_who_guesses_does_not(officer):
    played(officer)
    block = practising.begin(officer, Mode.DECIDE, at=NOW + timedelta(hours=1))
    assert block.share == 30
    other = PersonFactory()
    played(other, answer=lambda trial: [f"answer:{1 if trial.position % 2 else 6}"])
    assert practising.begin(other, Mode.DECIDE, at=NOW).share == 50


def test_who_stops_everybody_is_coached_with_genuine_variations(officer):
    for hour in range(2):
        played(
            officer,
            answer=lambda trial: ["answer:6"] if trial.is_signal or trial.position % 5 else ["answer:1"],
            at=NOW + timedelta(hours=hour),
        )
    block = practising.begin(officer, Mode.DECIDE, at=NOW + timedelta(hours=3))
    assert block.coaching == "variations"
    trial = practising.next_trial(block, at=NOW)
    assert not trial.is_signal
    assert trial.recipe["variations"]


def test_an_ability_falls_with_what_is_missed_and_it_comes_again_later(officer):
    played(officer, answer=lambda trial: ["answer:1"])
    abilities, missed = practising.standing(officer, {})
    assert abilities
    assert max(abilities.values()) < 0
    assert {one.on for one in missed} == {NOW.date()}


def test_a_shift_is_long_rarely_has_signals_and_asks_about_the_person_first(officer):
    block = played(officer, Mode.SHIFT)
    assert (block.trials.count(), block.trials.filter(is_signal=True).count()) == (30, 4)
    assert practising.protection(officer, block=block) == (4, 4)
    assert all(45 <= practising.seconds_for(trial) <= 90 for trial in block.trials.all())


def test_a_late_answer_counts_and_is_known_to_be_late(officer):
    trial = practising.next_trial(practising.begin(officer, Mode.SHIFT, at=NOW), at=NOW)
    given = practising.record(trial, practising.Given(uuid4(), right(trial)), at=NOW + timedelta(minutes=5))
    assert given.is_late
    assert given.is_right


def test_the_mirror_counts_clean_specimens_only(officer):
    played(officer, answer=lambda trial: ["answer:6"])
    rows = practising.stopped(officer)
    assert len(rows) == 10
    assert all(stopped for _who, stopped in rows)


# --- Pages ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def open_trial(client, mode="decide") -> ExaminationTrial:
    """Begin a block by its page and give its trial."""
    page = client.post(reverse("examination:begin"), {"mode": mode}, follow=True)
    assert page.status_code == 200
    return ExaminationTrial.objects.latest("pk")


@pytest.mark.parametrize("mode", ["spot", "decide", "shift"])
@pytest.mark.parametrize("language", ["my", "en"])
def test_a_page_to_answer_holds_no_truth(signed_in, mode, language):
    from specimens.anomalies import CATALOGUE

    signed_in.cookies["django_language"] = language
    for _one in range(4):
        trial = open_trial(signed_in, mode)
        html = signed_in.get(reverse("examination:block", args=[trial.block.public_id])).content.decode()
        truth = showing.specimen(trial.specimen).truth
        for found in truth.anomalies:
            assert f'"{found.kind}"' not in html
            assert CATALOGUE[found.kind].explanation.of(language) not in html
            assert CATALOGUE[found.kind].title.of(language) not in html
        assert str(trial.recipe["seed"]) not in html
        assert "is_signal" not in html
        assert json.dumps(trial.recipe["faults"]) == "[]" or json.dumps(trial.recipe["faults"]) not in html
        practising.record(trial, practising.Given(uuid4(), right(trial)), at=NOW)


def test_an_answer_without_script_lands_on_what_there_was_to_see(signed_in):
    trial = open_trial(signed_in)
    sent = {"token": str(uuid4()), "response": ["", *right(trial)]}
    page = signed_in.post(reverse("examination:answer", args=[trial.public_id]), sent, follow=True)
    assert page.redirect_chain[-1][0] == reverse("examination:trial", args=[trial.public_id])
    assert page.context["j"]["is_right"]


def test_an_answer_by_script_is_told_where_to_go_on(signed_in):
    trial = open_trial(signed_in)
    sent = {"token": str(uuid4()), "response": right(trial), "lights": "visible uv lens nonsense"}
    answer = signed_in.post(
        reverse("examination:answer", args=[trial.public_id]), sent, headers={"Accept": "application/json"}
    )
    assert answer.json() == {"verdict": "accepted", "url": reverse("examination:trial", args=[trial.public_id])}
    assert TrialAnswer.objects.get().lights == ["visible", "uv", "lens"]


def test_an_unreadable_answer_is_said_to_be_and_nothing_is_counted(signed_in):
    trial = open_trial(signed_in)
    url = reverse("examination:answer", args=[trial.public_id])
    page = signed_in.post(url, {"token": str(uuid4()), "response": ["family:mrz"]}, follow=True)
    assert "notice error" in page.content.decode()
    assert signed_in.post(
        url, {"token": "x", "response": ["answer:1"]}, headers={"Accept": "application/json"}
    ).json() == {"verdict": "refused"}
    assert TrialAnswer.objects.count() == 0


def test_the_truth_of_a_shift_is_not_there_before_its_end(signed_in, officer):
    trial = open_trial(signed_in, "shift")
    url = reverse("examination:trial", args=[trial.public_id])
    assert signed_in.get(url).status_code == 404
    practising.record(trial, practising.Given(uuid4(), right(trial)), at=NOW)
    assert signed_in.get(url).status_code == 404
    played(officer, Mode.SHIFT)
    assert signed_in.get(url).status_code == 200


def test_the_report_of_a_block_speaks_of_people(signed_in, officer):
    block = played(officer, answer=lambda trial: ["answer:6"])
    html = signed_in.get(
        reverse("examination:block", args=[block.public_id]), headers={"Accept-Language": "en"}
    ).content.decode()
    assert "၁၀" in html or "10" in html
    assert block.trials.count() == 20


@pytest.mark.parametrize("light", ["visible", "oblique", "transmitted", "uv", "x-ray"])
def test_lights_are_links_where_there_is_no_script(signed_in, light):
    trial = open_trial(signed_in)
    html = signed_in.get(reverse("examination:block", args=[trial.block.public_id]), {"light": light}).content.decode()
    assert f'data-light="{light if light != "x-ray" else "visible"}"' in html


@pytest.mark.parametrize("step", ["1", "9", "14", "99", "x", "-1"])
def test_the_tour_shows_one_feature_and_never_falls(signed_in, step):
    assert signed_in.get(reverse("examination:tour"), {"step": step, "light": "uv"}).status_code == 200


@pytest.mark.parametrize("path", ["licence/UTO/1", "passport/MMR/1", "passport/UTO/77"])
def test_a_reference_that_is_not_there_is_not_found(signed_in, path):
    assert signed_in.get(f"/practice/documents/reference/{path}/").status_code == 404


def test_a_first_view_is_light(signed_in):
    import gzip

    sizes = []
    for _one in range(6):
        trial = open_trial(signed_in)
        html = signed_in.get(reverse("examination:block", args=[trial.block.public_id])).content
        sizes.append(len(gzip.compress(html, 6)))
        practising.record(trial, practising.Given(uuid4(), right(trial)), at=NOW)
    assert max(sizes) < 34_000  # of 40 KB with styles and scripts


@pytest.mark.parametrize("answers", [0, 60])
def test_the_desk_costs_the_same_however_much_was_practised(signed_in, officer, answers, django_assert_max_num_queries):
    for hour in range(answers // 20):
        played(officer, at=NOW + timedelta(hours=hour))
    with django_assert_max_num_queries(12):
        assert signed_in.get(reverse("examination:desk")).status_code == 200


def test_a_case_is_read_linked_and_told(signed_in):
    from assessments.examination.case_views import _case

    seed = next(seed for seed in range(1, 40) if _case(seed).conflicts)
    page = signed_in.get(reverse("examination:case", args=[seed]))
    conflict = _case(seed).conflicts[0]
    assert conflict.explanation.my not in page.content.decode()
    first, second = sorted(next(iter(conflict.pairs)))
    page = signed_in.post(
        reverse("examination:case", args=[seed]),
        {"first-0": first, "second-0": second, "first-1": "no", "second-1": "such"},
    )
    assert page.context["found"][0]["explanation"] in (
        conflict.explanation.my,
        conflict.explanation.en,
    )


def test_the_rows_of_a_rule_card_tell_nothing_of_what_is_in_the_specimen():
    from specimens import variations
    from specimens.anomalies import CATALOGUE
    from specimens.issuing import DOCUMENTS

    for document in DOCUMENTS:
        recipes = [Recipe(seed, document) for seed in range(5)]
        recipes += [
            Recipe(5, document, (Fault(kind, 3),)) for kind, one in CATALOGUE.items() if document in one.documents
        ]
        recipes += [
            Recipe(5, document, (), (kind,)) for kind, one in variations.CATALOGUE.items() if document in one.documents
        ]
        rows = {
            tuple(str(label) for label, _value in showing.rules(showing.specimen(one), language="en"))
            for one in recipes
        }
        assert len(rows) == 1, document


def test_another_persons_block_does_not_exist(client, officer):
    block = practising.begin(officer, Mode.DECIDE, at=NOW)
    client.force_login(PersonFactory())
    assert client.get(reverse("examination:block", args=[block.public_id])).status_code == 404


def test_the_examiner_reads_a_recipe_that_was_stored(officer):
    trial = practising.next_trial(practising.begin(officer, Mode.SPOT, at=NOW), at=NOW)
    assert trial.specimen == Recipe.of(trial.recipe)
    assert trial.specimen.faults[0] == Fault(*trial.recipe["faults"][0])
