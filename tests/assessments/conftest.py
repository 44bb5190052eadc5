"""An officer of C1 who has learned everything, signed in and reading English."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from assessments.models import Attempt, QuizSection
from courses.models import Enrolment
from tests.assessments import sitting
from tests.factories import EnrolmentFactory


@pytest.fixture(scope="module")
def english() -> Iterator[None]:
    """What is said is compared in the words of the source."""
    with override("en"):
        yield


@pytest.fixture
def enrolment(db: Any) -> Enrolment:
    return sitting.learn_all(EnrolmentFactory())


@pytest.fixture
def officer(client: Client, enrolment: Enrolment) -> Client:
    client.force_login(enrolment.person)
    client.cookies["lang"] = "en"
    return client


@pytest.fixture
def attempt(enrolment: Enrolment) -> Attempt:
    """An open attempt of four items."""
    return sitting.begin(enrolment)


@pytest.fixture
def whole(enrolment: Enrolment) -> Attempt:
    """An open attempt that asks all eight exam items, two of which have several right answers."""
    QuizSection.objects.filter(quiz=sitting.the_exam()).update(count=4)
    return sitting.begin(enrolment)
