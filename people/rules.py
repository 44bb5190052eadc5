"""Who may do what: the one table. `access.py` of each app turns it into rows; what it does not allow does not exist.

A cell says how far a role reaches: `all` everything, or what lies within the unit or the cohort that the role was given
for; `led` the cohorts that the person leads, and their learners; `named` as `all`, where the role was given with names;
`-` nothing. Learning, one's own results, certificates, account and data are everybody's and need no role.
"""

from typing import Final

TABLE: Final = """
may                   trainer master supervisor editor assessor translator subject legal language registrar lead auditor

people.see            led     all    named      -      -        -          -       -     -        all       all  -
people.manage         -       -      -          -      -        -          -       -     -        all       -    -
people.import         -       -      -          -      -        -          -       -     -        all       -    -
people.export         -       -      -          -      -        -          -       -     -        all       all  -
people.erase          -       -      -          -      -        -          -       -     -        all       -    -
slips.print           led     led    -          -      -        -          -       -     -        all       -    -
devices.enrol         led     led    -          -      -        -          -       -     -        all       -    -
factors.reset         -       -      -          -      -        -          -       -     -        all       all  -
cohorts.see           led     all    -          -      -        -          -       -     -        all       all  -
cohorts.manage        -       -      -          -      -        -          -       -     -        all       -    -
cohorts.make          led     led    -          -      -        -          -       -     -        -         -    -
units.see             -       all    all        -      -        -          -       -     -        all       all  all
units.manage          -       -      -          -      -        -          -       -     -        all       -    -
roles.see             -       -      -          -      -        -          -       -     -        all       all  all
roles.give            -       -      -          -      -        -          -       -     -        all       all  -
audit.see             -       -      -          -      -        -          -       -     -        -         all  all
reports.see           -       all    all        -      -        -          -       -     -        all       all  all

teach                 led     all    -          -      -        -          -       -     -        all       all  -
teach.assign          led     led    -          -      -        -          -       -     -        -         -    -
enrolments.see        led     all    -          -      -        -          -       -     -        all       all  -
exams.hold            led     led    -          -      -        -          -       -     -        all       -    -
sessions.see          led     all    -          -      -        -          -       -     -        all       all  -
sessions.hold         led     led    -          -      -        -          -       -     -        -         -    -
accreditations.see    -       all    -          -      -        -          -       -     -        all       all  -
accreditations.manage -       -      -          -      -        -          -       -     -        -         all  -
cascade.see           -       all    -          -      -        -          -       -     -        -         all  all
behaviour.report      led     led    named      -      -        -          -       -     -        -         -    -
sessions.count        led     led    -          -      -        -          -       -     -        -         -    -
results.see           -       all    all        -      -        -          -       -     -        all       all  all
results.enter         -       -      -          -      -        -          -       -     -        all       all  -
plans.see             -       all    all        -      -        -          -       -     -        all       all  all
plans.set             -       -      -          -      -        -          -       -     -        -         all  -
grades.change         -       -      -          -      -        -          -       -     -        all       all  -
answers.mark          led     led    -          -      all      -          -       -     -        -         all  -

certificates.see      -       -      -          -      -        -          -       -     -        all       all  -
certificates.issue    -       -      -          -      -        -          -       -     -        all       -    -
certificates.revoke   -       -      -          -      -        -          -       -     -        all       all  -
certificates.design   -       -      -          -      -        -          -       -     -        all       -    -

pages.edit            -       -      -          all    -        -          -       -     -        -         -    -
facts.see             -       -      -          all    -        -          all     all   -        -         all  -
packages.see          -       -      -          all    -        -          -       -     -        -         all  -
packages.send         -       -      -          all    -        -          -       -     -        -         -    -
packages.approve      -       -      -          -      -        -          -       -     -        -         all  -
bank.see              -       -      -          -      all      -          -       -     -        -         all  -
items.edit            -       -      -          -      all      -          -       -     -        -         -    -
exams.edit            -       -      -          -      all      -          -       -     -        -         all  -
exams.regrade         -       -      -          -      -        -          -       -     -        -         all  -
translations.see      -       -      -          all    all      all        all     all   all      -         all  -
translations.write    -       -      -          all    -        all        -       -     -        -         -    -
translations.translator -     -      -          all    -        all        -       -     all      -         -    -
translations.subject  -       -      -          -      -        -          all     -     -        -         -    -
translations.legal    -       -      -          -      -        -          -       all   -        -         -    -
"""

REACHES: Final = frozenset(["all", "led", "named"])


def _read(table: str) -> dict[str, dict[str, str]]:
    heading, *lines = [line.split() for line in table.splitlines() if line]
    found = {}
    for verb, *cells in lines:
        row = dict(zip(heading[1:], cells, strict=True))
        found[verb] = {role: cell for role, cell in row.items() if cell != "-"}
        if not REACHES.issuperset(found[verb].values()):
            raise ValueError(f"{verb}: a cell is none of {', '.join(sorted(REACHES))}")
    return found


# verb -> role -> how far it reaches. A verb that is not here raises KeyError wherever it is asked for.
RULES: Final = _read(TABLE)
ROLES: Final = tuple(TABLE.split("\n")[1].split()[1:])
# A role that could give itself or others power takes two people to give.
BY_TWO: Final = frozenset(["registrar", "lead", "auditor"])
# Who enters Wagtail's admin, and the group that says what they may do there.
ADMIN_GROUPS: Final = {"editor": "Curriculum editors", "assessor": "Assessment editors"}
