"""Caps, floors and running limits: `up to`, `but at least`, `in total up to … per year`."""

from __future__ import annotations

from policyrules.ir.build import ZERO, Typed, figure
from policyrules.ir.nodes import Constant, Origin


def at_most(of: Typed, cap: Typed, origin: Origin) -> Typed:
    """The amount, but no more than the cap."""
    return figure("minimum", of.unit, of.expr, cap.expr, origin=origin)


def at_least(of: Typed, floor: Typed, origin: Origin) -> Typed:
    """The amount, but no less than the floor."""
    return figure("maximum", of.unit, of.expr, floor.expr, origin=origin)


def remaining(limit: Typed, paid: Typed, origin: Origin) -> Typed:
    """What a running limit leaves after what was already paid, never below zero."""
    rest = figure("subtract", limit.unit, limit.expr, paid.expr, origin=origin)
    return figure("maximum", limit.unit, ZERO, rest.expr, origin=origin)


def limit_not_stated(of: Typed) -> Typed:
    """The amount without a limit, noting that the document may have one."""
    flag = Constant("limit not stated", "choice")
    return figure("flagged", of.unit, of.expr, flag)
