"""What would change a decision: the smallest change of each fact, beside trying every value."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from agreement import product_case
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies_cases import Drawn, rulesets_and_cases

from policyrules import load
from policyrules.backends import nearest, ways
from policyrules.backends.nearest import Grid, Place, Question, changed
from policyrules.backends.scalar import Evaluator
from policyrules.case import CaseReader
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.counterfactual import WhatIf
from policyrules.counterfactual_search import _stated
from policyrules.counterfactual_steps import grid_of
from policyrules.diagnostics import InputError
from policyrules.ir.facts import Facts, Value
from policyrules.ir.nodes import Program
from policyrules.ruleset import Ruleset
from policyrules.source import Source

ON = "2023-08-01"
HEAD = """\
ruleset test.what_if
source notice (通知)
[notice 1]
"""


def asked(text: str, case: Any, benefit: Any = "aid", on: str = ON) -> WhatIf:
    """What would change a benefit of a ruleset."""
    program = compile_source(Source("what_if.rules", HEAD + text)).program
    return Ruleset(program).what_if(case, benefit, on)


def told(found: WhatIf) -> list[tuple[str, str, object, object]]:
    """Path, effect, the new value and the difference of each change."""
    return [(each.path, each.effect, each.after, each.difference) for each in found]


STRICT = """\
input income (收入) of household: yuan per month, at least 0
define income per head (人均收入) of household: yuan per person per month
    income / number of members
benefit aid (补助) of household: yuan per month
    when     income per head is {word} 455 yuan per person per month
    pays     for each member: 500 yuan per month - income per head
"""


@pytest.mark.parametrize(
    ("word", "after", "less"),
    [("less than", Fraction("1364.99"), "135.01"), ("at most", Fraction(1365), "135")],
)
def test_the_right_side_of_a_threshold(word: str, after: Fraction, less: str) -> None:
    """Three persons, 45 yuan a head above: a fen beyond a strict threshold, on an inclusive one."""
    case = {"household": {"income": 1500, "members": [{}, {}, {}]}}
    found = asked(STRICT.format(word=word), case)
    (change,) = found

    assert told(found) == [("household.income", "eligibility", after, after - 1500)]
    assert (change.outcome_before.status, change.outcome.status) == ("not eligible", "eligible")
    assert str(change).startswith(f"income {less} yuan less (")
    assert change.text("zh").startswith(f"收入减少{less}元（")
