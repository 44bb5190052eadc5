"""Sets the stage in the database of a running demonstration: `python -m tests.browser.stage <what> [arguments]`.

Prints JSON. What a walk of minutes would make in the browser is made here in a second, with the product's own services.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

from tests.browser import cascading, certified, examining, taught

PASSWORD = "four words to remember"


def main(what: str, *arguments: str) -> None:
    """Do one of the things below and print what it returns."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(json.dumps(DOES[what](*arguments)))  # noqa: T201 (a command)


def _officer(number: str, name: str) -> Any:
    from django.utils import timezone

    from people.cohorts import join
    from people.models import Cohort, Person, Unit

    unit = Unit.objects.get(code="IMM-P")
    person = Person.objects.create_user(number, PASSWORD, name_my=name, name_latin=f"Daw {number}", unit=unit)
    join(Cohort.objects.order_by("created_at")[0], [person], by=None, at=timezone.now())
    return person


def _enrolment(person: Any) -> tuple[Any, Any]:
    from courses.catalogue import catalogue
    from courses.models import Enrolment

    return catalogue("en").by_code["C1"], Enrolment.objects.get(person=person, course_code="C1")


def _checks(lesson: Any) -> list[Any]:
    """Versions of the items that a lesson asks, in order."""
    from assessments.bank import newest_versions
    from courses.models import LessonPage

    codes = LessonPage.objects.get(pk=lesson.page_id).check_codes()
    found = newest_versions(codes)
    return [found[code] for code in codes]


def _answer(person: Any, enrolment: Any, lesson: Any, version: Any, *, right: bool) -> None:
    from django.utils import timezone

    from assessments.checks import answer_check
    from tests.assessments import responding

    scope, at = enrolment.public_id, timezone.now()
    value = responding.right(version) if right else responding.wrong(version)
    answer_check(lesson.check, person, scope=scope, item_code=version.code, value=value, at=at)


def _learn(person: Any, *, leave: int = 0) -> Any:
    """Read every lesson and answer every check, but for the last `leave` lessons. Returns the enrolment."""
    from django.utils import timezone

    from courses.services import record_read

    course, enrolment = _enrolment(person)
    for _module, lesson in course.lessons[: len(course.lessons) - leave]:
        for version in _checks(lesson) if lesson.check else []:
            _answer(person, enrolment, lesson, version, right=True)
        record_read(enrolment, lesson, at=timezone.now())
    return enrolment


def _begin(person: Any) -> Any:
    from django.utils import timezone

    from assessments.starting import start_attempt

    course, enrolment = _enrolment(person)
    return start_attempt(course.exam, person, scope=enrolment.public_id, at=timezone.now())


def _fill(attempt: Any, *, right: bool, leave: int = 0) -> None:
    """Answer the questions of an attempt, but for the last `leave`."""
    from uuid import uuid4

    from django.utils import timezone

    from assessments import bank
    from assessments.recording import Sent, record_steps
    from tests.assessments import responding

    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    sent = []
    for place, item in enumerate(attempt.paper["items"]):
        version = versions[item["version"]]
        value = responding.right(version) if right else responding.wrong(version)
        sent.append(Sent(uuid4(), "answer", place, value, str(uuid4()), place + 1, 0))
    flag = Sent(uuid4(), "flag", 0, [], str(uuid4()), 1, 0)
    record_steps(attempt, [*sent[: len(sent) - leave], flag], at=timezone.now())


def officers(count: str, first: str = "0") -> list[str]:
    """Officers who read every lesson and answered every check: the exam is open to them."""
    made = []
    for number in range(int(first), int(first) + int(count)):
        person = _officer(f"IMM-9{number:03d}", f"ဒေါ်ဝေဝေ {number}")
        _learn(person)
        made.append(person.service_number)
    return made


def exam() -> str:
    """The id of the exam of C1."""
    return str(_exam().public_id)


def answers() -> list[dict[str, Any]]:
    """The items of C1 that judge themselves, with their texts in all languages, a right and a wrong response; what is typed is Burmese."""
    from assessments import bank, kinds
    from courses.catalogue import catalogue
    from tests.assessments import responding

    versions = bank.pool(catalogue("en").by_code["C1"].objectives)
    return [
        {
            "code": one.code,
            "stems": [texts["stem"] for texts in one.texts.values()],
            "right": responding.right(one, "my"),
            "wrong": responding.wrong(one, "my"),
        }
        for one in versions
        if kinds.judges_itself(one.kind)
    ]


def _exam() -> Any:
    from courses.catalogue import catalogue

    return catalogue("en").by_code["C1"].exam


def scenes() -> dict[str, Any]:
    """One person for each state that a page can show, with the addresses of what is theirs."""
    from uuid import uuid4

    from django.utils import timezone

    from assessments import refresher
    from assessments.ending import submit_attempt
    from assessments.models import Quiz
    from certificates.issuing import issue_certificate
    from courses.catalogue import catalogue
    from courses.models import Enrolment
    from people.models import Cohort, Person, RoleGrant, Unit
    from people.roles import grant_role
    from tests.assessments import responding

    reader = _officer("IMM-8001", "ဒေါ်စာဖတ်သူ")
    course, enrolment = _enrolment(reader)
    lessons = [(module, lesson) for module, lesson in course.lessons if lesson.check]
    for (_module, lesson), right in zip(lessons, (True, False), strict=False):
        _answer(reader, enrolment, lesson, _checks(lesson)[0], right=right)
    sitting = _officer("IMM-8002", "ဒေါ်ဖြေဆိုသူ")
    _learn(sitting)
    open_attempt = _begin(sitting)
    _fill(open_attempt, right=True, leave=2)
    ready = _officer("IMM-8005", "ဒေါ်အဆင်သင့်")
    _learn(ready)
    passed = _officer("IMM-8003", "ဒေါ်အောင်မြင်သူ")
    _learn(passed)
    good = _begin(passed)
    _fill(good, right=True)
    submit_attempt(good, at=timezone.now())
    certificate = issue_certificate(Enrolment.objects.get(person=passed), at=timezone.now())
    failed = _officer("IMM-8004", "ဒေါ်ပြန်ဖြေသူ")
    _learn(failed)
    bad = _begin(failed)
    _fill(bad, right=False)
    submit_attempt(bad, at=timezone.now())
    for person in (failed, passed):
        _some_days_ago(person)
    enrolment = Enrolment.objects.get(person=passed)
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=timezone.now() - timedelta(days=31))
    pool = catalogue("en").by_code["C1"].objectives
    turn = refresher.plan(passed, exam_pool=pool, at=timezone.now()).turns[0]
    answer = refresher.Answer(uuid4(), turn.card.public_id, turn.version.pk, responding.wrong(turn.version))
    review = refresher.record(passed, answer, exam_pool=pool, at=timezone.now())
    trainer = Person.objects.create_user(
        "TRN-8006", PASSWORD, name_my="ဦးသင်တန်းဆရာ", unit=Unit.objects.get(code="IMM-P")
    )
    grant_role(trainer, RoleGrant.Role.TRAINER, by=None, reason="test", starts_on=timezone.localdate())
    places = [f"courses/{course.slug}/{module.slug}/{lesson.slug}/" for module, lesson in lessons]
    first, second = (lesson.key for _module, lesson in course.lessons[-2:])
    _change_and_sign(first, second)
    item, exam = _room(good)
    return {
        "person": f"/office/people/{reader.public_id}/",
        "unit": f"/office/units/{Unit.objects.get(code='IMM-P').public_id}/",
        "group": f"/office/cohorts/{Cohort.objects.order_by('created_at')[0].public_id}/",
        "item": f"/office/items/{item}/",
        "evidence": f"/office/quizzes/{exam}/evidence/",
        "translation": f"/office/translations/my/{first}/",
        "review": f"/office/translations/my/{second}/",
        "course": f"courses/{course.slug}/",
        "module": f"courses/{course.slug}/{course.modules[0].slug}/",
        "lesson_right": places[0],
        "lesson_wrong": places[1],
        "lesson_open": places[2],
        "quiz": course.exam.get_absolute_url(),
        "attempt": open_attempt.get_absolute_url(),
        "passed": good.get_absolute_url(),
        "failed": bad.get_absolute_url(),
        "verify": certificate.get_absolute_url(),
        "probe": Quiz.objects.get(code="C1-PROBE").get_absolute_url(),
        "answered": f"/practice/answers/{review.pk}/",
        **{f"held_{what}": place for what, place in taught.held().items()},
        **{f"documents_{what}": place for what, place in examiner("IMM-8070").items()},
        "cohort": f"/teach/cohorts/{Cohort.objects.order_by('created_at')[0].public_id}/",
    }


def _room(attempt: Any) -> tuple[str, str]:
    """A room full of officers who sat the paper of an attempt, in two languages: the code of an item and the exam's id."""
    from assessments import bank
    from tests.assessments import responding, rooms

    known = bank.versions({item["version"] for item in attempt.paper["items"]})
    versions = list(known.values())
    given = []
    for officer in range(160):
        row: list[list[str]] = []
        for place, version in enumerate(versions):
            if (officer + 7 * place * (officer % 5)) % 160 > 9 * place:
                row.append(responding.right(version))
            elif version.kind == "single":
                options = [option for option, is_right in version.key.items() if not is_right]
                row.append([options[officer % len(options)]])
            else:
                row.append(responding.wrong(version))
        given.append(row)
    rooms.sit(attempt.quiz, versions, given, language=["my", "en"] * 80)
    return next(one.code for one in versions[4:] if one.kind == "single"), str(attempt.quiz.public_id)


def _change_and_sign(first: Any, second: Any) -> None:
    """A lesson whose source changed after its translation, and one that waits for its reviewer."""
    from django.utils import timezone
    from wagtail.models import Locale

    from content.translation import work
    from content.translation.states import state
    from courses.models import LessonPage
    from people.models import Person

    page = LessonPage.objects.get(translation_key=first, locale__language_code="en").get_latest_revision_as_object()
    page.title += " (revised)"
    page.save_revision().publish()
    source, my = work.source_of(second), Locale.objects.get(language_code="my")
    work.decide(
        source, my, "translator", "approved", sha256=state(source, my).sha256, note="Checked",
        by=Person.objects.get(service_number="TRL-8001"), at=timezone.now(),
    )  # fmt: skip


def _some_days_ago(person: Any) -> None:
    """As if everything that the person keeps fresh had been learned three days earlier."""
    from django.db.models import F

    from assessments.models import RefresherCard

    gone = timedelta(days=3)
    RefresherCard.objects.filter(person=person).update(reviewed_at=F("reviewed_at") - gone, due_at=F("due_at") - gone)


def learning(number: str) -> list[str]:
    """Somebody who begins C1. Returns where its first two lessons with checks are."""
    course, _begun = _enrolment(_officer(number, "ဒေါ်မြမြ"))
    places = [
        f"courses/{course.slug}/{module.slug}/{lesson.slug}/" for module, lesson in course.lessons if lesson.check
    ]
    return places[:2]


def practising(number: str) -> dict[str, Any]:
    """An officer who completed every module some days ago: there are questions to refresh."""
    person = _officer(number, "ဒေါ်လေ့ကျင့်သူ")
    _learn(person)
    _some_days_ago(person)
    return {}


def reviews(number: str) -> list[bool]:
    """What an officer answered in practice, right or wrong, in order."""
    from assessments.models import RefresherReview

    found = RefresherReview.objects.filter(card__person__service_number=number).order_by("reviewed_at")
    return list(found.values_list("is_right", flat=True))


def end_attempt(public_id: str, seconds: str) -> dict[str, Any]:
    """Let an attempt end in so many seconds from now (below 0: it ended then)."""
    from django.utils import timezone

    from assessments.models import Attempt

    now = timezone.now()
    closes_at = now + timedelta(seconds=int(seconds))
    begun_at = min(now, closes_at) - timedelta(minutes=1)
    Attempt.objects.filter(public_id=public_id).update(started_at=begun_at, closes_at=closes_at)
    return {}


def log(public_id: str) -> list[Any]:
    """The steps of an attempt as (kind, place, value, verdict), in the server's order."""
    from assessments.models import AttemptStep

    steps = AttemptStep.objects.filter(attempt__public_id=public_id).order_by("seq")
    return list(steps.values_list("kind", "place", "value", "verdict"))


def grades(public_id: str) -> list[Any]:
    """The grades of an attempt as (version, passed)."""
    from assessments.models import GradeRecord

    return list(GradeRecord.objects.filter(attempt__public_id=public_id).values_list("version", "passed"))


def lesson_page(slug: str, language: str = "en") -> dict[str, Any]:
    """A lesson's page for the editor: its id, code and title."""
    from courses.models import LessonPage

    page = LessonPage.objects.get(slug=slug, locale__language_code=language)
    return {"id": page.pk, "code": page.code, "title": page.title}


def new_group(number: str) -> dict[str, Any]:
    """A group without any course, led by the demonstration's trainer, with one new officer."""
    from django.utils import timezone

    from people.models import Cohort, CohortMembership, Person, Unit

    cohort = Cohort.objects.create(name_en=f"Group {number}", name_my=f"အုပ်စု {number}")
    trainer = Person.objects.get(service_number="TRN-4001")
    unit = Unit.objects.get(code="IMM-P")
    officer = Person.objects.create_user(number, PASSWORD, name_my="ဒေါ်အသစ်", name_latin="Daw Athit", unit=unit)
    for person, part in ((trainer, "trainer"), (officer, "learner")):
        CohortMembership.objects.create(cohort=cohort, person=person, part=part, joined_at=timezone.now())
    return {"name": cohort.name_my, "url": f"/teach/cohorts/{cohort.public_id}/"}


def kinds(count: str) -> dict[str, Any]:
    """A course C9 of one lesson that checks, and an exam that asks, one question of each kind; and officers who may sit it."""
    from django.utils import timezone

    from assessments import showing
    from assessments.models import Quiz, QuizSection
    from courses.catalogue import catalogue, forget
    from courses.models import Completion, CourseIndexPage, CoursePage, LessonPage, ModulePage
    from courses.services import advance, enrol
    from people.models import Person, Unit
    from tests.browser.questions import QUESTIONS

    keys = [_question_in_two_languages(question) for question in QUESTIONS]
    index = CourseIndexPage.objects.get(locale__language_code="en")
    shared = {"summary": "One question of each kind.", "minutes": 10, "locale": index.locale}
    course = index.add_child(instance=CoursePage(title="All kinds", slug="c9", code="C9", **shared))
    module = course.add_child(instance=ModulePage(title="All kinds", slug="m91", code="M91", **shared))
    checks = [("check", {"item": question.code}) for question in QUESTIONS]
    lesson = LessonPage(title="All kinds", slug="all", code="M91.L1", minutes=10, body=checks, locale=index.locale)
    module.add_child(instance=lesson)
    for page in (course, module, lesson):
        page.save_revision().publish()
    exam = Quiz.objects.create(code="C9-EXAM", kind=Quiz.Kind.EXAM, subject_key=course.translation_key, cut_score="0.5", shown=showing.after_attempt())  # fmt: skip
    QuizSection.objects.create(quiz=exam, position=0, items=keys)
    forget()
    known, made = catalogue("en").by_code["C9"], []
    _module, place = known.lessons[0]
    for number in range(int(count)):
        person = Person.objects.create_user(
            f"IMM-6{number:03d}", PASSWORD, name_my=f"ဒေါ်ဖြေသူ {number}", unit=Unit.objects.get(code="IMM-P")
        )
        (enrolment,) = enrol([person], known)
        met = [
            (one, place.key, place.code, place.revision)
            for one in (Completion.Requirement.READ, Completion.Requirement.CHECKS)
        ]
        advance(enrolment, met, at=timezone.now())
        made.append(person.service_number)
    return {"logins": made, "exam": str(exam.public_id), "lesson": "courses/c9/m91/all/"}  # fmt: skip


def marked(number: str) -> dict[str, Any]:
    """A post-test of C1 with a written answer and photos, and an officer who may sit it."""
    from assessments import showing
    from assessments.models import Quiz, QuizSection
    from tests.browser.questions import MARKED

    person = _officer(number, "ဒေါ်ရေးသားသူ")
    _learn(person)
    quiz, made = Quiz.objects.get_or_create(
        code="C1-WRITTEN", kind=Quiz.Kind.POST_TEST, subject_key=_exam().subject_key,
        defaults={"cut_score": "0.5", "shown": showing.after_attempt()},
    )  # fmt: skip
    if made:
        keys = [_question_in_two_languages(question) for question in MARKED]
        QuizSection.objects.create(quiz=quiz, position=0, items=keys)
    return {"exam": str(quiz.public_id)}


def _question_in_two_languages(question: Any) -> str:
    """A published item. Returns its key."""
    from uuid import uuid4

    from wagtail.models import Locale

    from assessments.models import Item
    from courses.loading.keeping import with_ids
    from tests.browser.questions import in_language

    key = uuid4()
    for language in ("en", "my"):
        content = with_ids(in_language(question.content, language), question.code)
        item = Item(
            code=question.code, locale=Locale.objects.get(language_code=language), translation_key=key, stem=in_language(question.stem, language),
            objective="M91.O1", competency="MIG1", bloom="apply", difficulty=2, asks_certainty=question.asks_certainty, live=False,
        )  # fmt: skip
        raw = [{"type": question.kind, "id": str(uuid4()), "value": content}]
        item.question = Item._meta.get_field("question").stream_block.to_python(raw)
        item.full_clean(validate_unique=False)
        item.save()
        item.save_revision().publish()
    return str(key)


def bringing_in() -> dict[str, str]:
    """A registrar with units, groups and people around, for the list of tests/people/sheets.py."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from tests.people import sheets

    registrar, secret = sheets.make_world(), generate_totp_secret()
    registrar.set_password(PASSWORD)
    registrar.save()
    TOTP.activate(registrar, secret)
    return {"login": registrar.service_number, "secret": secret}


def brought(*numbers: str) -> list[str]:
    """Which of some service numbers are somebody's."""
    from people.models import Person

    found = Person.objects.filter(service_number__in=numbers).order_by("service_number")
    return list(found.values_list("service_number", flat=True))


def activity(number: str, what: str = "quiz") -> dict[str, str]:
    """An officer in a course of its own whose lesson plays a package. what: "quiz", "probe", or the path of a file."""
    from pathlib import Path

    from people.models import Person
    from tests.browser import probe
    from tests.content.packages import building
    from tests.content.packages.sending import ready
    from tests.courses.playing import course_with, enrolled

    editor = Person.objects.get(service_number="EDT-7001")
    quiz = building.question(question=f"<p>Which colour? {number}</p>")
    made = {"quiz": lambda: building.h5p(content=quiz), "probe": probe.package}
    version = ready(made[what]() if what in made else Path(what).read_bytes(), by=editor)
    course, lesson, one = course_with(version, code=f"C{number[-4:]}", rule="consumed")
    officer = _officer(number, "ဒေါ်ကစားသူ")
    enrolled(officer, course)
    return {
        "lesson": f"/my/courses/{course.slug}/{course.modules[0].slug}/{lesson.slug}/",
        "package": f"/office/packages/{version.package.public_id}/",
        "activity": str(one.key),
    }


def packages() -> dict[str, str]:
    """A lesson with an activity, and what the packages' desk shows of it."""
    from people.models import Person
    from tests.content.packages.sending import library, taken

    made = activity("IMM-8010")
    refused = taken(b"PK", by=Person.objects.get(service_number="EDT-7001"), name="broken.h5p")
    return {
        "lesson_activity": made["lesson"].removeprefix("/my/"),
        "package": made["package"],
        "package_version": f"{made['package']}1/",
        "package_refused": f"/office/packages/arrivals/{refused.public_id}/",
        "library": f"/office/packages/libraries/{library().public_id}/",
    }


def examiner(number: str) -> dict[str, str]:
    """An officer who examines documents, with a block under way and one behind them."""
    from uuid import uuid4

    from django.utils import timezone

    from assessments.examination import practising

    officer, now = _officer(number, "ဒေါ်စစ်ဆေးသူ"), timezone.now()
    done = practising.begin(officer, "decide", at=now)
    while trial := practising.next_trial(done, at=now):
        answer = examining.best(trial) if trial.position % 4 else ["answer:4"]
        practising.record(trial, practising.Given(uuid4(), answer), at=now)
        done.refresh_from_db()
    trial = done.trials.filter(is_signal=True).first()
    return {
        "block": f"/practice/documents/blocks/{practising.begin(officer, 'shift', at=now).public_id}/",
        "report": f"/practice/documents/blocks/{done.public_id}/",
        "trial": f"/practice/documents/trials/{trial.public_id}/",
    }


def played(number: str) -> list[dict[str, Any]]:
    """What the server knows of an officer's activities, in the order in which it came."""
    from courses.models import ActivityResult, ActivityState

    rows = ActivityResult.objects.filter(attempt__enrolment__person__service_number=number).order_by("pk")
    found = [
        {"verb": one.verb, "raw": one.raw, "max": one.max, "how": one.verification, "part": one.part} for one in rows
    ]
    states = ActivityState.objects.filter(attempt__enrolment__person__service_number=number).order_by("pk")
    return [*found, *({"state": one.data} for one in states)]


DOES = {
    one.__name__: one
    for one in (
        activity,
        answers,
        taught.attended,
        taught.running_session,
        exam,
        examiner,
        examining.examined,
        examining.on_the_table,
        officers,
        packages,
        played,
        bringing_in,
        brought,
        scenes,
        end_attempt,
        log,
        grades,
        kinds,
        learning,
        lesson_page,
        marked,
        new_group,
        practising,
        reviews,
        cascading.a_day_later,
        cascading.cascade_cast,
        cascading.signed_in,
        cascading.sit_the_rest,
        certified.certificate_of,
        certified.renewing,
        certified.states,
    )
}

if __name__ == "__main__":
    main(*sys.argv[1:])
