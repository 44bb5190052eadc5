"""Brings the authored curriculum into the database, again and again, without touching what editors changed.

For each record the load keeps two fingerprints (`content.Origin`): of the authored text and of the record as stored. A
record whose stored form differs from its fingerprint was changed by an editor: it is left alone and reported, unless
the load is forced.
"""

from datetime import datetime

from django.db import transaction

from assessments.models import BlueprintLine, Item
from content import authored
from content.models import Competency, ContentVersion, FacilitatorGuide, Fact, GlossaryTerm, PocketCard, Rubric
from core.indexing import indexed_once, mend
from courses.loading import library, outside, pages, quizzes
from courses.loading.keeping import Keeper, Report
from courses.models import CourseIndexPage


def load(curriculum: authored.Curriculum, *, at: datetime, force: bool = False) -> Report:
    """Load everything. Each record is stored whole or not at all; a load that is broken off, or killed, is simply repeated.

    force: take the file's version also where an editor changed the record.
    """
    with indexed_once() as to_index:
        keeper = Keeper(curriculum, at=at, force=force, to_index=to_index)
        index = pages.keep_site(keeper)
        _load_library(keeper)
        for course in curriculum.courses:
            _load_bank(keeper, course)
        _load_courses(keeper, index)
        for one in curriculum.outside.values():  # after the modules, whose objectives it names
            outside.keep_outside(keeper, one)
        ContentVersion.advance()
    mend()
    return keeper.report


def _load_library(keeper: Keeper) -> None:
    """What lessons rest on."""
    curriculum = keeper.curriculum
    facts = [library.fact_record(keeper, fact) for fact in curriculum.facts.values()]
    keeper.keep_records("fact", Fact, facts, lambda brought: library.keep_versions(keeper, brought))
    with transaction.atomic():
        for line in curriculum.blueprint:
            values = {name: getattr(line, name) for name in ("bloom", "competency", "bank", "form", "kinds")}
            keeper.keep_object(f"blueprint:{line.objective}:en", BlueprintLine, {"objective": line.objective}, values)
    keeper.keep_records("term", GlossaryTerm, [library.term_record(term) for term in curriculum.terms.values()])
    keeper.keep_records("rubric", Rubric, [library.rubric_record(rubric) for rubric in curriculum.rubrics.values()])
    competencies = [library.competency_record(one) for one in curriculum.competencies.values()]
    keeper.keep_records("competency", Competency, competencies)


def _load_bank(keeper: Keeper, course: authored.Course) -> None:
    """The items of a course, and what whoever teaches it has at hand."""
    with transaction.atomic():
        for module in course.modules:
            pages.keep_drawings(keeper, module)
    items = [quizzes.item_record(keeper, item) for module in course.modules for item in module.items]
    keeper.keep_records("item", Item, items, lambda brought: quizzes.keep_versions(keeper, brought))
    guides = [library.guide_record(module.code, module.guide) for module in course.modules if module.guide]
    keeper.keep_records("guide", FacilitatorGuide, guides)
    cards = [library.card_record(module.code, module.card) for module in course.modules if module.card]
    keeper.keep_records("card", PocketCard, cards)


def _load_courses(keeper: Keeper, index: CourseIndexPage) -> None:
    """The pages of courses and their quizzes."""
    course_page = None
    for course in keeper.curriculum.courses:
        course_page = page = pages.keep_course(keeper, course, index, course_page)
        module_page = None
        for module in course.modules:
            module_page = pages.keep_module(keeper, module, page, module_page)
        quizzes.keep_exam(keeper, course, page)
        quizzes.keep_tests(keeper, course, page)
