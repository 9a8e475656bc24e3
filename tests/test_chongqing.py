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
