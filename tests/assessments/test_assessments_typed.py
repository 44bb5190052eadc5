"""What is typed: numbers, words in each language, gaps in the order of each language, and when they are published."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from assessments import kinds
from assessments.kinds import KINDS
from assessments.kinds.numeric import number
from assessments.kinds.shorttext import forms, sounds_like
from assessments.models import Item, ItemVersion
from content.translation import work
from myanmar.digits import format_number, to_myanmar_digits
from tests.assessments.parts_items import CLOZE, NUMERIC, SHORTTEXT
from tests.assessments.test_assessments_parts import CODE, published


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("၁၂", "12"),
        ("၁ဝ", "10"),
        ("ဝ.၅", "0.5"),
        ("ဝ", "0"),
        ("၁,ဝဝဝ", "1000"),
        ("1,234,567.8", "1234567.8"),
        (" 12 km", "12"),
        ("၁၂ ကီလိုမီတာ", "12"),
        ("70%", "70"),
        ("+3", "3"),
        ("−3", "-3"),
        ("1,5", None),
        ("12 34", None),
        ("12 or 13", None),
        (".5.", None),
        ("ဝင်", None),
        ("km 12", None),
        ("", None),
        ("1e5", None),
        ("nan", None),
    ],
)
def test_a_number_is_read_in_both_kinds_of_digits_with_its_unit_and_nothing_is_guessed(typed, meant):
    assert number(typed) == (None if meant is None else Decimal(meant))


@settings(deadline=None)
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3), st.sampled_from(["my", "latn"]))
def test_every_number_is_read_as_it_is_printed(value, digits):
    assert number(format_number(value, digits=digits)) == value


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=2000, places=1))
def test_a_number_counts_up_to_the_tolerance_and_not_beyond(value):
    is_near = abs(value - Decimal("1234.5")) <= Decimal("0.5")
    assert (kinds.score("numeric", NUMERIC.key(), [to_myanmar_digits(str(value))]) == 1) == is_near


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("လူကုန်ကူးမှု", "လူ ကုန် ကူး မှု ။"),
        ("ခဲ့", "ခ့ဲ"),  # marks in another order
        ("ဝါ", "ဝာ"),
        ("မြန်မာ", "ျမန္မာ"),  # typed in Zawgyi
        ("၁၉၅၁ refugee convention", "1951  Refugee-Convention."),
    ],
)
def test_two_ways_to_type_the_same_are_one_answer(one, other):
    assert not forms(one).isdisjoint(forms(other))


def test_what_only_sounds_the_same_is_no_answer_and_is_told():
    assert forms("ဒုက္ခသည်").isdisjoint(forms("ဒုက္ခသယ်"))
    assert sounds_like("ဒုက္ခသယ်", "asylum / ဒုက္ခသည်")
    assert not sounds_like("…", "…")


# --- Several languages ----------------------------------------------------------------------------------------------------


def translated(version: ItemVersion, words: dict[str, str]) -> ItemVersion:
    """The version once every text of the item has a Burmese one; those not named are marked as Burmese."""
    source, my = work.source_of(version.item_key), Locale.objects.get(language_code="my")
    lines = work.lines_of(source, my)
    texts = {line.key: words.get(line.source, f"မြန်မာ {line.source}") for line in lines}
    work.save_texts(source, my, texts, by=None)
    from django.test import TestCase
    from django.utils import timezone

    with TestCase.captureOnCommitCallbacks(execute=True):
        work.publish(source, my, by=None, at=timezone.now(), is_reviewed=False)
    return ItemVersion.objects.filter(code=CODE).latest("number")


SHORT_IN_BURMESE = {"human trafficking / trafficking in persons / လူကုန်ကူးမှု": "လူကုန်ကူးမှု / လူကုန်ကူးခြင်း"}
CLOZE_IN_BURMESE = {
    "Ask [[1]] before [[2]].<br/><br/>Then write [[3]].": "[[3]] ရေးပါ။ [[2]] မီ [[1]] မေးပါ။",
    "you search / searching": "မရှာ / မရှာဖွေ",
}


@pytest.mark.django_db
def test_the_answers_of_every_language_count_in_whatever_language_one_reads():
    version = translated(published(SHORTTEXT), SHORT_IN_BURMESE)
    assert sorted(version.key["accepted"]) == ["en", "my"]
    given = ["လူကုန်ကူးခြင်း", "Human trafficking", "ဒုက္ခသည်"]
    assert [kinds.score("shorttext", version.key, [one]) for one in given] == [1, 1, 0]
    shown = KINDS["shorttext"].judged(version.key, version.text_in("my"), [], ["ဒုက္ခသည်"])
    assert shown["parts"][0]["wanted"] == "လူကုန်ကူးမှု / လူကုန်ကူးခြင်း"


@pytest.mark.django_db
def test_gaps_stand_where_each_language_has_them_and_a_response_means_the_same_gaps():
    version = translated(published(CLOZE), CLOZE_IN_BURMESE)
    kind = KINDS["cloze"]
    order = kind.order(version.key, None)

    def gaps(language):
        pieces = kind.question(version.key, version.text_in(language), order, [])["pieces"]
        return [(one["gap"]["id"], one["gap"]["number"]) for one in pieces if "gap" in one]

    assert gaps("en") == [("1", 1), ("2", 2), ("3", 3)]
    assert gaps("my") == [("3", 1), ("2", 2), ("1", 3)]
    in_burmese = kinds.read("cloze", ["~3:", "it down", "~2:", "မရှာဖွေ", "1:x"])
    assert kinds.score("cloze", version.key, in_burmese) == 1


def test_a_gap_that_a_translation_lost_or_doubled_can_be_filled_once():
    kind, key = KINDS["cloze"], CLOZE.key()
    texts = kind.texts(CLOZE.block) | {"text": "A [[2]] b [[2]] c [[9]]"}
    pieces = kind.question(key, texts, kind.order(key, None), [])["pieces"]
    assert [one["gap"]["id"] for one in pieces if "gap" in one] == ["2", "1", "3"]


@pytest.mark.django_db
def test_a_reworded_stem_waits_for_its_translation_and_new_accepted_answers_do_not():
    version = translated(published(SHORTTEXT), SHORT_IN_BURMESE)
    item = Item.objects.get(code=CODE, locale__language_code="en")
    item.stem = "What else is it called?"
    item.save_revision().publish()
    assert ItemVersion.objects.filter(code=CODE).latest("number") == version
    item.question[0].value["answers"][0]["text"] = "trafficking"
    item.save_revision().publish()
    newest = ItemVersion.objects.filter(code=CODE).latest("number")
    assert (newest.number, newest.key["accepted"]) == (
        version.number + 1,
        {"en": {"a": "trafficking", "b": "smuggling"}},
    )
