"""Rounding: `upward to the yuan`, 四舍五入到分, 见角进元; only where a rule says so."""

from __future__ import annotations

from fractions import Fraction

from policyrules.ir.build import Typed, figure
from policyrules.ir.nodes import Constant, Origin
from policyrules.syntax.ast import Mode

_OPERATORS: dict[Mode, str] = {
    "half up": "round_half_up",
    "upward": "round_up",
    "downward": "round_down",
    "to even": "round_half_even",
    "by the jiao upward": "round_jiao_up",
}


def rounded(of: Typed, mode: Mode, step: Fraction, origin: Origin) -> Typed:
    """The amount as a multiple of the step, which is in the unit of the amount."""
    operator = _OPERATORS[mode]
    return figure(operator, of.unit, of.expr, Constant(step, "number"), origin=origin)
