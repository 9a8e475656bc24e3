"""Paths that go on from one another give what each gives from its beginning, only sooner."""

from time import process_time
from typing import Any

import pytest
from agreement import WRITTEN, product_case, ruleset_of
from search import compiled, drawn, drawn_cases

import policyrules
from policyrules.backends import scalar
from policyrules.backends.paths import Run
from policyrules.backends.scalar import Evaluator
from policyrules.case import CaseReader
from policyrules.ir.nodes import Program

Paths = list[tuple[object, ...]]


def afresh(facts: Any, decisions: Any, *, loose: bool = False, memo: object = None) -> Run:
    """A run that knows nothing from the path that it goes on from."""
    del memo
    return Run(facts, decisions, loose=loose)


def paths(program: Program, case: Any) -> Paths:
    """Every path of every outcome, with what was read on the way."""
    facts = CaseReader(program).read(product_case(case[0], program.about), case[1])
    evaluator = Evaluator(program)
    return [
        (entry.name, member, path.status, path.value, frozenset(path.trail), dict(path.decisions))
        for entry in program.definitions
        for member in (range(len(facts.members or ())) if entry.subject == "person" else (None,))
        for path in evaluator.paths(facts, entry.name, member)
    ]


def compare(program: Program, cases: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The paths of the cases, twice."""
    for case in cases:
        found = paths(program, case)
        with monkeypatch.context() as patched:
            patched.setattr(scalar, "Run", afresh)
            assert found == paths(program, case)


@pytest.mark.parametrize("name", WRITTEN, ids=lambda name: name.rpartition("/")[2])
def test_written_rulesets(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same paths in every written ruleset, for cases with gaps."""
    compare(ruleset_of(name)[0], drawn_cases(name, "paths", 2), monkeypatch)


@pytest.mark.parametrize("part", range(5))
def test_random_rulesets(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same paths in random rulesets."""
    for number in range(12):
        text, cases = drawn(f"paths {part} {number}")
        compare(compiled(text).program, cases[:2], monkeypatch)


def test_many_members_of_whom_nothing_is_known() -> None:
    """A hundred of them take seconds, not minutes; the bounds are those of each alone."""
    rules = policyrules.load("cn.gansu.qingyang")
    start = process_time()
    result = rules.evaluate({"household": {"members": [{}] * 100}}, on="2023-08-01")

    assert process_time() - start < 10
    assert "loose bound" in result["monthly total"].flags
    of_one = rules.evaluate({"household": {"members": [{}]}}, on="2023-08-01")
    for name in ("rural dibao payment", "price subsidy", "tekun living allowance"):
        alone = of_one[name, "household.members[0]"]
        among = result[name, "household.members[99]"]
        assert (among.status, among.flags) == (alone.status, alone.flags)
