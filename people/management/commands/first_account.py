"""manage.py first_account"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core.codes import grouped
from core.errors import DomainError
from people.first import first_account
from people.models import Person
from people.rules import BY_TWO


class Command(BaseCommand):
    """Makes an installation's first registrar, programme lead and auditor; from then on the office gives roles."""

    help = "Give the first roles of an installation, and print a slip to sign in with. Refused once somebody holds the role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="service number")
        parser.add_argument("--name-my", default="", help="name in Burmese")
        parser.add_argument("--name-latin", default="", help="name in Latin letters")
        parser.add_argument("--role", action="append", required=True, choices=sorted(BY_TWO), help="may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        number, names = options["number"], {name: options[name] for name in ("name_my", "name_latin")}
        if not any(names.values()) and not Person.objects.by_number(number):
            raise CommandError(f"Nobody has the service number {number} yet. Give --name-my or --name-latin, or both.")
        with override("en"):
            try:
                person, slip, code = first_account(
                    number, options["role"], days=settings.SLIP_DAYS, at=timezone.now(), **names
                )
            except (DomainError, ValidationError) as error:
                said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                raise CommandError(said) from None
        self.stdout.write(f"{person.service_number}: {', '.join(sorted(person.roles))}.")
        if slip is None:
            self.stdout.write(f"They sign in as before: {settings.SITE_URL}{reverse('account_login')}")
            return
        until = timezone.localtime(slip.valid_until)
        self.stdout.write(
            f"They choose a password at {settings.SITE_URL}{reverse('account_slip')} with this code, which works once and "
            f"until {until:%Y-%m-%d %H:%M}: {grouped(code)}\nThen they set up the second factor. The code is shown only now."
        )
