"""What somebody practises who has learned: which exam items may be shown, and the sitting of a probe."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from assessments.access import Sitting
from assessments.models import Quiz
from courses import probes
from courses.catalogue import Catalogue
from courses.errors import NoProbeNow
from courses.models import Enrolment
from people.models import Person


def exam_pool(known: Catalogue, enrolments: Iterable[Enrolment]) -> frozenset[str]:
    """The objectives of which items of the exam pool may be shown: of courses completed and not being taken again."""
    done: set[str] = set()
    ahead: set[str] = set()
    for enrolment in enrolments:
        if course := known.by_key.get(enrolment.course_key):
            (done if enrolment.status == Enrolment.Status.COMPLETED else ahead).update(course.objectives)
    return frozenset(done - ahead)


def enrolments_of(person: Person) -> list[Enrolment]:
    """A person's enrolments that were not given up."""
    return list(Enrolment.objects.filter(person=person).active())


def probe_sitting(person: Person, quiz: Quiz, known: Catalogue, *, at: datetime) -> Sitting | None:
    """The sitting of a course's probe for who completed the course; refused while none is open."""
    course = known.by_key.get(quiz.subject_key)
    enrolments = enrolments_of(person)
    completed = [e for e in enrolments if e.status == Enrolment.Status.COMPLETED and e.course_key == quiz.subject_key]
    if course is None or not completed:
        return None
    newest = max(completed, key=lambda one: one.completed_at or one.created_at)
    is_open = any(one.quiz == quiz for one in probes.open_probes(known, enrolments, at=at))
    days = probes.days_reached(newest.completed_at or at, at=at) or probes.DAYS[0]
    return Sitting(
        scope=probes.scope(newest, days),
        title=course.title,
        back=reverse("practice"),
        refusal=None if is_open else NoProbeNow(),
        objectives=course.objectives,
    )
