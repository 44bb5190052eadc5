"""A whole cascade with known effects, invented: to see the pages of a programme at their real size, and to hold every figure against what
was put in.

Nothing here is drawn by chance. Five master trainers accredit fifteen trainers, eight of those accredit forty more; all together teach
officers in sessions of twenty, each from a post of one agency. Before a session a share BEFORE of every question is answered rightly;
afterwards AFTER[generation], but one question is known less the further down it is taught.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction

from assessments.models import Attempt, GradeRecord, PrintedForm
from assessments.on_paper import printed_forms
from assessments.starting import OTHER, rules_of
from courses.catalogue import CourseInfo
from courses.models import Enrolment
from myanmar.collation import name_sort_key
from people.identity import service_key
from people.models import Agency, Cohort, CohortMembership, Person, Unit
from training.models import Accreditation, Attendance, AttendanceMark, SessionTest, SessionTrainer, TrainingSession
from training.models.accreditations import Tier
from training.testing.holding import quizzes_of

GENERATIONS: Final = (5, 15, 40)  # trainers of each
SHARE: Final = (10, 16, 24)  # of fifty sessions, those that each generation teaches
SIZE: Final = 20  # officers in a session, half of whom begin with form A
REGIONS: Final = 4  # of each agency
POSTS: Final = 5  # of each region; the last one is never reached
AGENCIES: Final = (
    Agency.IMMIGRATION,
    Agency.IMMIGRATION,
    Agency.POLICE,
    Agency.SOCIAL_WELFARE,
)  # of sessions, by turns
BEFORE: Final = Decimal("0.4")
AFTER: Final = (Decimal("0.8"), Decimal("0.7"), Decimal("0.6"))
FORGOTTEN: Final = (Decimal("0.8"), Decimal("0.7"), Decimal("0.2"))  # of the first question of form A
WAIT: Final = (20, 40, 60)  # days from accreditation to the first session
VERSION: Final = "0.9"  # that is taught in every tenth session, though another one is published


@dataclass
class Simulated:
    """What was put in. officers: how many were taught; sessions: by generation, those at which trainers were accredited included;
    reached: by generation, trainers included; never: trainers of each who led nothing; forgotten: the version of the question that is known less
    the further down it is taught; forms: how many questions each has."""

    officers: int
    sessions: list[int]
    reached: list[int]
    never: list[int]
    outdated: int
    forgotten: str
    forms: dict[str, int]


@transaction.atomic
def simulate(course: CourseInfo, *, officers: int, until: datetime) -> Simulated:
    """Put a cascade of sixty trainers and `officers` (a multiple of 500) into the database; its last session was held at `until`.

    Raises ValueError for another number, or a course without tests in the room.
    """
    quizzes = quizzes_of(course)
    if officers < 500 or officers % 500 or len(quizzes) < len(SessionTest.Part):
        raise ValueError("officers come by 500, and the course needs a pre- and a post-test in two forms")
    return _Making(course, quizzes, officers, until).run()


class _Making:
    def __init__(self, course: CourseInfo, quizzes: dict[str, Any], officers: int, until: datetime) -> None:
        self.course, self.quizzes, self.until = course, quizzes, until
        self.begin = until - timedelta(days=300)
        self.posts = self._units()
        self.factor = officers // 500
        self.papers = {part: {one.form: one for one in printed_forms(quiz, at=until)} for part, quiz in quizzes.items()}
        self.trainers = self._trainers()
        self.led: dict[int, int] = defaultdict(int)
        self.rules: dict[tuple[str, str], dict[str, Any]] = {}
        self.rows: dict[Any, list[Any]] = defaultdict(list)

    def run(self) -> Simulated:
        sessions, reached, outdated = [0, 0, 0], [0, 0, 0], 0
        masters, first, second = self.trainers
        admin = masters[0]
        granted: dict[int, datetime] = {}
        for person in masters:
            granted[person.pk] = self.begin
            self._right(person, Tier.MASTER, None, self.begin, admin)
        # Each master accredits three; eight of the fifteen accredit five each.
        for depth, (teachers, learners, count) in enumerate(((masters, first, 3), (first[:8], second, 5))):
            for n, teacher in enumerate(teachers):
                at = granted[teacher.pk] + timedelta(days=WAIT[depth])
                taught = learners[n * count : (n + 1) * count]
                session = self._session(teacher, at, taught, [], self.course.version)
                sessions[depth] += 1
                reached[depth] += count
                for person in taught:
                    granted[person.pk] = at
                    self._right(person, Tier.TRAINER, session, at, teacher)
        teaching = (masters, first[:13], second[:35])
        number = 0
        for depth, trainers in enumerate(teaching):
            for n in range(SHARE[depth] * self.factor // 2):
                trainer = trainers[n % len(trainers)]
                first_at = granted[trainer.pk] + timedelta(days=WAIT[depth])
                at = min(first_at + timedelta(days=n // len(trainers)), self.until - timedelta(hours=9))
                agency = AGENCIES[number % len(AGENCIES)]
                is_old = number % 10 == 9
                post = self.posts[agency][number % len(self.posts[agency])]
                officers = self._officers(post, number)
                session = self._session(
                    trainer, at, officers, officers, VERSION if is_old else self.course.version, post
                )
                self._tests(session, officers, depth, at)
                outdated += is_old
                sessions[depth] += 1
                reached[depth] += SIZE
                number += 1
        self._store()
        form = self.papers[SessionTest.Part.POST]["A"]
        return Simulated(
            officers=number * SIZE,
            sessions=sessions,
            reached=reached,
            never=[sum(self.led[person.pk] == 0 for person in one) for one in self.trainers],
            outdated=outdated,
            forgotten=form.paper["items"][0]["version"],
            forms={form: len(one.paper["items"]) for form, one in self.papers[SessionTest.Part.POST].items()},
        )

    def _units(self) -> dict[str, list[Unit]]:
        """The posts of each agency that are reached."""
        found: dict[str, list[Unit]] = {}
        for agency in Agency:
            top = Unit.objects.create(
                kind="agency",
                agency=agency,
                code=f"SIM-{agency[0].upper()}",
                name_en=f"Sample {agency}",
                name_my="နမူနာ",
            )
            found[agency] = []
            for r in range(1, REGIONS + 1):
                region = Unit.objects.create(
                    kind="region", agency=agency, code=f"{top.code}{r}", name_en=f"Region {r}", name_my=f"ဒေသ {r}", parent=top
                )  # fmt: skip
                posts = [
                    Unit.objects.create(
                        kind="post", agency=agency, code=f"{region.code}{p}", name_en=f"Post {r}.{p}", name_my=f"စခန်း {r}.{p}", parent=region
                    )
                    for p in range(1, POSTS + 1)
                ]  # fmt: skip
                found[agency] += posts[:-1]
                self._people([f"{posts[-1].code}-{n}" for n in range(6)], posts[-1])  # who are never reached
        return found

    def _people(self, numbers: Iterable[str], unit: Unit) -> list[Person]:
        nobody_signs_in = make_password(None)
        made: list[Person] = Person.objects.bulk_create(
            Person(service_number=service_key(number), name_latin=f"Sample {number}", sort_key=name_sort_key(f"Sample {number}"), unit=unit, password=nobody_signs_in)
            for number in numbers
        )  # fmt: skip
        return made

    def _trainers(self) -> list[list[Person]]:
        unit = self.posts[Agency.IMMIGRATION][0]
        return [
            self._people([f"SIM-T{depth}-{n:03}" for n in range(count)], unit)
            for depth, count in enumerate(GENERATIONS)
        ]

    def _officers(self, post: Unit, number: int) -> list[Person]:
        return self._people([f"SIM-O-{number:04}-{n:02}" for n in range(SIZE)], post)

    def _right(self, person: Person, tier: Tier, session: TrainingSession | None, at: datetime, by: Person) -> None:
        Accreditation.objects.create(
            person=person, course_key=self.course.key, course_code=self.course.code, course_version=self.course.version, tier=tier,
            session=session, granted_by=by, granted_at=at, valid_until=(self.until + timedelta(days=365)).date(),
        )  # fmt: skip

    def _session(
        self, lead: Person, at: datetime, there: Sequence[Person], enrolled: Sequence[Person], version: str, post: Unit | None = None
    ) -> TrainingSession:  # fmt: skip
        """Held from `at` for seven hours, by a group that was made for it."""
        self.led[lead.pk] += 1
        cohort = Cohort.objects.create(
            name_en=f"Sample {lead.service_number} {self.led[lead.pk]}", name_my="နမူနာ အုပ်စု", unit=post
        )
        session = TrainingSession.objects.create(
            cohort=cohort, course_key=self.course.key, course_code=self.course.code, course_version=version,
            modules=[module.code for module in self.course.modules], unit=post, place="Room", starts_at=at, ends_at=at + timedelta(hours=7),
        )  # fmt: skip
        SessionTrainer.objects.create(session=session, person=lead, part=SessionTrainer.Part.LEAD)
        for person in there:
            mark = AttendanceMark(
                id=uuid4(), session=session, person=person, status="present", how="tick", marked_at=at, received_at=at, marked_by=lead
            )  # fmt: skip
            self.rows[AttendanceMark].append(mark)
            self.rows[Attendance].append(Attendance(session=session, person=person, status="present", mark=mark))
            self.rows[CohortMembership].append(CohortMembership(cohort=cohort, person=person, joined_at=at))
        for person in enrolled:
            self.rows[Enrolment].append(
                Enrolment(person=person, course_key=self.course.key, course_code=self.course.code, cohort=cohort)
            )
        return session

    def _tests(self, session: TrainingSession, officers: Sequence[Person], depth: int, at: datetime) -> None:
        scopes = {one.person_id: one.public_id for one in self.rows[Enrolment][-len(officers) :]}
        for part, start in ((SessionTest.Part.PRE, at), (SessionTest.Part.POST, at + timedelta(hours=6))):
            self.rows[SessionTest].append(
                SessionTest(
                    session=session, part=part, quiz=self.quizzes[part], opened_at=start, closed_at=start + timedelta(minutes=30), opened_by_id=session.trainers.get().person_id
                )
            )  # fmt: skip
            for n, person in enumerate(officers):
                first = "AB"[n % 2]
                printed = self.papers[part][first if part == SessionTest.Part.PRE else OTHER[first]]
                self._sitting(part, printed, person, scopes[person.pk], n // 2, depth, start)

    def _sitting(
        self, part: str, printed: PrintedForm, person: Person, scope: Any, place: int, depth: int, at: datetime
    ) -> None:
        """place: of the person among the ten who sit the same form."""
        shares = [BEFORE if part == SessionTest.Part.PRE else AFTER[depth] for _item in printed.paper["items"]]
        if part == SessionTest.Part.POST and printed.form == "A":
            shares[0] = FORGOTTEN[depth]
        ten = SIZE // 2
        right = [int((place + 3 * n) % ten < share * ten) for n, share in enumerate(shares)]
        items, points, ended = (
            [{"points": str(one), "answered": True} for one in right],
            sum(right),
            at + timedelta(minutes=20),
        )
        attempt = Attempt(
            quiz=self.quizzes[part], person=person, scope=scope, number=1, number_allowed=1, form=printed.form, paper=printed.paper,
            rules=self._rules(part, printed.form), status=Attempt.Status.SUBMITTED, started_at=at + timedelta(minutes=1), submitted_at=ended,
        )  # fmt: skip
        self.rows[Attempt].append(attempt)
        self.rows[GradeRecord].append(
            GradeRecord(
                attempt=attempt, version=1, score=points, max_score=len(items), passed=True, reason="first", graded_at=ended,
                details={"items": items, "sections": [{"objective": "", "cut_score": None, "points": str(points), "max_points": str(len(items)), "passed": True}]},
            )
        )  # fmt: skip

    def _rules(self, part: str, form: str) -> dict[str, Any]:
        if (part, form) not in self.rules:
            self.rules[part, form] = rules_of(self.quizzes[part], form)
        return self.rules[part, form]

    def _store(self) -> None:
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows, batch_size=500)
