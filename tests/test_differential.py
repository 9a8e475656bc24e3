"""The product against the oracle, on random rulesets and cases."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache, reduce
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import Oracle, outcomes
from oracle_paths import Outcome, TooManyPaths
from strategies_cases import Drawn, cases_of, rulesets_and_cases

from policyrules.backends.scalar import Evaluator
from policyrules.case import CaseReader
from policyrules.compiler import compile_source
from policyrules.diagnostics import Report
from policyrules.files import read_source
from policyrules.ir import facts
from policyrules.ir.nodes import Program
from policyrules.library import Library, bundled_ids, locate
from policyrules.loading import compile_named
from policyrules.source import Source
from policyrules.syntax import ast
from policyrules.syntax.parse import parse, scan

FORMS = [  # named without their folder: names are part of the seed
    pytest.param(str(path), id=path.stem)
    for path in sorted((Path(__file__).parent / "rulesets").glob("*.rules"))
]
Outcomes = dict[tuple[str, int | None], Outcome]


def product_case(case: dict[str, Any], about: str) -> dict[str, Any]:
    """The case as a caller writes it."""
    case = {**case, "household": _written(case["household"])}
    case["members"] = case["members"] and [_written(each) for each in case["members"]]
    values: dict[str, Any] = {}
    for key, value in case["parameters"].items():
        name, *keys = (key,) if isinstance(key, str) else key
        values[name] = reduce(lambda inner, by: {by: inner}, reversed(keys), value)
    parameters = {"parameters": values} if values else {}
    if about == "person":
        return {"person": (case["members"] or [{}])[0], **parameters}
    if about == "case":
        return {"case": case["household"], **parameters}
    members = {"members": case["members"]} if case["members"] is not None else {}
    return {"household": {**case["household"], **members}, **parameters}


def _written(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts in which a date that has not happened is `none`."""
    written = {name: "none" if value == date.max else value for name, value in facts.items()}
    for name, records in facts.items():
        if isinstance(records, list):
            written[name] = [_written(record) for record in records]
    return written


def product_outcomes(text: str, case: dict[str, Any], on: date) -> Outcomes:
    """What the product says, in the oracle's words."""
    program = compile_source(Source("", text)).program
    written = product_case(case, program.about)
    known = CaseReader(program).read(written, on)
    return {key: in_words(found) for key, found in Evaluator(program).outcomes(known).items()}


def in_words(found: facts.Outcome) -> Outcome:
    """An outcome of the product as the oracle writes it."""
    low = high = basis = None
    if found.kind == "number" and found.status in ("eligible", "known", "undetermined"):
        low, high = found.low, found.high
        basis = "missing" if found.missing else "exact"
        if found.discretion:
            basis = "both" if found.missing else "discretion"
    value: bool | str | date | None = found.value
    if found.kind == "date" and isinstance(found.value, int):
        value = date.fromordinal(found.value)
    needs, flags = frozenset(found.needs), frozenset(found.flags)
    return Outcome(found.status, low, high, value, basis, needs, flags)


def oracle_outcomes(text: str, case: dict[str, Any], on: date) -> Outcomes:
    """What the oracle says."""
    scanned, report = scan(Source("", text)), Report()
    tree = parse(scanned, scanned.names, report)
    report.stop_if_errors()
    return outcomes([tree], case, on)


@given(rulesets_and_cases())
def test_product_agrees_with_the_oracle(drawn: Drawn) -> None:
    """Status, ends, value, basis, needs and flags of every outcome are the same."""
    try:
        expected = oracle_outcomes(drawn.text, drawn.case, drawn.on)
    except TooManyPaths:
        assume(False)
    found = product_outcomes(drawn.text, drawn.case, drawn.on)

    assert as_exact_as_it_can_be(found, expected, drawn.case) == expected


@pytest.mark.parametrize("name", [*bundled_ids(), *FORMS])
@given(data=st.data())
def test_bundled_rulesets_agree_with_the_oracle(name: str, data: st.DataObject) -> None:
    """The same for every bundled ruleset, on cases with gaps."""
    program, trees = bundled(name)
    accepted = {entry.name for entry in program.inputs}
    declared = Oracle(trees, {}, date.min).names
    names = {name: entry for name, entry in declared.items() if name in accepted}
    case, on = data.draw(cases_of(names, program.about))
    try:
        expected = outcomes(trees, case, on)
    except TooManyPaths:
        assume(False)
    known = CaseReader(program).read(product_case(case, program.about), on)
    found = {key: in_words(value) for key, value in Evaluator(program).outcomes(known).items()}

    assert as_exact_as_it_can_be(found, expected, case) == expected


def as_exact_as_it_can_be(found: Outcomes, expected: Outcomes, case: dict[str, Any]) -> Outcomes:
    """What was found; where nothing is known of the members, what is expected if it holds that.

    Of members unknown the product bounds every fact by itself, the oracle all of them together.
    """
    if case["members"] is not None:
        return found
    return {
        key: expected[key] if key in expected and holds(outcome, expected[key]) else outcome
        for key, outcome in found.items()
    }


def holds(wide: Outcome, narrow: Outcome) -> bool:
    """Whether one outcome leaves open what the other one says, and asks for no less."""
    if not (wide.needs >= narrow.needs and wide.flags >= narrow.flags):
        return False
    if wide.status not in (narrow.status, "undetermined"):
        return False
    if wide.value is not None:
        return wide.value == narrow.value
    if narrow.low is None and narrow.high is None:
        return True
    low = wide.low is None or (narrow.low is not None and wide.low <= narrow.low)
    return low and (wide.high is None or (narrow.high is not None and wide.high >= narrow.high))


def test_only_what_holds_the_expected_outcome_passes_for_it() -> None:
    """A bound holds a narrower one, never one beyond its ends or one that asks for more."""
    wide = Outcome("undetermined", Fraction(0), Fraction(10), needs=frozenset({(None, "rent")}))
    inside = Outcome("undetermined", Fraction(1), Fraction(10), needs=wide.needs)

    assert holds(wide, inside)
    assert not holds(inside, wide)
    assert not holds(evolve(wide, needs=frozenset()), inside)
    assert not holds(evolve(wide, status="eligible"), inside)
    assert not holds(wide, evolve(inside, high=None))


@cache
def bundled(name: str) -> tuple[Program, list[ast.Ruleset]]:
    """A bundled ruleset as a program, and as the trees of it and of what it uses."""
    report = Report()
    gathered = Library(None, report).gather(read_source(locate(name)))
    trees = [parse(scanned, visible, report) for scanned, visible in gathered]
    report.stop_if_errors()
    return compile_named(name).program, trees


GROUP_NOT_IN_FORCE = """\
ruleset test.groups
statuses of person: pupil
parameter standard: yuan per month
    from 2023-01-01: 700
input wage of person: yuan per month, at least 0
group learners of household: members who are (pupil and wage is less than the standard)
define learners counted of household: person per household
    number of learners
define best paid of household: yuan per person per month
    the highest wage over learners
define learning of household: yes or no
    number of learners is at least 1
"""


@pytest.mark.parametrize("name", ["learners counted", "best paid", "learning"])
def test_a_group_that_may_need_what_is_not_in_force_is_not_empty(name: str) -> None:
    """Who is in a group depends on a standard not in force yet, unless nobody is a pupil."""
    case: dict[str, Any] = {"household": {}, "members": None, "parameters": {}}
    on = date(2022, 12, 31)
    found = product_outcomes(GROUP_NOT_IN_FORCE, case, on)[name, None]

    assert found.status == "undetermined"
    assert found == oracle_outcomes(GROUP_NOT_IN_FORCE, case, on)[name, None]


CONTRADICTING = """\
ruleset test.contradicting
statuses of household: flood, fire
input rent of household: yuan per month, at least 0
benefit aid of household: yuan per month
    pays 100 yuan per month
exception "flooded" to aid
    when flood
    pays 450 yuan per month
exception "burnt" to aid
    when fire
    pays {amount}
define doubled grant of household: yuan per month
    2 * aid
"""


@pytest.mark.parametrize("known", [{"flood": True}, {"flood": True, "fire": True}])
@pytest.mark.parametrize("amount", ["50 yuan per month", "case by case"])
def test_what_may_be_contradicted_or_decided_by_a_person_has_no_bound(
    amount: str, known: dict[str, Any]
) -> None:
    """A figure made of a payment that may be a conflict, or a person's to decide, is open."""
    text = CONTRADICTING.format(amount=amount)
    case: dict[str, Any] = {"household": known, "members": None, "parameters": {}}
    found = product_outcomes(text, case, date(2024, 1, 1))["doubled grant", None]

    assert (found.status, found.low, found.high) == ("undetermined", None, None)
    assert found == oracle_outcomes(text, case, date(2024, 1, 1))["doubled grant", None]
