"""Small amounts: `less than 10 yuan is not paid`, 不足10元的按10元发放. Neither is rounding."""

from __future__ import annotations

from policyrules.ir.build import Typed, figure
from policyrules.ir.nodes import Origin


def not_paid_below(of: Typed, least: Typed, origin: Origin) -> Typed:
    """The amount, or nothing where it is below `least`."""
    return figure("drop_below", of.unit, of.expr, least.expr, origin=origin)


def paid_as(of: Typed, least: Typed, origin: Origin) -> Typed:
    """The amount, or `least` where it is above zero and below that."""
    return figure("lift_to", of.unit, of.expr, least.expr, origin=origin)
