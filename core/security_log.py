"""The security log: who got in and who did not, and what was refused; a line of JSON each, to the logger `thindan.security`.

It holds public ids, names of places and a keyed hash of the address: no name, no service number, no address.
"""

import json
import logging
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

LOG: Final = logging.getLogger("thindan.security")


def note(event: str, request: HttpRequest | None, *, person: Any = None, **detail: str) -> None:
    """Write one line. person: whom it concerns, None where it is nobody who is known. detail: short codes."""
    address = request.META.get("REMOTE_ADDR", "") if request else ""
    match = request.resolver_match if request else None
    line = {
        "time": timezone.now().isoformat(timespec="milliseconds"),
        "event": event,
        "person": str(person.public_id) if getattr(person, "public_id", None) else "",
        "place": match.view_name if match else "",
        "from": salted_hmac("thindan.security", address, algorithm="sha256").hexdigest()[:12] if address else "",
        **detail,
    }
    LOG.info(json.dumps(line))
