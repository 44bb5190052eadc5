"""Questions of H5P packages become items, wherever they stand in them; what cannot be carried is said, item by item."""

import io
import json
import zipfile
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments import formats
from assessments.errors import ExchangeTooBig
from assessments.formats import h5p
from assessments.formats.draft import Draft, Notes, truth
from assessments.formats.h5p import reading
from content.packages.archive import open_archive
from content.packages.h5p.params import clean
from content.packages.h5p.reading import read_h5p
from content.packages.h5p.regrading import Grade, max_of, regrade
from content.packages.refusals import PackageRefused
from tests.assessments.reading import options, said
from tests.factories import PersonFactory

pytestmark = pytest.mark.usefixtures("english")


def read(main, content, language="en", **about):
    notes = Notes()
    drafts = h5p.read_contents({"mainLibrary": main, "title": "Boats", **about}, content, language, notes)
    return drafts, said(notes.listed())


def nested(library, params, title="Part"):
    return {"library": library, "params": params, "subContentId": "x", "metadata": {"title": title}}


def answer(text, correct=False, **said):
    return {"text": f"<div>{text}</div>\n", "correct": correct, "tipsAndFeedback": said}


CHOICE = {
    "question": "<p>What <em>floats</em>?</p>\n",
    "answers": [answer("Wood", True, chosenFeedback="It is light."), answer("Iron", tip="Heavy"), answer("Lead")],
    "overallFeedback": [{"from": 0, "to": 100, "feedback": "Remember &#039;density&#039;."}],
    "behaviour": {"singlePoint": True},
}
TRUTH = {"question": "<p>Wood floats.</p>", "correct": "true", "l10n": {"trueText": "True", "falseText": "False"}}
BLANKS = {
    "text": "<p>Fill in.</p>",
    "questions": ["<p>A *raft/boat&amp;oar: no hint* of <b>logs</b>.</p>", "<p>It *floats*.</p>"],
    "behaviour": {"caseSensitive": False},
}
DRAGGED = {"taskDescription": "<p>Drag.</p>", "textField": "Rafts are of *wood\\+Light\\-Heavy*.\n*Iron:hint* sinks.", "distractors": "*lead*"}  # fmt: skip


# --- One type after the other ---------------------------------------------------------------------------------------------


def test_a_choice_is_read_with_its_reasons_and_what_is_said_at_the_end():
    (draft,), notes = read("H5P.MultiChoice", CHOICE)
    assert (draft.kind, draft.stem, draft.feedback) == ("single", "What floats?", "Remember 'density'.")
    assert options(draft) == [("Wood", True, "It is light."), ("Iron", False, ""), ("Lead", False, "")]
    assert notes == [("a hint", ("1. Boats",)), ("bold, raised, tables and the like", ("1. Boats",))]


@pytest.mark.parametrize(
    ("sort", "right", "kind", "noted"),
    [
        ("auto", 1, "single", []),
        ("auto", 2, "multiple", ["points for all or nothing"]),
        ("single", 2, "single", []),  # which the bank refuses, in words
        ("multi", 2, "multiple", ["points for all or nothing"]),
        ("multi", 1, "single", ["boxes of which one is right"]),
    ],
)
def test_how_many_may_be_chosen_says_the_kind(sort, right, kind, noted):
    content = {"question": "?", "answers": [answer(str(n), n < right) for n in range(4)], "behaviour": {"type": sort}}
    (draft,), notes = read("H5P.MultiChoice", content)
    assert (draft.kind, [what for what, _places in notes]) == (kind, noted)


def test_true_and_false_keep_their_reasons():
    behaviour = {"feedbackOnCorrect": "Light &amp; dry", "feedbackOnWrong": "Look again"}
    (draft,), notes = read("H5P.TrueFalse", {**TRUTH, "correct": "false", "behaviour": behaviour})
    assert (options(draft), notes) == ([("True", False, "Look again"), ("False", True, "Light & dry")], [])
    _drafts, notes = read("H5P.TrueFalse", {**TRUTH, "l10n": {"trueText": "Yes", "falseText": "No"}})
    assert notes == [("what its answers are called: Yes, No", ("1. Boats",))]


def test_of_single_choices_the_first_is_right_and_empty_ones_are_left_out():
    content = {
        "choices": [{"question": "Floats?", "answers": ["Wood", "Iron", ""]}, {"question": "Sinks?", "answers": [""]}]
    }
    (draft,), notes = read("H5P.SingleChoiceSet", content)
    assert (draft.place, options(draft)) == ("1. Boats (1)", [("Wood", True, ""), ("Iron", False, "")])
    assert notes == [("a question", ("1. Boats (2)",))]


def test_gaps_to_type_into_are_read():
    (draft,), notes = read("H5P.Blanks", BLANKS)
    assert (draft.kind, draft.stem, draft.question["text"]) == ("cloze", "Fill in.", "A [[1]] of logs.\n\nIt [[2]].")
    assert [one["text"] for one in draft.question["gaps"]] == ["raft / boat&oar", "floats"]
    assert [what for what, _places in notes] == ["a hint", "bold, raised, tables and the like"]
    _drafts, notes = read("H5P.Blanks", {"questions": ["*a*"], "behaviour": {"acceptSpellingErrors": True}})
    assert [what for what, _places in notes] == ["capital letters that count", "slips of spelling that are let pass"]


def test_words_to_drag_are_offered_for_every_gap():
    (draft,), notes = read("H5P.DragText", DRAGGED)
    assert (draft.stem, draft.question["text"]) == ("Drag.", "Rafts are of [[1]].\n[[2]] sinks.")
    first, second = draft.question["gaps"]
    assert [(one["text"], one["correct"]) for one in first["options"]] == [
        ("wood", True),
        ("Iron", False),
        ("lead", False),
    ]
    assert [one["text"] for one in second["options"] if one["correct"]] == ["Iron"]
    assert (first["rationale"], [what for what, _places in notes]) == (
        "Light",
        ["what is said of a wrong word", "a hint"],
    )


def test_words_to_mark_become_errors_to_mark():
    content = {"taskDescription": "<p>Mark.</p>", "textField": "<p>Iron *floats*, wood (too) အလေး။</p>"}
    (draft,), notes = read("H5P.MarkTheWords", content)
    assert draft.question["text"] == "[[a|Iron]] [[b|floats]], [[c|wood]] ([[d|too]]) [[e|အလေး]]။"
    assert [one["id"] for one in draft.question["parts"] if one["wrong"]] == ["b"]
    assert notes == [("words to mark", ("1. Boats",))]


@pytest.mark.parametrize(
    ("main", "content"),
    [
        ("H5P.MultiChoice", {"question": "?", "answers": [answer(""), {}]}),
        ("H5P.MultiChoice", {"answers": 7, "behaviour": []}),
        ("H5P.TrueFalse", {}),
        ("H5P.Blanks", {"questions": ["no gap", 7]}),
        ("H5P.Blanks", {"questions": ["*:hint*"]}),
        ("H5P.DragText", {"textField": None, "distractors": 7}),
        ("H5P.MarkTheWords", {"textField": "<p>none</p>"}),
        ("H5P.SingleChoiceSet", {"choices": [7]}),
    ],
)  # fmt: skip
def test_what_was_left_empty_is_left_out_and_said(main, content):
    drafts, notes = read(main, content)
    assert (drafts, "a question" in dict(notes)) == ([], True)


# --- Where they stand -----------------------------------------------------------------------------------------------------


def test_questions_are_found_in_every_container_in_their_order():
    inner = nested("H5P.QuestionSet 1.17", {"questions": [nested("H5P.TrueFalse 1.6", TRUTH, "Two"), nested("H5P.Blanks 1.12", BLANKS, "Three")]})  # fmt: skip
    content = {
        "presentation": {"slides": [{"elements": [{"action": nested("H5P.MultiChoice 1.14", CHOICE, "One")}]}]},
        "chapters": [nested("H5P.Column 1.18", {"content": [{"content": inner}]})],
        "more": [nested("H5P.Essay 1.5", {"task": "Write."}, "An essay"), nested("H5P.Nil 1.0", {})],
        "image": {"path": "images/raft.png", "mime": "image/png"},
    }
    drafts, notes = read("H5P.InteractiveBook", content)
    assert [(one.place, one.kind) for one in drafts] == [
        ("1. One", "single"),
        ("2. Two", "truefalse"),
        ("3. Three", "cloze"),
    ]
    assert notes[0] == ("a picture, sound or film", ("images/raft.png",))
    assert ("a part of the type “H5P.Essay”", ("An essay",)) in notes


def test_a_licence_that_is_stated_is_said():
    assert read("H5P.TrueFalse", TRUTH, license="CC BY-SA")[1] == [("the licence “CC BY-SA”", ("the file",))]


def test_the_words_of_a_package_are_those_of_the_language_that_was_chosen():
    (draft,), _notes = read("H5P.TrueFalse", TRUTH, "my")
    assert [one["text"] for one in draft.question["options"]] == ["မှန်", "မှား"]


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text("*/:<>[]\\\\+-a b\n&;", max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["text", "correct", "library", "params", "metadata", "title", "tipsAndFeedback", "tip", "question", "answers", "feedback", "path", "mime"]), inner, max_size=4)
    ),
    max_leaves=10,
)  # fmt: skip
fields = st.sampled_from(["question", "questions", "answers", "behaviour", "overallFeedback", "correct", "l10n", "choices", "text", "textField", "taskDescription", "distractors"])  # fmt: skip


@given(st.sampled_from([*reading.READERS, "H5P.Column"]), st.dictionaries(fields, anything, max_size=8))
@settings(deadline=None)
def test_whatever_stands_in_a_package_is_read_or_said(main, content):
    h5p.read_contents({"mainLibrary": main}, content, "en", Notes())


# --- The file itself ------------------------------------------------------------------------------------------------------


def packed(about=None, content=CHOICE, **files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if about != "":
            about = about or {"title": "Boats", "mainLibrary": "H5P.MultiChoice"}
            archive.writestr("h5p.json", about if isinstance(about, str) else json.dumps(about))
        if content is not None:
            archive.writestr("content/content.json", content if isinstance(content, str) else json.dumps(content))
        for name, data in files.items():
            archive.writestr(f"content/videos/{name}", data, zipfile.ZIP_STORED)
    return out.getvalue()


def test_a_package_with_a_film_is_read_though_it_is_bigger_than_other_files_may_be():
    data = packed(film=b"x" * (formats.LIMIT + 1))
    (draft,), _notes = formats.read_file(io.BytesIO(data), "boats.h5p", "en")
    assert draft.stem == "What floats?"


def test_a_package_that_is_too_big_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(reading, "LIMIT", 10)
    with pytest.raises(ExchangeTooBig) as refusal:
        formats.read_file(io.BytesIO(packed()), "boats.h5p", "en")
    assert "Nothing was stored" in str(refusal.value)


@pytest.mark.parametrize(
    "data",
    [
        packed(content=None),
        packed(about="["),
        packed(about="[]"),
        packed(content="7"),
        packed(content="[" * 5_000),
        packed(content='{"a": NaN}'),
        packed()[:-30],
        packed(content=" " * 30_000_000),
    ],
)
def test_a_broken_or_hostile_package_is_refused_in_words(data):
    with pytest.raises((PackageRefused, formats.ExchangeBroken)) as refusal:
        formats.read(data, "boats.h5p", "en")
    assert "Nothing was" in str(refusal.value)


def test_other_packages_are_not_taken_for_one():
    drafts, _notes = formats.read(formats.write("qti", [ITEMS["single"]])[0], "x", "en")
    assert len(drafts) == 1


@pytest.mark.django_db
def test_a_package_is_looked_at_on_the_page(sign_in, client):
    client.cookies["lang"] = "en"
    editor = sign_in(PersonFactory(assessor=True))
    sent = {"language": "en", "file": SimpleUploadedFile("boats.h5p", packed()), "objective": "M01.O1", "competency": "MIG1", "bloom": "apply", "difficulty": 2, "use": "check"}  # fmt: skip
    page = editor.get(editor.post("/office/items/exchange/", sent).headers["Location"]).content.decode()
    assert ("What floats?" in page, "will be added as a draft" in page) == (True, True)


@pytest.mark.django_db
def test_the_page_says_that_who_plays_a_package_has_what_is_right_in_it(sign_in, client):
    client.cookies["lang"] = "en"
    page = sign_in(PersonFactory(assessor=True)).get("/office/items/exchange/").content.decode()
    assert "whoever gets an H5P package, even only to play it, can read in it what is right" in page


# --- Out, and back --------------------------------------------------------------------------------------------------------


def choice(*right):
    return {"options": [{"id": id, "text": f"<{id}> & co", "correct": id in right, "rationale": f"Because\n\n{id}"} for id in "abc"]}  # fmt: skip


def typed(*accepted):
    text = " and\n".join(f"[[{n}]]" for n in range(1, len(accepted) + 1))
    gaps = [{"id": str(n), "options": [], "text": one, "rationale": ""} for n, one in enumerate(accepted, 1)]
    return {"text": f"A < {text}.\n\nEnd & all.", "gaps": gaps}


def dragged(*words):
    gaps = [
        {
            "id": str(n),
            "options": [{"id": "abcd"[m], "text": one, "correct": m == n - 1} for m, one in enumerate(words)],
            "text": "",
            "rationale": f"Because {n}\n-> & so",
        }
        for n in range(1, len(words))
    ]
    return {"text": "First [[1]],\n\nthen <[[2]]>.", "gaps": gaps}


def item(kind, question, **values):
    known = {"code": "MIG-M01.O1-101", "objective": "M01.O1", "bloom": "apply", "difficulty": 2, "asks_certainty": True}
    return Draft(**{**known, "feedback": "Keep: this;\n\nuse: that", **values}, kind=kind, stem="What\nis it?\n\n<b>?", question=question)  # fmt: skip


ITEMS = {
    "single": item("single", choice("b")),
    "multiple": item("multiple", choice("a", "c"), code="X-1"),
    "truefalse": item("truefalse", truth(False, "No,\nnot so", "Yes", language="en"), code="X-2"),
    "typed": item("cloze", typed("raft / boat", "<wood> & oar"), code="X-3", facts="D5 R6"),
    "dragged": item("cloze", dragged("wood", "iron & co", "lead"), code="X-4", sources="S70"),
}


@pytest.mark.parametrize("name", ITEMS)
def test_an_item_alone_is_a_package_of_its_own_type_and_comes_back(name):
    draft = ITEMS[name]
    data, notes = formats.write("h5p", [draft])
    (came,), seen = formats.read(data, "x", "en")
    assert (notes, seen, replace(came, place="")) == ([], [], draft)


def test_several_items_are_a_question_set_and_come_back():
    items = list(ITEMS.values())
    data, notes = formats.write("h5p", items)
    came, seen = formats.read(data, "x", "en")
    assert (notes, seen, [replace(one, place="") for one in came]) == ([], [], items)
    assert contents(data).main.machine == "H5P.QuestionSet"


def contents(data):
    with open_archive(io.BytesIO(data), name="items.h5p") as archive:
        return read_h5p(archive)


@pytest.mark.parametrize("items", [[one] for one in ITEMS.values()] + [list(ITEMS.values())])
def test_what_leaves_passes_the_gate_and_is_the_same_file_every_time(items):
    data = formats.write("h5p", items)[0]
    found = contents(data)
    assert (found.warnings, found.libraries, found.hosts) == ((), {}, ())
    assert data == formats.write("h5p", items)[0]
    assert clean(found.params, found.main, lambda _name: None)


@pytest.mark.parametrize(
    ("name", "response", "raw", "most"),
    [
        ("single", "1", 1, 1), ("multiple", "0[,]2", 2, 2), ("multiple", "0[,]1", 0, 2), ("truefalse", "false", 1, 1),
        ("typed", "Boat[,]<wood> & oar", 2, 2), ("dragged", "wood[,]iron &amp; co", 2, 2), ("dragged", "lead[,]wood", 0, 2),
    ],
)  # fmt: skip
def test_what_leaves_is_judged_there_as_it_is_here(name, response, raw, most):
    found = contents(formats.write("h5p", [ITEMS[name]])[0])
    assert regrade(str(found.main), found.params, response) == Grade(raw, most)
    assert max_of(str(found.main), found.params) == most


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (typed("10:30"), "an answer with one of the signs * / : \\ is taken for something else in H5P"),
        (typed(""), "an answer with one of the signs * / : \\ is taken for something else in H5P"),
        ({**typed("a"), "text": "2 * [[1]]"}, "a text with the sign * is taken for one with other gaps in H5P"),
        (
            {"text": "[[1]] [[2]]", "gaps": [typed("a")["gaps"][0], {**dragged("x", "y", "z")["gaps"][1]}]},
            "H5P has gaps to type into or words to drag, not both in one text",
        ),
    ],
)
def test_a_text_with_gaps_that_H5P_would_read_otherwise_is_not_carried(question, why):  # noqa: N802
    data, notes = formats.write("h5p", [item("cloze", question), ITEMS["multiple"]])
    assert [(note.what, note.why, note.places) for note in notes] == [("an item of the kind “cloze”", why, ("MIG-M01.O1-101",))]  # fmt: skip
    assert [one.code for one in formats.read(data, "x", "en")[0]] == ["X-1"]


def test_the_buttons_of_a_package_are_in_the_language_of_its_items():
    came = contents(formats.write("h5p", [replace(ITEMS["single"], language="my")])[0])
    assert (came.language, came.params["UI"]["tryAgainButton"]) == ("my", "ထပ်မံဖြေရန်")
