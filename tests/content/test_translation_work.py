"""What happens to a translation when its source changes, when it is decided upon, and when a page is edited by itself."""

import pytest
from django.test import TestCase
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale

from assessments.models import Item, ItemVersion
from content import errors
from content.authored import read_curriculum
from content.models import Fact, GlossaryTerm, TranslationPublication, TranslationReview
from content.translation import work
from content.translation.lines import word_changes
from content.translation.states import sources_for, state, states
from courses.catalogue import catalogue
from courses.loading import load
from courses.models import LessonPage, ModulePage
from tests.conftest import CURRICULUM
from tests.factories import PersonFactory
from tests.translating import translate

pytestmark = pytest.mark.django_db
FIRST = "Text of M01 one."


@pytest.fixture
def my():
    return Locale.objects.get(language_code="my")


def lesson(language="en", code="M01.L1"):
    return LessonPage.objects.get(code=code, locale__language_code=language)


def reword(old, new, code="M01.L1", language="en"):
    """An editor changes a word in a lesson and publishes it."""
    page = lesson(language, code).get_latest_revision_as_object()
    raw = page._meta.get_field("body").value_to_string(page)
    assert old in raw or old in page.title
    page.body = page._meta.get_field("body").to_python(raw.replace(old, new))
    page.title = page.title.replace(old, new)
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    return page


def source(code="M01.L1"):
    return work.source_of(lesson(code=code).translation_key)


def texts(language="my", code="M01.L1"):
    """Title and rendered text as readers have it."""
    page = lesson(language, code)
    return page.title + " " + " ".join(str(block.render({"page": page, "language": language})) for block in page.body if block.block_type != "check")  # fmt: skip


def notice(language="my", code="M01.L1"):
    return next(one for _module, one in catalogue(language).by_code["C1"].lessons if one.code == code).notice


def fill(locale, code="M01.L1", prefix="ဘာသာပြန် ", by=None):
    """A translator fills every open sentence."""
    found = source(code)
    open_lines = {line.key: prefix + line.source for line in work.lines_of(found, locale) if not line.is_done}
    return work.save_texts(found, locale, open_lines, by=by)


def sign(locale, *, by, step="translator", verdict="approved", note="", code="M01.L1", sha256=None):
    found = source(code)
    with TestCase.captureOnCommitCallbacks(execute=True):
        return work.decide(
            found, locale, step, verdict, sha256=sha256 or state(found, locale).sha256, note=note, by=by, at=timezone.now()
        )  # fmt: skip


# --- The source changes ---------------------------------------------------------------------------------------------------


def test_readers_keep_the_former_translation_whole_when_a_sentence_of_the_source_changes(my):
    before = texts()
    reword("Lesson one", "The first lesson")
    assert (texts(), notice()) == (before, "outdated")
    assert "The first lesson" not in texts()


def test_the_translator_sees_which_sentence_changed_with_its_former_translation(my):
    former = lesson("my").title
    reword("Lesson one", "The first lesson")
    with override("en"):
        changed = [line for line in work.lines_of(source(), my) if line.former]
    assert [(line.place, line.source, line.target, line.former) for line in changed] == [
        ("Title", "The first lesson of M01", "", ("Lesson one of M01", former))
    ]
    assert changed[0].changes == [("gone", "Lesson one"), ("new", "The first lesson"), ("same", "of M01")]


def test_a_paragraph_that_was_taken_out_of_the_source_goes_from_the_translation_too(my):
    page = lesson().get_latest_revision_as_object()
    kept = [child for child in page.body.raw_data if child["type"] != "key_point"]
    assert len(kept) < len(page.body.raw_data)
    page.body = page._meta.get_field("body").to_python(__import__("json").dumps(kept))
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    assert [child.block_type for child in lesson("my").body] == [child["type"] for child in kept]
    assert notice() == "draft"  # as before: nobody reviewed it


def test_a_number_that_is_the_same_in_every_language_follows_at_once(my):
    page = lesson().get_latest_revision_as_object()
    page.minutes = 14
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    assert (lesson("my").minutes, notice()) == (14, "draft")


def test_a_reviewed_translation_stays_reviewed_when_nothing_it_says_changed(my):
    translate(lesson(), reviewed=True)
    page = lesson().get_latest_revision_as_object()
    page.minutes = 14
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    assert notice() == ""


def test_a_translation_that_was_taken_down_does_not_come_back_by_itself(my):
    lesson("my").unpublish()
    page = lesson().get_latest_revision_as_object()
    page.minutes = 14
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    assert lesson("my").live is False


def test_a_fact_reworded_waits_for_its_translation(my):
    fact = Fact.objects.get(code="R7", locale__language_code="en")
    before = Fact.objects.get(code="R7", locale=my).text
    fact.text = "Quite another sentence."
    fact.save()
    assert Fact.objects.get(code="R7", locale=my).text == before
    assert state(work.source_of(fact.translation_key), my).live_as == "stale"


def test_an_exam_question_reworded_is_asked_only_once_its_translation_followed(my):
    item = Item.objects.get(code="MIG-M01.O1-001", locale__language_code="en")
    before = ItemVersion.objects.filter(code=item.code).count()
    item.stem = "A clearer question?"
    item.save_revision().publish()
    assert ItemVersion.objects.filter(code=item.code).count() == before
    translate(item)
    newest = ItemVersion.objects.filter(code=item.code).order_by("number").last()
    assert {language: text["stem"] for language, text in newest.texts.items()} == {
        "en": "A clearer question?", "my": "မြန်မာ A clearer question?"
    }  # fmt: skip


def test_a_wrong_key_is_put_right_without_waiting(my):
    item = Item.objects.get(code="MIG-M01.O1-001", locale__language_code="en")
    for number, option in enumerate(item.options):
        option.value["correct"] = number == 1
    with TestCase.captureOnCommitCallbacks(execute=True):
        item.save_revision().publish()
    newest = ItemVersion.objects.filter(code=item.code).order_by("number").last()
    assert (list(newest.key.values()).index(True), sorted(newest.texts)) == (1, ["en", "my"])


# --- Decisions ------------------------------------------------------------------------------------------------------------


def test_a_translation_goes_live_with_the_last_approval_and_not_before(my):
    reword("Lesson one", "The first lesson")
    translator, subject = PersonFactory(), PersonFactory()
    fill(my, by=translator)
    assert state(source(), my).stage == "translator"
    assert sign(my, by=translator).stage == "subject"
    assert (notice(), "The first lesson" in texts()) == ("outdated", False)
    after = sign(my, by=subject, step="subject")
    assert (after.stage, after.live_as, notice(), lesson("my").title) == ("done", "reviewed", "", "ဘာသာပြန် The first lesson of M01")  # fmt: skip


def test_a_text_that_states_law_needs_a_lawyer_as_well(my):
    Fact.objects.filter(code="R7").update(flags="L")
    page = lesson().get_latest_revision_as_object()
    page.body.append(("fact", {"fact": "R7"}))
    page.title += "!"
    page.save_revision().publish()
    fill(my)
    assert sign(my, by=PersonFactory()).stage == "subject"
    assert sign(my, by=PersonFactory(), step="subject").stage == "legal"
    assert sign(my, by=PersonFactory(), step="legal").live_as == "reviewed"


def test_nobody_reviews_what_they_translated_or_signed(my):
    translator = PersonFactory()
    reword("Lesson one", "The first lesson")
    fill(my, by=translator)
    sign(my, by=PersonFactory())
    with pytest.raises(errors.OwnWork):
        sign(my, by=translator, step="subject")
    signer = TranslationReview.objects.get().reviewed_by
    with pytest.raises(errors.OwnWork):
        sign(my, by=signer, step="subject")


def test_a_change_after_an_approval_asks_for_every_decision_again(my):
    reword("Lesson one", "The first lesson")
    fill(my)
    sign(my, by=PersonFactory())
    line = work.lines_of(source(), my)[0]
    work.save_texts(source(), my, {line.key: "အခြားစာ"}, by=None)
    assert (state(source(), my).stage, state(source(), my).decisions) == ("translator", ())


def test_who_decides_about_another_text_than_the_present_one_is_told_so(my):
    reword("Lesson one", "The first lesson")
    fill(my)
    read = state(source(), my).sha256
    line = work.lines_of(source(), my)[0]
    work.save_texts(source(), my, {line.key: "အခြားစာ"}, by=None)
    with pytest.raises(errors.TextChanged):
        sign(my, by=PersonFactory(), sha256=read)
    assert TranslationReview.objects.count() == 0


def test_a_gap_cannot_be_signed_or_published(my):
    reword("Lesson one", "The first lesson")
    with pytest.raises(errors.NotComplete):
        sign(my, by=PersonFactory())
    with pytest.raises(errors.NotComplete):
        work.publish(source(), my, by=None, at=timezone.now(), is_reviewed=True)
    assert "The first lesson" not in texts()


def test_what_was_sent_back_begins_anew_and_needs_a_reason(my):
    reword("Lesson one", "The first lesson")
    fill(my)
    sign(my, by=PersonFactory())
    with pytest.raises(errors.NoteNeeded):
        sign(my, by=PersonFactory(), step="subject", verdict="returned")
    after = sign(my, by=PersonFactory(), step="subject", verdict="returned", note="The title is too long.")
    assert (after.stage, after.waits_for, after.returned.note) == ("returned", "translator", "The title is too long.")


def test_a_draft_that_is_live_becomes_reviewed_without_being_published_again(my):
    revision = lesson("my").live_revision_id
    sign(my, by=PersonFactory())
    sign(my, by=PersonFactory(), step="subject")
    assert (notice(), lesson("my").live_revision_id) == ("", revision)


def test_a_text_that_its_place_refuses_is_reported_and_readers_keep_what_they_had(my):
    term = GlossaryTerm.objects.get(code="border", locale=my)
    found = work.source_of(term.translation_key)
    line = next(line for line in work.lines_of(found, my) if line.path == "term")
    work.save_texts(found, my, {line.key: "က" * 220}, by=None)
    with pytest.raises(errors.Unpublishable):
        work.publish(found, my, by=None, at=timezone.now(), is_reviewed=True)
    assert GlossaryTerm.objects.get(pk=term.pk).term == term.term


# --- Another language -------------------------------------------------------------------------------------------------------


def test_a_language_added_by_an_administrator_needs_no_release():
    shan = Locale.objects.create(language_code="shn")
    assert {one.stage for one in states(sources_for(shan), shan)} == {"none"}
    for model, code in ((LessonPage, "M01.L1"), (ModulePage, "M01")):
        translate(model.objects.get(code=code, locale__language_code="en"), "shn", prefix="ၽႃႇသႃႇ ")
    course = catalogue("shn").by_code["C1"]
    assert [str(one.title) for _module, one in course.lessons if one.language == "shn"] == ["ၽႃႇသႃႇ Lesson one of M01"]
    assert (course.title.language, course.modules[0].title.language) == ("my", "shn")


def test_a_page_put_live_in_a_new_language_leaves_the_tree_whole():
    from wagtail.models import Page

    Locale.objects.create(language_code="shn")
    translate(lesson(), "shn", prefix="ၽႃႇသႃႇ ")
    assert [list(problems) for problems in Page.find_problems()] == [[], [], [], [], []]
    assert lesson("shn").get_parent().locale.language_code == "shn"
    assert [one.language for _module, one in catalogue("shn").by_code["C1"].lessons][:2] == ["shn", "my"]


def test_a_lesson_written_in_burmese_is_translated_into_english(my):
    module = ModulePage.objects.get(code="M01", locale=my)
    page = LessonPage(
        title="မြန်မာဖြင့်ရေးသော သင်ခန်းစာ", slug="by-hand", code="M01.L9", minutes=8, locale=my, objectives=[]
    )
    page.body = page._meta.get_field("body").to_python('[{"type": "text", "value": "<p>ပထမစာပိုဒ်</p>"}]')
    module.add_child(instance=page)
    page.save_revision().publish()
    english = Locale.objects.get(language_code="en")
    assert page.translation_key in {one.object_id for one in sources_for(english)}
    translate(page, "en", prefix="In English: ")
    shown = next(one for _module, one in catalogue("en").by_code["C1"].lessons if one.code == "M01.L9")
    assert (str(shown.title), shown.language, shown.notice) == ("In English: မြန်မာဖြင့်ရေးသော သင်ခန်းစာ", "en", "draft")


# --- A page that is edited by itself ----------------------------------------------------------------------------------------


def test_what_was_written_on_a_page_edited_by_itself_is_taken_over_and_not_overwritten(my):
    work.detach(source(), my)
    by_hand = reword("မြန်မာ Lesson one", "လက်ရေးခေါင်းစဉ်", language="my")
    back = work.absorb(source(), my, by=None)
    assert (back.taken, back.unplaced, work.is_detached(source(), my)) == (1, (), False)
    reword("Closing text of M01 one.", "Another end.")
    fill(my)
    with TestCase.captureOnCommitCallbacks(execute=True):
        work.publish(source(), my, by=None, at=timezone.now(), is_reviewed=False)
    assert lesson("my").title == by_hand.title


def test_a_paragraph_that_only_the_page_has_is_named_when_it_is_taken_up_again(my):
    work.detach(source(), my)
    page = lesson("my").get_latest_revision_as_object()
    page.body.append(("text", __import__("wagtail.rich_text", fromlist=["RichText"]).RichText("<p>ထပ်ထည့်သောစာ</p>")))
    page.save_revision().publish()
    assert work.absorb(source(), my, by=None).unplaced == ("ထပ်ထည့်သောစာ",)


def test_a_page_that_is_edited_by_itself_is_not_published_from_sentences(my):
    work.detach(source(), my)
    reword("မြန်မာ Lesson one", "လက်ရေးခေါင်းစဉ်", language="my")
    page = lesson().get_latest_revision_as_object()
    page.minutes = 14
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    assert lesson("my").title.startswith("လက်ရေးခေါင်းစဉ်")


def test_neither_a_decision_nor_the_authored_files_overwrite_a_page_that_is_edited_by_itself(my):
    work.detach(source(), my)
    by_hand = reword("မြန်မာ Lesson one", "လက်ရေးခေါင်းစဉ်", language="my").title
    reword("Lesson one", "The first lesson")
    fill(my)
    with pytest.raises(errors.EditedByItself):
        sign(my, by=PersonFactory())
    with pytest.raises(errors.EditedByItself):
        work.publish(source(), my, by=None, at=timezone.now(), is_reviewed=False)
    with TestCase.captureOnCommitCallbacks(execute=True):
        load(read_curriculum(CURRICULUM), at=timezone.now(), force=True)
    assert lesson("my").title == by_hand


# --- Figures ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("objects", [1, 12])
def test_states_cost_the_same_for_any_number_of_objects_of_a_kind(objects, my, django_assert_max_num_queries):
    items = [one for one in sources_for(my) if one.specific_content_type.model == "item"][:objects]
    with django_assert_max_num_queries(
        8
    ):  # segments, translations, fingerprints, publications, reviews, facts, the objects
        assert len(states(items, my)) == min(objects, len(items))


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "e"])), st.lists(st.sampled_from(["a", "b", "c", "d", "e"])))
def test_the_words_of_a_change_give_both_sentences_back(before, after):
    changes = word_changes(" ".join(before), " ".join(after))
    assert [w for kind, words in changes if kind != "gone" for w in words.split()] == after
    assert [w for kind, words in changes if kind != "new" for w in words.split()] == before


def test_every_loaded_translation_is_on_record_as_an_unreviewed_publication():
    assert set(TranslationPublication.objects.values_list("is_reviewed", flat=True)) == {False}
    my = Locale.objects.get(language_code="my")
    assert {one.live_as for one in states(sources_for(my), my)} <= {"draft", "none"}
