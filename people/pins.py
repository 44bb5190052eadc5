"""PINs: six digits in place of the password, for officers without a role, on a device that their trainer enrolled."""

import hashlib
import itertools
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.http import HttpRequest

from core import audit
from core.ratelimit import allow
from people.audit import DEVICE_ENDED, DEVICE_ENROLLED, PIN_GONE, PIN_SET
from people.errors import PinNotHere, PinRefused, PinSimple
from people.identity import service_key
from people.models import Cohort, CohortMembership, DevicePin, EnrolledDevice, Person
from people.models.devices import WRONG_PINS

COOKIE: Final = "device"
DAYS: Final = 180
DIGITS: Final = 6


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def enrol_device(name: str, cohort: Cohort, *, by: Person, at: datetime) -> tuple[EnrolledDevice, str]:
    """Enrol the device of this request for a group. Returns it and what its cookie holds, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    device = EnrolledDevice.objects.create(
        name=name, cohort=cohort, digest=_digest(token), enrolled_by=by, enrolled_at=at,
        valid_until=at + timedelta(days=DAYS),
    )  # fmt: skip
    audit.record(DEVICE_ENROLLED, by=by, about=device, cohort=str(cohort.public_id))
    return device, token


@transaction.atomic
def end_device(device: EnrolledDevice, *, by: Person, at: datetime) -> None:
    """Nobody signs in there with a PIN any more: it was lost, given back or given away."""
    if EnrolledDevice.objects.filter(pk=device.pk, ended_at=None).update(ended_at=at):
        device.pins.all().delete()
        audit.record(DEVICE_ENDED, by=by, about=device)


def device_of(request: HttpRequest, *, at: datetime) -> EnrolledDevice | None:
    """The enrolled device that a request comes from."""
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    enrolled = EnrolledDevice.objects.filter(digest=_digest(token), ended_at=None, valid_until__gt=at)
    return enrolled.select_related("cohort").first()


def may_have(person: Person, device: EnrolledDevice) -> bool:
    """An officer without any role, who learns in the group of the device now."""
    learning = CohortMembership.objects.learners().filter(cohort=device.cohort_id, person=person)
    return not person.is_office and learning.exists()


@transaction.atomic
def set_pin(person: Person, device: EnrolledDevice, pin: str, *, at: datetime) -> None:
    """Set or replace a PIN. Raises PinNotHere, PinSimple."""
    if not may_have(person, device):
        raise PinNotHere
    if is_simple(pin) or pin in person.service_number:
        raise PinSimple
    DevicePin.objects.update_or_create(
        device=device, person=person, defaults={"pin": make_password(pin), "set_at": at, "wrong": 0}
    )
    audit.record(PIN_SET, by=person, about=device, people=[person])


def is_simple(pin: str) -> bool:
    """What anyone would try first: one digit or two only, or a run up or down."""
    steps = {int(after) - int(before) for before, after in itertools.pairwise(pin)}
    return len(set(pin)) < 3 or steps in ({1}, {-1})


def check_pin(number: str, pin: str, device: EnrolledDevice) -> Person:
    """The person who signs in at a device with a PIN. After five wrong ones in a row it is gone. Raises PinRefused.

    Whatever is wrong, the same is said and one PIN is hashed.
    """
    try:
        key = service_key(number)
    except ValueError:
        key = "-"
    if not (
        allow("pin", f"{device.pk}:{key}", limit=10, seconds=900)
        and allow("pins", str(device.pk), limit=60, seconds=900)
    ):
        raise PinRefused
    pins = DevicePin.objects.filter(device=device, person__service_number=key, person__is_active=True)
    held = pins.select_related("person").first()
    # Hashing takes long, and SQLite has one writer: it is done before anything is locked.
    if held is None:
        make_password(pin)
    elif not check_password(pin, held.pin):
        _count_wrong(held)
    elif may_have(held.person, device):
        if held.wrong:
            pins.update(wrong=0)
        person: Person = held.person
        return person
    raise PinRefused


@transaction.atomic
def _count_wrong(pin: DevicePin) -> None:
    held = (
        DevicePin.objects.select_for_update(of=("self",)).select_related("person", "device").filter(pk=pin.pk).first()
    )
    if held is None:  # others guessed at the same time, and it is gone
        return
    if held.wrong + 1 >= WRONG_PINS:
        held.delete()
        audit.record(PIN_GONE, by=None, about=held.device, people=[held.person])
    else:
        held.wrong += 1
        held.save(update_fields=["wrong"])
