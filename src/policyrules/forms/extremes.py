"""`the higher of A and B`, A与B中较高者."""

from __future__ import annotations

from typing import Literal

from policyrules.ir.build import Typed, figure
from policyrules.ir.nodes import Origin


def extreme(which: Literal["higher", "lower"], items: list[Typed], origin: Origin) -> Typed:
    """The largest or smallest of two or more figures."""
    operator = "maximum" if which == "higher" else "minimum"
    return figure(operator, items[0].unit, *(item.expr for item in items), origin=origin)
