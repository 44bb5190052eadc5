"""Loading the authored files again: what changed in them comes in, what editors and translators changed stays."""

import pytest
from django.core.management import call_command
from django.utils import translation
from wagtail_localize.models import StringTranslation, TranslationSource

from assessments.models import Item, ItemVersion
from content.models import Fact, GlossaryTerm
from courses.models import LessonPage
from myanmar.collation import sort_key
from tests.content.authoring import SMALL, copied, edit
from tests.courses.lessons import add_lesson, address, load, page
from tests.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db

LESSON, PO = "C1/M01/1-one.md", "C1/M01/my.po"
LEFT, ENGLISH = "left alone, changed by an editor", "not translated in full, shown in English"
BOTH = pytest.mark.parametrize("publish", [True, False], ids=["published", "as a draft"])


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


def retranslated(text: str) -> None:
    """A translator gives the title of the first lesson another Burmese in Wagtail, and publishes it."""
    one = StringTranslation.objects.get(translation_of__data="Lesson one of M01", locale__language_code="my")
    one.data, one.tool_name = text, ""
    one.save()
    source = TranslationSource.objects.get_for_instance(page("M01.L1"))
    source.translations.get(target_locale=one.locale).save_target(publish=True)


def test_a_second_load_changes_nothing():
    def rows() -> list[int]:
        counts = [model.objects.count() for model in (LessonPage, Item, ItemVersion, StringTranslation)]
        return [*counts, page("M01.L1").latest_revision_id]

    before = rows()
    assert set(load(SMALL)) == {"unchanged"}
    assert rows() == before


def test_a_check_of_the_files_writes_nothing(root, all_of_it):
    edit(root, LESSON, "title: Lesson one of M01", "title: Another title")
    call_command("load_curriculum", str(root), "--check")
    assert load(SMALL) == {"unchanged": all_of_it}


def test_a_lesson_that_changed_in_the_files_and_nowhere_else_is_updated_in_both_languages(root, all_of_it):
    edit(root, LESSON, "minutes: 10", "minutes: 12")
    assert load(root) == {"updated": 2, "unchanged": all_of_it - 2}
    assert (page("M01.L1").minutes, page("M01.L1", "my").minutes) == (12, 12)


def test_an_item_that_changed_in_the_files_gets_a_new_version_in_both_languages(root):
    edit(root, "C1/M01/items.yaml", "Question MIG-M01.O1-101?", "Which one?")
    edit(root, PO, 'msgid "Question MIG-M01.O1-101?"\nmsgstr "မြန်မာ Question MIG-M01.O1-101?"', 'msgid "Which one?"\nmsgstr "ဘယ်ဟာလဲ။"')  # fmt: skip
    load(root)
    newest = ItemVersion.objects.filter(code="MIG-M01.O1-101").order_by("-number").first()
    assert [newest.text_in(language)["stem"] for language in ("en", "my")] == ["Which one?", "ဘယ်ဟာလဲ။"]


def test_a_text_that_is_marked_from_beginning_to_end_is_translated(root):
    old = 'msgid "first point of M01 one"\nmsgstr "မြန်မာ first point of M01 one"'
    edit(root, LESSON, "- first point of M01 one", "- **first point of M01 one**")
    edit(root, PO, old, 'msgid "**first point of M01 one**"\nmsgstr "**ပထမအချက်**"')
    assert ENGLISH not in load(root)
    (block,) = [one for one in page("M01.L1", "my").body if "ပထမအချက်" in str(one.value)]
    assert "<b>ပထမအချက်</b>" in str(block.value)


def test_a_translation_that_changed_in_the_files_is_updated(root):
    edit(root, PO, 'msgstr "မြန်မာ Lesson one of M01"', 'msgstr "ပထမ သင်ခန်းစာ"')
    assert (load(root)["updated"], page("M01.L1", "my").title) == (1, "ပထမ သင်ခန်းစာ")


@BOTH
def test_a_lesson_that_an_editor_changed_is_left_alone_and_told(publish, root):
    retitled("M01.L1", "The editor's title", publish=publish)
    edit(root, LESSON, "minutes: 10", "minutes: 12")
    assert load(root)[LEFT] == ["lesson:M01.L1:en"]
    latest = page("M01.L1").get_latest_revision_as_object()
    assert (latest.title, latest.minutes) == ("The editor's title", 10)


@BOTH
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


def test_by_force_the_files_win_over_the_editor_and_the_next_load_changes_nothing(root, all_of_it):
    retitled("M01.L1", "The editor's title")
    restated("MIG-M01.O1-101", "The editor's question?")
    load(root, force=True)
    item = Item.objects.get(code="MIG-M01.O1-101", locale__language_code="en")
    assert (page("M01.L1").title, item.stem) == ("Lesson one of M01", "Question MIG-M01.O1-101?")
    assert load(root) == {"unchanged": all_of_it}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [(LESSON, "minutes: 10", "minutes: 12"), (PO, 'msgstr "မြန်မာ Lesson one of M01"', 'msgstr "ပထမ သင်ခန်းစာ"')],
    ids=["the lesson changes", "the same text changes in the translation file"],
)
def test_what_a_translator_wrote_is_kept(file, old, new, root):
    retranslated("ဘာသာပြန်သူ၏ ခေါင်းစဉ်")
    edit(root, file, old, new)
    load(root)
    assert page("M01.L1", "my").title == "ဘာသာပြန်သူ၏ ခေါင်းစဉ်"


def test_by_force_the_files_win_over_the_translator(root):
    retranslated("ဘာသာပြန်သူ၏ ခေါင်းစဉ်")
    load(root, force=True)
    assert page("M01.L1", "my").title == "မြန်မာ Lesson one of M01"


def term(code: str, language: str) -> GlossaryTerm:
    """A term of the glossary in one language."""
    return GlossaryTerm.objects.get(code=code, locale__language_code=language)


def test_a_term_that_changed_in_the_files_is_updated_in_both_languages(root):
    edit(root, "glossary.yaml", "en: law, my: ဥပဒေ", "en: act of law, my: ဥပဒေအက်ဥပဒေ")
    assert load(root)["updated"] == 2
    assert (term("law", "en").term, term("law", "my").term) == ("act of law", "ဥပဒေအက်ဥပဒေ")
    assert term("law", "my").sort_key == sort_key("ဥပဒေအက်ဥပဒေ")


def test_what_a_term_is_in_burmese_is_not_what_the_same_word_becomes_in_a_lesson(root):
    edit(root, LESSON, "title: Lesson one of M01", "title: law")
    assert load(root)["shown in a translation older than the English"] == ["lesson:M01.L1:my"]
    assert page("M01.L1", "my").title != "ဥပဒေ"


def test_a_lesson_with_one_text_not_translated_is_told_and_shown_in_english_with_a_notice(root, sign_in):
    add_lesson(root, translated=False)
    assert load(root)[ENGLISH] == ["lesson:M01.L3:my"]
    shown = sign_in(EnrolmentFactory().person).get(address("M01.L3", "my")).content.decode()
    with translation.override("my"):
        notice = translation.gettext("This text is not translated yet. It is shown in %(name)s.") % {
            "name": translation.gettext("English")
        }
    assert (notice in shown, '<div class="prose" lang="en">' in shown, "not translated" in notice) == (
        True,
        True,
        False,
    )


def test_once_its_last_text_is_translated_the_lesson_is_burmese(root, sign_in):
    add_lesson(root, translated=False)
    load(root)
    edit(root, PO, 'msgid "A rule of M01 three."\nmsgstr ""', 'msgid "A rule of M01 three."\nmsgstr "စည်းမျဉ်း"')
    load(root)
    shown = sign_in(EnrolmentFactory().person).get(address("M01.L3", "my")).content.decode()
    assert ('<div class="prose" lang="my">' in shown, "စည်းမျဉ်း" in shown) == (True, True)
