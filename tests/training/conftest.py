"""The room that most tests of training start from: a trainer, three officers, their group, and a session that is planned for it."""

import pytest
from django.test import Client

from courses.catalogue import CourseInfo, catalogue
from people.models import Cohort, Person
from tests.factories import CohortFactory, PersonFactory, session_of
from training.models import TrainingSession


@pytest.fixture
def course(db) -> CourseInfo:
    """C1: M01 for everyone, M03 not for social welfare."""
    return catalogue("en").by_code["C1"]


@pytest.fixture
def trainer(db) -> Person:
    return PersonFactory(trainer=True)


@pytest.fixture
def officer(db) -> Person:
    return PersonFactory()


@pytest.fixture
def officers(db) -> list[Person]:
    return PersonFactory.create_batch(3)


@pytest.fixture
def cohort(trainer, officers) -> Cohort:
    return CohortFactory(trainer=trainer, officers=officers)


@pytest.fixture
def session(cohort, trainer) -> TrainingSession:
    return session_of(cohort, trainer)


@pytest.fixture
def desk(sign_in, trainer, client) -> Client:
    """The trainer's browser, in English."""
    client.cookies["lang"] = "en"
    return sign_in(trainer)


@pytest.fixture
def own(sign_in, officers, client) -> Client:
    """The browser of the first officer, in English."""
    client.cookies["lang"] = "en"
    return sign_in(officers[0])
