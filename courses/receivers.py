"""What happened elsewhere and moves somebody forward in a course."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from wagtail.signals import page_published

from assessments.access import Sitting
from assessments.errors import NotReady
from assessments.models import Attempt, GradeRecord, Item, Quiz, QuizSection
from assessments.signals import attempt_graded, sitting_asked
from content.models import ContentVersion
from courses import access, queries, services
from courses.catalogue import SOURCE_LANGUAGE, catalogue
from courses.models import Completion, Enrolment, LessonPage
from courses.progress import course_progress
from people.models import Person


@receiver(page_published, sender=LessonPage)
def keep_check(instance: LessonPage, **kwargs: Any) -> None:
    """The quiz of a lesson's checks follows the lesson's text in its source language."""
    if instance.locale.language_code != SOURCE_LANGUAGE:
        return
    codes = instance.check_codes()
    quiz, _made = Quiz.objects.update_or_create(
        kind=Quiz.Kind.CHECK,
        subject_key=instance.translation_key,
        defaults={"code": instance.code, "feedback": Quiz.Feedback.AT_ONCE},
    )
    keys = dict(Item.objects.filter(code__in=codes).values_list("code", "translation_key"))
    items = [str(keys[code]) for code in codes if code in keys]
    QuizSection.objects.update_or_create(quiz=quiz, position=0, defaults={"items": items})
    ContentVersion.advance()


@receiver(sitting_asked)
def course_sitting(person: Person, quiz: Quiz, **kwargs: Any) -> Sitting | None:
    """Who may sit a course's exam: the enrolled, once every required module is complete."""
    if quiz.kind != Quiz.Kind.EXAM:
        return None
    course = catalogue(kwargs["language"]).by_key.get(quiz.subject_key)
    if course is None or (enrolment := access.own_enrolment(person, course.key)) is None:
        return None
    progress = course_progress(course, queries.met(enrolment), person.agency, queries.codes_done(person))
    return Sitting(
        scope=enrolment.public_id,
        title=course.title,
        back=reverse("course", args=[course.slug]),
        refusal=NotReady() if progress.exam == "locked" else None,
        is_passed=progress.exam == "passed",
        objectives={code: text for module in course.modules for code, text in module.objectives.items()},
    )


@receiver(attempt_graded)
def attempt_moves_on(attempt: Attempt, grade: GradeRecord, **kwargs: Any) -> None:
    """A check answered or an exam passed is a requirement met."""
    enrolment = Enrolment.objects.filter(public_id=attempt.scope).first()
    if enrolment is None:
        return
    known = catalogue(SOURCE_LANGUAGE)
    at = grade.graded_at
    if attempt.quiz.kind == Quiz.Kind.CHECK and attempt.quiz.subject_key in known.lesson_places:
        lesson = known.lesson_places[attempt.quiz.subject_key][2]
        met = (Completion.Requirement.CHECKS, lesson.key, lesson.code, lesson.revision)
        services.advance(enrolment, [met], at=at)
    elif attempt.quiz.kind == Quiz.Kind.EXAM and grade.passed and attempt.quiz.subject_key == enrolment.course_key:
        met = (Completion.Requirement.EXAM, enrolment.course_key, enrolment.course_code, None)
        services.advance(enrolment, [met], at=at)
