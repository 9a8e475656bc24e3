"""Days of which something is missing, in whole numbers: what `ranges_time.py` does.

Such a day is an extent, which counts days; one that is surely known stays a whole number.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from attrs import frozen

from policyrules.ir.exact import Figure
from policyrules.ir.lowered_operators import Operators
from policyrules.ir.operators import NEVER
from policyrules.ir.pieces import Extent, Value
from policyrules.ir.whole_nodes import Truth, Whole
from policyrules.ir.wide import Wide

_DAY = Fraction(1)
_SPANS = frozenset({"completed_years", "completed_months", "completed_days"})
_MOVED = frozenset({"add_days", "add_months", "day_of_month", "period_end", "previous_end"})
_OF_DAYS = frozenset({"earliest", "latest", "so_far"})


@frozen
class Spans(Operators):
    """Operators on numbers and days of which both ends may be anything."""

    @property
    def extents(self) -> Wide:
        """The arithmetic of numbers with two ends."""
        return Wide(self.pieces)

    def value(self, operator: str, operands: tuple[Value, ...]) -> Value:
        """What an operator gives."""
        open_days = any(isinstance(each, Extent) for each in operands)
        if operator in _MOVED:
            first, by = operands[0], operands[1]
            assert isinstance(by, Extent)
            if isinstance(first, Extent) or not by.exact:
                return self._moved_range(operator, self.spread(first), by)
        elif open_days and operator in _SPANS:
            return self._between(operator, *map(self.spread, operands))
        elif open_days and operator in _OF_DAYS:
            return self._of_days(operator, tuple(map(self.spread, operands)))
        return super().value(operator, operands)

    def _small_range(self, operator: str, value: Extent, least: Extent) -> Value:
        match operator:
            case "drop_below":
                return self._drop_below(value, least)
            case "lift_to":
                return self._lift_to(value, least)
            case _ if least.exact:
                low, high = (
                    self.exact.floor_divide(end, least.low) for end in (value.low, value.high)
                )
                opens = value.low_open, value.high_open
                return self.extents.between(low, high, opens, (value, least))
            case _:
                return super()._small_range(operator, value, least)

    def _drop_below(self, value: Extent, least: Extent) -> Extent:
        """The values that are at least so much, and 0 where some are smaller."""
        exact, pieces = self.exact, self.pieces
        nothing = exact.constant(Fraction(0))
        surely, is_open = self.extents.less(value, least)
        larger = exact.choose(least.low_open, value.low, exact.greatest(value.low, least.low))
        low, high = exact.least(larger, nothing), exact.greatest(value.high, nothing)
        opens = value.low_open, value.high_open
        some = self.extents.between(low, high, opens, (value, least))
        none = pieces.single(nothing)
        return pieces.chosen(is_open, some, pieces.chosen(surely, none, value))

    def _lift_to(self, value: Extent, least: Extent) -> Extent:
        """The values, of which none above 0 stays smaller than so much."""
        make, exact = self.integers, self.exact
        nothing = exact.constant(Fraction(0))
        surely, is_open = self.extents.less(value, least)
        closed = make.negation(value.high_open)
        small = make.every(closed, make.negation(exact.less(nothing, value.high)))
        stays = make.either(small, make.negation(make.either(surely, is_open)))
        low = exact.choose(least.low_open, value.low, self._small("lift_to", value.low, least.low))
        high = self._small("lift_to", value.high, least.high)
        opens = value.low_open, make.either(value.high_open, least.high_open)
        lifted = self.extents.between(low, high, opens, (value, least))
        return self.pieces.chosen(stays, value, lifted)

    def spread(self, value: Value) -> Extent:
        """A number or day with two ends."""
        if isinstance(value, Extent):
            return value
        assert isinstance(value, Whole)
        return self.pieces.single(Figure(value, _DAY))

    def less(self, left: Extent, right: Extent) -> tuple[Truth, Truth]:
        """Whether the left day is earlier, and whether that is open; `NEVER` never is."""
        later = self.integers.negation(self._is_never(left))
        surely, is_open = self.extents.less(left, right)
        return self.integers.every(surely, later), self.integers.every(is_open, later)

    def equal(self, left: Extent, right: Extent) -> tuple[Truth, Truth]:
        """Whether both are the same day, and whether that is open."""
        make, extents = self.integers, self.extents
        single = make.every(extents.is_single(left), extents.is_single(right))
        apart = make.either(self.less(left, right)[0], self.less(right, left)[0])
        same = make.every(single, self.exact.equal(left.low, right.low))
        return same, make.negation(make.either(single, apart))

    def _is_never(self, day: Extent) -> Truth:
        never = self.days.is_never(_whole(day.low))
        return self.integers.every(self.extents.is_single(day), never)

    def _moved_range(self, operator: str, day: Extent, by: Extent) -> Extent:
        """The days from what the first one becomes to what the last one does."""
        first, last = (
            self._one(operator, end, self.pieces.single(size))
            for end, size in ((day.low, by.low), (day.high, by.high))
        )
        make = self.integers
        opens = make.either(day.low_open, by.low_open), make.either(day.high_open, by.high_open)
        return self.extents.between(first, last, opens, (day, by))

    def _between(self, operator: str, since: Extent, on: Extent) -> Extent:
        """From the fewest, of the last start to the first end, to the most."""
        fewest, most = (
            self._one(operator, start, end)
            for start, end in ((since.high, on.low), (since.low, on.high))
        )
        make = self.integers
        opens = make.either(since.high_open, on.low_open), make.either(since.low_open, on.high_open)
        return self.extents.between(fewest, most, opens, (since, on))

    def _one(self, operator: str, start: Figure, other: Figure | Extent) -> Figure:
        operand: Value = other if isinstance(other, Extent) else _whole(other)
        found = super().value(operator, (_whole(start), operand))
        return found.low if isinstance(found, Extent) else Figure(_as_whole(found), _DAY)

    def _of_days(self, operator: str, days: tuple[Extent, ...]) -> Extent:
        pieces, extents, make = self.pieces, self.extents, self.integers
        if operator == "earliest":
            return reduce(extents.least, days)
        if operator == "latest":
            never = pieces.single(Figure(make.constant(NEVER), _DAY))
            unhappened = make.either(*map(self._is_never, days))
            return pieces.chosen(unhappened, never, reduce(extents.greatest, days))
        day, on = days
        happened = make.every(
            make.negation(day.high_open), make.less(_whole(day.high), make.constant(NEVER))
        )
        low = self.exact.least(day.low, on.low)
        either = Extent(
            low,
            Figure(low.whole, low.part),
            make.either(day.low_open, on.low_open),
            make.yes,
            make.either(day.discretion, on.discretion),
            make.either(day.unstated, on.unstated),
            make.yes,
        )
        single = pieces.chosen(self._is_never(day), on, day)
        several = pieces.chosen(happened, day, either)
        return pieces.chosen(extents.is_single(day), single, several)


def _whole(day: Figure) -> Whole:
    assert day.part == 1
    assert not day.by
    return day.whole


def _as_whole(value: Value) -> Whole:
    assert isinstance(value, Whole)
    return value
