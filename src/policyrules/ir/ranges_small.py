"""Small amounts on ranges: nothing below a figure, or that figure for anything above zero."""

from __future__ import annotations

from fractions import Fraction

from policyrules.ir import operators
from policyrules.ir.ranges import Number, Range, basis_of, ends, less, spread

_ZERO = Fraction(0)


def drop_below(value: Number, least: Number) -> Number:
    """The values that are at least `least`, and 0 where some are smaller."""
    if not isinstance(value, Range) and not isinstance(least, Range):
        return operators.drop_below(value, least)
    if less(value, least) is False:
        return value
    if less(value, least):
        return _ZERO
    (low, high), few = ends(value), ends(least)[0]
    if low is not None and few is not None:
        low = max(low, few)
    return spread(
        None if low is None else min(low, _ZERO),
        None if high is None else max(high, _ZERO),
        basis_of(value) | basis_of(least),
    )


def lift_to(value: Number, least: Number) -> Number:
    """No value above 0 stays smaller than `least`; neither operand ever turns the order round."""
    (low, high), (few, many) = ends(value), ends(least)
    if less(value, least) is False or (high is not None and high <= 0):
        return value
    return spread(
        low if low is None or few is None else operators.lift_to(low, few),
        None if high is None or many is None else operators.lift_to(high, many),
        basis_of(value) | basis_of(least),
    )
