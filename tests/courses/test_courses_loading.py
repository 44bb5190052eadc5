"""Loading authored files again: every kind of record an editor may change, what officers see of it, and nothing by half."""

import re

import pytest
from django.core.management.base import CommandError
from django.utils.translation import gettext, override
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from assessments.models import Item, ItemVersion, Quiz, QuizSection
from content.models import Drawing, Fact, GlossaryTerm, Origin
from courses.catalogue import catalogue
from courses.models import Completion, CoursePage, LessonPage, ModulePage
from courses.services import record_read
from tests.courses.authoring import COURSE, FACTS, ITEMS, LESSON, MODULE

pytestmark = pytest.mark.django_db
ONE = "/en/courses/c1/m01/one/"


def counts():
    """How many rows there are of everything that a load makes."""
    models = [
        Page,
        LessonPage,
        Item,
        ItemVersion,
        Quiz,
        QuizSection,
        Drawing,
        Fact,
        GlossaryTerm,
        Origin,
        StringTranslation,
    ]
    return [model.objects.count() for model in models]


def numbers(printed):
    """created, updated, unchanged, left alone of the last line."""
    return tuple(map(int, re.findall(r"(\d+) (?:created|updated|unchanged|left alone)", printed.splitlines()[-1])))


def english(model, code):
    """The English record of a code."""
    return model.objects.get(code=code, locale__language_code="en")


def publish(page, **values):
    """Change and publish, as an editor does."""
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


# --- What an editor changed ---------------------------------------------------------------------------------------------


def change_lesson():
    publish(english(LessonPage, "M01.L1"), title="By an editor")


def draft_lesson():
    page = english(LessonPage, "M01.L2")
    page.title = "By an editor"
    page.save_revision()


def drafted():
    """The title that an editor sees, published or not."""
    return english(LessonPage, "M01.L2").get_latest_revision_as_object().title


EDITED = {  # key -> (how an editor changes it, what it says)
    "lesson:M01.L1:en": (change_lesson, lambda: english(LessonPage, "M01.L1").title),
    "lesson:M01.L2:en": (draft_lesson, drafted),
    "module:M01:en": (
        lambda: publish(english(ModulePage, "M01"), summary="By an editor"),
        lambda: english(ModulePage, "M01").summary,
    ),
    "course:C1:en": (
        lambda: publish(english(CoursePage, "C1"), summary="By an editor"),
        lambda: english(CoursePage, "C1").summary,
    ),
    "item:MIG-M01.O1-001:en": (
        lambda: publish(english(Item, "MIG-M01.O1-001"), stem="By an editor"),
        lambda: english(Item, "MIG-M01.O1-001").stem,
    ),
    "fact:R7:en": (
        lambda: Fact.objects.filter(code="R7", locale__language_code="en").update(text="By an editor"),
        lambda: english(Fact, "R7").text,
    ),
    "term:law:en": (
        lambda: GlossaryTerm.objects.filter(code="law", locale__language_code="en").update(term="By an editor"),
        lambda: english(GlossaryTerm, "law").term,
    ),
}


def said():
    """What each of them says."""
    return {key: text() for key, (_change, text) in EDITED.items()}


def test_what_an_editor_changed_is_left_alone_and_named_until_forced(folder):
    before = said()
    for change, _text in EDITED.values():
        change()
    printed = folder.load()
    assert set(re.findall("left alone, changed by an editor: (.*)", printed)) == set(EDITED)
    assert said() == dict.fromkeys(EDITED, "By an editor")
    assert numbers(folder.load("--force"))[3] == 0
    assert said() == before


def test_what_an_editor_changed_is_left_alone_also_when_the_file_changed(folder):
    change_lesson()
    folder.change(LESSON, "title: Lesson one of M01", "title: A newer title")
    folder.load()
    assert english(LessonPage, "M01.L1").title == "By an editor"


def test_the_other_records_are_loaded_beside_one_that_is_left_alone(folder):
    change_lesson()
    folder.change(MODULE, "summary: About the first module.", "summary: A newer summary.")
    printed = folder.load()
    assert numbers(printed)[3] == 1
    assert english(ModulePage, "M01").summary == "A newer summary."


# --- What changed in the files --------------------------------------------------------------------------------------------


def test_a_changed_lesson_is_seen_at_once_and_nothing_of_the_officers_is_lost(folder, officer, enrolment):
    course = catalogue("en").by_code["C1"]
    record_read(enrolment, course.lessons[0][1], at=enrolment.created_at)
    assert "Closing text of M01 one." in officer.get(ONE).content.decode()
    folder.change(LESSON, "Closing text of M01 one.", "Another end of M01 one.")
    printed = folder.load()
    page = officer.get(ONE).content.decode()
    assert ("Another end of M01 one." in page, "Closing text of M01 one." in page) == (True, False)
    assert numbers(printed)[1] >= 1
    assert list(Completion.objects.values_list("code", "requirement")) == [("M01.L1", "read")]


def test_changed_items_facts_and_rules_are_taken(folder):
    versions = ItemVersion.objects.filter(code="MIG-M01.O1-001").order_by("-number")
    before = versions.count()
    folder.change(ITEMS, "Question MIG-M01.O1-001?", "A clearer question?")
    folder.translate("C1/my.po", "A clearer question?", "ပိုရှင်းသော မေးခွန်း?")
    folder.change(FACTS, "Borders are not outside human rights.", "Borders are within human rights.")
    folder.change(COURSE, "attempts: 2", "attempts: 3").change(COURSE, "count: 2, cut_score: 0.80", "count: 1")
    folder.load()
    assert (versions.count() > before, versions[0].texts["en"]["stem"]) == (True, "A clearer question?")
    assert english(Fact, "R7").text == "Borders are within human rights."
    exam = Quiz.objects.get(code="C1-EXAM")
    assert exam.attempts_allowed == 3
    assert list(exam.sections.values_list("objective", "count", "cut_score")) == [
        ("M01.O1", 2, None),
        ("M03.O1", 1, None),
    ]


def test_the_tests_of_a_course_are_two_in_two_forms_of_fixed_items_opened_in_the_room(folder):
    forms = "tests:\n  minutes: 10\n  forms:\n    A: [MIG-M01.O1-001, HRP-M03.O1-001]\n    B: [MIG-M01.O1-003, HRP-M03.O1-003]\n"
    folder.change(COURSE, "roles: [immigration", forms + "roles: [immigration")
    folder.load()
    for code, kind in (("C1-PRE", "pre_test"), ("C1-POST", "post_test")):
        quiz = Quiz.objects.get(code=code)
        assert (quiz.kind, quiz.forms, quiz.entry, quiz.attempts_allowed, quiz.limit_seconds, quiz.late_hours) == (
            kind,
            "turns",
            "room",
            1,
            600,
            48,
        )
        assert [(section.form, len(section.items), section.count) for section in quiz.sections.all()] == [
            ("A", 2, 0),
            ("B", 2, 0),
        ]
    assert numbers(folder.load())[:2] == (0, 0)


def test_a_lesson_that_changed_and_waits_for_its_translation_keeps_the_former_one_and_says_so(folder, officer):
    folder.change(LESSON, "Closing text of M01 one.", "Another end of M01 one.")
    assert "shown in a translation older than the English: lesson:M01.L1:my" in folder.load()
    officer.cookies["lang"] = "my"
    page = officer.get("/my/courses/c1/m01/one/").content.decode()
    assert ("Another end of M01 one." in page, '<div class="prose" lang="my">' in page) == (False, True)
    with override("my"):
        assert (
            gettext(
                "The original was changed after this translation. You read the translation as it was; the new one is on its way."
            )
            in page
        )


NEW = "C1/M01/3-three.md"
NEW_TEXT = (
    "---\ncode: M01.L3\ntitle: Lesson three\nminutes: 8\nobjectives: [M01.O1]\n---\n\nFirst paragraph.\n\nSecond.\n"
)


def with_new_lesson(folder):
    """One more lesson in M01."""
    return folder.write(NEW, NEW_TEXT).change(MODULE, "2-two.md]", "2-two.md, 3-three.md]")


def test_a_new_lesson_stands_where_the_files_have_it(folder):
    with_new_lesson(folder).load()
    module = catalogue("en").by_code["C1"].modules[0]
    assert [lesson.code for lesson in module.lessons] == ["M01.L1", "M01.L2", "M01.L3"]


def test_one_file_broken_loads_nothing_and_names_file_and_line(folder):
    folder.change(COURSE, "title: A small course", "title: Another title")
    folder.change(LESSON, "## A heading", "# A heading")
    before = counts()
    with pytest.raises(CommandError) as refused:
        folder.load()
    assert str(refused.value) == (
        "1 problems; nothing was loaded.\n"
        f"{folder.root / LESSON}:10: only ## and ### headings are allowed, not #"
    )  # fmt: skip
    assert counts() == before
    assert english(CoursePage, "C1").title == "A small course"


def test_a_folder_that_is_not_there_is_an_error(folder, tmp_path):
    folder.root = tmp_path / "nothing"
    with pytest.raises(CommandError):
        folder.load()
