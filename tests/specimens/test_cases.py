"""Papers of one journey: what disagrees is exactly what was meant to."""

import re
from collections import Counter

import pytest

from specimens import cases
from specimens.cases.judging import disagreements
from specimens.cases.kinds import CONCERNS, CONTRADICTIONS, INNOCENT
from tests.specimens.independence import p_value


@pytest.mark.parametrize("seed", range(0, 2000, 40))
def test_without_contradictions_nothing_disagrees(seed):
    for one in range(seed, seed + 40):
        assert disagreements(cases.case(one, contradictions=0, level=3).statements) == set()


@pytest.mark.parametrize("level", [1, 2, 3])
def test_exactly_the_declared_pairs_disagree(level):
    for seed in range(300):
        one = cases.case(seed, contradictions=1 + seed % 4, level=level)
        assert disagreements(one.statements) == {pair for conflict in one.conflicts for pair in conflict.pairs}
        assert len(one.conflicts) == 1 + seed % 4 or level == 1


def test_the_same_seed_gives_the_same_case():
    assert cases.case(7) == cases.case(7) != cases.case(8)


def test_every_kind_occurs_and_is_told_in_both_languages_without_holes():
    seen, innocent = Counter(), Counter()
    for seed in range(600):
        one = cases.case(seed, contradictions=4, level=3)
        for conflict in one.conflicts:
            seen[conflict.code] += 1
            assert conflict.concern in CONCERNS
            for said in (conflict.explanation, conflict.question):
                assert not re.search(r"[{}]", said.en + said.my)
                assert any("\u1000" <= sign <= "\u109f" for sign in said.my)
        for statement in one.statements:
            innocent[statement.why.en] += statement.is_innocent
            assert statement.text.en
            assert statement.text.my
            assert not re.search(r"[{}]|Said\(", statement.text.en + statement.text.my)
    assert set(seen) == set(CONTRADICTIONS)
    assert {one.why.en for one in INNOCENT.values()} <= {words for words, count in innocent.items() if count}


def test_a_changed_statement_is_written_with_its_changed_value():
    for seed in range(200):
        true = {one.name: one for one in cases.case(seed, contradictions=0).statements}
        case = cases.case(seed, contradictions=3, level=3)
        for conflict in case.conflicts:
            changed = CONTRADICTIONS[conflict.code].changes
            now = next(one for one in case.statements if one.name == changed)
            assert now.text != true[changed].text, conflict.code


def test_links_are_judged_whatever_their_order():
    case = cases.case(3, contradictions=2, level=2)
    pairs = [sorted(next(iter(conflict.pairs)), reverse=True) for conflict in case.conflicts]
    judged = cases.judge(case, [*pairs, pairs[0], ["passport:sex", "ticket:town"], ["visa:sex", "visa:sex"]])
    assert (judged.found, judged.missed) == (case.conflicts, ())
    assert judged.false == (frozenset({"passport:sex", "ticket:town"}),)


def test_an_innocent_difference_that_is_linked_is_explained_and_no_false_link():
    made = [cases.case(seed, contradictions=0) for seed in range(50)]
    case = next(one for one in made if any(statement.is_innocent for statement in one.statements))
    statement = next(one for one in case.statements if one.is_innocent)
    judged = cases.judge(case, [[statement.name, "passport:number"]])
    assert judged.innocent == (statement,)
    assert judged.false == ()


@pytest.mark.parametrize("attribute", ["sex"])
def test_who_travels_says_nothing_about_the_papers(attribute):
    table = {True: Counter(), False: Counter()}
    for seed in range(4000):
        case = cases.case(seed, contradictions=1, level=3)
        table[case.conflicts[0].concern == "exploitation"][getattr(case.story, attribute)] += 1
    assert p_value(table) > 0.01


def test_nobody_is_called_what_nobody_is():
    words = [said.en for one in CONTRADICTIONS.values() for said in (one.explanation, one.question)]
    assert not re.search(r"\billegal|\bprostitut|\bforge|\bfake", " ".join(words), re.IGNORECASE)


@pytest.mark.parametrize(("contradictions", "level"), [(5, 2), (-1, 2), (2, 4)])
def test_a_case_that_cannot_be_is_refused(contradictions, level):
    with pytest.raises(ValueError, match="case"):
        cases.case(1, contradictions=contradictions, level=level)
