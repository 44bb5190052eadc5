"""How long somebody stays signed in, where they are signed in, and ending it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from people.models import Person, RoleGrant, SignedInSession

KEY: Final = "people.session"  # in the session: the id of its row, when it began and was seen, its limit


class Limit(NamedTuple):
    """idle: without a request; whole: since signing in, whatever is done. In seconds."""

    idle: int
    whole: int


_MINUTE, _HOUR = 60, 3600
OFFICE: Final = Limit(30 * _MINUTE, 8 * _HOUR)
TRAINER: Final = Limit(2 * _HOUR, 12 * _HOUR)  # in front of a room: a talk is long, and so is a day of training
OFFICER: Final = Limit(12 * _HOUR, 7 * 24 * _HOUR)
LONGEST: Final = OFFICER.whole

# Who answers yes is not put out while it is so: somebody in the middle of an exam. Apps on the left append to it.
BUSY: Final[list[Callable[[Person], bool]]] = []


def limit_for(person: Person) -> Limit:
    """The limits of the most powerful role held: the office's, a trainer's, an officer's."""
    if not person.is_office:
        return OFFICER
    trains = person.roles <= {RoleGrant.Role.TRAINER, RoleGrant.Role.MASTER} and not person.is_superuser
    return TRAINER if trains else OFFICE


def begin(request: HttpRequest, person: Person) -> None:
    """Start the clocks of a session, and list it among the person's."""
    if not request.session.session_key:
        request.session.create()
    now, limit = int(time.time()), limit_for(person)
    browser, system = family(request.headers.get("User-Agent", ""))
    at = _hour(timezone.now())
    person.sessions.filter(seen_at__lt=at - timedelta(seconds=LONGEST)).delete()
    row, _is_new = SignedInSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"person": person, "browser": browser, "system": system, "began_at": timezone.now(), "seen_at": at},
    )
    request.session[KEY] = {"row": str(row.public_id), "began": now, "seen": now, **limit._asdict()}


def is_over(request: HttpRequest) -> bool:
    """Whether the session of a signed-in person is at its end; else its clock goes on. One look at the session only."""
    kept = request.session.get(KEY)
    if kept is None:  # signed in before there were limits
        begin(request, request.user)  # type: ignore[arg-type]
        return False
    now = int(time.time())
    idle = now - kept["seen"]
    if (idle > kept["idle"] or now - kept["began"] > kept["whole"]) and not _is_busy(request.user):
        return True
    if idle > kept["idle"] // 30:  # not with every request: a session that changes is written
        limit = limit_for(request.user)  # type: ignore[arg-type]  # a role may have begun or ended with the day
        request.session[KEY] = {**kept, "seen": now, **limit._asdict()}
        before = _hour(datetime.fromtimestamp(kept["seen"], UTC))
        if before != (at := _hour(timezone.now())):
            SignedInSession.objects.filter(session_key=request.session.session_key).update(seen_at=at)
    return False


def _is_busy(person: Any) -> bool:
    return isinstance(person, Person) and any(asked(person) for asked in BUSY)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def follow(request: HttpRequest, person: Person) -> None:
    """After a new password: this session has a new key, every other one has ended."""
    mine = request.session.get(KEY, {}).get("row")
    person.sessions.exclude(public_id=mine).delete()
    person.sessions.filter(public_id=mine).update(session_key=request.session.session_key)


def end_sessions(person: Person, *, but: str | None = None, only: UUID | None = None) -> int:
    """End the sessions of a person; how many there were. but: the key of one that stays. only: the id of one."""
    rows = person.sessions.exclude(session_key=but) if but else person.sessions.all()
    if only is not None:
        rows = rows.filter(public_id=only)
    keys = list(rows.values_list("session_key", flat=True))
    store = import_module(settings.SESSION_ENGINE).SessionStore
    with transaction.atomic():
        rows.delete()
        for key in keys:
            store(key).delete()
    return len(keys)


def family(agent: str) -> tuple[str, str]:
    """Browser and system in the words of their makers, "" for what is not known: enough to tell a phone from a laptop."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return browser, system


# In this order: each names those below it in its own agent string too.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip
