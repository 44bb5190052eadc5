"""The second factor of somebody who lost it: asked for by one person, done by another, or taken off at the machine itself."""

from collections.abc import Iterator
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.signing import BadSignature
from django.db import IntegrityError, transaction

from core import audit
from core.doctor import check
from people.audit import FACTOR_RESET, FACTOR_RESET_ASKED, FACTOR_RESET_AT_MACHINE, FACTOR_RESET_REFUSED
from people.errors import FactorDecided, FactorNotForOneself, FactorWaits, NoFactor
from people.models import FactorReset, Person
from people.secrets import decrypt
from people.sessions import end_sessions


def has_factor(person: Person) -> bool:
    """Whether anything beside the password is asked of a person."""
    found: bool = Authenticator.objects.filter(user=person).exists()
    return found


def way_to_prove(person: Person, *, with_passkeys: bool) -> str:
    """The name of the place where a person proves the second factor, or sets up the first one."""
    held = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    if not held:
        return "mfa_activate_totp"
    by_passkey = with_passkeys and Authenticator.Type.WEBAUTHN in held and Authenticator.Type.TOTP not in held
    return "mfa_reauthenticate_webauthn" if by_passkey else "mfa_reauthenticate"


def is_last(authenticator: Authenticator) -> bool:
    """Whether nothing but recovery codes would be left without this one."""
    others = Authenticator.objects.filter(user=authenticator.user_id).exclude(pk=authenticator.pk)
    return not others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def ask_reset(person: Person, *, by: Person, reason: str, at: datetime) -> FactorReset:
    """Ask that the second factor be taken off. Nothing changes until another person confirms.

    Raises FactorNotForOneself, NoFactor, FactorWaits.
    """
    if by.pk == person.pk:
        raise FactorNotForOneself
    if not has_factor(person):
        raise NoFactor
    try:
        with transaction.atomic():
            reset = FactorReset.objects.create(person=person, asked_by=by, asked_at=at, reason=reason)
            audit.record(FACTOR_RESET_ASKED, by=by, about=reset, people=[person], reason=reason)
    except IntegrityError:
        raise FactorWaits from None
    return reset


@transaction.atomic
def decide_reset(reset: FactorReset, *, by: Person, is_confirmed: bool, at: datetime) -> FactorReset:
    """The second person's word. Confirmed: every authenticator is deleted and every session ends; the password stays.

    Who asked may only take it back. Raises FactorDecided, FactorNotForOneself.
    """
    reset = FactorReset.objects.select_for_update(of=("self",)).select_related("person").get(pk=reset.pk)
    if reset.outcome != FactorReset.Outcome.WAITING:
        raise FactorDecided
    if by.pk == reset.person_id or (is_confirmed and by.pk == reset.asked_by_id):
        raise FactorNotForOneself
    reset.outcome = FactorReset.Outcome.DONE if is_confirmed else FactorReset.Outcome.REFUSED
    reset.decided_by, reset.decided_at = by, at
    reset.save(update_fields=["outcome", "decided_by", "decided_at"])
    if is_confirmed:
        _take_off(reset.person)
    audit.record(FACTOR_RESET if is_confirmed else FACTOR_RESET_REFUSED, by=by, about=reset, people=[reset.person])
    return reset


@transaction.atomic
def reset_at_machine(person: Person, *, reason: str) -> None:
    """Take it off by the word of whoever runs the server, who could change the database anyway; the trail tells it.

    For the day on which no two people have a factor that works. Every session ends; the password stays. Raises NoFactor.
    """
    if not has_factor(person):
        raise NoFactor
    _take_off(person)
    audit.record(FACTOR_RESET_AT_MACHINE, by=None, people=[person], reason=reason)


def _take_off(person: Person) -> None:
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)


def _is_readable(authenticator: Authenticator) -> bool:
    """Whether its secrets open under SECRET_KEY or a former one. A passkey has none here."""
    kept = authenticator.data
    try:
        for secret in [kept.get("secret"), kept.get("seed"), *kept.get("migrated_codes", ())]:
            if secret:
                decrypt(secret)
    except BadSignature:
        return False
    return True


@check("second factors")
def unreadable() -> Iterator[str]:
    """Secrets that were encrypted under a SECRET_KEY which is not here, as after a restore elsewhere."""
    lost = [one.user_id for one in Authenticator.objects.iterator() if not _is_readable(one)]
    if lost:
        yield (
            f"{len(lost)} second factors (apps, lists of recovery codes) of {len(set(lost))} people cannot be read with this SECRET_KEY: "
            "their codes are refused as wrong. Set the SECRET_KEY under which they were made, or name it in SECRET_KEY_FALLBACKS, "
            "and start the server anew. If it is lost, run for two people who may reset the others at /office/second-factors/: "
            "manage.py reset_factor SERVICE_NUMBER --reason TEXT."
        )
