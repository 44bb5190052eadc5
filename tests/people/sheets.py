"""A list as offices send it: a thousand people, and thirty rows with something wrong, each in its own way."""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

from core.tables import write_csv, write_xlsx

ROWS = 1000
HEADINGS = ["စဉ်", "Service No.", "အမည်", "NAME (in English)", "တာဝန်ကျရာဌာန", "ဘာသာစကား", "သင်တန်းအပတ်စဉ်", "Remarks"]
NUMBER, MY, LATIN, UNIT, LANGUAGE, GROUP = range(1, 7)

FIRST = ["ဒေါ်", "ဦး", "မ", "ကို"]
PARTS = [
    "နီလာ",
    "အောင်မြင့်",
    "သီတာလွင်",
    "ဇော်ဝင်း",
    "ခင်မာလာ",
    "တင်မောင်",
    "စန္ဒာ",
    "ရဲထွဋ်",
    "ဝေယံ",
    "ဖြူဖြူ",
    "ကျော်စွာ",
    "မြတ်နိုး",
    "သန်းဌေး",
    "ဆုမွန်",
    "လှိုင်",
]

UNITS = [("LWK-P1", "မူဆယ်စခန်း", "Muse post"), ("LWK-P2", "တာချီလိတ်စခန်း", "Tachileik post"), ("LWK-P3", "ရန်ကုန်လေဆိပ်", "Yangon airport")]  # fmt: skip


def people(count: int, *, first: int = 1) -> list[list[Any]]:
    """Rows of people under HEADINGS, no two of one name."""
    names = ["".join(parts) for parts in product(PARTS, PARTS, PARTS)]
    return [
        [n, f"IMM-{n:06d}", FIRST[n % 4] + names[n],
         f"Daw Officer {n}", UNITS[n % 3][n // 3 % 3], ("my", "", "English")[n % 3], "", "x"]
        for n in range(first, first + count)
    ]  # fmt: skip


@dataclass
class Sheet:
    """rows: under HEADINGS, the first is row 2 of the sheet. faults: row -> the codes that have to be told of it."""

    rows: list[list[Any]]
    faults: dict[int, set[str]] = field(default_factory=dict)

    def xlsx(self) -> bytes:
        """As a workbook."""
        return write_xlsx(HEADINGS, self.rows)

    def csv(self) -> bytes:
        """As CSV."""
        return write_csv(HEADINGS, self.rows)


LONG = "မြန်မာ" * 30
# (column, what is written there, the faults it has to be found for); {n} is the number of row 2, which is good.
WRONG: list[tuple[dict[int, str], set[str]]] = [
    ({UNIT: "ရန်ကုံလေဆိပ်"}, {"unit_like"}),
    ({UNIT: "Tachilek post"}, {"unit_like"}),
    ({UNIT: "ဟုမ္မလင်း"}, {"unit"}),
    ({UNIT: "Front desk"}, {"unit_many"}),
    ({UNIT: "PLC"}, {"unit_outside"}),
    ({UNIT: ""}, {"empty"}),
    ({NUMBER: "IMM_1234"}, {"number"}),
    ({NUMBER: "IММ-555"}, {"number"}),  # the letter М is Cyrillic
    ({NUMBER: "IMM-" + "9" * 40}, {"number"}),
    ({NUMBER: "ဒေါ်နီလာ"}, {"number"}),
    ({NUMBER: ""}, {"empty"}),
    ({NUMBER: "IMM-000001"}, {"twice"}),
    ({NUMBER: "imm - ၀၀၀၀၀၂"}, {"twice"}),
    ({NUMBER: "POL-0001"}, {"person_outside"}),
    ({MY: "", LATIN: ""}, {"no_name"}),
    ({MY: LONG}, {"long"}),
    ({LATIN: "Daw " + "a" * 120}, {"long"}),
    ({MY: '=HYPERLINK("http://x")'}, {"formula"}),
    ({LATIN: "@SUM(1+1)"}, {"formula"}),
    ({LATIN: "＝1+1"}, {"formula"}),
    ({LATIN: "-2+3|cmd"}, {"formula"}),
    ({MY: "ေဒၚနီလာ မြန်မာနိုင်ငံတွင် နေထိုင်ခဲ့သည်"}, {"mixed"}),
    ({MY: "Daw Nilar"}, {"not_burmese"}),
    ({LATIN: "ဒေါ်နီလာ"}, {"not_latin"}),
    ({MY: "", LATIN: "???"}, {"no_letters"}),
    ({LANGUAGE: "fr"}, {"language"}),
    ({GROUP: "အုပ်စု ကခ"}, {"cohort_like"}),
    ({GROUP: "Navy"}, {"cohort"}),
    ({GROUP: "Twins"}, {"cohort_many"}),
    ({NUMBER: "??", UNIT: "", LANGUAGE: "zz"}, {"number", "empty", "language"}),
]


def faulty(rows: int = ROWS, *, until: int | None = None) -> Sheet:
    """The list with its thirty faults, spread over it."""
    sheet = Sheet(people(rows))
    for place, (cells, codes) in enumerate(WRONG[:until]):
        at = 8 + place * ((rows - 8) // len(WRONG))
        for column, text in cells.items():
            sheet.rows[at][column] = text
        sheet.faults[at + 2] = codes
    # What is no fault: another spelling of a number, a name in Zawgyi, a group that is there.
    for at, column, text in ((3, NUMBER, "imm-၀၀၀၀၀၄"), (4, MY, "ေဒၚျမတ္ႏိုးဝင္း"), (5, GROUP, "Group one")):
        if at < rows:
            sheet.rows[at][column] = text
    return sheet


def mended(rows: int = ROWS) -> Sheet:
    """The same list with everything mended."""
    return faulty(rows, until=0)


def make_world() -> Any:
    """The units and groups that the list names, and a registrar who brings in for immigration only."""
    from datetime import date

    from people.roles import grant_role
    from tests.factories import CohortFactory, PersonFactory, UnitFactory

    agency = UnitFactory(code="LWK", name_my="လဝကဦးစီးဌာန", name_en="Immigration")
    region = UnitFactory(kind="region", parent=agency, code="LWK-R", name_my="ရှမ်းပြည်နယ်", name_en="Shan State")
    for code, name_my, name_en in UNITS:
        UnitFactory(kind="post", parent=region, code=code, name_my=name_my, name_en=name_en)
    other = UnitFactory(kind="region", parent=agency, code="LWK-K", name_my="ကချင်ပြည်နယ်", name_en="Kachin State")
    for code, parent in (("LWK-D1", region), ("LWK-D2", other)):
        UnitFactory(kind="post", parent=parent, code=code, name_my="ဧည့်ကြိုကောင်တာ", name_en="Front desk")
    police = UnitFactory(agency="police", code="PLC", name_my="ရဲတပ်ဖွဲ့", name_en="Police")
    PersonFactory(service_number="POL-0001", unit=police)
    for name in ("Twins", "Twins", "Group one"):
        CohortFactory(name_en=name, name_my="", unit=agency)
    CohortFactory(name_my="အုပ်စု ကက", name_en="", unit=agency)
    registrar = PersonFactory(unit=agency, service_number="IMM-REG-1")
    grant_role(registrar, "registrar", by=None, reason="test", starts_on=date(2020, 1, 1), unit=agency)
    return registrar
