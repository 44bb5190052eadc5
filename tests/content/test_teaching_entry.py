"""Rubrics and facilitator guides in Wagtail's admin: curriculum editors open, change, make and delete them."""

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from content.models import FacilitatorGuide, Rubric
from tests.factories import PersonFactory, guide_of, rubric_of

pytestmark = pytest.mark.django_db

PLACE = "/admin/snippets/content"


@pytest.fixture
def editor(sign_in, client) -> Client:
    client.cookies["lang"] = "en"
    return sign_in(PersonFactory(editor=True, language="en"))


def rubric_form(**changed) -> dict[str, str]:
    criterion = {"text": "Asks first", "not_done": "", "to_standard": "Asks, and waits", "is_critical": "on"}
    fields = {"code": "R8", "title": "Asking", "purpose": "", "least_mean": "2", "observers": "1"}
    return nested_form_data({**fields, "criteria": streamfield([("criterion", criterion)]), **changed})


def guide_form(**changed) -> dict[str, str]:
    step = {"minutes": "30", "title": "Cards", "what": "Sort the cards.", "materials": "", "note": ""}
    words = dict.fromkeys(("aim", "opening", "debrief", "fallback", "safety"), "Words")
    fields = {"code": "M03", "minutes": "30", "group_from": "3", "group_to": "5", "rubric_code": ""}
    streams = {"steps": streamfield([("step", step)])} | {
        name: streamfield([]) for name in ("materials", "slides", "answers")
    }
    return nested_form_data({**words, **fields, **streams, **changed})


def test_an_editor_opens_changes_makes_and_deletes_a_rubric(editor):
    old = rubric_of("Safety")
    assert editor.get(f"{PLACE}/rubric/").status_code == 200
    assert "Safety" in editor.get(f"{PLACE}/rubric/edit/{old.pk}/").content.decode()
    editor.post(f"{PLACE}/rubric/edit/{old.pk}/", rubric_form(code="R9", title="Asking well"))
    old.refresh_from_db()
    assert (old.title, [one.value["text"] for one in old.criteria]) == ("Asking well", ["Asks first"])
    editor.post(f"{PLACE}/rubric/add/?locale=en", rubric_form())
    assert Rubric.objects.get(code="R8").locale.language_code == "en"
    editor.post(f"{PLACE}/rubric/delete/{old.pk}/")
    assert list(Rubric.objects.values_list("code", flat=True)) == ["R8"]


def test_an_editor_opens_changes_makes_and_deletes_a_guide(editor):
    old = guide_of("M01")
    assert editor.get(f"{PLACE}/facilitatorguide/").status_code == 200
    assert "Sort the cards." in editor.get(f"{PLACE}/facilitatorguide/edit/{old.pk}/").content.decode()
    editor.post(f"{PLACE}/facilitatorguide/edit/{old.pk}/", guide_form(code="M01", aim="Another aim"))
    old.refresh_from_db()
    assert (old.aim, len(old.steps)) == ("Another aim", 1)
    editor.post(f"{PLACE}/facilitatorguide/add/?locale=en", guide_form())
    assert FacilitatorGuide.objects.get(code="M03").minutes == 30
    editor.post(f"{PLACE}/facilitatorguide/delete/{old.pk}/")
    assert list(FacilitatorGuide.objects.values_list("code", flat=True)) == ["M03"]


def test_steps_that_do_not_add_up_are_sent_back(editor):
    page = editor.post(f"{PLACE}/facilitatorguide/add/?locale=en", guide_form(minutes="45"))
    assert "The steps take 30 minutes together, the guide says 45." in page.content.decode()
    assert not FacilitatorGuide.objects.filter(code="M03").exists()


@pytest.mark.parametrize("snippet", ["rubric", "facilitatorguide"])
def test_who_edits_items_alone_keeps_neither(snippet, sign_in):
    assessor = sign_in(PersonFactory(assessor=True))
    assert assessor.get(f"{PLACE}/{snippet}/add/").status_code == 302
