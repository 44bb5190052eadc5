"""The office's pages about what earns a certificate: rules for sessions and for the right to teach."""

import pytest

from certificates.models import CertificateRule
from courses.catalogue import catalogue
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

RULES = "/office/certificates/rules/"


@pytest.fixture
def office(sign_in, client):
    client.cookies["lang"] = "en"
    return sign_in(PersonFactory(registrar=True))


@pytest.fixture
def course():
    return catalogue("en").by_code["C1"]


def fields(page) -> list[str]:
    return list(page.context["form"].fields)


def test_the_office_adds_what_attending_a_session_earns(office, course):
    asked = f"{RULES}new/?kind=attendance"
    page = office.get(asked)
    assert fields(page) == ["course", "code", "valid_months", "paper", "is_live"]
    assert "Each session earns one of its own" in page.content.decode()
    sent = {"course": str(course.key), "code": "C1-S", "valid_months": "၁၂", "is_live": "on"}
    assert office.post(asked, sent).url == RULES
    made = CertificateRule.objects.get(code="C1-S")
    assert (made.kind, made.course_key, made.valid_months, made.renewal, made.is_live) == (
        "attendance",
        course.key,
        12,
        "none",
        True,
    )


def test_the_right_to_teach_earns_one_that_holds_as_long_as_the_right(office, course):
    asked = f"{RULES}new/?kind=accreditation"
    page = office.get(asked)
    assert fields(page) == ["course", "code", "paper", "is_live"]
    assert "It holds as long as the right to teach" in page.content.decode()
    office.post(asked, {"course": str(course.key), "code": "C1-T", "is_live": "on"})
    made = CertificateRule.objects.get(code="C1-T")
    assert (made.kind, made.course_key, made.valid_months) == ("accreditation", course.key, None)
    assert "as long as the right to teach" in office.get(RULES).content.decode()


def test_a_course_is_offered_once_for_each_kind(office, course):
    made = CertificateRule.objects.create(code="C1-S", kind="attendance", course_key=course.key, renewal="none")
    links = office.get(RULES).content.decode()
    assert [f"?kind={kind}" in links for kind in ("attendance", "accreditation")] == [False, True]
    assert office.get(f"{RULES}new/?kind=attendance").status_code == 404
    assert office.get(f"{RULES}new/?kind=course").status_code == 404
    assert fields(office.get(f"{RULES}{made.public_id}/")) == ["code", "valid_months", "paper", "is_live"]


def test_a_rule_without_a_course_is_sent_back(office):
    page = office.post(f"{RULES}new/?kind=attendance", {"code": "C1-S"})
    assert list(page.context["form"].errors) == ["course"]
    assert not CertificateRule.objects.filter(code="C1-S").exists()


def test_changing_what_the_right_to_teach_earns_leaves_its_course(office, course):
    made = CertificateRule.objects.create(code="C1-T", kind="accreditation", course_key=course.key)
    office.post(f"{RULES}{made.public_id}/", {"code": "C1-TR"})
    made.refresh_from_db()
    assert (made.code, made.course_key, made.renewal, made.is_live) == ("C1-TR", course.key, "none", False)


def test_a_programme_is_added_as_before(office, course):
    page = office.get(f"{RULES}new/")
    assert fields(page)[:4] == ["code", "title_my", "title_en", "courses"]
