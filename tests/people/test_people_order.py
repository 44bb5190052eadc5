"""Lists of names stand as in a Burmese dictionary, whatever the database."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale

from content.models import GlossaryTerm
from people.models import Cohort, CohortMembership, Person, Unit
from tests.factories import CohortFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

# In dictionary order (Unicode CLDR, locale my). By code point ကျော် and ကြက် would come before ကင်း, and ခို before ခက်.
TOWNS = ["ကသာ", "ကော့သောင်း", "ကင်းရွာ", "ကျိုက်ထို", "ကြာအင်း", "ခန္တီး", "ငပုတော", "စစ်တွေ", "တောင်ကြီး", "ထားဝယ်", "မြဝတီ", "ရန်ကုန်", "လောက်ကိုင်"]  # fmt: skip
SHUFFLED = sorted(TOWNS, key=lambda name: name[::-1])


def test_the_towns_are_not_in_the_order_of_code_points():
    assert TOWNS not in (sorted(TOWNS), SHUFFLED)


def test_units_and_groups_stand_in_dictionary_order():
    for town in SHUFFLED:
        UnitFactory(name_my=town)
        CohortFactory(name_my=town)
    mine = Unit.objects.filter(name_my__in=TOWNS)
    assert ([one.name_my for one in mine.in_order()], [one.name_my for one in Cohort.objects.in_order()]) == (
        TOWNS,
        TOWNS,
    )


def test_a_group_with_an_english_name_only_stands_before_the_burmese_ones():
    CohortFactory(name_my="ကသာ")
    CohortFactory(name_en="Yangon 1")
    CohortFactory(name_en="Kale 2")
    assert [one.name_my or one.name_en for one in Cohort.objects.in_order()] == ["Kale 2", "Yangon 1", "ကသာ"]


def test_a_new_name_takes_a_new_place_also_where_nothing_else_is_saved():
    first, second = CohortFactory(name_my="ကသာ"), CohortFactory(name_my="စစ်တွေ")
    first.name_my = "ရန်ကုန်"
    first.save(update_fields=["name_my"])
    assert list(Cohort.objects.in_order()) == [second, first]


def test_terms_of_the_glossary_stand_in_dictionary_order():
    burmese = Locale.objects.get(language_code="my")
    for number, town in enumerate(SHUFFLED):
        GlossaryTerm.objects.create(code=f"town-{number}", term=town, locale=burmese)
    found = GlossaryTerm.objects.filter(locale=burmese, code__startswith="town-").in_order()
    assert [one.term for one in found] == TOWNS


def test_the_desk_lists_the_groups_in_dictionary_order(client, sign_in):
    trainer = PersonFactory(trainer=True)
    for town in SHUFFLED:
        CohortFactory(name_my=town, trainer=trainer)
    rows = sign_in(trainer).get("/teach/").context["rows"]
    assert [row.cohort.name_my for row in rows] == TOWNS


def test_the_grid_lists_the_learners_in_dictionary_order_whatever_they_are_called_by(client, sign_in):
    names = ["ဦးကသာ", "ဒေါ်ကင်း", "ကျော်ထွန်း", "မခင်ခင်", "ဒေါက်တာစံအေး", "ဦးအောင်"]
    trainer = PersonFactory(trainer=True)
    cohort = CohortFactory(trainer=trainer, officers=[PersonFactory(name_my=name) for name in reversed(names)])
    page = sign_in(trainer).get(f"/teach/cohorts/{cohort.public_id}/?course=C1")
    assert [row.person.name_my for row in page.context["rows"]] == names


def test_names_that_stand_here_from_before_get_their_place_too():
    for town in SHUFFLED:
        UnitFactory(name_my=town)
        CohortFactory(name_my=town)
    Unit.objects.update(sort_key="")
    Cohort.objects.update(sort_key="")
    import_module("people.migrations.0004_keys_of_names").compute(apps, SimpleNamespace(connection=connection))
    mine = Unit.objects.filter(name_my__in=TOWNS)
    assert ([one.name_my for one in mine.in_order()], [one.name_my for one in Cohort.objects.in_order()]) == (
        TOWNS,
        TOWNS,
    )


def test_a_member_who_joins_later_stands_where_the_name_belongs():
    cohort = CohortFactory(officers=[PersonFactory(name_my="ကသာ"), PersonFactory(name_my="ရန်ကုန်")])
    late = PersonFactory(name_my="စစ်တွေ")
    CohortMembership.objects.create(cohort=cohort, person=late, joined_at=timezone.now())
    assert [one.name_my for one in Person.objects.filter(cohorts=cohort).in_order()] == ["ကသာ", "စစ်တွေ", "ရန်ကုန်"]
