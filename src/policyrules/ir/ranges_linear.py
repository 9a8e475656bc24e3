"""Numbers that follow one varied number `x` in a straight line: `slope × x`, and a rest.

Interval arithmetic forgets that two figures rise together. Where a figure is a straight line of
`x` this is kept, so that comparing two of them turns exactly where they meet. Products of two such
figures and the like are ranges again, which leave nothing out but forget the line.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import frozen

from policyrules.ir.ranges import (
    NUMERIC,
    VARIED,
    Extent,
    Number,
    Range,
    basis_of,
    ends,
    equal,
    less,
    spread,
)

_ZERO = Fraction(0)
Compare = Callable[[Extent, Extent], bool | None]


@frozen
class Linear(Range):
    """`slope × x + rest` for every `x` of a range; `low` and `high` are its ends over all of it."""

    slope: Fraction
    rest: Number
    x: Range

    def __add__(self, other: Number) -> Number:
        slope, rest = _line(other)
        return _linear(self.slope + slope, self.rest + rest, self.x, Range.__add__(self, other))

    def __radd__(self, other: Number) -> Number:
        return self + other

    def __neg__(self) -> Range:
        negative = Range.__neg__(self)
        return Linear(negative.low, negative.high, self.basis, -self.slope, -self.rest, self.x)

    def __mul__(self, other: Number) -> Number:
        product = Range.__mul__(self, other)
        if isinstance(other, Range):
            return product
        return _linear(self.slope * other, self.rest * other, self.x, product)

    def __rmul__(self, other: Number) -> Number:
        return self * other


def varied(low: Fraction | None, high: Fraction | None) -> Linear:
    """A number that is tried with every value from `low` to `high` at once."""
    x = Range(low, high, VARIED)
    return Linear(low, high, VARIED, Fraction(1), _ZERO, x)


def open_throughout(left: Extent, right: Extent) -> bool:
    """Whether a comparison that is open is so for each varied value by itself.

    It is where what leaves it open has nothing to do with the value; then no value settles it.
    """
    if "varied" not in basis_of(left) | basis_of(right):
        return True
    gap = _gap(left, right)
    if not isinstance(gap, Linear) or "varied" in basis_of(gap.rest):
        return False
    (lowest, highest), (low, high) = ends(gap.x * gap.slope), ends(gap.rest)
    never_above = low is None or (highest is not None and highest + low <= 0)
    never_below = high is None or (lowest is not None and lowest + high > 0)
    return never_above and never_below


def rounded(operator: str, value: Number, step: Number) -> Extent:
    """A number rounded; of a line, a line that is off by no more than rounding does."""
    plain = NUMERIC[operator](value, step)
    if not isinstance(value, Linear) or isinstance(step, Range) or not isinstance(plain, Range):
        return plain
    if "discretion" in value.basis:
        return plain
    below, above = _OFF[operator]
    off = spread(-below * step, above * step, VARIED)
    return _linear(value.slope, value.rest + off, value.x, plain)


# By how many steps the modes may go below and above the exact value.
_OFF = {
    "round_down": (Fraction(1), _ZERO),
    "round_up": (_ZERO, Fraction(1)),
    "round_half_up": (Fraction(1, 2), Fraction(1, 2)),
    "round_half_even": (Fraction(1, 2), Fraction(1, 2)),
    "round_jiao_up": (Fraction(1, 10), Fraction(1)),
}
ROUNDING = frozenset(_OFF)


def less_linear(left: Extent, right: Extent) -> bool | None:
    """Whether every value on the left is smaller; None where that depends on the values."""
    gap = _gap(left, right)
    if gap is None:
        return less(left, right)
    low, high = ends(gap)
    if low is not None and low > 0:
        return True
    return False if high is not None and high <= 0 else None


def equal_linear(left: Extent, right: Extent) -> bool | None:
    """Whether both are the same number or day; None where that depends on the values."""
    gap = _gap(left, right)
    if gap is None:
        return equal(left, right)
    low, high = ends(gap)
    if low == high == 0:
        return True
    apart = (low is not None and low > 0) or (high is not None and high < 0)
    return False if apart else None


LINEAR: dict[str, Compare] = {"less": less_linear, "equal": equal_linear}


def _gap(left: Extent, right: Extent) -> Number | None:
    """By how much the right is more, where one of the two is a line and both are numbers."""
    if not isinstance(left, Linear) and not isinstance(right, Linear):
        return None
    assert not isinstance(left, int)
    assert not isinstance(right, int)
    return right - left


def _line(value: Number) -> tuple[Fraction, Number]:
    """Slope and rest of any number."""
    return (value.slope, value.rest) if isinstance(value, Linear) else (_ZERO, value)


def _linear(slope: Fraction, rest: Number, x: Range, within: Number) -> Number:
    """A line, or what is left of it without slope; its values lie also in `within`."""
    line = x * slope + rest
    ends_of = (*ends(line), *ends(within))
    low = max((end for end in ends_of[::2] if end is not None), default=None)
    high = min((end for end in ends_of[1::2] if end is not None), default=None)
    basis = basis_of(line) | basis_of(within)
    if low is not None and low == high:
        return low
    if not slope:
        return spread(low, high, basis_of(rest))
    return Linear(low, high, basis, slope, rest, x)
