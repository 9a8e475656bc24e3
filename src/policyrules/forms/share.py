"""`90% of out-of-pocket cost`, 政策范围内个人自付费用的90%: an exact share."""

from __future__ import annotations

from fractions import Fraction

from policyrules.ir.build import Typed, figure
from policyrules.ir.nodes import Constant, Origin


def share(rate: Fraction, of: Typed, origin: Origin) -> Typed:
    """The rate times what it is taken of."""
    return figure("multiply", of.unit, Constant(rate, "number"), of.expr, origin=origin)
