"""How what was given stands: who has done it, who has not, until when it is due for whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from assessments.models import Attempt, Quiz
from courses.catalogue import Catalogue, CourseInfo, ModuleInfo
from courses.models import Completion, Enrolment
from courses.queries import places_of
from people.models import Person
from training.models import Assignment, AssignmentChange

State = Literal["done", "excused", "ahead", "overdue", "open"]


@dataclass(frozen=True)
class Standing:
    """One person's standing with one assignment. due_on: for this person. change: the one that counts, if there is any."""

    assignment: Assignment
    person: Person
    due_on: date | None
    state: State
    change: AssignmentChange | None

    @property
    def is_to_do(self) -> bool:
        """Whether something is left to do, now or later."""
        return self.state in ("ahead", "overdue", "open")


def standings(assignments: Sequence[Assignment], people: Sequence[Person], *, today: date) -> dict[int, list[Standing]]:
    """Each person's standing with each assignment, by the assignment's key, in at most four queries whatever their number.

    A course is done once it is completed; a module once it is complete or the course is; an exam once it is passed, any other quiz once it
    was handed in.
    """
    if not assignments or not people:
        return {one.pk: [] for one in assignments}
    places = places_of(people, {one.course_key for one in assignments})
    met = _met(assignments, places)
    handed_in = _handed_in(assignments, places)
    changes: dict[tuple[int, int], AssignmentChange] = {
        (one.assignment_id, one.person_id): one
        for one in AssignmentChange.objects.filter(assignment__in=assignments, person__in=people).order_by(
            "changed_at", "pk"
        )
    }
    found: dict[int, list[Standing]] = {}
    for assignment in assignments:
        rows = found[assignment.pk] = []
        for person in people:
            place = places.get((person.pk, assignment.course_key))
            change = changes.get((assignment.pk, person.pk))
            due_on = change.due_on if change else assignment.due_on
            done = place is not None and _is_done(assignment, place, met, handed_in)
            rows.append(
                Standing(assignment, person, due_on, _state(assignment, done, change, due_on, today=today), change)
            )
    return found


def _met(assignments: Iterable[Assignment], places: Mapping[Any, Enrolment]) -> set[tuple[int, UUID]]:
    """Enrolment and key of the modules and exams that are given and met."""
    keys = {one.module_key for one in assignments if one.module_key}
    keys |= {one.course_key for one in assignments if one.quiz and one.quiz.kind == Quiz.Kind.EXAM}
    if not keys:
        return set()
    wanted = [Completion.Requirement.MODULE, Completion.Requirement.EXAM]
    rows = Completion.objects.filter(enrolment__in=places.values(), requirement__in=wanted, key__in=keys)
    return set(rows.values_list("enrolment_id", "key"))


def _handed_in(assignments: Iterable[Assignment], places: Mapping[Any, Enrolment]) -> set[tuple[int, UUID]]:
    """Quiz and place of the tests that are given and handed in."""
    tests = {one.quiz_id for one in assignments if one.quiz and one.quiz.kind != Quiz.Kind.EXAM}
    if not tests:
        return set()
    scopes = [place.public_id for place in places.values()]
    return set(Attempt.objects.filter(quiz__in=tests, scope__in=scopes).submitted().values_list("quiz_id", "scope"))


def _is_done(
    assignment: Assignment, place: Enrolment, met: set[tuple[int, UUID]], handed_in: set[tuple[int, UUID]]
) -> bool:
    completed = place.status == Enrolment.Status.COMPLETED
    if assignment.module_key:
        return completed or (place.pk, assignment.module_key) in met
    if assignment.quiz is None:
        return completed
    if assignment.quiz.kind == Quiz.Kind.EXAM:
        return completed or (place.pk, assignment.course_key) in met
    return (assignment.quiz_id, place.public_id) in handed_in


def _state(
    assignment: Assignment, done: bool, change: AssignmentChange | None, due_on: date | None, *, today: date
) -> State:
    if done:
        return "done"
    if change and change.is_excused:
        return "excused"
    if assignment.is_ahead(today):
        return "ahead"
    return "overdue" if due_on and due_on < today else "open"


@dataclass(frozen=True)
class Given:
    """What an assignment gives, as a reader sees it. module, quiz: one of them, or neither."""

    course: CourseInfo
    module: ModuleInfo | None
    quiz: Quiz | None

    @property
    def title(self) -> object:
        """Its name, with its language."""
        if self.module:
            return self.module.title
        return self.quiz.heading if self.quiz else self.course.title

    @property
    def code(self) -> str:
        """The code of the course or module; of a quiz that of its course."""
        return self.module.code if self.module else self.course.code


def given_by(assignment: Assignment, known: Catalogue) -> Given | None:
    """What an assignment gives, or None where the course or module is not published any more."""
    course = known.by_key.get(assignment.course_key)
    if course is None:
        return None
    module = next((one for one in course.modules if one.key == assignment.module_key), None)
    if assignment.module_key and module is None:
        return None
    return Given(course, module, assignment.quiz)
