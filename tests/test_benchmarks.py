"""That the benchmarks measure what they say: their rules compile, both sides come to the same."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyrules.compiler import compile_source

ROOT = str(Path(__file__).parents[1])


@pytest.fixture(autouse=True)
def root(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The benchmarks are a package at the root of the checkout."""
    monkeypatch.syspath_prepend(ROOT)
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "benchmarks"]:
        del sys.modules[name]


def test_the_rules_to_be_compiled_have_no_mistake() -> None:
    """So many rules as are said, without an error."""
    from benchmarks.compiling import rules

    program = compile_source(rules(1000)).program

    assert len(program.definitions) == 500
    assert len(program.parameters) == 250
    assert len(program.inputs) == 250 + 1 + 2  # with x, and the age and birth date of everybody


def test_a_case_by_hand_is_the_case_by_the_rules() -> None:
    """The hand-written arithmetic gives the two amounts that the rules give."""
    from benchmarks.one_case import CASE, by_hand, by_rules
    from policyrules import load

    assert by_hand(CASE["household"]) == by_rules(load("example.river_city"), CASE)


def test_zen_comes_to_the_same_as_the_rules() -> None:
    """All that is written for the peer gives the amounts that the rules give, case by case."""
    import zen

    from benchmarks.beside_zen import by_zen, cases, expression, graph_of, policy
    from benchmarks.one_case import by_rules
    from policyrules import load

    rules = load("example.river_city")
    for peer in (graph_of(zen), policy(zen), expression(zen)):
        for case in cases():
            assert by_zen(peer, case) == by_rules(rules, case)


def test_what_is_left_out_is_missing() -> None:
    """Each fact left out for the benchmark is one that its outcome then needs; each has reasons."""
    from benchmarks.explaining import CASE, EXPLAINED, MISSING, RIVER, outcome, without
    from policyrules import load

    rules = load(RIVER)
    for name, fact in MISSING:
        assert not outcome(rules, CASE, name).needs
        assert [
            need.rpartition(".")[2] for need in outcome(rules, without(CASE, fact), name).needs
        ] == [fact]
    for ruleset, case, name in EXPLAINED:
        assert outcome(load(ruleset), case, name).explain().root.because


def test_populations_by_hand_are_those_by_the_rules() -> None:
    """Asserts statuses and amounts of the hand-written frames, and what floats come to."""
    from benchmarks.population import check, in_floats, planned, population

    plan = planned()
    frames = population(20_000, plan)

    check(plan, frames)
    assert set(in_floats(frames, plan)) == {"dibao", "low", "high", "medical"}


def test_the_rules_of_the_country_template_are_those_of_openfisca() -> None:
    """A tenant without wages and a child, worked out by hand from the template's parameters."""
    from policyrules import load

    tenant = {"salary": 0, "capital returns": 0, "birth date": "1980-03-01"}
    child = {"salary": 0, "capital returns": 100, "birth date": "2011-03-01"}
    household = {
        "rent": 500,
        "floor area": 30,
        "occupancy": "tenant",
        "members": [
            {**tenant, "adult of the household": True},
            {**child, "adult of the household": False},
        ],
    }
    rules = load(str(Path(ROOT, "benchmarks", "peers", "country.rules")))
    found = rules.evaluate({"household": household}, "2016-01-01")

    amounts = [found[name].amount for name in ("total benefits", "total taxes")]
    amounts += [found["parenting allowance"].amount, found["disposable income"].amount]
    # 600 and a quarter of 500; 15 % of 100 and 300 a year; 600 for a child under six.
    assert [each and each.low for each in amounts] == [725, 40, 600, 1385]


def test_the_population_of_the_country_template_is_evaluated() -> None:
    """A few households as a population: every amount is exact."""
    from benchmarks.beside_openfisca import PEERS, WANTED, ours, population
    from policyrules import load

    found = ours(load(str(PEERS / "country.rules")), population(1000))

    assert found.height == 400
    for name in WANTED:
        assert (
            not found[f"{name}: low numerator"]
            .filter(found[f"{name}: status"] != "not eligible")
            .null_count()
        )
