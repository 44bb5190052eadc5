import pytest
from django.urls import reverse

from courses.catalogue import catalogue
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_the_small_course_is_there():
    assert [m.code for m in catalogue("my").by_code["C1"].modules] == ["M01", "M03"]
    assert catalogue("my").by_code["C1"].title.language == "my"


def test_learn(sign_in):
    person = EnrolmentFactory().person
    assert sign_in(person).get(reverse("courses:learn")).status_code == 200


def test_teach(sign_in):
    assert sign_in(PersonFactory(trainer=True)).get("/teach/").status_code == 200
