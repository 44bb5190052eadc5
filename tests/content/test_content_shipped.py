"""The curriculum that the project ships: complete, translated, balanced, and careful with its words."""

import re
from collections import Counter

import pytest

from assessments import kinds
from content.authored import (
    Case,
    CheckReference,
    Curriculum,
    FactReference,
    Figure,
    Item,
    KeyPoint,
    Lesson,
    Module,
    Prose,
    course_segments,
    module_segments,
)
from content.models import Fact
from tests.assessments.responding import response
from tests.content.authoring import shipped

COURSES = {
    "C1": ["M01", "M02", "M03", "M04"],
    "C2": ["M05", "M06", "M07"],
    "C3": ["M08", "M09", "M10", "M11", "M12", "M13"],
    "C4": ["M14", "M15", "M16", "M17", "M18"],
    "C5": ["M19", "M20"],
    "C6": ["M21", "M22", "M23", "M24"],
}
# Whose Burmese draft is whole; the others are read in English, and say so.
TRANSLATED = {
    "M01",
    "M02",
    "M03",
    "M04",
    "M05",
    "M06",
    "M07",
    "M08",
    "M09",
    "M10",
    "M11",
    "M12",
    "M13",
    "M14",
    "M15",
    "M16",
    "M17",
    "M18",
    "M19",
    "M20",
    "M21",
    "M22",
    "M23",
    "M24",
}
FORBIDDEN = re.compile(r"illegal (im)?migrants?|rescue|confess|prostitute", re.IGNORECASE)


def modules() -> list[Module]:
    """Every module that is shipped."""
    return [module for course in shipped().courses for module in course.modules]


def lessons() -> list[Lesson]:
    """Every lesson that is shipped."""
    return [lesson for module in modules() for lesson in module.lessons]


def texts(lesson: Lesson) -> list[str]:
    """The running text of a lesson: paragraphs, headings, lists, rules and cases."""
    found: list[str] = []
    for block in lesson.blocks:
        match block:
            case Prose(elements):
                found += [text for element in elements for text in element.texts]
            case KeyPoint(text=text):
                found.append(text)
            case Case(title=title, elements=elements):
                found += [title, *(text for element in elements for text in element.texts)]
    return found


def fact(curriculum: Curriculum, code: str) -> Fact:
    """A fact as it is loaded."""
    one = curriculum.facts[code]
    return Fact(code=one.id, text=one.text, flags="".join(one.flags), status=one.status, confidence=one.confidence)


def test_there_is_a_course_with_its_exam():
    assert {course.code: [module.code for module in course.modules] for course in shipped().courses} == COURSES
    assert [course.code for course in shipped().courses if not course.exam or not course.tests] == []
    assert Counter(len(module.lessons) for module in modules()) == {4: len(modules())}


def test_every_module_has_a_guide_and_exam_items_in_several_kinds():
    assert [module.code for module in modules() if module.guide is None] == []
    asked = {module.code: {item.kind for item in module.items if item.use == "exam"} for module in modules()}
    assert {code: found for code, found in asked.items() if len(found) < 3} == {}


def test_every_text_of_a_module_that_is_translated_is():
    have = shipped().translations["my"].keys()
    segments = [text for module in modules() if module.code in TRANSLATED for text, _where in module_segments(module)]
    assert len(segments) > 500
    assert [text for text in segments if text not in have] == []
    names = [text for course in shipped().courses for text, _where in course_segments(course)]
    assert [text for text in names if text not in have] == []


def test_every_fact_that_a_translated_lesson_shows_is_translated():
    mine = [lesson for module in modules() if module.code in TRANSLATED for lesson in module.lessons]
    named = {block.id for lesson in mine for block in lesson.blocks if isinstance(block, FactReference)}
    shown = [code for code in named if fact(shipped(), code).is_shown]
    assert shown != []
    assert [code for code in shown if shipped().facts[code].text not in shipped().translations["my"]] == []


def test_every_definition_of_the_glossary_is_translated():
    defined = [term.definition for term in shipped().terms.values() if term.definition]
    assert (len(shipped().terms), len(defined)) == (137, 52)
    assert [text for text in defined if text not in shipped().translations["my"]] == []


def test_every_lesson_has_500_to_900_words():
    counted = {lesson.code: sum(len(text.split()) for text in texts(lesson)) for lesson in lessons()}
    assert {code: words for code, words in counted.items() if not 500 <= words <= 900} == {}


def test_every_lesson_takes_8_to_15_minutes_and_one_for_trainers_up_to_20():
    most = {
        lesson.code: 20 if course.code == "C6" else 15
        for course in shipped().courses
        for module in course.modules
        for lesson in module.lessons
    }
    assert {lesson.code: lesson.minutes for lesson in lessons() if not 8 <= lesson.minutes <= most[lesson.code]} == {}


def test_every_lesson_has_one_figure_and_two_checks():
    blocks = {lesson.code: Counter(type(block) for block in lesson.blocks) for lesson in lessons()}
    assert {code: (of[Figure], of[CheckReference]) for code, of in blocks.items()} == dict.fromkeys(blocks, (1, 2))


def test_every_lesson_has_a_rule_with_its_source_and_a_case():
    blocks = {lesson.code: Counter(type(block) for block in lesson.blocks) for lesson in lessons()}
    assert {code: of for code, of in blocks.items() if not of[KeyPoint] or not of[Case]} == {}


def test_every_objective_has_at_least_three_exam_items():
    bank = Counter(item.objective for module in modules() for item in module.items if item.use == "exam")
    objectives = [objective.code for module in modules() for objective in module.objectives]
    assert {code: bank[code] for code in objectives if bank[code] < 3} == {}


def test_every_objective_is_asked_in_the_exam_and_taught_in_a_lesson():
    objectives = {objective.code for module in modules() for objective in module.objectives}
    asked = {section.objective for course in shipped().courses if course.exam for section in course.exam.sections}
    taught = {code for lesson in lessons() for code in lesson.objectives}
    assert (asked, taught) == (objectives, objectives)


def key_places(items: list[Item]) -> Counter[int]:
    """How often the right option stands first, second, …"""
    return Counter([option.correct for option in item.options].index(True) for item in items if item.kind == "single")


@pytest.mark.parametrize("code", [code for codes in COURSES.values() for code in codes])
def test_the_right_option_stands_equally_often_in_every_place(code):
    (module,) = (one for one in modules() if one.code == code)
    places = key_places(module.items)
    assert set(places) == {0, 1, 2, 3}
    assert max(places.values()) - min(places.values()) <= 1


def test_every_item_that_judges_itself_can_be_answered_so_that_it_earns_everything_and_nothing():
    for item in (item for module in modules() for item in module.items if kinds.judges_itself(item.kind)):
        kind = kinds.KINDS[item.kind]
        content = kind.block().to_python(item.question)
        texts = kind.texts(content)
        key = kind.keyed(kind.key(content), {"en": texts})
        assert [kind.score(key, response(item.kind, key, texts, earning=one)) for one in (1, 0)] == [1, 0], item.code


def is_true(item: Item) -> bool:
    """Whether the statement that an item puts up for judgement is true."""
    return item.question["correct"] if item.kind == "reasoned" else item.options[0].correct


def test_who_takes_every_statement_for_true_or_for_false_is_right_as_often_as_a_coin():
    found = [is_true(one) for module in modules() for one in module.items if one.kind in ("truefalse", "reasoned")]
    assert len(found) > 40
    assert 0.4 <= sum(found) / len(found) <= 0.6


def test_the_right_option_is_not_betrayed_by_being_the_longest():
    single = [item for module in modules() for item in module.items if item.kind == "single"]
    longest = [item for item in single if max(item.options, key=lambda option: len(option.text)).correct]
    assert len(longest) / len(single) <= 0.5


def test_no_fact_that_waits_for_a_lawyer_or_the_agency_is_shown():
    waiting = [code for code, one in shipped().facts.items() if {"L", "P"} & set(one.flags)]
    assert len(waiting) > 5
    assert [code for code in waiting if fact(shipped(), code).is_shown] == []


def test_no_fact_that_waits_stands_in_running_text_or_in_an_item():
    waiting = [one.text for one in shipped().facts.values() if not fact(shipped(), one.id).is_shown]
    written = " ".join([text for module in modules() for text, _where in module_segments(module)])
    assert [text for text in waiting if text in written] == []


def test_no_item_rests_on_a_fact_that_waits():
    rests = {item.code: item.facts for module in modules() for item in module.items if item.facts}
    assert {item: code for item, codes in rests.items() for code in codes if not fact(shipped(), code).is_shown} == {}


def test_every_place_of_a_fact_names_one_that_there_is():
    named = [block.id for lesson in lessons() for block in lesson.blocks if isinstance(block, FactReference)]
    assert [code for code in named if code not in shipped().facts] == []
    assert len(named) > 5


def test_words_that_harm_are_absent_from_the_english_text():
    written = [(lesson.code, text) for lesson in lessons() for text in texts(lesson)]
    assert [(code, text) for code, text in written if FORBIDDEN.search(text)] == []
