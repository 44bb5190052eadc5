"""News that concerns people."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler

from core.signals import language_chosen
from people import sessions
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
    """The code that set an authenticator up proves it for this session: nobody waits for the next one."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, method="mfa", id=authenticator.pk, type=authenticator.type)


@receiver(post_save, sender=Person)
def keep_findable(instance: Person, update_fields: Any = None, **kwargs: Any) -> None:
    """The search index follows a person's names and number; what else changes of a person does not concern it."""
    if update_fields is None or not {"name_my", "name_latin", "service_number"}.isdisjoint(update_fields):
        post_save_signal_handler(instance, **kwargs)


post_delete.connect(post_delete_signal_handler, sender=Person)
