"""Passwords and secrets: what is good enough, how it is kept."""

import base64

import pytest
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from people.adapter import MFAAdapter
from people.hashers import Argon2PasswordHasher
from people.models import Person
from people.passwords import ContextValidator, LengthValidator
from people.secrets import decrypt, encrypt
from tests.factories import PASSWORD, PersonFactory

# --- Passwords -----------------------------------------------------------------------------------------------------------


def is_long_enough(length, person):
    """Whether a password of so many characters is accepted of a person."""
    try:
        LengthValidator().validate("x" * length, person)
    except ValidationError:
        return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "least"), [("", 15), ("trainer", 8), ("registrar", 8), ("lead", 8), ("editor", 8)])
def test_how_long_a_password_has_to_be_follows_from_the_second_factor(role, least):
    person = PersonFactory(role=role)
    lengths = [least - 1, least, 128, 129]
    assert [is_long_enough(length, person) for length in lengths] == [False, True, True, False]


@pytest.mark.parametrize("person", [None, Person(service_number="IMM-00042")])
def test_who_is_not_known_yet_needs_a_long_one(person):
    assert [is_long_enough(length, person) for length in (14, 15)] == [False, True]


@pytest.mark.parametrize(
    "password",
    [
        "imm-00042 and more words",
        "my name is THIDA today",
        "th ida and the boats",
        "thindan for ever",
        "သင်တန်း ကောင်းတယ်",
        "ဒေါ်သီတာလွင် နေကောင်းလား",
    ],
)
def test_a_password_holds_neither_ones_name_nor_number_nor_that_of_this_site(password):
    person = Person(service_number="IMM-00042", name_latin="Daw Thida Lwin", name_my="ဒေါ်သီတာလွင်")
    with pytest.raises(ValidationError):
        ContextValidator().validate(password, person)


def test_words_that_have_nothing_to_do_with_the_person_are_a_good_password():
    person = Person(service_number="IMM-00042", name_latin="U Ba Lin", name_my="ဦးဘလင်း")
    assert ContextValidator().validate("balance under the rain", person) is None


@pytest.mark.django_db
@pytest.mark.parametrize("new", ["fourteen chars", "passwordpassword1"[:14], "thindan is a good place"])
def test_a_weak_password_is_refused_and_the_old_one_stays(new, sign_in):
    person = PersonFactory()
    response = sign_in(person).post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    person.refresh_from_db()
    assert (response.status_code, person.check_password(PASSWORD)) == (200, True)


@pytest.mark.django_db
def test_why_a_password_is_refused_is_told_in_burmese(sign_in):
    response = sign_in(PersonFactory()).post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    )
    with translation.override("my"), pytest.raises(ValidationError) as refusal:
        LengthValidator().validate("short")
    with translation.override("my"):
        message = refusal.value.messages[0]
    assert message in response.content.decode()
    assert "Use 15" not in message


def test_passwords_are_kept_as_argon2id_of_the_chosen_cost():
    encoded = Argon2PasswordHasher().encode("four words to remember", "saltsaltsaltsalt")
    assert encoded.split("$")[1:4] == ["argon2id", "v=19", "m=19456,t=2,p=1"]


# --- Secrets -------------------------------------------------------------------------------------------------------------


@given(st.text())
def test_what_is_encrypted_is_read_again(text):
    assert decrypt(encrypt(text)) == text


@given(st.text(min_size=4))
def test_the_same_text_never_looks_the_same_and_shows_nothing(text):
    first, second = encrypt(text), encrypt(text)
    assert first != second
    assert text not in first


@given(st.text(), st.integers(min_value=0), st.integers(1, 255))
def test_a_changed_secret_is_noticed(text, place, change):
    raw = bytearray(base64.urlsafe_b64decode(encrypt(text)))
    raw[place % len(raw)] ^= change
    with pytest.raises(BadSignature):
        decrypt(base64.urlsafe_b64encode(raw).decode())


@given(st.one_of(st.text(), st.text(alphabet="ABCDabcd0123-_=", max_size=60)))
def test_what_was_never_encrypted_here_is_refused(text):
    with pytest.raises(BadSignature):
        decrypt(text)
    assert MFAAdapter().decrypt(text) == ""


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_a_secret_survives_a_change_of_key_as_long_as_the_old_one_is_named(settings, text):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old" * 20, []
    token = encrypt(text)
    settings.SECRET_KEY = "new" * 20
    with pytest.raises(BadSignature):
        decrypt(token)
    settings.SECRET_KEY_FALLBACKS = ["old" * 20]
    assert decrypt(token) == text
