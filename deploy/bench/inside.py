"""What is done and asked inside the product. Each `inside_…` runs in a process of its own, with the server's settings."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

READERS = 16
CHOICES = ("single", "multiple", "truefalse")  # what the budgets' exam asks, and what a load can answer without its key


def inside_people(small: int, large: int, questions: int, takers: int) -> dict[str, Any]:
    """Two groups whose officers learned everything; half of those on the first page of the grid sat the exam.

    `questions` is how many the exam asks from now on. Returns sessions and addresses.
    """
    from django.db import transaction
    from django.utils import timezone

    from assessments.models import Item
    from content.models import ContentVersion
    from courses.catalogue import catalogue
    from courses.models import Completion, Enrolment
    from courses.progress import derived
    from people.models import Cohort, CohortMembership, Person, RoleGrant, Unit
    from people.roles import grant_role
    from training.services import assign

    now = timezone.now()
    course = catalogue("en").by_code["C1"]
    if course.exam is None:
        raise RuntimeError("C1 has no exam")
    Item.objects.filter(use=Item.Use.EXAM).exclude(kind__in=CHOICES).update(live=False)
    ContentVersion.advance()
    sections = list(course.exam.sections.all())
    bank = Item.objects.filter(live=True, use=Item.Use.EXAM, locale__language_code="en")
    room = {section.pk: bank.filter(objective=section.objective).count() - section.count for section in sections}
    for section in sections * 9:
        if sum(one.count for one in sections) < questions and room[section.pk] > 0:
            section.count, room[section.pk] = section.count + 1, room[section.pk] - 1
            section.save()
    unit = Unit.objects.create(kind="agency", agency="immigration", code="BENCH", name_my="ရုံး", name_en="Office")
    met: list[tuple[str, Any, str, int | None]] = [
        (requirement, lesson.key, lesson.code, lesson.revision)
        for _module, lesson in course.lessons
        for requirement in (Completion.Requirement.READ, Completion.Requirement.CHECKS)
    ]
    met += derived(course, {(one[0], one[1]) for one in met}, unit.agency)
    grids, people = [], []
    with transaction.atomic():
        trainer = Person(service_number="TRN-1", name_my="ဦးမြင့်သူရ", name_latin="U Myint Thura", unit=unit)
        trainer.set_unusable_password()
        trainer.save()
        grant_role(trainer, RoleGrant.Role.TRAINER, by=None, reason="bench", starts_on=timezone.localdate())
        for size in filter(None, (small, large)):
            cohort = Cohort.objects.create(name_en=f"Group of {size}", name_my=f"အုပ်စု {size}")
            officers = [
                Person(service_number=f"IMM-{size}-{n}", name_my=f"ဒေါ်နီလာ {n:04d}", name_latin=f"Daw Nilar {n}", unit=unit)
                for n in range(size)
            ]  # fmt: skip
            for person in officers:
                person.set_unusable_password()
                person.save()
            part_of = CohortMembership.Part
            CohortMembership.objects.bulk_create(
                CohortMembership(cohort=cohort, person=person, joined_at=now, part=part)
                for person, part in [(trainer, part_of.TRAINER), *((one, part_of.LEARNER) for one in officers)]
            )
            assign(cohort, course, by=trainer, due_on=timezone.localdate(), message="", at=now)
            Completion.objects.bulk_create(
                (
                    Completion(enrolment_id=pk, requirement=what, key=key, code=code, version=f"1.0/{revision}", met_at=now)
                    for pk in Enrolment.objects.filter(cohort=cohort).values_list("pk", flat=True)
                    for what, key, code, revision in met
                ),
                batch_size=2_000,
            )  # fmt: skip
            grids.append(f"/teach/cohorts/{cohort.public_id}/")
            people.append(officers)
    sat = [person for officers in people for person in officers[:50:2]] if large else []
    for number, person in enumerate(sat):
        _sat(course.exam, person, right=number == 0)
    module, lesson = course.lessons[0]
    rest = people[-1][50:] if large else people[-1]
    found = {
        "grids": grids,
        "lesson": f"/my/courses/{course.slug}/{module.slug}/{lesson.slug}/",
        "quiz": course.exam.get_absolute_url(),
        "trainer": _session(trainer, second_factor=True),
        "takers": [_session(person) for person in rest[:takers]],
        "readers": [_session(person) for person in people[0][-READERS:]],
    }
    if sat:
        from certificates.issuing import issue_due
        from certificates.models import Certificate

        issue_due(at=timezone.now())  # the worker's task, which nobody waited for
        found |= {"certified": _session(sat[0]), "certificate": str(Certificate.objects.get().public_id)}
    return found


def inside_sign_ins(count: int) -> dict[str, Any]:
    """Officers with one password, hashed as the product hashes it. Returns their service numbers and the password."""
    from django.contrib.auth.hashers import make_password

    from people.models import Person, Unit

    password = "four words to remember"  # noqa: S105 (of a database that is removed afterwards)
    unit = Unit.objects.create(kind="agency", agency="immigration", code="BENCH-IN", name_my="ရုံး", name_en="Door")
    stored = make_password(password)
    people = [
        Person(service_number=f"IMM-IN-{n}", name_my=f"ဒေါ်စန္ဒာ {n}", unit=unit, password=stored) for n in range(count)
    ]
    for person in people:
        person.save()
    return {"numbers": [person.service_number for person in people], "password": password}


def inside_completed(count: int) -> int:
    """Officers who completed the first course and hold no certificate yet. Returns how many lack one."""
    from django.utils import timezone

    from courses.catalogue import catalogue
    from courses.models import Enrolment
    from people.models import Person, Unit

    course, now = catalogue("en").courses[0], timezone.now()
    unit = Unit.objects.create(kind="agency", agency="immigration", code="BENCH-C", name_my="ရုံး", name_en="Completed")
    for n in range(count):
        person = Person(service_number=f"IMM-C-{n}", name_my=f"ဒေါ်ခင်သန္တာထွန်း {n}", name_latin=f"Daw Khin {n}", unit=unit)
        person.save()
        Enrolment.objects.create(
            person=person,
            course_key=course.key,
            course_code=course.code,
            status=Enrolment.Status.COMPLETED,
            completed_at=now,
        )
    return Enrolment.objects.filter(status=Enrolment.Status.COMPLETED, certificates=None).count()


def inside_certificates(count: int) -> dict[str, float]:
    """Issues and prints so many certificates, signed, with claim and credential inside. Seconds of CPU, bytes, MB of memory
    before the first and after the last, and as one file for a group.
    """
    import resource
    import time

    from django.utils import timezone

    from certificates import document, issuing
    from certificates.claim import CertificateClaim
    from certificates.models import Certificate
    from certificates.paper import Print, render_many

    def peak() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    inside_completed(count)
    began = time.process_time()
    issued = issuing.issue_due(at=timezone.now())
    issuing_seconds = (time.process_time() - began) / issued
    certificates = list(Certificate.objects.select_related("rule", "paper").order_by("pk")[:count])
    document.certificate_pdf(certificates[0])
    memory, began, wall = peak(), time.process_time(), time.monotonic()
    sizes = [len(document.certificate_pdf(one)) for one in certificates]
    seconds, waited = time.process_time() - began, time.monotonic() - wall
    after, began = peak(), time.process_time()
    design = issuing.BUILT_IN
    prints = (Print(CertificateClaim.from_dict(one.claim), design, document.square(one)) for one in certificates)
    together = len(render_many(prints))
    return {
        "issued": issued,
        "issue_ms": issuing_seconds * 1000,
        "print_ms": seconds / len(sizes) * 1000,
        "a_second": len(sizes) / waited,
        "kilobytes": sum(sizes) / len(sizes) / 1000,
        "memory_before": memory,
        "memory_after": after,
        "group_ms": (time.process_time() - began) / len(sizes) * 1000,
        "group_kilobytes": together / 1000,
        "group_memory": peak(),
    }


def inside_specimens(count: int) -> dict[str, float]:
    """Recipes drawn by chance: milliseconds to draw one, all its sheets and words, and kilobytes of its first sheet, compressed; medians."""
    import gzip
    import statistics
    import time

    from specimens.anomalies import CATALOGUE
    from specimens.generating import drawn, generate

    kinds, taken, sizes = list(CATALOGUE), [], []
    for seed in range(count + 20):  # the first ones fill what is kept of each series
        recipe = drawn(seed, kinds[seed % len(kinds)], 1 + seed % 5, is_signal=seed % 2 == 0)
        begun = time.perf_counter()
        specimen = generate(recipe)
        taken.append((time.perf_counter() - begun) * 1000)
        sizes.append(len(gzip.compress(specimen.sheets[0].svg.encode())) / 1000)
    return {"ms": statistics.median(taken[20:]), "kilobytes": statistics.median(sizes[20:])}


def inside_tickets(course: str, blank: int) -> dict[str, Any]:
    """A test of a course that asks for a ticket, and tickets for its first group without names on them."""
    from datetime import timedelta

    from django.utils import timezone

    from assessments import entry
    from assessments.models import Quiz, QuizSection
    from courses.catalogue import catalogue
    from people.models import Cohort

    found, now = catalogue("en").by_code[course], timezone.now()
    quiz = Quiz.objects.create(
        code="BENCH-TICKET", kind=Quiz.Kind.PRE_TEST, subject_key=found.key, entry=Quiz.Entry.TICKET, cut_score="0.7"
    )
    first = found.exam.sections.first()
    QuizSection.objects.create(quiz=quiz, position=0, objective=first.objective, count=1)
    cohort = Cohort.objects.earliest("pk")
    made = entry.make_tickets(
        quiz, cohort, [], blank, by=cohort.people.earliest("pk"), at=now,
        valid_from=now - timedelta(hours=1), valid_until=now + timedelta(hours=1),
    )  # fmt: skip
    return {"quiz": quiz.get_absolute_url(), "codes": [code for _person, code in made]}


def _sat(quiz: Any, person: Any, *, right: bool) -> None:
    """A whole sitting, handed in."""
    from django.utils import timezone

    from assessments import bank
    from assessments.ending import submit_attempt
    from assessments.recording import Sent, record_steps
    from assessments.starting import start_attempt

    scope = person.enrolments.get().public_id
    attempt = start_attempt(quiz, person, scope=scope, at=timezone.now())
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    sent = []
    for place, item in enumerate(attempt.paper["items"]):
        key = versions[item["version"]].key
        chosen = [option for option in key if key[option]] if right else [next(o for o in key if not key[o])]
        sent.append(Sent(uuid4(), "answer", place, chosen, str(uuid4()), place + 1, 0))
    record_steps(attempt, sent, at=timezone.now())
    submit_attempt(attempt, at=timezone.now())


def _session(person: Any, *, second_factor: bool = False) -> str:
    """The key of a session in which a person is signed in."""
    from allauth.account.internal.flows import login
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore
    from django.utils import timezone

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    if second_factor:
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": timezone.now().timestamp()}]
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session.save()
    return str(session.session_key)


def inside_statements(session: str, trainer: str, lesson: str, quiz: str, grid: str) -> dict[str, Any]:
    """Statements to the database for a lesson, the grid, and a whole attempt, once the texts are in memory."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    host = settings.SITE_URL.partition("://")[2]

    def client_of(key: str) -> Client:
        client = Client(HTTP_HOST=host, HTTP_X_FORWARDED_PROTO="https")
        client.cookies[settings.SESSION_COOKIE_NAME], client.cookies["lang"] = key, "my"
        return client

    client, teaching = client_of(session), client_of(trainer)

    def counted(work: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as asked:
            work()
        control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
        return len([one for one in asked.captured_queries if not one["sql"].startswith(control)])

    def get(client: Client, path: str, status: int = 200) -> Any:
        answer = client.get(path)
        if answer.status_code != status:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return answer

    taken: dict[str, int] = {}

    def sit() -> None:
        begun = []
        taken["start"] = counted(lambda: begun.append(client.post(quiz).headers["Location"]))
        (path,) = begun
        shown = []
        taken["paper"] = counted(lambda: shown.append(get(client, path).content.decode()))
        options = dict(reversed(re.findall(r'name="item-(\d+)" value="([^"]+)"', shown[0])))
        device = str(uuid4())
        for number, (place, option) in enumerate(options.items(), 1):
            step = {"id": str(uuid4()), "kind": "answer", "place": int(place), "value": [option], "device": device,
                    "client_seq": number, "base_seq": number - 1}  # fmt: skip
            body = json.dumps({"steps": [step]})
            taken["save"] = counted(lambda body=body: client.post(f"{path}steps/", body, "application/json"))  # type: ignore[misc]
            taken["saves"] = taken.get("saves", 0) + taken["save"]
        taken["review"] = counted(lambda: get(client, f"{path}submit/"))
        taken["submit"] = counted(lambda: client.post(f"{path}submit/"))
        taken["result"] = counted(lambda: get(client, path))

    get(client, lesson)
    get(teaching, grid)
    get(client, quiz)
    sit()
    attempt = sum(taken[name] for name in ("start", "paper", "saves", "review", "submit", "result"))
    return taken | {
        "lesson": counted(lambda: get(client, lesson)),
        "grid": counted(lambda: get(teaching, grid)),
        "attempt": attempt,
    }


def inside_audit(sent: dict[str, list[str]]) -> dict[str, list[str]]:
    """What is wrong with attempts after they were handed in. sent: the acknowledged steps by the attempt's address.

    lost: acknowledged and not stored, or stored and not counted, or not graded. doubled: a step, a number, an attempt, a
    grade or a certificate more than there should be.
    """
    from collections import Counter

    from assessments.models import Attempt, AttemptStep
    from certificates.models import Certificate

    by_id = {path.strip("/").split("/")[1]: ids for path, ids in sent.items()}
    attempts = list(Attempt.objects.filter(public_id__in=by_id).prefetch_related("steps", "grades"))
    lost = [f"attempt {one}" for one in set(by_id) - {str(attempt.public_id) for attempt in attempts}]
    doubled = []
    for attempt in attempts:
        name, steps = str(attempt.public_id), list(attempt.steps.all())
        counted = {str(step.pk) for step in steps if step.verdict == AttemptStep.Verdict.ACCEPTED}
        lost += [f"{name}: step {one}" for one in by_id[name] if one not in counted]
        lost += [f"{name}: not graded"] * (not attempt.grades.all())
        kinds = Counter(step.kind for step in steps)
        numbers = sorted(step.seq for step in steps) != list(range(1, attempt.step_count + 1))
        more = kinds["answer"] > len(by_id[name]) or kinds["submit"] > 1 or len(attempt.grades.all()) > 1
        doubled += [f"{name}: {dict(kinds)}, {len(attempt.grades.all())} grades"] * (numbers or more)
    people = Counter(Attempt.objects.filter(scope__in=[a.scope for a in attempts]).values_list("person", "quiz"))
    doubled += [f"person {one}: {n} attempts" for one, n in people.items() if n > 1]
    scopes = [attempt.scope for attempt in attempts]
    issued = Counter(Certificate.objects.filter(enrolment__public_id__in=scopes).values_list("enrolment", flat=True))
    doubled += [f"enrolment {one}: {n} certificates" for one, n in issued.items() if n > 1]
    return {"lost": lost, "doubled": doubled}
