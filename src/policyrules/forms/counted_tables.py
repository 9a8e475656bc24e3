"""The last row of a table by a number: `each further person +85`, 每增加1人 +85."""

from __future__ import annotations

from fractions import Fraction

from policyrules.ir.build import ZERO, apply
from policyrules.ir.nodes import Constant, Expr, Origin

ROLE = "each further"


def each_further(last: Constant, step: Constant, stated: Fraction, number: Expr) -> Expr:
    """The last stated value, and the step for each one beyond it."""
    rest = apply("subtract", "number", number, Constant(stated, "number"), origin=_BEYOND)
    beyond = apply("maximum", "number", ZERO, rest, origin=_BEYOND)
    added = apply("multiply", "number", beyond, step)
    return apply("add", "number", last, added, origin=Origin(role=ROLE))


_BEYOND = Origin(role="part above")
