"""Marginal brackets: each rate on its own part of the base alone, the parts added.

`the part above 3000 yuan up to 10000 yuan: 50%`, 超过3000元至10000元的部分：50%.
"""

from __future__ import annotations

from attrs import frozen

from policyrules.forms.parts import part
from policyrules.ir.build import Typed, figure
from policyrules.ir.nodes import Origin


@frozen
class Part:
    """A part of the base above `low` and up to `high` (None: open), with its rate."""

    low: Typed | None
    high: Typed | None
    rate: Typed
    origin: Origin


def brackets(base: Typed, parts: list[Part], origin: Origin) -> Typed:
    """The sum of what each part of the base gives at its rate."""
    total: Typed | None = None
    for each in parts:
        own = base
        if each.high is not None:
            own = part(own, "below", each.high, Origin(role="part below", unit=base.unit.text))
        if each.low is not None:
            own = part(own, "above", each.low, Origin(role="part above", unit=base.unit.text))
        share = figure("multiply", base.unit, each.rate.expr, own.expr, origin=each.origin)
        total = share if total is None else _sum(total, share, origin)
    assert total is not None
    return total


def _sum(total: Typed, share: Typed, origin: Origin) -> Typed:
    return figure("add", total.unit, total.expr, share.expr, origin=origin)
