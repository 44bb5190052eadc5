"""The machine readable zone, held against the specimens that ICAO published and against what arithmetic can and cannot see."""

import string
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specimens import mrz
from specimens.chance import Chance
from specimens.mrz import Data, Problem

ANNA = {"state": "UTO", "primary": "ERIKSSON", "secondary": "ANNA MARIA"}
BORN = {"nationality": "UTO", "birth": "740812", "sex": "F", "expiry": "120415"}


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (
            mrz.td3(Data(code="P", number="L898902C3", optional="ZE184226B", **ANNA, **BORN)),
            ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"],
        ),
        (
            mrz.td3(Data(code="P", number="L898902C", optional="ZE184226B", nationality="UTO", birth="690806", sex="F", expiry="940623", **ANNA)),
            ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C<3UTO6908061F9406236ZE184226B<<<<<14"],
        ),
        (
            mrz.td2(Data(code="I", number="D23145890", **ANNA, **BORN)),
            ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"],
        ),
        (
            mrz.td1(Data(code="I", number="D23145890", **ANNA, **BORN)),
            ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"],
        ),
        (
            mrz.mrv_a(Data(code="V", number="L8988901C", nationality="XXX", birth="400907", sex="F", expiry="961210", optional="6ZE184226B", **ANNA)),
            ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"],
        ),
        (
            mrz.mrv_b(Data(code="V", number="L8988901C", nationality="XXX", birth="400907", sex="F", expiry="961210", **ANNA)),
            ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"],
        ),
        (
            mrz.td3(Data("P", "UTO", "TALVERIN", "MIRA SOLE", "SP4471902", "UTO", "910417", "F", "310906", optional_check="<")),
            ["P<UTOTALVERIN<<MIRA<SOLE<<<<<<<<<<<<<<<<<<<<", "SP44719020UTO9104174F3109063<<<<<<<<<<<<<<<2"],
        ),
        (
            mrz.td3(Data("PP", "UTO", "OSTRANDEL", "KEVO", "SP7300518", "UTO", "850229", "M", "290101", optional_check="<")),
            ["PPUTOOSTRANDEL<<KEVO<<<<<<<<<<<<<<<<<<<<<<<<", "SP73005185UTO8502290M2901019<<<<<<<<<<<<<<<8"],
        ),
    ],
)  # fmt: skip
def test_a_zone_is_composed_as_published_and_found_to_fit(lines, published):
    assert lines == published
    assert mrz.fits(lines)


@pytest.mark.parametrize(
    ("text", "total", "digit"),
    [("L898902C3", 316, "6"), ("740812", 122, "2"), ("120415", 49, "9"), ("ZE184226B<<<<<", 401, "1"), ("520727", 103, "3"), ("AB2134<<<", 125, "5"), ("D23145890", 207, "7")],
)  # fmt: skip
def test_sums_are_those_of_the_worked_examples(text, total, digit):
    assert (sum(mrz.products(text)), mrz.check_digit(text)) == (total, digit)


names = st.text(string.ascii_uppercase + "ÄÉÑØŁ '-", min_size=1, max_size=40).filter(mrz.transliterated)
datas = st.builds(
    Data,
    code=st.sampled_from(["P", "PP"]),
    state=st.just("UTO"),
    primary=names,
    secondary=names,
    number=st.integers(0, 9_999_999).map("SP{:07}".format),
    nationality=st.sampled_from(["UTO", "XNO"]),
    birth=st.integers(0, 999_999).map("{:06}".format) | st.integers(0, 9_999).map("{:04}<<".format),
    sex=st.sampled_from(["M", "F", "X"]),
    expiry=st.integers(0, 999_999).map("{:06}".format),
    optional=st.sampled_from(["", "ZE184226B"]),
    optional_check=st.sampled_from(["", "0", "<"]),
)


FORMATS = {"TD1": (mrz.td1, "I"), "TD2": (mrz.td2, "I"), "TD3": (mrz.td3, "P"), "MRV-A": (mrz.mrv_a, "V"), "MRV-B": (mrz.mrv_b, "V")}  # fmt: skip


@given(datas)
def test_what_is_composed_fits_whatever_it_says(data):
    for compose, of in FORMATS.values():
        lines = compose(replace(data, code=data.code.replace("P", of), optional=data.optional[:7]))
        assert mrz.read(lines).fits
        assert mrz.fits(lines)


@given(datas)
def test_what_is_composed_is_read_again(data):
    for name, (compose, of) in FORMATS.items():
        lines = compose(replace(data, code=of, optional=data.optional[:7]))
        reading = mrz.read(lines)
        said = {one.name: one.text.rstrip("<") for one in reading.fields}
        assert reading.format == name
        assert (said["code"], said["state"], said["number"]) == (of, data.state, data.number)
        assert (reading.field("birth").text, said["expiry"], said["nationality"]) == (
            data.birth,
            data.expiry,
            data.nationality,
        )
        assert (said["sex"], said["optional"]) == (data.sex.replace("X", ""), data.optional[:7])
        assert said["name"].startswith(mrz.transliterated(data.primary)[0])
        assert all(lines[one.line][one.start : one.end] == one.text for one in reading.fields)


@given(datas, st.data())
def test_one_other_digit_in_a_checked_field_is_always_found(data, drawn):
    lines = mrz.td3(data)
    field = mrz.read(lines).field(drawn.draw(st.sampled_from(["number", "birth", "expiry", "optional"])))
    digits = [place for place in range(field.start, field.end) if lines[1][place].isdigit()]
    if digits:
        place, by = drawn.draw(st.sampled_from(digits)), drawn.draw(st.integers(1, 9))
        lines[1] = mrz.put(lines[1], place, str((int(lines[1][place]) + by) % 10))
        assert field.name in [one.name for one in mrz.checks(lines) if not one.fits]


def test_of_all_pairs_of_characters_52_are_not_told_apart():
    pairs = [(a, b) for index, a in enumerate(mrz.ALPHABET) for b in mrz.ALPHABET[index + 1 :]]
    unseen = [(a, b) for a, b in pairs if mrz.check_digit(a) == mrz.check_digit(b)]
    assert (len(pairs), len(unseen)) == (666, 52)


def test_neighbouring_digits_may_change_places_unseen_exactly_when_they_differ_by_five():
    unseen = {
        (a, b)
        for a in range(10)
        for b in range(10)
        for start in ("", "7", "77")
        if a != b and mrz.check_digit(f"{start}{a}{b}") == mrz.check_digit(f"{start}{b}{a}")
    }
    assert unseen == {(a, b) for a in range(10) for b in range(10) if abs(a - b) == 5}


@pytest.mark.parametrize(
    ("wrong", "about"),
    [
        ({"number": "SP44719021"}, "9 places"),
        ({"number": "sp4471902"}, "9 places"),
        ({"optional": "ZE184226B123456"}, "14 places"),
        ({"birth": "9104"}, "no date"),
        ({"expiry": "3109O6"}, "no date"),
        ({"state": "UTOP"}, "3 places"),
        ({"code": ""}, "one or two letters"),
        ({"code": "PPP"}, "2 places"),
        ({"optional_check": "7"}, '"0" or "<"'),
        ({"primary": "-"}, "primary identifier"),
    ],
)
def test_what_has_no_room_in_a_zone_is_not_composed(wrong, about):
    good = Data("P", "UTO", "TALVERIN", "MIRA SOLE", "SP4471902", "UTO", "910417", "F", "310906")
    with pytest.raises(ValueError, match=about):
        mrz.td3(replace(good, **wrong))


# --- Names ----------------------------------------------------------------------------------------------------------------

# Doc 9303-3, section 6.A, in full: what stands for each letter, of several spellings allowed the first.
TABLE = (
    "ÀA ÁA ÂA ÃA ÄAE ÅAA ÆAE ÇC ÈE ÉE ÊE ËE ÌI ÍI ÎI ÏI ÐD ÑN ÒO ÓO ÔO ÕO ÖOE ØOE ÙU ÚU ÛU ÜUE ÝY ÞTH ĀA ĂA ĄA ĆC ĈC ĊC ČC ĎD ĐD ĒE "
    "ĔE ĖE ĘE ĚE ĜG ĞG ĠG ĢG ĤH ĦH ĨI ĪI ĬI ĮI İI ıI ĲIJ ĴJ ĶK ĹL ĻL ĽL ĿL ŁL ŃN ŅN ŇN ŊN ŌO ŎO ŐO ŒOE ŔR ŖR ŘR ŚS ŜS ŞS ŠS ŢT ŤT ŦT "
    "ŨU ŪU ŬU ŮU ŰU ŲU ŴW ŶY ŸY ŹZ ŻZ ŽZ ẞSS ßSS"
)


@pytest.mark.parametrize("row", TABLE.split())
def test_a_letter_is_written_as_the_table_says_in_either_form_and_case(row):
    letter, written = row[0], row[1:]
    for form in (letter, letter.lower(), unicodedata.normalize("NFD", letter)):
        assert mrz.transliterated(form) == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("D'ARTAGNAN", "DARTAGNAN"), ("d’Artagnan", "DARTAGNAN"), ("MARIE-ELISE", "MARIE<ELISE"), ("ANNA, MARIA", "ANNA<MARIA"),
        ("  ANNA \u2013  MARIA ", "ANNA<MARIA"), ("ST. ANNA (2)", "ST<ANNA"), ("", ""),
    ],
)  # fmt: skip
def test_punctuation_is_written_or_left_out_as_the_rules_say(name, written):
    assert mrz.transliterated(name) == written


def test_a_letter_of_another_script_is_refused_and_not_lost():
    with pytest.raises(ValueError, match="Latin letters first"):
        mrz.transliterated("မိရာ")


LONG = ("BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL", "DINGO POTOROO")
THREE = ("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG")


@pytest.mark.parametrize(
    ("primary", "secondary", "length", "field"),
    [
        # As published in Doc 9303 parts 4, 5 and 6, section 4.2.3.
        ("ERIKSSON", "ANNA MARIA", 30, "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"),
        ("VAN DER MUELLEN", "MARTIN", 39, "VAN<DER<MUELLEN<<MARTIN<<<<<<<<<<<<<<<<"),
        ("SMITH-JONES", "SUSIE MARGARET", 39, "SMITH<JONES<<SUSIE<MARGARET<<<<<<<<<<<<"),
        ("ARKFREITH", "", 39, "ARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"),
        (*THREE, 39, "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"),
        (*THREE, 31, "NILAVADHANANANDA<<CHAYAPA<DEJ<K"),
        (*THREE, 30, "NILAVADHANANANDA<<CHAYAPA<DE<K"),
        ("NILAVADHANANANDA", "ARNPOL PETCH CHARONGUANG", 39, "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU"),
        ("PAPANDROPOULOUS", "JONATHON WARREN TREVOR", 39, "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR"),
        ("PAPANDROPOULOUS", "JONATHON ALEC", 30, "PAPANDROPOULOUS<<JONATHON<ALEC"),
        (*LONG, 31, "BENNELONG<WOOLOOMOOLOO<W<W<<D<P"),
        # By the rule of part 4, 4.2.2, in the one of several ways that this module takes.
        (*LONG, 39, "BENNELONG<WOOLOOMOOLOO<WARRANDYT<W<<D<P"),
        ("A" * 40, "ANNA", 39, "A" * 36 + "<<A"),
        ("A" * 38 + " BC", "", 39, "A" * 37 + "<B"),
        ("AB", " ".join(string.ascii_uppercase), 39, "AB<<A<B<C<D<E<F<G<H<I<J<K<L<M<N<O<P<Q<R"),
        ("O'CONNOR", "", 12, "OCONNOR<<<<<"),
        ("MARTIN-LØWÉ", "ÅSE", 24, "MARTIN<LOEWE<<AASE<<<<<<"),
        ("NILAVARAPANATUKALANDRIVETH-OSTERUNO", "AMBRASILO KEVO", 30, "NILAVARAPANATUKALANDRIV<O<<A<K"),
    ],
)
def test_names_are_written_and_cut(primary, secondary, length, field):
    assert mrz.name_field(primary, secondary, length) == field


words = st.text("ABCDEFG", min_size=1, max_size=20)


@given(
    st.lists(words, min_size=1, max_size=4).map(" ".join),
    st.lists(words, max_size=5).map(" ".join),
    st.sampled_from([30, 31, 39]),
)
def test_a_name_has_its_room_and_ends_with_a_letter_where_it_was_cut(primary, secondary, length):
    field = mrz.name_field(primary, secondary, length)
    assert len(field) == length
    assert set(field) <= set(mrz.ALPHABET)
    assert field.startswith(primary[0])
    whole = "<<".join(part.replace(" ", "<") for part in (primary, secondary) if part)
    assert field == whole.ljust(length, "<") or (
        len(whole) > length and field[-1].isalpha() and ("<<" in field) == bool(secondary)
    )


def test_a_name_of_more_parts_than_places_is_refused():
    with pytest.raises(ValueError, match="so many parts"):
        mrz.name_field(" ".join(string.ascii_uppercase), "A", 39)


# --- Reading and changing -------------------------------------------------------------------------------------------------

PASSPORT = mrz.td3(
    Data("P", "UTO", "TALVERIN", "MIRA SOLE", "SP4471902", "UTO", "910417", "F", "310906", optional_check="<")
)
CARD = mrz.td1(Data("I", "XNO", "OSTRANDEL", "KEVO", "SP7300518", "XNO", "8502<<", "X", "290101"))
VISA = mrz.mrv_a(
    Data("V", "UTO", "OSTRANDEL", "KEVO", "SP1649275", "XNO", "850216", "M", "290101", optional="SP7300518")
)


def test_a_reading_shows_each_check_with_what_stands_there_and_what_should():
    wrong = [PASSPORT[0], mrz.put(PASSPORT[1], 19, "9")]
    assert [(one.name, one.text, one.printed, one.computed, one.fits) for one in mrz.read(wrong).checks][:4] == [
        ("number", "SP4471902", "0", "0", True),
        ("birth", "910417", "9", "4", False),
        ("expiry", "310906", "3", "3", True),
        ("optional", "<" * 14, "<", "0", True),
    ]
    assert [one.name for one in mrz.read(wrong).checks if not one.fits] == ["birth", "composite"]


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        (PASSPORT, ()),
        ([PASSPORT[0].replace("M", "m", 1), PASSPORT[1]], (Problem("character", 0, 15),)),
        ([PASSPORT[0], PASSPORT[1][:-1]], (Problem("length", 1),)),
        ([PASSPORT[0] + "<", PASSPORT[1].replace("<", " ", 1)], (Problem("length", 0), Problem("character", 1, 28))),
        ([VISA[0].lower(), VISA[1]], tuple(Problem("character", 0, place) for place, sign in enumerate(VISA[0]) if sign.isalpha())),
        ([*CARD[:2], CARD[2][:-2]], (Problem("length", 2),)),
    ],
)  # fmt: skip
def test_a_reading_says_which_line_or_character_no_zone_has(lines, problems):
    reading = mrz.read(lines)
    assert reading.problems == problems
    assert reading.fits == mrz.fits(lines) == (not problems)


def test_lines_of_no_zone_are_refused():
    assert not mrz.fits(["P<UTO"])
    for wrong in ([], ["P<UTO"], ["A" * 44] * 4):
        with pytest.raises(ValueError, match="machine readable zone"):
            mrz.read(wrong)
    with pytest.raises(ValueError, match="no field"):
        mrz.read(["", ""]).field("birth")


@given(st.integers(0, 10_000), st.sampled_from([PASSPORT, CARD, VISA]), st.data())
def test_a_wrong_digit_is_found_in_the_check_that_it_was_put_in(seed, lines, drawn):
    name = drawn.draw(st.sampled_from([one.name for one in mrz.checks(lines)]))
    changed = mrz.wrong_digit(lines, name, Chance(seed))
    assert [one.name for one in mrz.checks(changed) if not one.fits] in ([name], [name, "composite"])
    assert sum(a != b for a, b in zip("".join(lines), "".join(changed), strict=True)) == 1


@given(st.integers(0, 10_000))
def test_what_the_arithmetic_cannot_see_fits_and_is_not_the_same(seed):
    swapped = mrz.unseen_swap(VISA, "number", Chance(seed))
    assert (swapped[1][:9], mrz.fits(swapped)) in [
        ("SP6149275", True),
        ("SP1694275", True),
        ("SP1642975", True),
        ("SP1649725", True),
    ]
    for lines in (PASSPORT, CARD, VISA):
        other = mrz.unseen_substitution(lines, "number", Chance(seed))
        assert mrz.fits(other)
        assert sum(a != b for a, b in zip("".join(lines), "".join(other), strict=True)) == 1


def test_a_change_that_cannot_be_made_is_refused():
    for wrong in (
        lambda: mrz.unseen_swap(PASSPORT, "birth", Chance(1)),
        lambda: mrz.unseen_substitution(PASSPORT, "optional", Chance(1)),
        lambda: mrz.unseen_substitution(PASSPORT, "name", Chance(1)),
        lambda: mrz.wrong_digit(VISA, "composite", Chance(1)),
        lambda: mrz.wrong_digit([PASSPORT[0], mrz.put(PASSPORT[1], 43, "9")], "birth", Chance(1)),
    ):
        with pytest.raises(ValueError, match=r"zone has no|unseen"):
            wrong()
