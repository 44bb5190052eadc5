"""manage.py reset_factor"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from core import text
from core.errors import DomainError
from people.factors import reset_at_machine
from people.management.commands.import_people import somebody


class Command(BaseCommand):
    """Takes off one person's second factor where no two people of the office can; the audit trail keeps that and why."""

    help = "Take off the second factor of one person, end their sessions, and tell the audit trail why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", metavar="SERVICE_NUMBER")
        parser.add_argument(
            "--reason", required=True, help="how you know that it is them; kept in the audit trail, write no names"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        reason = text.stored(options["reason"], "line").strip()
        if not reason:
            raise CommandError("Say why with --reason. Nothing was changed.", returncode=2)
        person = somebody(options["person"])
        with override("en"):
            try:
                reset_at_machine(person, reason=reason)
            except DomainError as error:
                raise CommandError(str(error)) from None
        self.stdout.write(
            f"The second factor of {person.service_number} is taken off and their sessions have ended. "
            "The password stays; who holds a role sets up a new factor at the next sign-in."
        )
