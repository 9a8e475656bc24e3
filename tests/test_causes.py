"""The causes of a change: put in the place of what was, they make it, and each of them counts.

The rules are written anew with some of their parts as they were before and the others as they are
after; what comes out of them is evaluated, and nothing of the comparison is used.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from agreement import product_case, ruleset_of
from attrs import evolve, frozen
from faults import Fault
from search import compiled, drawn_cases

from policyrules import difference_causes, difference_parameters, difference_search
from policyrules.backends.scalar import Evaluator
from policyrules.diagnostics import InputError
from policyrules.difference import Changed
from policyrules.ir.facts import Facts, Outcome
from policyrules.ir.fold import fold
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Expr,
    Over,
    Program,
    Reference,
    Variable,
)
from policyrules.library import bundled_ids
from policyrules.ruleset import Ruleset

OLD, NEW = "2022-06-01", "2023-06-01"
STANDARDS = tuple(f"standard {number}" for number in (1, 2, 3))
AMOUNTS = (0, 100, 200, 300)


@frozen
class Part:
    """A declaration as it is before and after; the same where it does not change."""

    kind: str
    name: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether it changes."""
        return self.before != self.after


@frozen(eq=False)
class Drawn:
    """Rules in parts, and a case."""

    parts: tuple[Part, ...]
    case: dict[str, Any]

    @property
    def everything(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(part.name for part in self.parts)

    def ruleset(self, new: frozenset[str]) -> Ruleset:
        """The rules with some parts as they are after."""
        return Ruleset(compiled(self.text(new)).program)

    def text(self, new: frozenset[str]) -> str:
        """The rules with some parts as they are after."""
        return HEAD + "".join(p.after if p.name in new else p.before for p in self.parts)

    def outcome(self, key: tuple[str, str], new: frozenset[str]) -> object:
        """What comes out with some parts as they are after."""
        found = self.ruleset(new).evaluate(self.case, OLD, only=[key[0]])[key]
        return found.status, found.amount and (found.amount.low, found.amount.high), found.value


HEAD = """\
ruleset test.causes
    currency yuan
source notice (通知)
    title "Notice" / "通知"
input rent (房租) of household: yuan per month, at least 0
statuses of person: tekun (特困人员)
[notice 1]
"""


def parts_of(choose: Any, *, rules_change: bool) -> Iterator[Part]:
    """Random standards, figures and benefits, some of which change."""

    def figure(names: tuple[str, ...]) -> str:
        one, two = choose(names), choose(names)
        return choose(
            (
                *(f"{one}", f"{one}", f"2 * {one}", f"the higher of {one} and {two}"),
                *(f"the lower of {one} and rent", f"what remains of {one} after {two}"),
                *(f"rent up to {one}", f"rent but at least {one}"),
            )
        )

    def condition(names: tuple[str, ...]) -> str:
        one, two = choose(names), choose(names)
        return choose(
            (
                *(f"rent is less than {one}", f"{one} is more than {two}"),
                f"rent is at least {one} and {two} is at most 200 yuan per month",
            )
        )

    for name in STANDARDS:
        values = choose(AMOUNTS), choose(AMOUNTS)
        yield Part(
            "parameter",
            name,
            *(
                f"parameter {name}: yuan per month\n    from 2000-01-01: {value}\n"
                for value in values
            ),
        )

    def rule(name: str, head: str, names: tuple[str, ...], *, benefit: bool) -> Part:
        def written() -> str:
            if not benefit:
                plain = re.sub(" up to| but at least", " +", figure(names))
                return f"{head}    {plain}\n"
            lines = [head]
            if choose((True, False)):
                lines.append(f"    when {condition(names)}\n")
            if choose((True, False)):
                lines.append(f"    pays {figure(names)}\n")
            else:
                lines.append(f"    case {condition(names)}: {figure(names)}\n")
                lines.append(f"    otherwise {choose(('nothing', '50 yuan per month'))}\n")
            return "".join(lines)

        before = written()
        return Part(
            "rule",
            name,
            before,
            written() if rules_change and choose((True, False, False)) else before,
        )

    yield rule(
        "figure 1", "define figure 1 of household: yuan per month\n", STANDARDS, benefit=False
    )
    names = (*STANDARDS, "figure 1")
    yield rule("aid 1", "benefit aid 1 of household: yuan per month\n", names, benefit=True)
    yield rule("aid 2", "benefit aid 2 of household: yuan per month\n", names, benefit=True)


def drawn(seed: str, *, rules_change: bool) -> Drawn:
    """The rules and the case of a seed."""
    choose = random.Random(seed).choice  # noqa: S311 - nothing secret
    parts = tuple(parts_of(choose, rules_change=rules_change))
    return Drawn(parts, {"household": {"rent": choose((0, 100, 150, 250, 300)), "members": [{}]}})


def named(found: Changed) -> frozenset[str]:
    """The parts that the causes of a change name."""
    return frozenset(c.name.of("en") for c in found.causes if c.kind in ("parameter", "rule"))


def wrong(of: Drawn, found: Changed) -> list[str]:
    """What is wrong with the causes of a change."""
    key, causes = (found.name, found.of), named(found)
    new, old = of.outcome(key, of.everything), of.outcome(key, frozenset())
    assert old != new
    said = (
        [] if of.outcome(key, causes) == new else [f"{key}: {set(causes)} do not make the change"]
    )
    for name in causes & set(STANDARDS):
        alone = of.outcome(key, frozenset({name})) != old
        if not alone and of.outcome(key, of.everything - {name}) == new:
            said.append(f"{key}: {name} does not count")
    return said


def between_rulesets(of: Drawn) -> Iterator[Changed]:
    """What changes from the rules before to those after."""
    before, after = of.ruleset(frozenset()), of.ruleset(of.everything)
    yield from before.difference(of.case, OLD, other=after)


PROGRAMS = 30


@pytest.mark.parametrize("rules_change", [False, True])
def test_causes_between_two_rulesets(rules_change: bool) -> None:
    """Asserts that what is named makes the change, and that each standard of it counts."""
    changes = 0
    for number in range(PROGRAMS):
        of = drawn(f"causes/{number}/{rules_change}", rules_change=rules_change)
        for found in between_rulesets(of):
            changes += 1
            assert wrong(of, found) == [], of.text(frozenset())
    assert changes > PROGRAMS


# --- between two days ----------------------------------------------------------------------------

# ("parameter", its name), ("rule", its name), ("age", whose) or ("date",): what a day makes.
Element = tuple[Any, ...]


@frozen
class Mixed:
    """Rebuilds a rule: what is chosen is as of the second day, all else as of the first."""

    days: tuple[int, int]
    chosen: frozenset[Element]
    rule: str
    dated: bool = False  # the date itself is the first day

    def constant(self, node: Constant) -> Expr:
        """A figure is as it is."""
        return node

    def variable(self, node: Variable) -> Expr:
        """A fact is as it is, and so is the date."""
        return Constant(self.days[0], "date") if self.dated and node.subject == "date" else node

    def reference(self, node: Reference) -> Expr:
        """Other rules are rebuilt by themselves."""
        return node

    def apply(self, node: Apply, operands: tuple[Expr, ...]) -> Expr:
        """The version of a standard, and the validity of a rule, are of a day."""
        if node.operator != "select":
            return evolve(node, operands=operands)
        role = node.origin.role if node.origin else ""
        name = standard_of(node)
        if role == "validity":
            element: Element = ("rule", self.rule)
        elif name is not None:
            element = ("parameter", name)
        else:
            return evolve(node, operands=operands)
        day = self.days[element in self.chosen]
        return evolve(node, operands=(on_day(operands[0], day), *operands[1:]))

    def over(self, node: Over, body: Expr | None, condition: Expr | None) -> Expr:
        """An aggregate of what was rebuilt."""
        return evolve(node, body=body, condition=condition)


def on_day(test: Expr, day: int) -> Expr:
    """A comparison of the date with a day, as it comes out on one day."""
    return fold(test, Mixed((day, day), frozenset(), "", dated=True))


def standard_of(node: Expr) -> str | None:
    """The standard of which an expression chooses the version, by its name."""
    assert isinstance(node, Apply)
    test = unflagged(node.operands[0])
    if not isinstance(test, Apply) or test.operator != "less":
        return None
    if not isinstance(test.operands[1], Constant) or test.operands[1].kind != "date":
        return None
    while isinstance(node, Apply):
        node = unflagged(node.operands[-1])
    origin = node.origin if isinstance(node, Constant) else None
    return origin.name.of("en") if origin and origin.role == "parameter" and origin.name else None


def unflagged(node: Expr) -> Expr:
    """An expression without the flags that it raises."""
    while isinstance(node, Apply) and node.operator == "flagged":
        node = node.operands[0]
    return node


def mixed(
    program: Program,
    facts: tuple[Facts, Facts],
    chosen: frozenset[Element],
    key: tuple[str, int | None],
) -> Outcome:
    """An outcome with what is chosen as of the second day, and all else as of the first."""

    def made(rule: Definition) -> Definition:
        as_of = Mixed((facts[0].on, facts[1].on), chosen, rule.label.of("en"))
        parts = {
            name: expr and fold(expr, as_of)
            for name in ("value", "holds", "amount", "due")
            for expr in [getattr(rule, name)]
        }
        return evolve(rule, **parts)

    members = facts[0].members
    if members is not None:
        older = facts[1].members or ()
        members = tuple(
            older[n] if ("age", n) in chosen else each for n, each in enumerate(members)
        )
    rules = evolve(program, definitions=tuple(made(rule) for rule in program.definitions))
    on = facts[("date",) in chosen].on
    return Evaluator(rules).outcome(evolve(facts[0], on=on, members=members), *key)


def wrong_on_days(program: Program, case: Any, days: tuple[date, date]) -> tuple[int, list[str]]:
    """How many outcomes change between two days, and what is wrong with their causes."""
    found = Ruleset(program).difference(case, *days)
    facts = found.before.facts, found.after.facts
    ages = {("age", number) for number in range(len(facts[0].members or ()))}
    standards = {item.label.of("en") for item in program.parameters}
    everything = ages | {("parameter", name) for name in standards} | {("date",)}
    everything |= {("rule", rule.label.of("en")) for rule in program.definitions}
    said = []
    for each in found:
        key = found.before.find((each.name, each.of))

        def outcome(chosen: set[Element], key: tuple[str, int | None] = key) -> object:
            made = mixed(program, facts, frozenset(chosen), key)
            return made.status, made.low, made.high, made.value

        old, new = outcome(set()), outcome(everything)
        causes = {("date",), *(ages if any(c.kind == "age" for c in each.causes) else ())}
        for cause in each.causes:
            name = cause.name.of("en")
            known = [own for own in standards if name == own or name.startswith(f"{own} (")]
            causes.add((cause.kind, *known[:1]) if known else (cause.kind, name))
        if outcome(causes) != new:
            said.append(f"{key}: {causes} do not make the change")
        for cause in causes & everything:
            alone = outcome({cause}) != old
            if cause[0] == "parameter" and not alone and outcome(everything - {cause}) == new:
                said.append(f"{key}: {cause} does not count")
    return len(found), said


DAYS = tuple(date(year, 8, 1) for year in (2021, 2022, 2023, 2024, 2025))


@pytest.mark.parametrize("name", bundled_ids())
def test_causes_between_two_days(name: str) -> None:
    """Asserts the same of every bundled ruleset, from year to year."""
    program, _ = ruleset_of(name)
    for case, _ in drawn_cases(name, "causes", 2):
        for days in pairwise(DAYS):
            try:
                _, said = wrong_on_days(program, product_case(case, program.about), days)
            except InputError:
                continue  # a value supplied on one day that the document states on the other
            assert said == []


# --- planted faults ------------------------------------------------------------------------------

FAULTS: list[Fault] = []
Plant = Callable[[pytest.MonkeyPatch], None]


def fault(stands_for: str) -> Callable[[Plant], Plant]:
    """List what a function plants under the function's name."""

    def listed(plant: Plant) -> Plant:
        FAULTS.append(Fault(plant.__name__.replace("_", " "), stands_for, plant))
        return plant

    return listed


@fault("every standard that differs named, whether or not it counts")
def whatever_differs(patch: pytest.MonkeyPatch) -> None:
    """Nothing is left out."""
    patch.setattr(difference_parameters, "_matters", lambda *_, **__: True)


@fault("no standard named")
def standards_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Only rules and conditions."""
    patch.setattr(difference_causes, "parameters", lambda *_: iter(()))


@fault("only the first of several standards named")
def one_standard_is_enough(patch: pytest.MonkeyPatch) -> None:
    """The rest is left out."""
    known = difference_parameters.parameters
    patch.setattr(difference_causes, "parameters", lambda *sides: iter([*known(*sides)][:1]))


@fault("a standard that only one of the states read left out")
def read_by_both(patch: pytest.MonkeyPatch) -> None:
    """What was not read is not looked up."""
    known = difference_parameters._standing
    patch.setattr(
        difference_parameters,
        "_standing",
        lambda side, key, step, told: step and known(side, key, step, told),
    )


@fault("standards looked at from one of the two states only")
def one_side_decides(patch: pytest.MonkeyPatch) -> None:
    """A standard counts if the outcome after would be another one."""
    known = difference_parameters._matters
    calls: list[int] = []

    def every_second(*of: Any, **more: Any) -> bool:
        calls.append(1)
        return bool(len(calls) % 2 and known(*of, **more))

    patch.setattr(difference_parameters, "_matters", every_second)


@fault("a rule that reads otherwise not named")
def rules_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Rules are taken for the same."""
    patch.setattr(difference_causes, "_differ", lambda *_: False)


@fault("the causes of another outcome")
def causes_of_another_outcome(patch: pytest.MonkeyPatch) -> None:
    """What the first changed outcome came through, told of all."""
    known = difference_search.causes
    first: list[Any] = []

    def causes(*of: Any, **more: Any) -> Any:
        first.append(known(*of, **more))
        return first[0]

    patch.setattr(difference_search, "causes", causes)


def faulty(number: int) -> list[str]:
    """What is wrong with the causes of the rules of a number."""
    of = drawn(f"causes/{number}/True", rules_change=True)
    return [said for found in between_rulesets(of) for said in wrong(of, found)]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts that few rulesets are enough to find what is wrong with the comparison."""
    fault.plant(monkeypatch)

    assert any(faulty(number) for number in range(PROGRAMS)), fault.stands_for


def test_a_standard_read_on_two_days_is_named_for_the_one_that_differs() -> None:
    """Asserts that today's figure is a cause beside one of a stated day, which is none."""
    text = HEAD + (
        "parameter standard 1: yuan per month\n    from 2022-01-01: 100\n    from 2023-01-01: 200\n"
        "benefit aid 1 of household: yuan per month\n"
        "    when standard 1 on 2022-06-01 is more than 50 yuan per month\n    pays standard 1\n"
    )
    (found,) = Ruleset(compiled(text).program).difference({"household": {}}, OLD, NEW)
    (cause,) = found.causes

    assert cause.name.of("en") == "standard 1"
    assert (cause.before.of("en")[:3], cause.after.of("en")[:3]) == ("100", "200")
