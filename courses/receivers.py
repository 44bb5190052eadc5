"""What happened elsewhere and moves somebody forward in a course."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.signals import page_published

from assessments import showing
from assessments.access import Sitting
from assessments.errors import NotReady
from assessments.models import Attempt, GradeRecord, Item, Quiz, QuizSection
from assessments.signals import attempt_graded, grade_changed, sitting_asked, sittings_ahead_asked, subjects_asked
from content.access import can_see_facts
from content.models import ContentVersion
from content.rechecks import due_count
from content.translation import work
from core.templatetags.burmese import digits
from courses import access, practice, queries, services
from courses.catalogue import PROBE, SOURCE_LANGUAGE, catalogue
from courses.models import Completion, Enrolment, LessonPage
from courses.progress import course_progress
from courses.signals import notices_asked
from people.models import Person
from people.signals import people_leaving

AFTER_LEARNING = (Quiz.Kind.EXAM, Quiz.Kind.POST_TEST)


def waits_for_lessons(quiz: Quiz) -> bool:
    """Whether every required module comes first. A test that a trainer opens follows what was taught in the room."""
    return quiz.kind in AFTER_LEARNING and not (quiz.kind == Quiz.Kind.POST_TEST and quiz.entry == Quiz.Entry.ROOM)


@receiver(page_published, sender=LessonPage)
def keep_check(instance: LessonPage, **kwargs: Any) -> None:
    """The quiz of a lesson's checks follows the lesson's text in its source language."""
    if not work.is_source(instance):
        return
    codes = instance.check_codes()
    quiz, _made = Quiz.objects.update_or_create(
        kind=Quiz.Kind.CHECK,
        subject_key=instance.translation_key,
        defaults={"code": instance.code, "shown": showing.at_once()},
    )
    keys = dict(Item.objects.filter(code__in=codes).values_list("code", "translation_key"))
    items = [str(keys[code]) for code in codes if code in keys]
    QuizSection.objects.update_or_create(quiz=quiz, position=0, defaults={"items": items})
    ContentVersion.advance()


@receiver(sitting_asked)
def course_sitting(person: Person, quiz: Quiz, **kwargs: Any) -> Sitting | None:
    """Who may sit a course's exam and its tests: the enrolled; exam and post-test once every required module is complete, unless a
    trainer opens the test in the room; and its probes, afterwards.
    """
    known = catalogue(kwargs["language"])
    if quiz.code.endswith(PROBE):
        return practice.probe_sitting(person, quiz, known, at=timezone.now())
    if quiz.kind == Quiz.Kind.CHECK:
        return None
    course = known.by_key.get(quiz.subject_key)
    if course is None or (enrolment := access.own_enrolment(person, course.key)) is None:
        return None
    progress = course_progress(
        course, queries.met(enrolment), person.agency, queries.codes_done(person), exam_only=enrolment.exam_only
    )
    return Sitting(
        scope=enrolment.public_id,
        title=course.title,
        back=reverse("course", args=[course.slug]),
        refusal=NotReady() if progress.exam == "locked" and waits_for_lessons(quiz) else None,
        is_passed=progress.exam == "passed" and quiz.kind == Quiz.Kind.EXAM,
        objectives=course.objectives,
        asked=course.objectives_of(person.agency) if quiz.kind == Quiz.Kind.EXAM else None,
    )


@receiver(sittings_ahead_asked)
def course_sittings_ahead(person: Person, **kwargs: Any) -> list[tuple[Quiz, UUID]]:
    """The exam and the tests of every course that is under way, be it for the first time or again."""
    under_way = Enrolment.objects.filter(
        person=person, status=Enrolment.Status.ACTIVE, course_key=OuterRef("subject_key")
    )
    quizzes = Quiz.objects.exclude(kind__in=[Quiz.Kind.CHECK, Quiz.Kind.PRACTICE]).annotate(
        scope=Subquery(under_way.values("public_id")[:1])
    )
    return [(quiz, quiz.scope) for quiz in quizzes.exclude(scope=None).prefetch_related("sections")]


@receiver(subjects_asked)
def courses_have_exams(language: str, **kwargs: Any) -> dict[UUID, object]:
    """Exams and tests belong to courses."""
    return {course.key: course.title for course in catalogue(language).courses}


@receiver([attempt_graded, grade_changed])
def attempt_moves_on(attempt: Attempt, grade: GradeRecord, **kwargs: Any) -> None:
    """A check answered or an exam passed is a requirement met. One lost by a regrade stays met: it is a fact of its day."""
    quiz, at = attempt.quiz, grade.graded_at
    # Asked in this order, for this runs while the attempt is locked: most who hand in move nothing.
    if quiz.kind != Quiz.Kind.CHECK and not (quiz.kind == Quiz.Kind.EXAM and grade.passed):
        return
    enrolment = Enrolment.objects.filter(public_id=attempt.scope).first()
    if enrolment is None:
        return
    if quiz.kind == Quiz.Kind.CHECK:
        places = catalogue(SOURCE_LANGUAGE).lesson_places
        if quiz.subject_key in places:
            lesson = places[quiz.subject_key][2]
            met = (Completion.Requirement.CHECKS, lesson.key, lesson.code, lesson.revision)
            services.advance(enrolment, [met], at=at)
    elif quiz.subject_key == enrolment.course_key:
        met = (Completion.Requirement.EXAM, enrolment.course_key, enrolment.course_code, None)
        services.advance(enrolment, [met], at=at)


@receiver(people_leaving)
def take_unused_places(people: list[Person], **kwargs: Any) -> None:
    """Places in courses that nobody used go with people whom a file brought in by mistake."""
    unused = Enrolment.objects.filter(person__in=people, last_active_at=None, completed_at=None)
    unused.exclude(Exists(Completion.objects.filter(enrolment=OuterRef("pk")))).delete()


@receiver(notices_asked)
def facts_grow_old(person: Person, on: date, **kwargs: Any) -> list[tuple[str, str]]:
    """The desk of those who edit or confirm facts says how many are past their day or soon will be."""
    number = due_count(on) if can_see_facts(person) else 0
    text = ngettext(
        "%(number)s fact is past its day or is to be checked soon.",
        "%(number)s facts are past their day or are to be checked soon.",
        number,
    )
    return [(text % {"number": digits(number)}, reverse("facts"))] if number else []
