"""Walking and cleaning what an author wrote, by the semantics of a library."""

import contextlib
import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.packages.h5p.names import LibraryName
from content.packages.h5p.params import (
    MOST_HTML,
    Media,
    clean,
    hosts_in,
    libraries_in,
    marked,
    media_in,
    plain,
    sub_content_ids,
)
from content.packages.refusals import PackageRefused
from tests.content.packages.building import FIXTURE, QUIZ, question

MAIN = LibraryName("H5P.FixtureQuiz", 1, 0)
SEMANTICS = json.loads((FIXTURE / QUIZ / "semantics.json").read_text())
PART = "0b4f7c0e-1c9c-4a31-9d6f-3d7a52d4a111"


def of_quiz(name: LibraryName) -> list[Any] | None:
    return SEMANTICS if name == MAIN else None


def by(*fields: dict[str, Any], **params: Any) -> dict[str, Any]:
    """Params, cleaned by these fields."""
    return clean(params, MAIN, lambda name: list(fields) if name == MAIN else None)


def one(value: Any, **field: Any) -> Any:
    """One value, cleaned by one field; "gone" if it was left out."""
    return by({"name": "a"} | field, a=value).get("a", "gone")


# --- Walking ---------------------------------------------------------------------------------------------------------


def test_everything_that_content_names_is_found_at_any_depth():
    params = {
        "list": [{"a": {"library": "H5P.Image 1.1", "subContentId": PART.upper(), "params": {
            "file": {"path": "images/a.png", "mime": "image/png"},
            "film": [{"path": "https://Films.example.org/1", "mime": "video/mp4"}],
            "text": '<a href="http://texts.example.org/a">a</a> <svg xmlns="http://www.w3.org/2000/svg">',
        }}}],
        "library": "H5P.Text", "subContentId": "1",
    }  # fmt: skip
    assert libraries_in(params) == {LibraryName("H5P.Image", 1, 1)}
    assert media_in(params) == (Media("https://Films.example.org/1", "video/mp4"), Media("images/a.png", "image/png"))
    assert [(media.kind, media.is_external) for media in media_in(params)] == [("video", True), ("image", False)]
    assert hosts_in(params) == ("films.example.org", "texts.example.org")
    assert sub_content_ids(params) == {PART}


# --- Cleaning --------------------------------------------------------------------------------------------------------


def test_sound_content_stays_as_it_is():
    assert clean(question(), MAIN, of_quiz) == question()


def test_what_is_not_in_the_semantics_goes():
    assert clean(
        question(onload="x", behaviour={"enableRetry": False, "weight": 2, "layout": "grid", "x": 1}), MAIN, of_quiz
    ) == question(behaviour={"enableRetry": False, "weight": 2, "layout": "grid"})


def test_what_is_needed_and_absent_is_filled_in():
    cleaned = clean({"question": "?", "answers": [{"text": "a"}]}, MAIN, of_quiz)
    assert cleaned == {
        "question": "?",
        "answers": [{"text": "a", "correct": False}],
        "behaviour": {"enableRetry": True, "weight": 1, "layout": "list"},
        "checkAnswer": "Check",
        "retry": "Try again",
    }


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        ("<script>x()</script>a", "a"),
        ("<STRONG>a</STRONG><b>b</b>", "<strong>a</strong><b>b</b>"),
        ("<h1>a</h1>", "a"),
        ("<ul><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ("<svg onload=x()><p>a</p></svg>", "<p>a</p>"),
        ("<iframe src='https://example.org'></iframe>a", "a"),
        ('<a href="https://example.org">a</a>', "a"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("ကျေးဇူး", "ကျေးဇူး"),
        ('<span style="color: red; position: fixed">a</span>', '<span style="color:red">a</span>'),
        ("<!-- a -->b", "b"),
    ],
)
def test_marked_up_text_keeps_the_tags_that_are_allowed(sent, kept):
    assert one(sent, type="text", widget="html", tags=["strong", "ul"]) == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ('<a href="javascript:x()">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<a href="data:text/html,x">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<a href=" JaVaScRiPt:x()">a</a>', '<a rel="noopener noreferrer">a</a>'),
        (
            '<a href="https://a.example" target="_top">a</a>',
            '<a href="https://a.example" rel="noopener noreferrer">a</a>',
        ),
        ('<img src="data:image/png;base64,AAAA">', '<img src="data:image/png;base64,AAAA">'),
        ('<img src="data:image/svg+xml;base64,AAAA">', "<img>"),
        ('<img src="images/a.png" onerror="x()">', '<img src="images/a.png">'),
    ],
)
def test_addresses_in_marked_up_text_lead_to_no_program(sent, kept):
    assert one(sent, type="text", tags=["a", "img"]) == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<b>a</b>", "&lt;b&gt;a&lt;/b&gt;"),
        ('it\'s "a" & b', "it&#039;s &quot;a&quot; &amp; b"),
        ("it&#039;s &amp; b &lt;", "it&#039;s &amp; b &lt;"),
        ("a &b; &copy; &#x27; &;", "a &amp;b; &copy; &#x27; &amp;;"),
        (7, "7"),
        (["a"], "gone"),
        (None, "gone"),
    ],
)
def test_plain_text_is_escaped_once(sent, kept):
    assert one(sent, type="text") == kept


def test_plain_text_is_cut_but_no_sign_of_it():
    assert one("abcdef", type="text", maxLength=3) == "abc"
    assert one("ab&cd", type="text", maxLength=4) == "ab"


@pytest.mark.parametrize(
    ("field", "sent", "kept"),
    [
        ({"type": "number", "min": 1, "max": 10}, 0, 1),
        ({"type": "number", "min": 1, "max": 10}, 99, 10),
        ({"type": "number"}, "2.5", 2.5),
        ({"type": "number", "default": 3}, "many", 3),
        ({"type": "number"}, True, "gone"),
        ({"type": "boolean"}, "true", True),
        ({"type": "boolean"}, 0, False),
        ({"type": "boolean", "default": True}, [], True),
        ({"type": "select", "options": [{"value": "a"}, {"value": "b"}], "default": "b"}, "c", "b"),
        ({"type": "select", "options": [{"value": "a"}, {"value": "b"}]}, "c", "a"),
        ({"type": "select", "options": [{"value": "a"}], "optional": True}, "c", "gone"),
        ({"type": "select", "options": [{"value": "a"}], "optional": True}, "", ""),
        ({"type": "select", "options": [{"label": "A", "options": [{"value": "a"}]}]}, "a", "a"),
        ({"type": "select", "options": [{"value": 1}]}, "1", "1"),
        ({"type": "select", "multiple": True, "options": [{"value": "a"}, {"value": "b"}]}, ["b", "c"], ["b"]),
        ({"type": "select", "options": []}, "<b>", "&lt;b&gt;"),
        ({"type": "list", "max": 2, "field": {"name": "b", "type": "number"}}, [1, "x", 2, 3], [1]),
        ({"type": "list", "field": {"name": "b", "type": "number"}}, {"0": 1}, "gone"),
        ({"type": "group", "fields": [{"name": "b", "type": "text"}]}, "<", "&lt;"),
        ({"type": "group", "fields": [{"name": "b", "type": "text"}]}, {"b": "<"}, {"b": "&lt;"}),
        ({"type": "image"}, {"path": "images/a.png#tmp", "mime": "image/png", "width": 5, "onload": "x"}, {"path": "images/a.png", "mime": "image/png", "width": 5}),
        ({"type": "image"}, {"path": "../a.png"}, "gone"),
        ({"type": "video"}, [{"path": "javascript:x", "mime": "a"}, {"path": "a.mp4", "mime": "video/mp4"}], [{"path": "a.mp4", "mime": "video/mp4"}]),
        ({"type": "a kind of tomorrow"}, {"x": [1, "<b>"]}, {"x": [1, "<b>"]}),
        ({"type": "text", "regexp": {"pattern": "(a+)+$"}}, "a" * 40 + "b", "a" * 40 + "b"),
        ({"type": "list", "max": "many", "field": 7}, [1], [1]),
        ({"type": "select", "options": "none"}, "a", "a"),
        ({"type": "text", "tags": [["p"], "script", "p"]}, "<script>x</script><p>a", "<p>a</p>"),
    ],
)  # fmt: skip
def test_a_value_becomes_what_its_field_allows(field, sent, kept):
    assert one(sent, **field) == kept


def test_a_library_within_is_cleaned_by_its_own_semantics():
    part = {
        "library": "H5P.FixtureQuiz 1.0",
        "subContentId": PART,
        "params": question(x=1),
        "metadata": {"title": "<b>"},
        "y": 2,
    }
    cleaned = clean(question(part=part), MAIN, of_quiz)
    assert cleaned["part"] == {
        "library": "H5P.FixtureQuiz 1.0", "params": question(), "subContentId": PART, "metadata": {"title": "&lt;b&gt;"},
    }  # fmt: skip


@pytest.mark.parametrize("library", ["H5P.Other 1.0", "H5P.FixtureQuiz", "", None, 5])
def test_a_library_that_is_no_option_goes(library):
    assert "part" not in clean(question(part={"library": library, "params": {}}), MAIN, of_quiz)


def test_without_semantics_only_libraries_within_are_cleaned():
    params = {"any": "<b>", "inner": [{"library": "H5P.FixtureQuiz 1.0", "params": question(x=1)}]}
    cleaned = clean(params, LibraryName("H5P.Unknown", 1, 0), of_quiz)
    assert cleaned == {"any": "<b>", "inner": [{"library": "H5P.FixtureQuiz 1.0", "params": question()}]}


def test_an_id_that_is_no_uuid_becomes_one_and_stays_it():
    part = {"library": "H5P.FixtureQuiz 1.0", "subContentId": "1762930000991-80gy9k7ud", "params": question()}
    once = clean(question(part=part), MAIN, of_quiz)
    assert len(sub_content_ids(once)) == 1
    assert clean(once, MAIN, of_quiz) == once


# --- Nothing is changed twice, and nothing takes long ----------------------------------------------------------------

MARKUP = st.lists(
    st.sampled_from([
        "<p>", "</p>", "<strong>", "</b>", "<ul>", "<li>", "<a href='x'>", "</a>", "<table>", "<td>", "&", "&amp;", "&lt;",
        "&#039;", "<", ">", '"', "'", "<script>", "<style>", "<svg>", "<math>", "<img src=x onerror=y>", "<!--", "-->", "a",
        "က", " ", "\n", "\r", "\0", "<span style='color:red;x:url(a)'>", "<div class=\"a\">", "<select>", "<pre>\n", "\u00a0",
    ]),
    max_size=14,
).map("".join)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-20, 20) | st.floats(-9, 9) | MARKUP | st.sampled_from(["list", "grid", "1", PART]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from([field["name"] for field in SEMANTICS] + ["text", "correct", "weight", "layout", "library", "params", "path", "mime"]),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip
PARAMS = st.fixed_dictionaries(
    {},
    optional={
        "question": MARKUP | JSON,
        "answers": st.lists(st.fixed_dictionaries({}, optional={"text": MARKUP, "correct": JSON})) | JSON,
        "behaviour": JSON,
        "checkAnswer": MARKUP,
        "picture": st.fixed_dictionaries({"path": MARKUP | st.just("a.png#tmp")}) | JSON,
        "part": st.fixed_dictionaries({"library": st.just(str(MAIN)), "params": JSON, "subContentId": MARKUP}) | JSON,
        "other": JSON,
    },
)
FIELD = st.recursive(
    st.fixed_dictionaries(
        {"name": st.sampled_from("abc"), "type": st.sampled_from(["text", "number", "boolean", "select", "image", "video", "library", "x"])},
        optional={"default": JSON, "optional": st.booleans(), "tags": st.lists(st.sampled_from(["p", "a", "table", "pre", 7])), "options": JSON,
                  "max": st.integers(-2, 6) | MARKUP, "min": st.integers(-2, 6), "maxLength": st.integers(-1, 9), "multiple": st.booleans()},
    ),
    lambda inner: st.fixed_dictionaries(
        {"name": st.sampled_from("abc"), "type": st.just("group"), "fields": st.lists(inner, max_size=3)},
        optional={"isSubContent": st.booleans(), "optional": st.booleans(), "default": JSON},
    ) | st.fixed_dictionaries({"name": st.sampled_from("abc"), "type": st.just("list"), "field": inner}, optional={"max": st.integers(0, 3), "default": JSON}),
    max_leaves=6,
)  # fmt: skip
ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | MARKUP,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=10,
)
SLOW = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=80)


@SLOW
@given(PARAMS)
def test_cleaning_what_is_clean_changes_nothing(params):
    once = clean(params, MAIN, of_quiz)
    assert clean(once, MAIN, of_quiz) == once
    json.dumps(once, allow_nan=False)


@SLOW
@given(st.dictionaries(st.sampled_from("abc"), ANY, max_size=3), st.lists(FIELD, max_size=3))
def test_no_semantics_make_cleaning_fall_over(params, fields):
    once = clean(params, MAIN, lambda _name: fields)
    assert clean(once, MAIN, lambda _name: fields) == once
    json.dumps(once, allow_nan=False)


@SLOW
@given(MARKUP)
def test_texts_settle_at_the_first_reading(text):
    assert plain(plain(text)) == plain(text)
    allowed = {"p", "div", "span", "br", "strong", "ul", "li", "a", "table", "tr", "td", "pre"}
    assert marked(marked(text, allowed), allowed) == marked(text, allowed)
    assert "<script" not in marked(text, allowed)
    assert "onerror" not in marked(text, allowed).replace("&lt;img src=x onerror", "")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"<b class=a{n}>" for n in range(12_000)) + "<p>a" * 1000,
        "<div>" * (MOST_HTML // 5),
        "<table>" * (MOST_HTML // 7),
        "<a href=x><div>" * (MOST_HTML // 15),
        "<!--" * (MOST_HTML // 4),
        "&" * MOST_HTML,
    ],
)  # fmt: skip
def test_markup_made_to_be_slow_is_cleaned_or_refused_in_seconds(text):
    texts = {f"t{n}": text[: MOST_HTML // share] for n, share in enumerate([1, 4, 16, 64])}
    fields = [{"name": name, "type": "text", "tags": ["p", "div", "b", "a", "table"]} for name in texts]
    begin = time.process_time()
    for name in texts:
        with contextlib.suppress(PackageRefused):
            by(*fields, **{name: texts[name]})
    with contextlib.suppress(PackageRefused):
        by(
            *[field | {"name": f"a{n}"} for n in range(3000) for field in fields[:1]],
            **{f"a{n}": texts["t3"] for n in range(1000)},
        )
    assert time.process_time() - begin < 10


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(PackageRefused) as refused:
        one("a" * MOST_HTML + "<p>", type="text", tags=["p"])
    assert refused.value.code == "text_too_long"


def test_defaults_cannot_blow_up_content():
    long = {"name": "b", "type": "text", "default": "a" * 100_000}
    group = {"name": "g", "type": "group", "isSubContent": True, "fields": [long]}
    with pytest.raises(PackageRefused) as refused:
        one([{}] * 1000, type="list", field=group)
    assert refused.value.code == "params_too_large"


def test_looking_at_many_fields_for_many_items_comes_to_an_end():
    group = {"name": "g", "type": "group", "fields": [{"name": f"b{n}", "type": "text"} for n in range(10_000)]}
    with pytest.raises(PackageRefused) as refused:
        one([{}] * 10_000, type="list", field=group)
    assert refused.value.code == "params_too_large"


def test_content_as_deep_as_may_be_is_cleaned():
    params: Any = question()
    for _level in range(95):
        params = {"part": {"library": str(MAIN), "params": params}}
    cleaned = clean(params, MAIN, of_quiz)
    assert clean(params, LibraryName("H5P.Unknown", 1, 0), of_quiz)["part"] == cleaned["part"]


def test_content_deeper_than_may_be_is_refused_and_does_not_exhaust_the_stack():
    params: Any = {}
    for _level in range(5000):
        params = {"a": params}
    with pytest.raises(PackageRefused) as refused:
        clean(params, LibraryName("H5P.Unknown", 1, 0), of_quiz)
    assert refused.value.code == "json_too_deep"


def test_params_that_are_no_object_are_refused():
    with pytest.raises(PackageRefused) as refused:
        clean([], MAIN, of_quiz)
    assert refused.value.code == "params_no_object"
