"""The issuers do not exist, and the rule card says what holds for their documents."""

import re
from dataclasses import replace
from datetime import date

import pytest

from specimens import issuing, states
from specimens.chance import Chance

# ISO 3166-1 alpha-3, as of 2024.
_ISO = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB
BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI
ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN
IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC
MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU
NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM
SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT
VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
"""
# Doc 9303-3, section 5, beside those: special codes, organisations, persons without a defined nationality, codes no longer issued.
_ICAO = "D D<< EUE RKS GBD GBN GBO GBP GBS UNO UNA UNK XBA XIM XCC XCE XCO XEC XPO XES XMP XOM XDC XXA XXB XXC XXX ANT NTZ IAO"
ISO, ICAO = _ISO.split(), _ICAO.split()

ISSUERS = (states.UTOPIA, states.NORLAND, states.LAKE_ORLA)
CARDS = [states.rule_card(state, Chance(seed)) for state in states.STATES.values() for seed in range(60)]


def test_no_issuer_has_a_code_that_somebody_has():
    assert len(ISO) == len(set(ISO)) == 249
    assert {one.code for one in ISSUERS} == {"UTO", "XNO", ""}
    assert not {one.code for one in ISSUERS} & {*ISO, *ICAO}
    assert not {code for card in CARDS for code in card.codes} & {*ISO, *ICAO}


@pytest.mark.parametrize("code", [*ISO, *ICAO, "XAA", "uto", ""])
def test_any_other_code_is_refused(code):
    with pytest.raises(ValueError, match="does not exist"):
        states.fictional(code)


def test_an_issuer_cannot_be_given_the_code_of_a_state():
    with pytest.raises(ValueError, match="does not exist"):
        replace(states.NORLAND, code="MMR")
    assert [states.fictional(code) for code in states.FICTIONAL_CODES] == ["UTO", "XNO"]


def test_only_those_on_the_list_of_the_exercise_have_rule_cards():
    assert set(states.STATES) == {*states.FICTIONAL_CODES} == {"UTO", "XNO"}
    assert states.LAKE_ORLA not in states.STATES.values()


@pytest.mark.parametrize("state", ISSUERS)
def test_series_follow_each_other_in_number_and_time(state):
    assert [one.number for one in state.series] == sorted({one.number for one in state.series})
    assert [one.since for one in state.series] == sorted({one.since for one in state.series})
    assert all(
        re.fullmatch("#[0-9a-f]{6}", ink) for one in state.series for ink in (*one.inks, state.ink, state.accent)
    )


@pytest.mark.parametrize("state", states.STATES.values())
def test_stamps_can_be_told_apart_by_what_the_card_says(state):
    other = next(one for one in states.STATES.values() if one is not state)
    frames = {state.entry_frame, state.exit_frame}
    assert len(frames) == 2
    assert not frames & {other.entry_frame, other.exit_frame, *states.WRONG_FRAMES}
    assert state.stamp_date != other.stamp_date
    assert not {*state.places} & {*other.places}


def test_a_rule_card_agrees_with_its_state_on_a_day_of_its_own():
    for card in CARDS:
        assert date(2025, 1, 1) <= card.today < date(2027, 12, 31)
        assert (card.years, card.child_years, card.stamp_date) == (
            card.state.years,
            card.state.child_years,
            card.state.stamp_date,
        )
        assert card.changed_on == card.state.series[-1].since < card.today
        assert {*card.areas} < {*card.all_areas} == {*states.AREAS}
        assert not {*card.closed_places} & {*card.state.places}
    assert len({card.today for card in CARDS}) > 50


@pytest.mark.parametrize("document", ["passport", "epassport", "card", "visa"])
def test_a_clean_zone_begins_as_the_rule_card_says(document):
    for seed in range(20):
        plan = issuing.issue(seed, document)
        for zone in (plan.zone, *(visa.zone for visa in plan.visas)):
            assert zone[0][:2] in plan.card.document_codes


def test_the_same_chance_gives_the_same_card():
    assert states.rule_card(states.UTOPIA, Chance(5)) == states.rule_card(states.UTOPIA, Chance(5))
