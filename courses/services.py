"""Verbs of learning: enrol, read, meet what follows, complete."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from assessments import refresher
from assessments.models import RefresherCard
from courses import probes, queries
from courses.catalogue import SOURCE_LANGUAGE, CourseInfo, LessonInfo, catalogue
from courses.models import Completion, Enrolment
from courses.progress import derived
from courses.signals import course_completed
from people.models import Cohort, Person


@transaction.atomic
def enrol(
    people: Iterable[Person],
    course: CourseInfo,
    *,
    cohort: Cohort | None = None,
    starts_on: date | None = None,
    due_on: date | None = None,
    message: str = "",
    keeps_terms: bool = False,
) -> list[Enrolment]:
    """Give people a place in a course. Who has one under way keeps it, and the new dates, cohort and message with it.

    keeps_terms: only a part of the course is given, so that the dates and the message of a place under way stay, and its cohort if it has
    one. Who completed the course is left in peace: taking it again is their own choice.
    """
    people = list(people)
    mine = Enrolment.objects.filter(course_key=course.key, person__in=people).active()
    have = {enrolment.person_id: enrolment for enrolment in mine.order_by("created_at")}
    if cohort:
        open_ones = [e.pk for e in have.values() if e.status == Enrolment.Status.ACTIVE]
        places = Enrolment.objects.filter(pk__in=open_ones)
        if keeps_terms:
            places.filter(cohort=None).update(cohort=cohort)
        else:
            places.update(cohort=cohort, starts_on=starts_on, due_on=due_on, message=message)
    return Enrolment.objects.bulk_create(
        Enrolment(
            person=person,
            course_key=course.key,
            course_code=course.code,
            cohort=cohort,
            starts_on=starts_on,
            due_on=due_on,
            message=message,
        )
        for person in people
        if person.pk not in have
    )


def record_read(enrolment: Enrolment, lesson: LessonInfo, *, at: datetime) -> Enrolment:
    """Note that a lesson was read to its end, and what follows from it."""
    return advance(enrolment, [(Completion.Requirement.READ, lesson.key, lesson.code, lesson.revision)], at=at)


@transaction.atomic
def advance(
    enrolment: Enrolment, met_now: Iterable[tuple[str, UUID, str, int | None]] = (), *, at: datetime
) -> Enrolment:
    """Store requirements just met and everything that follows from them; announce a completed course, once."""
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("person__unit").get(pk=enrolment.pk)
    course = catalogue(SOURCE_LANGUAGE).by_key.get(enrolment.course_key)
    met = queries.met(enrolment)
    new = [one for one in met_now if (one[0], one[1]) not in met]
    if course:
        have = met | {(one[0], one[1]) for one in new}
        new += derived(course, have, enrolment.person.agency, exam_only=enrolment.exam_only)
    version = course.version if course else ""
    Completion.objects.bulk_create(
        Completion(
            enrolment=enrolment,
            requirement=requirement,
            key=key,
            code=code,
            version=f"{version}/{revision or 0}",
            met_at=at,
        )
        for requirement, key, code, revision in new
    )
    enrolment.last_active_at = at
    completed = any(one[0] == Completion.Requirement.COURSE for one in new)
    if completed and enrolment.status == Enrolment.Status.ACTIVE:
        enrolment.status = Enrolment.Status.COMPLETED
        enrolment.completed_at = at
        transaction.on_commit(partial(course_completed.send, sender=Enrolment, enrolment=enrolment))
    enrolment.save(update_fields=["last_active_at", "status", "completed_at", "updated_at"])
    if course:
        _keep_fresh(enrolment, course, met, {(one[0], one[1]) for one in new}, at=at)
    return enrolment


def _keep_fresh(
    enrolment: Enrolment, course: CourseInfo, met: set[tuple[str, UUID]], new: set[tuple[str, UUID]], *, at: datetime
) -> None:
    """What was learned is practised from now on: a module with its completion, all of them anew with that of the course."""
    completed = (Completion.Requirement.COURSE, course.key) in new
    learned = met | new if completed else new
    modules = [module for module in course.modules if (Completion.Requirement.MODULE, module.key) in learned]
    objectives = [code for module in modules for code in module.objectives]
    if objectives:
        may_ask = objectives if enrolment.status == Enrolment.Status.COMPLETED else []
        refresher.keep_cards(enrolment.person, objectives, exam_pool=may_ask, at=at)
    if completed:
        probes.keep_quiz(course)


def make_up_cards() -> int:
    """Give everybody the cards for what they learned when there were none, as of the day they learned it, and the completed
    courses their probes; says how many cards. Safe to repeat.
    """
    known = catalogue(SOURCE_LANGUAGE)
    have = set(RefresherCard.objects.values_list("person_id", "objective").distinct())
    learned = Completion.objects.filter(
        requirement=Completion.Requirement.MODULE, enrolment__in=Enrolment.objects.active()
    )
    made = 0
    for row in learned.select_related("enrolment__person").order_by("met_at", "pk").iterator():
        enrolment = row.enrolment
        course = known.by_key.get(enrolment.course_key)
        module = next((one for one in course.modules if one.key == row.key), None) if course else None
        lacking = [code for code in module.objectives if (enrolment.person_id, code) not in have] if module else []
        if lacking:
            may_ask = lacking if enrolment.status == Enrolment.Status.COMPLETED else []
            made += refresher.keep_cards(enrolment.person, lacking, exam_pool=may_ask, at=row.met_at)
            have.update((enrolment.person_id, code) for code in lacking)
    completed = Enrolment.objects.filter(status=Enrolment.Status.COMPLETED).values_list("course_key", flat=True)
    for key in completed.distinct():
        if course := known.by_key.get(key):
            probes.keep_quiz(course)
    return made
