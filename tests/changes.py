"""Whether what is said to change a decision does, whether nothing nearer does, and what was missed.

Each change is made in the case as its owner would, and the case is evaluated anew. The steps are
those that the reference promises, and nothing of the search is used.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from attrs import frozen

from policyrules.backends.scalar import Evaluator
from policyrules.case import AGE, BIRTH_DATE, CaseReader
from policyrules.counterfactual import Change, WhatIf
from policyrules.diagnostics import InputError
from policyrules.ir.facts import Record, field_of
from policyrules.ir.nodes import Apply, Expr, Input, Program, Reference, Variable
from policyrules.ir.walk import facts_read, nodes
from policyrules.results import Outcome
from policyrules.ruleset import Ruleset
from policyrules.types.dates import NEVER
from policyrules.types.units import PERCENT

Key = tuple[str, str]
Value = Any
DAY = timedelta(days=1)
FEN, WHOLE, POINT, HUNDREDTH = Fraction(1, 100), Fraction(1), Fraction(1, 10000), Fraction(1, 100)
PERIODS = {"month", "quarter", "year", "school year", "day", "working day"}
PROBES = 4
WITHOUT_AMOUNT = {"not eligible", "not in force", "not stated", "conflict", "manual"}


@frozen
class Told:
    """How an outcome stands for a case: whether it is due, what it is, and how it is explained."""

    due: str
    outcome: Outcome

    @property
    def shown(self) -> object:
        """Status, and amount or value."""
        return self.outcome.status, self.outcome.amount and self.ends, self.outcome.value

    @property
    def ends(self) -> tuple[Fraction | None, Fraction | None]:
        """The lower and the upper end of the amount."""
        found = self.outcome.amount
        return (None, None) if found is None else (found.low, found.high)

    @property
    def way(self) -> object:
        """What the explanation consists of, whatever its figures."""
        return _way(self.outcome.explain("en").to_dict()["because"])


def _way(steps: Any) -> object:
    """Of each step, what it is, whether it counts and holds, and what is below it."""
    return [
        (
            step["role"],
            step["name"],
            step["lost"],
            step.get("effect"),
            step["status"],
            step["value"] if isinstance(step["value"], bool | None) else "",
            [_figure(figure) for figure in step["figures"]],
            _way(step["because"]),
        )
        for step in steps
    ]


def _figure(figure: Any) -> object:
    """A comparison with the side that it falls on, else what is spoken of."""
    below = [_figure(each) for each in figure.get("operands", ())]
    return figure["role"], figure["name"], figure["operator"], below


@frozen
class Asked:
    """A benefit of a case, evaluated with other values of one fact."""

    rules: Ruleset
    case: dict[str, Any]
    key: Key
    on: Any

    def told(self, path: str | None = None, value: Value = None) -> Told | None:
        """How it stands with another value; None where the case does not take that."""
        case = deepcopy(self.case)
        if path is not None:
            place, name = self.place(case, path)
            place[name] = value
        try:
            result = self.rules.evaluate(case, self.on, only=[self.key[0]])
        except InputError:
            return None
        name, member = result.find(self.key)
        paths = Evaluator(self.rules.program).paths(result.facts, name, member)
        found = {path.status for path in paths}
        due = "open"
        if found <= {"eligible", "not stated"}:
            due = "due"
        elif found <= {"not eligible", "not in force"}:
            due = "not due"
        return Told(due, result[self.key])

    def place(self, case: Any, path: str) -> tuple[Any, str]:
        """Where a fact stands in a case."""
        owner, _, name = path.partition(".")
        here = case[owner]
        if name.startswith("members["):
            number, _, name = name.removeprefix("members[").partition("].")
            here = here["members"][int(number)]
        record = field_of(name)
        if name not in here and record is not None:
            return here[record[0]][record[1]], record[2]
        return here, name

    def stated(self) -> Iterator[tuple[str, Value, Input]]:
        """Every fact of the case, with its path and what declares it."""
        program = self.rules.program
        declared = {item.name: item for item in (AGE, BIRTH_DATE, *program.inputs)}
        for owner in ("household", "person", "case"):
            facts = self.case.get(owner) or {}
            for name, value in facts.items():
                if name == "members":
                    for number, member in enumerate(value):
                        yield from _facts(f"{owner}.members[{number}]", member, declared)
            yield from _facts(owner, facts, declared)


def asked(rules: Ruleset, case: Any, key: Key, on: Any) -> Asked:
    """A benefit of a case, which is written in declared units and without short forms."""
    found = CaseReader(rules.program).read(case, on)
    declared = {item.name: item for item in (AGE, BIRTH_DATE, *rules.program.inputs)}
    household = _written(found.household, declared)
    members = [_written(facts, declared) for facts in found.members or ()]
    about = rules.program.about
    written: dict[str, Any] = {about: members[0] if about == "person" else household}
    if about == "household" and members:
        household["members"] = members
    if case.get("parameters"):
        written["parameters"] = case["parameters"]
    return Asked(rules, written, key, on)


def _written(facts: Mapping[str, Any], declared: dict[str, Input]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in facts.items():
        record = None if name in declared else field_of(name)
        if name == "age" and "birth date" in facts:
            continue
        if record is not None:
            found[record[0]][record[1]][record[2]] = _value(declared[record[2]], value)
        elif name in declared:
            found[name] = _value(declared[name], value)
        else:  # a list, of so many records
            found[name] = [{} for _ in range(int(value))]
    return found


def _value(declared: Input, value: Any) -> Value:
    """A value as a case takes it."""
    if declared.kind != "date":
        return value
    day = date.fromordinal(int(value))
    return "none" if day == NEVER else day


def _facts(
    path: str, facts: dict[str, Any], declared: dict[str, Input]
) -> Iterator[tuple[str, Value, Input]]:
    for name, value in facts.items():
        if isinstance(value, list) and name != "members":
            for number, record in enumerate(value):
                for own, each in record.items():
                    fact = Record(None, name, number).fact(own)
                    yield f"{path}.{fact}", each, declared[own]
        elif name in declared and value is not None:
            yield f"{path}.{name}", value, declared[name]


def step_of(declared: Input) -> Fraction:
    """In which steps the reference says that a number is changed."""
    if declared.whole:
        return WHOLE
    if declared.unit == PERCENT:
        return POINT
    if declared.unit.startswith("yuan"):
        return FEN
    return WHOLE if declared.unit.replace("_", " ") in PERIODS else HUNDREDTH


def beyond(declared: Input, value: Value, steps: int) -> Value:
    """A value some steps above, or below where negative."""
    if isinstance(value, date):
        return value + steps * DAY
    step = step_of(declared)
    lowest = value // step if steps > 0 else -(-value // step)
    return (lowest + steps) * step


def turned(before: Told, after: Told) -> bool:
    """Whether a benefit becomes due or no longer due, or what was open is settled."""
    return after.due not in (before.due, "open")


def wrong_changes(of: Asked, found: WhatIf, seed: str = "", *, shows: bool = True) -> list[str]:
    """What is wrong with the changes that were found, in words; nothing where all is well.

    `shows` says of the rules that another way of an amount shows in it, or in its explanation.
    """
    before = of.told()
    assert before is not None
    wrong: list[str] = []
    if found.outcome.to_dict() != before.outcome.to_dict():
        wrong.append("the outcome is not that of the case")
    known = {path: (value, declared) for path, value, declared in of.stated()}
    for change in found:
        where = f"{change.path} {change.before} → {change.after} ({change.effect})"
        if change.path not in known:
            wrong.append(f"{where}: the case states no such fact")
            continue
        wrong += [
            f"{where}: {each}"
            for each in _wrong(of, before, change, known[change.path], shows=shows)
        ]
    chosen = random.Random(seed)  # noqa: S311 - nothing secret
    for path, (value, declared) in known.items():
        wrong += [
            f"{path}: {each}" for each in _missed(of, before, found, path, value, declared, chosen)
        ]
    return wrong


def _wrong(
    of: Asked, before: Told, change: Change, known: tuple[Value, Input], *, shows: bool
) -> Iterator[str]:
    """What is wrong with one change."""
    value, declared = known
    after = of.told(change.path, change.after)
    if after is None:
        yield "the case does not take this value"
        return
    if value != change.before or change.before == change.after:
        yield "the values are not those of the case, or the same"
    if after.outcome.to_dict() != change.outcome.to_dict():
        yield "the outcome is another one"
    if turned(before, after) is not (change.effect == "eligibility"):
        yield f"{before.due} → {after.due}"
    if before.outcome.status in WITHOUT_AMOUNT and after.outcome.status == before.outcome.status:
        yield "there is no amount that could come about in another way"
    sized = isinstance(change.after, date | Fraction) and isinstance(value, date | Fraction | int)
    if not sized or isinstance(value, bool):
        if change.difference is not None:
            yield "it has no size"
        if shows and after.shown == before.shown and after.way == before.way:
            yield "nothing changes"
        return
    gap = (change.after - value) / DAY if isinstance(value, date) else change.after - value
    if gap != change.difference:
        yield f"the difference is {gap}"
    if isinstance(value, Fraction | int) and change.after % step_of(declared):
        yield "it is no whole number of steps"
    nearer = beyond(declared, change.after, -1 if gap > 0 else 1)
    if (nearer <= value) if gap > 0 else (nearer >= value):
        nearer = value
    short = of.told(change.path, nearer)
    assert short is not None
    if change.effect == "eligibility" and turned(before, short):
        yield f"{nearer} is enough: {before.due} → {short.due}"
    if shows and not _apart(
        of, change.path, declared, short, after, change.after, 1 if gap > 0 else -1
    ):
        yield f"nothing changes from {nearer} to it"


def _apart(
    of: Asked, path: str, declared: Input, short: Told, after: Told, value: Value, up: int
) -> bool:
    """Whether something else holds from a value on than short of it.

    Where amounts are rounded, or no value is beyond, it need not show in them.
    """
    if not is_straight(of.rules.program, of.key[0], declared):
        return True
    if of.told(path, beyond(declared, value, up)) is None:
        return True
    if short.outcome.status != after.outcome.status or short.way != after.way:
        return True
    around = [of.told(path, beyond(declared, value, up * n)) for n in (-3, -2, 1, 2)]
    told = [*around[:2], short, after, *around[2:]]
    ends = [each.ends for each in told if each is not None]
    return not _straight(ends)


def _straight(ends: list[tuple[Fraction | None, Fraction | None]]) -> bool:
    """Whether amounts of values that are a step apart rise evenly."""
    for side in zip(*ends, strict=True):
        if None in side:
            if set(side) != {None}:
                return False
            continue
        rises = {two - one for one, two in pairwise(side)}
        if len(rises) > 1:
            return False
    return True


def _missed(
    of: Asked,
    before: Told,
    found: WhatIf,
    path: str,
    value: Value,
    declared: Input,
    chosen: random.Random,
) -> Iterator[str]:
    """Values of one fact that change something, nearer than what was found."""
    own = [change for change in found if change.path == path]
    listed = {change.after: change.effect for change in own}
    if declared.kind in ("truth", "choice"):
        values = (
            [True, False] if declared.kind == "truth" else [name for name, _ in declared.values]
        )
        for other in values:
            after = of.told(path, other)
            if other == value or after is None:
                continue
            if turned(before, after) and listed.get(other) != "eligibility":
                yield f"{other} was missed: {before.due} → {after.due}"
            if after.shown != before.shown and other not in listed:
                yield f"{other} was missed: {before.shown} → {after.shown}"
        return
    if isinstance(value, str):
        return
    straight = is_straight(of.rules.program, of.key[0], declared)
    for up in (1, -1):
        side = [
            change.after
            for change in own
            if not isinstance(change.after, str) and (change.after > value) is (up > 0)
        ]
        turns = [c.after for c in own if c.effect == "eligibility" and c.after in side]
        ends = [limit.until for limit in found.unproved if limit.path == path]
        wide = 4000 if isinstance(value, date) else 10**7
        for distance in (1, 2, *(int(wide ** chosen.random()) for _ in range(PROBES))):
            probe = beyond(declared, value, up * distance)
            after = of.told(path, probe)
            if after is None or ends:
                continue
            if turned(before, after) and not any(
                (probe - t) * up >= 0 * (probe - t) for t in turns
            ):
                yield f"{probe} was missed: {before.due} → {after.due}"
            if any((probe >= s) if up > 0 else (probe <= s) for s in side):
                continue
            if after.outcome.status != before.outcome.status:
                yield f"{probe} was missed: {before.shown} → {after.shown}"
            elif (
                straight
                and not before.outcome.needs
                and not _even(of, before, path, declared, value, after, probe, up)
            ):
                yield f"{probe} was missed: {before.shown} → {after.shown}, no straight line"


def _even(
    of: Asked,
    before: Told,
    path: str,
    declared: Input,
    value: Value,
    after: Told,
    probe: Value,
    up: int,
) -> bool:
    """Whether an amount lies on the line through the present one and that halfway."""
    middle = beyond(declared, value, up * int(abs(_steps(declared, probe, value)) // 2 or 1))
    half = of.told(path, middle)
    if half is None or half.outcome.status != before.outcome.status:
        return False
    for one, two, three in zip(before.ends, half.ends, after.ends, strict=True):
        if None in (one, two, three):
            if {one, two, three} != {None}:
                return False
            continue
        if (two - one) * _steps(declared, probe, value) != (three - one) * _steps(
            declared, middle, value
        ):
            return False
    return True


def _steps(declared: Input, one: Value, two: Value) -> Fraction:
    return Fraction((one - two) / DAY) if isinstance(one, date) else (one - two) / step_of(declared)


def is_straight(program: Program, name: str, declared: Input) -> bool:
    """Whether amounts follow a fact in straight lines: neither rounded nor multiplied by itself."""
    rules = {rule.name: rule for rule in program.definitions}
    pending, done = [name], set()
    while pending:
        rule = rules[pending.pop()]
        if rule.name in done:
            continue
        done.add(rule.name)
        for expr in (rule.value, rule.holds, rule.amount, rule.due, *rule.granted()):
            for node in nodes(expr) if expr is not None else ():
                if isinstance(node, Reference):
                    pending.append(node.name)
                if not isinstance(node, Apply):
                    continue
                reading = [_reads(program, each, declared) for each in node.operands]
                if (
                    node.operator.startswith("round_")
                    or (node.operator == "multiply" and sum(reading) > 1)
                    or (node.operator == "divide" and reading[1])
                ):
                    return False
    return True


def _reads(program: Program, expr: Expr, declared: Input) -> bool:
    fact = declared.subject, declared.name
    for node in nodes(expr):
        if isinstance(node, Variable) and (node.subject, node.name) == fact:
            return True
        if isinstance(node, Reference) and fact in facts_read(program, [node.name]):
            return True
    return False
