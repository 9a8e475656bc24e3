"""In which steps a stated fact is changed, and how far: what its declaration allows it to be."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil, floor

from policyrules.backends.nearest import Grid
from policyrules.case import BIRTH_DATE
from policyrules.case_json import DIGITS
from policyrules.case_values import FIRST_YEAR, LAST_YEAR
from policyrules.ir.facts import Value
from policyrules.ir.nodes import Input
from policyrules.ir.ranges_time import born
from policyrules.types.currencies import smallest_coin
from policyrules.types.dates import NEVER, OLDEST
from policyrules.types.units import PERCENT, mentions_money, unit

_HUNDREDTH = Fraction(1, 100)
_MOST = Fraction(10**DIGITS - 1)  # steps; a case can hold no more digits
_PERIODS = frozenset({"month", "quarter", "year", "school_year", "day", "working_day"})


def other_values(declared: Input) -> tuple[Value, ...]:
    """The values of a fact that have no order, or stand apart from it."""
    match declared.kind:
        case "truth":
            return True, False
        case "choice":
            return tuple(value for value, _ in declared.values)
        case "date" if declared.name != BIRTH_DATE.name:
            return (NEVER.toordinal(),)
        case _:
            return ()


def grid_of(declared: Input, on: int) -> Grid | None:
    """The values in order that a fact may be changed to; None if they have none."""
    match declared.kind:
        case "date":
            one = Fraction(1)
            if declared.name == BIRTH_DATE.name:
                first = born(Fraction(OLDEST), on).low
                assert first is not None
                return Grid(one, int(first), on, days=True)
            first_day, last_day = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
            return Grid(one, first_day.toordinal(), last_day.toordinal(), days=True)
        case "number":
            step = _step(declared)
            farthest = _MOST * step
            low = max(Fraction(0) if declared.whole else -farthest, _or(declared.low, -farthest))
            high = min(farthest, _or(declared.high, farthest))
            least, most = ceil(low / step), floor(high / step)
            least += declared.low_excluded and least * step == low
            most -= declared.high_excluded and most * step == high
            return Grid(step, least, most)
        case _:
            return None


def _step(declared: Input) -> Fraction:
    """The smallest step of a number, in its unit, in which it is changed.

    Money changes by its smallest coin; what counts in whole numbers, and periods of time, by one; a
    percentage by a hundredth of a point, anything else (areas, plain numbers) by a hundredth.
    """
    if declared.whole:
        return Fraction(1)
    if declared.unit == PERCENT:
        return _HUNDREDTH / 100
    found = unit(declared.unit)
    if mentions_money(found):
        return smallest_coin(found)
    return Fraction(1) if found.text in _PERIODS else _HUNDREDTH


def _or(end: Fraction | None, otherwise: Fraction) -> Fraction:
    return otherwise if end is None else end
