"""Parts of an amount: what remains of it, the part above or below a threshold, a deductible."""

from __future__ import annotations

from typing import Literal

from policyrules.ir.build import ZERO, Typed, figure
from policyrules.ir.nodes import Origin


def remainder(of: Typed, after: list[Typed], origin: Origin) -> Typed:
    """`of` less all that comes before it, never below zero, once at the end."""
    rest = of
    for item in after:
        rest = figure("subtract", of.unit, rest.expr, item.expr, origin=origin)
    return figure("maximum", of.unit, ZERO, rest.expr, origin=origin)


def cascade(of: Typed, after: list[tuple[Typed, Origin]]) -> Typed:
    """What each of several payers leaves to the next, in their order, never below zero."""
    rest = of
    for item, origin in after:
        rest = remainder(rest, [item], origin)
    return rest


def part(of: Typed, side: Literal["above", "below"], threshold: Typed, origin: Origin) -> Typed:
    """What of an amount lies above a threshold, or below it."""
    if side == "below":
        return figure("minimum", of.unit, of.expr, threshold.expr, origin=origin)
    return remainder(of, [threshold], origin)
