"""The calendar in whole numbers: what `types/dates.py` does, on days as proleptic ordinals.

Months are counted from the year 0 on: month 12 × year + month − 1. The functions are made of
arithmetic alone, so every engine reckons days alike.
"""

from __future__ import annotations

from attrs import frozen

from policyrules.ir.integers import Integers
from policyrules.ir.operators import FIRST_DAY, LAST_DAY, NEVER
from policyrules.ir.whole_nodes import Truth, Whole

# 400 years, of which the first begins on 1 March of the year 0.
_CYCLE, _SHIFT = 146097, 305


@frozen
class Days:
    """The arithmetic of days, whose integers are made in one plan."""

    integers: Integers

    def constant(self, day: int) -> Whole:
        """A day known beforehand."""
        return self.integers.constant(day)

    def parts(self, day: Whole) -> tuple[Whole, Whole]:
        """The number of the month, counted from the year 0 on, and the day in it."""
        make = self.integers
        number = make.constant
        since = make.add(day, number(_SHIFT))
        cycle = make.floor_divide(since, number(_CYCLE))
        rest = make.modulo(since, number(_CYCLE))
        leap = make.subtract(
            make.add(rest, make.floor_divide(rest, number(36524))),
            make.add(
                make.floor_divide(rest, number(1460)), make.floor_divide(rest, number(146096))
            ),
        )
        year = make.floor_divide(leap, number(365))
        of_year = make.subtract(rest, self._before_year(year))
        # Months of a year that begins in March: of 31, 30, 31, 30, 31 days, over and over.
        month = make.floor_divide(
            make.add(make.multiply(of_year, number(5)), number(2)), number(153)
        )
        day_in = make.add(make.subtract(of_year, self._before_month(month)), number(1))
        years = make.add(year, make.multiply(cycle, number(400)))
        months = make.add(make.add(make.multiply(years, number(12)), month), number(2))
        return months, day_in

    def first_of(self, month: Whole) -> Whole:
        """The first day of a month that is counted from the year 0 on."""
        make = self.integers
        number = make.constant
        since_march = make.subtract(month, number(2))
        years = make.floor_divide(since_march, number(12))
        cycle, year = make.floor_divide(years, number(400)), make.modulo(years, number(400))
        of_cycle = make.add(
            self._before_year(year), self._before_month(make.modulo(since_march, number(12)))
        )
        whole = make.add(make.multiply(cycle, number(_CYCLE)), of_cycle)
        return make.subtract(whole, number(_SHIFT))

    def day_in(self, month: Whole, day: Whole) -> Whole:
        """A day of a month, or its last one if it has fewer; within the calendar."""
        make = self.integers
        following = self.first_of(make.add(month, make.constant(1)))
        begins = make.subtract(self.first_of(month), make.constant(1))
        found = make.least(make.add(begins, day), make.subtract(following, make.constant(1)))
        return self._within(found)

    def add_days(self, day: Whole, days: Whole) -> Whole:
        """So many days later."""
        return self._unless_never(day, self._within(self.integers.add(day, days)))

    def add_months(self, day: Whole, months: Whole) -> Whole:
        """So many months later; a day that the month lacks becomes its last one."""
        month, number = self.parts(day)
        return self._unless_never(day, self.day_in(self.integers.add(month, months), number))

    def period_end(self, day: Whole, months: int) -> Whole:
        """The last day of the month, quarter or year (1, 3 or 12 months) of a day."""
        make = self.integers
        month, _ = self.parts(day)
        period = make.floor_divide(month, make.constant(months))
        following = make.multiply(make.add(period, make.constant(1)), make.constant(months))
        last = make.subtract(self.first_of(following), make.constant(1))
        return self._unless_never(day, self._within(last))

    def previous_end(self, day: Whole, months: int) -> Whole:
        """The last day of the period before that of a day."""
        make = self.integers
        month, _ = self.parts(day)
        period = make.floor_divide(month, make.constant(months))
        begins = self.first_of(make.multiply(period, make.constant(months)))
        last = make.subtract(begins, make.constant(1))
        return self._unless_never(day, self._within(last))

    def day_of_month(self, day: Whole, number: Whole) -> Whole:
        """The day with this number in the month of a day; the month's last one if it has fewer."""
        month, _ = self.parts(day)
        wanted = self.integers.greatest(number, self.integers.constant(1))
        return self._unless_never(day, self.day_in(month, wanted))

    def completed_months(self, since: Whole, on: Whole) -> Whole:
        """Whole months from one day to another; negative before the first day."""
        make = self.integers
        (first, _), (last, _) = self.parts(since), self.parts(on)
        months = make.subtract(last, first)
        reached = self.add_months(since, months)
        short = make.choose(make.less(on, reached), make.constant(1), make.constant(0))
        return make.subtract(months, short)

    def completed_years(self, since: Whole, on: Whole) -> Whole:
        """Whole years from one day to another."""
        months = self.completed_months(since, on)
        return self.integers.floor_divide(months, self.integers.constant(12))

    def is_never(self, day: Whole) -> Truth:
        """Whether this is the day of what has not happened."""
        return self.integers.equal(day, self.integers.constant(NEVER))

    def so_far(self, day: Whole, on: Whole) -> Whole:
        """A day, or another one where it has not happened."""
        return self.integers.choose(self.is_never(day), on, day)

    def _within(self, day: Whole) -> Whole:
        make = self.integers
        return make.least(make.greatest(day, make.constant(FIRST_DAY)), make.constant(LAST_DAY))

    def _unless_never(self, day: Whole, found: Whole) -> Whole:
        return self.integers.choose(self.is_never(day), self.integers.constant(NEVER), found)

    def _before_year(self, year: Whole) -> Whole:
        """The days before a year of a cycle."""
        make = self.integers
        fourth = make.floor_divide(year, make.constant(4))
        hundredth = make.floor_divide(year, make.constant(100))
        days = make.multiply(year, make.constant(365))
        return make.subtract(make.add(days, fourth), hundredth)

    def _before_month(self, month: Whole) -> Whole:
        """The days before a month of a year that begins in March."""
        make = self.integers
        spread = make.add(make.multiply(month, make.constant(153)), make.constant(2))
        return make.floor_divide(spread, make.constant(5))
