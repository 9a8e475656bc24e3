"""Chongqing: figures that the city's other notices supply, and what stays open."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import policyrules
from policyrules.compiler import compile_source
from policyrules.source import Source

RULES = policyrules.load("cn.chongqing")
STANDARDS = """\
ruleset test.standards
    uses cn.chongqing
source notices
[notices]
amends cn.chongqing urban dibao standard
    from 2018-01-01: 546
    from 2019-07-01: 580
amends cn.chongqing urban tekun standard
    from 2018-01-01: 710
define support of person: yuan per month
    tekun support
"""


def tekun(**parameters: str) -> dict[str, Any]:
    """An urban household of one person in extreme hardship."""
    household = {"area": "urban", "members": [{"tekun": True, "dibao recipient": False}]}
    return {"household": household, "parameters": parameters}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2019-06-30", Fraction(710)),
        ("2019-07-01", Fraction(710 * 580, 546)),
    ],
)
def test_tekun_support_moves_in_step_with_dibao(on: str, expected: Fraction) -> None:
    """Asserts that the support grows as the standards do that another ruleset states."""
    rules = policyrules.Ruleset(compile_source(Source("standards.rules", STANDARDS)).program)
    amount = rules.evaluate(tekun(), on)["support", "household.members[0]"].amount

    assert amount is not None
    assert (amount.low, amount.high, amount.unit) == (expected, expected, "yuan/month")


def test_a_standard_that_is_not_stated_is_more_than_nothing() -> None:
    """Asserts that a case may not supply 0 for a standard that others are divided by."""
    with pytest.raises(policyrules.InputError) as caught:
        RULES.evaluate(tekun(**{"urban dibao standard": "0"}), "2019-03-01")

    assert "must be more than 0" in str(caught.value)


def test_what_is_only_a_rule_of_thumb_is_flagged_and_not_asked_for() -> None:
    """Asserts that the income test leaves a flag and needs nothing."""
    household = {
        "fire": True,
        "basic living in serious difficulty for the moment": True,
        "immediate measures needed": True,
        "in major hardship": False,
        "members": [{}],
    }
    case = {"household": household, "parameters": {"urgent relief rate": "2000"}}
    relief = RULES.evaluate(case, "2019-03-01")["urgent relief"]

    assert relief.status == "eligible"
    assert relief.flags == ("soft rule",)
    assert relief.needs == ()


def test_an_accident_that_is_not_listed_is_to_be_decided() -> None:
    """Asserts that the open list of accidents never says no by itself."""
    household = dict.fromkeys(
        ("fire", "traffic accident", "sudden major illness of a member", "other special hardship"),
        False,
    ) | {
        "basic living in serious difficulty for the moment": True,
        "immediate measures needed": True,
    }
    outcome = RULES.evaluate({"household": household | {"members": [{}]}}, "2019-03-01")

    assert outcome["urgent hardship case"].status == "undetermined"
    assert "open list" in outcome["urgent hardship case"].flags
    assert outcome["urgent hardship case"].needs == ()


@pytest.mark.parametrize(
    ("regular", "in_points", "by_a_tenth"),
    [("0.5", "3/5", "11/20"), ("0.9", "1", "99/100"), ("0.91", "1", "1"), ("1", "1", "1")],
)
def test_both_readings_of_the_raised_inpatient_rate(
    regular: str, in_points: str, by_a_tenth: str
) -> None:
    """Asserts that ten points or a tenth are added, up to the whole cost, and paid in full."""
    person = {
        "dibao recipient": True,
        "stay in a county hospital of the own district": True,
        "covered by residents' insurance": True,
        "policy-range cost": 10000,
        "regular inpatient rate": regular,
        "regular deductible": 0,
    }
    case = {"household": {"area": "urban", "members": [person | {"tekun": False}]}}
    tenth = policyrules.load("cn.chongqing", readings={"raised inpatient rate": 1})
    for rules, rate in ((RULES, Fraction(in_points)), (tenth, Fraction(by_a_tenth))):
        result = rules.evaluate(case, "2019-03-01")
        raised = result["raised inpatient rate", "household.members[0]"]
        paid = result["inpatient reimbursement", "household.members[0]"]

        assert raised.amount is not None
        assert paid.amount is not None
        assert raised.amount.low == raised.amount.high == rate
        assert paid.amount.low == paid.amount.high == 10000 * rate
        assert "reading" in raised.flags
        assert "reading" in paid.flags


@pytest.mark.parametrize(("on", "met"), [("2019-12-31", False), ("2020-01-01", True)])
def test_income_is_compared_with_last_years_local_income(on: str, met: bool) -> None:
    """Asserts that the figure of the year before decides, not that of the day."""
    text = """\
ruleset test.incomes
    uses cn.chongqing
source notices
[notices]
amends cn.chongqing local disposable income per head
    from 2018: 26000
    from 2019: 29000
define income test of household: yes or no
    means test met
"""
    rules = policyrules.Ruleset(compile_source(Source("incomes.rules", text)).program)
    household = {"yearly disposable income": 26000, "meets the property rules": True}
    outcome = rules.evaluate({"household": household | {"members": [{}]}}, on)["income test"]

    assert outcome.value is met
