"""Whether the product and the oracle say the same of a case."""

from __future__ import annotations

from datetime import date
from functools import cache, reduce
from pathlib import Path
from typing import Any

from oracle import Oracle
from oracle_paths import Outcome

from policyrules.backends.scalar import Evaluator
from policyrules.case import CaseReader
from policyrules.diagnostics import Report
from policyrules.files import read_source
from policyrules.ir import facts
from policyrules.ir.nodes import Program
from policyrules.library import Library, bundled_ids, locate
from policyrules.loading import compile_named
from policyrules.syntax import ast
from policyrules.syntax.parse import parse

Outcomes = dict[tuple[str, int | None], Outcome]


def as_product_has_it(program: Program, case: dict[str, Any], on: date) -> Outcomes:
    """What the product says of a case, in the oracle's words."""
    known = CaseReader(program).read(product_case(case, program.about), on)
    return {key: in_words(found) for key, found in Evaluator(program).outcomes(known).items()}


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


def as_exact_as_it_can_be(found: Outcomes, expected: Outcomes, case: dict[str, Any]) -> Outcomes:
    """What was found; where nothing is known of the members, what is expected if it holds that.

    Of members unknown the product bounds every fact by itself, the oracle follows all of them
    together. So the oracle may see that none of them counts, or what decides for one of them; then
    it has asked who they are, or for a standard, where the product forgets that it did.
    """
    if case["members"] is not None:
        return found
    return {
        key: expected[key] if key in expected and holds(outcome, expected[key]) else outcome
        for key, outcome in found.items()
    }


def holds(wide: Outcome, narrow: Outcome) -> bool:
    """Whether one outcome leaves open what the other one says, and asks for no less."""
    asked = {need for need in narrow.needs if need != (None, "members") and need[0] != "parameters"}
    if not (wide.needs >= asked and wide.flags >= narrow.flags):
        return False
    if wide.status not in (narrow.status, "undetermined"):
        return False
    if wide.value is not None:
        return wide.value == narrow.value
    if narrow.low is None and narrow.high is None:
        return True
    low = wide.low is None or (narrow.low is not None and wide.low <= narrow.low)
    return low and (wide.high is None or (narrow.high is not None and wide.high >= narrow.high))


WRITTEN = (
    *bundled_ids(),
    *sorted(str(path) for path in (Path(__file__).parent / "rulesets").glob("*.rules")),
)

# Without the second edition of those written in both languages: both are one program.
ONE_EDITION = tuple(name for name in WRITTEN if not name.endswith("_zh.rules"))


@cache
def ruleset_of(name: str) -> tuple[Program, list[ast.Ruleset]]:
    """A written ruleset as a program, and as the trees of it and of what it uses."""
    report = Report()
    gathered = Library(None, report).gather(read_source(locate(name)))
    trees = [parse(scanned, visible, report) for scanned, visible in gathered]
    report.stop_if_errors()
    return compile_named(name).program, trees


def facts_of(program: Program, trees: list[ast.Ruleset]) -> dict[str, Any]:
    """What a ruleset may be told of a case, by name."""
    accepted = {entry.name for entry in program.inputs}
    declared = Oracle(trees, {}, date.min).names
    return {name: entry for name, entry in declared.items() if name in accepted}


def within(part: Outcome, whole: Outcome, *, benefit: bool) -> bool:
    """Whether an outcome could become another once more is known.

    What is not stated bounds nothing: a fact that is filled in may pin it by a cap or a floor.
    """
    if whole.status == "not stated":
        return part.status in ("not stated", "eligible", "known", "undetermined")
    if part.status == "eligible" and whole.status == "undetermined":
        return whole.high is None or (part.high is not None and part.high <= whole.high)
    if whole.status == "undetermined" and part.status in ("not eligible", "not in force"):
        return True
    if whole.status == "undetermined" and part.status in ("not stated", "conflict", "manual"):
        return whole.high is None or not benefit
    if part.status != whole.status and (part.status, whole.status) != ("known", "undetermined"):
        return False
    if part.basis is None or whole.basis is None:
        return whole.status == "undetermined" or part.value == whole.value
    low = whole.low is None or (part.low is not None and whole.low <= part.low)
    return low and (whole.high is None or (part.high is not None and part.high <= whole.high))
