"""Completed time: `completed years since …`, and amounts for each completed step of a figure."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from policyrules.ir.build import ZERO, Typed, apply, figure
from policyrules.ir.nodes import Constant, Expr, Origin
from policyrules.types.units import Unit

# A span is never below zero, which is not worth telling.
_SPAN = Origin(role="span")
_OPERATORS = {"year": "completed_years", "month": "completed_months", "day": "completed_days"}


def elapsed(
    unit: Literal["year", "month", "day"], since: Expr, until: Expr, origin: Origin
) -> Typed:
    """The whole years, months or days between two days; 0 before the first."""
    span = apply(_OPERATORS[unit], "number", since, until, origin=origin)
    return figure("maximum", Unit(unit), ZERO, span, origin=_SPAN)


def each_completed(of: Typed, step: Fraction, amount: Typed, origin: Origin) -> Typed:
    """The amount, as many times as the step is wholly in the figure; never less than no times."""
    size = Constant(step, "number", Origin(role="number", unit=of.unit.text))
    times = apply("floor_divide", "number", of.expr, size, origin=origin)
    count = apply("maximum", "number", ZERO, times, origin=_SPAN)
    return figure("multiply", amount.unit, count, amount.expr, origin=origin)
