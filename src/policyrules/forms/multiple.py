"""`2 to 10 times the dibao standard`, 低保标准的2至10倍: a closed range, both ends included."""

from __future__ import annotations

from fractions import Fraction

from policyrules.ir.build import Typed, figure
from policyrules.ir.nodes import Constant, Origin


def multiple(low: Fraction, high: Fraction, of: Typed, origin: Origin) -> Typed:
    """`of` times every number from `low` to `high`; the exact product where both are one."""
    times = Constant(low, "number")
    if low == high:
        return figure("multiply", of.unit, times, of.expr, origin=origin)
    factor = figure("range", of.unit, times, Constant(high, "number"), origin=origin)
    return figure("multiply", of.unit, factor.expr, of.expr, origin=origin)
