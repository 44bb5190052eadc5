"""The doors of our own forms and of programmatic saves: text, numbers, dates and codes."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django import forms as django_forms
from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from assessments.models import Allowance
from content.models import GlossaryTerm
from core import forms
from core.fields import CleanCharField, CleanTextField
from courses.models import Enrolment
from myanmar.digits import to_myanmar_digits
from people.models import Cohort, Person
from people.roles import grant_role
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, UnitFactory
from training.models import Assignment

pytestmark = pytest.mark.django_db

ZAWGYI, UNICODE = "ျမန္မာႏိုင္ငံ", "မြန်မာနိုင်ငံ"
NAME_ZAWGYI, NAME = "ေဒၚနီလာ", "ဒေါ်နီလာ"


@pytest.fixture
def trainer() -> Person:
    return PersonFactory(trainer=True)


@pytest.fixture
def cohort(trainer) -> Cohort:
    return CohortFactory(trainer=trainer, officers=1)


def send(client, cohort: Cohort, **data):
    """Send the form that assigns a course; the answer in English, as a tree."""
    client.cookies["lang"] = "en"
    response = client.post(f"/teach/cohorts/{cohort.public_id}/assign/", {"course": "C1", **data})
    return response.status_code, BeautifulSoup(response.content, "html.parser")


# --- A person at a form ------------------------------------------------------------------------------------------------


def test_zawgyi_in_a_form_is_refused_once_with_the_converted_text_in_the_box(cohort, trainer, sign_in):
    client = sign_in(trainer)
    status, page = send(client, cohort, message=f"{ZAWGYI}\r\n\r\n{ZAWGYI}")
    box = page.find("textarea", attrs={"name": "message"})
    assert (status, box.text.strip()) == (200, f"{UNICODE}\n\n{UNICODE}")
    shown = [part.text for part in page.select(".field .error .compared [lang=my]")]
    assert shown == [f"{ZAWGYI} {ZAWGYI}", f"{UNICODE} {UNICODE}"]
    assert Assignment.objects.count() == 0

    status, _page = send(client, cohort, message=box.text)
    assert (status, Assignment.objects.get().message) == (302, f"{UNICODE}\n\n{UNICODE}")
    assert Enrolment.objects.get().message == f"{UNICODE}\n\n{UNICODE}"


def test_a_mixed_text_is_refused_and_stays_as_typed(cohort, trainer, sign_in):
    typed = f"{ZAWGYI} ကျွန်ုပ်တို့ နှင့်"
    status, page = send(sign_in(trainer), cohort, message=typed)
    box = page.find("textarea", attrs={"name": "message"})
    assert (status, box.text.strip(), Assignment.objects.count()) == (200, typed, 0)
    assert page.select_one(".field .error").text.strip() == (
        "One part of this text is in Zawgyi, another in Unicode, so it was not converted and not stored. "
        "It is still in the box: write the part in Zawgyi again with a Unicode keyboard, then send it."
    )


def test_a_text_is_stored_clean_and_counted_clean(cohort, trainer, sign_in):
    status, _page = send(sign_in(trainer), cohort, message="\u200bက" * 500)
    assert (status, Assignment.objects.get().message) == (302, "က" * 500)


def test_what_cannot_be_seen_is_no_reason(cohort, trainer, sign_in):
    enrolment = EnrolmentFactory(person=cohort.people.exclude(pk=trainer.pk).get(), cohort=cohort)
    client = sign_in(trainer)
    client.cookies["lang"] = "en"
    response = client.post(f"/teach/enrolments/{enrolment.public_id}/allow/", {"reason": "\u200b \ufeff"})
    assert (response.status_code, Allowance.objects.count()) == (200, 0)
    assert "This field is required." in response.content.decode()


DAY = date(timezone.localdate().year + 1, 12, 31)
BURMESE_DAY = to_myanmar_digits(f"{DAY:%d-%m-%Y}")


@pytest.mark.parametrize("typed", [BURMESE_DAY, BURMESE_DAY.replace("၀", "ဝ"), f"{DAY:%d/%m/%Y}", f"{DAY:%Y-%m-%d}"])
def test_a_due_day_may_have_any_digits(typed, cohort, trainer, sign_in):
    status, _page = send(sign_in(trainer), cohort, due_on=typed)
    assert (status, Assignment.objects.get().due_on) == (302, DAY)


@pytest.mark.parametrize("wrong", [{"starts_on": "1-1-1900"}, {"due_on": "31-12-2999"}])
def test_a_day_that_nobody_means_is_refused_with_the_days_that_there_are(wrong, cohort, trainer, sign_in):
    status, page = send(sign_in(trainer), cohort, **wrong)
    assert (status, Assignment.objects.count()) == (200, 0)
    assert "This day cannot be meant" in page.text


# --- Numbers, dates, codes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "read"),
    [
        (forms.IntegerField(), "၁၂၀", 120),
        (forms.IntegerField(), "၁၂ဝ", 120),
        (forms.DecimalField(), "၁၂.၅", Decimal("12.5")),
        (forms.CodeField(), "M၀၃", "M03"),
        (forms.SlugField(), "lesson-၁", "lesson-1"),
        (forms.TimeField(), "၁၄:၃၀", time(14, 30)),
        (forms.DateField(), "၁/၂/၂၀၂၆", date(2026, 2, 1)),
        (forms.DateField(required=False), " ", None),
    ],
)
def test_burmese_digits_are_digits(field, typed, read):
    assert field.clean(typed) == read


def test_burmese_digits_are_digits_in_a_date_with_its_time():
    read = forms.DateTimeField().clean("၂၀၂၆-၀၂-၀၁ ၁၄:၃၀")
    assert read.replace(tzinfo=None) == datetime(2026, 2, 1, 14, 30)


@pytest.mark.parametrize("field", [forms.IntegerField(), forms.DecimalField()])
def test_a_number_is_typed_into_a_box_that_takes_burmese_digits(field):
    assert (field.widget.input_type, field.widget.attrs["inputmode"]) == ("text", "decimal")


def test_a_date_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        forms.DateField().clean("31-02-2026")


# --- Saved by a program ------------------------------------------------------------------------------------------------


def test_a_record_is_clean_however_it_is_saved(trainer):
    unit = UnitFactory(name_my=f" {ZAWGYI} ")
    assert unit.name_my == UNICODE
    (made,) = Cohort.objects.bulk_create([Cohort(name_my=ZAWGYI)])
    assert Cohort.objects.get(pk=made.pk).name_my == UNICODE
    Cohort.objects.filter(pk=made.pk).update(name_my=f"{NAME_ZAWGYI}\u200b")
    assert Cohort.objects.get(pk=made.pk).name_my == NAME
    assert Cohort.objects.get(name_my=NAME_ZAWGYI) == made
    grant = grant_role(trainer, "lead", by=None, reason=f"{ZAWGYI} ", starts_on=date(2026, 1, 1))
    assert grant.reason == UNICODE


def test_a_name_is_sorted_by_what_is_stored():
    assert PersonFactory(name_my=NAME_ZAWGYI).sort_key == PersonFactory(name_my=NAME).sort_key


def test_a_term_is_sorted_by_what_is_stored():
    from wagtail.models import Locale

    my = Locale.objects.get(language_code="my")
    one, other = (
        GlossaryTerm.objects.create(code=f"t{n}", locale=my, term=term) for n, term in enumerate([ZAWGYI, UNICODE])
    )
    assert (one.term, one.sort_key) == (UNICODE, other.sort_key)


def test_a_text_only_of_what_cannot_be_seen_is_no_text():
    with pytest.raises(ValidationError) as refused:
        Cohort(name_en="\u200b").full_clean()
    assert "cohort_has_a_name" in str(refused.value.error_dict)


def test_a_serialised_record_comes_back_clean():
    text = serializers.serialize("json", [CohortFactory(name_my=UNICODE)]).replace(UNICODE, ZAWGYI)
    assert next(iter(serializers.deserialize("json", text))).object.name_my == UNICODE


CODES = {
    "agency", "code", "confidence", "course_code", "competency", "digest", "entry", "facts", "feedback", "flags", "form", "forms", "holder", "jurisdiction", "kind",
    "language", "objective", "origin", "part", "role", "service_number", "sort_key", "status", "step", "treatment", "verdict", "use",
    "bloom", "requirement", "version", "password", "svg", "device", "serial", "key", "sources", "item_key",
    "telephone", "browser", "system", "session_key", "pin", "purpose", "kid", "certificate", "signature", "token", "renewal", "version_from", "sha256", "claim_sha256", "outcome", "verification", "data_id", "path", "sub_content_id", "data", "machine", "licence", "verb", "bundle", "grader", "state", "refusal", "email", "phone", "mode", "coaching", "family", "group", "next_step", "course_version", "secret", "how", "page", "rubric_code", "observed", "tier", "ending", "who", "objectives", "extent",
}  # fmt: skip
OURS = ["people", "content", "courses", "assessments", "certificates", "training"]


def test_every_text_field_that_is_no_code_is_of_the_family():
    from django.db import models

    plain = {
        f"{model._meta.label}.{field.name}"
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, CleanCharField | CleanTextField)
        and not field.name.endswith("sha256")
        and field.name not in CODES
    }
    assert plain == set()


def test_a_field_of_the_family_looks_plain_to_migrations_and_gives_the_clean_form_field():
    field = Assignment._meta.get_field("message")
    with translation.override("en"):
        assert field.deconstruct()[1:] == (
            "django.db.models.CharField",
            [],
            {"blank": True, "max_length": 500, "verbose_name": "message"},
        )
    form_field = field.formfield()
    assert (type(form_field), type(form_field.widget), form_field.max_length) == (
        forms.CleanCharField,
        django_forms.Textarea,
        500,
    )


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [(forms.IntegerField(min_value=0), "-1", "၀"), (forms.DecimalField(max_value=10), "11", "၁၀")],
)
def test_a_refused_number_is_told_in_the_digits_of_the_reader(field, typed, said):
    with translation.override("my"), pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    assert said in refusal.value.messages[0]
