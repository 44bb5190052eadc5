import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from myanmar import text as module
from myanmar.text import (
    breakable,
    clean_text,
    has_myanmar,
    normalise,
    reading_units,
    syllables,
    truncate_syllables,
)
from tests.myanmar.corpus import lines

FONT = Path(__file__).parents[2] / "vendor" / "fonts" / "NotoSansMyanmar-400.ttf"

MARKS = "\u102b\u102c\u102d\u102e\u102f\u1030\u1031\u1032\u1036\u1037\u1038\u103a\u103b\u103c\u103d\u103e"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
burmese = st.text(MARKS + "ကခငစညတနပမယရလဝသဟအဉဥဦဿဩ၀၁၄၇၎၏၊။\u1039" + INVISIBLE + "\u00a0 a1(", max_size=24)
anything = st.one_of(burmese, st.text(max_size=24))
# No letter or digit that has a look-alike, so that only order and doubles may change.
unmistakable = st.text(MARKS + "ကခငစညတနပမယလဟအ၁၂၊ a", max_size=24)

# As typed, code point by code point, and as stored.
REPAIRS = [
    ("\u1001\u1037\u1032", "\u1001\u1032\u1037"),  # ခဲ့
    ("\u1010\u102f\u1037\u1036", "\u1010\u102f\u1036\u1037"),  # တုံ့
    ("\u1031\u1000", "\u1000\u1031"),  # ကေ, typed as drawn
    ("\u1031\u1000\u102c", "\u1000\u1031\u102c"),  # ကော, typed as drawn
    ("\u101c\u1030\u1030", "\u101c\u1030"),  # လူ, with a double
    ("\u1000\u103d\u103b", "\u1000\u103b\u103d"),  # ကျွ
    ("\u1000\u102f\u102d", "\u1000\u102d\u102f"),  # ကို
    ("\u1019\u103a\u1037", "\u1019\u1037\u103a"),  # asat and dot: NFC alone
    ("\u1025\u102e\u1038", "\u1026\u1038"),  # ဦး: NFC alone
    ("\u1009\u102e\u1038", "\u1026\u1038"),  # ဦး with nya
    ("\u1025\u102c\u100f\u103a", "\u1009\u102c\u100f\u103a"),  # ဉာဏ်
    ("\u1000\u1031\u102c\u1004\u1025\u103a", "\u1000\u1031\u102c\u1004\u1009\u103a"),
    ("\u1015\u103c\u101e\u1039\u101e\u1014\u102c", "\u1015\u103c\u103f\u1014\u102c"),  # ပြဿနာ
    ("\u101a\u1031\u102c\u1000\u103b\u102c\u103a\u1038", "\u101a\u1031\u102c\u1000\u103a\u103b\u102c\u1038"),  # ယောက်ျား
    ("\u101a\u1031\u102c\u1000\u103b\u103a\u102c\u1038", "\u101a\u1031\u102c\u1000\u103a\u103b\u102c\u1038"),
    ("\u1000\u103b\u103d\u1014\u102f\u103a\u1015\u103a", "\u1000\u103b\u103d\u1014\u103a\u102f\u1015\u103a"),  # ကျွန်ုပ်
    ("\u1000\u103b\u103d\u1014\u103a\u102f\u103a\u1015\u103a", "\u1000\u103b\u103d\u1014\u103a\u102f\u1015\u103a"),
    ("\u1044\u1004\u103a\u1038", "\u104e\u1004\u103a\u1038"),  # ၎င်း
    ("\u1041\u1049\u101d\u101d ခု", "\u1041\u1049\u1040\u1040 ခု"),  # ၁၉၀၀ ခု
    ("\u1041\u101d", "\u1041\u1040"),  # ၁၀
    ("\u1040\u1014\u103a\u1000\u103c\u102e\u1038", "\u101d\u1014\u103a\u1000\u103c\u102e\u1038"),  # ဝန်ကြီး
    ("ဒုတိယ\u1040န်ကြီး", "ဒုတိယ\u101dန်ကြီး"),
    ("အ\u1040တ်အထည်", "အ\u101dတ်အထည်"),
    ("သဘာ\u1040ပတ်\u1040န်းကျင်", "သဘာ\u101dပတ်\u101dန်းကျင်"),
    ("\u1047\u103e\u102d", "\u101b\u103e\u102d"),  # ရှိ
]
KEPT = [
    "ယောက်ျား", "ကျွန်ုပ်", "လက်ျာ", "နှင့်", "ကောင့်", "သင်္ဘော", "ဗုဒ္ဓဘာသာ", "စက္ကူ", "မေတ္တာ", "ရိက္ခာ", "အင်္ဂလိပ်", "ဥက္ကဋ္ဌ",
    "ဥပဒေ", "ဉာဏ်", "ဦး", "ဿ", "၎င်း", "ပြဿနာ", "မနုဿ", "ကြွှုံ့", "၁၀", "၁၀း၃၀", "၇း၃၀", "၄ခု", "၄ဧပြီ", "၃\u101dန်ကြီး", "၀.၅",
    "ဝဝ", "အမှတ် ၀", "လူ့အခွင့်အရေး", "လူဝင်မှုကြီးကြပ်ရေး", "လူကုန်ကူးမှု", "တနင်္လာ", "ဩဂုတ်", "နိုင်ငံကူးလက်မှတ်",
]  # fmt: skip
OTHER_LANGUAGES = [
    "လိၵ်ႈတႆးၵၢၼ်ႁဵၼ်း",  # Shan
    "မႂ်ႇသုင်ၶႃႈ",
    "ဍုၚ်မန်",  # Mon
    "ဘာသာမန် ဂကူမန်ၚ်",
    "ကညီကျိာ်တၢ်မၤလိ",  # S'gaw Karen
    # No letter tells these from Burmese, but no Burmese syllable has their marks together.
    "တုဲ",  # Mon
    "ရှ်ေသှ်ေ",
    "စောဲ",
    "မ့ာ်",  # S'gaw Karen
    "မဲာ်",
]


@pytest.mark.parametrize(("typed", "stored"), REPAIRS)
def test_a_known_misspelling_is_stored_in_its_right_form(typed, stored):
    assert normalise(typed) == stored


@pytest.mark.parametrize("word", KEPT)
def test_a_right_word_stays_as_it_is(word):
    assert normalise(word) == unicodedata.normalize("NFC", word)


@pytest.mark.parametrize("words", OTHER_LANGUAGES)
def test_shan_mon_and_karen_stay_as_they_are(words):
    assert normalise(words) == unicodedata.normalize("NFC", words)


@pytest.mark.parametrize("language", ["shn", "mnw"])
def test_every_word_of_the_declaration_in_shan_and_mon_stays_also_when_it_stands_alone(language):
    words = " ".join(lines(f"udhr_{language}.txt")).split()
    assert [word for word in words if normalise(word) != unicodedata.normalize("NFC", word)] == []


def test_in_the_declaration_in_burmese_only_one_misspelt_word_changes():
    words = " ".join(lines("udhr_my.txt")).split()
    assert {word: normalise(word) for word in words if normalise(word) != unicodedata.normalize("NFC", word)} == {
        "ယောကျာ်း": "ယောက်ျား",
        "ယောကျာ်းနှင့်": "ယောက်ျားနှင့်",
    }


@given(burmese, st.sampled_from("\u1022\u1033\u105a\u1061\u1075\u1083\u109a\ua9e0\uaa60"), burmese)
def test_one_letter_of_another_language_switches_the_burmese_repairs_off(before, letter, after):
    mixed = before + letter + after
    assert normalise(mixed) == normalise(mixed, burmese=False)


@given(anything)
def test_normalising_twice_is_normalising_once(text):
    once = normalise(text)
    assert normalise(once) == once


@given(anything, st.booleans())
def test_a_normalised_text_is_nfc_without_zero_width_characters(text, keep_zwsp):
    stored = normalise(text, keep_zwsp=keep_zwsp)
    assert unicodedata.is_normalized("NFC", stored)
    assert not set(stored) & set(INVISIBLE.replace("\u200b", "") if keep_zwsp else INVISIBLE)
    assert "\u00a0" not in stored


@given(unmistakable)
def test_only_order_and_doubles_of_marks_change_where_nothing_is_mistaken(text):
    stored = normalise(text)
    assert re.sub(f"[{MARKS}]", "", stored) == re.sub(f"[{MARKS}]", "", text)
    assert set(stored) == set(text)


def test_a_zero_width_space_can_be_kept_for_rich_text():
    assert normalise("က\u200bခ") == "ကခ"
    assert normalise("က\u200bခ", keep_zwsp=True) == "က\u200bခ"


def test_burmese_repairs_can_be_switched_off():
    assert normalise("\u1044\u1004\u103a\u1038", burmese=False) == "\u1044\u1004\u103a\u1038"


def test_a_leading_e_is_left_for_the_converter_where_zawgyi_would_mean_something_else():
    for typed in ("\u1031\u1019\u103c\u1038", "\u1031\u1000\u102c\u1004\u1039\u1038", "\u1031\u1000\u103a\u102c"):
        assert normalise(typed).startswith("\u1031")


@pytest.fixture(scope="module")
def dotted_circles():
    """Counts the dotted circles that HarfBuzz draws for a text: its sign for a mark that is out of place."""
    harfbuzz = pytest.importorskip("uharfbuzz", reason="uharfbuzz is the oracle for the order of marks")
    if not FONT.exists():
        pytest.skip(f"the oracle for the order of marks needs a font: {FONT}")
    font = harfbuzz.Font(harfbuzz.Face(harfbuzz.Blob.from_file_path(str(FONT))))
    circle = font.get_nominal_glyph(0x25CC)

    def count(text):
        buffer = harfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        harfbuzz.shape(font, buffer)
        return sum(info.codepoint == circle for info in buffer.glyph_infos)

    return count


@pytest.mark.parametrize("typed", ["\u1001\u1037\u1032", "\u1010\u102f\u1037\u1036", "\u1031\u1000",
                                   "\u1000\u103b\u103d\u1014\u102f\u103a\u1015\u103a"])  # fmt: skip
def test_harfbuzz_draws_a_dotted_circle_before_and_none_after(typed, dotted_circles):
    assert dotted_circles(typed) > 0
    assert dotted_circles(normalise(typed)) == 0


@pytest.mark.parametrize("word", KEPT + [stored for _, stored in REPAIRS])
def test_harfbuzz_draws_no_dotted_circle_for_a_stored_word(word, dotted_circles):
    assert dotted_circles(normalise(word)) == 0


@given(st.lists(st.sampled_from(["\u103b", "\u103d", "\u103e", "\u1031", "\u102d", "\u102f", "\u1036", "\u1037", "\u1038"]),
                min_size=1, unique=True).flatmap(st.permutations))  # fmt: skip
def test_any_order_of_marks_on_one_base_becomes_one_that_harfbuzz_accepts(dotted_circles, marks):
    assert dotted_circles(normalise("က" + "".join(marks))) == 0


def test_clean_text_makes_one_line_and_drops_what_cannot_be_seen():
    assert clean_text(" က\u200bို\u00a0 \t\r\n ခ\x00\u202e\u2028ဂ\ufeff ") == "ကို ခ ဂ"


def test_clean_text_of_nothing_visible_is_empty():
    assert clean_text("\u200b \u00a0\u2060\ufeff\n") == ""


def test_clean_text_keeps_paragraphs_of_a_multiline_field():
    assert clean_text("\n က  ခ \r\n\r\n\r\n\r\nဂ\u2029ဃ\r\t", multiline=True) == "က ခ\n\nဂ\nဃ"


@given(anything, st.booleans())
def test_cleaning_twice_is_cleaning_once_and_gives_nfc_that_can_be_encoded(text, multiline):
    once = clean_text(text, multiline=multiline)
    assert clean_text(once, multiline=multiline) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "  " not in once
    assert not module._UNSEEN.search(once)
    once.encode()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("မြန်မာနိုင်ငံ", ["မြန်", "မာ", "နိုင်", "ငံ"]),
        ("နှင့်", ["နှင့်"]),
        ("ယောက်ျား", ["ယောက်ျား"]),
        ("ကျွန်ုပ်", ["ကျွန်ုပ်"]),
        ("ဗုဒ္ဓဘာသာ", ["ဗုဒ္ဓ", "ဘာ", "သာ"]),
        ("သင်္ဘော", ["သင်္ဘော"]),
        ("ဥပဒေ", ["ဥ", "ပ", "ဒေ"]),
        ("၎င်း၏", ["၎င်း", "၏"]),
        ("၂၀၂၆ခုနှစ်၊ မေလ။", ["၂၀၂၆", "ခု", "နှစ်", "၊", "မေ", "လ", "။"]),
        ("Visa အမျိုးအစား B2", ["Visa", "အ", "မျိုး", "အ", "စား", "B2"]),
        ("လိၵ်ႈတႆးၵၢၼ်ႁဵၼ်း", ["လိၵ်ႈ", "တႆး", "ၵၢၼ်", "ႁဵၼ်း"]),
        ("ကြွှုံ့", ["ကြွှုံ့"]),
        (" ", []),
    ],
)
def test_a_text_is_cut_into_syllables(text, pieces):
    assert syllables(normalise(text)) == pieces


@given(anything)
def test_syllables_lose_nothing_but_white_space(text):
    assert "".join(syllables(text)) == "".join(text.split())


def test_reading_units_count_syllables_numbers_and_words_but_no_punctuation():
    assert reading_units("မြန်မာ၊ Open University ၂၀၂၆။ (…)") == 5


@pytest.mark.parametrize(
    ("text", "n", "short"),
    [
        ("နိုင်ငံကူးလက်မှတ်", 2, "နိုင်ငံ…"),
        ("နိုင်ငံကူး လက်မှတ်", 3, "နိုင်ငံကူး…"),
        ("နိုင်ငံ၊ ကူး", 2, "နိုင်ငံ…"),
        ("နိုင်ငံ။", 2, "နိုင်ငံ။"),
        ("Open the gate", 2, "Open the…"),
        ("က", 0, "…"),
        ("", 0, ""),
    ],
)
def test_a_text_is_cut_after_whole_syllables(text, n, short):
    assert truncate_syllables(text, n) == short


def test_a_negative_number_of_syllables_is_refused():
    with pytest.raises(ValueError, match="negative"):
        truncate_syllables("က", -1)


@given(anything, st.integers(0, 30))
def test_a_cut_text_has_at_most_n_units_and_is_the_beginning(text, n):
    short = truncate_syllables(text, n, end="")
    assert reading_units(short) == min(n, reading_units(text))
    assert text.startswith(short)


def test_breaks_for_print_are_those_of_the_reference():
    text = "ဤသင်တန်းသည် သင်္ဘော ဗုဒ္ဓဘာသာ ယောက်ျား ထွန့်ထွန်း ၂၀၂၆ခုနှစ် လိၵ်ႈတႆးၵၢၼ်ႁဵၼ်း ကညီကျိာ်တၢ်မၤလိ တို့၏ ရန်ကုန်၊မန္တလေး"
    assert breakable(normalise(text)).replace("\u200b", "|") == (
        "ဤ|သင်|တန်း|သည် သင်္ဘော ဗုဒ္ဓ|ဘာ|သာ ယောက်ျား ထွန့်|ထွန်း ၂၀၂၆|ခု|နှစ် လိၵ်ႈ|တႆး|ၵၢၼ်|ႁဵၼ်း က|ညီ|ကျိာ်|တၢ်|မၤ|လိ တို့၏ ရန်|ကုန်၊|မန္တ|လေး"
    )


@given(anything)
def test_breaks_add_only_zero_width_spaces_and_only_once(text):
    assume("\u200b" not in text)
    broken = breakable(text)
    assert broken.replace("\u200b", "") == text
    assert breakable(broken) == broken


@pytest.mark.parametrize(("text", "has"), [("က", True), ("၁", True), ("ၵ", True), ("\uaa60", True), ("a1 é", False)])
def test_has_myanmar_knows_every_block(text, has):
    assert has_myanmar(text) is has


def test_ten_thousand_rows_take_one_pass_each_when_stored_text_is_cleaned_again(monkeypatch):
    passes = _count_passes(monkeypatch)
    for row in range(10_000):
        clean_text(f"ဦးကျော်ကျော်အောင် လူဝင်မှုကြီးကြပ်ရေး {row}")
    assert passes() == 10_000


@pytest.mark.parametrize(
    "unit", ["\u1040\u1040\u103a", "\u1041\u101d\u101d", "\u1031\u1000", "\u101e\u1039", "\u1025\u102e\u103a"]
)
def test_a_hostile_text_takes_few_passes_whatever_its_length(unit, monkeypatch):
    passes = _count_passes(monkeypatch)
    normalise(unit * 10_000)
    assert passes() <= 4


def _count_passes(monkeypatch):
    repair, calls = module._repair, []

    def counted(text):
        calls.append(1)
        return repair(text)

    monkeypatch.setattr(module, "_repair", counted)
    return lambda: len(calls)
