"""Sessions in a room with what is recorded in them, for the stage."""

from datetime import timedelta
from typing import Any


def running_session(count: str) -> dict[str, Any]:
    """A session that began five minutes ago, held by the demonstration's trainer for a new group of so many officers."""
    from django.utils import timezone

    from courses.catalogue import catalogue
    from people.cohorts import join
    from people.models import Cohort, CohortMembership, Person, Unit
    from tests.browser.stage import PASSWORD
    from training.models import TrainingSession
    from training.sessions.planning import Plan, plan_session

    made = TrainingSession.objects.count()
    now, unit = timezone.now(), Unit.objects.get(code="IMM-P")
    trainer = Person.objects.get(service_number="TRN-4001")
    cohort = Cohort.objects.create(name_en=f"Room {made}", name_my=f"အခန်း {made}", unit=unit)
    join(cohort, [trainer], by=None, at=now, part=CohortMembership.Part.TRAINER)
    officers = [
        Person.objects.create_user(
            f"IMM-84{made:02d}{n}", PASSWORD, name_my=f"ဒေါ်တက်ရောက်သူ {n}", name_latin=f"Daw T {n}", unit=unit
        )
        for n in range(int(count))
    ]
    join(cohort, officers, by=None, at=now)
    course = catalogue("en").by_code["C1"]
    plan = Plan(
        course, [course.modules[0].code], "အစည်းအဝေးခန်း", unit, now - timedelta(minutes=5), now + timedelta(hours=3),
        "စာရွက်နှင့် ခဲတံ ယူလာပါ။", [Person.objects.get(service_number="MST-4002")],
    )  # fmt: skip
    session = plan_session(cohort, plan, lead=trainer)
    return {
        "id": str(session.public_id),
        "session": f"/teach/sessions/{session.public_id}/",
        "own": f"/learn/sessions/{session.public_id}/",
        "officers": [one.service_number for one in officers],
        "people": [str(one.public_id) for one in officers],
    }


def attended(public_id: str) -> dict[str, str]:
    """Service number -> status, as the server has it."""
    from training.models import Attendance

    rows = Attendance.objects.filter(session__public_id=public_id)
    return dict(rows.values_list("person__service_number", "status"))


def held() -> dict[str, Any]:
    """A session with its list, in which something was corrected, and practice observed; what a tier asks for; and who accredits."""
    from uuid import UUID, uuid4

    from django.utils import timezone

    from content.rubrics import rubric
    from courses.catalogue import catalogue
    from people.models import Person
    from training.models import Accreditation, AccreditationRule, TrainingSession
    from training.observing.recording import Sent, record
    from training.sessions.attendance import Tick, tick

    at, now = running_session("3"), timezone.now()
    session = TrainingSession.objects.get(public_id=at["id"])
    trainer = Person.objects.get(service_number="TRN-4001")
    marks = zip((*at["people"], at["people"][0]), ("present", "late", "absent", "left_early"), strict=True)
    for person, status in marks:
        tick(session, [Tick(uuid4(), UUID(person), status)], by=trainer, at=timezone.now())
    officer = Person.objects.get(service_number=at["officers"][1])
    info = rubric("R4", "my")
    ids = [one.id for one in info.criteria]  # type: ignore[union-attr]
    evidence = dict.fromkeys(ids, "အုပ်စုငယ်များဖြင့် မေးခွန်းမေးသည်။")
    seen = record(session, officer, Sent(uuid4(), "R4", "အကြိမ် ၁", evidence, dict.fromkeys(ids, 2)), by=trainer, at=now)
    asked = {"course_code": "C1", "least_percent": 80, "rubric_code": "R4", "observed": 1}
    AccreditationRule.objects.update_or_create(
        course_key=catalogue("en").by_code["C1"].key, tier="trainer", defaults=asked
    )
    first = TrainingSession.objects.exclude(pk=session.pk).order_by("starts_at")[0]
    held = Accreditation.objects.get(person=trainer, ended_at=None)
    return {
        "session": at["session"],
        "own": at["own"],
        "officer": at["officers"][1],
        "history": f"{at['session']}people/{at['people'][0]}/",
        "observe": f"{at['session']}practice/{at['people'][0]}/?rubric=R1&exercise=1",
        "observation": f"/teach/observations/{seen.pk}/",
        "own_observation": f"/learn/observations/{seen.pk}/",
        "accredit": f"/teach/sessions/{first.public_id}/accredit/",
        "withdraw": f"/office/accreditations/{held.public_id}/withdraw/",
        "chain": f"/office/cascade/{officer.public_id}/",
    }  # fmt: skip
