"""Changes: `increased by 3%` multiplies an amount, `by 5 percentage points` adds to a rate."""

from __future__ import annotations

from fractions import Fraction

from policyrules.ir.build import Typed, figure
from policyrules.ir.nodes import Constant, Origin


def changed(of: Typed, by: Fraction, origin: Origin, *, points: bool) -> Typed:
    """An amount times 1 + `by`, or a rate plus `by`."""
    if points:
        return figure("add", of.unit, of.expr, Constant(by, "number"), origin=origin)
    return figure("multiply", of.unit, of.expr, Constant(1 + by, "number"), origin=origin)
