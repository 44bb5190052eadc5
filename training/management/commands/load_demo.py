"""`manage.py load_demo`"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from training.demo import load_demo, read_logins, write_logins


class Command(BaseCommand):
    """Makes the demonstration's people and prints how to sign in. May run again and again; never on a public address."""

    help = "Make the demonstration cohort and its sign-ins (var/demo/logins.csv)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOOPBACK:
            raise CommandError("This is no demonstration: SITE_URL is a public address. Nothing was made.")
        path = settings.DATA_DIR / "demo" / "logins.csv"
        kept = read_logins(path)
        new = load_demo({one.login for one in kept}, at=timezone.now())
        logins = [one for one in kept if one.login not in {n.login for n in new}] + new
        write_logins(path, logins)
        for one in logins if options["verbosity"] else []:
            secret = f"  second factor: {one.totp_secret}" if one.totp_secret else ""
            self.stdout.write(f"  {one.role:<10} {one.login:<9} {one.password}{secret}")
        if options["verbosity"]:
            self.stdout.write(f"{len(logins)} sign-ins, {len(new)} new; also in {path}.")
