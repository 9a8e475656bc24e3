"""Numbers that are not one number: what discretion, missing facts and silent documents leave open.

A `Range` stands for every value from `low` to `high`, both included; None is open. `basis` says
why it is not one number. Each function meets its namesake in `operators.py` on plain values and
never leaves out a result that some choice of values from its operands could have.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import Literal

from attrs import frozen

from policyrules.ir import operators

Reason = Literal["discretion", "missing", "not stated", "varied"]
Basis = frozenset[Reason]
NONE: Basis = frozenset()
DISCRETION: Basis = frozenset({"discretion"})
MISSING: Basis = frozenset({"missing"})
NOT_STATED: Basis = frozenset({"not stated"})
# One fact is tried with many values at once.
VARIED: Basis = frozenset({"varied"})

# An end that sorts rightly however far it lies: (-1, 0), (0, the number) or (1, 0).
_Far = tuple[int, Fraction]
_ZERO = Fraction(0)
_MINUS_FAR: _Far = (-1, _ZERO)
_PLUS_FAR: _Far = (1, _ZERO)


@frozen
class Range:
    """The values from `low` to `high`; made by `spread`, so that a single value is never one."""

    low: Fraction | None
    high: Fraction | None
    basis: Basis

    def __add__(self, other: Number) -> Number:
        low, high = ends(other)
        return spread(_sum(self.low, low), _sum(self.high, high), self.basis | basis_of(other))

    def __radd__(self, other: Fraction) -> Number:
        return self + other

    def __neg__(self) -> Range:
        return Range(_negative(self.high), _negative(self.low), self.basis)

    def __sub__(self, other: Number) -> Number:
        return self + -other

    def __rsub__(self, other: Fraction) -> Number:
        return -self + other

    def __mul__(self, other: Number) -> Number:
        products = [_product(one, two) for one in _far_ends(self) for two in _far_ends(other)]
        return spread(_finite(min(products)), _finite(max(products)), self.basis | basis_of(other))

    def __rmul__(self, other: Fraction) -> Number:
        return self * other


Number = Fraction | Range
Day = int | Range
Extent = Fraction | int | Range


def spread(low: Fraction | None, high: Fraction | None, basis: Basis) -> Number:
    """The values from `low` to `high`; where that is one value, plainly that value."""
    if low is not None and low == high:
        return low
    return Range(low, high, basis)


def ends(value: Extent) -> tuple[Fraction | None, Fraction | None]:
    """The lowest and the highest value; None is open."""
    if isinstance(value, Range):
        return value.low, value.high
    # The class is asked for itself: of the abstract classes of numbers, `isinstance` is slow.
    exact = value if type(value) is Fraction else Fraction(value)
    return exact, exact


def is_never(value: Extent) -> bool:
    """Whether this is the day of what has not happened: no day is later."""
    return isinstance(value, int) and value == operators.NEVER


def basis_of(value: Extent) -> Basis:
    """Why a value is not one number; nothing where it is one."""
    return value.basis if isinstance(value, Range) else NONE


def hull(left: Extent, right: Extent) -> Extent:
    """Every value of either: which of the two it is depends on what is missing."""
    (low, high), (other_low, other_high) = ends(left), ends(right)
    basis = basis_of(left) | basis_of(right)
    if (low, high) == (other_low, other_high):
        return Range(low, high, basis) if isinstance(left, Range) else left
    return Range(
        None if low is None or other_low is None else min(low, other_low),
        None if high is None or other_high is None else max(high, other_high),
        basis | MISSING,
    )


def add(left: Number, right: Number) -> Number:
    """The sum."""
    return left + right


def subtract(left: Number, right: Number) -> Number:
    """The difference; two ranges count as independent even where they are one and the same."""
    return left - right


def multiply(left: Number, right: Number) -> Number:
    """The product."""
    return left * right


def divide(left: Number, right: Number) -> Number:
    """The quotient by whatever in `right` is not zero."""
    if isinstance(right, Range):
        return left * _reciprocal(right)
    if isinstance(left, Range):
        return left * operators.divide(Fraction(1), right)
    return operators.divide(left, right)


def lower(left: Extent, right: Extent) -> Extent:
    """The smaller of two; one that is never larger than the other is the answer, with its basis."""
    if not isinstance(left, Range) and not isinstance(right, Range):
        return right if operators.less(right, left) else left
    (low, high), (other_low, other_high) = ends(left), ends(right)
    if high is not None and other_low is not None and high <= other_low:
        return left
    if other_high is not None and low is not None and other_high <= low:
        return right
    return spread(
        None if low is None or other_low is None else min(low, other_low),
        min((end for end in (high, other_high) if end is not None), default=None),
        basis_of(left) | basis_of(right),
    )


def higher(left: Extent, right: Extent) -> Extent:
    """The larger of two; one that is never smaller than the other is the answer, with its basis."""
    if not isinstance(left, Range) and not isinstance(right, Range):
        return right if operators.less(left, right) else left
    (low, high), (other_low, other_high) = ends(left), ends(right)
    if low is not None and other_high is not None and other_high <= low:
        return left
    if other_low is not None and high is not None and high <= other_low:
        return right
    return spread(
        max((end for end in (low, other_low) if end is not None), default=None),
        None if high is None or other_high is None else max(high, other_high),
        basis_of(left) | basis_of(right),
    )


def minimum(*values: Extent) -> Extent:
    """The smallest of one or more."""
    return reduce(lower, values)


def maximum(*values: Extent) -> Extent:
    """The largest of one or more."""
    return reduce(higher, values)


def discretion(low: Number, high: Number) -> Number:
    """From `low` to `high` as the office decides; `high` counts as at least `low`.

    An end that depends on a value that is not stated leaves the amount unstated.
    """
    (lowest, low_high), (_, highest) = ends(low), ends(high)
    upper = None if low_high is None or highest is None else max(low_high, highest)
    return spread(lowest, upper, DISCRETION | basis_of(low) | basis_of(high))


def rounded(
    value: Number, step: Fraction, mode: Callable[[Fraction, Fraction], Fraction]
) -> Number:
    """`value` rounded in the written mode; what is left to discretion never grows by it.

    A range of discretion alone is rounded inward, and stays as it is with no multiple inside.
    Without discretion each completion is one number and the modes never reverse an order, so the
    rounded ends bound the rounded number. With both, a completion within [L, H] is a range of
    discretion, which inward rounding keeps within [L, H], or a single number p, whose rounding lies
    between those of L and H: the outcome lies between min(L, rounded L) and max(H, rounded H).
    """
    if not isinstance(value, Range):
        return mode(value, step)
    if value.basis == DISCRETION:
        low = None if value.low is None else operators.round_up(value.low, step)
        high = None if value.high is None else operators.round_down(value.high, step)
        empty = low is not None and high is not None and low > high
        return value if empty else spread(low, high, DISCRETION)
    low = None if value.low is None else mode(value.low, step)
    high = None if value.high is None else mode(value.high, step)
    if value.basis >= DISCRETION:
        low = None if low is None or value.low is None else min(low, value.low)
        high = None if high is None or value.high is None else max(high, value.high)
    return spread(low, high, value.basis)


def round_half_up(value: Number, step: Fraction) -> Number:
    """To the nearest multiple, ties away from zero."""
    return rounded(value, step, operators.round_half_up)


def round_up(value: Number, step: Fraction) -> Number:
    """Toward plus infinity."""
    return rounded(value, step, operators.round_up)


def round_down(value: Number, step: Fraction) -> Number:
    """Toward minus infinity."""
    return rounded(value, step, operators.round_down)


def round_half_even(value: Number, step: Fraction) -> Number:
    """To the nearest multiple, ties to the even one."""
    return rounded(value, step, operators.round_half_even)


def round_jiao_up(value: Number, step: Fraction) -> Number:
    """Cut to tenths of the step, then up."""
    return rounded(value, step, operators.round_jiao_up)


def less(left: Extent, right: Extent) -> bool | None:
    """Whether every value on the left is smaller; None where that depends on the values."""
    if not isinstance(left, Range) and not isinstance(right, Range):
        return operators.less(left, right)
    if is_never(left):
        return False
    (low, high), (other_low, other_high) = ends(left), ends(right)
    if high is not None and other_low is not None and high < other_low:
        return True
    if low is not None and other_high is not None and low >= other_high:
        return False
    return None


def equal(left: Extent, right: Extent) -> bool | None:
    """Whether both are the same number or day; None where that depends on the values."""
    if not isinstance(left, Range) and not isinstance(right, Range):
        return left == right
    return False if less(left, right) or less(right, left) else None


def add_days(day: Day, days: Number) -> Day:
    """So many whole days later."""
    if not isinstance(day, Range) and not isinstance(days, Range):
        return operators.add_days(day, days)
    (low, high), (few, many) = ends(day), ends(days)
    return _days(
        None if low is None or few is None else operators.add_days(int(low), few),
        None if high is None or many is None else operators.add_days(int(high), many),
        basis_of(day) | basis_of(days),
    )


def period_end(day: Day, months: Fraction) -> Day:
    """The last day of the calendar period around a day."""
    return _each_day(operators.period_end, day, months)


def day_of_month(day: Day, number: Fraction) -> Day:
    """The day with this number in the same month."""
    return _each_day(operators.day_of_month, day, number)


def completed_years(since: Day, on: Day) -> Number:
    """Whole years between two days: fewest from the latest start to the earliest end."""
    if not isinstance(since, Range) and not isinstance(on, Range):
        return operators.completed_years(since, on)
    (first, last), (low, high) = ends(since), ends(on)
    return spread(
        None if last is None or low is None else operators.completed_years(int(last), int(low)),
        None if first is None or high is None else operators.completed_years(int(first), int(high)),
        basis_of(since) | basis_of(on),
    )


def of_unknown_members(body: Number, *, all_count: bool) -> Number:
    """The sum of a figure over one or more members of whom nothing is known.

    With a condition (`all_count` false) there may be none who counts.
    """
    return Range(Fraction(all_count), None, MISSING) * body


NUMERIC: dict[str, Callable[..., Extent]] = {
    "add": add,
    "subtract": subtract,
    "multiply": multiply,
    "divide": divide,
    "minimum": minimum,
    "maximum": maximum,
    "range": discretion,
    "round_half_up": round_half_up,
    "round_up": round_up,
    "round_down": round_down,
    "round_half_even": round_half_even,
    "round_jiao_up": round_jiao_up,
    "add_days": add_days,
    "period_end": period_end,
    "day_of_month": day_of_month,
    "completed_years": completed_years,
}
COMPARISONS: dict[str, Callable[[Extent, Extent], bool | None]] = {"less": less, "equal": equal}


def _days(low: int | None, high: int | None, basis: Basis) -> Day:
    if low is not None and low == high:
        return low
    return Range(
        None if low is None else Fraction(low), None if high is None else Fraction(high), basis
    )


def _each_day(function: Callable[[int, Fraction], int], day: Day, operand: Fraction) -> Day:
    if not isinstance(day, Range):
        return function(day, operand)
    return _days(
        None if day.low is None else function(int(day.low), operand),
        None if day.high is None else function(int(day.high), operand),
        day.basis,
    )


def _sum(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left + right


def _negative(end: Fraction | None) -> Fraction | None:
    return None if end is None else -end


def _far_ends(value: Number) -> tuple[_Far, _Far]:
    low, high = ends(value)
    return _MINUS_FAR if low is None else (0, low), _PLUS_FAR if high is None else (0, high)


def _product(left: _Far, right: _Far) -> _Far:
    """The product of two ends; zero times an open end is zero, for no value is infinite."""
    (far, number), (other_far, other_number) = left, right
    if not far and not other_far:
        return 0, number * other_number
    sign = (far or _sign(number)) * (other_far or _sign(other_number))
    return (0, _ZERO) if not sign else (sign, _ZERO)


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _finite(end: _Far) -> Fraction | None:
    return None if end[0] else end[1]


def _reciprocal(divisor: Range) -> Number:
    low, high = divisor.low, divisor.high
    if low is not None and low >= 0:
        return spread(_inverse(high), None if not low else 1 / low, divisor.basis)
    if high is not None and high <= 0:
        return spread(None if not high else 1 / high, _inverse(low), divisor.basis)
    return Range(None, None, divisor.basis)


def _inverse(end: Fraction | None) -> Fraction:
    """One over an end that is not zero; an open end comes as close to zero as can be."""
    return _ZERO if end is None else 1 / end
