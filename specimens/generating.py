"""From a recipe to a specimen: what is drawn on each sheet, what is true of it, and every region in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from specimens import describing, sheets, variations
from specimens.anomalies import CATALOGUE
from specimens.chance import Chance
from specimens.describing import Description
from specimens.geometry import Region
from specimens.issuing import DOCUMENTS, issue
from specimens.plan import Plan
from specimens.recipe import Recipe, kinds_of
from specimens.said import Said
from specimens.states import RuleCard
from specimens.truth import GROUPS, Fault, Found, Truth

GENERATOR = 1  # goes up when the same recipe is drawn otherwise


@dataclass(frozen=True)
class Sheet:
    """One thing on the table. size: in units; svg: the whole drawing, for every light; regions: what can be marked on it."""

    name: str
    size: tuple[int, int]
    svg: str
    regions: Mapping[str, Region]


@dataclass(frozen=True)
class Specimen:
    """truth: for the server only, until it was judged."""

    recipe: Recipe
    plan: Plan
    sheets: tuple[Sheet, ...]
    truth: Truth
    descriptions: tuple[Description, ...]

    @property
    def card(self) -> RuleCard:
        return self.plan.card


def planned(recipe: Recipe) -> tuple[Plan, Truth]:
    """The plan of a recipe with what is true of it. A variation that would touch a region of an anomaly is left out."""
    kinds = list(recipe.variations)
    while True:
        plan, touched, altered = _altered(recipe, kinds)
        anomalies = {region for _fault, regions in altered for region in regions}
        stay = [kind for kind in kinds if touched[kind] and not overlaps(touched[kind], anomalies)]
        if stay == kinds:
            break
        kinds = stay
    where = sheets.regions(plan)
    found = tuple(
        Found(
            fault.kind,
            fault.severity,
            CATALOGUE[fault.kind].group,
            CATALOGUE[fault.kind].lights,
            {name: where[name] for name in regions},
        )
        for fault, regions in altered
    )
    return plan, Truth(found, tuple(kinds))


def _altered(recipe: Recipe, kinds: list[str]) -> tuple[Plan, dict[str, set[str]], list[tuple[Fault, tuple[str, ...]]]]:
    """A plan with some variations, then the anomalies, which find it as it is; and what each touched."""
    plan = issue(recipe.seed, recipe.document)
    chance, wear = Chance(recipe.seed, "anomaly"), Chance(recipe.seed, "wear")
    touched = {kind: set(variations.CATALOGUE[kind].alter(plan, wear.stream(kind))) for kind in kinds}
    altered = [
        (fault, CATALOGUE[fault.kind].alter(plan, chance.stream(fault.kind), fault.severity)) for fault in recipe.faults
    ]
    return plan, touched, altered


def overlaps(variation: set[str], anomaly: set[str]) -> bool:
    """Whether a variation would touch what an anomaly touches. The page as a whole, its background and its wear touch everything on it."""
    wide = ("PAGE", "BG", "PAGE_UV", "FIBRES", "CREASE")
    sheets_wide = {one.partition(":")[0] for one in variation if one.partition(":")[2] in wide}
    anomaly_wide = {one.partition(":")[0] for one in anomaly if one.partition(":")[2] in wide}
    return bool(
        variation & anomaly
        or any(one.partition(":")[0] in sheets_wide for one in anomaly)
        or any(one.partition(":")[0] in anomaly_wide for one in variation)
    )


def generate(recipe: Recipe) -> Specimen:
    """Draw a recipe. The same recipe gives the same bytes on every machine."""
    plan, truth = planned(recipe)
    drawn = tuple(Sheet(name, size, svg, regions) for name, size, svg, regions in sheets.draw(plan))
    return Specimen(recipe, plan, drawn, truth, _described(plan, truth, drawn))


def _described(plan: Plan, truth: Truth, drawn: tuple[Sheet, ...]) -> tuple[Description, ...]:
    printed = sheets.printed(plan)
    seen: dict[str, dict[str, Said]] = {}
    for one in truth.anomalies:
        for region in one.where:
            seen.setdefault(region, {}).update(CATALOGUE[one.kind].seen)
    for kind in truth.variations:
        for region, words in variations.seen(kind, plan).items():
            seen.setdefault(region, {}).update(words)
    return tuple(
        Description(
            f"{sheet.name}:{region}",
            describing.title_of(region),
            describing.under_lights(
                region, printed.get(f"{sheet.name}:{region}"), seen.get(f"{sheet.name}:{region}", {})
            ),
        )
        for sheet in drawn
        for region in sheet.regions
        if region not in sheets.UNLISTED
    )


# --- Recipes drawn by chance ----------------------------------------------------------------------------------------------

VARIED = 50  # per cent of practice specimens that carry a variation, as far as one fits
TRIES = 4  # variations that are tried


def drawn(
    seed: int,
    kind: str,
    severity: int,
    *,
    is_signal: bool,
    documents: Sequence[str] = DOCUMENTS,
    is_varied: bool | None = None,
) -> Recipe:
    """A specimen for practice with one anomaly, or the same one without it.

    Document and variation are chosen as if the anomaly were there in either case, so that neither says which it is. is_varied: whether
    there is a variation; None leaves it to chance.
    """
    chance = Chance(seed, "recipe")
    document = chance.one([one for one in CATALOGUE[kind].documents if one in documents])
    faults = (Fault(kind, severity),)
    kept: tuple[str, ...] = ()
    wants = chance.happens(VARIED) if is_varied is None else is_varied
    fitting = [name for name, one in variations.CATALOGUE.items() if document in one.documents]
    for name in chance.some(fitting, TRIES) if wants else ():
        if planned(Recipe(seed, document, faults, (name,)))[1].variations:
            kept = (name,)
            break
    return Recipe(seed, document, faults if is_signal else (), kept)


def with_fault(seed: int, kind: str, severity: int, *, documents: Sequence[str] = DOCUMENTS) -> Recipe:
    """A specimen with one anomaly, on one of the documents that can show it."""
    return drawn(seed, kind, severity, is_signal=True, documents=documents)


def without_fault(seed: int) -> Recipe:
    """A specimen with nothing to refer, as it would be drawn for an anomaly of any family."""
    chance = Chance(seed, "kind")
    group = chance.one(GROUPS)
    return drawn(seed, chance.one(kinds_of(group)), 3, is_signal=False)
