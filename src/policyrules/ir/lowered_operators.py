"""The operators of the program in whole numbers, on operands that have a value."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from attrs import frozen

from policyrules.ir.calendar import Days
from policyrules.ir.exact import Exact, Figure, NotPlanned, known_value
from policyrules.ir.extents import Extents
from policyrules.ir.integers import Integers
from policyrules.ir.pieces import Extent, Pieces, Value
from policyrules.ir.whole_nodes import Whole

_PERIODS = (1, 3, 12)
_ROUNDED = {
    "round_half_up": Exact.round_half_up,
    "round_up": Exact.round_up,
    "round_down": Exact.round_down,
    "round_half_even": Exact.round_half_even,
    "round_jiao_up": Exact.round_jiao_up,
}


@frozen
class Operators:
    """Applies operators; what has no plan raises `NotPlanned`."""

    pieces: Pieces

    @property
    def exact(self) -> Exact:
        """The arithmetic of single numbers."""
        return self.pieces.exact

    @property
    def integers(self) -> Integers:
        """Where the nodes are made."""
        return self.pieces.exact.integers

    @property
    def extents(self) -> Extents:
        """The arithmetic of numbers with two ends."""
        return Extents(self.pieces)

    @property
    def days(self) -> Days:
        """The arithmetic of days."""
        return Days(self.integers)

    def value(self, operator: str, operands: tuple[Value, ...]) -> Value:
        """What an operator gives."""
        make, days = self.integers, self.days
        match operator:
            case "less":
                return make.less(*map(_whole, operands))
            case "equal" | "is":
                return make.equal(*map(_whole, operands))
            case "earliest":
                return reduce(make.least, map(_whole, operands))
            case "latest":
                return reduce(make.greatest, map(_whole, operands))
            case "so_far":
                return days.so_far(*map(_whole, operands))
            case "completed_years" | "completed_months" | "completed_days" as name:
                return self._elapsed(name, *map(_whole, operands))
            case "add_days" | "add_months" | "day_of_month" as name:
                return self._moved(name, _whole(operands[0]), _extent(operands[1]))
            case "period_end" | "previous_end" as name:
                months = self._number(_extent(operands[1]))
                if months not in _PERIODS:
                    raise NotPlanned("a period of so many months")
                function = days.period_end if name == "period_end" else days.previous_end
                return function(_whole(operands[0]), int(months))
            case "add_working_days":
                raise NotPlanned("working days")
            case name:
                return self._numeric(name, tuple(map(_extent, operands)))

    def _elapsed(self, operator: str, since: Whole, on: Whole) -> Value:
        match operator:
            case "completed_years":
                found = self.days.completed_years(since, on)
            case "completed_months":
                found = self.days.completed_months(since, on)
            case _:
                found = self.integers.subtract(on, since)
        return self.pieces.single(Figure(found, Fraction(1)))

    def _moved(self, operator: str, day: Whole, by: Extent) -> Whole:
        """A day moved by whole days or months; part of one does not count."""
        if not by.exact:
            raise NotPlanned("a day that lies in a range")
        number = self._whole_number(by.low, down=operator == "add_days")
        match operator:
            case "add_days":
                return self.days.add_days(day, number)
            case "add_months":
                return self.days.add_months(day, number)
            case _:
                return self.days.day_of_month(day, number)

    def _whole_number(self, value: Figure, *, down: bool) -> Whole:
        """A number cut to a whole one: toward minus infinity if `down`, else toward zero."""
        if value.whole.low < 0 and not down:
            known = known_value(value)
            if known is None:
                raise NotPlanned("a number of months below zero")
            return self.integers.constant(int(known))
        number = self.exact.round_down(value, Fraction(1))
        times = self.integers.constant(number.part.numerator)
        return self.integers.multiply(number.whole, times)

    def _number(self, extent: Extent) -> Fraction:
        """A step or number of months, which must be known beforehand."""
        known = known_value(extent.low) if extent.exact else None
        if known is None:
            raise NotPlanned("a step that is not known beforehand")
        return known

    def _numeric(self, operator: str, operands: tuple[Extent, ...]) -> Value:
        extents, exact = self.extents, self.exact
        match operator:
            case "add":
                return extents.add(*operands)
            case "subtract":
                return extents.subtract(*operands)
            case "multiply":
                return extents.multiply(*operands)
            case "divide":
                return extents.divide(*operands)
            case "minimum":
                return reduce(extents.least, operands)
            case "maximum":
                return reduce(extents.greatest, operands)
            case "range":
                return extents.discretion(*operands)
            case "drop_below" | "lift_to" | "floor_divide" as name:
                if not all(operand.exact for operand in operands):
                    return self._small_range(name, *operands)
                return self.pieces.single(self._small(name, *(each.low for each in operands)))
            case name if name in _ROUNDED:
                value, step = operands
                mode = _ROUNDED[name]
                by = self._number(step)
                return extents.rounded(value, by, lambda end, step: mode(exact, end, step))
            case name:
                raise NotPlanned(name)

    def _small_range(self, operator: str, value: Extent, least: Extent) -> Value:
        """What becomes of a range where small amounts are not paid, or raised."""
        del operator, value, least
        raise NotPlanned("small amounts of a range")

    def _small(self, operator: str, value: Figure, least: Figure) -> Figure:
        exact, make = self.exact, self.integers
        below = exact.less(value, least)
        nothing = exact.constant(Fraction(0))
        match operator:
            case "drop_below":
                return exact.choose(below, nothing, value)
            case "lift_to":
                small = make.every(below, exact.less(nothing, value))
                return exact.choose(small, least, value)
            case _:
                return exact.floor_divide(value, least)


def _whole(value: Value) -> Whole:
    assert isinstance(value, Whole)
    return value


def _extent(value: Value) -> Extent:
    assert isinstance(value, Extent)
    return value
