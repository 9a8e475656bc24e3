"""Payments of which only one end is stated: `pays at least X`, 不低于低保标准的25%."""

from __future__ import annotations

from policyrules.ir.build import ZERO, Typed, figure
from policyrules.ir.nodes import Constant, NotStated, Origin


def at_least_only(of: Typed, origin: Origin) -> Typed:
    """From `of`, never below zero, to an end that the document does not state."""
    end = Constant(NotStated(), "number")
    least = figure("maximum", of.unit, ZERO, of.expr)
    return figure("range", of.unit, least.expr, end, origin=origin)


def at_most_only(of: Typed, origin: Origin) -> Typed:
    """From nothing to `of`."""
    return figure("range", of.unit, ZERO, of.expr, origin=origin)
