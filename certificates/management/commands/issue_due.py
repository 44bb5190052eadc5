"""`manage.py issue_due`"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates.issuing import issue_due, sign_lacking


class Command(BaseCommand):
    """Issues every certificate that is earned and missing. Safe to repeat."""

    help = "Issue certificates that are earned and were not issued."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"{issue_due(at=now)} certificates issued, {sign_lacking(at=now)} signed anew.")
