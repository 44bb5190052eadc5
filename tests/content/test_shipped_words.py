"""The words of the curriculum that is shipped: as plain as officers need them, fair to people, about nobody who exists, the
same in both languages."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from content.authored import Figure, Module, curriculum_doubts, module_segments
from myanmar.text import normalise, reading_units
from specimens.states import FICTIONAL_CODES
from tests.content import authoring
from tests.content.test_content_shipped import TRANSLATED, lessons, modules, shipped, texts

Said = tuple[str, str, str]  # module, place, text


@cache
def english() -> list[Said]:
    """Every text of every module, that of guides and cards too, with its place."""
    return [(module.code, where, text) for module in modules() for text, where in module_segments(module)]


@cache
def burmese() -> list[Said]:
    """The translations of these texts, as far as there are any."""
    have = shipped().translations["my"]
    return [(code, where, normalise(have[text])) for code, where, text in english() if text in have]


def places(found: list[Said]) -> list[str]:
    """Where something stands, for who has to mend it."""
    return [f"{code} {where}: {text[:120]}" for code, where, text in found]


# --- The same in both languages --------------------------------------------------------------------------------------


def test_no_term_number_or_code_differs_between_the_languages():
    assert [str(one) for one in curriculum_doubts(authoring.SHIPPED, shipped())] == []


def test_every_figure_says_in_both_languages_what_is_to_be_seen():
    have = shipped().translations["my"]
    figures = [
        (module.code, block)
        for module in modules()
        for lesson in module.lessons
        for block in lesson.blocks
        if isinstance(block, Figure)
    ]
    assert [(code, one.file) for code, one in figures if len(one.alt.split()) < 5 or one.alt == one.caption] == []
    wanted = [(code, one) for code, one in figures if code in TRANSLATED]
    assert len(wanted) > 20
    assert [(code, one.file) for code, one in wanted if not (have.get(one.alt) and have.get(one.caption))] == []


def test_every_code_that_a_text_names_is_one_that_there_is():
    known = {code for module in modules() for code in (module.code, *(one.code for one in module.objectives))}
    known |= {one.code for one in lessons()} | {one.code for one in shipped().courses} | shipped().rubrics.keys()
    named = [(*one, code) for one in english() for code in re.findall(r"\b(?:[MCR]\d{1,2}|M\d\d\.[OL]\d)\b", one[2])]
    assert len(named) > 20
    assert [(place, where, code) for place, where, _text, code in named if code not in known] == []


# --- Plain enough ----------------------------------------------------------------------------------------------------

HARDEST = 7.0  # school years
MOST_SYLLABLES = (25, 80)  # of a Burmese sentence: on the average of a lesson, and at most


def syllables(word: str) -> int:
    """The syllables of an English word, counted by its groups of vowels: right for most words, and for the average."""
    word = re.sub("[^a-z]", "", word.lower())
    count = len(re.findall("[aeiouy]+", word))
    if count > 1 and (re.search("[^aeioul]e$", word) or re.search("[^td]ed$", word)):
        count -= 1
    return max(1, count)


def grade(written: list[str]) -> float:
    """The Flesch–Kincaid grade level: 0.39 words per sentence + 11.8 syllables per word − 15.59, in years of school.

    Source: Kincaid, Fishburne, Rogers and Chissom, Derivation of New Readability Formulas for Navy Enlisted Personnel,
    Research Branch Report 8-75, 1975. A heading or a line of a list counts as a sentence.
    """
    words = re.findall(r"[A-Za-z][A-Za-z'’-]*", " ".join(written))
    sentences = sum(max(1, len(re.findall(r"[.!?…](?=\s|$|[”\"*)])", text))) for text in written)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def sentences(written: list[str]) -> list[int]:
    """The reading units of each Burmese sentence."""
    counted = [reading_units(one) for text in written for one in re.split("[။?!]", text)]
    return [units for units in counted if units > 2]


def test_the_grade_is_the_one_of_its_source():
    assert grade(["The cat sat on the mat."]) == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert [syllables(word) for word in ("passport", "make", "table", "stopped", "wanted", "border", "agency")] == [
        2, 1, 2, 1, 2, 2, 3,
    ]  # fmt: skip


def test_no_lesson_is_harder_to_read_than_seven_years_of_school_allow():
    graded = {lesson.code: grade(texts(lesson)) for lesson in lessons()}
    assert {code: round(found, 1) for code, found in graded.items() if found > HARDEST} == {}


def test_no_burmese_sentence_is_too_long_to_be_read_on_a_telephone():
    have = shipped().translations["my"]
    mine = [lesson for module in modules() if module.code in TRANSLATED for lesson in module.lessons]
    counted = {lesson.code: sentences([have[text] for text in texts(lesson)]) for lesson in mine}
    average, most = MOST_SYLLABLES
    assert {code: max(found) for code, found in counted.items() if max(found) > most} == {}
    assert {code: sum(found) / len(found) for code, found in counted.items() if sum(found) / len(found) > average} == {}


def test_the_minutes_of_a_lesson_are_enough_to_read_it_and_answer_its_checks_and_not_twice_as_many():
    """130 words a minute for people who read English as a second language, a minute for each of the two checks."""
    needed = {lesson.code: (sum(len(text.split()) for text in texts(lesson)) / 130 + 2, lesson) for lesson in lessons()}
    wrong = {code: (least, lesson.minutes) for code, (least, lesson) in needed.items() if not least <= lesson.minutes <= 2.5 * least}  # fmt: skip
    assert wrong == {}


# --- Fair to people --------------------------------------------------------------------------------------------------

HARMING = {
    "en": re.compile(
        r"\b(?:illegals?(?! entry)|aliens?|rescue[ds]?|confess\w*|prostitut\w+|beggars?|vagrants?|cripples?|handicapped"
        r"|retarded|mentally ill|liars?|fake refugees?|criminal migrants?|whores?|deaf and dumb|sex slaves?)\b",
        re.IGNORECASE,
    ),
    "my": re.compile("တရားမဝင် ?(?:လူ|ရွှေ့ပြောင်း)|လေလွင့်(?:သူ|ကလေး)|ပြည့်တန်ဆာ|ခိုးဝင်သူ|ကုလား(?!ထိုင်|အုတ်)"),
}
ABOUT_WORDS = {  # where such words stand on purpose
    "M01": "teaches words that open doors, and quotes those that close them",
    "M05": "explains that “illegal” describes an entry and no person",
    "M07": "an item asks which words of a poor report have to go",
}


def harming(language: str) -> list[Said]:
    """Where words that harm stand."""
    return [one for one in {"en": english, "my": burmese}[language]() if HARMING[language].search(one[2])]


@pytest.mark.parametrize("language", ["en", "my"])
def test_words_that_harm_stand_only_where_they_are_taught_about(language):
    assert places([one for one in harming(language) if one[0] not in ABOUT_WORDS]) == []
    assert {one[0] for one in harming("en")} == set(ABOUT_WORDS)


MAKING = re.compile(
    r"\b(?:how to|in order to|you can|they can|one can|easily|simply|to) (?:\w+ )?"
    r"(?:forge|counterfeit|falsify|peel off|bleach|erase|reprint|re-?laminate|photoshop|bypass|defeat|fool)\b"
    r"|\b(?:solvents?|acetone|bleach|scalpels?|razor blades?|hair ?dryers?|inkjet|embossing machine)\b",
    re.IGNORECASE,
)
MAKING_MY = re.compile("(?:အတုပြုလုပ်|အတုလုပ်|အတုရိုက်)(?:နည်း|ပုံ|နည်းလမ်း)|အရည်ဖျော်|အက်စီတုန်း|ဘလိတ်|ခွဲစိတ်ဓား")


def test_nothing_tells_how_a_document_is_made_or_altered():
    assert places([one for one in english() if MAKING.search(one[2])]) == []
    assert places([one for one in burmese() if MAKING_MY.search(one[2])]) == []


@pytest.mark.parametrize("text", ["This is how to quickly forge one", "They can easily erase the date", "with acetone"])
def test_a_sentence_on_making_would_be_found(text):
    assert MAKING.search(text)


# --- About nobody and no place that exists ---------------------------------------------------------------------------

# Crossings, border towns, large towns, compounds and neighbours: a case of ours happens in none of them.
PLACES = re.compile(
    r"\b(?:Myawadd?[yi]|Mae Sot|Mae Sai|Tachilei[kl]|Muse|Ruili|Kawthaung|Ranong|Payathonzu|Three Pagodas|Tamu|Moreh"
    r"|Rihkhawdar|Zokhawthar|Chin ?Shwe ?Haw|Laukkai|Laukkaing|Lweje|Kan ?Paik ?Ti|Mong ?La|Wa State|Kokang|Hpa-?an|Hpakant"
    r"|Mawlamyine|Dawei|Myeik|Sittwe|Maungdaw|Myitkyina|Lashio|Yangon|Rangoon|Mandalay|Nay ?Pyi ?Taw|Rakhine|Kachin|Karen"
    r"|Kayin|Rohingya|KK Park|Shwe ?Kokko|Yatai|Sihanoukville|Golden Triangle|Cox's Bazar|Bangkok|Chiang (?:Mai|Rai)"
    r"|Thailand|Thai|China|Chinese|Laos|Bangladesh|India|Indian|Malaysia|Cambodia)\b"
)
PLACES_MY = re.compile(
    "မြဝတီ|မဲဆောက်|မယ်ဆိုင်|တာချီလိတ်|မူဆယ်|ရွှေလီ|ကော့သောင်း|ရနောင်း|ဘုရားသုံးဆူ|တမူး|ရိဒ်ခေါ်ဒါ|ချင်းရွှေဟော်|လောက်ကိုင်|လွယ်ဂျယ်"
    "|ကန်ပိုက်တီ|ကိုးကန့်|ဘားအံ|မော်လမြိုင်|စစ်တွေ|မောင်တော|မြစ်ကြီးနား|လားရှိုး|ရန်ကုန်|မန္တလေး|နေပြည်တော်|ရွှေကုက္ကို|ဘန်ကောက်|ထိုင်းနိုင်ငံ"
    "|တရုတ်နိုင်ငံ|လာအို|ဘင်္ဂလားဒေ့ရှ်|အိန္ဒိယနိုင်ငံ|မလေးရှား|ကမ္ဘောဒီးယား"
)
# Whoever has more than a letter for a name was made up for this curriculum.
MADE_UP = {
    "Aung", "Aye", "Ba", "Hein", "Hla", "Khin", "Lin", "Mi", "Min", "Moe", "Mya", "Nilar", "Nu", "Pyi", "Soe", "Su", "Thida",
    "Thiri", "Tun", "Wai", "Win", "Yin", "Zaw", "Zin",
    "Nela", "Solvimar", "Kevo", "Ari", "Mira", "Talverin", "O'Talverin", "Tessa", "Velmaro", "Sole", "Brandt",
    "Seraphimonia", "Katharivelle", "Annabellatrix",
}  # fmt: skip
TITLES = "Officer|Daw|Ma|Ko|U|Maung|Sergeant|Captain|Inspector|Corporal|Doctor|Dr|Mr|Mrs|Ms|Nurse|Saw|Naw|Sai|Nang"
NOT_PERSONS = {  # what else is written with two capitals in the middle of a sentence
    "Smuggling Protocol", "Trafficking Protocol", "International Labour Organization", "Lake Orla", "State Utopia", "Border Act",
}  # fmt: skip


def test_no_case_item_or_guide_is_set_in_a_place_that_exists():
    assert places([one for one in english() if PLACES.search(one[2])]) == []
    assert places([one for one in burmese() if PLACES_MY.search(one[2])]) == []


def names(text: str) -> Iterator[str]:
    """The names of persons in an English text: after a title, and of several words in the middle of a sentence."""
    found = re.findall(rf"\b(?:{TITLES}) ([A-Z][\w’'-]+)", text)
    for several in re.findall(r"(?<=[a-z,;] )((?:[A-Z][a-z’']+ )+[A-Z][a-z]+)\b", text):
        if not any(several.endswith(known) for known in NOT_PERSONS):
            found += re.sub(rf"^(?:{TITLES}|On) ", "", several).split()
    yield from dict.fromkeys(found)


def test_nobody_has_a_name_that_was_not_made_up():
    days = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
    unknown = [
        (code, where, name) for code, where, text in english() for name in names(text) if name not in MADE_UP | days
    ]
    assert unknown == []


def test_no_document_is_one_of_a_state_that_exists():
    issuing = r"\b[PIVAC]<([A-Z]{3})|(?<=\d)([A-Z]{3})(?=\d{6})"
    drawn = [(lesson.code, block.file, block.svg) for lesson in lessons() for block in lesson.blocks if isinstance(block, Figure)]  # fmt: skip
    named = [(code, where, a or b) for code, where, text in [*english(), *drawn] for a, b in re.findall(issuing, text.replace("&lt;", "<"))]  # fmt: skip
    assert len(named) > 2
    assert [one for one in named if one[2] not in FICTIONAL_CODES] == []


@pytest.mark.parametrize("text", ["the bus to Myawaddy", "an agent in Mae Sot", "a compound like KK Park"])
def test_a_place_that_exists_would_be_found(text):
    assert PLACES.search(text)


def test_a_name_that_was_not_made_up_would_be_found():
    assert [*names("They met Daw Suu and, later, John Smith there.")] == ["Suu", "John", "Smith"]


# --- Answers ---------------------------------------------------------------------------------------------------------


def unexplained(module: Module) -> Iterator[str]:
    """The parts of items that are answered and of which nothing says why they are right or wrong."""
    explained = {"options", "gaps", "lefts", "reasons", "values", "answers"}
    for item in module.items:
        for name in explained & item.question.keys():
            yield from (f"{item.code} {part['id']}" for part in item.question[name] if not part.get("rationale"))
        marked = item.kind in ("written", "pictures", "specimen")  # rubrics and the tour of the specimen say why
        if not marked and not item.feedback and not any("rationale" in str(part) for part in item.question.values()):
            yield item.code


def test_every_option_and_answer_has_its_reason():
    assert [one for module in modules() for one in unexplained(module)] == []


def test_in_no_module_is_the_right_option_told_by_its_length():
    """The mean length of the right options, as a share of that of the wrong ones; and how often the right one is the longest."""
    for module in modules():
        single = [item for item in module.items if item.kind == "single"]
        right = [len(option.text) for item in single for option in item.options if option.correct]
        wrong = [len(option.text) for item in single for option in item.options if not option.correct]
        ratio = (sum(right) / len(right)) / (sum(wrong) / len(wrong))
        longest = sum(max(item.options, key=lambda option: len(option.text)).correct for item in single) / len(single)
        assert (module.code, 0.85 <= ratio <= 1.15, longest <= 0.5) == (module.code, True, True)
