"""What observers write, and what it comes to once everybody who has to see an exercise has seen it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from content.rubrics import LEVELS, RubricInfo, apart, rubric
from core import audit
from courses.catalogue import catalogue
from courses.models import Completion, Enrolment
from courses.services import advance
from people.models import Person
from training.audit import OBSERVED
from training.errors import EvidenceMissing, LevelMissing, NobodyObservesThemselves
from training.models import Observation, ObservationSignature, TrainingSession


@dataclass(frozen=True)
class Sent:
    """An observation as a device sends it. id: made there; age: how long ago, by the device's clock; evidence, levels: by criterion."""

    id: UUID
    rubric: str
    exercise: str
    evidence: Mapping[str, str]
    levels: Mapping[str, int]
    comment: str = ""
    age: timedelta = timedelta(0)


def problems(info: RubricInfo, sent: Sent) -> dict[str, str]:
    """What is missing, by criterion: a level without what was seen, or no level at all."""
    found = {}
    for one in info.criteria:
        if sent.levels.get(one.id) not in LEVELS:
            found[one.id] = str(LevelMissing())
        elif not sent.evidence.get(one.id, "").strip():
            found[one.id] = str(EvidenceMissing())
    return found


def record(session: TrainingSession, person: Person, sent: Sent, *, by: Person, at: datetime) -> Observation:
    """Keep an observation; the same one twice is one. An earlier one of the same observer and exercise is superseded by it.

    Raises NobodyObservesThemselves, LevelMissing or EvidenceMissing.
    """
    if by.pk == person.pk:
        raise NobodyObservesThemselves
    info = rubric(sent.rubric, "en")
    if info is None or any(sent.levels.get(one.id) not in LEVELS for one in info.criteria):
        raise LevelMissing
    if problems(info, sent):
        raise EvidenceMissing
    levels = {one.id: sent.levels[one.id] for one in info.criteria}
    with transaction.atomic():
        TrainingSession.objects.select_for_update().get(pk=session.pk)  # one after the other
        if same := Observation.objects.filter(pk=sent.id).first():
            return same
        own = Observation.objects.standing().filter(
            session=session, person=person, observer=by, exercise=sent.exercise, rubric_key=info.key
        )
        made = Observation.objects.create(
            id=sent.id, session=session, person=person, observer=by, exercise=sent.exercise, rubric_key=info.key, rubric_code=info.code,
            rubric_sha256=info.sha256, rubric=_frozen(info), evidence={one.id: sent.evidence[one.id].strip() for one in info.criteria},
            levels=levels, comment=sent.comment, is_met=info.is_met(levels), observed_at=at - max(sent.age, timedelta(0)), received_at=at,
            supersedes=own.first(),
        )  # fmt: skip
        audit.record(OBSERVED, by=by, about=session, people=[person], rubric=info.code)
        _credit(session, person, at=at)
    return made


def _frozen(info: RubricInfo) -> dict[str, Any]:
    return {
        "title": str(info.title),
        "criteria": [{"id": one.id, "text": str(one.text), "is_critical": one.is_critical} for one in info.criteria],
        "least_mean": str(info.least_mean),
        "observers": info.observers,
    }


@dataclass(frozen=True)
class Exercise:
    """One exercise of one person, as its observers saw it. observations: those that stand, by observer; apart: criteria on which they
    differ by two levels or more, which they talk about first."""

    person: Person
    name: str
    rubric_code: str
    rubric_key: UUID
    needed: int
    observations: tuple[Observation, ...]
    apart: tuple[str, ...]

    @property
    def is_passed(self) -> bool:
        """Enough observers, all of whom find the standard met, and none far from another."""
        return len(self.observations) >= self.needed and not self.apart and all(one.is_met for one in self.observations)

    @property
    def state(self) -> str:
        """passed, waiting (for an observer), apart (to be talked about) or not_met."""
        if self.is_passed:
            return "passed"
        if self.apart:
            return "apart"
        if not all(one.is_met for one in self.observations):
            return "not_met"
        return "waiting"

    @property
    def apart_texts(self) -> list[str]:
        """The criteria on which they differ, in words."""
        return [one["text"] for one in self.observations[0].rubric["criteria"] if one["id"] in self.apart]


def exercises(observations: Iterable[Observation]) -> list[Exercise]:
    """Observations put together. observations: standing ones, with their persons."""
    groups: dict[tuple[int, int, str, UUID], list[Observation]] = defaultdict(list)
    for one in observations:
        groups[one.session_id, one.person_id, one.exercise, one.rubric_key].append(one)
    return [
        Exercise(
            person=seen[0].person,
            name=name,
            rubric_code=seen[-1].rubric_code,
            rubric_key=key,
            needed=seen[-1].rubric["observers"],
            observations=tuple(seen),
            apart=tuple(apart([one.levels for one in seen])),
        )
        for (_session, _person, name, key), seen in groups.items()
    ]


def passed_of(person: Person, *, course_key: UUID | None = None) -> list[Exercise]:
    """The exercises that a person passed, of any course or of one."""
    rows = Observation.objects.standing().filter(person=person, session__cancelled_at=None).select_related("person")
    if course_key:
        rows = rows.filter(session__course_key=course_key)
    return [one for one in exercises(rows) if one.is_passed]


def _credit(session: TrainingSession, person: Person, *, at: datetime) -> None:
    """What an exercise that is passed now completes: modules of the session that ask for its rubric."""
    mine = session.observations.standing().filter(person=person).select_related("person")
    passed = {one.rubric_code for one in exercises(mine) if one.is_passed}
    course = catalogue("en").by_key.get(session.course_key)
    enrolment = Enrolment.objects.filter(person=person, course_key=session.course_key, status="active").first()
    if not passed or course is None or enrolment is None:
        return
    met = [
        (Completion.Requirement.OBSERVED, module.key, module.code, module.revision)
        for module in course.modules
        if module.code in session.modules and module.observed in passed
    ]
    if met:
        advance(enrolment, met, at=at)


@transaction.atomic
def sign(observation: Observation, *, agrees: bool, comment: str, at: datetime) -> ObservationSignature:
    """The observed person has seen it; the first signature stays."""
    signature, _made = ObservationSignature.objects.get_or_create(
        observation=observation, defaults={"agrees": agrees, "comment": comment, "signed_at": at}
    )
    return signature
