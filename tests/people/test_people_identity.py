"""Service numbers: one spelling for one person, whatever keyboard typed it."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from people.identity import service_key
from people.models import Person
from tests.factories import PersonFactory

KEY = re.compile(r"[A-Z0-9]([A-Z0-9/-]{0,28}[A-Z0-9])?")
keys = st.from_regex(KEY, fullmatch=True)
BURMESE = str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")


def wide(text):
    """In full-width letters, as a Chinese or Japanese keyboard writes them."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


SPELLINGS = [
    str.lower,
    lambda key: key.translate(BURMESE),
    wide,
    lambda key: wide(key.lower()),
    lambda key: f" {key}\t",
    lambda key: " ".join(key),
    lambda key: key.replace("-", "–"),
    lambda key: key.replace("-", "−"),  # the minus sign
]


@given(keys)
def test_a_canonical_number_is_its_own_key(key):
    assert service_key(key) == key


@given(keys, st.sampled_from(SPELLINGS), st.sampled_from(SPELLINGS))
def test_every_spelling_of_a_number_finds_the_same_person(key, first, second):
    assert service_key(second(first(key))) == key


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_a_canonical_number_or_is_refused(text):
    try:
        key = service_key(text)
    except ValueError:
        return
    assert KEY.fullmatch(key)
    assert service_key(key) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "-",
        "IMM-",
        "-1",
        "IMM_1",
        "IMM.1",
        "ІММ-1",
        "ΙΜΜ-1",
        "IMM-ဝ",
        "အောင်",
        "A" * 31,
        "IMM\u200b-1",
        "IMM-1\u0301",
        "A\x00B",
    ],
)
def test_what_only_looks_like_a_number_is_refused(text):
    with pytest.raises(ValueError, match="not a service number"):
        service_key(text)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["imm-၀၀၁၂", "ＩＭＭ－００１２", " IMM – 0012 "])
def test_a_person_is_found_by_any_spelling_and_stored_under_one(typed):
    person = PersonFactory(service_number=typed)
    assert person.service_number == "IMM-0012"
    assert Person.objects.get_by_natural_key("imm-0012") == person


@pytest.mark.django_db
def test_a_second_person_cannot_have_the_number_in_another_spelling():
    PersonFactory(service_number="IMM-0012")
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(service_number="imm-၀၀၁၂")


@pytest.mark.django_db
def test_the_database_itself_keeps_numbers_in_capitals():
    person = PersonFactory(service_number="IMM-0012")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET service_number = 'imm-0012' WHERE id = %s", [person.pk])


@pytest.mark.django_db
def test_a_form_says_what_is_wrong_with_a_number():
    with pytest.raises(ValidationError) as refusal:
        Person(service_number="အောင်", name_my="ဦးအောင်").clean_fields()
    assert set(refusal.value.message_dict) >= {"service_number"}


@pytest.mark.django_db
def test_nobody_is_found_by_what_is_no_number():
    with pytest.raises(Person.DoesNotExist):
        Person.objects.get_by_natural_key("အောင်")
