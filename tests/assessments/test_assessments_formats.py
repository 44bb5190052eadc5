"""Items leave in a format and come back; what other systems write is read, and what cannot be carried is said."""

import io
import zipfile
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments import formats, kinds
from assessments.formats import gift
from assessments.formats.draft import TRUTH, Draft, Notes, truth
from assessments.formats.markup import html, plain
from assessments.taking_in import _plain
from core.errors import DomainError
from core.tables import write_csv
from myanmar.text import clean_text
from tests.assessments.asked import ASKED
from tests.assessments.parts_items import CASES
from tests.assessments.reading import options, read, said
from tests.assessments.test_assessments_marking import PICTURES, WRITTEN

pytestmark = pytest.mark.usefixtures("english")


# --- Round trips --------------------------------------------------------------------------------------------------------

SIGNS = [*list("ab Z09\\~=#{}:%[]<>&\"'*_->|`$@!?.,;()/"), "\n", "\n\n", "::", "->", "####", "//", "%50%", "[html]", "<b>", "&lt;", "\\n"]  # fmt: skip
WORDS = ["ကလေး", "မြန်မာ", "နိုင်ငံ", "ရဲအရာရှိ", "အကူအညီ", "၁၂၃", " "]


def texts(*, multiline=False, least=0):
    made = st.lists(st.sampled_from(SIGNS + WORDS), min_size=least, max_size=12).map("".join)
    clean = made.map(lambda text: clean_text(text, multiline=multiline))
    # A table takes an apostrophe before a sign for the one that kept the sign from being a formula.
    return clean.filter(lambda text: len(text) >= least and not text.startswith("'"))


@st.composite
def drafts(draw):
    language = draw(st.sampled_from(["en", "my"]))
    kind = draw(st.sampled_from(["single", "multiple", "truefalse"]))
    why = texts(multiline=True)
    if kind == "truefalse":
        rows = list(zip(("true", "false"), TRUTH[language], strict=True))
    else:
        words = draw(st.lists(texts(least=1), min_size=3, max_size=6, unique=True))
        rows = [
            ("abcdef"[place], f"{place} {word}" if draw(st.booleans()) else word) for place, word in enumerate(words)
        ]
    most = len(rows) - 1 if kind == "multiple" else 1
    right = draw(
        st.sets(st.sampled_from([name for name, _text in rows]), min_size=2 if kind == "multiple" else 1, max_size=most)
    )
    code = draw(st.from_regex(r"[A-Z]{3}-M0[1-9]\.O[1-4]-[0-9]{3}", fullmatch=True))
    return Draft(
        code,
        kind,
        draw(texts(multiline=True, least=1)),
        {
            "options": [
                {"id": name, "text": text, "correct": name in right, "rationale": draw(why)} for name, text in rows
            ]
        },
        feedback=draw(texts(multiline=True)),
        objective="M01.O1",
        competency="MIG1",
        bloom=draw(st.sampled_from(["remember", "apply"])),
        difficulty=draw(st.integers(1, 5)),
        use=draw(st.sampled_from(["exam", "check"])),
        asks_certainty=draw(st.booleans()),
        facts="D5 R6",
        sources="S70",
        language=language,
    )


@pytest.mark.parametrize("name", ["gift", "moodlexml", "qti", "h5p", "xlsx", "csv"])
@given(draft=drafts())
def test_an_item_comes_back_as_it_left(name, draft):
    data, lost = formats.write(name, [draft])
    came, notes = formats.read(data, "x", draft.language)
    assert (lost, notes) == ([], [])
    assert [replace(one, place="") for one in came] == [draft]


@given(draft=drafts())
def test_an_item_of_the_projects_own_files_comes_back_with_its_white_space_folded(draft):
    fold = lambda text: " ".join(text.split())  # noqa: E731
    options = [{**one, "rationale": fold(one["rationale"]) or "Because."} for one in draft.question["options"]]
    if draft.kind == "truefalse":
        options = [{**one, "text": one["id"].title()} for one in options]
    stem = "\n\n".join(fold(part) for part in draft.stem.split("\n\n"))
    english = replace(draft, language="en", stem=stem, feedback=fold(draft.feedback), question={"options": options})
    came, _notes = formats.read(formats.write("yaml", [english])[0], "x", "en")
    assert [replace(one, place="") for one in came] == [english]


@given(texts(multiline=True))
def test_plain_text_survives_html(text):
    assert plain(html(text)) == text


@given(st.text() | st.lists(st.sampled_from(SIGNS + WORDS + ["{", "}", "=", "~", "{=a ~b}", "\n\n"])).map("".join))
def test_no_text_breaks_the_reader_of_gift(text):
    gift.read(text, "en", Notes())


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda data: b"PK\x03\x04" + data))
def test_whatever_comes_is_read_or_refused_in_words(data):
    with suppress(DomainError):
        formats.read(data, "x", "en")


CONTENTS = {
    "specimen": {"document": "passport", "seed": 4417, "faults": [{"kind": "A29", "severity": 3}], "variations": ""},
    **{case.kind: case.content for case in CASES},
    **{kind: one.content for kind, one in ASKED.items()},
    "written": WRITTEN,
    "pictures": PICTURES,
    **{
        kind: {"options": [{"id": id, "text": f"Option {id}", "correct": id in right, "rationale": f"Because {id}"} for id in "abcd"]}
        for kind, right in (("single", "b"), ("multiple", "bd"))
    },
    "truefalse": truth(False, "Because it is not", "Because so it is", language="en"),
}  # fmt: skip
IDS = "the ids of its parts"
# What a format does not carry of these; "all" stands for the whole item.
LOST = {
    "gift": {
        "matching": [IDS, "Why they belong together"],
        "numeric": ["Unit of measure"],
        **{kind: ["all"] for kind in ("ordering", "cloze", "reasoned", "scenario", "hotspot", "labels", "marks", "specimen", "written", "pictures")},
    },
    "moodlexml": {
        "matching": [IDS, "Why they belong together"],
        "ordering": ["Critical pairs", "The most that is earned when a critical pair is reversed, in per cent", "Free pairs"],
        "cloze": [IDS],
        **{kind: ["all"] for kind in ("reasoned", "scenario", "hotspot", "labels", "marks", "specimen", "written", "pictures")},
    },
    "qti": {
        "ordering": ["points for a partly right order", "Critical pairs", "The most that is earned when a critical pair is reversed, in per cent", "Free pairs"],
        **{kind: ["all"] for kind in ("scenario", "specimen", "written", "pictures")},
    },
    "h5p": {
        **{kind: ["all"] for kind in ("matching", "ordering", "numeric", "shorttext", "cloze", "reasoned", "scenario", "hotspot", "labels", "marks", "specimen", "written", "pictures")},
    },
    "xlsx": {}, "csv": {}, "yaml": {},
}  # fmt: skip


def authored(kind, **values):
    known = {"code": "MIG-M01.O1-101", "objective": "M01.O1", "competency": "MIG1", "bloom": "apply", "difficulty": 2}
    used = {"use": "exam", "asks_certainty": False, "facts": "D5 R6", "sources": "S70", "feedback": "Remember this."}
    return Draft(**known, **used, kind=kind, stem="What do you do?", question=full(kind, CONTENTS[kind]), **values)


def full(kind, content):
    """The parts with what their author left out, as an item of the bank leaves."""
    block = kinds.KINDS[kind].block()
    return _plain(block.get_prep_value(block.to_python(content)))


def test_there_is_content_of_every_kind():
    assert set(CONTENTS) == set(kinds.KINDS)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(CONTENTS))
@pytest.mark.parametrize("name", formats.FORMATS)
def test_a_format_says_what_it_cannot_carry_and_carries_everything_else(name, kind):
    draft = authored(kind)
    with override("en"):
        data, notes = formats.write(name, [draft])
    expected = LOST[name].get(kind, [])
    if expected == ["all"]:
        assert [note.what for note in notes] == [f"an item of the kind “{kind}”"]
        return
    (came,), seen = formats.read(data, "x", "en")
    assert (sorted(note.what for note in notes), seen) == (sorted(expected), [])
    kept = {name: value for name, value in came.as_json().items() if name not in ("place", "question")}
    assert kept == {name: value for name, value in draft.as_json().items() if name in kept}
    if not expected:
        assert full(kind, came.question) == draft.question


@pytest.mark.django_db
def test_a_package_holds_the_drawing_with_its_words():
    data, _notes = formats.write("qti", [authored("hotspot")])
    archive = zipfile.ZipFile(io.BytesIO(data))
    path = "drawings/MIG-M01.O1-101/m01-border.svg"
    assert path in archive.namelist()
    assert "River" in archive.read(path).decode()
    assert f'href="{path}"' in archive.read("imsmanifest.xml").decode()


def test_parts_longer_than_a_cell_go_on_in_the_next():
    content = deepcopy(CONTENTS["scenario"])
    for node in content["nodes"]:
        node["says"] = 'စကား, "ဒီမှာ", \\ "x": [1, "2"] ' * 60 + "end"
    draft = replace(authored("scenario"), question=full("scenario", content))
    for name in ("xlsx", "csv"):
        data, notes = formats.write(name, [draft])
        (came,), seen = formats.read(data, "x", "en")
        assert (notes, seen, came.question == draft.question) == ([], [], True)


def test_an_item_that_its_own_file_would_refuse_is_named():
    draft = replace(authored("single"), code="X-1")
    with override("en"):
        assert [(note.what, note.places) for note in formats.write("yaml", [draft])[1]] == [("an item", ("X-1",))]


words = texts(least=1).map(lambda text: " ".join(text.split())).filter(bool)
whys = texts(multiline=True)


@st.composite
def parted(draw):
    """Items of the kinds that other systems know besides choices; some of them are no good question."""
    kind = draw(st.sampled_from(["matching", "ordering", "numeric", "shorttext", "cloze", "marks"]))
    said = draw(st.lists(words, min_size=3, max_size=4, unique=True))
    if kind == "matching":
        lefts = [
            {"id": "abcd"[n], "text": one, "match": "ab"[n % 2], "rationale": draw(whys)} for n, one in enumerate(said)
        ]
        rights = [{"id": id, "text": draw(words)} for id in "abc"]
        content = {"lefts": lefts, "rights": rights}
    elif kind == "ordering":
        content = {"parts": [{"id": "abcd"[n], "text": one, "rationale": draw(whys)} for n, one in enumerate(said)]}
    elif kind == "numeric":
        numbers = draw(st.lists(st.decimals(-999, 999, places=2), min_size=2, max_size=3, unique=True))
        values = [
            {
                "id": "abc"[n],
                "value": str(one),
                "tolerance": "0.001",
                "points": (100, 50, 0)[n],
                "rationale": draw(whys),
            }
            for n, one in enumerate(numbers)
        ]
        content = {"values": values, "unit": draw(st.sampled_from(["", "km", "<b>"]))}
    elif kind == "shorttext":
        content = {
            "answers": [
                {"id": "abcd"[n], "text": one, "points": (100, 50, 0, 0)[n], "rationale": draw(whys)}
                for n, one in enumerate(said)
            ]
        }
    elif kind == "cloze":
        options = [{"id": "abcd"[n], "text": one, "correct": n == 1} for n, one in enumerate(said)]
        gaps = [
            {"id": "1", "options": options, "text": "", "rationale": draw(whys)},
            {"id": "2", "options": [], "text": said[0], "rationale": draw(whys)},
        ]
        content = {"text": f"{draw(words)} [[1]] {draw(words)}\n\n{draw(words)} [[2]]", "gaps": gaps}
    else:
        parts = [{"id": "abcd"[n], "wrong": n == 0, "rationale": draw(whys)} for n in range(len(said))]
        content = {"text": " x ".join(f"[[{'abcd'[n]}|{one}]]" for n, one in enumerate(said)), "parts": parts}
    return replace(authored(kind), stem=draw(texts(multiline=True, least=1)), question=full(kind, content))  # fmt: skip


@pytest.mark.parametrize("name", ["gift", "moodlexml", "qti", "h5p", "csv"])
@given(draft=parted())
@settings(deadline=None)
def test_nothing_is_lost_in_silence(name, draft):
    data, notes = formats.write(name, [draft])
    if any(note.places == (draft.code,) for note in notes):
        return
    (came,), seen = formats.read(data, "x", "en")
    assert (replace(came, place="", question=full(draft.kind, came.question)), seen) == (draft, [])


def test_what_is_no_formula_in_a_table_stays_none():
    draft = Draft(
        "X-1", "single", "=1+1", {"options": [{"id": "a", "text": "@SUM", "correct": True, "rationale": "-"}]}
    )
    sheet = openpyxl.load_workbook(io.BytesIO(formats.write("xlsx", [draft])[0])).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


# --- Hostile files -----------------------------------------------------------------------------------------------------------


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("UP", ".."), content)
    return out.getvalue()


HOSTILE = {
    "an entity": b'<!DOCTYPE quiz [<!ENTITY a "aaaa">]><quiz><question type="essay"><name><text>&a;</text></name></question></quiz>',
    "an outer file": b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>',
    "deep nesting": b"<quiz>" * 50_000,
    "closed deep nesting": b"<a>" * 5_000 + b"</a>" * 5_000,
    "a bomb": packed(**{"imsmanifest.xml": b" " * 30_000_000}),
    "a way out": packed(UP__UP__etc__x="<x/>", imsmanifest="<x/>"),
    "an absolute path": packed(__etc__x="<x/>"),
    "aliases": b"- code: &a [x, x]\n  b: *a\n",
    "deep yaml": b"- code: " + b"[" * 20_000,
    "a huge file": b"{" * (6 * 2**20),
    "no text": b"\xff\xfe\xfd\x00abc",
    "nothing": b"",
    "another package": packed(readme="hello"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name):
    with pytest.raises(DomainError) as refusal:
        formats.read(HOSTILE[name], "x", "en")
    assert "Nothing was" in str(refusal.value)


# --- Texts ------------------------------------------------------------------------------------------------------------------

ZAWGYI = "ကေလးမ်ားကို ကူညီပါ။ ျမန္မာႏိုင္ငံ"


def test_zawgyi_is_converted_and_noted():
    (draft,), notes = read("ျမန္မာႏိုင္ငံတြင္ ကေလးမ်ားကို ကူညီပါသလား။{T}", "my")
    assert (draft.stem, [what for what, _places in said(notes)]) == ("မြန်မာနိုင်ငံတွင် ကလေးများကို ကူညီပါသလား။", ["Zawgyi"])


def test_an_item_partly_in_zawgyi_is_not_guessed_at():
    drafts, notes = read("ျမန္မာႏိုင္ငံတြင္ ကေလးမ်ားကို ကူညီပါသလား။{=မြန်မာနိုင်ငံတွင် ကလေးများကို ကူညီပါသည်။ ~ခ ~ဂ}", "my")
    assert (drafts, [what for what, _places in said(notes)]) == ([], ["an item"])


def test_a_table_by_hand_is_read():
    headings = ["Code", "Kind", "Question", "Right", "Option a", "Option b", "Option c", "Colour"]
    (draft,), notes = read(write_csv(headings, [["B-1", "Single", "What floats?", "B", "iron", "wood", "lead", "red"]]))
    assert (draft.kind, [one[:2] for one in options(draft)]) == (
        "single",
        [("iron", False), ("wood", True), ("lead", False)],
    )
    assert said(notes) == [("a column", ("Colour",))]


def test_a_row_in_another_language_is_listed():
    drafts, notes = read(write_csv(["Code", "Language", "Kind", "Question"], [["B-1", "my", "single", "x"]]))
    assert (drafts, said(notes)) == ([], [("an item in the language “my”", ("row 2",))])
