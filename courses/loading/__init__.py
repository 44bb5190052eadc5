"""Brings the authored curriculum into the database, again and again, without touching what editors changed.

For each record the load keeps two fingerprints (`content.Origin`): of the authored text and of the record as stored. A
record whose stored form differs from its fingerprint was changed by an editor: it is left alone and reported, unless
the load is forced.
"""

from datetime import datetime

from assessments.models import BlueprintLine
from content import authored
from content.models import ContentVersion
from core.indexing import indexed_once
from courses.loading import library, outside, pages, quizzes
from courses.loading.keeping import Keeper, Report


@indexed_once()
def load(curriculum: authored.Curriculum, *, at: datetime, force: bool = False) -> Report:
    """Load everything. Each record is stored whole or not at all; a load that is broken off is simply repeated.

    force: take the file's version also where an editor changed the record.
    """
    keeper = Keeper(curriculum, at=at, force=force)
    index = pages.keep_site(keeper)
    for fact in curriculum.facts.values():
        library.keep_fact(keeper, fact)
    for line in curriculum.blueprint:
        values = {name: getattr(line, name) for name in ("bloom", "competency", "bank", "form", "kinds")}
        keeper.keep_object(f"blueprint:{line.objective}:en", BlueprintLine, {"objective": line.objective}, values)
    for term in curriculum.terms.values():
        library.keep_term(keeper, term)
    for rubric in curriculum.rubrics.values():
        library.keep_rubric(keeper, rubric)
    for competency in curriculum.competencies.values():
        library.keep_competency(keeper, competency)
    course_page = None
    for course in curriculum.courses:
        for module in course.modules:
            pages.keep_drawings(keeper, module)
            for item in module.items:
                quizzes.keep_item(keeper, item)
            if module.guide:
                library.keep_guide(keeper, module.code, module.guide)
            if module.card:
                library.keep_card(keeper, module.code, module.card)
        course_page = page = pages.keep_course(keeper, course, index, course_page)
        module_page = None
        for module in course.modules:
            module_page = pages.keep_module(keeper, module, page, module_page)
        quizzes.keep_exam(keeper, course, page)
        quizzes.keep_tests(keeper, course, page)
    for one in curriculum.outside.values():  # after the modules, whose objectives it names
        outside.keep_outside(keeper, one)
    ContentVersion.advance()
    return keeper.report
