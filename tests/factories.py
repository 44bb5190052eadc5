"""Records for tests. A trait says what kind."""

from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import factory
from django.utils import timezone
from wagtail.models import Locale

from content.models import FacilitatorGuide, PocketCard, Rubric
from content.rubrics import rubric
from courses.catalogue import catalogue
from courses.models import Enrolment
from people.models import Cohort, CohortMembership, Person, RoleGrant, Unit
from people.roles import grant_role
from training.accrediting.granting import live, name_master
from training.models import Observation, TrainingSession
from training.observing.recording import Sent, record
from training.sessions.planning import Plan, plan_session

PASSWORD = "four words to remember"


class UnitFactory(factory.django.DjangoModelFactory):
    """An agency of immigration; give kind, agency and parent for others."""

    class Meta:
        model = Unit

    kind = Unit.Kind.AGENCY
    agency = "immigration"
    code = factory.Sequence(lambda n: f"U{n}")
    name_my = factory.Sequence(lambda n: f"ရုံး {n}")
    name_en = factory.Sequence(lambda n: f"Unit {n}")


def _no_index(*args: Any, **kwargs: Any) -> None:
    pass


class PersonFactory(factory.django.DjangoModelFactory):
    """An officer of immigration, whom no search finds unless `findable`: indexing takes as long as all the rest. Traits: a role's name."""

    class Meta:
        model = Person

    service_number = factory.Sequence(lambda n: f"IMM-{n:05d}")
    name_my = factory.Sequence(lambda n: f"ဒေါ်နီလာ {n}")
    name_latin = factory.Sequence(lambda n: f"Daw Nilar {n}")
    unit = factory.SubFactory(UnitFactory)
    password = factory.django.Password(PASSWORD)

    role = ""
    findable = False

    class Params:
        trainer = factory.Trait(role=RoleGrant.Role.TRAINER)
        registrar = factory.Trait(role=RoleGrant.Role.REGISTRAR)
        lead = factory.Trait(role=RoleGrant.Role.LEAD)
        editor = factory.Trait(role=RoleGrant.Role.EDITOR)
        assessor = factory.Trait(role=RoleGrant.Role.ASSESSOR)
        translator = factory.Trait(role=RoleGrant.Role.TRANSLATOR)
        subject = factory.Trait(role=RoleGrant.Role.SUBJECT)
        legal = factory.Trait(role=RoleGrant.Role.LEGAL)
        language_reviewer = factory.Trait(role=RoleGrant.Role.LANGUAGE)
        master = factory.Trait(role=RoleGrant.Role.MASTER)
        auditor = factory.Trait(role=RoleGrant.Role.AUDITOR)
        supervisor = factory.Trait(role=RoleGrant.Role.SUPERVISOR)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, role: str, findable: bool, **kwargs: Any) -> Person:
        with nullcontext() if findable else patch("people.receivers.post_save_signal_handler", new=_no_index):
            person: Person = super()._create(model_class, *args, **kwargs)
        if role:
            unit = person.unit if role == RoleGrant.Role.SUPERVISOR else None
            grant_role(person, role, by=None, reason="test", starts_on=date(2020, 1, 1), unit=unit)
        return person


class CohortFactory(factory.django.DjangoModelFactory):
    """A cohort. `trainer=Person` leads it; `officers=n` learners are made, or `officers=[Person, …]` join."""

    class Meta:
        model = Cohort
        skip_postgeneration_save = True

    name_en = factory.Sequence(lambda n: f"Group {n}")

    @factory.post_generation
    def trainer(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Who leads it."""
        if extracted:
            CohortMembership.objects.create(
                cohort=self, person=extracted, part=CohortMembership.Part.TRAINER, joined_at=timezone.now()
            )

    @factory.post_generation
    def officers(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Who learns in it."""
        people = PersonFactory.create_batch(extracted) if isinstance(extracted, int) else extracted or []
        for person in people:
            CohortMembership.objects.create(cohort=self, person=person, joined_at=timezone.now())


class EnrolmentFactory(factory.django.DjangoModelFactory):
    """A place in C1 of the test curriculum."""

    class Meta:
        model = Enrolment

    person = factory.SubFactory(PersonFactory)
    course_key = factory.LazyFunction(lambda: catalogue("en").by_code["C1"].key)
    course_code = "C1"


def plan_for(**values: Any) -> Plan:
    """What a session is to be: of C1, whole, today from nine to four, unless said otherwise."""
    course = values.pop("course", None) or catalogue("en").by_code["C1"]
    day = timezone.localtime(values.pop("day", timezone.now())).replace(minute=0, second=0, microsecond=0)
    modules = [module.code for module in course.modules]
    return Plan(**{"course": course, "modules": modules, "place": "Room 2", "unit": None, "starts_at": day.replace(hour=9), "ends_at": day.replace(hour=16)} | values)  # fmt: skip


def session_of(cohort: Cohort, lead: Person, **values: Any) -> TrainingSession:
    """A planned session of a group, led by somebody who is a master trainer from now on; values: of its plan."""
    course = values.get("course") or catalogue("en").by_code["C1"]
    if not live(lead, course.key, on=timezone.localdate()):
        name_master(lead, course, by=lead, reason="test", at=timezone.now() - timedelta(days=30))
    return plan_session(cohort, plan_for(**values), lead=lead)


def rubric_of(*criteria: str, observers: int = 2) -> Rubric:
    """A rubric R9 of criteria by their texts, the first critical."""
    blocks = [
        {"type": "criterion", "id": str(uuid4()), "value": {"text": text, "not_done": "", "to_standard": "Does it", "is_critical": n == 0}}
        for n, text in enumerate(criteria)
    ]  # fmt: skip
    english = Locale.objects.get(language_code="en")
    return Rubric.objects.create(code="R9", title="A rubric", criteria=blocks, observers=observers, locale=english)


def guide_of(code: str = "M01", **values: Any) -> FacilitatorGuide:
    """A guide of half an hour in two steps, with two slides, three materials and one answer; values: of its fields."""

    def stream(kind: str, *parts: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"type": kind, "id": str(uuid4()), "value": part} for part in parts]

    told = {
        "locale": Locale.objects.get(language_code="en"), "aim": "They can do it.", "opening": "You may sit out.", "debrief": "What will you do?", "fallback": "Read it aloud.",
        "safety": "No real cases.", "minutes": 30, "group_from": 3, "group_to": 4,
        "steps": stream(
            "step",
            {"minutes": 10, "title": "Opener", "what": "Stand on the line.", "materials": "String", "note": "A secret of the opener."},
            {"minutes": 20, "title": "Cards", "what": "Sort the cards.", "materials": "", "note": "A secret of the cards."},
        ),
        "materials": stream(
            "material",
            {"item": "Set of cards", "count": 2, "per": "group", "is_printed": True},
            {"item": "Pen", "count": 1, "per": "person", "is_printed": False},
            {"item": "Flip chart", "count": 1, "per": "room", "is_printed": False},
        ),
        "slides": stream(
            "slide", {"step": 1, "title": "Welcome", "points": []}, {"step": 2, "title": "Now sort", "points": []}
        ),
        "answers": stream("answer", {"question": "Card one", "answer": "A secret answer", "why": "Because"}),
    }  # fmt: skip
    return FacilitatorGuide.objects.create(code=code, **told | values)


def card_of(code: str = "M01", **values: Any) -> PocketCard:
    """A card of three lines, valid for a month; values: of its fields."""
    points = [("do", "Look first."), ("warning", "Promise little."), ("never", "Do not take photos.")]
    told = {
        "locale": Locale.objects.get(language_code="en"),
        "title": f"At hand after {code}",
        "version": "1.0",
        "valid_until": timezone.localdate() + timedelta(days=30),
        "points": [
            {"type": "point", "id": str(uuid4()), "value": {"text": text, "kind": kind}} for kind, text in points
        ],
    }
    return PocketCard.objects.create(code=code, **told | values)


def observation_of(session: TrainingSession, person: Person, observer: Person, level: int = 2) -> Observation:
    """One person's exercise, observed by a rubric R9 with the same level everywhere."""
    info = rubric("R9", "en") or (rubric_of("Safety", "Plan") and rubric("R9", "en"))
    assert info
    ids = [one.id for one in info.criteria]
    sent = Sent(uuid4(), "R9", "Round 1", dict.fromkeys(ids, "Seen"), dict.fromkeys(ids, level))
    return record(session, person, sent, by=observer, at=timezone.now())
