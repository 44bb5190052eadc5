"""manage.py mend_text"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from content.mending import mend


class Command(BaseCommand):
    """Finds stored texts in Zawgyi or in another spelling than the one stored today; a dry run unless --apply is given."""

    help = "Find texts that are Zawgyi, mixed or not canonical, and mend them with --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="mend what can be mended, instead of listing only")

    def handle(self, *args: Any, **options: Any) -> None:
        report = mend(apply=options["apply"])
        for fault in report.faults:
            what = f"{fault.code}, {'mended' if fault.mended else 'left'}"
            self.stdout.write(f"{fault.place}: {what}\n  before: {fault.before}\n  after:  {fault.after}")
        self.stdout.write(f"{report.line()}." if options["apply"] else f"{report.line()}; nothing was written.")
