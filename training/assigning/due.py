"""What is due of one officer, as their desk says it."""

from datetime import date, timedelta

from django.urls import reverse

from courses.catalogue import Catalogue
from courses.dues import Due
from people.models import CohortMembership, Person
from training.assigning.standing import Given, given_by, standings
from training.models import Assignment, ReminderTo

SHOWN_FOR = timedelta(days=14)


def dues_of(person: Person, known: Catalogue, *, today: date) -> list[Due]:
    """What was given to the groups in which a person learns now, and is still to be done by them. One query where nothing was."""
    groups = CohortMembership.objects.learners().filter(person=person).values("cohort")
    given = list(Assignment.objects.standing().filter(cohort__in=groups).select_related("quiz", "assigned_by"))
    if not given:
        return []
    rows = standings(given, [person], today=today)
    to_do = [row for one in given for row in rows[one.pk] if row.is_to_do]
    reminders = dict(
        ReminderTo.objects.filter(
            person=person, assignment__in=[row.assignment for row in to_do], sent_on__gt=today - SHOWN_FOR
        )
        .order_by("sent_on", "pk")
        .values_list("assignment_id", "reminder__text")
    )
    found = []
    for row in to_do:
        one = row.assignment
        if what := given_by(one, known):
            found.append(
                Due(
                    title=what.title,
                    code=what.code,
                    url=url_of(what),
                    starts_on=one.starts_on if row.state == "ahead" else None,
                    due_on=row.due_on,
                    is_overdue=row.state == "overdue",
                    given_by=one.assigned_by,
                    message=one.message,
                    reminder=reminders.get(one.pk, ""),
                    course_key=one.course_key if one.is_whole else None,
                )
            )
    return found


def url_of(what: Given) -> str:
    """Where it is done."""
    if what.quiz:
        return what.quiz.get_absolute_url()
    if what.module:
        return reverse("module", args=[what.course.slug, what.module.slug])
    return reverse("course", args=[what.course.slug])
