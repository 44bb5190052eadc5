"""`manage.py load_curriculum`"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from content.authored import AuthoredError, curriculum_doubts, read_curriculum
from core.checks import OURS
from courses.loading import load


class Command(BaseCommand):
    """Loads the authored curriculum. May run again and again; what editors changed is left alone and listed."""

    help = "Load the curriculum under content/curriculum/."
    requires_system_checks = (OURS,)  # it comes after `migrate`, which asks them all

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "content/curriculum")
        parser.add_argument("--check", "--dry-run", action="store_true", help="read and validate only, write nothing")
        parser.add_argument("--force", action="store_true", help="take the file's version of what editors changed too")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            curriculum = read_curriculum(options["folder"])
        except AuthoredError as error:
            raise CommandError(f"{len(error.problems)} problems; nothing was loaded.\n{error}") from None
        lessons = sum(len(module.lessons) for course in curriculum.courses for module in course.modules)
        items = sum(len(module.items) for course in curriculum.courses for module in course.modules)
        read = f"{len(curriculum.courses)} courses, {lessons} lessons, {items} items, {len(curriculum.facts)} facts, {len(curriculum.terms)} terms"
        if options["check"]:
            for doubt in curriculum_doubts(options["folder"], curriculum):
                self.stdout.write(f"warning: {doubt}")
            self.stdout.write(f"{read}: all valid; nothing was written.")
            return
        report = load(curriculum, at=timezone.now(), force=options["force"])
        for key in report.left_alone:
            self.stdout.write(f"left alone, changed by an editor: {key}")
        for key in report.untranslated:
            self.stdout.write(f"not translated in full, shown in English: {key}")
        for key in report.outdated:
            self.stdout.write(f"shown in a translation older than the English: {key}")
        self.stdout.write(f"{read}: {report.line()}.")
