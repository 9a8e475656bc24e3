"""The plan in whole numbers answers as the evaluator does, or leaves the case open."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from agreement import WRITTEN, product_case, ruleset_of
from attrs import evolve
from lowered import Answer, answers, columns_for, of_evaluator
from search import compiled, drawn, drawn_cases

from policyrules.backends.scalar import Evaluator
from policyrules.case import CaseReader
from policyrules.ir.lower import OPENED, Lowered, lower
from policyrules.ir.nodes import Program

PROGRAMS, SLOW_PROGRAMS, CASES = 40, 400, 12


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
            if answer.status != OPENED and answer != of_evaluator(expected[key]):
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


@pytest.mark.parametrize("name", WRITTEN)
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
