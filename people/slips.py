"""Slips: one-time codes on paper, given face to face, with which somebody chooses a password of their own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from core import audit
from core.codes import clean_code, new_code
from core.ratelimit import allow
from people.audit import SLIP_USED, SLIP_WITHDRAWN, SLIPS_MADE
from people.errors import SlipNeedsReason, SlipRefused, SlipTries
from people.identity import service_key
from people.models import Person, SignInSlip
from people.sessions import end_sessions

LENGTH: Final = 10  # letters of core.codes.ALPHABET: 50 bits, against 20 guesses an hour from each network
MOST: Final = 500  # people in one printing
MOST_DAYS: Final = 60
TRIES, TRIES_SECONDS = 5, 15 * 60  # a service number has in one network; an unknown one has as many


Slips = list[tuple[SignInSlip, str]]  # each with its code


def new_slips(people: Sequence[Person], *, by: Person | None, days: int, reason: str, at: datetime) -> Slips:
    """A slip for each of `people`, valid for some days from `at`, and its code; by None at set-up. They are good once `keep_slips` has them.

    Between the two the sheet is printed: that takes long, and nobody else's writing shall wait for it. Raises
    SlipNeedsReason where somebody signed in before and no reason is given.
    """
    if not reason and any(person.last_login for person in people):
        raise SlipNeedsReason
    made = []
    for person in people:
        is_reset = person.last_login is not None
        slip = SignInSlip(
            person=person,
            purpose=SignInSlip.Purpose.RESET if is_reset else SignInSlip.Purpose.FIRST,
            made_by=by,
            made_at=at,
            valid_until=at + timedelta(days=days),
            reason=reason if is_reset else "",
        )
        code = new_code(LENGTH)
        slip.digest = _digest(slip.public_id, code)
        made.append((slip, code))
    return made


@transaction.atomic
def keep_slips(made: Slips, *, by: Person | None, at: datetime) -> None:
    """Make slips good. Those that the same people got before end with it; of the codes only digests are kept."""
    people = [slip.person for slip, _code in made]
    list(Person.objects.select_for_update().filter(pk__in=[one.pk for one in people]).order_by("pk"))  # taking turns
    SignInSlip.objects.open().filter(person__in=people).update(withdrawn_at=at)
    SignInSlip.objects.bulk_create(slip for slip, _code in made)
    reasons = sorted({slip.reason for slip, _code in made})
    audit.record(SLIPS_MADE, by=by, people=people, slips=len(made), reason=reasons[-1] if reasons else "")


@transaction.atomic
def withdraw_slip(person: Person, *, by: Person, at: datetime) -> bool:
    """End the open slip of somebody, if there is one: it was lost, or somebody else may have read it."""
    slip = SignInSlip.objects.open().select_for_update().filter(person=person).first()
    if slip is None:
        return False
    slip.withdrawn_at = at
    slip.save(update_fields=["withdrawn_at"])
    audit.record(SLIP_WITHDRAWN, by=by, about=slip, people=[person])
    return True


def check_slip(number: str, code: str, *, at: datetime, network: str = "") -> SignInSlip:
    """The slip of a service number and a code, as typed. It is not used by this: the password is still to be chosen.

    network: where the try comes from; who guesses in another pauses nobody here. Whatever is wrong, the same is said after
    the same work: one query and one digest. Raises SlipRefused, SlipTries.
    """
    try:
        key = service_key(number)
    except ValueError:
        key = "-"
    if not allow("slip", f"{key}:{network}", limit=TRIES, seconds=TRIES_SECONDS):
        raise SlipTries
    slip = SignInSlip.objects.usable(at=at).filter(person__service_number=key).first()
    digest = _digest(slip.public_id if slip else UUID(int=0), clean_code(code))
    is_right = constant_time_compare(digest, slip.digest if slip else "0" * 64)
    if slip is None or not is_right:
        raise SlipRefused
    return slip


@transaction.atomic
def use_slip(slip: SignInSlip, password: str, *, at: datetime) -> Person:
    """Set the password that the person of a slip chose; the slip and every session of theirs end. Raises SlipRefused.

    A second factor stays: a slip stands for a password and for nothing else.
    """
    found = SignInSlip.objects.usable(at=at).select_for_update(of=("self",)).filter(pk=slip.pk).first()
    if found is None:
        raise SlipRefused
    person: Person = Person.objects.select_for_update().get(pk=found.person_id)
    found.used_at = at
    found.save(update_fields=["used_at"])
    person.set_password(password)  # sessions hold a digest of the password: those of the old one end
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password", "updated_at"])
    end_sessions(person)
    person.pins.all().delete()
    audit.record(SLIP_USED, by=person, about=found, people=[person], purpose=found.purpose)
    return person


def _digest(public_id: UUID, code: str) -> str:
    # Short-lived and 50 bits long: an HMAC under the site's key is enough, and a table of slips alone is worth nothing.
    return salted_hmac("people.slips", f"{public_id}:{code}", algorithm="sha256").hexdigest()
