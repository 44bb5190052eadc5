"""The tests' own floor holds."""

import pytest
from django.urls import reverse

from courses.catalogue import catalogue
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_the_small_course_is_published_in_both_languages():
    assert [m.code for m in catalogue("my").by_code["C1"].modules] == ["M01", "M03"]
    assert catalogue("my").by_code["C1"].title.language == "my"


def test_an_officer_and_a_trainer_can_be_signed_in(sign_in):
    assert sign_in(EnrolmentFactory().person).get(reverse("courses:learn")).status_code == 200
    assert sign_in(PersonFactory(trainer=True)).get(reverse("training:desk")).status_code == 200
