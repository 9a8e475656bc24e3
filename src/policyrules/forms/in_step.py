"""`X in step with Y`, X与Y同步调整: the last X, times Y now over Y then."""

from __future__ import annotations

from policyrules.ir.build import Typed, figure
from policyrules.ir.nodes import Origin


def in_step(of: Typed, now: Typed, then: Typed, origin: Origin) -> Typed:
    """A figure grown as another one has grown; `then` is proved not to be zero."""
    grown = figure("divide", of.unit, now.expr, then.expr)
    return figure("multiply", of.unit, of.expr, grown.expr, origin=origin)


def growth(left: Typed, right: Typed, one: Typed, origin: Origin) -> Typed:
    """By what share of the right figure the left one is more; that one is proved not to be zero."""
    quotient = figure("divide", one.unit, left.expr, right.expr)
    return figure("subtract", one.unit, quotient.expr, one.expr, origin=origin)
