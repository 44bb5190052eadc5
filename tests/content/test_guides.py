"""Facilitator guides: as authors write them, as editors keep them, as they are loaded and read."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils.translation import override
from wagtail.models import Locale

from content.authored import module_segments
from content.guides import guides
from content.models import FacilitatorGuide, Rubric
from tests.content.authoring import copied, edit, problems, shipped
from tests.factories import guide_of

FILE = "C1/M01/guide.yaml"
GUIDE = """minutes: 30
group: [3, 4]
aim: They sort the cards.
opening: You may sit out.
steps:
  - minutes: 10
    title: Opener
    what: Stand
      on the line.
    note: Let the highest rank speak last.
  - {minutes: 20, title: Cards, what: Sort the cards.}
materials:
  - {item: Set of cards, count: 2, per: group, printed: true}
slides:
  - {step: 1, title: Welcome, points: [One, Two]}
  - {step: 2, title: Now sort}
debrief: What will you do?
fallback: Read it aloud.
safety: No real cases.
answers:
  - {question: Card one, answer: Yes it is, why: Because}
"""
BURMESE = {
    "They sort the cards.": "ကတ်များကို ခွဲနိုင်သည်။",
    "You may sit out.": "မပါဘဲ နေနိုင်သည်။",
    "Opener": "အဖွင့်",
    "Stand on the line.": "မျဉ်းပေါ်တွင် ရပ်ပါ။",
    "Let the highest rank speak last.": "ရာထူးအမြင့်ဆုံးသူ နောက်ဆုံးမှ ပြောပါစေ။",
    "Cards": "ကတ်များ",
    "Sort the cards.": "ကတ်များကို ခွဲပါ။",
    "Set of cards": "ကတ်တစ်စုံ",
    "Welcome": "ကြိုဆိုပါသည်",
    "One": "တစ်",
    "Two": "နှစ်",
    "Now sort": "ယခု ခွဲပါ",
    "What will you do?": "ဘာလုပ်မလဲ။",
    "Read it aloud.": "အသံထွက်ဖတ်ပါ။",
    "No real cases.": "တကယ့်ဖြစ်ရပ် မသုံးရ။",
    "Card one": "ကတ် တစ်",
    "Yes it is": "ဟုတ်သည်",
    "Because": "အကြောင်းမှာ",
}


@pytest.fixture
def root(tmp_path) -> Path:
    """The small curriculum with a guide of M01."""
    root = copied(tmp_path)
    (root / FILE).write_text(GUIDE, encoding="utf-8")
    return root


def load(root: Path, *arguments: str) -> str:
    out = StringIO()
    call_command("load_curriculum", str(root), *arguments, stdout=out)
    return out.getvalue()


def translate(root: Path) -> None:
    """Give the guide its Burmese."""
    file = root / "C1/M01/my.po"
    entries = "".join(f'\nmsgid "{english}"\nmsgstr "{burmese}"\n' for english, burmese in BURMESE.items())
    file.write_text(file.read_text(encoding="utf-8") + entries, encoding="utf-8")


# --- As authors write them ------------------------------------------------------------------------------------------------

ERRORS = {
    "minutes that do not add up": ("minutes: 30", "minutes: 45", 1, "the steps take 30 minutes together, not 45"),
    "a step that takes no time": ("minutes: 20, title", "minutes: 0, title", 11, "a step takes 1 to 240 minutes"),
    "a step without words": (", what: Sort the cards.", "", 11, "'what' is missing"),
    "two steps of one name": ("title: Cards", "title: Opener", 5, "'Opener' stands twice in steps"),
    "a slide of a step that is not there": ("{step: 2, title", "{step: 3, title", 16, "the slide names step 3"),
    "slides out of order": ("{step: 1, title: Welcome, points: [One, Two]}\n  - {step: 2", "{step: 2, title: Welcome}\n  - {step: 1", 16, "the slide names step 1"),
    "a material for nobody": ("per: group", "per: desk", 13, "'per' is 'desk'; allowed are group"),
    "more of a material than anybody carries": ("count: 2", "count: 200", 13, "'count' should be 1 to 100"),
    "a small group of more than it holds": ("[3, 4]", "[5, 4]", 2, "'group' should be the least and the most"),
    "a guide without safety": ("safety: No real cases.\n", "", 1, "'safety' is missing"),
    "a key that is not known": ("debrief:", "colour: blue\ndebrief:", 17, "'colour' is not a known key"),
    "a rubric that is not there": ("debrief:", "rubric: R9\ndebrief:", 1, "the rubric R9 is not in rubrics.yaml"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "text"), ERRORS.values(), ids=ERRORS)
def test_an_error_in_a_guide_is_told_with_its_file_and_line(old, new, line, text, root):
    edit(root, FILE, old, new)
    assert [(name, number) for name, number, what in problems(root) if what.startswith(text)] == [(FILE, line)]


def test_every_text_of_a_guide_is_there_to_be_translated(root):
    from content.authored import read_curriculum

    module = read_curriculum(root).courses[0].modules[0]
    assert [text for text, where in module_segments(module) if where == "guide.yaml"] == [
        "They sort the cards.", "You may sit out.", "Opener", "Stand on the line.", "Let the highest rank speak last.", "Cards", "Sort the cards.",
        "Set of cards", "Welcome", "One", "Two", "Now sort", "What will you do?", "Read it aloud.", "No real cases.", "Card one", "Yes it is", "Because",
    ]  # fmt: skip


def test_the_shipped_modules_have_complete_guides_that_rest_on_their_rubrics():
    modules = {module.code: module.guide for course in shipped().courses for module in course.modules}
    assert len(modules) == 24
    for guide in modules.values():
        assert guide is not None
        assert 6 <= len(guide.slides) <= 10
        assert {slide.step for slide in guide.slides} <= set(range(1, len(guide.steps) + 1))
        assert guide.materials
        assert guide.answers
        assert guide.rubric in shipped().rubrics


# --- As editors keep them -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_steps_that_do_not_add_up_are_refused_to_the_editor():
    guide = guide_of()
    guide.full_clean()
    guide.minutes = 45
    with override("en"), pytest.raises(ValidationError) as refused:
        guide.full_clean()
    assert refused.value.message_dict == {"steps": ["The steps take 30 minutes together, the guide says 45."]}


@pytest.mark.django_db
def test_slides_out_of_order_and_a_rubric_that_is_not_there_are_refused_to_the_editor():
    slides = [{"type": "slide", "value": {"step": step, "title": "T", "points": []}} for step in (2, 1)]
    guide = guide_of(slides=slides, rubric_code="R8")
    with pytest.raises(ValidationError) as refused:
        guide.full_clean()
    assert set(refused.value.message_dict) == {"slides", "rubric_code"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"group_from": 5, "group_to": 4}, {"group_from": 0}, {"minutes": 0}, {"minutes": 481}]
)
def test_the_database_refuses_a_guide_that_cannot_be(wrong):
    guide_of()
    with pytest.raises(IntegrityError), transaction.atomic():
        guide_of("M03", **wrong)


@pytest.mark.django_db
def test_a_module_has_one_guide_in_a_language():
    guide_of()
    with pytest.raises(IntegrityError), transaction.atomic():
        guide_of()


# --- As they are loaded and read ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_guide_is_loaded_with_its_burmese_and_loading_again_changes_nothing(root):
    translate(root)
    load(root)
    guide = guides(["M01", "M03"], "my")["M01"]
    assert (guide.aim, guide.aim.language) == ("ကတ်များကို ခွဲနိုင်သည်။", "my")
    assert [(one.begins, one.ends, one.title) for one in guide.steps] == [(0, 10, "အဖွင့်"), (10, 30, "ကတ်များ")]
    assert [(one.step, one.title, one.points) for one in guide.slides] == [
        (0, "ကြိုဆိုပါသည်", ("တစ်", "နှစ်")),
        (1, "ယခု ခွဲပါ", ()),
    ]
    assert [(one.item, one.count, one.per, one.is_printed) for one in guide.materials] == [("ကတ်တစ်စုံ", 2, "group", True)]
    assert [(one.question, one.answer, one.why) for one in guide.answers] == [("ကတ် တစ်", "ဟုတ်သည်", "အကြောင်းမှာ")]
    assert "0 created, 0 updated" in load(root)


@pytest.mark.django_db
def test_what_an_editor_changed_in_a_guide_is_left_alone(root):
    load(root)
    FacilitatorGuide.objects.update(aim="By an editor")
    assert "left alone, changed by an editor: guide:M01:en" in load(root)
    assert FacilitatorGuide.objects.get().aim == "By an editor"
    load(root, "--force")
    assert FacilitatorGuide.objects.get().aim == "They sort the cards."


@pytest.mark.django_db
def test_a_guide_that_is_not_translated_whole_is_read_in_english(root):
    load(root)
    guide = guides(["M01"], "my")["M01"]
    assert (guide.aim, guide.aim.language, guide.steps[0].title.language) == ("They sort the cards.", "en", "en")


@pytest.mark.django_db
def test_the_source_decides_numbers_and_what_there_is():
    english = guide_of()
    told = [{"type": "step", "id": block.id, "value": {**block.value, "title": "အဖွင့်"}} for block in english.steps[:1]]
    guide_of(
        locale=Locale.objects.get(language_code="my"), translation_key=english.translation_key, steps=told, minutes=99
    )
    guide = guides(["M01"], "my")["M01"]
    assert [(one.title, one.title.language) for one in guide.steps] == [("အဖွင့်", "my"), ("Cards", "en")]
    assert guide.minutes == 30


@pytest.mark.django_db
@pytest.mark.parametrize("modules", [["M01"], ["M01", "M03"]])
def test_guides_of_any_number_of_modules_are_one_query(modules, django_assert_num_queries):
    for code in ("M01", "M03"):
        guide_of(code)
    with django_assert_num_queries(1):
        assert set(guides(modules, "my")) == set(modules)


@pytest.mark.django_db
@pytest.mark.parametrize(("people", "groups", "cards"), [(0, 0, 0), (1, 1, 2), (4, 1, 2), (5, 2, 4), (12, 3, 6)])
def test_materials_for_small_groups_are_counted_by_as_few_groups_as_may_be(people, groups, cards):
    guide_of()
    guide = guides(["M01"], "en")["M01"]
    assert guide.groups(people) == groups
    assert [guide.quantity(one, people) for one in guide.materials] == [cards, people, 1]


@pytest.mark.django_db
def test_a_rubric_of_a_guide_is_one_of_those_that_there_are():
    Rubric.objects.create(code="R7", title="T", criteria=[], locale=Locale.objects.get(language_code="en"))
    guide_of(rubric_code="R7").full_clean()
