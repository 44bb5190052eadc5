"""News that concerns people."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.signals import authentication_step_completed, password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler

from core import audit, security_log
from core.signals import language_chosen
from people import sessions
from people.audit import FACTOR_ADDED, FACTOR_REMOVED, RECOVERY_CODES_MADE
from people.models import Person, SignedInSession


@receiver(language_chosen)
def remember_language(request: HttpRequest, language: str, **kwargs: Any) -> None:
    """A signed-in person's choice of language goes with them to the next device."""
    if isinstance(request.user, Person):
        Person.objects.filter(pk=request.user.pk).update(language=language)


@receiver(user_logged_in)
def bring_language(request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """On a device where nobody chose a language, the person's own is used from sign-in on."""
    if user.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        request.META["thindan.language"] = user.language  # set as a cookie by SignedInMiddleware


@receiver(user_logged_in)
def begin_session(request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """Its clocks start, and it is listed among the person's."""
    sessions.begin(request, user)


@receiver(user_logged_out)
def end_session(request: HttpRequest, **kwargs: Any) -> None:
    """It is no longer listed."""
    SignedInSession.objects.filter(session_key=request.session.session_key).delete()


@receiver(password_changed)
def password_is_own(request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """The password that somebody else set is replaced by one's own; the sessions of the old one have ended."""
    Person.objects.filter(pk=user.pk).update(must_change_password=False)
    sessions.follow(request, user)
    user.pins.all().delete()


@receiver(authenticator_added)
def first_code_counts(request: HttpRequest, user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
    """What set a factor up proves it for this session: nobody waits for the next code."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, method="mfa", id=authenticator.pk, type=authenticator.type)


@receiver(authenticator_added)
def factor_added(user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
    """To the trail."""
    audit.record(FACTOR_ADDED, by=user, people=[user], kind=authenticator.type)


@receiver(authenticator_removed)
def factor_removed(user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
    """To the trail."""
    audit.record(FACTOR_REMOVED, by=user, people=[user], kind=authenticator.type)


@receiver(authenticator_reset)
def codes_made(user: Person, **kwargs: Any) -> None:
    """To the trail."""
    audit.record(RECOVERY_CODES_MADE, by=user, people=[user])


# --- To the security log -----------------------------------------------------------------------------------------------


@receiver(user_logged_in)
def note_signed_in(request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """With what: password, slip, pin, directory, totp, recovery_codes, webauthn."""
    means = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
    security_log.note("signed_in", request, person=user, means="+".join(means))


@receiver(user_logged_out)
def note_signed_out(request: HttpRequest, user: Person | None, **kwargs: Any) -> None:
    """By oneself, or because the session was long."""
    if user is not None:
        security_log.note("signed_out", request, person=user)


@receiver(user_login_failed)
def note_wrong_password(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Whose account it was, where there is one; never what was typed."""
    person = Person.objects.filter(service_number=credentials.get("username", "")).first()
    security_log.note("sign_in_failed", request, person=person, means="password")


@receiver(authentication_failed)
def note_wrong_code(request: HttpRequest, user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
    """At sign-in or before a dangerous act."""
    security_log.note("sign_in_failed", request, person=user, means=authenticator.type)


@receiver(authentication_step_completed)
def note_confirmed(request: HttpRequest, user: Person, method: str, **kwargs: Any) -> None:
    """Proven once more before a dangerous act."""
    if kwargs.get("reauthenticated"):
        security_log.note("confirmed", request, person=user, means=kwargs.get("type") or method)


@receiver(post_save, sender=Person)
def keep_findable(instance: Person, update_fields: Any = None, **kwargs: Any) -> None:
    """The search index follows a person's names and number; what else changes of a person does not concern it."""
    if update_fields is None or not {"name_my", "name_latin", "service_number"}.isdisjoint(update_fields):
        post_save_signal_handler(instance, **kwargs)


post_delete.connect(post_delete_signal_handler, sender=Person)
