"""mend_text: what was stored before the doors cleaned it is found everywhere and mended where it may be."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, TranslationSource

from assessments.models import Item, ItemVersion
from content.mending import mend
from content.models import Fact
from core import append_only
from courses.models import LessonPage
from people.models import Cohort, Person
from tests.factories import CohortFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

ZAWGYI, UNICODE = "ျမန္မာႏိုင္ငံ", "မြန်မာနိုင်ငံ"
MIXED = f"{ZAWGYI} ကျွန်ုပ်တို့ နှင့်"


@pytest.fixture(autouse=True)
def _mended_before():
    """What the small curriculum holds that is not canonical is not the matter here."""
    mend(apply=True)
    assert [fault for fault in mend(apply=False).faults if not fault.place.startswith("assessments.ItemVersion")] == []


def stale(model, pk: int, **values: str) -> None:
    """Write past the fields, as it was written before them."""
    columns = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {columns} WHERE {model._meta.pk.column} = %s", [*values.values(), pk]
        )


def lesson() -> LessonPage:
    found: LessonPage = LessonPage.objects.get(code="M01.L1", locale__language_code="en")
    return found


def stale_lesson() -> LessonPage:
    """A lesson that is live with Zawgyi in its title and in two blocks."""
    page = lesson()
    page.body.append(("key_point", {"text": ZAWGYI, "source": "s"}))
    page.body.append(
        ("text", __import__("wagtail.rich_text", fromlist=["RichText"]).RichText(f"<p><b>{ZAWGYI}</b></p>"))
    )
    page.save_revision().publish()
    stale(Page, page.pk, title=ZAWGYI)
    return lesson()


def run(**options) -> list[str]:
    out = StringIO()
    call_command("mend_text", stdout=out, **options)
    return out.getvalue().splitlines()


def faults(*, apply: bool = False) -> dict[str, tuple[str, bool]]:
    """What a walk says beside the frozen items: place -> code and whether it is mended."""
    return {
        fault.place: (fault.code, fault.mended)
        for fault in mend(apply=apply).faults
        if not fault.place.startswith("assessments.ItemVersion")
    }


def test_a_dry_run_tells_and_changes_nothing_and_apply_mends():
    unit = UnitFactory(name_en="u")
    stale(type(unit), unit.pk, name_my=ZAWGYI)
    told = run()
    place = f"people.Unit {unit.pk} name_my"
    assert told[told.index(f"{place}: zawgyi, left") :][1:3] == [f"  before: {ZAWGYI}", f"  after:  {UNICODE}"]
    assert told[-1].endswith(" 0 mended, 1 left; nothing was written.")
    unit.refresh_from_db()
    assert unit.name_my == ZAWGYI

    assert run(apply=True)[-1].endswith(": 1 in Zawgyi, 0 mixed, 0 not canonical; 1 mended, 0 left.")
    unit.refresh_from_db()
    assert (unit.name_my, faults()) == (UNICODE, {})


def test_a_mended_name_is_sorted_as_it_is_now():
    person = PersonFactory(name_my=UNICODE)
    key = person.sort_key
    stale(Person, person.pk, name_my=ZAWGYI, sort_key="z")
    assert faults(apply=True) == {f"people.Person {person.pk} name_my": ("zawgyi", True)}
    assert Person.objects.get(pk=person.pk).sort_key == key


def test_a_mixed_text_waits_for_a_person():
    cohort = CohortFactory()
    stale(Cohort, cohort.pk, name_my=MIXED)
    assert faults(apply=True) == {f"people.Cohort {cohort.pk} name_my": ("mixed", False)}
    assert Cohort.objects.values_list("name_my", flat=True).get(pk=cohort.pk) == MIXED


def test_a_record_whose_rules_refuse_the_mended_text_is_left_and_the_walk_goes_on():
    one, other = UnitFactory.create_batch(2, parent=UnitFactory(), kind="region")
    stale(type(one), other.pk, name_en=f"{one.name_en} ")
    cohort = CohortFactory()
    stale(Cohort, cohort.pk, name_my="ခ့ဲ")
    assert faults(apply=True) == {
        f"people.Unit {other.pk} name_en": ("tidied", False),
        f"people.Cohort {cohort.pk} name_my": ("tidied", True),
    }


def test_a_live_page_without_changes_is_mended_in_a_revision_that_goes_live():
    page = stale_lesson()
    last = page.latest_revision_id
    count = len(page.body)
    label = f"courses.LessonPage {page.pk}"
    found = {
        f"{label} title": ("zawgyi", True),
        f"{label} body.{count - 2}.text": ("zawgyi", True),
        f"{label} body.{count - 1}": ("zawgyi", True),
    }
    assert faults(apply=True) == found
    page = lesson()
    assert (page.title, page.body[count - 2].value["text"], page.body[count - 1].value.source) == (
        UNICODE,
        UNICODE,
        f"<p><b>{UNICODE}</b></p>",
    )
    assert (page.latest_revision_id > last, page.live, page.has_unpublished_changes) == (True, True, False)
    assert (faults(), [one["id"] for one in page.body.raw_data][:3]) == (
        {},
        [one["id"] for one in lesson().body.raw_data][:3],
    )


def test_a_page_with_unpublished_changes_gets_a_draft_and_stays_as_it_is_for_readers():
    stale_lesson()
    page = lesson()
    page.body.append(("key_point", {"text": "unpublished", "source": "s"}))
    page.save_revision()
    page = lesson()
    revision = page.latest_revision
    revision.content["title"] = f"{ZAWGYI} {ZAWGYI}"
    revision.save()
    told = faults(apply=True)
    label = f"courses.LessonPage {page.pk}"
    assert (told[f"{label} title"], told[f"{label} title (live)"]) == (("zawgyi", True), ("zawgyi", False))
    page = lesson()
    assert (page.title, page.get_latest_revision_as_object().title) == (ZAWGYI, f"{UNICODE} {UNICODE}")
    assert page.has_unpublished_changes


def test_a_page_that_was_never_live_gets_a_draft():
    parent = lesson().get_parent()
    page = parent.add_child(
        instance=LessonPage(title="t", slug="t", code="M01.L9", minutes=9, live=False, locale=parent.locale)
    )
    revision = page.save_revision()
    revision.content["title"] = ZAWGYI
    revision.save()
    assert faults(apply=True) == {f"courses.LessonPage {page.pk} title": ("zawgyi", True)}
    page = LessonPage.objects.get(pk=page.pk)
    assert (page.live, page.get_latest_revision_as_object().title, faults()) == (False, UNICODE, {})


def test_a_fact_of_the_register_and_a_translation_are_mended():
    fact = Fact.objects.filter(locale__language_code="my").first()
    stale(Fact, fact.pk, text=f"{ZAWGYI}\n\n\n{ZAWGYI}")
    source, _made = TranslationSource.update_or_create_from_instance(lesson())
    translation = StringTranslation.objects.filter(
        locale__language_code="my", translation_of__in=source.stringsegment_set.values("string")
    ).first()
    StringTranslation.objects.filter(pk=translation.pk).update(data=f"<b>{ZAWGYI}</b>")
    assert faults(apply=True) == {
        f"content.Fact {fact.pk} text": ("zawgyi", True),
        f"wagtail_localize.StringTranslation {translation.pk} data": ("zawgyi", True),
    }
    fact.refresh_from_db()
    translation.refresh_from_db()
    assert (fact.text, translation.data) == (f"{UNICODE}\n\n{UNICODE}", f"<b>{UNICODE}</b>")


def test_a_translation_into_another_language_is_not_looked_at():
    source, _made = TranslationSource.update_or_create_from_instance(lesson())
    segment = source.stringsegment_set.first()
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=Locale.objects.create(language_code="shn"), data=ZAWGYI
    )  # fmt: skip
    assert faults() == {}


def test_a_published_item_is_mended_as_a_new_version_and_the_former_one_is_only_told():
    item = Item.objects.filter(locale__language_code="my", live=True).first()
    stale(Item, item.pk, stem=ZAWGYI)
    made = ItemVersion.objects.create(
        item_key=item.translation_key, number=99, code=item.code, kind=item.kind, use=item.use, objective=item.objective, difficulty=1,
        key={}, texts={"my": {"stem": ZAWGYI, "options": {"a": "ခ့ဲ"}}}, sha256="x", published_at=datetime(2026, 11, 24, tzinfo=UTC),
    )  # fmt: skip
    told = mend(apply=True)
    assert {fault.place: (fault.code, fault.mended) for fault in told.faults if str(made.pk) in fault.place} == {
        f"assessments.ItemVersion {made.pk} texts.my.stem": ("zawgyi", False),
        f"assessments.ItemVersion {made.pk} texts.my.options.a": ("tidied", False),
    }
    item.refresh_from_db()
    newest = ItemVersion.objects.filter(item_key=item.translation_key).order_by("number").last()
    assert (item.stem, newest.number > 99, newest.texts["my"]["stem"]) == (UNICODE, True, UNICODE)
    assert ItemVersion.objects.get(pk=made.pk).texts["my"]["stem"] == ZAWGYI


def test_the_tables_of_facts_are_known_by_their_triggers():
    assert {"assessments_itemversion", "certificates_certificateevent", "courses_completion"} <= append_only.tables(
        connection
    )
    assert "people_person" not in append_only.tables(connection)
