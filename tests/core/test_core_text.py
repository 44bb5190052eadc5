"""What is stored of what people type: plain text and the text between tags."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.text import accepted, finding, offered, stored

ZAWGYI, UNICODE = "ျမန္မာႏိုင္ငံ", "မြန်မာနိုင်ငံ"
MIXED = f"{ZAWGYI} ကျွန်ုပ်တို့ နှင့်"
SHAPES = ["line", "lines", "html"]
burmese = st.text(st.sampled_from("ကခငမနသတယရလဝအဥ၀၁၄ါာိီုူေဲံ့း်္ျြွှႏႀၤႈဳ \n\u200bab<>&။"), max_size=40)


@pytest.mark.parametrize(
    ("typed", "shape", "kept"),
    [
        (f"  {ZAWGYI}\u200b ", "line", UNICODE),
        ("နှင့်", "line", "နှင့်"),
        ("ခ့ဲ", "line", "ခဲ့"),
        ("က \n\n\n\n ခ", "lines", "က\n\nခ"),
        (f'<p data-block-key="a1"><b>{ZAWGYI}</b> &amp; ခ့ဲ</p>', "html", f'<p data-block-key="a1"><b>{UNICODE}</b> &amp; ခဲ့</p>'),
        (f'<p><a id="3" linktype="page">က\u200bခ</a><br/>{UNICODE}</p>', "html", f'<p><a id="3" linktype="page">က\u200bခ</a><br/>{UNICODE}</p>'),
        ("<p>a  b&nbsp;c</p>", "html", "<p>a  b&nbsp;c</p>"),
        (MIXED, "line", MIXED),
        ("ၵႂၢမ်းတႆး", "line", "ၵႂၢမ်းတႆး"),
        ("စက္ကူ မေတ္တာ", "line", "စက္ကူ မေတ္တာ"),
    ],
)  # fmt: skip
def test_a_text_is_stored_in_one_form(typed, shape, kept):
    assert stored(typed, shape) == kept


def test_what_is_between_angle_brackets_is_never_touched():
    link = f'<a href="https://example.org/{ZAWGYI}">'
    assert stored(f"{link}{ZAWGYI}</a>", "html") == f"{link}{UNICODE}</a>"


def test_a_text_in_another_language_is_neither_converted_nor_repaired():
    assert stored(ZAWGYI, "line", burmese=False) == ZAWGYI


@given(burmese, st.sampled_from(SHAPES))
def test_what_was_stored_is_stored_the_same_again(text, shape):
    once = stored(text, shape)
    assert stored(once, shape) == once


@given(burmese, st.sampled_from(SHAPES))
def test_nobody_is_offered_a_conversion_twice(text, shape):
    assert finding(offered(text, shape), shape) != "zawgyi"


@pytest.mark.parametrize(("text", "code"), [(ZAWGYI, "zawgyi"), (MIXED, "mixed")])
def test_a_person_is_asked_about_zawgyi_and_told_of_a_mixture(text, code):
    with pytest.raises(ValidationError) as refused:
        accepted(text, "line")
    assert refused.value.code == code


def test_an_offer_for_forms_that_show_plain_text_has_no_tags():
    with override("en"), pytest.raises(ValidationError) as refused:
        accepted(f"<p>{ZAWGYI} &lt;b&gt;</p>", "html", as_html=False)
    assert refused.value.messages == [
        "This was typed with Zawgyi. The box now holds it in Unicode, and nothing is lost: check the text and send it "
        f"again. As typed: {ZAWGYI} <b> As it will be stored: {UNICODE} <b>"
    ]


def test_an_offer_escapes_what_was_typed():
    with override("en"), pytest.raises(ValidationError) as refused:
        accepted(f"{ZAWGYI} <b>", "line")
    assert refused.value.messages[0].endswith(
        f'<span class="compared">As typed: <span lang="my">{ZAWGYI} &lt;b&gt;</span></span>'
        f' <span class="compared">As it will be stored: <span lang="my">{UNICODE} &lt;b&gt;</span></span>'
    )
