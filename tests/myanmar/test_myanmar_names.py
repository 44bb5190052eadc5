import pytest
from hypothesis import given
from hypothesis import strategies as st

from myanmar.collation import name_sort_key, sort_key
from myanmar.names import list_initial, shown_name, split_honorific
from myanmar.text import normalise

PARTS = ["အောင်", "ကျော်", "ခင်", "စိုး", "ဉာဏ်", "ညွန့်", "ထွန်း", "မ", "မောင်", "ကို", "လှ", "ဩဘာ", "ဥမ္မာ", "ဧ", "သိင်္ဂီ"]
burmese_names = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("".join)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("ဦးအောင်", ("ဦး", "အောင်")),
        ("\u1025\u102e\u1038 အောင် မိုး", ("ဦး", "အောင် မိုး")),
        ("ဒေါက်တာ ဒေါ်ခင်ခင်", ("ဒေါက်တာ ဒေါ်", "ခင်ခင်")),
        ("ဆရာမခင်", ("ဆရာမ", "ခင်")),
        ("မောင်အောင်", ("မောင်", "အောင်")),
        ("ဦးကိုလေး", ("ဦး", "ကိုလေး")),
        ("မောင်မောင်", ("", "မောင်မောင်")),
        ("ကို ကို", ("", "ကို ကို")),
        ("မ", ("", "မ")),
        ("ဦး", ("", "ဦး")),
        ("မြင့်", ("", "မြင့်")),
        ("စိုင်းလုံ", ("", "စိုင်းလုံ")),
        (" Aung Min ", ("", "Aung Min")),
        ("", ("", "")),
    ],
)
def test_an_honorific_is_split_from_the_name(name, parts):
    assert split_honorific(name) == parts


@given(st.one_of(burmese_names, st.text(max_size=12)), st.sampled_from(["", "ဦး", "ဒေါ်", "ဒေါက်တာဦး", "ဦး "]))
def test_the_two_parts_are_the_whole_name(name, honorific):
    assert "".join("".join(split_honorific(honorific + name)).split()) == "".join(normalise(honorific + name).split())


@pytest.mark.parametrize(
    ("name", "initial"),
    [
        ("ဦးအောင်", "အ"),
        ("ဒေါ်ခင်", "ခ"),
        ("ကျော်ကျော်", "က"),
        ("ရွှေ", "ရ"),
        ("သိင်္ဂီ", "သ"),
        ("ဩဘာ", "အ"),
        ("ဥမ္မာ", "အ"),
        ("ဦး", "အ"),
        ("ဦးဧမောင်", "အ"),
        ("ဉာဏ်", "ဉ"),
        ("ညွန့်", "ည"),
        ("ဝဏ္ဏ", "ဝ"),
        ("Aung Min", "A"),
        ("aung", "A"),
        ("ၸၢႆးလူင်", "ၸ"),
        ("၁၂", "#"),
        ("12", "#"),
        ("(အောင်)", "#"),
        ("", "#"),
    ],
)
def test_a_name_stands_under_the_letter_that_begins_it(name, initial):
    assert list_initial(name) == initial


@given(burmese_names)
def test_the_heading_of_a_burmese_name_agrees_with_its_place_in_the_order(name):
    assert name_sort_key(name).startswith(sort_key(list_initial(name)))


@given(st.lists(st.one_of(burmese_names, st.from_regex(r"[A-Za-z]{1,5}", fullmatch=True)), max_size=12))
def test_names_in_order_stand_in_one_group_for_each_heading(names):
    headings = [list_initial(name) for name in sorted(names, key=name_sort_key)]
    changes = [heading for before, heading in zip(["", *headings], headings, strict=False) if heading != before]
    assert len(changes) == len(set(headings))


@pytest.mark.parametrize(
    ("name_my", "name_latin", "language", "shown"),
    [
        ("အောင်", "Aung", "my", "အောင်"),
        ("အောင်", "Aung", "en", "Aung"),
        ("အောင်", "Aung", None, "Aung"),
        ("အောင်", "", "en", "အောင်"),
        ("", "aung", "my", "aung"),
        ("", "", "my", ""),
    ],
)
def test_a_name_is_shown_as_it_was_given(name_my, name_latin, language, shown):
    assert shown_name(name_my, name_latin, language) == shown
