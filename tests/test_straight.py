"""What a written module answers by plans is what the evaluator answers, in all that it says."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from agreement import ONE_EDITION, product_case, ruleset_of
from attrs import evolve
from search import compiled, drawn, drawn_cases

from policyrules import module_quick
from policyrules.backends.scalar import Evaluator
from policyrules.case import AGE, BIRTH_DATE, CaseReader
from policyrules.ir.nodes import Program
from policyrules.module_plans import quick
from policyrules.module_quick import Quick

PROGRAMS, SLOW_PROGRAMS, CASES = 12, 60, 4


def quick_of(program: Program, on: date) -> Quick:
    """The plans of a program, run from their text."""
    facts = {
        (item.subject, item.name): f"_fact_{place}" for place, item in enumerate(program.inputs)
    }
    names: dict[str, Any] = dict(zip(facts.values(), program.inputs, strict=True))
    names |= vars(module_quick) | {"AGE": AGE, "BIRTH_DATE": BIRTH_DATE}
    text = "from __future__ import annotations\n" + quick(program, on, facts)
    exec(compile(text, "plans", "exec"), names)  # noqa: S102
    found = names["_QUICK"]
    assert isinstance(found, Quick)
    return found


def examined(program: Program, cases: list[Any]) -> tuple[list[Any], Counter[str]]:
    """The outcomes that plans tell otherwise than the evaluator, and how many of what."""
    evaluator, reader = Evaluator(program), CaseReader(program)
    made: dict[date, Quick] = {}
    wrong: list[Any] = []
    met: Counter[str] = Counter()
    for case, on in cases:
        given = product_case(case, program.about)
        facts = reader.read(given, on)
        day = date.fromordinal(facts.on)
        if day not in made:
            made[day] = quick_of(program, day)
        known = made[day].reader()(plainly(given), day)
        met["read" if known is not None else "not read"] += 1
        if known is None:
            continue
        expected = {
            key: evolve(found, benches=()) for key, found in evaluator.outcomes(facts).items()
        }
        for name, plan in made[day].plans.items():
            rows = plan.work(*known)
            met["told" if rows is not None else "open"] += 1
            for number, row in enumerate(rows or ()):
                key = name, number if plan.subject == "person" else None
                found = made[day].outcome(plan, row)
                met[found.status] += 1
                if found != expected[key]:
                    wrong.append((case, on, key, found, expected[key]))
    return wrong, met


def plainly(data: Any) -> Any:
    """The same case without what is missing, in plain lists."""
    if isinstance(data, dict):
        return {key: plainly(value) for key, value in data.items() if value is not None}
    if isinstance(data, list | tuple):
        return [plainly(each) for each in data]
    if isinstance(data, Fraction):
        return data.numerator if data.denominator == 1 else str(data)
    return data


def of_seeds(seeds: range) -> tuple[list[Any], Counter[str]]:
    """What comes of the random programs of these seeds."""
    wrong: list[Any] = []
    met: Counter[str] = Counter()
    for seed in seeds:
        text, cases = drawn(f"straight {seed}")
        found, counted = examined(compiled(text).program, cases)
        wrong += [(text, each) for each in found]
        met += counted
    return wrong, met


def test_random_rulesets() -> None:
    """Asserts it of random rules and cases, and that many are told."""
    wrong, met = of_seeds(range(PROGRAMS))

    assert wrong == []
    assert met["told"] > met["open"]


@pytest.mark.slow
def test_many_random_rulesets() -> None:
    """Asserts the same of more rules, and which statuses are told."""
    wrong, met = of_seeds(range(PROGRAMS, SLOW_PROGRAMS))

    assert wrong == []
    assert {"eligible", "not eligible", "known"} <= met.keys()
    assert met["told"] > met["open"]


@pytest.mark.parametrize("name", ONE_EDITION)
def test_written_rulesets(name: str) -> None:
    """Asserts the same of every written ruleset."""
    wrong, _ = examined(ruleset_of(name)[0], drawn_cases(name, "straight", CASES))

    assert wrong == []
