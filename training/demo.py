"""The demonstration: units, people, one cohort and one assignment, all invented."""

import csv
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.utils import timezone

from certificates.issuing import issue_certificate
from courses.catalogue import CourseInfo, catalogue
from courses.models import Completion, Enrolment
from courses.progress import derived
from people.cohorts import join
from people.models import Agency, Cohort, CohortMembership, Person, RoleGrant, Unit
from people.roles import grant_role
from training.accrediting.granting import accredit, name_master
from training.models import Accreditation, Assignment
from training.models.accreditations import Tier
from training.services import assign
from training.sessions.attendance import Tick, tick
from training.sessions.planning import Plan, plan_session

Role = RoleGrant.Role

UNITS = [  # code, agency, kind, parent, Burmese, English
    ("IMM", Agency.IMMIGRATION, "agency", None, "လူဝင်မှုကြီးကြပ်ရေး (နမူနာ)", "Immigration (sample)"),
    ("POL", Agency.POLICE, "agency", None, "ရဲတပ်ဖွဲ့ (နမူနာ)", "Police (sample)"),
    ("SOC", Agency.SOCIAL_WELFARE, "agency", None, "လူမှုဝန်ထမ်း (နမူနာ)", "Social welfare (sample)"),
    ("IMM-R", Agency.IMMIGRATION, "region", "IMM", "မြစ်ဖျားဒေသ", "River Head region"),
    ("POL-R", Agency.POLICE, "region", "POL", "မြစ်ဖျားဒေသ", "River Head region"),
    ("SOC-R", Agency.SOCIAL_WELFARE, "region", "SOC", "မြစ်ဖျားဒေသ", "River Head region"),
    ("IMM-P", Agency.IMMIGRATION, "post", "IMM-R", "ကြာပွင့်တံတား ဂိတ်", "Lotus Bridge post"),
    ("POL-P", Agency.POLICE, "post", "POL-R", "ကြာပွင့်တံတား ဂိတ်", "Lotus Bridge post"),
    ("SOC-P", Agency.SOCIAL_WELFARE, "post", "SOC-R", "ကြာပွင့် ရုံး", "Lotus office"),
]
PEOPLE = [  # service number, role, unit, Burmese, Latin
    ("IMM-1001", "", "IMM-P", "ဒေါ်ခင်မြတ်နိုး", "Daw Khin Myat Noe"),
    ("IMM-1002", "", "IMM-P", "ဦးအောင်ကျော်စိုး", "U Aung Kyaw Soe"),
    ("POL-2001", "", "POL-P", "ဦးဇော်မင်းထွန်း", "U Zaw Min Htun"),
    ("POL-2002", "", "POL-P", "ဒေါ်နွယ်နွယ်ဦး", "Daw Nwe Nwe Oo"),
    ("SOC-3001", "", "SOC-P", "ဒေါ်သန္တာလှိုင်", "Daw Thandar Hlaing"),
    ("TRN-4001", Role.TRAINER, "IMM-P", "ဦးမြင့်သူရ", "U Myint Thura"),
    ("MST-4002", Role.MASTER, "IMM-R", "ဒေါ်လှလှဝင်း", "Daw Hla Hla Win"),
    ("SUP-4003", Role.SUPERVISOR, "IMM-P", "ဦးကျော်ဇင်လတ်", "U Kyaw Zin Latt"),
    ("REG-5001", Role.REGISTRAR, "IMM", "ဒေါ်ဝတ်ရည်ဖြိုး", "Daw Wut Yee Phyo"),
    ("LED-6001", Role.LEAD, "IMM", "ဒေါ်ဥမ္မာကျော်", "Daw Ohnmar Kyaw"),
    ("EDT-7001", Role.EDITOR, "IMM", "ဦးရဲထွဋ်နိုင်", "U Ye Htut Naing"),
    ("ASR-7002", Role.ASSESSOR, "POL", "ဒေါ်မိုးမိုးအောင်", "Daw Moe Moe Aung"),
    ("TRL-8001", Role.TRANSLATOR, "SOC", "ဒေါ်စန္ဒီမိုး", "Daw Sandi Moe"),
    ("SBJ-8002", Role.SUBJECT, "POL", "ဦးဟိန်းထက်လင်း", "U Hein Htet Lin"),
    ("LGL-8003", Role.LEGAL, "SOC", "ဒေါ်ဧကရီအေး", "Daw Ekari Aye"),
    ("LNG-8004", Role.LANGUAGE, "SOC", "ဦးသန့်ဇင်", "U Thant Zin"),
    ("AUD-9001", Role.AUDITOR, "SOC", "ဒေါ်ယဉ်မင်းထက်", "Daw Yin Min Htet"),
]
# In a small office one person edits lessons and items.
BOTH_EDITORS = "EDT-7001"
COHORT = "Lotus Bridge, first group"
GRADUATE = "SOC-3001"
Requirement = Completion.Requirement


@dataclass(frozen=True)
class Login:
    """One sign-in of the demonstration."""

    role: str
    login: str
    password: str
    totp_secret: str


def _password() -> str:
    """Easy to type on a phone, 100 bits."""
    return "-".join(secrets.token_hex(3) for _ in range(4))


@transaction.atomic
def load_demo(known_logins: set[str], *, at: datetime) -> list[Login]:
    """Make what is missing of the demonstration and give its new sign-ins.

    known_logins: service numbers whose passwords are still at hand; an account among ours whose password was lost gets
    a new one. Run again it changes nothing.
    """
    units: dict[str, Unit] = {}
    for code, agency, kind, parent, name_my, name_en in UNITS:
        units[code], _made = Unit.objects.get_or_create(
            code=code,
            defaults={
                "agency": agency, "kind": kind, "parent": units[parent] if parent else None, "name_my": name_my, "name_en": name_en
            },
        )  # fmt: skip
    logins: list[Login] = []
    for number, role, unit, name_my, name_latin in PEOPLE:
        person = Person.objects.filter(service_number=number).first()
        if person and number in known_logins:
            continue
        password, secret = _password(), ""
        if person is None:
            person = Person.objects.create_user(
                number, password, name_my=name_my, name_latin=name_latin, unit=units[unit]
            )
            if role:
                _give(person, role, at=at)
            if number == BOTH_EDITORS:
                _give(person, Role.ASSESSOR, at=at)
        else:
            person.set_password(password)
            person.save()
        if role:
            secret = generate_totp_secret()
            Authenticator.objects.filter(user=person).delete()
            TOTP.activate(person, secret)
        logins.append(Login(str(role) or "officer", number, password, secret))
    _cohort(at=at)
    return logins


def _give(person: Person, role: str, *, at: datetime) -> None:
    unit = person.unit if role == Role.SUPERVISOR else None
    grant_role(person, role, by=None, reason="demonstration", starts_on=timezone.localdate(at), unit=unit)


def _cohort(*, at: datetime) -> None:
    """The cohort with its officers and trainer, and the first course assigned."""
    cohort, _made = Cohort.objects.get_or_create(name_en=COHORT, defaults={"name_my": "ကြာပွင့်တံတား ပထမအုပ်စု"})
    trainer = Person.objects.get(service_number="TRN-4001")
    join(cohort, [trainer], part=CohortMembership.Part.TRAINER, by=None, at=at)
    known = catalogue("en")
    officers = [number for number, role, *_rest in PEOPLE if not role]
    join(cohort, Person.objects.filter(service_number__in=officers), by=None, at=at)
    course = known.by_code.get("C1")
    if course:
        _graduate(Person.objects.get(service_number=GRADUATE), course, cohort, at=at)
    if course and not Assignment.objects.filter(cohort=cohort, course_key=course.key).exists():
        due = timezone.localdate(at) + timedelta(days=30)
        assign(cohort, course, by=trainer, due_on=due, message="", at=at)
    if course:
        _teaching(course, at=at)


def _graduate(person: Person, course: CourseInfo, cohort: Cohort, *, at: datetime) -> None:
    """Somebody completed the course long ago, so that the certificate ends in two months."""
    if Enrolment.objects.filter(person=person, course_key=course.key).exists():
        return
    then = at - timedelta(days=(course.valid_months or 0) * 30.4 - 60)
    place = Enrolment.objects.create(
        person=person,
        course_key=course.key,
        course_code=course.code,
        cohort=cohort,
        status=Enrolment.Status.COMPLETED,
        completed_at=then,
    )
    met = {(what, lesson.key) for _module, lesson in course.lessons for what in (Requirement.READ, Requirement.CHECKS)}
    met.add((Requirement.EXAM, course.key))
    rows = [(what, key, "", None) for what, key in met] + derived(course, met, person.agency)
    Completion.objects.bulk_create(
        Completion(enrolment=place, requirement=what, key=key, code=code or course.code, version=f"{course.version}/0", met_at=then)
        for what, key, code, _revision in rows
    )  # fmt: skip
    issue_certificate(place, at=then)


def _teaching(course: CourseInfo, *, at: datetime) -> None:
    """The beginning of a cascade: a master trainer, named by the programme lead, who accredited a trainer two months ago."""
    lead, master, trainer = (Person.objects.get(service_number=n) for n in ("LED-6001", "MST-4002", "TRN-4001"))
    if Accreditation.objects.filter(course_key=course.key).exists():
        return
    then = (at - timedelta(days=60)).replace(hour=2, minute=30, second=0, microsecond=0)
    name_master(master, course, by=lead, reason="demonstration", at=then - timedelta(days=30))
    group = Cohort.objects.create(name_my="သင်တန်းနည်းပြဖြစ် သင်တန်း", name_en="Training of trainers", unit=master.unit)
    join(group, [master], by=None, at=then, part=CohortMembership.Part.TRAINER)
    join(group, [trainer], by=None, at=then)
    codes = [module.code for module in course.modules]
    plan = Plan(course, codes, "အစည်းအဝေးခန်းမ", master.unit, then, then + timedelta(hours=7))
    session = plan_session(group, plan, lead=master)
    tick(session, [Tick(uuid4(), trainer.public_id, "present")], by=master, at=then)
    accredit(session, trainer, Tier.TRAINER, by=master, at=then + timedelta(hours=7))


def read_logins(path: Path) -> list[Login]:
    """The sign-ins of the file; none where there is no file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [Login(**row) for row in csv.DictReader(file)]


def write_logins(path: Path, logins: list[Login]) -> None:
    """Write all sign-ins, readable by the owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)  # also where it was there already
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["role", "login", "password", "totp_secret"])
        writer.writerows([one.role, one.login, one.password, one.totp_secret] for one in logins)
