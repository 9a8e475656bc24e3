"""Days and spans of time of which something is missing: the ranges of the operators of time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import partial

from policyrules.ir import operators
from policyrules.ir.ranges import (
    MISSING,
    NUMERIC,
    Day,
    Extent,
    Number,
    Range,
    basis_of,
    ends,
    spread,
)
from policyrules.ir.ranges_small import drop_below, lift_to
from policyrules.types import workdays


def elapsed(function: Callable[[int, int], Fraction], since: Day, on: Day) -> Number:
    """A span between two days: shortest from the latest start to the earliest end."""
    if not isinstance(since, Range) and not isinstance(on, Range):
        return function(since, on)
    (first, last), (low, high) = ends(since), ends(on)
    return spread(
        None if last is None or low is None else function(int(last), int(low)),
        None if first is None or high is None else function(int(first), int(high)),
        basis_of(since) | basis_of(on),
    )


def floor_divide(value: Number, step: Fraction) -> Number:
    """How many whole times; of a range, from that of its low to that of its high end."""
    if not isinstance(value, Range):
        return operators.floor_divide(value, step)
    low = None if value.low is None else operators.floor_divide(value.low, step)
    high = None if value.high is None else operators.floor_divide(value.high, step)
    return spread(low, high, value.basis)


def each_day(function: Callable[[int, Fraction], int], day: Day, operand: Fraction) -> Day:
    """A day worked out from another one, which never goes back where the other goes on."""
    if not isinstance(day, Range):
        return function(day, operand)
    low = None if day.low is None else Fraction(function(int(day.low), operand))
    high = None if day.high is None else Fraction(function(int(day.high), operand))
    if low is not None and low == high:
        return int(low)
    return Range(low, high, day.basis)


def add_working_days(day: Day, days: Number) -> Day:
    """So many working days later; what is not announced is open above, and no earlier than that."""
    (low, high), (few, many) = ends(day), ends(days)
    earliest = None if low is None or few is None else _worked(low, few)
    latest = None if high is None or many is None else _worked(high, many)
    if earliest is None:
        earliest = low
    if earliest is not None and earliest == latest:
        return int(earliest)
    return Range(earliest, latest, basis_of(day) | basis_of(days) | MISSING)


def _worked(day: Fraction, days: Fraction) -> Fraction | None:
    found = workdays.add_working_days(date.fromordinal(int(day)), int(days))
    return None if found is None else Fraction(found.toordinal())


EXTENTS: dict[str, Callable[..., Extent]] = {
    **NUMERIC,
    "drop_below": drop_below,
    "lift_to": lift_to,
    "completed_months": partial(elapsed, operators.completed_months),
    "completed_days": partial(elapsed, operators.completed_days),
    "floor_divide": floor_divide,
    "add_months": partial(each_day, operators.add_months),
    "add_working_days": add_working_days,
    "previous_end": partial(each_day, operators.previous_end),
}
