"""Totals of ranges: over benefits, over members and records, both ends, with gaps as well."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyrules import load
from policyrules.compiler import compile_source
from policyrules.results_outcome import Amount
from policyrules.ruleset import Ruleset
from policyrules.source import Source

ON = "2023-08-01"
COSTS = (0, 99, 100, 1000)
RULES = """\
ruleset test.totals
input cost (费用) of person: yuan, at least 0, at most 1000
input severe (重病) of person: yes or no
input damage (损失) of household: yuan, at least 0, at most 5000
benefit aid (补助) of person: yuan, one-off
    case      severe: 50% to 80% of cost
    otherwise 100 to 300 yuan
    rounded   half up to the yuan
benefit relief (救助金) of household: yuan, one-off
    when      damage is at least 1000 yuan
    pays      10% to 20% of damage
define given to members (成员合计) of household: yuan
    sum of aid over members
define budget (家庭合计) of household: yuan
    given to members + relief
benefit heating aid (取暖补助) of household: yuan, one-off
    pays      10% of budget, up to 150 yuan
"""
rules = Ruleset(compile_source(Source("totals.rules", RULES)).program)


def total(name: str, household: dict[str, object]) -> Amount:
    """A total of the household by the sample rules."""
    found = rules.evaluate({"household": household}, ON)[name].amount
    assert found is not None
    return found


def test_ranges_of_discretion_are_summed_at_both_ends() -> None:
    """Two members and a household's own range: the least of all and the most of all."""
    members = [{"cost": 1000, "severe": True}, {"cost": 0, "severe": False}]
    household: dict[str, object] = {"members": members, "damage": 2000}

    assert total("given to members", household) == Amount(Fraction(600), Fraction(1100), "yuan")
    budget = total("budget", household)
    assert (budget.low, budget.high, budget.basis) == (800, 1500, "discretion")
    # The range goes on through what is computed of the total, and its cap.
    heating = total("heating aid", household)
    assert (heating.low, heating.high, heating.basis) == (80, 150, "discretion")


def test_what_is_missing_widens_a_range_of_discretion() -> None:
    """A cost and an answer that are missing: both ends still, and both reasons."""
    household: dict[str, object] = {
        "members": [{"severe": True}, {"cost": 1000}],
        "damage": 2000,
    }
    budget = total("budget", household)

    assert (budget.low, budget.high, budget.basis) == (300, 2000, "both")
    assert rules.evaluate({"household": household}, ON)["budget"].needs == (
        "household.members[0].cost",
        "household.members[1].severe",
    )


def test_what_may_not_be_due_counts_from_zero() -> None:
    """Whether the household has the relief at all is not known: nothing to the most of it."""
    budget = total("budget", {"members": [{"cost": 500, "severe": True}]})

    assert (budget.low, budget.high, budget.basis) == (250, 1400, "both")


def test_unknown_members_leave_the_upper_end_open() -> None:
    """Of members of whom nobody knows how many there are, the least is one with the least."""
    found = total("given to members", {"damage": 0})

    assert found.high is None
    assert found.basis in ("missing", "both")


def test_the_budget_of_a_household_of_a_real_document() -> None:
    """The monthly total of Qingyang has both ends where a fact is missing."""
    qingyang = load("cn.gansu.qingyang")
    complete = {"household": {"members": [{}, {}]}}
    found = qingyang.evaluate(complete, ON)["monthly total"]

    assert found.amount is not None
    assert found.amount.low == 0
    assert found.amount.basis == "missing"
    assert found.needs


member = st.tuples(st.sampled_from([*COSTS, None]), st.sampled_from([True, False, None]))


@given(st.lists(member, min_size=1, max_size=3), st.sampled_from([0, 999, 1000, 5000, None]))
def test_a_total_holds_for_every_completion(
    people: list[tuple[int | None, bool | None]], damage: int | None
) -> None:
    """Both ends lie outside those of every completion; without gaps they are the sums."""
    facts = [
        {
            name: value
            for name, value in zip(("cost", "severe"), each, strict=True)
            if value is not None
        }
        for each in people
    ]
    household: dict[str, object] = {"members": facts}
    if damage is not None:
        household["damage"] = damage
    found = total("budget", household)
    completed = [
        product(COSTS if cost is None else (cost,), (True, False) if severe is None else (severe,))
        for cost, severe in people
    ]
    for *each, spent in product(*completed, (0, 1000, 5000) if damage is None else (damage,)):
        low, high = Fraction(0), Fraction(0)
        for cost, severe in each:
            # 50% of 99 rounds inward to 50 and 80% to 79; the others are whole.
            ends = (
                (50, 79)
                if (cost, severe) == (99, True)
                else (Fraction(cost, 2), Fraction(cost * 4, 5))
            )
            least, most = ends if severe else (100, 300)
            low, high = low + least, high + most
        if spent >= 1000:
            low, high = low + Fraction(spent, 10), high + Fraction(spent, 5)
        assert found.low is not None
        assert found.high is not None
        assert found.low <= low <= high <= found.high
        if None not in (damage, *(value for pair in people for value in pair)):
            assert (found.low, found.high) == (low, high)
            assert found.basis == ("exact" if low == high else "discretion")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_total_is_told_with_both_ends(lang: str) -> None:
    """The result of a range of totals says from where to where."""
    household = {"members": [{"cost": 1000, "severe": True}], "damage": 2000}
    text = rules.evaluate({"household": household}, ON)["budget"].text(lang)  # type: ignore[arg-type]

    assert text == {"en": "700 to 1,200 yuan", "zh": "700元至1,200元"}[lang]
