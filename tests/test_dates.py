"""Dates: anniversaries that do not exist, calendar periods, completed years and months."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policyrules.types import dates, workdays

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MONTHS = st.integers(-600, 600)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2023-01-15", 1, "2023-02-15"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-03-31", -1, "2023-02-28"),
        ("2023-01-01", -1, "2022-12-01"),
        ("2023-05-31", 0, "2023-05-31"),
        ("9999-12-31", 1, "9999-12-31"),
        ("9999-12-30", 1, "9999-12-30"),
        ("0001-01-01", -1, "0001-01-01"),
    ],
)
def test_add_months(day: str, months: int, expected: str) -> None:
    """A day that the month does not have becomes its last one; the calendar's ends hold."""
    assert dates.add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_months_are_added_before_days() -> None:
    """One month and one day after 30 January 2023 is 1 March."""
    assert dates.add_days(dates.add_months(date(2023, 1, 30), 1), 1) == date(2023, 3, 1)


@pytest.mark.parametrize("days", [10**5, 10**7, 10**12])
def test_add_days_stays_in_the_calendar(days: int) -> None:
    """Days beyond the calendar become its first or last day."""
    assert dates.add_days(date(9999, 1, 1), days) == dates.LAST
    assert dates.add_days(date(1, 12, 31), -days) == date.min
    assert dates.add_days(date(2023, 12, 31), 1) == date(2024, 1, 1)


def test_nothing_counted_from_what_has_not_happened_has_happened() -> None:
    """Every day reckoned from the last one of the calendar is that one again."""
    assert dates.add_days(dates.NEVER, -1) == dates.NEVER
    assert dates.add_months(dates.NEVER, -12) == dates.NEVER
    assert dates.period_end(dates.NEVER, 1) == dates.NEVER
    assert dates.previous_end(dates.NEVER, 12) == dates.NEVER
    assert dates.day_of_month(dates.NEVER, 1) == dates.NEVER
    assert workdays.add_working_days(dates.NEVER, 5) == dates.NEVER


def test_no_day_is_reckoned_to_be_one_that_never_comes() -> None:
    """What lies beyond the calendar has a day still, which is not that of what has not happened."""
    assert dates.add_days(dates.LAST, 1) == dates.LAST
    assert dates.add_months(date(2200, 1, 1), 12 * 7800) == dates.LAST
    assert dates.period_end(dates.LAST, 1) == dates.LAST
    assert dates.day_of_month(dates.LAST, 31) == dates.LAST


@given(on=st.dates(date(2000, 1, 1), date(2030, 12, 31)), age=st.integers(0, 120))
@example(on=date(2023, 2, 28), age=3)
@example(on=date(2024, 2, 29), age=1)
@example(on=date(2024, 2, 28), age=4)
@example(on=date(2023, 3, 1), age=3)
def test_birth_dates_that_go_with_an_age(on: date, age: int) -> None:
    """Who is born from the first to the last day has the age, who is born a day beside has not."""
    first, last = dates.born_between(age, on)

    assert [dates.completed_years(day, on) for day in (first, last)] == [age, age]
    assert dates.completed_years(dates.add_days(first, -1), on) == age + 1
    assert dates.completed_years(dates.add_days(last, 1), on) == age - 1


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        ("2005-08-01", "2023-07-31", 17),
        ("2005-08-01", "2023-08-01", 18),
        ("2005-08-01", "2023-08-02", 18),
        ("2004-02-29", "2022-02-27", 17),
        ("2004-02-29", "2022-02-28", 18),
        ("2004-02-29", "2024-02-28", 19),
        ("2004-02-29", "2024-02-29", 20),
        ("2023-08-01", "2023-08-01", 0),
        ("2023-08-02", "2023-08-01", -1),
    ],
)
def test_completed_years(since: str, on: str, years: int) -> None:
    """A year is completed on the anniversary; without a 29th, on 28 February."""
    assert dates.completed_years(date.fromisoformat(since), date.fromisoformat(on)) == years


@pytest.mark.parametrize(
    ("since", "on", "months"),
    [
        ("2023-01-31", "2023-02-27", 0),
        ("2023-01-31", "2023-02-28", 1),
        ("2023-01-31", "2023-03-30", 1),
        ("2023-01-31", "2023-03-31", 2),
        ("2023-01-15", "2024-01-14", 11),
        ("2023-01-15", "2024-01-15", 12),
    ],
)
def test_completed_months(since: str, on: str, months: int) -> None:
    """A month is completed on its day, or on its last day where it has none such."""
    assert dates.completed_months(date.fromisoformat(since), date.fromisoformat(on)) == months


@given(DAYS, DAYS)
def test_completed_months_are_the_most_that_fit(since: date, on: date) -> None:
    """That many months have passed, and one more has not; years are twelves of them."""
    months = dates.completed_months(since, on)
    assert dates.add_months(since, months) <= on < dates.add_months(since, months + 1)
    years = dates.completed_years(since, on)
    assert dates.add_months(since, 12 * years) <= on < dates.add_months(since, 12 * (years + 1))


@given(DAYS, MONTHS)
def test_adding_months_moves_that_many_months(day: date, months: int) -> None:
    """The month is as many later, and the day the same or the last one below it."""
    moved = dates.add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(1)).day == 1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-02-01", 1, "2024-02-29"),
        ("2023-02-28", 1, "2023-02-28"),
        ("2023-01-01", 3, "2023-03-31"),
        ("2023-03-31", 3, "2023-03-31"),
        ("2023-04-01", 3, "2023-06-30"),
        ("2023-11-15", 3, "2023-12-31"),
        ("2023-01-01", 12, "2023-12-31"),
        ("2023-12-31", 12, "2023-12-31"),
    ],
)
def test_period_end(day: str, months: dates.CalendarMonths, expected: str) -> None:
    """The last day of the month, quarter or year in which a day lies."""
    assert dates.period_end(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_day_of_month() -> None:
    """The day with a number, within the month."""
    assert dates.day_of_month(date(2023, 2, 3), 15) == date(2023, 2, 15)
    assert dates.day_of_month(date(2023, 2, 3), 31) == date(2023, 2, 28)
    assert dates.day_of_month(date(2023, 2, 3), 0) == date(2023, 2, 1)


def test_first_and_last_days() -> None:
    """A year and a month run from their first day to their last, leap years included."""
    assert (dates.first_day(2023), dates.last_day(2023)) == (date(2023, 1, 1), date(2023, 12, 31))
    assert (dates.first_day(2024, 2), dates.last_day(2024, 2)) == (
        date(2024, 2, 1),
        date(2024, 2, 29),
    )
