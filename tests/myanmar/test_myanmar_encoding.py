import random
import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myanmar.encoding import (
    ColumnVerdict,
    detect_column,
    detect_encoding,
    examine,
    is_wellformed,
    to_unicode,
    zawgyi_probability,
    zawgyi_to_unicode,
)
from myanmar.text import normalise
from tests.myanmar.corpus import ENCODERS, detector_vectors, government_pairs, icu_pairs, lines
from tests.myanmar.zawgyi import typed_plainly, typed_with_care

DECLARATION = [normalise(text) for text in lines("udhr_my.txt")]
KAREN = "ကညီကျိာ်တၢ်မၤလိ", "တၢ်ကစီၣ်", "တၢ်ထံၣ်တၢ်ပၥ်သး"
# Every sign of the Myanmar block and a few others, so that drawn texts meet every rule.
signs = st.text(st.one_of(st.characters(min_codepoint=0x1000, max_codepoint=0x109F), st.sampled_from(" a1\n\u200b")))


@pytest.mark.parametrize(("probability", "text"), detector_vectors())
def test_the_detector_gives_the_published_probability(probability, text):
    assert zawgyi_probability(text) == (None if probability < 0 else pytest.approx(probability, rel=1e-6))


# Well-formed words of which the detector alone is sure that they are Zawgyi, or nearly.
@pytest.mark.parametrize("word", ["စက္ကူ", "မေတ္တာ", "ရိက္ခာ", "သတ္တမ", "ပုဂ္ဂလ"])
def test_a_word_with_a_stack_is_not_taken_for_zawgyi(word):
    assert detect_encoding(word) == "unicode"
    assert to_unicode(word) == word


@pytest.mark.parametrize("text", DECLARATION)
def test_the_declaration_in_burmese_is_wellformed_and_stays(text):
    assert is_wellformed(text)
    assert detect_encoding(text) == examine(text) == "unicode"
    assert to_unicode(text) == text


@pytest.mark.parametrize(
    "word",
    ["ယောက်ျား", "ကျွန်ုပ်", "လက်ျာ", "အင်္ဂလိပ်", "ဥက္ကဋ္ဌ", "ဥဿုံ", "၎င်း", "တော့်", "ကြွှုံ့", "ဘင်္ဂလားဒေ့ရှ်", "ဝေါလ်ဗွီး", "ဘတ်စ်",
     "၁၀း၃၀", "၃ဝန်ကြီး", "ဦးအောင်", "ဣန္ဒြေ", "ဗြဟ္မဏ", "သင်္ဘော", "visa အမျိုးအစား B2", "", "\u1000\u1031\u102c\u103a\u1037"],
)  # fmt: skip
def test_right_spelling_is_wellformed(word):
    assert is_wellformed(word)


@pytest.mark.parametrize(
    "word", ["ေက", "က္", "က္သ", "ကာ်", "ျက", "ကုု", "အျခား", "ရြာ", "မွုူ", "ဦေး", "ံ", "လိၵ်ႈတႆး", "ဂကူမန်ၚ်", *KAREN]
)
def test_what_burmese_never_writes_is_malformed(word):
    assert not is_wellformed(word)


@pytest.mark.parametrize("text", [*lines("udhr_shn.txt"), *lines("udhr_mnw.txt"), *KAREN])
def test_shan_mon_and_karen_are_never_converted(text):
    assert examine(text) == "unicode"
    assert to_unicode(text) == unicodedata.normalize("NFC", text)
    assert {detect_encoding(word) for word in text.split()} <= {"unicode", "none"}


@pytest.mark.parametrize(("unicode", "zawgyi"), government_pairs())
def test_zawgyi_as_people_typed_it_is_found_and_converted(unicode, zawgyi):
    assert detect_encoding(zawgyi) == examine(zawgyi) == "zawgyi"
    assert to_unicode(zawgyi) == normalise(unicode)


@pytest.mark.parametrize("encoder", ENCODERS)
@pytest.mark.parametrize("text", DECLARATION)
def test_the_declaration_comes_back_from_zawgyi(text, encoder):
    assert zawgyi_to_unicode(encoder(text)) == text


def test_the_declaration_comes_back_from_the_zawgyi_of_icu():
    wrong = [(unicode, zawgyi) for unicode, zawgyi in icu_pairs() if zawgyi_to_unicode(zawgyi) != normalise(unicode)]
    # In one place that encoder put the ra of ဖြစ် into the syllable before.
    assert [wrong_word(zawgyi_to_unicode(zawgyi), normalise(unicode)) for unicode, zawgyi in wrong] == [
        ("စာပေမျွဖစ်စေ၊", "စာပေမှဖြစ်စေ၊")
    ]


def wrong_word(found, right):
    return next(pair for pair in zip(found.split(), right.split(), strict=True) if pair[0] != pair[1])


LETTERS = "ကခဂဃငစဆဇညဋဌဍဎဏတထဒဓနပဖဗဘမယရလဝသဟဠအ"
MEDIALS = [
    "",
    "",
    "\u103b",
    "\u103c",
    "\u103d",
    "\u103e",
    "\u103b\u103d",
    "\u103c\u103d",
    "\u103d\u103e",
    "\u103b\u103e",
]
VOWELS = ["", "ာ", "ါ", "ိ", "ီ", "ု", "ူ", "ေ", "ဲ", "ော", "ေါ", "ော်", "ေါ်", "ံ", "ို", "ုံ", "ိံ"]
FINALS = ["", "က်", "င်", "စ်", "ည်", "ဉ်", "တ်", "န်", "ပ်", "မ်", "ယ်"]
STACKS = ["က္က", "စ္ဆ", "ဇ္ဇ", "ဉ္စ", "ဋ္ဌ", "ဏ္ဍ", "တ္တ", "ဒ္ဓ", "န္တ", "န္ဒ", "ပ္ပ", "မ္ဘ", "လ္လ", "င်္ဂ", "င်္က", "ဿ"]
syllables = st.builds(
    lambda *parts: normalise("".join(parts)),
    st.one_of(st.builds(str.__add__, st.sampled_from(LETTERS), st.sampled_from(MEDIALS)), st.sampled_from(STACKS)),
    st.sampled_from(VOWELS),
    st.sampled_from(FINALS),
    st.sampled_from(["", "့", "း"]),
).filter(lambda text: is_wellformed(text) and not text.startswith("စျ"))  # which is how Zawgyi writes ဈ
words = st.lists(
    st.one_of(syllables, st.sampled_from(["ဦး", "ဥ", "ဤ", "၏", "၎င်း", "၂၀၂၆", " ", "၊", "visa"])), max_size=6
)


@given(words.map("".join).map(normalise), st.sampled_from(ENCODERS))
def test_wellformed_syllables_come_back_from_zawgyi(text, encoder):
    assert zawgyi_to_unicode(encoder(text)) == text


@given(words.map("".join).map(normalise))
def test_what_is_wellformed_is_never_converted(text):
    assert detect_encoding(text) in ("unicode", "none")
    assert to_unicode(text) == text


@given(words.map("".join), st.sampled_from(ENCODERS))
def test_cleaning_twice_is_cleaning_once(text, encoder):
    once = normalise(to_unicode(encoder(normalise(text))))
    assert normalise(to_unicode(once)) == once


@given(st.one_of(signs, st.text()))
def test_any_string_gets_an_answer_and_its_conversion_is_normalised(text):
    assert (zawgyi_probability(text) is None) == (detect_encoding(text) == examine(text) == "none")
    assert normalise(zawgyi_to_unicode(text)) == zawgyi_to_unicode(text)


@given(st.one_of(signs, st.text()))
def test_conversion_keeps_every_foreign_character_in_its_place(text):
    foreign = re.compile("[\u1000-\u109f]+")
    assert foreign.sub("", zawgyi_to_unicode(text)) == foreign.sub("", normalise(text))


@pytest.mark.parametrize(
    ("zawgyi", "unicode"),
    [
        ("ျမန္မာႏိုင္ငံ", "မြန်မာနိုင်ငံ"),
        ("ေအာင္ဆန္း", "အောင်ဆန်း"),
        ("ေက်ာင္း", "ကျောင်း"),
        ("ေၾကာင့္", "ကြောင့်"),
        ("အဂၤလိပ္", "အင်္ဂလိပ်"),
        ("သေဘၤာ", "သင်္ဘော"),
        ("ဗုဒၶ", "ဗုဒ္ဓ"),
        ("ဥကၠ႒", "ဥက္ကဋ္ဌ"),
        ("ေယာက်္ား", "ယောက်ျား"),
        ("ကၽြႏ္ုပ္", "ကျွန်ုပ်"),
        ("ပစၥည္း", "ပစ္စည်း"),
        ("ျပႆနာ", "ပြဿနာ"),
        ("ပဥၥမ", "ပဉ္စမ"),
        ("ေစ်း", "ဈေး"),
        ("၄င္း", "၎င်း"),
        ("၎", "၎င်း"),
        ("၎င္း", "၎င်း"),
        ("၄ခု", "၄ခု"),
        ("၄ဧၿပီ", "၄ဧပြီ"),
        ("အ၀တ္အထည္", "အဝတ်အထည်"),
        ("၂၀၁၈", "၂၀၁၈"),
        ("အျခားuploaded", "အခြားuploaded"),
        ("ခ်္", "ချ်"),
        ("ေ", "ေ"),
    ],
)
def test_zawgyi_is_converted_sign_by_sign(zawgyi, unicode):
    assert zawgyi_to_unicode(zawgyi) == normalise(unicode)


UNICODE = "မြန်မာနိုင်ငံ လူဝင်မှုကြီးကြပ်ရေး ဦးစီးဌာန"
ZAWGYI = typed_with_care(UNICODE)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("", "none"),
        ("Mae Sot 2026 ၁၂၃၊။", "none"),
        (UNICODE, "unicode"),
        (ZAWGYI, "zawgyi"),
        (f"{UNICODE} {ZAWGYI}", "mixed"),
        (f"{ZAWGYI}\n{UNICODE}", "mixed"),
        (f"{ZAWGYI}၊{UNICODE}။", "mixed"),
        (f"{UNICODE}\n\nက က\n{UNICODE}", "unicode"),
        (f"{ZAWGYI}\n\nက က\n{ZAWGYI}", "zawgyi"),
        (f"Visa (B2): {ZAWGYI} 2026", "zawgyi"),
        (f"Visa (B2): {UNICODE} 2026", "unicode"),
        (f"{lines('udhr_shn.txt')[0]} {UNICODE}", "unicode"),
        (f"{lines('udhr_shn.txt')[0]} {ZAWGYI}", "mixed"),
        (f"{ZAWGYI} ဂကူမန်ၚ်", "mixed"),
        ("က", "unicode"),
    ],
)
def test_a_text_is_examined_phrase_by_phrase(text, finding):
    assert examine(text) == finding


def test_a_mixed_text_is_not_converted():
    assert to_unicode(f"{UNICODE}\n{ZAWGYI}") == f"{UNICODE}\n{ZAWGYI}"


def test_the_whole_declaration_is_never_mixed_whatever_it_was_typed_in():
    whole = "\n".join(DECLARATION)
    assert [examine(text) for text in (whole, typed_plainly(whole), typed_with_care(whole))] == [
        "unicode",
        "zawgyi",
        "zawgyi",
    ]
    assert examine("\n".join(lines("mmgov_zawgyi.txt"))) == "zawgyi"


@pytest.mark.parametrize("encoder", ENCODERS)
def test_one_paragraph_in_the_other_encoding_makes_the_declaration_mixed(encoder):
    paragraphs = [text for text in DECLARATION if len(text) > 60]
    for at in range(0, len(paragraphs), 7):
        one_in_zawgyi = [encoder(text) if place == at else text for place, text in enumerate(paragraphs)]
        all_but_one = [text if place == at else encoder(text) for place, text in enumerate(paragraphs)]
        assert examine("\n".join(one_in_zawgyi)) == examine("\n".join(all_but_one)) == "mixed"


NAMES = ["ဦးအောင်မြင့်", "ဒေါ်ခင်လှ", "မောင်ကျော်", "နန်းမွန်", "စိုင်းလုံ", "ကို", "မ", ""]


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ([], ColumnVerdict("none", 0)),
        (["", "Aung", "၁၂"], ColumnVerdict("none", 0)),
        (NAMES, ColumnVerdict("unicode", 7)),
        (list(map(typed_plainly, NAMES)), ColumnVerdict("zawgyi", 7)),
        (list(map(typed_with_care, NAMES)), ColumnVerdict("zawgyi", 7)),
        ([*NAMES, typed_plainly("ဦးကျော်စိုးမြင့်")], ColumnVerdict("mixed", 8)),
        (["မင်္ဂလာပါ", "စက္ကူ"], ColumnVerdict("unicode", 2)),
        ([typed_plainly("မင်္ဂလာပါ")], ColumnVerdict("ask", 1)),
        ([typed_plainly("မင်္ဂလာပါ"), typed_plainly("ရန်ကုန်မြို့")], ColumnVerdict("zawgyi", 2)),
        (["\u1000\u1038\u1036", "က ခ"], ColumnVerdict("unicode", 3)),
    ],
)
def test_a_column_gets_one_verdict(cells, verdict):
    assert detect_column(cells) == verdict


@pytest.mark.parametrize("encoding", ["unicode", "zawgyi"])
def test_ten_thousand_rows_are_examined_and_converted_in_seconds(encoding):
    rows = [f"ဦးကျော်ကျော်အောင် လူဝင်မှုကြီးကြပ်ရေးနှင့်ပြည်သူ့အင်အားဦးစီးဌာန မြဝတီ {row}" for row in range(10_000)]
    rows = rows if encoding == "unicode" else list(map(typed_with_care, rows))
    start = time.perf_counter()
    assert {examine(row) for row in rows} == {encoding}
    assert detect_column(rows).encoding == encoding
    for row in rows:
        normalise(to_unicode(row))
    assert time.perf_counter() - start < 30


@pytest.mark.parametrize("seed", range(3))
def test_a_hostile_text_is_answered_at_once(seed):
    draw = random.Random(seed)
    marks = [chr(code) for code in range(0x102B, 0x1040)]
    letters = [*marks, *map(chr, range(0x1060, 0x1098)), "\u1004", "က", "ဥ", "၀"]
    texts = ["".join(draw.choices(pool, k=10_000)) for pool in (marks, letters)]
    texts += [unit * 5_000 for unit in ("\u1031\u103b", "\u1004\u103a\u1039", "က္", "\u1037\u103a", "က်ျာ", "ေယာကၠ")]
    start = time.perf_counter()
    for text in texts:
        examine(text)
        detect_column([text])
        zawgyi_to_unicode(text)
    assert time.perf_counter() - start < 20
