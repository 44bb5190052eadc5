"""What editors find of translations that do not say what their source says."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from content.models import TranslationPublication
from content.translation import work
from content.translation.published import published_doubts
from tests.content.test_translation_work import source
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PLACE = "/office/translations/doubtful/"


@pytest.fixture
def translator(sign_in, client):
    client.cookies["lang"] = "en"
    return sign_in(PersonFactory(translator=True))


@pytest.fixture
def my():
    return Locale.objects.get(language_code="my")


def publish(my, source_text, target, code="M01.L1"):
    """Another text goes live beside those of a lesson, in place of what was put there before."""
    last = work.publication(source(code), my)
    texts = [*(text for text in last.texts if text[0] != "body.x"), ["body.x", source_text, target]]
    TranslationPublication.objects.create(
        translation_key=last.translation_key, locale=my, source_sha256=last.source_sha256, is_reviewed=False,
        texts=texts, texts_sha256="0" * 64, published_at=timezone.now(),
    )  # fmt: skip


def told(client):
    """Title, sentence and doubts of every text on the page, as far as they are about what these tests published."""
    page = BeautifulSoup(client.get(PLACE).content, "html.parser")
    return [
        (row.a.text, [one.text for one in row.select(".sentence")], [one.text for one in row.select(".doubt")])
        for row in page.select("section")[0].select(".rows > li")
        if row.a
    ]


def test_what_differs_in_what_is_live_is_listed_until_it_is_mended(translator, my):
    publish(my, "Ask <b>2</b> times: P&lt;UTO", "<b>၃</b> ကြိမ် မေးပါ– P&lt;UTO")
    (row,) = (one for one in told(translator) if "Ask 2 times: P<UTO" in one[1])
    assert (row[0], "These numbers differ from the source: 2, 3" in row[2]) == (source().object_repr, True)
    publish(my, "Ask <b>2</b> times: P&lt;UTO", "<b>၂</b> ကြိမ် မေးပါ– P&lt;UTO")
    assert [one for one in told(translator) if "Ask 2 times: P<UTO" in one[1]] == []


def test_a_sentence_with_two_translations_is_listed_with_the_texts_that_have_it(translator, my):
    publish(my, "What do you do?", "ဘာလုပ်မည်နည်း။")
    publish(my, "What do you do?", "မည်သို့လုပ်မည်နည်း။", code="M01.L2")
    page = BeautifulSoup(translator.get(PLACE).content, "html.parser")
    (row,) = (row for row in page.select("section")[1].select("li") if row.p.text == "What do you do?")
    assert [one.text for one in row.select("a")] == [source().object_repr, source("M01.L2").object_repr]


def test_the_list_costs_the_same_for_any_number_of_texts_and_is_read_once(my):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            published_doubts(my)
        return len(captured)

    cache.clear()
    cost()
    cache.clear()
    before = cost()
    for code in ("M01.L1", "M01.L2", "M03.L1"):
        publish(my, "Ask 2 times", "၃ ကြိမ် မေးပါ", code=code)
    assert (cost(), cost()) == (before, before - 1)
