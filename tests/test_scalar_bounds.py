"""Bounds are proofs: whatever turns out to be missing, the outcome lies in what was said before."""

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import (
    IN_FORCE_LATER,
    amount,
    apply,
    benefit,
    choose,
    defined,
    fact,
    is_value,
    over,
    program,
    refer,
    specialise,
    unstated,
)
from programs import given as declared

from policyrules.backends import hulls
from policyrules.backends.scalar import Evaluator
from policyrules.ir.facts import Facts, Outcome, Value
from policyrules.ir.nodes import Apply, Constant, Expr, Over, Program, Reference, Variable
from policyrules.ir.operators import OPERATORS

F = Fraction
ON = 738733
VALUES = ("one", "two", "three")
INPUTS = (
    declared("a", "truth"),
    declared("b", "truth"),
    declared("tier", "choice", values=VALUES),
    declared("x", low=0, high=4),
    declared("y"),
    declared("p", "truth", "person"),
    declared("z", subject="person", low=0),
)

# --- random programs ------------------------------------------------------------------------------

constants = st.sampled_from([amount(value) for value in ("-1", "0", "1", "2", "5/2")])
household_numbers = st.one_of(constants, st.sampled_from([fact("x"), fact("y")]))
household_truths = st.sampled_from(
    [fact("a", "truth"), fact("b", "truth"), is_value(fact("tier", "choice"), "one")]
)
odd_numbers = st.sampled_from([IN_FORCE_LATER, unstated("s", 1), unstated("t", 0, 1)])
BINARY = ("add", "subtract", "multiply", "minimum", "maximum")
ROUND = ("round_up", "round_down", "round_half_up", "round_half_even", "round_jiao_up")


def truths(numbers: Any, leaves: Any, depth: int) -> Any:
    """Conditions on such numbers."""
    compared = st.builds(apply, st.sampled_from(["less", "equal"]), numbers, numbers)
    if not depth:
        return st.one_of(leaves, compared)
    inner = truths(numbers, leaves, depth - 1)
    return st.one_of(
        leaves,
        compared,
        st.builds(apply, st.sampled_from(["and", "or"]), inner, inner),
        st.builds(apply, st.just("not"), inner),
    )


def numbers(leaves: Any, conditions: Any, depth: int) -> Any:
    """Figures of such leaves, choosing by such conditions."""
    if not depth:
        return leaves
    inner = numbers(leaves, conditions, depth - 1)
    return st.one_of(
        leaves,
        st.builds(apply, st.sampled_from(BINARY), inner, inner),
        st.builds(apply, st.sampled_from(ROUND), inner, st.just(amount(1))),
        st.builds(choose, truths(inner, conditions, 1), inner, inner),
    )


person_truths = st.one_of(household_truths, st.just(fact("p", "truth", "person")))
person_numbers = numbers(
    st.one_of(household_numbers, st.just(fact("z", subject="person"))), person_truths, 1
)
member_conditions = st.one_of(st.none(), truths(person_numbers, person_truths, 1))
sums = st.one_of(
    st.builds(over, st.just("sum"), person_numbers, member_conditions),
    st.builds(over, st.just("count"), st.none(), member_conditions),
)
extremes = st.builds(over, st.sampled_from(["highest", "lowest"]), person_numbers, person_truths)
quantifiers = st.builds(
    over,
    st.sampled_from(["any", "every"]),
    truths(person_numbers, person_truths, 1),
    st.one_of(st.none(), person_truths),
)
discretion = st.builds(apply, st.just("range"), household_numbers, household_numbers)
all_truths = st.one_of(household_truths, quantifiers)
sure_numbers = numbers(st.one_of(household_numbers, sums), all_truths, 2)
all_numbers = numbers(
    st.one_of(household_numbers, sums, extremes, discretion, odd_numbers), all_truths, 2
)


@st.composite
def programs(draw: st.DrawFn, *, sure: bool = False) -> Program:
    """A figure, a condition on it, a benefit, and a figure that reads the benefit.

    With `sure`, all have one value in a complete case.
    """
    figures = sure_numbers if sure else all_numbers
    figure = draw(figures)
    holds = draw(truths(st.one_of(figures, st.just(refer("figure"))), all_truths, 2))
    pays = draw(st.one_of(figures, st.just(refer("figure"))))
    return program(
        INPUTS,
        defined("figure", figure),
        defined("condition", holds),
        benefit("benefit", refer("condition", "truth"), pays),
        defined("after", apply("add", refer("benefit"), refer("figure"))),
    )


# --- random cases, and what may be found out about them -------------------------------------------

HOUSEHOLD: dict[str, st.SearchStrategy[Value]] = {
    "a": st.booleans(),
    "b": st.booleans(),
    "tier": st.sampled_from(VALUES),
    "x": st.sampled_from([F(0), F(1), F(5, 2), F(4)]),
    "y": st.sampled_from([F(-2), F(0), F(1), F(2), F(9)]),
}
PERSON: dict[str, st.SearchStrategy[Value]] = {
    "p": st.booleans(),
    "z": st.sampled_from([F(0), F(1), F(2), F(7)]),
}
partial_household = st.fixed_dictionaries({}, optional=HOUSEHOLD)
partial_members = st.one_of(
    st.none(), st.lists(st.fixed_dictionaries({}, optional=PERSON), min_size=1, max_size=2)
)


@st.composite
def cases_found_out(draw: st.DrawFn) -> tuple[Facts, Facts]:
    """A case with gaps, and the same one with some or all of the gaps filled."""
    household, members = draw(partial_household), draw(partial_members)
    whole = draw(st.booleans())

    def more(known: Mapping[str, Value], kinds: Mapping[str, Any]) -> dict[str, Value]:
        names = [name for name in kinds if name not in known and (whole or draw(st.booleans()))]
        return {**known, **{name: draw(kinds[name]) for name in names}}

    found = members
    if members is None and (whole or draw(st.booleans())):
        found = draw(st.lists(st.just({}), min_size=1, max_size=2))
    then = None if found is None else tuple(more(member, PERSON) for member in found)
    before = None if members is None else tuple(members)
    return Facts(ON, household, before), Facts(ON, more(household, HOUSEHOLD), then)


def holds_every(before: Outcome, after: Outcome) -> bool:
    """Whether the first outcome, with more missing, left room for the second."""
    if before.status == after.status == "undetermined" or before.status == "undetermined":
        room = before.kind == "number" and after.status in ("eligible", "known", "undetermined")
        return not room or encloses(before, after)
    if before.status == "not stated":
        # What was missing may pin the amount, but the rules did not change their mind.
        return after.status in ("not stated", "eligible", "known", "undetermined")
    if before.status != after.status:
        return False
    return before.value == after.value and encloses(before, after)


def encloses(before: Outcome, after: Outcome) -> bool:
    """Whether the ends of the second lie within those of the first."""
    low = before.low is None or (after.low is not None and before.low <= after.low)
    high = before.high is None or (after.high is not None and after.high <= before.high)
    return low and high


@pytest.mark.parametrize("cap", [4096, 1])
@given(rules=programs(), cases=cases_found_out())
def test_finding_out_never_leaves_the_bound(
    cap: int, rules: Program, cases: tuple[Facts, Facts]
) -> None:
    """Filling gaps only narrows an outcome, along paths and in a loose run alike."""
    evaluator = Evaluator(rules)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hulls, "CAP", cap)
        before = evaluator.outcomes(cases[0])
    after = evaluator.outcomes(cases[1])

    for key, outcome in before.items():
        assert holds_every(outcome, after[key]), (key, outcome, after[key])


@given(rules=programs(), cases=cases_found_out())
def test_loose_runs_are_no_tighter_than_paths(rules: Program, cases: tuple[Facts, Facts]) -> None:
    """The bound above the cap holds the bound below it, and needs no less."""
    evaluator = Evaluator(rules)
    exact = evaluator.outcomes(cases[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hulls, "CAP", 1)
        loose = evaluator.outcomes(cases[0])

    for key, outcome in loose.items():
        assert holds_every(outcome, exact[key]), (key, outcome, exact[key])


@given(rules=programs(), cases=cases_found_out())
def test_what_is_not_needed_changes_nothing(rules: Program, cases: tuple[Facts, Facts]) -> None:
    """Facts beyond the needs leave status, ends and value as they were."""
    before, found = cases
    evaluator = Evaluator(rules)
    for (name, member), outcome in evaluator.outcomes(before).items():
        household = {
            key: value
            for key, value in found.household.items()
            if key in before.household or (None, key) not in outcome.needs
        }
        again = evaluator.outcome(Facts(ON, household, before.members), name, member)

        assert (again.status, again.low, again.high, again.value) == (
            outcome.status,
            outcome.low,
            outcome.high,
            outcome.value,
        )


# --- complete cases -------------------------------------------------------------------------------


def worth(expr: Expr, rules: Program, facts: Facts, person: Mapping[str, Value]) -> Any:
    """What an expression is worth in a complete case, by its definition and no other means."""
    match expr:
        case Constant(value):
            return value
        case Variable(name, subject):
            return {"household": facts.household, "person": person}[subject][name]
        case Reference(name):
            entry = next(entry for entry in rules.definitions if entry.name == name)
            return worth(entry.value, rules, facts, person)
        case Apply(operator, operands):
            function = OPERATORS[operator].plain
            assert function is not None
            return function(*[worth(operand, rules, facts, person) for operand in operands])
        case Over():
            return worth_over(expr, rules, facts)


def worth_over(expr: Over, rules: Program, facts: Facts) -> Any:
    """An aggregate over known members, by its definition."""
    assert facts.members is not None
    counted = [
        member
        for member in facts.members
        if expr.condition is None or worth(expr.condition, rules, facts, member)
    ]
    if expr.function == "count":
        return F(len(counted))
    assert expr.body is not None
    values = [worth(expr.body, rules, facts, member) for member in counted]
    match expr.function:
        case "sum":
            return reduce(lambda one, two: one + two, values, F(0))
        case "any":
            return any(values)
        case "every":
            return all(values)
        case _:
            return max(values) if expr.function == "highest" else min(values)


@given(
    rules=programs(sure=True),
    household=st.fixed_dictionaries(HOUSEHOLD),
    members=st.lists(st.fixed_dictionaries(PERSON), min_size=1, max_size=3),
)
def test_a_complete_case_is_worth_what_the_operators_say(
    rules: Program, household: Any, members: Any
) -> None:
    """With nothing missing every outcome is exact, needs nothing, and follows the definitions."""
    facts = Facts(ON, household, tuple(members))
    outcomes = Evaluator(rules).outcomes(facts)
    figure, condition, grant, after = (
        worth(entry.value, rules, facts, {}) for entry in rules.definitions
    )

    assert all(not outcome.needs for outcome in outcomes.values())
    assert outcomes["figure", None].low == outcomes["figure", None].high == figure
    assert outcomes["condition", None].value is condition
    assert outcomes["benefit", None].low == (max(F(0), grant) if condition else None)
    assert outcomes["benefit", None].status == ("eligible" if condition else "not eligible")
    assert outcomes["after", None].low == after
    assert Evaluator(specialise(rules, ON)).outcomes(facts) == outcomes
