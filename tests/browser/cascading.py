"""A whole cascade on the stage: who plays in it, and what is done there in a second instead of minutes."""

from datetime import timedelta
from typing import Any

ROOM = 20  # officers in each group


def cascade_cast() -> dict[str, Any]:
    """A session of the master trainer for two trainers to be, and the group of twenty officers that each of these leads; the rules of the
    certificates of attendance and accreditation, and none of what has to be shown first."""
    from django.utils import timezone

    from certificates.models import CertificateRule
    from courses.catalogue import catalogue
    from people.cohorts import join
    from people.models import Cohort, CohortMembership, Person, RoleGrant, Unit
    from people.roles import grant_role
    from tests.browser.stage import PASSWORD
    from training.models import AccreditationRule
    from training.sessions.planning import Plan, plan_session

    now, course = timezone.now(), catalogue("en").by_code["C1"]
    region = Unit.objects.get(code="IMM-R")
    master = Person.objects.get(service_number="MST-4002")
    learning = Cohort.objects.create(name_en="Trainers to be", name_my="သင်တန်းနည်းပြလောင်းများ", unit=region)
    join(learning, [master], by=None, at=now, part=CohortMembership.Part.TRAINER)
    told: dict[str, Any] = {"trainers": []}
    for letter in "AB":
        post = Unit.objects.create(
            kind="post", agency=region.agency, code=f"IMM-{letter}", name_en=f"Post {letter}", name_my=f"စခန်း {letter}", parent=region
        )  # fmt: skip
        trainer = Person.objects.create_user(
            f"TRN-{letter}", PASSWORD, name_my=f"ဒေါ်နည်းပြ {letter}", name_latin=f"Daw {letter}", unit=post
        )
        grant_role(
            trainer, RoleGrant.Role.TRAINER, by=None, reason="test", starts_on=timezone.localdate(now), unit=None
        )
        group = Cohort.objects.create(name_en=f"Group {letter}", name_my=f"အုပ်စု {letter}", unit=post)
        join(group, [trainer], by=None, at=now, part=CohortMembership.Part.TRAINER)
        officers = [
            Person.objects.create_user(
                f"OFF-{letter}{n:02}", PASSWORD, name_my=f"ဦး {letter} {n}", name_latin=f"U {letter}{n}", unit=post
            )
            for n in range(ROOM)
        ]
        join(group, officers, by=None, at=now)
        join(learning, [trainer], by=None, at=now)
        told["trainers"].append(
            {
                "number": trainer.service_number,
                "group": f"/teach/cohorts/{group.public_id}/",
                "officers": [one.service_number for one in officers],
                "people": [str(one.public_id) for one in officers],
                "post": post.pk,
            }
        )
    for kind in ("attendance", "accreditation"):
        CertificateRule.objects.get_or_create(
            kind=kind, course_key=course.key, defaults={"code": f"C1-{kind[:3].upper()}", "valid_months": 24}
        )
    AccreditationRule.objects.filter(course_key=course.key).delete()  # what another journey asks for is not asked here
    plan = Plan(course, [course.modules[0].code], "Hall", region, now - timedelta(minutes=1), now + timedelta(hours=3))
    session = plan_session(learning, plan, lead=master)
    return told | {
        "session": f"/teach/sessions/{session.public_id}/",
        "own": f"/learn/sessions/{session.public_id}/",
    }


def signed_in(*numbers: str) -> dict[str, str]:
    """Service number -> the cookie of somebody who signed in, with the second factor where the role asks for it."""
    from allauth.account.internal.flows import login as allauth_login
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from people.models import Person

    found = {}
    for number in numbers:
        client, person = Client(), Person.objects.get(service_number=number)
        client.force_login(person)
        if person.is_office:
            session = client.session
            proven = [{"method": "mfa", "at": timezone.now().timestamp()}]
            session[allauth_login.AUTHENTICATION_METHODS_SESSION_KEY] = proven
            session[allauth_login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
            session.save()
        found[number] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


def sit_the_rest(address: str, part: str, right: str) -> dict[str, int]:
    """Everybody in a room who has not begun a test sits it, with so many right answers. Returns how many sat each form."""
    from django.utils import timezone

    from assessments import bank
    from assessments.ending import submit_attempt
    from assessments.models import Attempt, ExamRoom
    from assessments.recording import Sent, record_steps
    from assessments.starting import start_attempt
    from courses.models import Enrolment
    from tests.assessments import responding
    from training.models import TrainingSession
    from training.sessions.attendance import expected

    session = TrainingSession.objects.get(public_id=address.strip("/").split("/")[-1])
    quiz = session.tests.get(part=part).quiz
    room = ExamRoom.objects.get(quiz=quiz, cohort=session.cohort, closed_at=None)
    forms: dict[str, int] = {"A": 0, "B": 0}
    for person in expected(session):
        scope = Enrolment.objects.get(person=person, course_key=session.course_key).public_id
        if not Attempt.objects.filter(quiz=quiz, person=person).exists():
            now = timezone.now()
            attempt = start_attempt(quiz, person, scope=scope, at=now, code=room.code)
            versions = bank.versions({item["version"] for item in attempt.paper["items"]})
            steps = []
            for place, item in enumerate(attempt.paper["items"][: int(right)]):
                value = responding.right(versions[item["version"]])
                steps.append(Sent(_id(), "answer", place, value, "phone", place + 1, 0))
            record_steps(attempt, steps, at=now)
            submit_attempt(attempt, at=now)
        forms[Attempt.objects.get(quiz=quiz, person=person).form] += 1
    return forms


def _id() -> Any:
    from uuid import uuid4

    return uuid4()


def a_day_later(*addresses: str) -> int:
    """Sessions and the rights granted at them lie a day back; certificates that are due are issued. Returns how many the cast holds."""
    from django.db.models import F
    from django.utils import timezone

    from certificates.issuing import issue_due
    from certificates.models import Certificate
    from training.models import Accreditation, TrainingSession

    ids = [one.strip("/").split("/")[-1] for one in addresses]
    sessions = TrainingSession.objects.filter(public_id__in=ids)
    day = timedelta(days=1)
    Accreditation.objects.filter(session__in=sessions).update(granted_at=F("granted_at") - day)
    sessions.update(starts_at=F("starts_at") - day, ends_at=F("ends_at") - day)
    issue_due(at=timezone.now())  # what the day's own duty left
    return Certificate.objects.filter(person__service_number__regex="^(TRN|OFF)-[AB]").count()
