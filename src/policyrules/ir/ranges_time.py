"""Days and spans of time of which something is missing: the ranges of the operators of time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import partial, reduce

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
    higher,
    hull,
    is_never,
    minimum,
    spread,
)
from policyrules.ir.ranges_small import drop_below, lift_to
from policyrules.types import dates, workdays


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


def latest(*days: Extent) -> Extent:
    """The last of one or more days; if one has not happened, that one."""
    never = next((day for day in days if is_never(day)), None)
    return reduce(higher, days) if never is None else never


def so_far(day: Day, on: Day) -> Extent:
    """A day, or another one where it has not happened, or may not have."""
    if not isinstance(day, Range):
        return on if is_never(day) else day
    if day.high is not None and day.high < operators.NEVER:
        return day
    return hull(Range(day.low, None, day.basis), on)


def add_months(day: Day, months: Number) -> Day:
    """So many whole months later."""
    (low, high), (few, many) = ends(day), ends(months)
    first = None if low is None or few is None else operators.add_months(int(low), few)
    last = None if high is None or many is None else operators.add_months(int(high), many)
    if first is not None and first == last:
        return first
    ends_found = [None if end is None else Fraction(end) for end in (first, last)]
    return Range(ends_found[0], ends_found[1], basis_of(day) | basis_of(months))


def born(age: Fraction | None, on: int) -> Range:
    """The birth dates of those who have this age on a day; of any age, all."""
    if age is None or age.denominator != 1:
        return Range(None, None, MISSING)
    first, last = dates.born_between(int(age), date.fromordinal(on))
    return Range(Fraction(first.toordinal()), Fraction(last.toordinal()), MISSING)


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
    "add_months": add_months,
    "add_working_days": add_working_days,
    "earliest": minimum,
    "latest": latest,
    "so_far": so_far,
    "previous_end": partial(each_day, operators.previous_end),
}
