"""What the curriculum covers and lacks: the rules, the pages with every figure, and what the shipped files lack."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from io import BytesIO
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from openpyxl import load_workbook

from assessments.bank import LiveItem
from assessments.models import BlueprintLine, Item, Quiz, QuizSection
from content.authored import CheckReference, Curriculum, FactReference, Figure
from content.models import Competency, Fact
from content.translation.states import sources_for, states
from content.translation.tallies import tallies
from courses.catalogue import forget
from courses.coverage.curricula import competencies, outside
from courses.coverage.grid import Around, Course, Lesson, Module, cover
from courses.coverage.holes import holes, strays
from courses.coverage.languages import languages, progress
from courses.coverage.reading import read
from courses.models import ModulePage, OutsideCurriculum, OutsideUnit
from tests.content import authoring
from tests.content.authoring import problems
from tests.courses.authoring import Folder
from tests.factories import PersonFactory, card_of, guide_of

PRE, POST = Quiz.Kind.PRE_TEST, Quiz.Kind.POST_TEST
PAGES = ["", "C1/", "competencies/", "curricula/", "reviews/", "languages/"]
shipped = cache(authoring.shipped)


# --- The rules, on a made course ------------------------------------------------------------------------------------------


def item(
    code: str, use: str = "exam", *, kind: str = "single", objective: str = "M01.O1", facts: tuple[str, ...] = ()
) -> LiveItem:
    return LiveItem(uuid4(), code, objective, use, kind, "MIG1", facts, ("en",))


LINE = BlueprintLine(objective="M01.O1", bloom="apply", competency="MIG1", bank=2, form=1, kinds="single + R1 observed")
LESSON = Lesson("M01.L1", ("M01.O1",), ("K1",), ("R7",), 2)
MODULE = Module("M01", ("M01.O1",), (LESSON,), ("MIG1",), "", True, "R1", True)
TESTS = {(kind, form): {"M01.O1": 1} for kind in (PRE, POST) for form in ("A", "B")}
COURSE = Course("C1", (MODULE,), {"M01.O1": 1}, {"M01.O1": 1}, TESTS)
AROUND = Around(
    items=(item("E1"), item("E2", kind="matching"), item("K1", "check")),
    lines={"M01.O1": LINE},
    facts={"R7": True, "R5": False},
    waiting=frozenset(["R5"]),
    rubrics=frozenset(["R1"]),
)


def told(course: Course = COURSE, around: Around = AROUND) -> list[tuple[str, str]]:
    """What is missing: the kind and the sentence."""
    with translation.override("en"):
        found = cover(course, around, in_forms=2)
        return [(hole.kind, hole.text) for hole in (*holes(found, around), *strays([found], around))]


def module(**values) -> Course:
    return replace(COURSE, modules=(replace(MODULE, **values),))


def lesson(**values) -> Course:
    return module(lessons=(replace(LESSON, **values),))


def line(**values) -> Around:
    said = {name: getattr(LINE, name) for name in ("objective", "bloom", "competency", "bank", "form", "kinds")}
    return replace(AROUND, lines={"M01.O1": BlueprintLine(**said | values)})


def items(*given: LiveItem) -> Around:
    return replace(AROUND, items=given)


def test_a_course_that_has_everything_lacks_nothing():
    assert told() == []


@pytest.mark.parametrize(
    ("course", "around", "expected"),
    [
        (replace(COURSE, exam=None), AROUND, ("exam", "C1 has no exam.")),
        (replace(COURSE, tests={}), AROUND, ("tests", "C1 has no test before and after.")),
        (module(has_guide=False), AROUND, ("guide", "M01 has no facilitator guide.")),
        (module(has_card=False), AROUND, ("card", "M01 has no pocket card.")),
        (lesson(objectives=()), AROUND, ("lesson", "No lesson teaches M01.O1.")),
        (lesson(objectives=("M01.O1", "M01.O9")), AROUND, ("objective", "M01.L1 names the objective M01.O9, which its module does not have.")),
        (lesson(checks=("K1", "K9")), AROUND, ("check_gone", "M01.L1 asks K9, which is not live as a check.")),
        (lesson(facts=("R7", "R9")), AROUND, ("fact_gone", "M01.L1 uses the fact R9, which is not in the register.")),
        (module(observed="R9"), AROUND, ("rubric", "M01 names the rubric R9, which is not there.")),
        (COURSE, line(kinds="single + R1 + R2"), ("practice", "The blueprint has M01.O1 observed by R2, and its module does not use that rubric.")),
        (COURSE, line(bank=3), ("bank", "M01.O1 has 2 exam questions, 3 are asked.")),
        (COURSE, line(form=2), ("exam_form", "Items that the exam asks of M01.O1: 1. The blueprint says 2.")),
        (COURSE, replace(AROUND, lines={}), ("blueprint", "The blueprint says nothing of M01.O1.")),
        (COURSE, replace(AROUND, lines={**AROUND.lines, "M02.O1": LINE}), ("line", "The blueprint asks for M02.O1, which no module has.")),
        (replace(COURSE, exam={}), AROUND, ("exam_asks", "The exam of C1 does not ask M01.O1.")),
        (replace(COURSE, drawn={"M01.O1": 3}), AROUND, ("exam_draw", "Items that the exam draws of M01.O1: 3. The bank has 2 that it can draw.")),
        (COURSE, items(item("E1"), item("E2", kind="written"), item("K1", "check")), None),
        (replace(COURSE, tests=TESTS | {(PRE, "A"): {}, (PRE, "B"): {}}), AROUND, ("test_asks", "The test before C1 does not ask M01.O1.")),
        (replace(COURSE, tests=TESTS | {(POST, "A"): {}, (POST, "B"): {}}), AROUND, ("test_asks", "The test after C1 does not ask M01.O1.")),
        (replace(COURSE, tests=TESTS | {(POST, "B"): {"M01.O1": 3}}), AROUND, ("test_forms", "Items that the test after C1 asks of M01.O1: 1 in form A, 3 in form B.")),
        (COURSE, items(*AROUND.items, item("K2", "check")), ("check_unasked", "K2 is a check that no lesson asks.")),
        (COURSE, items(*AROUND.items, item("E3", facts=("R5",))), ("fact_hidden", "E3 rests on the fact R5, which is not shown yet.")),
        (COURSE, items(*AROUND.items, item("E3", facts=("R9",))), ("fact_gone", "E3 uses the fact R9, which is not in the register.")),
        (COURSE, items(*AROUND.items, item("E3", objective="M09.O1")), ("item", "E3 is about M09.O1, which no module has.")),
    ],
)  # fmt: skip
def test_one_thing_that_is_missing_is_told_in_one_sentence(course, around, expected):
    assert told(course, around) == ([expected] if expected else [])


def test_nothing_at_all_is_told_at_its_place():
    empty = Module("M01", (), (), (), "", False, "", False)
    assert [kind for kind, _text in told(Course("C1", (), None, {}, {}))][:3] == ["modules", "exam", "tests"]
    assert [kind for kind, _text in told(replace(COURSE, modules=(empty,)), items())] == [
        "lessons", "objectives", "guide", "card", "practice", "line",
    ]  # fmt: skip


def test_what_people_mark_is_no_item_that_an_exam_can_draw():
    around = items(item("E1", kind="written"), item("E2", kind="written"), item("K1", "check"))
    assert told(COURSE, around) == [
        ("exam_draw", "Items that the exam draws of M01.O1: 1. The bank has 0 that it can draw.")
    ]


def test_a_check_of_another_objective_is_none_of_this_one():
    assert told(lesson(checks=()), items(item("E1"), item("E2"))) == [("check", "No lesson asks a check of M01.O1.")]


# --- What is shipped ------------------------------------------------------------------------------------------------------

# What is being written: cards, and the questions that the blueprint asks for beyond those of a form.
OPEN = {"card", "bank", "line"}


def covered(curriculum: Curriculum) -> tuple[list[Course], Around]:
    """The files as the pages see them once they are loaded."""
    facts = {
        code: Fact(code=code, text=one.text, flags="".join(one.flags), status=one.status, confidence=one.confidence)
        for code, one in curriculum.facts.items()
    }
    modules = [one for course in curriculum.courses for one in course.modules]
    around = Around(
        items=[
            LiveItem(uuid4(), one.code, one.objective, one.use, one.kind, one.competency, tuple(one.facts), ("en",))
            for module in modules
            for one in module.items
        ],
        lines={one.objective: one for one in curriculum.blueprint},
        facts={code: one.is_shown for code, one in facts.items()},
        waiting=frozenset(code for code, one in facts.items() if one.flags and one.status == "draft"),
        rubrics=frozenset(curriculum.rubrics),
    )
    objective = {item.code: item.objective for module in modules for item in module.items}
    found = []
    for course in curriculum.courses:
        asked: Counter[str] = Counter()
        for section in course.exam.sections if course.exam else ():
            asked[section.objective] += section.count
        forms = course.tests.forms if course.tests else {}
        tests = {
            (kind, form): Counter(objective[code] for code in codes)
            for kind in (PRE, POST)
            for form, codes in forms.items()
        }
        exam = asked if course.exam else None
        found.append(Course(course.code, tuple(map(_module, course.modules)), exam, asked, tests))
    return found, around


def _module(one) -> Module:
    lessons = tuple(
        Lesson(
            lesson.code,
            tuple(lesson.objectives),
            tuple(block.item for block in lesson.blocks if isinstance(block, CheckReference)),
            tuple(block.id for block in lesson.blocks if isinstance(block, FactReference)),
            sum(isinstance(block, Figure) for block in lesson.blocks),
        )
        for lesson in one.lessons
    )
    objectives = tuple(objective.code for objective in one.objectives)
    rubric = one.guide.rubric if one.guide else ""
    return Module(one.code, objectives, lessons, tuple(one.competencies), one.observed, one.guide is not None, rubric, one.card is not None)  # fmt: skip


def test_the_shipped_curriculum_lacks_nothing_but_what_is_being_written():
    courses, around = covered(shipped())
    covers = [cover(course, around, in_forms=0) for course in courses]
    found = [hole for one in covers for hole in holes(one, around)] + strays(covers, around)
    assert [hole.text for hole in found if hole.kind not in OPEN] == []
    assert {hole.place[:3] for hole in found if hole.kind == "bank"} <= {"M17", "M19"}
    assert {hole.place[:3] for hole in found if hole.kind == "line"} <= {"M02"}


def test_every_competency_of_the_shipped_curriculum_is_described_translated_and_served():
    curriculum = shipped()
    used = {code for course in curriculum.courses for module in course.modules for code in module.competencies}
    used |= {line.competency for line in curriculum.blueprint}
    assert (len(curriculum.competencies), used) == (26, set(curriculum.competencies))
    names = [one.name for one in curriculum.competencies.values()]
    assert [name for name in names if name not in curriculum.translations["my"]] == []
    assert {code: one.levels.get("social_welfare") for code, one in curriculum.competencies.items() if code.startswith("DOC")} == dict.fromkeys(["DOC1", "DOC2", "DOC3", "DOC4", "DOC5"])  # fmt: skip


def test_the_shipped_outside_curricula_name_their_sources_and_never_claim_to_be_met_whole():
    found = shipped().outside
    assert {code: len(one.units) for code, one in found.items()} == {
        "rso-induction": 0, "unodc-som-basic": 1, "unodc-tip-manual": 3, "unodc-air-border": 4,
    }  # fmt: skip
    assert [code for code, one in found.items() if not one.sources] == []
    assert {unit.extent for one in found.values() for unit in one.units} == {"part", ""}


# --- The pages, on the small curriculum -------------------------------------------------------------------------------------


@pytest.fixture
def editor(sign_in, client, db):
    client.cookies["lang"] = "en"
    return sign_in(PersonFactory(editor=True))


def soup(page) -> BeautifulSoup:
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser")


def cells(row) -> list[str]:
    return [cell.get_text(strip=True) for cell in row.find_all("td")]


def words(node) -> str:
    return " ".join(node.get_text(" ").split())


def test_the_overview_counts_what_there_is_and_names_what_is_missing(editor):
    page = soup(editor.get("/office/coverage/"))
    small = authoring.read_curriculum(authoring.SMALL).courses[0]
    exam = sum(one.use == "exam" for module in small.modules for one in module.items)
    checks = sum(one.use == "check" for module in small.modules for one in module.items)
    figures = sum(isinstance(b, Figure) for module in small.modules for lesson in module.lessons for b in lesson.blocks)
    missing = page.find(id="missing").find_all("li")
    row = cells(page.find("tr", id="C1"))
    assert (exam, checks, figures) == (8, 2, 3)
    assert row[:11] == list(map(str, [9, 2, 3, 2, exam, checks, 0, figures, 0, 0, 1]))
    assert cells(page.find("tr", id="all"))[:11] == row[:11]
    assert len(missing) == 9
    assert {words(one) for one in missing} >= {
        "Missing C1 has no test before and after.",
        "Missing M01 has no facilitator guide.",
        "Missing M03 has no pocket card.",
        "Missing No practice of M01 is observed by a rubric.",
        "Missing M03.O1 has 4 exam questions, 6 are asked.",
    }


def test_what_is_added_is_missing_no_longer(editor):
    def sentences() -> set[str]:
        return {words(one) for one in soup(editor.get("/office/coverage/")).find(id="missing").find_all("li")}

    before = sentences()
    guide_of("M01")
    card_of("M01")
    course = read(on=timezone.localdate()).known.by_code["C1"]
    keys = [str(key) for key in Item.objects.filter(code__in=["MIG-M01.O1-001", "HRP-M03.O1-001"], locale__language_code="en").values_list("translation_key", flat=True)]  # fmt: skip
    for kind in (PRE, POST):
        quiz = Quiz.objects.create(code=f"C1-{kind}", kind=kind, subject_key=course.key)
        for place, form in enumerate("AB"):
            QuizSection.objects.create(quiz=quiz, position=place, form=form, items=keys)
    forget()
    after = sentences()
    assert (before - after, after - before) == (
        {
            "Missing M01 has no facilitator guide.",
            "Missing M01 has no pocket card.",
            "Missing C1 has no test before and after.",
        },
        set(),
    )
    assert cells(soup(editor.get("/office/coverage/")).find("tr", id="C1"))[6] == "2"


def test_a_course_shows_each_objective_with_what_teaches_and_asks_it(editor):
    page = soup(editor.get("/office/coverage/C1/"))
    table = {row.th.get_text(strip=True): cells(row) for row in page.select("#grid tbody tr")}
    found = read(on=timezone.localdate())
    one = next(one for one in found.courses[0].objectives if one.code == "M01.O1")
    assert table["M01.O1"][:10] == [
        str(len(one.lessons)), str(len(one.checks)), f"{one.have}/6", "2", "–", "–", "–", "–", "–", str(len(one.hidden)),
    ]  # fmt: skip
    row = page.find("li", id="M01.O1")
    assert one.lessons == ("M01.L1", "M01.L2")
    assert "/en/courses/c1/m01/one/" in [link["href"] for link in row.find_all("a")]
    assert [tag for tag in row.find_all("a") if "/office/items/" in tag["href"]] == []


@pytest.mark.parametrize(
    ("role", "item", "edit"), [("editor", False, True), ("lead", True, False), ("legal", False, False)]
)
def test_links_lead_only_where_the_viewer_may_go(role, item, edit, sign_in, client, db):
    client.cookies["lang"] = "en"
    links = [
        a["href"]
        for a in soup(sign_in(PersonFactory(**{role: True})).get("/office/coverage/C1/")).find("main").find_all("a")
    ]
    found = (any(one.startswith("/office/items/") for one in links), any(one.startswith("/admin/") for one in links))
    assert found == (item, edit)


def test_a_course_that_is_not_there_is_not_found(editor):
    assert editor.get("/office/coverage/C9/").status_code == 404


@pytest.mark.parametrize(("where", "rows"), [("", 2), ("C1/", 2)])
def test_the_objectives_leave_as_a_spreadsheet(where, rows, editor):
    sheet = load_workbook(BytesIO(editor.get(f"/office/coverage/{where}?format=xlsx").content)).active
    heading, *lines = sheet.iter_rows(values_only=True)
    assert (heading[2], len(lines), [one[2] for one in lines]) == ("ရည်ရွယ်ချက် / Objective", rows, ["M01.O1", "M03.O1"])
    assert "exam question" in lines[0][-1]


def test_a_fact_that_is_held_back_is_told_where_it_is_used(editor):
    Item.objects.filter(code="MIG-M01.O1-001", locale__language_code="en").update(facts="R5")
    page = soup(editor.get("/office/coverage/C1/"))
    assert "MIG-M01.O1-001 rests on the fact R5, which is not shown yet." in words(page.find(id="M01"))
    row = soup(editor.get("/office/coverage/reviews/")).find(id="L")
    assert ("1 fact waits." in words(row), "MIG-M01.O1-001 (R5)" in words(row)) == (True, True)


def test_competencies_are_shown_with_who_serves_them_and_the_level_of_each_agency(editor):
    locale = Fact.objects.get(code="R7", locale__language_code="en").locale
    Competency.objects.create(
        code="MIG1", name="Describes movements", immigration=2, police=1, trainer=3, locale=locale
    )
    Competency.objects.create(code="TRN9", name="Serves nobody", locale=locale)
    page = soup(editor.get("/office/coverage/competencies/"))
    one, other, unnamed = (words(page.find("li", id=code)) for code in ("MIG1", "TRN9", "HRP1"))
    assert "Immigration L2 Police L1 Social welfare – Trainer L3" in one
    assert ("M01.O1" in one, "No objective serves it." in other) == (True, True)
    assert "Nothing says what this competency is." in unnamed
    assert "1 competency is served by no objective." in words(page.main)


@pytest.mark.parametrize("level", [0, 4])
def test_a_level_is_one_of_three(level, db):
    locale = Fact.objects.get(code="R7", locale__language_code="en").locale
    with pytest.raises(IntegrityError), transaction.atomic():
        Competency.objects.create(code="MIG1", name="Name", police=level, locale=locale)


# --- Curricula of others ----------------------------------------------------------------------------------------------------


@pytest.fixture
def theirs(db) -> OutsideCurriculum:
    row = OutsideCurriculum.objects.create(
        code="theirs", name="Theirs", publisher="Others", sources="A page", is_whole=True
    )
    OutsideUnit.objects.create(
        curriculum=row, sort_order=0, code="1", title="First", objectives="M01.O1", extent="whole"
    )
    OutsideUnit.objects.create(
        curriculum=row, sort_order=1, code="2", title="Second", objectives="M01.O1 M03.O1", extent="part"
    )
    OutsideUnit.objects.create(curriculum=row, sort_order=2, code="3", title="Third")
    return row


def test_the_page_says_how_to_begin_where_no_curriculum_is_mapped(editor):
    assert "No outside curriculum is mapped yet." in words(soup(editor.get("/office/coverage/curricula/")).main)


def test_each_unit_says_what_meets_it_and_what_does_not(editor, theirs):
    page = soup(editor.get("/office/coverage/curricula/")).find(id="theirs")
    assert [dd.get_text() for dd in page.find_all("dd")] == ["1", "1", "1"]
    assert [one.find(class_="tag").get_text() for one in page.select(".rows > li")] == [
        "Met whole",
        "Met in part",
        "Not met",
    ]
    assert [[code.get_text() for code in one.select(".bullets .code")] for one in page.select(".rows > li")] == [["M01.O1"], ["M01.O1", "M03.O1"], []]  # fmt: skip


def test_a_unit_whose_objective_went_away_is_not_met_and_says_so(editor, theirs):
    theirs.units.filter(code="1").update(objectives="M09.O1")
    page = soup(editor.get("/office/coverage/curricula/")).find(id="theirs")
    assert "It was mapped to M09.O1, which no module has." in words(page.select_one(".rows > li"))
    assert [dd.get_text() for dd in page.find_all("dd")] == ["0", "1", "2"]


@pytest.mark.parametrize("values", [{"objectives": "M01.O1"}, {"extent": "part"}, {"code": "1"}])
def test_a_unit_is_met_by_objectives_to_an_extent_or_not_at_all_and_stands_once(values, theirs):
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideUnit.objects.create(**{"curriculum": theirs, "code": "9", "title": "Ninth"} | values)


def test_a_curriculum_without_a_source_is_refused(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideCurriculum.objects.create(code="x", name="X", publisher="Y")


def test_an_editor_maps_a_unit_only_to_objectives_that_there_are(editor, theirs):
    def sent(objectives: str) -> dict[str, str]:
        unit = {
            "id": "",
            "code": "9",
            "title": "Ninth",
            "objectives": objectives,
            "extent": "part",
            "note": "",
            "ORDER": "1",
            "DELETE": "",
        }
        return {
            "code": "other", "name": "Other", "publisher": "Somebody", "version": "", "sources": "A page", "note": "",
            "units-TOTAL_FORMS": "1", "units-INITIAL_FORMS": "0", "units-MIN_NUM_FORMS": "0", "units-MAX_NUM_FORMS": "1000",
        } | {f"units-0-{name}": value for name, value in unit.items()}  # fmt: skip

    refused = editor.post("/admin/snippets/courses/outsidecurriculum/add/", sent("M01.O1 M09.O1"))
    assert "No module has the objective M09.O1." in refused.content.decode()
    assert (
        editor.post("/admin/snippets/courses/outsidecurriculum/add/", sent("M03.O1, M01.O1 M01.O1")).status_code == 302
    )
    assert OutsideUnit.objects.get(curriculum__code="other").objectives == "M03.O1 M01.O1"


UNITS = "- {code: theirs, name: N, publisher: P, sources: [S30], units: [%s]}"


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("{code: '1', title: T, objectives: [M01.O1]}", "theirs: the unit 1 has objectives and an extent, or neither"),
        ("{code: '1', title: T, objectives: [M09.O1], extent: part}", "theirs: the objective M09.O1 is in no module"),
        ("{code: '1', title: T}, {code: '1', title: U}", "theirs: the unit 1 stands twice"),
        ("{code: '1', title: T, extent: most}", "'extent' is 'most'; allowed are whole, part"),
    ],
)
def test_an_error_in_an_outside_curriculum_is_told_with_its_line(unit, text, tmp_path):
    folder = Folder(tmp_path).write("outside.yaml", UNITS % unit)
    assert ("outside.yaml", 1, text) in problems(folder.root)


def test_competencies_and_outside_curricula_are_loaded_and_an_editors_change_is_kept(tmp_path, db):
    folder = Folder(tmp_path)
    folder.write("outside.yaml", UNITS % "{code: '1', title: T, objectives: [M01.O1], extent: part}")
    folder.write("competencies.yaml", "- {code: MIG1, name: A name, immigration: 2, trainer: 3}\n")
    folder.load()
    row = OutsideCurriculum.objects.get(code="theirs")
    one = Competency.objects.get(code="MIG1", locale__language_code="en")
    assert (one.name, one.immigration, one.police, one.trainer) == ("A name", 2, None, 3)
    assert list(row.units.values_list("code", "objectives", "extent")) == [("1", "M01.O1", "part")]
    row.units.update(note="By an editor")
    folder.write("outside.yaml", UNITS % "{code: '2', title: U}")
    assert "outside:theirs:en" in folder.load()
    assert list(row.units.values_list("code", "note")) == [("1", "By an editor")]


def test_a_mistake_in_a_competency_is_told(tmp_path):
    folder = Folder(tmp_path).write("competencies.yaml", "- {code: MIG1, name: A, police: 4}\n- {code: MIG2, name: B}\n- {code: MIG2, name: C}\n")  # fmt: skip
    assert [text for _file, _line, text in problems(folder.root)] == [
        "'police' is 4; allowed are 1, 2, 3",
        "the competency MIG2 stands twice",
    ]


# --- Languages --------------------------------------------------------------------------------------------------------------


def test_tallies_count_as_the_states_of_the_translators_desk_do(db):
    my = languages()[0]
    sources = sources_for(my)
    found = {one.key: (one.total, one.done, one.live_as) for one in tallies(sources, my)}
    assert found == {one.source.object_id: (one.total, one.done, one.live_as) for one in states(sources, my)}
    assert sum(total for total, _done, _live in found.values()) > 50


def test_a_course_holds_what_its_modules_hold_and_its_own_texts(db):
    found = read(on=timezone.localdate())
    told = progress(found, languages()[0])
    course, modules = told.by_course["C1"], [told.by_module["M01"], told.by_module["M03"]]
    assert course.total == sum(one.total for one in modules) + 2  # the title and summary of the course
    assert told.whole.total == course.total + told.other.total
    assert {name for name in course.totals if course.totals[name]} == {"headings", "points", "text", "items"}
    assert course.percent == 100


def test_a_text_that_changed_is_told_as_such(editor):
    page = ModulePage.objects.get(code="M01", locale__language_code="en")
    page.summary = "Another summary."
    page.save_revision().publish()
    shown = soup(editor.get("/office/coverage/languages/")).find(id="my")
    assert "Published, source changed since: 1" in words(shown)


# --- What pages cost and who sees them --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [("editor", 200), ("subject", 200), ("legal", 200), ("lead", 200), ("translator", 404), ("trainer", 404)],
)
def test_the_pages_are_there_for_who_edits_or_reviews_or_answers_for_the_curriculum(role, status, sign_in, db):
    client = sign_in(PersonFactory(**{role: True}))
    assert {client.get(f"/office/coverage/{page}").status_code for page in PAGES} == {status}


@pytest.mark.parametrize("where", PAGES)
def test_a_page_costs_the_same_for_any_number_of_objectives_items_and_facts(where, editor):
    def cost() -> int:
        editor.get(f"/office/coverage/{where}")
        with CaptureQueriesContext(connection) as captured:
            editor.get(f"/office/coverage/{where}")
        return len(captured)

    before = cost()
    page = ModulePage.objects.get(code="M01", locale__language_code="en")
    page.objectives = [("objective", {"code": f"M01.O{n}", "text": f"Do {n}."}) for n in range(1, 9)]
    page.save_revision().publish()
    row = Item.objects.get(code="MIG-M01.O1-001", locale__language_code="en")
    for number in range(2, 9):
        row.pk, row.translation_key, row.code, row.objective = None, uuid4(), f"MIG-M01.O{number}-001", f"M01.O{number}"
        row.save()
        BlueprintLine.objects.create(
            objective=f"M01.O{number}", bloom="apply", competency="MIG1", bank=6, form=1, kinds=""
        )
        Fact.objects.create(
            code=f"N{number}", locale=row.locale, text="A fact.", confidence="A", flags="L", jurisdiction="myanmar"
        )
    assert cost() == before


@pytest.mark.parametrize("where", PAGES)
def test_every_page_reads_in_burmese_and_names_nothing_by_colour_alone(where, editor, client):
    client.cookies["lang"] = "my"
    page = soup(editor.get(f"/office/coverage/{where}"))
    assert page.html["lang"] == "my"
    assert [tag for tag in page.select(".tag") if not tag.get_text(strip=True)] == []
    assert not re.search(r"<(script(?![^>]*src)|style)", str(page.main))


def test_outside_and_competencies_read_what_there_is(theirs):
    found = read(on=timezone.localdate())
    assert [(one.row.code, one.counts) for one in outside(found)] == [("theirs", {"whole": 1, "part": 1, "none": 1})]
    assert {one.code for one in competencies(found, "en")} == {"HRP1", "MIG1"}
