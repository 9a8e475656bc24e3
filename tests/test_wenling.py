"""Wenling: both readings of which wages from happiness posts are no income."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import policyrules

CHOSEN = policyrules.load("cn.zhejiang.taizhou.wenling")
OTHER = policyrules.load("cn.zhejiang.taizhou.wenling", readings={"exempt wage": 1})


def worker(wage: int) -> dict[str, Any]:
    """One person who lives on a wage from a happiness post, the minimum wage being 2260 yuan."""
    household = {"income": wage, "members": [{"happiness-post wage": wage}]}
    return {"household": household, "parameters": {"minimum wage": 2260}}


@pytest.mark.parametrize(
    ("wage", "part", "whole"), [(2259, 0, 0), (2260, 0, 2260), (2261, 1, 2261), (3450, 1190, 3450)]
)
def test_both_readings_of_the_disregard(wage: int, part: int, whole: int) -> None:
    """Asserts which income counts, and that the dibao payment follows it, in either reading."""
    for rules, counted in ((CHOSEN, part), (OTHER, whole)):
        result = rules.evaluate(worker(wage), "2025-06-01")
        income = result["countable income"]
        paid = result["dibao payment"]

        assert income.amount is not None
        assert income.amount.low == income.amount.high == Fraction(counted)
        assert "reading" in income.flags
        assert paid.status == ("eligible" if counted < 1190 else "not eligible")
        assert paid.amount is None or paid.amount.low == max(0, 1190 - counted)
