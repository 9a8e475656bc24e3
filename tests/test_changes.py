"""What would change a decision: every change is made and seen, and so is what lies short of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from agreement import product_case, ruleset_of
from attrs import evolve
from changes import asked, wrong_changes
from faults import Fault, everywhere
from letter_cases import CASES
from search import compiled, drawn, drawn_cases

import policyrules
from policyrules import counterfactual_search, counterfactual_steps
from policyrules.backends import nearest, ways
from policyrules.counterfactual import WhatIf
from policyrules.data import rulesets_folder
from policyrules.ir.nodes import Apply
from policyrules.ruleset import Ruleset

ON = "2023-08-01"
SEEDS, PROGRAMS = 1, 16
BUNDLED = sorted(
    ".".join(path.relative_to(rulesets_folder()).with_suffix("").parts)
    for path in rulesets_folder().rglob("*.rules")
)


def examined(
    rules: Ruleset, case: Any, on: Any, *, shows: bool = True
) -> tuple[list[WhatIf], list[str]]:
    """The changes of every benefit of a case, and what is wrong with them."""
    found: list[WhatIf] = []
    wrong: list[str] = []
    for key, outcome in rules.evaluate(case, on).items():
        if outcome.what == "benefit":
            of = asked(rules, case, key, on)
            found.append(rules.what_if(of.case, key, on))
            wrong += [f"{key}: {each}" for each in wrong_changes(of, found[-1], shows=shows)]
    return found, wrong


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.slow] if name == "yiwu" else []) for name in CASES],
)
def test_changes_of_every_bundled_ruleset(name: str) -> None:
    """Asserts that each change does what it says, nothing nearer does, and none was missed."""
    ruleset, on, case = CASES[name]
    _, wrong = examined(policyrules.load(ruleset), case, on)

    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("name", BUNDLED)
def test_changes_of_random_cases(name: str) -> None:
    """Asserts the same of random cases with gaps, in which one way may hide behind another."""
    program, _ = ruleset_of(name)
    for case, on in drawn_cases(name, "changes", SEEDS):
        written = product_case(case, program.about)
        _, wrong = examined(Ruleset(program), written, on, shows=False)
        assert wrong == []


@pytest.mark.slow
def test_changes_of_random_rulesets() -> None:
    """Asserts the same of random rules, and that all kinds of facts and changes were met."""
    kinds: Counter[str] = Counter()
    for number in range(PROGRAMS):
        text, cases = drawn(f"changes/{number}")
        program = compiled(text).program
        for case, on in cases[1:]:
            written = product_case(case, program.about)
            found, wrong = examined(Ruleset(program), written, on, shows=False)
            assert wrong == [], number
            kinds.update(change.declared.kind for each in found for change in each)
            kinds.update(change.effect for each in found for change in each)

    assert set(kinds) == {"number", "date", "choice", "truth", "eligibility", "band"}


# --- planted faults ------------------------------------------------------------------------------

RULES = """\
ruleset test.changes
    currency yuan
source notice (通知)
    title "Notice" / "通知"
category area (所在地区) of household: urban (城市), rural (农村)
statuses of person: tekun (特困人员)
input wages (工资) of household: yuan per year, at least 0
input rooms (房间数) of household: whole number, at least 0, at most 9
input rent (房租) of household: yuan per month, more than 0
[notice 1]
define income per head (人均收入) of household: yuan per person per month
    (wages per month) / number of members
benefit aid (补助) of household: yuan per month
    when     income per head is less than 455 yuan per person per month
    pays     for each member: 500 yuan per month - income per head
benefit rent aid (租房补助) of household: yuan per month
    case     area is urban and rooms is at most 3: 50% of rent up to 700 yuan per month
    otherwise nothing
benefit pension (老年补贴) of person: yuan per month
    when     age is at least 60
    case     tekun: 200 yuan per month
    otherwise 100 yuan per month
"""
CASE: dict[str, Any] = {
    "household": {
        "wages": 18000,
        "rooms": 2,
        "area": "urban",
        "rent": 1000,
        "members": [
            {"birth date": "1970-03-01", "tekun": False},
            {"age": 65, "tekun": True},
            {"age": 10},
        ],
    }
}
FAULTS: list[Fault] = []
Plant = Callable[[pytest.MonkeyPatch], None]


def fault(stands_for: str) -> Callable[[Plant], Plant]:
    """List what a function plants under the function's name."""

    def listed(plant: Plant) -> Plant:
        FAULTS.append(Fault(plant.__name__.replace("_", " "), stands_for, plant))
        return plant

    return listed


def values(patch: pytest.MonkeyPatch, change: Callable[..., Any]) -> None:
    """Another value in the place of each nearest one."""
    known = nearest.value_at
    patch.setattr(
        counterfactual_search,
        "value_at",
        lambda fact, grid, distance, on, *, up: change(known, fact, grid, distance, on, up),
    )


@fault("off by one: a fen, a day, a room beyond the nearest value")
def a_step_too_far(patch: pytest.MonkeyPatch) -> None:
    """The value behind the nearest one."""
    values(patch, lambda known, fact, grid, far, on, up: known(fact, grid, far + 1, on, up=up))


@fault("off by one: a fen, a day, a room short of the nearest value")
def a_step_short(patch: pytest.MonkeyPatch) -> None:
    """The last value at which nothing changes."""
    values(patch, lambda known, fact, grid, far, on, up: known(fact, grid, far - 1, on, up=up))


@fault("不超过 for 低于: a threshold reached where it must not be")
def thresholds_included(patch: pytest.MonkeyPatch) -> None:
    """The search takes A <= B for A < B."""
    known = ways.LINEAR["less"]

    def at_most(left: Any, right: Any) -> bool | None:
        turned = known(right, left)
        return None if turned is None else not turned

    patch.setitem(ways.LINEAR, "less", at_most)


@fault("a change found above told as one below")
def the_wrong_side(patch: pytest.MonkeyPatch) -> None:
    """More for less."""
    values(patch, lambda known, fact, grid, far, on, up: known(fact, grid, far, on, up=not up))


@fault("the amount a head in the place of that of the household")
def heads_for_households(patch: pytest.MonkeyPatch) -> None:
    """The difference shared by the members."""

    def shared(known: Any, fact: Any, grid: Any, far: int, on: int, up: bool) -> Any:
        found = known(fact, grid, far, on, up=up)
        return found if grid.days else fact + (found - fact) / 3

    values(patch, shared)


@fault("an amount a year compared with one a month")
def conversions_ignored(patch: pytest.MonkeyPatch) -> None:
    """Figures of the search that are in another unit than the rule's."""
    known = ways.Watcher.apply

    def apply(self: Any, node: Apply, operands: Any) -> Any:
        if node.origin is not None and node.origin.role == "convert":
            return operands[0]
        return known(self, node, operands)

    patch.setattr(ways.Watcher, "apply", apply)


@fault("a fact proposed that cannot matter")
def whatever_is_read(patch: pytest.MonkeyPatch) -> None:
    """Every value counts as another band."""
    patch.setattr(counterfactual_search, "_same_ways", lambda _: lambda _: False)


@fault("facts proposed that the benefit does not read")
def whatever_is_stated(patch: pytest.MonkeyPatch) -> None:
    """Every fact of the case, and every value of it."""
    patch.setattr(
        counterfactual_search,
        "facts_read",
        lambda program, _: {(item.subject, item.name) for item in program.inputs},
    )
    whatever_is_read(patch)


@fault("money in steps of a yuan")
def coarse_steps(patch: pytest.MonkeyPatch) -> None:
    """Whole units for the smallest coin."""
    patch.setattr(counterfactual_steps, "smallest_coin", lambda _: Fraction(1))


@fault("a search that ends before it has seen all values")
def the_far_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Nothing beyond a hundred steps."""
    known = nearest.Question._first
    patch.setattr(
        nearest.Question,
        "_first",
        lambda self, reading, keeps, last: known(self, reading, keeps, min(last, 100)),
    )


@fault("the nearest of some values taken for the nearest of all")
def samples(patch: pytest.MonkeyPatch) -> None:
    """One value in a thousand is tried."""

    def first(_: Any, reading: Any, keeps: Any, last: int) -> nearest.Found:
        for distance in range(1, min(last, 10**6), 997):
            found = reading(distance, distance)
            if not keeps(found):
                return nearest.Found(distance, distance)
        return nearest.Found(None, last)

    patch.setattr(nearest.Question, "_first", first)


@fault("an age that stays though the birth date changes")
def ages_stay(patch: pytest.MonkeyPatch) -> None:
    """A birth date without the age that it makes."""
    everywhere(
        patch,
        nearest.changed,
        lambda facts, place, value: nearest._with(facts, place.owner, {place.name: value}),
    )


@fault("yes and no, and the values of categories, not tried")
def answers_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Only what has a size."""
    patch.setattr(counterfactual_search, "other_values", lambda _: ())


@fault("what makes a benefit due told as another band, and the reverse")
def effects_swapped(patch: pytest.MonkeyPatch) -> None:
    """The other effect."""
    patch.setattr(counterfactual_search, "_EFFECTS", ("band", "eligibility"))


@fault("the outcome without the change told as that with it")
def outcomes_of_before(patch: pytest.MonkeyPatch) -> None:
    """Nothing is evaluated anew."""
    known = counterfactual_search._Search._change

    def change(*of: Any) -> Any:
        found = known(*of)
        return evolve(found, outcome=found.outcome_before)

    patch.setattr(counterfactual_search._Search, "_change", change)


@cache
def sample() -> Ruleset:
    """The sample rules, compiled before any fault."""
    return Ruleset(compiled(RULES).program)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts that nothing is wrong with the changes of a case, and something with a fault."""
    rules = sample()
    found, wrong = examined(rules, CASE, ON)
    assert wrong == []
    assert sum(map(len, found)) > len(found)
    fault.plant(monkeypatch)

    assert examined(Ruleset(rules.program), CASE, ON)[1] != [], fault.stands_for


def test_without_an_amount_there_is_no_other_way_of_it() -> None:
    """Of a benefit that is not in force nothing is proposed that leaves it so."""
    text = RULES.replace(
        "[notice 1]\n",
        "[notice 1]\nparameter top (上限): yuan per month\n    from 2024-01-01: 700\n",
    ).replace("up to 700 yuan per month", "up to top")
    case = {"household": {**CASE["household"], "rooms": 3}}
    rules = Ruleset(compiled(text).program)

    assert rules.evaluate(case, ON)["rent aid"].status == "not in force"
    changes = list(rules.what_if(case, "rent aid", ON))
    assert {change.path for change in changes} == {"household.rooms", "household.area"}
    assert {change.outcome.status for change in changes} == {"not eligible"}
