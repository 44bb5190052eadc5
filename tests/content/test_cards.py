"""Pocket cards: as authors write them, as editors keep them, on a page that a device keeps, and on paper."""

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pypdfium2
import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale

from content.authored import Module, module_segments, read_curriculum
from content.cards import CardInfo, Point, cards
from content.models import PocketCard
from core.languages import Spoken
from courses.cards.paper import card_paper
from tests.certificates.papers import closed, text_of
from tests.content.authoring import copied, edit, problems, shipped
from tests.factories import EnrolmentFactory, PersonFactory, card_of
from tests.translating import translate

FILE = "C1/M01/card.yaml"
CARD = """version: "1.0"
valid_until: 2027-11-30
title: At the desk
points:
  - text: Look
      first.
  - {kind: warning, text: Promise little.}
  - {kind: never, text: Do not take photos.}
"""
BURMESE = {
    "At the desk": "စားပွဲတွင်",
    "Look first.": "အရင် ကြည့်ပါ။",
    "Promise little.": "ကတိနည်းနည်း ပေးပါ။",
    "Do not take photos.": "ဓာတ်ပုံ မရိုက်ရ။",
}
TOO_LONG = "x" * 161
ELEVEN = "".join(f"  - text: Line {number}\n" for number in range(8))


@pytest.fixture
def root(tmp_path) -> Path:
    """The small curriculum with a card of M01 and its Burmese."""
    root = copied(tmp_path)
    (root / FILE).write_text(CARD, encoding="utf-8")
    file = root / "C1/M01/my.po"
    entries = "".join(f'\nmsgid "{english}"\nmsgstr "{burmese}"\n' for english, burmese in BURMESE.items())
    file.write_text(file.read_text(encoding="utf-8") + entries, encoding="utf-8")
    return root


def load(root: Path, *arguments: str) -> str:
    out = StringIO()
    call_command("load_curriculum", str(root), *arguments, stdout=out)
    return out.getvalue()


# --- As authors write them ------------------------------------------------------------------------------------------------

ERRORS = {
    "no last day": ("valid_until: 2027-11-30\n", "", 1, "'valid_until' is missing"),
    "a last day that is none": ("2027-11-30", "soon", 2, "'valid_until' is 'soon'; expected date"),
    "a moment instead of a day": ("2027-11-30", "2027-11-30 10:00:00", 2, "'valid_until' is datetime"),
    "a version that is a number": ('"1.0"', "1.0", 1, "'version' is 1.0"),
    "a card without lines": (CARD[CARD.index("points"):], "points: []\n", 4, "a card has 1 to 10 points"),
    "more lines than a page holds": ("points:\n", f"points:\n{ELEVEN}", 4, "a card has 1 to 10 points"),
    "a line that is too long": ("Promise little.", TOO_LONG, 7, "a point has 160 characters at most, this has 161"),
    "a line that stands twice": ("Promise little.", "Do not take photos.", 8, "'Do not take photos.' stands twice"),
    "a line of another kind": ("kind: never", "kind: always", 8, "'kind' is 'always'; allowed are do, warning, never"),
    "a line that is a word": ("  - {kind: warning, text: Promise little.}", "  - Promise little.", 4, "here should stand a mapping"),
    "a key that is not known": ("title:", "colour: blue\ntitle:", 3, "'colour' is not a known key"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "text"), ERRORS.values(), ids=ERRORS)
def test_an_error_in_a_card_is_told_with_its_file_and_line(old, new, line, text, root):
    edit(root, FILE, old, new)
    assert [(name, number) for name, number, what in problems(root) if what.startswith(text)] == [(FILE, line)]


@pytest.mark.parametrize("broken", ["7", "[[", "- 1\n", "points: 7\n"])
def test_a_card_of_nonsense_is_a_problem_and_never_a_crash(broken, root):
    (root / FILE).write_text(broken, encoding="utf-8")
    assert {name for name, _line, _text in problems(root)} == {FILE}


def test_every_text_of_a_card_is_there_to_be_translated(root):
    module = read_curriculum(root).courses[0].modules[0]
    assert [text for text, where in module_segments(module) if where == "card.yaml"] == list(BURMESE)


def test_the_shipped_modules_have_cards_with_something_never_to_do_all_of_it_in_burmese():
    curriculum = shipped()
    told = {module.code: module.card for course in curriculum.courses for module in course.modules if module.card}
    assert set(told) == {module.code for course in curriculum.courses for module in course.modules}
    for card in told.values():
        assert "never" in {point.kind for point in card.points}
        assert {card.title, *(point.text for point in card.points)} <= set(curriculum.translations["my"])


# --- As they are loaded and kept ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_card_is_loaded_with_its_burmese_and_loading_again_changes_nothing(root):
    load(root)
    card = cards(["M01", "M03"], "my")["M01"]
    assert (card.title, card.title.language, card.version, card.valid_until.isoformat()) == ("စားပွဲတွင်", "my", "1.0", "2027-11-30")  # fmt: skip
    assert [(point.kind, point.text) for point in card.points] == [
        ("do", "အရင် ကြည့်ပါ။"),
        ("warning", "ကတိနည်းနည်း ပေးပါ။"),
        ("never", "ဓာတ်ပုံ မရိုက်ရ။"),
    ]
    assert "0 created, 0 updated" in load(root)


@pytest.mark.django_db
def test_what_an_editor_changed_on_a_card_is_left_alone(root):
    load(root)
    PocketCard.objects.filter(locale__language_code="en").update(title="By an editor")
    assert "left alone, changed by an editor: card:M01:en" in load(root)
    assert PocketCard.objects.get(locale__language_code="en").title == "By an editor"


@pytest.mark.django_db
def test_the_source_decides_how_long_a_card_holds_and_which_lines_there_are():
    english = card_of()
    first = english.points[0]
    card_of(
        locale=Locale.objects.get(language_code="my"), translation_key=english.translation_key, version="0.9", valid_until=timezone.localdate() + timedelta(days=900),
        points=[{"type": "point", "id": first.id, "value": {"text": "ကြည့်ပါ။", "kind": "never"}}],
    )  # fmt: skip
    card = cards(["M01"], "my")["M01"]
    assert (card.version, card.valid_until) == (english.version, english.valid_until)
    assert [(point.kind, point.text.language) for point in card.points] == [
        ("do", "my"),
        ("warning", "en"),
        ("never", "en"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{}, {"code": "M03", "version": ""}], ids=["a second one", "no version"])
def test_the_database_refuses_a_card_that_cannot_be(wrong):
    card_of()
    with pytest.raises(IntegrityError), transaction.atomic():
        card_of(**wrong)


@pytest.mark.django_db
def test_an_editor_keeps_cards_and_removes_none(sign_in):
    card = card_of()
    client = sign_in(PersonFactory(editor=True))
    pages = ["", f"edit/{card.pk}/", f"delete/{card.pk}/"]
    found = [client.get(f"/admin/snippets/content/pocketcard/{page}").status_code for page in pages]
    assert found == [200, 200, 302]


# --- On a page ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def enrolment(db):
    return EnrolmentFactory()


@pytest.fixture
def officer(enrolment, sign_in, client):
    client.cookies["lang"] = "en"
    return sign_in(enrolment.person)


def words(response) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_page_of_a_module_leads_to_its_card_and_to_none_where_there_is_none(officer):
    card_of("M01")
    links = {slug: '/learn/cards/' in officer.get(f"/en/courses/c1/{slug}/").content.decode().split("<footer")[0] for slug in ("m01", "m03")}  # fmt: skip
    assert links == {"m01": True, "m03": False}


def test_the_list_holds_the_cards_of_the_courses_that_somebody_takes(officer):
    card_of("M01")
    card_of("M03")
    page = officer.get("/learn/cards/")
    assert [(course.code, [card.code for card, _past in told]) for course, told in page.context["rows"]] == [
        ("C1", ["M01", "M03"])
    ]


def test_who_takes_no_course_has_no_cards_and_is_told_when_there_will_be_some(sign_in, client, db):
    card_of("M01")
    client.cookies["lang"] = "en"
    page = sign_in(PersonFactory()).get("/learn/cards/")
    assert (page.context["rows"], "Your courses have no pocket cards yet." in words(page)) == ([], True)


@pytest.mark.parametrize("path", ["M03", "M99"])
def test_a_card_that_is_not_there_is_not_found(path, officer):
    assert officer.get(f"/learn/cards/{path}/").status_code == 404


@pytest.mark.parametrize(("days", "is_past"), [(1, False), (0, False), (-1, True)])
def test_a_card_holds_to_the_end_of_its_last_day_and_then_says_that_it_is_out_of_date(days, is_past, officer):
    until = timezone.localdate() + timedelta(days=days)
    card_of("M01", valid_until=until)
    for path in ("/learn/cards/M01/", "/learn/cards/"):
        page = officer.get(path).content.decode()
        tag = f'<holds-until data-until="{until.isoformat()}"'
        told = re.search(r"data-past( hidden)?>", page)
        assert (f'{tag} class="past">' in page, f"{tag}>" in page, told[1]) == (
            is_past,
            not is_past,
            None if is_past else " hidden",
        )


def test_a_card_says_beside_its_lines_what_is_to_be_taken_care_of_and_what_is_never_done(officer):
    card_of("M01")
    assert "Look first. Take care Promise little. Never Do not take photos. Version 1.0" in words(
        officer.get("/learn/cards/M01/")
    )


def test_the_page_of_a_card_tells_nothing_about_who_reads_it(officer, enrolment):
    card_of("M01")
    page = officer.get("/learn/cards/M01/").content.decode()
    person = enrolment.person
    told = [person.name_my, person.name_latin, person.service_number, str(person.public_id), "csrf", "account"]
    assert [one for one in told if one in page] == []
    assert person.name_latin in officer.get("/learn/cards/").content.decode()  # which signing out takes away


def test_a_translation_that_nobody_reviewed_is_called_a_draft(officer, client):
    translate(card_of("M01"))
    client.cookies["lang"] = "my"
    page = officer.get("/learn/cards/M01/")
    assert page.context["notice"] == "draft"
    assert "<h1>မြန်မာ At hand after M01</h1>" in page.content.decode()


def test_the_worker_keeps_the_list_apart_from_the_cards(officer):
    script = officer.get("/learn/cards/worker.js")
    assert script["Content-Type"] == "text/javascript; charset=utf-8"
    assert 'const KEPT = "cards-en-1", OWN = "list-en-1";' in script.content.decode()


@pytest.mark.parametrize("count", [1, 2])
def test_list_and_card_cost_the_same_for_any_number_of_cards(count, officer, django_assert_num_queries):
    for code in ("M01", "M03")[:count]:
        card_of(code)
    officer.get("/learn/cards/")  # the catalogue is built
    with django_assert_num_queries(4):  # viewer, content version, enrolments, cards
        officer.get("/learn/cards/")
    with django_assert_num_queries(4):  # viewer, content version, card, how its translation stands
        officer.get("/learn/cards/M01/")


# --- On paper -------------------------------------------------------------------------------------------------------------


def test_a_card_is_printed_in_the_language_of_who_asks(officer, client):
    translate(card_of("M01"))
    client.cookies["lang"] = "my"
    response = officer.get("/learn/cards/M01/card.pdf")
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="card-M01-1.0.pdf"',
    )
    printed = closed(text_of(response.content))
    told = ["မြန်မာ At hand after M01", "မြန်မာ Do not take photos."]
    assert [one for one in told if closed(one) not in printed] == []


def test_a_card_past_its_day_says_so_on_paper(officer):
    card_of("M01", valid_until=timezone.localdate() - timedelta(days=1))
    assert "Out of date since" in " ".join(text_of(officer.get("/learn/cards/M01/card.pdf").content).split())


def told_in(module: Module, language: str) -> CardInfo:
    """The card of a module that is shipped, as it is read in a language."""
    known = shipped().translations["my"] if language == "my" else {}
    card = module.card
    points = tuple(Point(Spoken(known.get(one.text, one.text), language), one.kind) for one in card.points)
    title = Spoken(known.get(card.title, card.title), language)
    return CardInfo(uuid4(), module.code, title, points, card.version, card.valid_until)


@pytest.mark.parametrize("language", ["my", "en"])
def test_the_shipped_cards_are_one_page_of_a5(language):
    from django.utils.translation import override

    with override(language):
        for module in (one for course in shipped().courses for one in course.modules):
            paper = card_paper(told_in(module, language), is_past=True, at=timezone.now())
            with pypdfium2.PdfDocument(paper) as document:
                sizes = [tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in document]
            assert (module.code, sizes) == (module.code, [(148, 210)])
