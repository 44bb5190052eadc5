"""Tokens, spellings that sound alike, and what is marked in a text."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from myanmar.search import LONGEST_QUERY, Grade, Prepared, Query, excerpt, fold, highlight, index_text, query_text
from myanmar.text import normalise, syllables
from tests.myanmar.corpus import lines

BURMESE = lines("udhr_my.txt")
letters = st.text(st.sampled_from([chr(code) for code in range(0x1000, 0x1050)] + list(" abZé9၊။-\u200b")), max_size=40)
anything = st.one_of(st.text(max_size=60), letters)
sentences = st.sampled_from([normalise(line) for line in BURMESE])


# --- Tokens ----------------------------------------------------------------------------------------------------------


@given(anything)
@example("⑴ ½ ㏂")  # signs that fall apart into more than letters
def test_tokens_are_ascii_letters_and_digits_and_never_longer_than_an_index_takes(text):
    for tokens in (index_text(text), query_text(text), query_text(text, by_sound=True)):
        assert re.fullmatch(r"([A-Za-z0-9]{1,130}( [A-Za-z0-9]{1,130})*)?", tokens)


@given(sentences, st.data())
def test_every_part_of_a_sentence_asks_only_for_tokens_of_the_sentence(sentence, data):
    clause = data.draw(st.sampled_from([part for part in re.split('[၊။ .()“”"\\-–;:,]+', sentence) if part]))
    units = syllables(clause)
    start = data.draw(st.integers(0, len(units) - 1))
    part = "".join(units[start : data.draw(st.integers(start + 1, len(units)))])
    for by_sound in (False, True):
        assert set(query_text(part, by_sound=by_sound).split()) <= set(index_text(sentence).split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ဩဂုတ်", "သြဂုတ်"),
        ("ဈေး", "စျေး"),
        ("၂၀၂၄", "2024"),
        ("ပါသော", "ပာသော"),
        ("ခေါင်း", "ခောင်း"),
        ("န့်", "န့်"),
        ("ခဲ့", "ခ့ဲ"),
        ("လူ\u200bကုန်", "လူကုန်"),
        ("TRAFFICKING", "trafficking"),
        ("Café", "cafe"),
    ],
)
def test_two_ways_to_write_the_same_ask_for_the_same(one, other):
    assert query_text(one) == query_text(other)


@pytest.mark.parametrize("text", ["", " ", "၊။", "…", "!?", "\u200b"])
def test_a_query_without_letters_asks_for_nothing(text):
    assert query_text(text) == ""
    assert not Query(text)


@pytest.mark.parametrize(("text", "enough"), [("a", False), ("an", True), ("က", True), ("7", True), ("၇", True)])
def test_one_syllable_one_number_or_two_letters_are_enough(text, enough):
    assert bool(Query(text)) == enough


def test_a_syllable_that_may_still_be_going_on_does_not_count_while_it_is_typed():
    assert query_text("မြန", typing=True) == query_text("မြ")
    assert query_text("မြန်", typing=True) == query_text("မြန်")
    assert query_text("န", typing=True) == query_text("န")


# --- Misspelt -----------------------------------------------------------------------------------------------------------

# As in the dictionary, and as people mistype it.
MISSPELT = """
ကျေးဇူး ကြေးဇူး · အကြောင်း အကျောင်း · ကျော်လွန် ကြော်လွန် · ပြောင်းလဲ ပျောင်းလဲ · ဖြစ်ပွား ဖျစ်ပွား · မြို့ မျို့ · ကြိုးစား ကျိုးစား · ကျမ်း ကြမ်း ·
ယောက်ျား ယောက်ကျား · ကျွန်ုပ် ကျွန်နုပ် · ပြဿနာ ပြသနာ · ဒုက္ခသည် ဒုက္ခသယ် · နှင့် နင့် · အမှု အမူ · လှူဒါန်း လူဒါန်း · ညှိနှိုင်း ညိနိုင်း · မှောင်ခို မောင်ခို · လှည့်စား လည့်စား ·
လျှောက်လွှာ ရှောက်လွှာ · ကိုယ်ရေး ကိုရေး · နယ်စပ် နဲစပ် · တံဆိပ် တန်ဆိတ် · ဘဏ္ဍာ ဗန်ဒါ · ဓား ဒါး · ဓာတ်ပုံ ဓာတ်ပုန် · ဥပဒေ အုပဒေ · ဧရာဝတီ အေရာဝတီ ·
အာဏာ အာနာ · ဌာန ထာန · သတ္တိ သတ်တိ · ဗုဒ္ဓ ဗုဒ်ဓ · သင်္ဘော သင်ဘော · အင်္ဂလိပ် အင်ဂလိပ် · မြန်မာ မြမ်မာ · စာရင်း စာရင့် · လက်မှတ် လက်မှပ် · နိုင်ငံ နိုင်ငန် ·
ရုံး ယုံး · ရဲ ယဲ · အခွင့်အရေး အခွင်အရေး · သံသယ သန်သယ · အုပ်ချုပ် အုတ်ချုတ် · အိမ် အိန် · ကလေး ကလေ · ပညာ ပဉာ · ဈေး ဇေး · လိမ်လည် လိန်လည် ·
တုံ့ပြန် တုန့်ပြန် · စစ်ဆေး စစ်ဆေ · လူကုန်ကူး လူကုန်ကု · စည်း စဉ်း · ထောက်ခံ ထောက်ခန် · ဝယ်ယူ ဝဲယူ · ကြော် ကျော · မီး မိ · ဗိုလ်မှူး ဗိုလ်မူး · ဝန်ကြီး ဝမ်ကြီး
"""
PAIRS = [tuple(pair.split()) for pair in MISSPELT.split("·")]


def test_there_are_enough_pairs():
    assert len(set(PAIRS)) >= 50


@pytest.mark.parametrize(("right", "wrong"), PAIRS)
def test_a_misspelt_word_finds_the_right_one_as_similar_and_the_other_way_round(right, wrong):
    around = "ထို{}ဟု"
    for written, typed in ((right, wrong), (wrong, right)):
        text = around.format(written)
        assert Query(typed).grade(Prepared(text)) == Grade.SIMILAR_PHRASE
        assert set(query_text(typed, by_sound=True).split()) <= set(index_text(text).split())
        assert "".join(part for part, found in highlight(text, typed) if found) == written


@pytest.mark.parametrize(
    ("one", "other"),
    [("လူ", "လာ"), ("က", "ခ"), ("နိုင်", "နို"), ("စစ်", "စင်"), ("ကျောင်း", "ကျင်း"), ("ရှေ့", "ရေ"), ("တ", "တာ")],
)
def test_what_sounds_different_is_not_similar(one, other):
    assert Query(one).grade(Prepared(other)) is None


# --- How well, and where --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "query", "grade"),
    [
        ("လူကုန်ကူးမှု", "လူကုန်ကူးမှု", Grade.WHOLE),
        ("လူကုန်ကူးမှု", "လူ ကုန်ကူးမှု", Grade.WHOLE),
        ("လူကုန်ကူးမှု", "လူကုန်ကူး", Grade.BEGINNING),
        ("လူကုန်ကူးမှု", "ကုန်ကူး", Grade.PHRASE),
        ("လူ ကုန် ကူးမှု", "ကုန်ကူး", Grade.PHRASE),
        ("ကူးသူနှင့် ကုန်", "ကုန် ကူး", Grade.WORDS),
        ("လူကုန်ကူးမှု", "လူကုန်ကု", Grade.SIMILAR_PHRASE),
        ("လူကုန်ကူးမှု", "လူက", None),
        ("Trafficking in persons", "trafficking in persons", Grade.WHOLE),
        ("Trafficking in persons", "Traffick", Grade.BEGINNING),
        ("Trafficking in persons", "fick", Grade.BEGINNING),
        ("Trafficking in persons", "in pers", Grade.PHRASE),
        ("Trafficking in persons", "persons trafficking", Grade.WORDS),
        ("Trafficking in persons", "smuggling", None),
        ("ပုဒ်မ ၂၄", "24", Grade.PHRASE),
        ("Section 24", "၂၄", Grade.PHRASE),
        ("Section 24", "2", None),
        ("M03 Passports", "m03", Grade.BEGINNING),
    ],
)
def test_how_well_a_text_answers(text, query, grade):
    assert Query(query).grade(Prepared(text)) == grade


@given(anything, anything)
def test_the_parts_of_a_highlighted_text_are_the_text(text, query):
    assert "".join(part for part, _found in highlight(text, query)) == text


@given(sentences, anything, st.integers(1, 50))
def test_an_excerpt_is_a_piece_of_the_text_of_at_most_that_many_units(text, query, n):
    cut = "".join(part for part, _found in excerpt(text, query, n))
    inner = cut.removeprefix("…").removesuffix("…")
    assert inner in text
    assert len(Prepared(inner).exact.spans) <= n


@given(sentences, st.data())
def test_what_a_sentence_holds_is_found_and_marked_whole(sentence, data):
    units = [unit for unit in syllables(sentence) if "\u1000" <= unit[0] <= "\u1021"]
    unit = data.draw(st.sampled_from(units))
    assert {fold(part) for part, found in highlight(sentence, unit) if found} == {fold(unit)}


def test_an_excerpt_shows_what_was_found_in_the_middle():
    text = "တစ်နှစ်သုံးလေးငါး ခြောက်ခုနစ်ရှစ်ကိုးဆယ်"
    assert excerpt(text, "ခြောက်", 4) == [("…", False), ("ငါး ", False), ("ခြောက်", True), ("ခုနစ်", False), ("…", False)]


@given(anything)
@example("\u1037")
def test_any_query_can_be_held_against_any_text(text):
    Query(text * 30).grade(Prepared(text))


def test_a_query_is_cut_to_its_longest():
    assert len(Query("က" * 5000).text) == LONGEST_QUERY
