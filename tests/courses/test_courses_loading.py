"""Loading the authored files again and again: what changed comes in, what people changed stays."""

import pytest
from django.utils import translation
from wagtail_localize.models import StringTranslation

from assessments.models import Item, ItemVersion
from content.models import Fact
from courses.models import LessonPage
from tests.content.authoring import SMALL, copied, edit
from tests.courses.lessons import add_lesson, address, load, page
from tests.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db

LESSON, LEFT = "C1/M01/1-one.md", "left alone, changed by an editor"


@pytest.fixture
def root(tmp_path):
    return copied(tmp_path)


@pytest.fixture
def all_of_it() -> int:
    """How many records the small curriculum has, with translations."""
    return load(SMALL)["unchanged"]


def retitled(code: str, title: str, *, publish: bool = True) -> None:
    """An editor gives a lesson another title."""
    lesson = page(code).get_latest_revision_as_object()
    lesson.title = title
    revision = lesson.save_revision()
    if publish:
        revision.publish()


def restated(code: str, stem: str, *, publish: bool = True) -> None:
    """An editor puts a question differently."""
    item = Item.objects.get(code=code, locale__language_code="en")
    item.stem = stem
    revision = item.save_revision()
    if publish:
        revision.publish()


def test_a_second_load_changes_nothing():
    before = [LessonPage.objects.count(), Item.objects.count(), ItemVersion.objects.count(), page("M01.L1").latest_revision_id]
    said = load(SMALL)
    assert set(said) == {"unchanged"}
    assert said["unchanged"] > 30
    after = [LessonPage.objects.count(), Item.objects.count(), ItemVersion.objects.count(), page("M01.L1").latest_revision_id]
    assert after == before


def test_a_check_of_the_files_writes_nothing(root, all_of_it):
    edit(root, LESSON, "title: Lesson one of M01", "title: Another title")
    from django.core.management import call_command

    call_command("load_curriculum", str(root), "--check")
    assert page("M01.L1").title == "Lesson one of M01"
    assert load(SMALL) == {"unchanged": all_of_it}


# --- What changed in the files -----------------------------------------------------------------------------------------


def test_a_lesson_that_changed_in_the_files_and_nowhere_else_is_updated(root, all_of_it):
    edit(root, LESSON, "minutes: 10", "minutes: 12")
    said = load(root)
    assert (said["updated"], said["unchanged"]) == (2, all_of_it - 2)  # with its Burmese
    assert (page("M01.L1").minutes, page("M01.L1", "my").minutes) == (12, 12)


def test_an_item_that_changed_in_the_files_gets_a_new_version_in_both_languages(root):
    edit(root, "C1/M01/items.yaml", "Question MIG-M01.O1-101?", "Which one?")
    edit(root, "C1/M01/my.po", 'msgid "Question MIG-M01.O1-101?"\nmsgstr "မြန်မာ Question MIG-M01.O1-101?"', 'msgid "Which one?"\nmsgstr "ဘယ်ဟာလဲ။"')  # fmt: skip
    load(root)
    newest = ItemVersion.objects.filter(code="MIG-M01.O1-101").order_by("-number").first()
    assert [newest.text_in(language)["stem"] for language in ("en", "my")] == ["Which one?", "ဘယ်ဟာလဲ။"]


def test_a_fact_that_changed_in_the_files_is_updated(root):
    edit(root, "facts.yaml", "Nobody may be returned to serious harm.", "Nobody is returned to serious harm.")
    load(root)
    assert Fact.objects.get(code="R5", locale__language_code="en").text == "Nobody is returned to serious harm."


def test_a_translation_that_changed_in_the_files_is_updated(root):
    edit(root, "C1/M01/my.po", 'msgstr "မြန်မာ Lesson one of M01"', 'msgstr "ပထမ သင်ခန်းစာ"')
    said = load(root)
    assert (said["updated"], page("M01.L1", "my").title) == (1, "ပထမ သင်ခန်းစာ")


def test_a_lesson_added_to_the_files_comes_after_the_others_of_its_module(root):
    add_lesson(root)
    assert load(root)["created"] == 2
    assert [child.title for child in page("M01.L1").get_parent().get_children()] == [
        "Lesson one of M01", "Lesson two of M01", "Lesson three of M01"]  # fmt: skip


# --- What an editor changed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("publish", [True, False], ids=["published", "as a draft"])
def test_a_lesson_that_an_editor_changed_is_left_alone_and_told(publish, root):
    retitled("M01.L1", "The editor's title", publish=publish)
    edit(root, LESSON, "minutes: 10", "minutes: 12")
    assert load(root)[LEFT] == ["lesson:M01.L1:en"]
    latest = page("M01.L1").get_latest_revision_as_object()
    assert (latest.title, latest.minutes) == ("The editor's title", 10)


@pytest.mark.parametrize("publish", [True, False], ids=["published", "as a draft"])
def test_an_item_that_an_editor_changed_is_left_alone_and_told(publish, root):
    restated("MIG-M01.O1-101", "The editor's question?", publish=publish)
    edit(root, "C1/M01/items.yaml", "Question MIG-M01.O1-101?", "The file's question?")
    assert load(root)[LEFT] == ["item:MIG-M01.O1-101:en"]
    item = Item.objects.get(code="MIG-M01.O1-101", locale__language_code="en").get_latest_revision_as_object()
    assert item.stem == "The editor's question?"


def test_a_draft_that_an_editor_left_is_not_published_by_a_load(root):
    retitled("M01.L1", "The editor's title", publish=False)
    edit(root, LESSON, "minutes: 10", "minutes: 12")
    load(root)
    assert page("M01.L1").title == "Lesson one of M01"


def test_a_fact_that_somebody_approved_is_left_alone_and_told(root):
    Fact.objects.filter(code="R5", locale__language_code="en").update(status="approved", reviewer="U Ba")
    edit(root, "facts.yaml", "Nobody may be returned to serious harm.", "Nobody is returned to serious harm.")
    assert load(root)[LEFT] == ["fact:R5:en"]
    fact = Fact.objects.get(code="R5", locale__language_code="en")
    assert (fact.status, fact.text) == ("approved", "Nobody may be returned to serious harm.")


def test_what_an_editor_changed_is_told_at_every_load(root):
    retitled("M01.L1", "The editor's title")
    assert [load(root)[LEFT], load(root)[LEFT]] == [["lesson:M01.L1:en"]] * 2


def test_by_force_the_files_win_over_the_editor(root):
    retitled("M01.L1", "The editor's title")
    restated("MIG-M01.O1-101", "The editor's question?")
    Fact.objects.filter(code="R7", locale__language_code="en").update(text="The editor's fact.")
    said = load(root, force=True)
    item = Item.objects.get(code="MIG-M01.O1-101", locale__language_code="en")
    fact = Fact.objects.get(code="R7", locale__language_code="en")
    assert (LEFT in said, page("M01.L1").title, item.stem, fact.text) == (
        False, "Lesson one of M01", "Question MIG-M01.O1-101?", "Borders are not outside human rights.")  # fmt: skip


def test_after_force_the_next_load_changes_nothing(root, all_of_it):
    retitled("M01.L1", "The editor's title")
    load(root, force=True)
    assert load(root) == {"unchanged": all_of_it}


# --- What a translator changed -----------------------------------------------------------------------------------------


def retranslated(text: str) -> None:
    """A translator gives the title of the first lesson another Burmese in Wagtail, and publishes it."""
    one = StringTranslation.objects.get(translation_of__data="Lesson one of M01", locale__language_code="my")
    one.data, one.tool_name = text, ""
    one.save()
    from wagtail_localize.models import TranslationSource

    source = TranslationSource.objects.get_for_instance(page("M01.L1"))
    source.translations.get(target_locale=one.locale).save_target(publish=True)


def test_what_a_translator_wrote_is_kept_when_the_lesson_changes_in_the_files(root):
    retranslated("ဘာသာပြန်သူ၏ ခေါင်းစဉ်")
    edit(root, LESSON, "minutes: 10", "minutes: 12")
    load(root)
    assert (page("M01.L1", "my").title, page("M01.L1", "my").minutes) == ("ဘာသာပြန်သူ၏ ခေါင်းစဉ်", 12)


def test_what_a_translator_wrote_is_kept_when_the_same_text_changes_in_the_translation_file(root):
    retranslated("ဘာသာပြန်သူ၏ ခေါင်းစဉ်")
    edit(root, "C1/M01/my.po", 'msgstr "မြန်မာ Lesson one of M01"', 'msgstr "ပထမ သင်ခန်းစာ"')
    load(root)
    assert page("M01.L1", "my").title == "ဘာသာပြန်သူ၏ ခေါင်းစဉ်"


def test_by_force_the_files_win_over_the_translator(root):
    retranslated("ဘာသာပြန်သူ၏ ခေါင်းစဉ်")
    load(root, force=True)
    assert page("M01.L1", "my").title == "မြန်မာ Lesson one of M01"


# --- What is not translated ----------------------------------------------------------------------------------------------


def test_a_lesson_with_one_text_not_translated_stays_english_and_is_told(root):
    add_lesson(root, translated=False)
    assert load(root)["not translated in full, shown in English"] == ["lesson:M01.L3:my"]
    assert LessonPage.objects.filter(code="M01.L3", locale__language_code="my").count() == 0


def test_on_the_burmese_page_of_such_a_lesson_stands_the_english_with_a_notice(root, sign_in):
    add_lesson(root, translated=False)
    load(root)
    officer = sign_in(EnrolmentFactory().person)
    shown = officer.get(address("M01.L3", "my")).content.decode()
    with translation.override("my"):
        notice = translation.gettext("This text is not translated yet. It is shown in English.")
    assert notice != "This text is not translated yet. It is shown in English."
    assert (notice in shown, '<div class="prose" lang="en">' in shown, "A rule of M01 three." in shown) == (True,) * 3


def test_once_its_last_text_is_translated_the_lesson_is_burmese(root, sign_in):
    add_lesson(root, translated=False)
    load(root)
    edit(root, "C1/M01/my.po", 'msgid "A rule of M01 three."\nmsgstr ""', 'msgid "A rule of M01 three."\nmsgstr "စည်းမျဉ်း"')
    load(root)
    shown = sign_in(EnrolmentFactory().person).get(address("M01.L3", "my")).content.decode()
    assert ('<div class="prose" lang="my">' in shown, "စည်းမျဉ်း" in shown) == (True, True)


def test_a_lesson_that_gets_a_new_text_keeps_its_burmese_and_is_told(root):
    edit(root, LESSON, "Closing text of M01 one.", "Closing text of M01 one.\n\nNot translated.")
    assert load(root)["not translated in full, shown in English"] == ["lesson:M01.L1:my"]
    assert page("M01.L1", "my").title == "မြန်မာ Lesson one of M01"
