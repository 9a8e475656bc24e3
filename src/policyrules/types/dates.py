"""Reckoning with calendar days: anniversaries, periods, completed years.

An anniversary that does not exist falls on the last day of its month. All functions are total: a
day before the first or after the last one of the calendar becomes that one. What has not happened
yet stands behind them all, on the day `NEVER`: nothing counted from it has happened either, and no
other day is reckoned to be that one.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

CalendarMonths = Literal[1, 3, 12]
NEVER = date.max
LAST = NEVER - timedelta(1)
OLDEST = 150  # completed years; nobody has reached that age


def add_months(day: date, months: int) -> date:
    """The same day of the month, some months later or (negative) earlier."""
    if day == NEVER:
        return NEVER
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return _day(year, month + 1, day.day)


def add_days(day: date, days: int) -> date:
    """The day some days later or (negative) earlier; months are to be added before days."""
    if day == NEVER:
        return NEVER
    try:
        return min(day + timedelta(days), LAST)
    except OverflowError:
        return LAST if days > 0 else date.min


def completed_months(since: date, on: date) -> int:
    """How many whole months have passed on a day; before `since`, a negative number."""
    months = (on.year - since.year) * 12 + on.month - since.month
    return months if add_months(since, months) <= on else months - 1


def completed_years(since: date, on: date) -> int:
    """How many whole years have passed on a day: the age of who was born on `since`.

    Who was born on 29 February completes a year on 28 February where there is no 29th.
    """
    return completed_months(since, on) // 12


def born_between(age: int, on: date) -> tuple[date, date]:
    """The first and the last birth date of all who have this age on a day."""
    return add_days(_youngest(age + 1, on), 1), _youngest(age, on)


def _youngest(age: int, on: date) -> date:
    """The last birth date with which so many years are completed on a day."""
    born = add_months(on, -12 * age)
    # On 28 February, who was born on the 29th has completed a year too.
    later = add_days(born, 1)
    return later if later.day == 29 and completed_years(later, on) >= age else born


def period_end(day: date, months: CalendarMonths) -> date:
    """The last day of the calendar month, quarter or year (1, 3, 12 months) that holds a day."""
    if day == NEVER:
        return NEVER
    last_month = day.month + (-day.month) % months
    return last_day(day.year, last_month)


def previous_end(day: date, months: CalendarMonths) -> date:
    """The last day of the calendar month, quarter or year before the one that holds a day."""
    if day == NEVER:
        return NEVER
    first_month = day.month - (day.month - 1) % months
    return add_days(first_day(day.year, first_month), -1)


def day_of_month(day: date, number: int) -> date:
    """The day with this number in the month of `day`; the month's last one if it has fewer."""
    if day == NEVER:
        return NEVER
    return _day(day.year, day.month, max(number, 1))


def first_day(year: int, month: int | None = None) -> date:
    """The first day of a year or, with `month`, of that month."""
    return date(year, month or 1, 1)


def last_day(year: int, month: int | None = None) -> date:
    """The last day of a year or, with `month`, of that month."""
    return _day(year, month or 12, 31)


def _day(year: int, month: int, day: int) -> date:
    if year < date.min.year:
        return date.min
    if year > LAST.year:
        return LAST
    return min(date(year, month, min(day, monthrange(year, month)[1])), LAST)
