"""An author's example as a case, and what comes out against what was expected."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

from policyrules import wording
from policyrules.ir.facts import Status
from policyrules.ir.nodes import Definition, Program
from policyrules.results import Outcome, Result
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.dates import NEVER
from policyrules.types.units import PERCENT, factor, show, unit, whom, with_whom

Figure = ast.Number | ast.Quantity | ast.Rate


def case_of(example: ast.Example, program: Program) -> dict[str, object]:
    """The case that an example describes, as `Ruleset.evaluate` takes it."""
    parameters: dict[str, Any] = {}
    subjects: dict[int | None, dict[str, object]] = {None: {}}
    supplied = {parameter.name for parameter in program.parameters}
    for item in example.given:
        match item:
            case ast.Given(_, name, value, keys) if name in supplied:
                _supply(parameters, (name, *keys), _written(value))
            case ast.Given(member, name, value, record=(of, number)):
                _record(subjects.setdefault(member, {}), of, number)[name] = _written(value)
            case ast.RecordCount(member, name, said):
                _records(subjects.setdefault(member, {}), name, int(said))
            case ast.Given(member, name, value):
                subjects.setdefault(member, {})[name] = _written(value)
            case ast.MemberCount() | ast.OtherwiseNo():
                pass
    count = members_of(example)
    members = [subjects.get(number, {}) for number in range(1, count + 1)]
    if any(isinstance(item, ast.OtherwiseNo) for item in example.given):
        _say_no(subjects[None], [*members], program)
    case: dict[str, object] = {"parameters": parameters} if parameters else {}
    if program.persons_only:
        return {**case, "person": {**subjects[None], **(members[0] if members else {})}}
    household = {**subjects[None], **({"members": members} if members else {})}
    return {**case, program.about: household}


def _supply(parameters: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    """Put a value under its name and the categories of its cell."""
    *above, last = path
    for key in above:
        parameters = parameters.setdefault(key, {})
    parameters[last] = value


def _records(subject: dict[str, object], name: str, count: int) -> list[dict[str, object]]:
    """The records of a list, at least so many."""
    found = subject.setdefault(name, [])
    assert isinstance(found, list)
    found += [{} for _ in range(count - len(found))]
    return found


def _record(subject: dict[str, object], name: str, number: Fraction) -> dict[str, object]:
    return _records(subject, name, int(number))[int(number) - 1]


def members_of(example: ast.Example) -> int:
    """How many members an example says or names."""
    counts = [int(item.count) for item in example.given if isinstance(item, ast.MemberCount)]
    told = [item for item in example.given if isinstance(item, ast.Given | ast.RecordCount)]
    named = [item.member or 0 for item in told]
    return max([0, *counts, *named])


def _say_no(
    household: dict[str, object], members: list[dict[str, object]], program: Program
) -> None:
    """Every yes/no fact that the example does not name is no."""
    for fact in program.inputs:
        if fact.kind != "truth" or fact.collection is not None:
            continue
        in_household = fact.subject == "household" or (program.persons_only and not members)
        here = [household] if in_household else members
        for facts in here:
            facts.setdefault(fact.name, False)


def _written(value: object) -> object:
    """A written value as a case has it; a number with its unit as text."""
    match value:
        case ast.Number(number) | ast.Rate(number):
            return number
        case ast.Quantity(number, spelled):
            return f"{wording.decimal_text(number)} {show(unit(spelled), 'en')}"
        case ast.DateLiteral(day):
            return wording.NONE if day == NEVER else day.isoformat()
        case ast.Value(name):
            return name
        case _:
            return value


_FACT = Text(
    "a fact of the case, which stands under `given`", "个案信息，应写在“已知”中，不能作为结果"
)


def difference(
    expected: ast.Expectation, result: Result, program: Program
) -> dict[str, Text] | None:
    """What was expected and what was found instead; None where they agree."""
    rules = {rule.name: rule for rule in program.definitions}
    rule = rules.get(expected.name)
    if rule is None or not rule.own:
        label = next((fact.label for fact in program.inputs if fact.name == expected.name), None)
        if label is not None:
            return _said(expected, label, _FACT)
        return _said(expected, Text(None, None), Text("no outcome", "不是本规则集的结果"))
    outcome = outcome_of(expected, rule, result)
    if outcome is None:
        return _said(expected, rule.label, Text("of no such member", "没有该成员"))
    return (
        None if _agrees(expected, rule, outcome) else _said(expected, rule.label, _found(outcome))
    )


def outcome_of(expected: ast.Expectation, rule: Definition, result: Result) -> Outcome | None:
    """The outcome that an expectation is about; None where there is no such member."""
    outcomes = [found for found in result.values() if found.name == rule.name]
    if expected.member is not None and rule.subject == "person":
        return outcomes[expected.member - 1] if expected.member <= len(outcomes) else None
    return outcomes[0] if len(outcomes) == 1 and expected.member is None else None


def _agrees(expected: ast.Expectation, rule: Definition, outcome: Outcome) -> bool:
    if expected.status is not None:
        return outcome.status == expected.status
    if expected.low is not None:
        low = figure_in(expected.low, rule.unit)
        high = figure_in(expected.high, rule.unit) if expected.high else None
        amount = outcome.amount
        return amount is not None and (amount.low, amount.high) == (low, high)
    if isinstance(expected.value, ast.DateLiteral):
        day = expected.value.value
        return outcome.kind == "date" and outcome.value == (wording.NONE if day == NEVER else day)
    if isinstance(expected.value, ast.Value):
        return outcome.value == expected.value.name
    return outcome.value is expected.value


def figure_in(figure: Figure, in_unit: str) -> Fraction | None:
    """A written figure in a unit; None where it does not convert."""
    if not isinstance(figure, ast.Quantity):
        return figure.value
    declared = unit(in_unit)
    subject = whom(declared)
    written = with_whom(unit(figure.unit), subject) if subject else unit(figure.unit)
    scale = factor(written, declared)
    return None if scale is None else figure.value * scale


def _said(expected: ast.Expectation, label: Text, found: Text) -> dict[str, Text]:
    name = Text(label.en or expected.name, label.zh or expected.name)
    if expected.member is not None:
        name = Text(
            f"{name.of('en')} of member {expected.member}",
            f"成员{expected.member}的{name.of('zh')}",
        )
    return {"name": name, "expected": expected_text(expected), "found": found}


def expected_text(expected: ast.Expectation | ast.ExampleCell) -> Text:
    """What is expected, in words."""
    if expected.status is not None:
        return wording.STATUSES[cast("Status", expected.status)]
    if expected.low is not None:
        open_end = wording.STATUSES["not stated"]
        ends = [_end(expected.low), _end(expected.high) if expected.high else open_end]
        if ends[0] == ends[1]:
            return ends[0]
        return Text(
            f"{ends[0].of('en')} to {ends[1].of('en')}", f"{ends[0].of('zh')}至{ends[1].of('zh')}"
        )
    match expected.value:
        case bool():
            return wording.truth(value=expected.value)
        case ast.DateLiteral(day):
            return wording.day(day)
        case ast.Value(name):
            return Text(name, name)
        case None:
            return Text("nothing", "无")


def _end(figure: Figure) -> Text:
    spelled = figure.unit if isinstance(figure, ast.Quantity) else ""
    spelled = PERCENT if isinstance(figure, ast.Rate) else spelled
    return wording.quantity(figure.value, spelled)


def _found(outcome: Outcome) -> Text:
    status = wording.STATUSES[outcome.status]
    figure = Text(outcome.text("en"), outcome.text("zh"))
    if outcome.status == "known" and figure.en:
        return figure
    return Text(
        f"{status.of('en')} {figure.of('en')}".strip(),
        f"{status.of('zh')}{figure.of('zh')}".strip(),
    )
