"""Verification by anyone who holds a code: what it says, what it keeps to itself, how light it is."""

import gzip
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from certificates.codes import clean_code, grouped
from certificates.issuing import ALPHABET, correct, digest, issue_certificate
from certificates.models import Certificate
from core import append_only
from courses.models import Enrolment
from myanmar.dates import format_date
from tests.certificates.claims import change_status
from tests.factories import EnrolmentFactory, PersonFactory

NOW = timezone.now()
codes = st.text(alphabet=ALPHABET, min_size=16, max_size=16)

# --- Codes as people type them -------------------------------------------------------------------------------------------

BURMESE = str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")


def wide(text):
    """In full-width letters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


TYPED = [
    str.lower,
    grouped,
    lambda code: grouped(code).replace("-", "–"),
    lambda code: f"  {' '.join(code)}\n",
    lambda code: code.translate(BURMESE),
    wide,
    lambda code: code.replace("1", "I").replace("0", "O"),
    lambda code: code.replace("1", "l").replace("0", "o"),
    lambda code: code.replace("V", "U"),
]


@given(codes)
def test_a_code_is_its_own_clean_form(code):
    assert clean_code(code) == code


@given(codes, st.sampled_from(TYPED), st.sampled_from(TYPED))
def test_however_it_is_typed_it_is_the_same_code(code, first, second):
    assert clean_code(second(first(code))) == code


@given(st.text())
def test_whatever_is_typed_becomes_capitals_and_digits_of_the_alphabet(text):
    clean = clean_code(text)
    assert set(clean) <= set(ALPHABET)
    assert len(clean) <= 40
    assert clean_code(clean) == clean


@given(st.text(alphabet=ALPHABET, max_size=40))
def test_grouping_adds_only_hyphens(code):
    assert grouped(code).replace("-", "") == code
    assert all(len(part) == 4 for part in grouped(code).split("-")[:-1])


# --- The page ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def certificate(db) -> Certificate:
    person = PersonFactory(name_my="ဒေါ်သီတာလွင်", name_latin="Daw Thida Lwin", service_number="IMM-77123")
    enrolment = EnrolmentFactory(person=person, status=Enrolment.Status.COMPLETED, completed_at=NOW)
    return issue_certificate(enrolment, at=NOW)


def read(response):
    """The words of the main part of a page, without markup."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main))).strip()


def verify(code: str, language: str = "en") -> Any:
    """The answer to a code."""
    return Client(headers={"accept-language": language}).get(f"/verify/{code}/")


def heading(response):
    """What the page says first."""
    return re.sub(r"<[^>]+>", "", re.search(r"<h1>.*?</h1>", response.content.decode(), re.DOTALL)[0]).strip()


def test_a_valid_certificate_is_called_valid(certificate):
    response = verify(certificate.code)
    assert (response.status_code, heading(response)) == (200, "This certificate is valid")


def test_it_says_name_course_dates_issuer_serial_and_code_and_nothing_else(certificate):
    words = read(verify(certificate.code))
    rest = words
    issued, until = timezone.localtime(NOW).date(), certificate.valid_until
    for part in [
        "Verify a certificate", "This certificate is valid", f"Checked on {shown(issued)}",
        "Name", "ဒေါ်သီတာလွင်", "Daw Thida Lwin",
        "Course", certificate.claim["course_title_my"], certificate.claim["course_title_en"],
        "Content version", "C1 · 1.0",
        "Issued", shown(issued), "Valid until", shown(until),
        "Issued by", certificate.claim["issuer_en"],
        "Serial", certificate.serial, "Code", grouped(certificate.code),
        "The certificate says that this person completed the course and passed its exam, where it has one. It is no proof of "
        "identity and gives no authority. Compare the name with the person's service card.",
        "Verify another certificate",
    ]:  # fmt: skip
        assert rest.startswith(part), f"{part!r} is not next in {rest!r}"
        rest = rest.removeprefix(part).strip()
    assert rest == ""


def shown(day: date) -> str:
    """A date as the English page writes it."""
    return format_date(day, style="official", lang="en", digits="latn")


@pytest.mark.parametrize("language", ["my", "en"])
def test_neither_service_number_nor_unit_score_or_account_is_told(language, certificate):
    person, body = certificate.person, verify(certificate.code, language).content.decode()
    kept_back = [person.service_number, person.unit.name_en, person.unit.name_my, str(person.public_id),
                 str(certificate.public_id), str(certificate.enrolment.public_id), certificate.claim_sha256]  # fmt: skip
    assert [one for one in kept_back if one in body] == []


def test_the_burmese_page_is_in_burmese(certificate):
    response = verify(certificate.code, "my")
    assert '<html lang="my">' in response.content.decode()
    assert re.search("[က-အ]", heading(response))
    assert certificate.claim["issuer_my"] in read(response)


@pytest.mark.parametrize("typed", [str.lower, grouped, lambda code: code.translate(BURMESE), wide])
def test_the_page_is_found_by_the_code_however_it_is_typed(typed, certificate):
    assert heading(verify(typed(certificate.code))) == "This certificate is valid"


def test_a_typed_code_leads_to_its_page(certificate, client):
    response = client.get("/verify/", {"code": grouped(certificate.code).lower()})
    assert (response.status_code, response.headers["Location"]) == (302, f"/verify/{certificate.code}/")


@pytest.mark.django_db
def test_what_cannot_be_a_code_is_told_so_without_a_search(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/verify/", {"code": "THD-2026-1"}, headers={"accept-language": "en"})
    assert (response.status_code, "A code has 16 letters and digits." in read(response)) == (200, True)


@pytest.mark.parametrize("code", ["0000000000000000", "x", "<script>alert(1)", "ကခဂဃင", "%00"])
def test_an_unknown_code_answers_404_and_says_so(code, certificate):
    response = verify(code)
    assert response.status_code == 404
    assert "No certificate has this code." in read(response)


def test_part_of_a_code_finds_nothing(certificate):
    assert [verify(code).status_code for code in (certificate.code[:15], certificate.code + "0")] == [404, 404]


def test_a_serial_finds_nothing(certificate):
    assert verify(certificate.serial).status_code == 404


@pytest.mark.parametrize("code", ['"><script>alert(1)</script>', "<img src=x onerror=alert(1)>"])
@pytest.mark.django_db
def test_what_was_typed_is_shown_as_text(code, client):
    body = client.get("/verify/", {"code": code}).content.decode()
    assert code not in body
    assert "&lt;" in body


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("revoked", "This certificate was revoked on {}"),
        ("withdrawn", "This certificate was issued by mistake and withdrawn on {}"),
    ],
)
def test_a_revoked_one_is_called_so_with_the_day_and_without_the_reason(kind, said, certificate):
    change_status(certificate, kind, reason="Cheating at the exam", at=datetime(2026, 11, 26, 4, tzinfo=UTC))
    response = verify(certificate.code)
    assert heading(response) == said.format(shown(date(2026, 11, 26)))
    assert "Cheating" not in response.content.decode()


def test_a_reinstated_one_is_valid_again(certificate):
    change_status(certificate, "revoked")
    change_status(certificate, "reinstated")
    assert heading(verify(certificate.code)) == "This certificate is valid"


def test_a_superseded_one_says_that_there_is_a_newer_one(certificate):
    certificate.person.name_latin = "Daw Thida Lwin Oo"
    certificate.person.save()
    new = correct(certificate, by=PersonFactory(registrar=True), reason="Her name was misspelt", at=NOW)
    assert heading(verify(certificate.code)).startswith("This certificate was replaced by a newer one on")
    assert "misspelt" not in verify(certificate.code).content.decode()
    assert heading(verify(new.code)) == "This certificate is valid"


def test_an_expired_one_says_when_it_ended(db):
    long_ago = NOW - timedelta(days=800)
    enrolment = EnrolmentFactory(status=Enrolment.Status.COMPLETED, completed_at=long_ago)
    certificate = issue_certificate(enrolment, at=long_ago)
    assert heading(verify(certificate.code)) == f"This certificate expired on {shown(certificate.valid_until)}"


@pytest.mark.parametrize("field", ["name_my", "name_latin", "course_title_en", "issued_on", "valid_until"])
def test_a_record_that_somebody_changed_is_called_damaged(field, certificate):
    claim = certificate.claim | {
        field: {"issued_on": "2026-01-01", "valid_until": "2099-01-01"}.get(field, "Somebody Else")
    }
    with append_only.suspended(connection, ["certificates_certificate"]):
        Certificate.objects.filter(pk=certificate.pk).update(claim=claim)
    assert heading(verify(certificate.code)) == "The record of this certificate is damaged"


def test_a_record_that_stayed_as_it_was_is_intact_after_being_stored_and_read(certificate):
    stored = Certificate.objects.get(pk=certificate.pk)
    assert digest(stored.claim) == stored.claim_sha256


# --- Light -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["my", "en"])
def test_the_page_with_its_style_weighs_less_than_30_kilobytes(language, certificate):
    page = gzip.compress(verify(certificate.code, language).content)
    style = gzip.compress(Path(finders.find("core/thindan.css")).read_bytes())
    assert len(page) + len(style) < 30_000


def test_a_superior_needs_no_script(certificate):
    assert "<script" not in verify(certificate.code).content.decode()


def test_a_superior_gets_no_cookie_that_follows_them(certificate):
    assert {name for name, one in verify(certificate.code).cookies.items() if one.value} <= {"csrf"}
