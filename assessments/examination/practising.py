"""Blocks of practice: how one begins, which specimen comes next, and what is made of an answer."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.errors import NotAResponse
from assessments.examination import adapting, detection, difficulties, judging, showing
from assessments.examination.adapting import Missed
from assessments.examination.detection import Result, Seen
from assessments.examination.difficulties import Answered, Found
from assessments.models import ExaminationBlock, ExaminationTrial, TrialAnswer
from core.db import write_transaction
from people.models import Person
from specimens import issuing
from specimens.anomalies import CATALOGUE
from specimens.chance import Chance
from specimens.generating import GENERATOR, drawn
from specimens.recipe import Recipe, kinds_of
from specimens.truth import GROUPS

Mode = ExaminationBlock.Mode
SIZES = {Mode.SPOT: 10, Mode.DECIDE: 20, Mode.SHIFT: 30}
SHIFT_SHARE = 12  # per cent
GRACE = 10  # seconds that a line may take
TRIES = 40  # for a specimen with a variation
REMEMBERED = 2000  # of the newest answers, for abilities
# A trial whose holder stands there, or any of a shift, asks what happens to the person first.
WITH_PERSON = ("traveller",)


def begin(person: Person, mode: str, *, at: datetime) -> ExaminationBlock:
    """The open block of a mode, or a new one. Two taps begin one block."""
    open_one = ExaminationBlock.objects.filter(person=person, mode=mode, ended_at=None).first()
    if open_one:
        return open_one
    share, coaching = {Mode.SPOT: 100, Mode.SHIFT: SHIFT_SHARE}.get(Mode(mode), 50), ""
    if mode == Mode.DECIDE:
        before = block_results(person, Mode.DECIDE)
        share = adapting.LADDER[adapting.rung(before)]
        coaching = adapting.coaching(before)
        share = {"variations": 0, "gross": 50}.get(coaching, share)
    try:
        with transaction.atomic():
            return ExaminationBlock.objects.create(
                person=person, mode=mode, seed=secrets.randbelow(2**31), size=SIZES[Mode(mode)], share=share, coaching=coaching, begun_at=at
            )  # fmt: skip
    except IntegrityError:  # begun in the same moment on another page
        return ExaminationBlock.objects.get(person=person, mode=mode, ended_at=None)


def next_trial(block: ExaminationBlock, *, at: datetime) -> ExaminationTrial | None:
    """The trial that waits for an answer, or a new one; None at the end of the block."""
    trials = list(block.trials.select_related("given").order_by("position"))
    if trials and not hasattr(trials[-1], "given"):
        return trials[-1]
    if len(trials) >= block.size or not block.is_open:
        return None
    recipe, is_signal = _recipe(block, len(trials), at=at)
    trial, _made = ExaminationTrial.objects.get_or_create(
        block=block, position=len(trials), defaults={"recipe": recipe.as_json(), "generator": GENERATOR, "is_signal": is_signal, "shown_at": at}
    )  # fmt: skip
    return trial


def _recipe(block: ExaminationBlock, position: int, *, at: datetime) -> tuple[Recipe, bool]:
    """What is drawn next. The document is chosen alike for both sorts of trials, so that it tells nothing."""
    chance = Chance(block.seed, f"trial/{position}")
    is_signal = adapting.bag(Chance(block.seed, "bag"), block.size, block.share)[position]
    found = difficulties.known()
    abilities, missed = standing(block.person, found)
    kinds = {group: kinds_of(group) for group in GROUPS}
    reviews = adapting.due_reviews(missed, today=timezone.localdate(at))
    must_vary = block.coaching == ExaminationBlock.Coaching.VARIATIONS
    for _try in range(TRIES if must_vary else 1):  # not every document has variations
        kind = adapting.next_kind(abilities, kinds, chance, reviews=reviews)
        severity = (
            5
            if block.coaching == ExaminationBlock.Coaching.GROSS
            else adapting.severity_for(
                abilities.get(CATALOGUE[kind].group, 0.0), partial(difficulties.of, kind, found=found)
            )
        )
        recipe = drawn(chance.word() >> 1, kind, severity, is_signal=is_signal, is_varied=True if must_vary else None)
        if recipe.variations:
            break
    return recipe, is_signal


def standing(person: Person, found: Found) -> tuple[dict[str, float], list[Missed]]:
    """Abilities by family, and what was missed and not found since; from a person's newest answers. One query."""
    rows = TrialAnswer.objects.filter(trial__block__person=person, trial__is_signal=True).order_by("-answered_at")
    told = rows.values_list("group", "kind", "severity", "is_right", "is_localised", "answered_at")[:REMEMBERED]
    newest = [(Answered(person.pk, *row[:4]), *row[4:]) for row in told][::-1]
    missed: dict[str, Missed] = {}
    for one, is_localised, answered_at in newest:
        if one.is_right and is_localised:
            missed.pop(one.kind, None)
        elif not one.is_right:
            missed[one.kind] = Missed(one.kind, timezone.localdate(answered_at))
    answers = (one for one, *_rest in newest)
    abilities = {one.group: after for one, _before, after in difficulties.abilities_before(answers, found)}
    return abilities, list(missed.values())


@dataclass(frozen=True)
class Given:
    """An answer as a client sends it. id: made with the page, so that the same answer twice is one."""

    id: UUID
    values: Sequence[str]
    lights: Sequence[str] = ()
    next_step: str = ""


def record(trial: ExaminationTrial, given: Given, *, at: datetime) -> TrialAnswer:
    """Judge an answer and keep it, once: what was stored first stays. Raises NotAResponse for what no page could send."""
    response = judging.read(given.values)
    specimen = showing.specimen(trial.specimen)
    if response is None or not judging.is_possible(response, *judging.shown_of(specimen)):
        raise NotAResponse
    verdict = judging.judge(specimen.truth, response)
    deciding = verdict.found or (specimen.truth.anomalies[0] if specimen.truth.anomalies else None)
    seconds = max(0, int((at - trial.shown_at).total_seconds()))
    limit = seconds_for(trial)
    next_step = (
        given.next_step
        if given.next_step in TrialAnswer.Next.values and response.is_referred and asks_next(trial)
        else ""
    )
    with write_transaction():
        answer, _made = TrialAnswer.objects.get_or_create(
            trial=trial,
            defaults={
                "id": given.id, "answer": response.answer, "family": response.family, "marks": list(response.marks),
                "lights": [light for light in given.lights if light in showing.LIGHT_NAMES][:60], "next_step": next_step, "seconds": seconds,
                "is_right": verdict.is_right, "is_localised": verdict.is_localised, "is_late": limit is not None and seconds > limit + GRACE,
                "group": deciding.group if deciding else "", "kind": deciding.kind if deciding else "", "severity": deciding.severity if deciding else 0,
                "answered_at": at,
            },
        )  # fmt: skip
        if trial.position + 1 >= trial.block.size:
            ExaminationBlock.objects.filter(pk=trial.block_id, ended_at=None).update(ended_at=at)
    return answer


def asks_next(trial: ExaminationTrial) -> bool:
    """Whether who refers is asked what happens to the person first."""
    return trial.block.mode == Mode.SHIFT or trial.recipe["document"] in WITH_PERSON


def seconds_for(trial: ExaminationTrial) -> int | None:
    """How long one traveller of a shift may take: 45 to 90 seconds; None elsewhere."""
    return (
        Chance(trial.block.seed, f"time/{trial.position}").between(45, 90) if trial.block.mode == Mode.SHIFT else None
    )


# --- Results --------------------------------------------------------------------------------------------------------------

COUNTED = (Mode.DECIDE, Mode.SHIFT)


def seen_by(person: Person, *, block: ExaminationBlock | None = None) -> list[Seen]:
    """A person's trials, oldest first: of one block, or of all in which both sorts were mixed."""
    rows = TrialAnswer.objects.filter(trial__block__person=person)
    rows = rows.filter(trial__block=block) if block else rows.filter(trial__block__mode__in=COUNTED)
    found = rows.order_by("answered_at").values_list("trial__is_signal", "answer", "is_localised", "group")
    return [Seen(*one) for one in found]


def block_results(person: Person, mode: str) -> list[Result]:
    """Of each ended block of a mode, oldest first. One query."""
    rows = TrialAnswer.objects.filter(
        trial__block__person=person, trial__block__mode=mode, trial__block__ended_at__isnull=False
    )
    blocks: dict[int, list[Seen]] = defaultdict(list)
    for pk, is_signal, answer, is_localised, group in rows.order_by(
        "trial__block__ended_at", "answered_at"
    ).values_list("trial__block_id", "trial__is_signal", "answer", "is_localised", "group"):
        blocks[pk].append(Seen(is_signal, answer, is_localised, group))
    return [detection.result(trials) for trials in blocks.values()]


def protection(person: Person, *, block: ExaminationBlock | None = None) -> tuple[int, int]:
    """In how many of the cases that were referred with a person there the protection question came first: asked, of."""
    rows = TrialAnswer.objects.filter(trial__block__person=person).exclude(next_step="")
    steps = list((rows.filter(trial__block=block) if block else rows).values_list("next_step", flat=True))
    return sum(step == TrialAnswer.Next.PROTECTION for step in steps), len(steps)


def stopped(person: Person) -> list[tuple[dict[str, str], bool]]:
    """For the mirror: the holder's attributes of each clean specimen, and whether they were stopped."""
    rows = TrialAnswer.objects.filter(
        trial__block__person=person, trial__is_signal=False, trial__block__mode__in=COUNTED
    )
    return [
        (attributes(recipe["seed"]), answer >= detection.REFER)
        for recipe, answer in rows.values_list("trial__recipe", "answer")
    ]


def attributes(seed: int) -> dict[str, str]:
    """What the mirror compares of the holder of a seed."""
    who = issuing.holder_of(seed)
    return {"sex": who.sex, "band": str(who.band), "tone": str(who.tone), "family": who.family, "dress": str(who.dress)}
