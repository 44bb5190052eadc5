"""What a translation has to keep of its source, and what its translator is told."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from content.glossary import Term
from content.translation.exchange import Unit, check, clean
from tests.content.test_content_glossary import PASSPORT, VISA

LINKED = 'See <a id="a1">the <b>guide</b></a>.'


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def problems(source, target, **more):
    """Codes of what is fatal, and of what is only doubtful."""
    found = check(Unit("k/1", source, "", ""), target, **more)
    return [one.code for one in found if one.is_fatal], [one.code for one in found if not one.is_fatal]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Hello", "မင်္ဂလာပါ"),
        ("Wait &amp; see", "စောင့်ကြည့် & ကြည့်"),
        ("Wait &amp; see", "စောင့်ကြည့် &amp; ကြည့်"),
        ("5 &lt; 6", "၅ < ၆"),
        ("a<br/>b", "က<br>ခ"),
        ("a<br/>b", "က<br/>ခ"),
        (LINKED, '<b>လမ်းညွှန်</b>ကို <a id="a1">ကြည့်ပါ</a>'),
        (LINKED, "<a id='a1'><b>လမ်းညွှန်</b></a>"),
    ],
)
def test_a_translation_with_the_tags_of_its_source_in_any_order_is_taken(source, target):
    assert problems(source, target) == ([], [])


@pytest.mark.parametrize(
    ("source", "target", "fatal"),
    [
        ("Hello", "<b>မင်္ဂလာပါ</b>", ["tags"]),
        ("Hello", "<script>alert(1)</script>", ["tags"]),
        ("Hello", "<img src=x onerror=alert(1)>", ["markup"]),
        ("Hello", "<br/><svg/onload=alert(1)>", ["markup"]),
        ("Hello", "<!-- က -->ခ", ["markup"]),
        ("Hello", "<!DOCTYPE html>ခ", ["markup"]),
        ("Hello", "<?php က ?>ခ", ["markup"]),
        ("Hello", "<![CDATA[က]]>ခ", ["markup"]),
        ("<b>Hello</b> you", "မင်္ဂလာပါ", ["tags"]),
        ("<b>Hello</b> you", "<i>က</i>ခ", ["tags", "tags"]),
        ("<b>Hello</b> you", "<b>က ခ", ["markup"]),
        ("<b>Hello</b> you", "က</b> ခ", ["markup"]),
        ("<b>Hello</b> <i>you</i>", "<b><i>က</b></i>", ["markup"]),
        ("<b>Hello</b> you", '<b class="x">က</b> ခ', ["tags", "tags"]),
        ("<b>Hello</b> you", "<b>က</b><b>ခ</b>", ["tags"]),
        (LINKED, '<a id="a2"><b>က</b></a>', ["tags", "tags"]),
        (LINKED, '<a href="http://x"><b>က</b></a>', ["tags", "tags"]),
        (LINKED, '<a id="a1" href="javascript:x"><b>က</b></a>', ["tags", "tags"]),
    ],
)
def test_other_tags_than_those_of_the_source_are_refused(source, target, fatal):
    assert problems(source, target)[0] == fatal


def test_a_refusal_names_the_tags():
    lost, added = check(Unit("k", LINKED, "", ""), '<a id="a2"><b>က</b></a>')
    assert (lost.sentence, added.sentence) == (
        'The source has <a id="a1"> here. Put them around the same words.',
        'The source does not have <a id="a2">. Take it out.',
    )


@pytest.mark.parametrize(
    ("source", "target", "doubts"),
    [
        ("18 years", "အသက် ၁၈ နှစ်", []),
        ("18 years", "အသက် 18 နှစ်", []),
        ("18 years", "အသက် ၁၉ နှစ်", ["numbers"]),
        ("18 years", "အသက်", ["numbers"]),
        ("1,000 kyat on 27 May 2025", "၂၀၂၅ မေ ၂၇ တွင် ၁၀၀၀ ကျပ်", []),
        ("at 10:30", "၁၀း၃၀ တွင်", []),
        ("1.5 metres", "၁.၅ မီတာ", []),
        ("1.5 metres", "၁၅ မီတာ", ["numbers"]),
        ("two people", "၂ ဦး", []),
        ("two people", "၃ ဦး", ["numbers"]),
        ("two people", "လူနှစ်ဦး", []),
        ("See M01.O1 and S30", "M01.O1 နှင့် S30", []),
        ("See M01.O1", "M၀၁.O၁", []),
        ("See M01.O1", "M01.O2", ["codes"]),
        ("See S30", "ကြည့်ပါ", ["codes"]),
        ("See ILO", "ကြည့်ပါ", []),
        ("it&#39;s", "က", []),
    ],
)
def test_numbers_and_codes_that_differ_are_told_whatever_their_digits(source, target, doubts):
    assert problems(source, target) == ([], doubts)


def test_terms_of_the_glossary_that_are_not_used_are_told():
    (told,) = check(Unit("k", "The passport and the <b>visa</b>", "", ""), "<b>ဗီဇာ</b> နိုင်ငံ\u200bကူးလက်မှတ်", terms=[PASSPORT, Term("visa", "visa", ("ပြည်ဝင်ခွင့်",), "")])  # fmt: skip
    assert (told.code, told.sentence, told.is_fatal) == ("term", "The glossary has “ပြည်ဝင်ခွင့်” for “visa”.", False)
    assert problems("The visa", "ပြည်ဝင်ခွင့်", terms=[VISA]) == ([], [])


ZAWGYI = "ျမန္မာႏိုင္ငံသို႔ ေရာက္ရွိလာေသာ သူမ်ားကို ကူညီပါသည္။"
UNICODE = "မြန်မာနိုင်ငံသို့ ရောက်ရှိလာသော သူများကို ကူညီပါသည်။"


def test_zawgyi_is_converted_and_told():
    assert problems("Help them.", ZAWGYI) == ([], ["zawgyi"])
    assert clean(ZAWGYI) == UNICODE


def test_a_translation_in_two_encodings_is_refused():
    assert problems("Help them.", f"{ZAWGYI} {UNICODE} ကျွန်ုပ်တို့သည် ပြည်သူများကို ကူညီပါသည်။")[0] == ["mixed"]


@pytest.mark.parametrize(
    ("target", "limit", "found"),
    [
        ("", None, ([], ["empty"])),
        (" \n\u00a0", None, ([], ["empty"])),
        (" က", None, ([], ["space"])),
        ("က\n", None, ([], ["space"])),
        ("က" * 400, 400, ([], [])),
        ("က" * 401, 400, (["length"], [])),
        ("&amp;" * 400, 400, ([], [])),
        ("က" * 20_001, None, (["length"], [])),
    ],
)
def test_spaces_and_length_and_nothing_at_all(target, limit, found):
    assert problems("Hello", target, limit=limit) == found


def test_a_tag_in_a_tag_a_thousand_times_is_refused():
    assert problems("Hello", "<b>" * 6_000)[0] == ["markup"]


@given(st.text(max_size=80) | st.text(st.sampled_from("<>/=\"'!?-&;#[]() abiscrpt1ေကမြ်\u200b\u00a0\n"), max_size=60))
@settings(max_examples=400, deadline=None)
def test_whatever_is_taken_holds_only_the_tags_of_its_source(target):
    for source in ("Hello", "<b>Hello</b> you", LINKED):
        if problems(source, target)[0]:
            continue
        wanted = [(tag.name, tag.attrs) for tag in BeautifulSoup(source, "html.parser").find_all()]
        stored = BeautifulSoup(clean(target), "html.parser")
        has = [(tag.name, tag.attrs) for tag in stored.find_all()]
        assert not target.strip() or sorted(has, key=str) == sorted(wanted, key=str)
        assert {type(node).__name__ for node in stored.descendants} <= {"Tag", "NavigableString"}


PIECES = [
    *'<>/&;#"= \u200b\u00a0\n\x1b',
    "<b>",
    "</b>",
    "<br>",
    "&amp;",
    "&#8203;",
    "&nbsp;",
    "&lt;",
    "ကို",
    "ဥပဒေ",
    "မြန်မာ",
    "ခ့ဲ",
    "၁၀ဝ",
    "a",
]


@given(st.text(st.characters(max_codepoint=0xFFF)) | st.lists(st.sampled_from(PIECES)).map("".join))
@settings(max_examples=300, deadline=None)
def test_what_is_stored_is_stored_the_same_again(target):
    assert clean(clean(target)) == clean(target)
