"""An exam in examining documents: fixed specimens in two parallel forms, as questions of the bank."""

from uuid import UUID, uuid4

from wagtail.models import Locale

from assessments import showing
from assessments.models import Item, Quiz, QuizSection
from core.db import write_transaction
from specimens.anomalies import CATALOGUE
from specimens.chance import Chance
from specimens.generating import drawn
from specimens.recipe import Recipe, kinds_of
from specimens.truth import GROUPS

FORMS = (QuizSection.Form.A, QuizSection.Form.B)
CUT = "0.600"
MINUTES = 1.5  # for one specimen
STEM = {
    "en": "Examine this document. Does it go on, or do you refer it?",
    "my": "ဤစာရွက်စာတမ်းကို စစ်ဆေးပါ။ ဆက်သွားခွင့်ပြုမည်လား၊ လွှဲပို့မည်လား။",
}


def parallel(seed: int, size: int) -> dict[str, list[Recipe]]:
    """Recipes of both forms: at each place the same kind at the same severity, or the same without it, in another specimen.

    Half of them are in order; families take turns. size: of one form.
    """
    chance = Chance(seed, "exam")
    plan = []
    for index in range(size):
        kind = chance.one(kinds_of(GROUPS[index % len(GROUPS)]))
        plan.append((kind, chance.between(2, 4), index % 2 == (index // len(GROUPS)) % 2))
    plan = chance.shuffled(plan)
    forms: dict[str, list[Recipe]] = {}
    for form in FORMS:
        own = chance.stream(form)
        forms[form] = [
            drawn(own.word() >> 1, kind, severity, is_signal=is_signal) for kind, severity, is_signal in plan
        ]
    return forms


def make_exam(code: str, subject_key: UUID, *, objective: str, competency: str, size: int, seed: int) -> Quiz:
    """A post-test of specimens for a course: as many in each form, one after the other, nothing told before the end.

    The same code again gives the test that is there. Items are published in English and Burmese.
    """
    with write_transaction():
        quiz, made = Quiz.objects.get_or_create(
            code=code,
            defaults={
                "kind": Quiz.Kind.POST_TEST, "subject_key": subject_key, "cut_score": CUT, "limit_seconds": int(size * MINUTES * 60),
                "attempts_allowed": 2, "shown": showing.when_done(), "is_sequential": True, "forms": Quiz.Forms.TURNS,
            },
        )  # fmt: skip
        if made:
            for position, (form, recipes) in enumerate(parallel(seed, size).items()):
                items = [
                    _item(f"{code}-{form}{number:02}", recipe, objective, competency)
                    for number, recipe in enumerate(recipes, 1)
                ]
                QuizSection.objects.create(quiz=quiz, position=position, form=form, items=items)
    return quiz


def _item(code: str, recipe: Recipe, objective: str, competency: str) -> str:
    """A published item. Gives its key."""
    key = uuid4()
    content = {
        "document": recipe.document, "seed": recipe.seed, "variations": " ".join(recipe.variations),
        "faults": [{"type": "item", "id": str(uuid4()), "value": {"kind": one.kind, "severity": one.severity}} for one in recipe.faults],
    }  # fmt: skip
    for locale in Locale.objects.filter(language_code__in=list(STEM)):
        item = Item(
            code=code, locale=locale, translation_key=key, stem=STEM[locale.language_code], objective=objective, competency=competency,
            bloom=Item.Bloom.ANALYSE, difficulty=_difficulty(recipe), live=False,
        )  # fmt: skip
        raw = [{"type": "specimen", "id": str(uuid4()), "value": content}]
        item.question = Item._meta.get_field("question").stream_block.to_python(raw)  # type: ignore[union-attr]
        item.full_clean(validate_unique=False)
        item.save()
        item.save_revision().publish()
    return str(key)


def _difficulty(recipe: Recipe) -> int:
    """1 to 5, from the catalogue's 1 to 4 and the severity; 3 for one in order."""
    if not recipe.faults:
        return 3
    fault = recipe.faults[0]
    return max(1, min(5, CATALOGUE[fault.kind].difficulty + (fault.severity < 3)))
