"""`the difference between A and B`, A与B的差额: the gap between a standard and an income."""

from __future__ import annotations

from policyrules.ir.build import ZERO, Typed, figure
from policyrules.ir.nodes import Origin


def difference(left: Typed, right: Typed, origin: Origin) -> Typed:
    """What the left amount is more than the right one, never below zero."""
    gap = figure("subtract", left.unit, left.expr, right.expr, origin=origin)
    return figure("maximum", left.unit, ZERO, gap.expr, origin=origin)
