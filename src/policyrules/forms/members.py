"""Figures over the members: counts, sums, the highest and lowest, `for each member`."""

from __future__ import annotations

from typing import Literal

from policyrules.ir.build import Typed, truth
from policyrules.ir.nodes import Expr, Origin, Over
from policyrules.types.types import NumberType
from policyrules.types.units import Unit, is_shared_out, whom, with_whom, without_whom


def count(who: Expr | None, origin: Origin) -> Typed:
    """How many members there are, or for how many the condition holds."""
    expr = Over("count", None, who, "number", origin)
    return Typed(NumberType(Unit("person/household")), expr)


def per_household(unit: Unit) -> Unit:
    """The unit of a sum over the members: per person becomes per household."""
    if is_shared_out(unit) and whom(unit) == "person":
        return with_whom(without_whom(unit), "household")
    return unit


def over(
    function: Literal["sum", "highest", "lowest"], body: Typed, who: Expr | None, origin: Origin
) -> Typed:
    """A figure of each member, added up or compared."""
    unit = per_household(body.unit) if function == "sum" else body.unit
    return Typed(NumberType(unit), Over(function, body.expr, who, "number", origin))


def test(quantifier: Literal["any", "every"], condition: Expr, origin: Origin) -> Typed:
    """Whether a condition holds for any member, or for every one."""
    return truth(Over(quantifier, condition, None, "truth", origin))
