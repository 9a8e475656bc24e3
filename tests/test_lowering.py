"""The plan in whole numbers answers as the evaluator does, or leaves the case open."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from agreement import ONE_EDITION, in_words, product_case, ruleset_of
from attrs import evolve
from lowered import Answer, answers, columns_for, of_evaluator, paths
from oracle_paths import Outcome
from search import compiled, drawn, drawn_cases

from policyrules.backends.scalar import Evaluator
from policyrules.case import CaseReader
from policyrules.ir.lower import OPENED, Lowered, follow, lower
from policyrules.ir.nodes import Program
from policyrules.ir.pieces import UNTOLD

PROGRAMS, SLOW_PROGRAMS, CASES = 24, 100, 6


def examined(program: Program, cases: list[Any]) -> tuple[list[Any], Counter[str]]:
    """The outcomes that a plan answers otherwise than the evaluator, and how many of what."""
    columns, evaluator, reader = columns_for(program), Evaluator(program), CaseReader(program)
    plans: dict[int, Lowered] = {}
    wrong: list[Any] = []
    met: Counter[str] = Counter()
    for case, on in cases:
        facts = reader.read(product_case(case, program.about), on)
        if facts.parameters or (facts.members is None and program.about != "case"):
            continue
        expected = evaluator.outcomes(facts)
        if facts.on not in plans:
            plans[facts.on] = lower(program, columns, facts.on)
        plan = plans[facts.on]
        of_plan = answers(program, evolve(facts, members=facts.members or ({},)), plan)
        for key, answer in of_plan.items():
            met[answer.status] += 1
            matters = expected[key].needs or "open list" in expected[key].flags
            met["open though nothing is missing"] += answer.status == OPENED and not matters
            told = answer == of_evaluator(expected[key]) and not expected[key].needs
            if answer.status != OPENED and not told:
                wrong.append((case, on, key, answer, expected[key]))
    return wrong, met


@pytest.mark.parametrize("seed", range(4))
def test_random_rulesets(seed: int) -> None:
    """Asserts what a plan says of random rules and cases with gaps, and that it says much."""
    wrong, met = examined_drawn(range(seed * PROGRAMS // 4, (seed + 1) * PROGRAMS // 4))

    assert wrong == []
    answered = sum(count for name, count in met.items() if not name.startswith("open"))
    assert answered > met[OPENED]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 5))
def test_many_random_rulesets(seed: int) -> None:
    """Asserts the same of more rules, and which statuses are met."""
    wrong, met = examined_drawn(range(seed * SLOW_PROGRAMS // 4, (seed + 1) * SLOW_PROGRAMS // 4))

    assert wrong == []
    assert {"eligible", "not eligible", "known", "not in force", "not stated"} <= met.keys()


def examined_drawn(seeds: range) -> tuple[list[Any], Counter[str]]:
    """What comes of the random programs of these seeds."""
    wrong: list[Any] = []
    met: Counter[str] = Counter()
    for seed in seeds:
        text, cases = drawn(f"plan {seed}")
        found, counted = examined(compiled(text).program, cases)
        wrong += [(text, each) for each in found]
        met += counted
    return wrong, met


@pytest.mark.parametrize("name", ONE_EDITION)
def test_written_rulesets(name: str) -> None:
    """Asserts that every written ruleset is answered alike, wherever it is answered."""
    wrong, _ = examined(ruleset_of(name)[0], drawn_cases(name, "plan", CASES))

    assert wrong == []


def test_nothing_is_left_open_that_the_evaluator_tells_without_asking() -> None:
    """Asserts that of complete cases of the example city all outcomes are planned and answered."""
    program = ruleset_of("example.river_city")[0]
    plan = lower(program, columns_for(program), 738733)

    assert plan.refused == {}
    wrong, met = examined(program, drawn_cases("example.river_city", "complete", 60))
    assert wrong == []
    assert met["open though nothing is missing"] == 0


def test_an_answer_is_compared_in_all_it_says() -> None:
    """Asserts that a difference in each part of an answer is one."""
    plain = Answer("eligible", discretion=False)

    assert plain != Answer("eligible", discretion=True)
    assert plain != Answer("known")


def followed(program: Program, cases: list[Any]) -> tuple[list[Any], Counter[str]]:
    """The outcomes that the paths of a plan make otherwise than the evaluator."""
    columns, evaluator, reader = columns_for(program), Evaluator(program), CaseReader(program)
    plans: dict[int, Lowered] = {}
    rules = {entry.name: entry for entry in program.definitions}
    wrong: list[Any] = []
    met: Counter[str] = Counter()
    for case, on in cases:
        facts = reader.read(product_case(case, program.about), on)
        if facts.parameters or (facts.members is None and program.about != "case"):
            continue
        if facts.on not in plans:
            plans[facts.on] = follow(program, columns, facts.on)
        for (name, member), expected in evaluator.outcomes(facts).items():
            if name not in plans[facts.on].outcomes or "loose bound" in expected.flags:
                continue
            found = paths(program, facts, plans[facts.on], name, member)
            if found is None:
                met[OPENED] += 1
                continue
            met[expected.status] += 1
            met["with needs"] += bool(expected.needs)
            outcome = evaluator.combined(rules[name], found)
            if not same(in_words(outcome), in_words(expected)):
                wrong.append((case, on, name, member, outcome, expected))
    return wrong, met


def same(found: Outcome, expected: Outcome) -> bool:
    """Whether two outcomes are one; of some a plan does not tell which flags are noted."""
    if UNTOLD in found.flags:
        return evolve(found, flags=expected.flags) == expected
    return found == expected


@pytest.mark.parametrize("seed", range(4))
def test_missing_facts_of_random_rulesets_are_followed(seed: int) -> None:
    """Asserts bounds, status, needs and flags of random rules and cases with gaps."""
    wrong, met = followed_drawn(range(seed * PROGRAMS // 4, (seed + 1) * PROGRAMS // 4))

    assert wrong == []
    assert met["with needs"]
    assert sum(met.values()) - met[OPENED] - met["with needs"] > 4 * met[OPENED]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 5))
def test_missing_facts_of_many_random_rulesets_are_followed(seed: int) -> None:
    """Asserts the same of more rules, and that every status is met that missing facts lead to."""
    wrong, met = followed_drawn(range(seed * SLOW_PROGRAMS // 4, (seed + 1) * SLOW_PROGRAMS // 4))

    assert wrong == []
    assert {"eligible", "not eligible", "known", "undetermined", "not stated"} <= met.keys()


def followed_drawn(seeds: range) -> tuple[list[Any], Counter[str]]:
    """What comes of the paths of the random programs of these seeds."""
    wrong: list[Any] = []
    met: Counter[str] = Counter()
    for seed in seeds:
        text, cases = drawn(f"paths {seed}")
        found, counted = followed(compiled(text).program, cases)
        wrong += [(text, each) for each in found]
        met += counted
    return wrong, met


@pytest.mark.parametrize("name", ONE_EDITION)
def test_missing_facts_of_written_rulesets_are_followed(name: str) -> None:
    """Asserts the same of every written ruleset."""
    wrong, _ = followed(ruleset_of(name)[0], drawn_cases(name, "paths", CASES // 2))

    assert wrong == []


def test_a_stay_whose_cause_is_missing_is_bounded_by_its_two_causes() -> None:
    """Asserts 20,000 to 30,000 yuan, the example that interval arithmetic alone gets wrong."""
    program = ruleset_of("example.river_city")[0]
    plan = follow(program, columns_for(program), 738733, ["medical assistance"])
    stay = {
        "tekun": False,
        "dibao recipient": True,
        "patient impoverished by illness": False,
        "out-of-pocket cost": 60000,
        **{f"medical assistance paid this year, case {number}": 0 for number in (1, 2, 3)},
    }
    case = {"household": {"disaster hardship": False, "members": [stay]}}
    facts = CaseReader(program).read(case, "2023-08-01")

    found = paths(program, facts, plan, "medical assistance", 0)

    assert found is not None
    assert sorted(path.value for path in found) == [20000, 30000]
    assert {mark for path in found for mark in path.trail} == {(0, "cause of stay")}


def test_a_range_is_multiplied_by_the_number_of_members() -> None:
    """Asserts that a gap payment is followed where the income is missing, an open end included."""
    program = ruleset_of("example.river_city")[0]
    plan = follow(program, columns_for(program), 738733, ["dibao payment"])
    facts = CaseReader(program).read({"household": {"members": [{}, {}]}}, "2023-08-01")

    assert plan.refused == {}
    found = paths(program, facts, plan, "dibao payment", None)

    assert found is not None
    assert [path.status for path in found] == ["eligible", "not eligible"]
    expected = Evaluator(program).outcome(facts, "dibao payment")
    rule = next(entry for entry in program.definitions if entry.name == "dibao payment")
    assert Evaluator(program).combined(rule, found) == expected
