"""Top-ups (增发): each under its condition, of several the highest only or all; then added."""

from __future__ import annotations

from functools import reduce
from typing import Literal

from policyrules.ir.build import ZERO, Typed, choose, figure
from policyrules.ir.nodes import Expr, Origin


def conditional(amount: Typed, when: Expr | None, origin: Origin) -> Typed:
    """The top-up where its condition holds, else nothing."""
    return amount if when is None else choose(when, amount, Typed(amount.type, ZERO), origin)


def together(amounts: list[Typed], mark: Literal["highest", "cumulative"], origin: Origin) -> Typed:
    """The highest of several top-ups, or all of them."""
    if len(amounts) == 1:
        return amounts[0]
    unit, exprs = amounts[0].unit, [amount.expr for amount in amounts]
    if mark == "highest":
        return figure("maximum", unit, *exprs, origin=origin)
    return reduce(lambda one, two: figure("add", unit, one.expr, two.expr, origin=origin), amounts)


def topped_up(amount: Typed, by: Typed, origin: Origin) -> Typed:
    """The payment with its top-ups."""
    return figure("add", amount.unit, amount.expr, by.expr, origin=origin)
