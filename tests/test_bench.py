"""What the bench prepares inside the product; its figures are for a quiet machine, not for a test."""

import pytest

from assessments.models import Attempt, ItemVersion
from certificates.models import Certificate
from deploy.bench.inside import CHOICES, inside_people


@pytest.mark.django_db
def test_the_bench_finds_people_who_sat_an_exam_of_choices():
    found = inside_people(small=2, large=6, questions=4, takers=2)
    asked = {item["version"] for attempt in Attempt.objects.all() for item in attempt.paper["items"]}
    kinds = set(ItemVersion.objects.filter(pk__in=asked).values_list("kind", flat=True))
    assert (Attempt.objects.count(), kinds - {*CHOICES}) == (4, set())
    assert str(Certificate.objects.get().public_id) == found["certificate"]
