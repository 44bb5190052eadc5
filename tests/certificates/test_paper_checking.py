"""What is found wrong with a design before anything is printed with it."""

import itertools
from dataclasses import replace

import pytest
from django.utils import translation
from PIL import Image

from certificates.paper import PaperDesign
from certificates.paper.checking import check_design
from certificates.paper.design import LANGUAGES, ORIENTATIONS, Signatory
from tests.certificates.papers import CREST, FULL, IMAGES, LONG_LATIN, LONG_MY, SIGNATORIES, crest, png, sha256


def found(design: PaperDesign, **pictures: bytes) -> list[tuple[str, str]]:
    images = IMAGES | {sha256(data): data for data in pictures.values()}
    return [(problem.code, problem.field) for problem in check_design(design, images=images)]


@pytest.mark.parametrize(("orientation", "languages"), list(itertools.product(ORIENTATIONS, LANGUAGES)))
def test_a_full_design_and_an_empty_one_are_sound(orientation, languages):
    for design in (PaperDesign(), FULL):
        assert found(replace(design, orientation=orientation, languages=languages)) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("漢字", "glyph"),
        ("သင်တန်း 🙂", "glyph"),
        ("ေမာင္ေမာင္ ျမန္မာႏုိင္ငံ", "zawgyi"),
        ("ျမန္မာႏုိင္ငံ သင်တန်းဆင်းလက်မှတ် ကျွန်ုပ်တို့", "zawgyi"),
        ("\u102fက", "misshaped"),
        ("သင်တန်း \u1037", "misshaped"),
        ("a \u103eb", "misshaped"),
        ("\u25ccက", "misshaped"),
        ("မြင\u103a\u1037", "spelling"),
        ("သင်\u200bတန်း", "spelling"),
        ("two  spaces", "spelling"),
    ],
)
@pytest.mark.parametrize("field", ["title_my", "intro_en", "footer_my", "signatories.0.post_my"])
def test_a_text_that_would_be_misprinted_is_found_and_named(field, text, code):
    name = field.removeprefix("signatories.0.")
    design = (
        PaperDesign(**{field: text})
        if name == field
        else PaperDesign(signatories=(replace(SIGNATORIES[0], **{name: text}),))
    )
    (problem,) = check_design(design, images=IMAGES)
    assert (problem.code, problem.field) == (code, field)
    assert text in str(problem.sentence)


def test_a_missing_letter_is_named_with_its_number():
    (problem,) = check_design(PaperDesign(title_my="သင်တန်း 漢"), images={})
    with translation.override("en"):
        said = str(problem.sentence)
    assert said == "“သင်တန်း 漢” has a character that cannot be printed: 漢 (U+6F22). Write it without."


def test_texts_of_other_languages_of_the_country_are_sound():
    assert found(PaperDesign(title_my="လိၵ်ႈတႆး", intro_my="ကညီကျိာ်", reason_en="n̄ngai", footer_my="ဘာသာမန်")) == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title_my", LONG_MY * 2),
        ("title_en", "W" * 200),
        ("intro_my", LONG_MY * 2),
        ("reason_en", LONG_LATIN * 3),
        ("footer_en", "W" * 200),
    ],
)
def test_a_text_too_long_for_its_place_is_found(field, text):
    design = replace(FULL, orientation="portrait", **{field: text[:200]})
    assert found(design) == [("too-long", field)]


def test_a_post_too_long_for_its_line_is_found_and_says_how_small_it_would_be():
    design = PaperDesign(signatories=(SIGNATORIES[0], replace(SIGNATORIES[1], post_en="Director of " * 16)))
    (problem,) = check_design(design, images=IMAGES)
    assert (problem.code, problem.field) == ("too-long", "signatories.1.post_en")
    with translation.override("en"):
        assert "6 is the least that can be read" in str(problem.sentence)


def test_a_text_that_is_not_printed_does_no_harm():
    assert found(PaperDesign(languages="en", title_my=LONG_MY * 2)) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"not a picture", "picture-unreadable"),
        (CREST[:300], "picture-unreadable"),
        (crest(60, 60), "picture-too-small"),
        (png(Image.new("1", (6000, 6000))), "picture-too-big"),
        (CREST + b"\0" * 5_000_000, "picture-too-big"),
    ],
)
def test_a_picture_that_cannot_be_printed_is_found(data, code):
    assert found(PaperDesign(crest=sha256(data)), data=data) == [(code, "crest")]
    design = PaperDesign(signatories=(SIGNATORIES[0], Signatory(image=sha256(data))))
    assert found(design, data=data) == [(code, "signatories.1.image")]


def test_a_picture_that_is_gone_is_found():
    assert found(PaperDesign(crest="0" * 64)) == [("picture-missing", "crest")]


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_picture_at_the_limit_is_sound_and_one_below_it_is_not(orientation):
    enough, less = (125, 115) if orientation == "landscape" else (160, 155)
    design = PaperDesign(orientation=orientation)
    for side, faults in ((enough, []), (less, ["picture-too-small"])):
        data = crest(side, side)
        assert [code for code, _ in found(replace(design, crest=sha256(data)), data=data)] == faults


def test_all_faults_are_told_at_once_in_the_order_of_the_fields():
    design = PaperDesign(
        crest="0" * 64,
        title_en="漢",
        footer_en="W" * 200,
        signatories=(replace(SIGNATORIES[0], name_my="\u1031a"), SIGNATORIES[1]),
    )
    assert found(design) == [
        ("picture-missing", "crest"),
        ("glyph", "title_en"),
        ("too-long", "footer_en"),
        ("misshaped", "signatories.0.name_my"),
    ]


@pytest.mark.parametrize("text", ["{}", "{text}", "%s %(x)d", "<b>", "\x00", "\ud800", "\u202e", "\n", "\u0301", "က္"])
def test_no_text_makes_the_check_itself_fail(text):
    for problem in check_design(PaperDesign(title_my=text, footer_en=text), images={}):
        assert str(problem.sentence)


def test_what_to_do_is_said_in_burmese():
    with translation.override("my"):
        for problem in check_design(PaperDesign(crest="0" * 64, title_en="漢", footer_en="W" * 200), images={}):
            assert "။" in str(problem.sentence)
