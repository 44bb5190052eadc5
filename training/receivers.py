"""News that concerns training."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.signals import observation_asked
from core.devices import KEPT
from core.templatetags.burmese import day, digits, moment, sentence
from courses.catalogue import Catalogue, catalogue
from courses.dues import Due
from courses.signals import dues_asked, notices_asked
from people.access import visible_people
from people.models import Cohort, Person
from people.signals import cohort_joined
from training.access import own_sessions
from training.assigning.due import dues_of
from training.evaluating import behaviour
from training.models import Observation, ReactionGiven, SessionTest
from training.observing.recording import passed_of
from training.services import give_assigned

AHEAD = timedelta(days=14)


@receiver(cohort_joined)
def assigned_to_the_cohort(cohort: Cohort, people: Iterable[Person], **kwargs: Any) -> None:
    """Who joins a cohort gets what was assigned to it."""
    give_assigned(cohort, people, catalogue("en").by_key)


@receiver(dues_asked)
def due_of_a_trainer(person: Person, on: date, known: Catalogue, **kwargs: Any) -> list[Due]:
    """The desk says what trainers gave, until when, and how they reminded."""
    return dues_of(person, known, today=on)


@receiver(observation_asked)
def practice_observed(person: Person, course_key: UUID | None, **kwargs: Any) -> bool:
    """Whether practice in a course (or in any) was observed and met its standard."""
    return bool(passed_of(person, course_key=course_key))


@receiver(notices_asked)
def to_sign(person: Person, on: date, **kwargs: Any) -> list[tuple[str, str]]:
    """The desk says what was written of one's practice and not seen yet."""
    waiting = Observation.objects.standing().filter(person=person, signature=None).order_by("observed_at")
    text = _("Your practice was observed (%(rubric)s). Read what was written, and sign it.")
    return [(text % {"rubric": one.rubric_code}, reverse("training:own_observation", args=[one.pk])) for one in waiting]


@receiver(notices_asked)
def sessions_ahead(person: Person, on: date, **kwargs: Any) -> list[tuple[str, str]]:
    """The desk says which test is open in the room, and when and where one is taught: within two weeks, until it is over."""
    now = timezone.now()
    tests = SessionTest.objects.filter(closed_at=None)
    mine = own_sessions(person).standing().annotate(has_test=Exists(tests.filter(session=OuterRef("pk"))))
    soon = Q(ends_at__gt=now, starts_at__lt=now + AHEAD)
    sessions = list(mine.filter(soon | Q(has_test=True)).order_by("starts_at"))
    open_now = [one for one in sessions if one.has_test]
    found: list[tuple[str, str]] = [
        (sentence(_("%(test)s of %(course)s is open now: type its code to begin."), test=one.get_part_display(), course=one.session.course_code), one.quiz.get_absolute_url())
        for one in (tests.filter(session__in=open_now).select_related("session", "quiz") if open_now else ())
    ]  # fmt: skip
    found += [
        (
            sentence(_("Session %(course)s: %(when)s, %(place)s"), course=one.course_code, when=moment(one.starts_at), place=one.place),
            reverse("training:own_session", args=[one.public_id]),
        )
        for one in sessions
        if one.ends_at > now
    ]  # fmt: skip
    return found


@receiver(notices_asked)
def asked_after_training(person: Person, on: date, **kwargs: Any) -> list[tuple[str, str]]:
    """The desk asks what one thought of a session, for two weeks; and after two months, what one does of it at work."""
    now = timezone.now()
    given = ReactionGiven.objects.filter(person=person, session=OuterRef("session"))
    mine = list(behaviour.attended(Q(person=person), at=now).annotate(has_reacted=Exists(given)))
    found: list[tuple[str, str]] = []
    for one in mine:
        if one.session.ends_at >= now - KEPT and not one.has_reacted:
            text = _("Session %(course)s, %(day)s: what did you think of it? Answer without your name.")
            said = sentence(text, course=one.session.course_code, day=day(one.session.starts_at))
            found.append((said, reverse("training:own_reaction", args=[one.session.public_id])))
    for due in behaviour.due_of(mine, at=now):
        text = _("Session %(course)s, %(day)s: what do you do of it at work? Answer until %(until)s.")
        said = sentence(text, course=due.session.course_code, day=day(due.session.starts_at), until=day(due.until))
        found.append((said, reverse("training:own_behaviour", args=[due.session.public_id])))
    return found


@receiver(notices_asked)
def asked_about_others(person: Person, on: date, **kwargs: Any) -> list[tuple[str, str]]:
    """The desk of trainers and supervisors says on how many they are asked to report."""
    if not person.may("behaviour.report"):
        return []
    due = behaviour.due_about(visible_people(person, "behaviour.report"), by=person, at=timezone.now())
    number = len(due)
    text = ngettext(
        "%(count)s report on practice after training is asked of you.",
        "%(count)s reports on practice after training are asked of you.",
        number,
    )
    return [(text % {"count": digits(number)}, reverse("training:behaviour_due"))] if due else []
