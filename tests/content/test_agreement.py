"""What differs between a sentence and its translation: terms, numbers, codes, months, shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.authored.agreement import differences
from content.authored.terms import Terms, missing, paired, terms_in
from myanmar.digits import to_myanmar_digits


def found(source, target, *terms):
    """Kind and what differs."""
    return [(one.kind, *one.said) for one in differences(source, target, Terms(terms))]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("nineteen people", "လူ ၁၉ ဦး"),
        ("a girl of fourteen", "အသက် ၁၄ နှစ် မိန်းကလေး"),
        ("thirty-two pages", "စာမျက်နှာ ၃၂"),
        ("three hundred travellers", "ခရီးသည် ၃၀၀"),
        ("the first of September", "စက်တင်ဘာလ ၁ ရက်"),
        ("a quarter of an hour", "၁၅ မိနစ်"),
        ("half past seven", "၇ နာရီ ၃၀"),
        ("32 pages", "စာမျက်နှာ သုံးဆယ့်နှစ်"),
        ("12 people", "လူ ဆယ့်နှစ်ဦး"),
        ("at 02.10", "၀၂:၁၀ တွင်"),
        ("at 14.10", "ညနေ ၂ နာရီ ၁၀ မိနစ်တွင်"),
        ("02.00, no signal", "နံနက် ၂ နာရီ၊ လိုင်းမရှိ"),
        ("on 03.09.2026", "၃.၉.၂၀၂၆ ရက်"),
        ("lines 1,2", "စာကြောင်း ၁၊ ၂"),
        ("25 May 2026", "၂၀၂၆ ခုနှစ် မေလ ၂၅ ရက်"),
        ("25 SEP 2026", "၂၀၂၆ ခုနှစ် စက်တင်ဘာ ၂၅"),
        ("You may ask; march on.", "မေးနိုင်သည်။"),
        ("Is it a child and a mother?", "ကလေးနဲ့ အမေလား။"),
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<", "P<UTOERIKSSON<<ANNA<MARIA<<<<"),
        ("40% of 5", "၅ ၏ ၄၀ ရာခိုင်နှုန်း"),
    ],
)
def test_what_is_said_in_other_digits_words_or_order_is_no_difference(source, target):
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "differs"),
    [
        ("thirty-two pages", "စာမျက်နှာ ၂၃", [("numbers", "23")]),
        ("at 02.10", "၀၂:၂၀ တွင်", [("numbers", "2.10", "2.20")]),
        ("at 02.00", "၃ နာရီ", [("numbers", "2.00", "3")]),
        ("010925", "၁၀၉၂၅", [("numbers", "010925", "10925")]),
        ("1 September to 1 June 2027", "၂၀၂၆ စက်တင်ဘာလ ၁ ရက်မှ ၂၀၂၇ ဇွန်လ ၁ ရက်", [("numbers", "2026")]),
        ("25 May 2026", "၂၀၂၆ ခုနှစ် မတ်လ ၂၅ ရက်", [("months", "March", "May")]),
        ("A TD3 booklet, see M08.O2", "TD1 စာအုပ်၊ M08.O2 ကြည့်ပါ", [("codes", "TD1", "TD3")]),
        ("P<UTOERIKSSON<<ANNA", "P<UTOERIKSON<<ANNA", [("codes", "P<UTOERIKSON<<ANNA", "P<UTOERIKSSON<<ANNA")]),
        ("40% of them", "၄၀ ဦး", [("share",)]),
    ],
)
def test_what_stands_on_one_side_only_is_told(source, target, differs):
    assert found(source, target) == differs


@given(st.integers(0, 99_999))
def test_a_number_is_the_same_in_either_script_and_another_one_is_told(number):
    source = f"There are {number:,} of them."
    assert found(source, f"{to_myanmar_digits(number)} ခု ရှိသည်။") == []
    assert found(source, f"{to_myanmar_digits(number + 100_000)} ခု ရှိသည်။") != []


STAMP, CASE, LAW = (paired(*one)[0] for one in (("s", "stamp (entry/exit)", "(ဝင်/ထွက်) တံဆိပ်တုံး"), ("c", "case", "ဖြစ်ရပ်"), ("l", "law", "ဥပဒေ")))  # fmt: skip
CONSENT, AGREEMENT = paired("a", "consent / agreement", "သဘောတူညီမှု / သဘောတူညီမှု")
MIGRANTS = paired("m", "migrants (people on the move)", "ရွှေ့ပြောင်းသွားလာသူများ")[0]
COUNTERFEIT = paired("f", "counterfeit", "အတုပြုလုပ်ထားသော (စာရွက်စာတမ်း)")[0]
FALSE = paired("t", "false (interface)", "မှား")[0]
TERMS = Terms([STAMP, CASE, LAW, CONSENT, AGREEMENT, MIGRANTS, COUNTERFEIT, FALSE])


@pytest.mark.parametrize(
    ("source", "target", "lacking"),
    [
        ("A stamp.", "တံဆိပ်တုံး။", []),
        ("An agreement.", "သဘောတူညီချက်။", []),
        ("Her consent", "သူ သဘောတူညီကြောင်း", []),
        ("Her consent", "သူ လက်ခံကြောင်း", [CONSENT]),
        ("One migrant", "ရွှေ့ပြောင်းသွားလာသူ တစ်ဦး", []),
        ("A counterfeit", "အတုပြုလုပ်ထားသည့် စာအုပ်", []),
        ("In case he did not hear", "မကြားလျှင်", []),
        ("His case", "သူ့ကိစ္စ", [CASE]),
        ("Her brother-in-law", "ယောက်ဖ", []),
        ("The law", "စည်းကမ်း", [LAW]),
    ],
)
def test_a_term_may_be_turned_as_its_sentence_asks(source, target, lacking):
    assert missing(source, target, TERMS) == lacking


@pytest.mark.parametrize(("source", "held"), [("False", [FALSE]), ("A false promise", []), ("**False**", [])])
def test_a_word_of_the_interface_is_a_term_where_nothing_else_is_said(source, held):
    assert terms_in(source, TERMS) == held


def test_a_difference_reads_as_a_sentence():
    told = [str(one) for one in differences("The law of 2005: 40%", "၂၀၂၂ စည်းကမ်း", TERMS)]
    assert told == [
        "numbers that differ from the English: 2005, 2022, 40",
        "only one of the two languages says per cent",
        "the glossary has 'ဥပဒေ' for 'law'",
    ]
