"""Editors take items out as files and take files in: looked at item by item, stored as drafts, all or nothing."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale

from assessments import formats, taking_in
from assessments.errors import ExchangeNotWhole
from assessments.formats.draft import Draft
from assessments.models import Item, ItemImport, ItemVersion
from tests.assessments import asking
from tests.assessments.asked import ASKED
from tests.assessments.parts_items import CASES
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PAGE = "/office/items/exchange/"
CODE = "MIG-M01.O1-101"
SAID = {"competency": "MIG1", "bloom": "apply", "difficulty": 2, "use": "exam"}


@pytest.fixture
def person():
    return PersonFactory(assessor=True)


@pytest.fixture
def editor(sign_in, client, person):
    client.cookies["lang"] = "en"
    return sign_in(person)


@pytest.fixture
def en():
    return Locale.objects.get(language_code="en")


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def item(code=CODE, language="en"):
    return Item.objects.get(code=code, locale__language_code=language)


def draft(code="MIG-M01.O1-900", stem="Who crosses a border river by ferry in this case?", **values):
    rows = [("a", "An officer", True), ("b", "A trader", False), ("c", "A child", False)]
    parts = {
        "options": [{"id": name, "text": text, "correct": right, "rationale": "Because."} for name, text, right in rows]
    }
    return Draft(**{"code": code, "kind": "single", "stem": stem, "question": parts, "place": "line 1", **values})


def send(editor, data, **values):
    upload = SimpleUploadedFile("sent.bin", data)
    return editor.post(PAGE, {"language": "en", "file": upload, **values})


def look(editor, data, **values):
    return soup(editor.get(send(editor, data, **values).headers["Location"]))


def tags(page):
    return [tag.text for tag in page.select("#items .tag")]


# --- What a file would do -----------------------------------------------------------------------------------------------


def outcomes(en, *drafts, defaults=SAID):
    return [one.outcome for one in taking_in.arrivals(drafts, en, defaults)]


@pytest.mark.parametrize("name", formats.FORMATS)
def test_the_bank_goes_out_and_comes_back_unchanged_in_every_format(name, en):
    items = list(Item.objects.filter(locale=en).order_by("code"))
    data, notes = formats.write(name, [taking_in.draft_of(one) for one in items])
    drafts, lost = formats.read(data, "x", "en")
    assert (notes, lost, len(drafts)) == ([], [], len(items))
    assert set(outcomes(en, *drafts)) == {"same"}


def test_an_item_is_new_once_and_then_there(en):
    assert outcomes(en, draft(), draft(), draft(code=CODE, stem="Another question altogether?")) == [
        "new",
        "refused",
        "changed",
    ]


@pytest.mark.parametrize(
    ("faulty", "why"),
    [
        (draft(kind="riddle"), "Its kind is not known: riddle."),
        (draft(question={"options": [{"id": "a"}]}), "text: This field is required."),
        (draft(question={"options": 7}), "Its parts are not shaped like a question of its kind."),
        (draft(question={"options": draft().question["options"][1:]}), "Kind and parts: Mark exactly one option as right."),
        (draft(question={"options": [*draft().question["options"], {"id": "a", "text": "x", "correct": False, "rationale": "y"}]}), "Kind and parts: Two parts have the same id: a."),
        (draft(question={"options": [{**one, "text": one["text"] * 90} for one in draft().question["options"]]}), "text: Ensure this value has at most 400 characters"),
        (draft(stem=""), "Question: This field cannot be blank."),
        (draft(difficulty=9), "Difficulty, 1 to 5: "),
        (draft(bloom="guess"), "Level: "),
        (draft(code=""), "It has no code, and none can be made"),
        (draft(code="X" * 41), "Code: "),
    ],
)  # fmt: skip
def test_an_item_that_cannot_be_taken_says_why(en, faulty, why):
    with override("en"):
        (one,) = taking_in.arrivals([faulty], en, SAID)
    assert (one.outcome, one.row, any(why in said for said in one.problems)) == ("refused", None, True)


def test_missing_reasons_are_a_doubt_and_no_refusal(en):
    bare = draft(question={"options": [{**one, "rationale": ""} for one in draft().question["options"]]})
    (one,) = taking_in.arrivals([bare], en, SAID)
    assert (one.outcome, len(one.doubts)) == ("new", 1)


def test_a_new_item_without_code_gets_the_next_of_its_objective_and_keeps_it(en, person):
    nameless = [draft(code="", stem=stem) for stem in ("What floats on a river in the dry season?", "Who rows?")]
    defaults = SAID | {"objective": "M01.O1"}
    came = ItemImport.objects.create(
        locale=en, name="x", drafts=[one.as_json() for one in nameless], notes=[], defaults=defaults, made_by=person
    )
    taking_in.store(came, whole=True, by=person, at=timezone.now())
    assert [one.draft.code for one in taking_in.arrivals(nameless, en, defaults)] == [
        "MIG-M01.O1-I001",
        "MIG-M01.O1-I002",
    ]
    assert outcomes(en, *nameless, defaults=defaults) == ["same", "same"]


def test_what_the_file_does_not_say_stays_as_it_is(en):
    kept = taking_in.draft_of(item())
    bare = Draft(kept.code, kept.kind, kept.stem, kept.question)
    (one,) = taking_in.arrivals([bare], en, {"objective": "M09.O9", "difficulty": 5})
    assert (one.outcome, one.row.objective, one.row.difficulty) == ("same", kept.objective, kept.difficulty)


def test_a_translation_is_left_to_the_translators():
    my = Locale.objects.get(language_code="my")
    assert outcomes(my, taking_in.draft_of(item(language="my"))) == ["refused"]


def test_almost_the_same_question_is_named(en):
    one, two = taking_in.arrivals([draft(), draft(code="X-1", stem=draft().stem.replace("river", "canal"))], en, SAID)
    assert ([code for code, _share in one.alike], [code for code, _share in two.alike]) == ([], ["MIG-M01.O1-900"])


@pytest.mark.parametrize("number", [1, 50])
def test_looking_at_new_items_costs_the_same_for_one_and_for_many(number, en, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        taking_in.arrivals([draft(code=f"X-{n}") for n in range(number)], en, SAID)


# --- Storing --------------------------------------------------------------------------------------------------------------


def test_a_file_is_looked_at_then_stored_as_drafts_and_nothing_is_published(editor):
    versions, live = ItemVersion.objects.count(), item().stem
    data, _notes = formats.write(
        "gift",
        [
            draft(),
            taking_in.draft_of(item()).__class__(
                **{**taking_in.draft_of(item()).as_json(), "stem": "A flood took her house. Which is it?"}
            ),
        ],
    )
    response = send(editor, data, **SAID)
    page = soup(editor.get(response.headers["Location"]))
    assert tags(page) == ["will be added as a draft", "will be a new draft of the item"]
    assert Item.objects.filter(code="MIG-M01.O1-900").count() == 0
    editor.post(response.headers["Location"], {"how": "whole"})
    new = item("MIG-M01.O1-900")
    assert (new.live, new.objective, new.competency, new.kind) == (False, "M01.O1", "MIG1", "single")
    assert (item().stem, item().get_latest_revision_as_object().stem) == (live, "A flood took her house. Which is it?")
    assert ItemVersion.objects.count() == versions
    assert soup(editor.get(response.headers["Location"])).select("main form") == []


def test_every_kind_goes_out_and_comes_into_an_empty_place_unchanged(en, person):
    kinds = {**{case.kind: case.content for case in CASES}, **{kind: one.content for kind, one in ASKED.items()}}
    made = [asking.item(kind, content) for kind, content in kinds.items()]
    left = [taking_in.draft_of(one) for one in made]
    for name in ("xlsx", "yaml"):
        drafts, lost = formats.read(formats.write(name, left)[0], "x", "en")
        assert (lost, set(outcomes(en, *drafts))) == ([], {"same"})
    drafts = [Draft(**{**one.as_json(), "code": f"MIG-M01.O1-9{n:02}"}) for n, one in enumerate(drafts)]
    came = ItemImport.objects.create(
        locale=en, name="x", drafts=[one.as_json() for one in drafts], notes=[], made_by=person
    )
    assert taking_in.store(came, whole=True, by=person, at=timezone.now()) == {"new": len(kinds)}
    assert set(outcomes(en, *drafts)) == {"same"}


def test_a_changed_item_keeps_the_ids_by_which_its_translation_knows_its_parts(en, person):
    before = item().question.get_prep_value()[0]
    kept = taking_in.draft_of(item())
    options = [{**one, "text": one["text"] + "!"} for one in reversed(kept.question["options"])]
    changed = Draft(**{**kept.as_json(), "question": {"options": options}})
    came = ItemImport.objects.create(locale=en, name="x", drafts=[changed.as_json()], notes=[], made_by=person)
    assert taking_in.store(came, whole=True, by=person, at=timezone.now()) == {"changed": 1}
    after = item().get_latest_revision_as_object().question.get_prep_value()[0]
    ids = lambda raw: {one["value"]["id"]: one["id"] for one in raw["value"]["options"]}  # noqa: E731
    assert (after["id"], ids(after)) == (before["id"], ids(before))
    assert item().get_latest_revision().user == person


def test_one_item_that_cannot_be_taken_stops_the_whole_file_or_is_left_out(en, person):
    drafts = [draft().as_json(), draft(code="MIG-M01.O1-901", kind="riddle").as_json()]
    came = ItemImport.objects.create(locale=en, name="x", drafts=drafts, notes=[], defaults=SAID, made_by=person)
    with pytest.raises(ExchangeNotWhole):
        taking_in.store(came, whole=True, by=person, at=timezone.now())
    assert Item.objects.filter(code__startswith="MIG-M01.O1-9").count() == 0
    assert taking_in.store(came, whole=False, by=person, at=timezone.now()) == {"new": 1, "refused": 1}
    assert taking_in.store(came, whole=False, by=person, at=timezone.now()) == {}
    assert Item.objects.filter(code__startswith="MIG-M01.O1-9").count() == 1


def test_the_page_asks_which_when_something_cannot_be_taken(editor):
    response = send(
        editor, b"::A-1::What floats?{=wood ~iron ~lead}\n\n::A-2::Two{=x ~y}\n\nTell.{}\n", **SAID, objective="M01.O1"
    )
    page = soup(editor.get(response.headers["Location"]))
    assert [tag["value"] for tag in page.select("input[name=how]")] == ["whole", "each"]
    assert ([len(page.select("#notes li")), tags(page)]) == [1, ["will be added as a draft", "cannot be taken"]]
    page = soup(editor.post(response.headers["Location"], {"how": "whole"}, follow=True))
    assert "nothing was stored" in page.select_one(".messages, [role=status], [role=alert]").text
    editor.post(response.headers["Location"], {"how": "each"})
    assert Item.objects.filter(code__in=["A-1", "A-2"]).count() == 1


@pytest.mark.parametrize("data", [b"", b"hello", b"<quiz>", b"PK\x03\x04 broken"])
def test_a_file_without_questions_is_refused_in_words_and_not_kept(editor, data):
    response = send(editor, data)
    assert (response.status_code, len(soup(response).select("[role=alert]")), ItemImport.objects.count()) == (200, 1, 0)


def test_a_form_without_file_is_refused_in_words(editor):
    assert len(soup(editor.post(PAGE, {"language": "en"})).select("[role=alert]")) == 1


def test_a_language_that_is_none_here_is_not_there(editor):
    assert editor.get(PAGE + "export/", {"format": "gift", "language": "xx"}).status_code == 404


def test_a_file_of_another_editor_is_not_there(editor, en):
    came = ItemImport.objects.create(locale=en, name="x", drafts=[], notes=[], made_by=PersonFactory(assessor=True))
    assert (
        editor.get(f"{PAGE}{came.public_id}/").status_code,
        editor.post(f"{PAGE}{came.public_id}/").status_code,
    ) == (404, 404)


# --- Taking out -----------------------------------------------------------------------------------------------------------


def test_what_the_filters_leave_goes_out(editor):
    response = editor.get(
        PAGE + "export/", {"format": "gift", "language": "en", "objective": "M01.O1", "use": "check", "kind": "single"}
    )
    drafts, _notes = formats.read(response.content, "x", "en")
    expected = Item.objects.filter(locale__language_code="en", objective="M01.O1", use="check", kind="single")
    assert sorted(one.code for one in drafts) == sorted(expected.values_list("code", flat=True))
    assert response.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(("which", "stem"), [("", "A draft of it?"), ("live", None)])
def test_items_go_out_as_last_saved_or_as_published(editor, which, stem):
    row = item().get_latest_revision_as_object()
    published, row.stem = row.stem, "A draft of it?"
    row.save_revision()
    response = editor.get(PAGE + "export/", {"format": "yaml", "language": "en", "q": CODE, "which": which})
    assert [one.stem for one in formats.read(response.content, "x", "en")[0]] == [stem or published]


def test_what_a_format_cannot_carry_is_listed_before_the_file_is_given(editor):
    asked = {"format": "yaml", "language": "my", "q": CODE}
    page = soup(editor.get(PAGE + "export/", asked))
    assert [one.text for one in page.select("main .rows .meta")] == [CODE]
    assert (
        editor.get(PAGE + "export/", asked | {"anyway": "1"}).headers["Content-Disposition"].startswith("attachment;")
    )


def test_filters_that_leave_nothing_say_so(editor):
    response = editor.get(PAGE + "export/", {"format": "gift", "language": "en", "q": "no such words"})
    assert (response.status_code, len(list(get_messages(response.wsgi_request)))) == (302, 1)


# --- On saving ------------------------------------------------------------------------------------------------------------


def form_of(row, **values):
    """The admin's form of an item as it would be sent back."""
    parts = row.question[0]
    sent = {
        name: getattr(row, name)
        for name in (
            "code",
            "objective",
            "competency",
            "use",
            "bloom",
            "difficulty",
            "facts",
            "sources",
            "stem",
            "feedback",
        )
    }
    sent |= {
        "question-count": "1",
        "question-0-deleted": "",
        "question-0-order": "0",
        "question-0-type": parts.block_type,
        "question-0-id": parts.id,
    }
    options = parts.value["options"]
    sent["question-0-value-options-count"] = str(len(options))
    for place, one in enumerate(options):
        start = f"question-0-value-options-{place}"
        sent |= {f"{start}-deleted": "", f"{start}-order": str(place), f"{start}-type": "item", f"{start}-id": ""}
        sent |= {f"{start}-value-{name}": one[name] for name in ("id", "text", "rationale")}
        sent |= {f"{start}-value-correct": "on"} if one["correct"] else {}
    return sent | values


def warnings(response):
    return [str(one) for one in get_messages(response.wsgi_request) if "almost the same" in str(one)]


def test_saving_a_question_that_the_bank_asks_already_warns(editor):
    row = item()
    url = "/admin/snippets/assessments/item/"
    again = editor.post(f"{url}add/?locale=en", form_of(row, code="MIG-M01.O1-777"))
    same = editor.post(f"{url}edit/{row.pk}/", form_of(row))
    assert (again.status_code, same.status_code) == (302, 302)
    copy = Item.objects.get(code="MIG-M01.O1-777")
    edit = [f'href="{url}edit/{one.pk}/"' for one in (row, copy)]
    assert [[one in warnings(answer)[-1] for one in edit] for answer in (again, same)] == [[True, False], [False, True]]
