"""Caps, floors and running limits: `up to`, `but at least`, `in total up to … per year`."""

from __future__ import annotations

from policyrules.forms.parts import remainder
from policyrules.ir.build import Typed, figure
from policyrules.ir.nodes import Constant, Origin


def at_most(of: Typed, cap: Typed, origin: Origin) -> Typed:
    """The amount, but no more than the cap."""
    return figure("minimum", of.unit, of.expr, cap.expr, origin=origin)


def at_least(of: Typed, floor: Typed, origin: Origin) -> Typed:
    """The amount, but no less than the floor."""
    return figure("maximum", of.unit, of.expr, floor.expr, origin=origin)


def remaining(limit: Typed, paid: list[Typed], origin: Origin) -> Typed:
    """What a limit leaves after what was already paid, or is paid by others, never below zero."""
    return remainder(limit, paid, origin)


def limit_not_stated(of: Typed) -> Typed:
    """The amount without a limit, noting that the document may have one."""
    flag = Constant("limit not stated", "choice")
    return figure("flagged", of.unit, of.expr, flag)
