"""Certificates in each of their states, for the stage."""

from datetime import timedelta
from typing import Any

PEOPLE = {
    "window": "IMM-8011",
    "ended": "IMM-8012",
    "valid": "IMM-8013",
    "revoked": "IMM-8014",
    "corrected": "IMM-8015",
}


def holder(number: str, name: str, *, days_left: int | None = None) -> Any:
    """An officer with a certificate of C1; days_left: how long it still holds, below 0: since when it has ended."""
    from django.utils import timezone

    from certificates.issuing import issue_certificate, months_later
    from courses.models import Enrolment
    from tests.browser.stage import _enrolment, _officer

    course, enrolment = _enrolment(_officer(number, name))
    at = timezone.now()
    if days_left is not None:
        begun = months_later(at.date() + timedelta(days=days_left), -course.valid_months)
        at = at.replace(year=begun.year, month=begun.month, day=begun.day)
    Enrolment.objects.filter(pk=enrolment.pk).update(status="completed", completed_at=at)
    return issue_certificate(enrolment, at=at)


def renewed_by(how: str) -> dict[str, Any]:
    """How the certificate of C1 is renewed from now on."""
    from certificates.rules import rule_of_course
    from courses.catalogue import catalogue

    rule = rule_of_course(catalogue("en").by_code["C1"])
    rule.renewal = how
    rule.save()
    return {}


def renewing(number: str, days_left: str) -> dict[str, str]:
    """An officer whose certificate ends in so many days and is renewed by its exam."""
    renewed_by("exam")
    certificate = holder(number, "ဒေါ်သက်တမ်းတိုးသူ", days_left=int(days_left))
    return {"certificate": str(certificate.public_id)}


def certificate_of(number: str, days_left: str = "") -> dict[str, str]:
    """An officer with a certificate: its code, and what its square holds."""
    from certificates.document import certificate_pdf, square
    from certificates.models import Certificate
    from people.models import Person

    person = Person.objects.filter(service_number=number).first()
    held = Certificate.objects.filter(person=person).order_by("-pk").first() if person else None
    certificate = held or holder(number, "ဒေါ်စစ်ဆေးခံသူ", days_left=int(days_left) if days_left else None)
    (address, _byte), (digits, _numeric) = square(certificate)
    return {
        "id": str(certificate.public_id),
        "code": certificate.code,
        "serial": certificate.serial,
        "address": address,
        "digits": digits,
        "pdf": certificate_pdf(certificate).hex(),
        "paper": certificate.paper.paper.name if certificate.paper else "",
    }


def states() -> dict[str, str]:
    """A certificate in each state, and what the office does with them; the addresses of the pages."""
    from django.utils import timezone

    from certificates import life, prints, sharing
    from certificates.issuing import correct
    from certificates.models import Paper
    from certificates.paper.design import PaperDesign
    from certificates.rules import rule_of_course
    from courses.catalogue import catalogue
    from people.models import Cohort, Person

    now, today = timezone.now(), timezone.localdate()
    registrar, lead = (Person.objects.get(service_number=one) for one in ("REG-5001", "LED-6001"))
    renewed_by("exam")
    holder(PEOPLE["window"], "ဒေါ်သက်တမ်းနီးသူ", days_left=20)
    holder(PEOPLE["ended"], "ဒေါ်သက်တမ်းကုန်သူ", days_left=-5)
    valid = holder(PEOPLE["valid"], "ဒေါ်ခင်သန္တာထွန်း")
    bad = holder(PEOPLE["revoked"], "ဒေါ်ရုပ်သိမ်းခံရသူ")
    old = holder(PEOPLE["corrected"], "ဒေါ်အမည်ပြောင်းသူ")
    asked = life.ask(bad, "revoked", by=registrar, reason="စာမေးပွဲတွင် အခြားသူက ဖြေဆိုခဲ့သည်", at=now)
    life.decide(asked, by=lead, is_confirmed=True, at=now)
    life.ask(valid, "withdrawn", by=lead, reason="အမည်တူသူနှင့် မှားယွင်းထုတ်ပေးခဲ့သည်", at=now)
    Person.objects.filter(pk=old.person_id).update(name_my="ဒေါ်အမည်မှန်")
    new = correct(old, by=registrar, reason="အမည် စာလုံးပေါင်း မှားယွင်းသည်", at=now)
    share = sharing.share(valid, by=valid.person, at=now, until=today + timedelta(days=30), with_name=True)
    nameless = sharing.share(valid, by=valid.person, at=now, until=today + timedelta(days=30))
    cohort = Cohort.objects.order_by("created_at")[0]
    printed = prints.ask(cohort, prints.standing_of(cohort), by=registrar, reason="အပ်နှင်းပွဲ")
    faulty = Paper.objects.create(name="ရုံးချုပ် ပုံစံ", draft=PaperDesign(title_my="ဂုဏ်ပြု 證").to_dict())
    rule = rule_of_course(catalogue("en").by_code["C1"])
    office = "/office/certificates/"
    return {
        "share": f"/certificates/{valid.public_id}/share/",
        "shared": share.get_absolute_url(),
        "nameless": nameless.get_absolute_url(),
        "expired": f"/verify/{_code(PEOPLE['ended'])}/",
        "revoked": bad.get_absolute_url(),
        "replaced": old.get_absolute_url(),
        "office_valid": f"{office}{valid.public_id}/",
        "office_revoked": f"{office}{bad.public_id}/",
        "office_replaced": f"{office}{old.public_id}/",
        "office_new": f"{office}{new.public_id}/",
        "certificate_group": f"{office}groups/{cohort.public_id}/",
        "printed": f"{office}prints/{printed.public_id}/",
        "rule": f"{office}rules/{rule.public_id}/",
        "design": f"{office}designs/{faulty.public_id}/",
    }


def _code(number: str) -> str:
    from certificates.models import Certificate

    return str(Certificate.objects.get(person__service_number=number).code)
