"""`1 person counts as 1.5 persons`, 1人按1.5人计算: numbers replaced before the formula."""

from __future__ import annotations

from policyrules.ir.build import Typed, apply, choose
from policyrules.ir.nodes import Origin


def counts_as(of: Typed, replaced: list[tuple[Typed, Typed]], origin: Origin) -> Typed:
    """The figure, or what stands in its place where it is exactly one of the numbers named."""
    found = of
    for number, as_ in reversed(replaced):
        same = apply("equal", "truth", of.expr, number.expr, origin=origin)
        found = choose(same, as_, found, origin)
    return found
