"""`manage.py specimen_exam C4 --objective M17.O1 --competency DOC2`"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.examination.exams import make_exam
from courses.catalogue import catalogue, forget


class Command(BaseCommand):
    """Makes a test of fixed specimens in two parallel forms for a course. Again with the same course it changes nothing."""

    help = "Make a test in examining documents for a course: two parallel forms of fixed specimens."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("course", help="code of a published course")
        parser.add_argument("--objective", required=True, help="code of the objective that it tests")
        parser.add_argument("--competency", default="DOC1")
        parser.add_argument("--size", type=int, default=40, help="specimens in one form, 8 to 60")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        course = catalogue("en").by_code.get(options["course"])
        if course is None or not 8 <= options["size"] <= 60:
            raise CommandError("Nothing was made: name a published course, and 8 to 60 specimens for one form.")
        quiz = make_exam(
            f"{options['course']}-DOCUMENTS",
            course.key,
            objective=options["objective"],
            competency=options["competency"],
            size=options["size"],
            seed=options["seed"],
        )
        forget()
        sections = {section.form: len(section.items) for section in quiz.sections.all()}
        self.stdout.write(f"{quiz.code}: {sections.get('A', 0)} specimens in form A, {sections.get('B', 0)} in form B.")
