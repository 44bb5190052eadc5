"""Which facts a trainee may read, and who has to confirm the others."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from content.models import Fact


@pytest.mark.parametrize(
    ("status", "flags", "confidence", "is_shown"),
    [
        ("draft", "", "A", True),
        ("draft", "", "B", True),
        ("draft", "", "A/C", True),
        ("draft", "", "C", False),
        ("draft", "S", "A", True),
        ("draft", "T", "A", True),
        ("draft", "ST", "A", True),
        ("draft", "L", "A", False),
        ("draft", "P", "A", False),
        ("draft", "LS", "A", False),
        ("draft", "TP", "A", False),
        ("approved", "", "A", True),
        ("approved", "L", "A", True),
        ("approved", "LP", "A", True),
        ("approved", "", "C", True),
        ("withdrawn", "", "A", False),
        ("withdrawn", "L", "A", False),
    ],
)
def test_a_fact_is_shown_once_nobody_has_to_confirm_it_or_somebody_did(status, flags, confidence, is_shown):
    assert Fact(status=status, flags=flags, confidence=confidence).is_shown is is_shown


@pytest.mark.parametrize(("status", "is_shown"), [("draft", False), ("approved", True), ("withdrawn", False)])
def test_a_telephone_number_is_shown_only_once_somebody_confirmed_it(status, is_shown):
    assert Fact(kind="telephone", status=status, flags="", confidence="A").is_shown is is_shown


def test_a_telephone_number_always_waits_for_the_agency():
    assert [Fact(kind="telephone", flags=flags).asks for flags in ("", "S", "P")] == ["P", "SP", "P"]


def test_who_has_to_confirm_it_is_said_in_words_in_the_order_of_its_flags():
    assert [str(one) for one in Fact(flags="PL").reviewers] == [
        str(Fact.REVIEWERS["P"]),
        str(Fact.REVIEWERS["L"]),
    ]


@pytest.mark.django_db
def test_a_fact_is_approved_by_somebody_or_not_at_all():
    fact = Fact.objects.get(code="R5", locale__language_code="en")
    fact.status = "approved"
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        fact.full_clean()
    assert refused.value.messages == ["Say who confirmed the fact, and on which day, before you approve it."]
    with pytest.raises(IntegrityError), transaction.atomic():
        fact.save()
