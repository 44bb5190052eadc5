"""Personal data that `people`, sign-in and the sessions keep."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult
from modelsearch.signal_handlers import post_delete_signal_handler

from core.personal import ACCOUNT, Kind, register
from people.exchange import retention
from people.models import (
    CohortMembership,
    Contact,
    DevicePin,
    ImportRow,
    PeopleImport,
    Person,
    RoleGrant,
    SignedInSession,
    SignInSlip,
)
from people.sessions import LONGEST, end_sessions

NAME_MY, NAME_LATIN = "ဖျက်ပြီးသူ", "Erased person"
TASK_DAYS = 7
SLIP_DAYS = 90


def _erase_person(person: Person, at: datetime) -> None:
    """No name, no number, no way in. The public id stays: the trail's hashes are over it."""
    Person.objects.filter(pk=person.pk).update(
        service_number=f"X-{secrets.token_hex(8).upper()}",
        name_my=NAME_MY,
        name_latin=NAME_LATIN,
        sort_key=Person(name_my=NAME_MY, name_latin=NAME_LATIN).key_of_name(),
        language="",
        password=make_password(None),
        last_login=None,
        is_active=False,
        is_superuser=False,
        must_change_password=False,
    )
    person.groups.clear()
    post_delete_signal_handler(person)  # out of the search index


def _leave_cohorts(person: Person, at: datetime) -> None:
    CohortMembership.objects.filter(person=person, left_at=None).update(left_at=at)


def _end_roles(person: Person, at: datetime) -> None:
    RoleGrant.objects.filter(person=person, ended_at=None).update(ended_at=at, end_reason="erasure")


def _delete_own(model: Any) -> Any:
    def erase(person: Person, at: datetime) -> None:
        model.objects.filter(user=person).delete()

    return erase


def _sign_out(person: Person, at: datetime) -> None:
    end_sessions(person)


def _delete_their(model: Any) -> Any:
    def erase(person: Person, at: datetime) -> None:
        model.objects.filter(person=person).delete()

    return erase


def _finished_tasks(at: datetime) -> QuerySet[Any]:
    return DBTaskResult.objects.filter(finished_at__lt=at - timedelta(days=TASK_DAYS))


register(
    Kind(
        model="people.Person",
        subjects=("pk",),
        personal=("name_my", "name_latin", "service_number", "last_login", "password"),
        purpose="to know who learns, to sign in, and to put a name on a certificate",
        keep=ACCOUNT,
        exported=("public_id", "service_number", "name_my", "name_latin", "unit__code", "language", "is_active", "last_login", "created_at"),
        erase=_erase_person,
    ),
    Kind(
        model="people.CohortMembership",
        subjects=("person",),
        purpose="who learns together, and who leads them",
        exported=("cohort__name_my", "cohort__name_en", "part", "joined_at", "left_at"),
        erase=_leave_cohorts,
    ),
    Kind(
        model="people.RoleGrant",
        subjects=("person",),
        actors=("granted_by", "confirmed_by", "ended_by"),
        purpose="who may do what, given by whom and why",
        exported=("role", "unit__code", "starts_on", "ends_on", "reason", "is_confirmed", "ended_at", "end_reason"),
        erase=_end_roles,
    ),
    Kind(
        model="people.Erasure",
        subjects=("person",),
        actors=("asked_by", "confirmed_by", "ended_by"),
        purpose="that a person's data was erased, by which two people and why",
        exported=("asked_at", "reason", "confirmed_at"),
    ),
    Kind(
        model="people.Contact",
        subjects=("person",),
        personal=("email", "phone"),
        purpose="how a registrar reaches somebody, if they chose to say so; encrypted",
        keep="until the person removes it",
        rows=lambda person: Contact.objects.filter(person=person).values("email", "phone", "updated_at"),
        erase=lambda person, at: Contact.objects.filter(person=person).delete() and None,
    ),
    Kind(
        model="people.SignInSlip",
        subjects=("person",),
        actors=("made_by",),
        purpose="to choose a password with a code on paper; who made it and why",
        keep=f"{SLIP_DAYS} days after it ran out",
        exported=("purpose", "made_at", "valid_until", "reason", "used_at", "withdrawn_at"),
        erase=_delete_their(SignInSlip),
        past=lambda at: SignInSlip.objects.filter(valid_until__lt=at - timedelta(days=SLIP_DAYS)),
    ),
    Kind(
        model="people.SignedInSession",
        subjects=("person",),
        purpose="that a person sees where they are signed in, and can end it; kinds of browser and system only",
        keep="until the person signs out, or the session's longest time is over",
        exported=("browser", "system", "began_at", "seen_at"),
        past=lambda at: SignedInSession.objects.filter(seen_at__lt=at - timedelta(seconds=LONGEST)),
    ),
    Kind(
        model="people.FactorReset",
        subjects=("person",),
        actors=("asked_by", "decided_by"),
        purpose="that a second factor was taken off, by which two people and why",
        exported=("asked_at", "reason", "outcome", "decided_at"),
    ),
    Kind(
        model="people.EnrolledDevice",
        actors=("enrolled_by",),
        purpose="which device of a group takes PINs, and who enrolled it",
    ),
    Kind(
        model="people.DevicePin",
        subjects=("person",),
        personal=("device",),
        purpose="signing in with a PIN at one enrolled device",
        keep=ACCOUNT,
        exported=("device__name", "set_at"),
        erase=_delete_their(DevicePin),
    ),
    Kind(
        model="people.PeopleImport",
        actors=("brought_in_by",),
        purpose="what a file of people, units or groups brought in, and who sent it",
        keep=f"its bytes {retention.KEPT.days} days; then counts only",
        past=lambda at: PeopleImport.objects.filter(updated_at__lt=at - retention.KEPT).exclude(file=None),
        remove=lambda files: files.update(file=None),
    ),
    Kind(
        model="people.ImportRow",
        personal=("cells",),
        purpose="to show what each row of a file would do",
        keep=f"{retention.KEPT.days} days",
        past=lambda at: ImportRow.objects.filter(imported__updated_at__lt=at - retention.KEPT),
    ),
    Kind(
        model="mfa.Authenticator",
        subjects=("user",),
        purpose="the second factor, and passkeys with the name that their owner gave them",
        keep=ACCOUNT,
        exported=("type", "data__name", "created_at", "last_used_at"),
        erase=_delete_own(Authenticator),
    ),
    Kind(
        model="account.EmailAddress",
        subjects=("user",),
        personal=("email",),
        purpose="nothing: the product asks for no address; the table is the sign-in library's",
        keep=ACCOUNT,
        exported=("email",),
        erase=_delete_own(EmailAddress),
    ),
    Kind(
        model="account.EmailConfirmation",
        subjects=("email_address__user",),
        purpose="nothing: the product sends no mail; the table is the sign-in library's",
        keep=ACCOUNT,
        not_exported="it holds a one-time key and nothing else",
    ),
    Kind(
        model="socialaccount.SocialAccount",
        subjects=("user",),
        personal=("uid", "extra_data"),
        purpose="nothing: of an agency's directory nothing is stored; the table is the sign-in library's",
        keep=ACCOUNT,
        exported=("provider",),
        erase=_delete_own(SocialAccount),
    ),
    Kind(
        model="socialaccount.SocialToken",
        subjects=("account__user",),
        purpose="nothing: no token is stored; the table is the sign-in library's",
        keep=ACCOUNT,
        not_exported="there is none",
    ),
    Kind(
        model="sessions.Session",
        personal=("session_data",),
        purpose="to stay signed in",
        keep="until it expires or the person signs out",
        erase=_sign_out,
        past=lambda at: Session.objects.filter(expire_date__lt=at),
    ),
    Kind(
        model="django_tasks_database.DBTaskResult",
        personal=("args_kwargs",),
        purpose="work that waits; it holds ids, not names",
        keep=f"{TASK_DAYS} days after it was done",
        past=_finished_tasks,
    ),
)  # fmt: skip
