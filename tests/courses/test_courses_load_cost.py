"""What loading asks of the database: so and so much for each record, however many there are."""

import polib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Item
from content.models import Origin
from courses.models import LessonPage
from tests.courses.authoring import ITEMS, MODULE, TWO

pytestmark = pytest.mark.django_db
FOR_ITEMS = 55, 3  # those of a course together, and each more: both languages come in at once
FOR_LESSONS = 20, 150  # with their Burmese: two places in the tree, two revisions
MOST_UNCHANGED = 12


def add_translations(folder, old, new):
    """The sentences that hold a word, in both languages, with another in its place."""
    po = polib.pofile(str(folder.root / "C1/M01/my.po"), encoding="utf-8")
    known = {entry.msgid for entry in po}
    for entry in [entry for entry in po if old in entry.msgid]:
        if (text := entry.msgid.replace(old, new)) not in known:
            po.append(polib.POEntry(msgid=text, msgstr=entry.msgstr.replace(old, new)))
    po.save()


def add_items(folder, number):
    """Items like the first."""
    authored = (folder.root / ITEMS).read_text(encoding="utf-8")
    first = "- code" + authored.split("- code")[1]
    for code in (f"O1-{201 + n}" for n in range(number)):
        authored += first.replace("O1-001", code)
        add_translations(folder, "O1-001", code)
    folder.write(ITEMS, authored)


def add_lessons(folder, number):
    """Lessons like the second."""
    second = (folder.root / TWO).read_text(encoding="utf-8")
    for n in range(3, 3 + number):
        folder.write(f"C1/M01/{n}-nr{n}.md", second.replace("M01.L2", f"M01.L{n}").replace("two", f"nr{n}"))
        folder.change(MODULE, "2-two.md", f"2-two.md, {n}-nr{n}.md")
        add_translations(folder, "two", f"nr{n}")


def asked(folder):
    """How many queries a load makes."""
    with CaptureQueriesContext(connection) as captured:
        folder.load()
    return len(captured)


@pytest.mark.parametrize("more", [2, 6])
@pytest.mark.parametrize(
    ("add", "model", "most"), [(add_items, Item, FOR_ITEMS), (add_lessons, LessonPage, FOR_LESSONS)]
)
def test_a_record_costs_the_same_however_many_come(add, model, most, more, folder):
    folder.load()
    idle, before = asked(folder), model.objects.count()
    add(folder, more)
    cost = asked(folder) - idle
    assert model.objects.filter(live=True).count() == before + 2 * more
    once, each = most
    assert cost <= once + each * more


def test_what_is_unchanged_costs_little(folder):
    folder.load()
    assert asked(folder) <= MOST_UNCHANGED * Origin.objects.count()
