"""A clean specimen from a seed: who it belongs to, what it says, and everything that agrees with everything.

Streams of the seed are kept apart: "holder" says who, "layout" what is issued, and neither knows whether an anomaly will follow.
"""

from dataclasses import replace
from datetime import date, timedelta

from specimens import dates, holders, mrz
from specimens.art import faces
from specimens.chance import Chance
from specimens.holders import Holder
from specimens.plan import Booklet, Field, Leaf, Plan, Reader, Stamp, Visa
from specimens.states import NORLAND, STATES, UTOPIA, RuleCard, Series, State, rule_card

DOCUMENTS = ("passport", "book", "epassport", "traveller", "visa", "visas", "stamps", "card", "pass")
THREAD = "#2f6f8f"
LATEST = 30  # days before the card's day on which something was issued at the latest
MONTH = 30  # days
EARLIER = (160, 280)  # days before the card's day on which the first of two visas was issued
PAGES = 32
ADULT = 18


def issue(seed: int, document: str) -> Plan:
    """A specimen without anomaly or variation. Raises ValueError for a document that is not of `DOCUMENTS`."""
    if document not in DOCUMENTS:
        raise ValueError(f"no document is called {document!r}")
    chance = Chance(seed, "layout")
    state = chance.one((UTOPIA, UTOPIA, NORLAND))
    card = rule_card(state, chance)
    issued = _issued(card, chance, document)
    who = _holder(seed, state, card)
    if who.birth >= issued:  # a child whose document is younger than it
        issued = min(who.birth + timedelta(days=chance.between(30, 300)), card.today - timedelta(days=LATEST))
    face = faces.face(
        Chance(seed, "holder/face"), age_band=who.band, sex_marker=who.sex, tone=who.tone, dress=who.dress
    )
    number = f"SP{chance.between(1_000_000, 9_999_999)}"
    plan = Plan(
        seed=seed, document=document, card=card, state=state, series=_series(state, issued), holder=who, header=state.name,
        number=number, perforated=number, issued=issued, expires=_expires(who, issued, card, document), fields={}, zone=[],
        face=face, ghost=face, code=chance.one(("P", "PP")), optional=_optional(chance), optional_check=chance.one(("0", "<")),
        area=chance.one(card.areas),
    )  # fmt: skip
    plan.fields = _fields(plan)
    rezone(plan)
    layout = chance.stream("more")
    if document == "book":
        plan.booklet = _booklet(plan, layout)
    elif document == "epassport":
        plan.reader = Reader([("Document number", number), ("Name", f"{who.primary}, {who.secondary}"), ("Date of birth", dates.birth(who)), ("Date of expiry", dates.printed(plan.expires))])  # fmt: skip
    elif document == "traveller":
        plan.person = face
    elif document in ("visa", "visas"):
        earlier = [_visa(plan, layout, ago=EARLIER)] if document == "visas" else []
        plan.visas = [*earlier, _visa(plan, layout, ago=(5, LATEST - 5))]
    elif document == "stamps":
        # One that allows all the journeys of the page, and the next one.
        plan.visas = [
            _visa(
                plan,
                layout,
                ago=(60, 300),
                entries="MULTIPLE",
                until=card.today + timedelta(days=chance.between(20, 200)),
            )
        ]
        plan.stamps = _stamps(plan, layout)
        plan.card = replace(card, unstamped=(_unstamped(plan, layout),))
    return plan


def _holder(seed: int, state: State, card: RuleCard) -> Holder:
    return holders.holder(Chance(seed, "holder"), today=card.today, towns=state.towns)


def holder_of(seed: int) -> Holder:
    """Who holds the document of a seed."""
    chance = Chance(seed, "layout")
    state = chance.one((UTOPIA, UTOPIA, NORLAND))
    return _holder(seed, state, rule_card(state, chance))


def _issued(card: RuleCard, chance: Chance, document: str) -> date:
    """A day on which the State issued, such that the document is still valid for whoever holds it."""
    if document == "pass":
        return card.today - timedelta(days=chance.between(LATEST, card.pass_months * MONTH - LATEST))
    first = max(card.state.series[0].since, dates.years_after(card.today, -(card.child_years - 1)))
    return first + timedelta(
        days=chance.below((card.today - first).days - (EARLIER[1] + 10 if document == "visas" else LATEST))
    )


def _series(state: State, issued: date) -> Series:
    return [one for one in state.series if one.since <= issued][-1]


def _expires(who: Holder, issued: date, card: RuleCard, document: str) -> date:
    if document == "pass":
        return issued + timedelta(days=card.pass_months * MONTH)
    years = card.years if dates.years_after(who.birth, ADULT) <= issued else card.child_years
    return dates.years_after(issued, years) - timedelta(days=1)


def _optional(chance: Chance) -> str:
    return "" if chance.happens(50) else f"ZE{chance.between(100_000, 999_999)}B"


def _fields(plan: Plan) -> dict[str, Field]:
    who, state = plan.holder, plan.state
    fields = {
        "VIZ_DOCNO": Field("Document No.", plan.number),
        "VIZ_SURNAME": Field("Surname", who.primary),
        "VIZ_GIVEN": Field("Given names", who.secondary),
        "VIZ_NAT": Field("Nationality", {"UTO": "UTOPIAN", "XNO": "NORLANDER"}[state.code]),
        "VIZ_DOB": Field("Date of birth", dates.birth(who)),
        "VIZ_SEX": Field("Sex", who.sex),
        "VIZ_POB": Field("Place of birth", who.birthplace),
        "VIZ_DOI": Field("Date of issue", dates.printed(plan.issued)),
        "VIZ_DOE": Field("Date of expiry", dates.printed(plan.expires)),
        "VIZ_AUTH": Field("Authority", {"UTO": "MOI", "XNO": "NPA"}[state.code]),
    }
    if plan.document == "pass":
        fields |= {
            "VIZ_AREA": Field("Area", plan.area),
            "VIZ_DAYS": Field("Days a journey", str(plan.card.days_per_trip)),
        }
        del fields["VIZ_AUTH"], fields["VIZ_POB"]
    return fields


def zone_data(plan: Plan, *, birth: date | None = None) -> mrz.Data:
    """What the zone of a plan has to say. birth: in place of the holder's."""
    who = plan.holder
    born = dates.coded(birth or who.birth)
    return mrz.Data(
        code="I" if plan.document == "card" else plan.code, state=plan.state.code, primary=who.primary, secondary=who.secondary,
        number=plan.number, nationality=plan.state.code, birth=born if who.day_is_known or birth else f"{born[:4]}<<", sex=who.sex,
        expiry=dates.coded(plan.expires), optional=plan.optional, optional_check=plan.optional_check,
    )  # fmt: skip


def rezone(plan: Plan, *, birth: date | None = None) -> None:
    """Write the zone anew from what the plan says, with every digit right."""
    data = zone_data(plan, birth=birth)
    plan.zone = mrz.td1(data) if plan.document == "card" else [] if plan.document == "pass" else mrz.td3(data)


def rezone_visa(plan: Plan, visa: Visa) -> None:
    """Write a visa's zone anew from what is printed on it."""
    data = zone_data(plan)
    data = replace(
        data, code="V", state=visa.state.code, number=visa.number, expiry=dates.coded(visa.ends), optional=plan.number,
        primary=visa.fields["VIZ_SURNAME"].text, secondary=visa.fields["VIZ_GIVEN"].text,
    )  # fmt: skip
    visa.zone = mrz.mrv_a(data)


def with_long_name(plan: Plan, chance: Chance) -> None:
    """Give the holder a name that does not fit into the zone."""
    primary, secondary = holders.long_name(plan.holder.family, chance)
    plan.holder = replace(plan.holder, primary=primary, secondary=secondary)
    plan.fields["VIZ_SURNAME"].text, plan.fields["VIZ_GIVEN"].text = primary, secondary
    rezone(plan)


def without_day(plan: Plan) -> None:
    """The day of birth is not known."""
    plan.holder = replace(plan.holder, day_is_known=False)
    plan.fields["VIZ_DOB"].text = dates.birth(plan.holder)
    if plan.reader:
        rows = dict(plan.reader.rows) | {"Date of birth": dates.birth(plan.holder)}
        plan.reader.rows = list(rows.items())
    rezone(plan)


def reissue(plan: Plan, chance: Chance) -> bool:
    """The same in the other series; False where the day of issue cannot be moved to it."""
    changed = plan.card.changed_on
    wants_newer = plan.issued < changed
    first = (
        changed
        if wants_newer
        else max(plan.state.series[0].since, dates.years_after(plan.card.today, -(plan.card.child_years - 1)))
    )
    last = plan.card.today - timedelta(days=LATEST) if wants_newer else changed - timedelta(days=1)
    first = max(first, plan.holder.birth + timedelta(days=30))
    if (last - first).days < 1:
        return False
    plan.issued = first + timedelta(days=chance.below((last - first).days))
    plan.series = _series(plan.state, plan.issued)
    plan.expires = _expires(plan.holder, plan.issued, plan.card, plan.document)
    plan.fields["VIZ_DOI"].text, plan.fields["VIZ_DOE"].text = dates.printed(plan.issued), dates.printed(plan.expires)
    if plan.reader:
        plan.reader.rows = list((dict(plan.reader.rows) | {"Date of expiry": dates.printed(plan.expires)}).items())
    rezone(plan)
    return True


def _unstamped(plan: Plan, chance: Chance) -> tuple[str, date, date]:
    """Days on which a post gave no exit stamps: before the first journey, so that they explain no gap. Every card has such a row, or
    the row itself would tell that something is explained."""
    last = plan.stamps[0].day - timedelta(days=chance.between(10, 60))
    return chance.one(plan.state.places), last - timedelta(days=18), last


def without_stamp(plan: Plan, gone: Stamp) -> None:
    """Take a stamp out; the later ones stand where they would without it, so that no empty place tells."""
    plan.stamps.remove(gone)
    for slot, stamp in enumerate(plan.stamps, 1):
        stamp.slot = slot


def _booklet(plan: Plan, chance: Chance) -> Booklet:
    first = chance.between(4, 24)
    leaves = [Leaf(first + step, plan.series.number, 0, plan.number) for step in range(4)]
    return Booklet(leaves, [True] * (PAGES // 2), stitches=13, thread=THREAD, holes=0)


def _visa(plan: Plan, chance: Chance, *, ago: tuple[int, int], entries: str = "", until: date | None = None) -> Visa:
    """A visa of the other State. ago: how many days before the card's day it was issued, from and to; one of some weeks ago is in force
    or will be, one of half a year ago is over; until: its last day, where that is not 30, 60 or 90 days after its first."""
    issuer = next(one for one in STATES.values() if one is not plan.state)
    issued = max(plan.card.today - timedelta(days=chance.between(*ago)), plan.issued + timedelta(days=5))
    starts = issued + timedelta(days=chance.between(5, 30))
    ends = until or starts + timedelta(days=chance.one((29, 59, 89)))
    number = f"SP{chance.between(1_000_000, 9_999_999)}"
    who = plan.holder
    visa = Visa(
        number=number,
        fields={
            "VIZ_DOCNO": Field("Visa No.", number),
            "VIZ_SURNAME": Field("Surname", who.primary),
            "VIZ_GIVEN": Field("Given names", who.secondary),
            "VIZ_KIND": Field("Type", chance.one(("VISIT", "WORK", "STUDY", "TRANSIT"))),
            "VIZ_ENTRIES": Field("Entries", entries or chance.one(("SINGLE", "DOUBLE", "MULTIPLE"))),
            "VIZ_DOI": Field("Issued", dates.printed(issued)),
            "VIZ_DOS": Field("Valid from", dates.printed(starts)),
            "VIZ_DOE": Field("Valid until", dates.printed(ends)),
            "VIZ_PASSPORT": Field("Passport No.", plan.number),
        },
        zone=[], issued=issued, starts=starts, ends=ends, state=issuer,
    )  # fmt: skip
    rezone_visa(plan, visa)
    return visa


def _stamps(plan: Plan, chance: Chance) -> list[Stamp]:
    """Journeys in order: entry, exit, entry, exit, and sometimes one that has not ended. The first lies partly on the visa, after its issue."""
    state, count = plan.state, chance.between(4, 6)
    day = plan.visas[0].issued + timedelta(days=chance.between(6, 20))
    step = max(2, (plan.card.today - day).days // (count + 1))
    stamps = []
    for slot in range(1, count + 1):
        way = "entry" if slot % 2 else "exit"
        stamps.append(
            Stamp(
                slot=slot,
                way=way,
                place=chance.one(state.places),
                day=day,
                words=dates.stamped(day, plan.card),
                frame=state.entry_frame if way == "entry" else state.exit_frame,
                turn=float(chance.between(-14, 14)),
                ink=chance.between(70, 100) / 100,
            )
        )
        day += timedelta(days=chance.between(max(1, step // 2), step))
    return stamps
