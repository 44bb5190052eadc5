"""The true story of a journey for work, from a seed. The Burmese is a draft."""

from dataclasses import dataclass
from datetime import date, timedelta

from specimens import holders
from specimens.chance import Chance
from specimens.said import Said
from specimens.states import NORLAND, UTOPIA

JOBS = (
    Said("Kitchen helper", "မီးဖိုချောင်အကူ"),
    Said("Hotel cleaner", "ဟိုတယ်သန့်ရှင်းရေးဝန်ထမ်း"),
    Said("Seamstress", "စက်ချုပ်ဝန်ထမ်း"),
    Said("Fish packer", "ငါးထုပ်ပိုးဝန်ထမ်း"),
    Said("Shop assistant", "ဆိုင်ဝန်ထမ်း"),
)
OTHER_JOBS = (
    Said("Online support", "အွန်လိုင်းအကူအညီပေးသူ"),
    Said("Entertainer", "ဖျော်ဖြေရေးဝန်ထမ်း"),
    Said("Call centre agent", "ဖုန်းခေါ်ဆိုရေးဝန်ထမ်း"),
)
COMPANIES = ("Ferro Bank Hotels Ltd", "North Mole Fisheries Ltd", "Kallin Linen Works Ltd", "Dunmark Stores Ltd")
YES, NO = Said("the employer", "အလုပ်ရှင်"), Said("the worker", "အလုပ်သမား")


@dataclass(frozen=True)
class Story:
    """wage: of one month, in the money of Norland; months: of the contract; keeps: who keeps the passport; pays: who pays the journey."""

    primary: str
    secondary: str
    number: str
    birth: date
    sex: str
    today: date
    town: str
    origin: str
    company: str
    job: Said
    wage: int
    months: int
    begins: date
    signed: date
    met: date
    travels: date
    visa_number: str
    visa_kind: Said
    visa_from: date
    visa_until: date
    entries: Said
    recruiter: str
    pays: Said
    keeps: Said
    hotel: str


def story(seed: int) -> Story:
    """Somebody who travels from Utopia to Norland to work. Who they are is drawn apart from everything else."""
    chance = Chance(seed, "story")
    today = date(2025, 3, 1) + timedelta(days=chance.below(700))
    who = holders.holder(Chance(seed, "holder"), today=today, towns=UTOPIA.towns)
    adult = holders.holder(Chance(seed, "holder/adult"), today=today, towns=UTOPIA.towns) if who.band == 0 else who
    born = adult.birth if adult.band else date(today.year - 24, 5, 17)
    travels = today
    family = chance.one(tuple(holders.FAMILIES))
    return Story(
        primary=who.primary, secondary=who.secondary, number=f"SP{chance.between(1_000_000, 9_999_999)}", birth=born, sex=who.sex, today=today,
        town=chance.one(NORLAND.towns), origin=chance.one(UTOPIA.towns), company=chance.one(COMPANIES), job=chance.one(JOBS),
        wage=chance.between(16, 30) * 50 + chance.between(3, 22), months=chance.one((6, 12, 24)), begins=travels + timedelta(days=chance.between(3, 10)),
        signed=travels - timedelta(days=chance.between(20, 40)), met=travels - timedelta(days=chance.between(60, 90)), travels=travels,
        visa_number=f"SP{chance.between(1_000_000, 9_999_999)}", visa_kind=Said("Work", "အလုပ်လုပ်ရန်"), visa_from=travels - timedelta(days=chance.between(1, 9)),
        visa_until=travels + timedelta(days=760), entries=Said("single entry", "တစ်ကြိမ်ဝင်ခွင့်"), recruiter=holders.name(family, chance),
        pays=YES, keeps=NO, hotel=f"Harbour House {chance.between(2, 9)}",
    )  # fmt: skip
