"""Working days in China: weekdays without public holidays, and the weekends worked instead.

The State Council announces them year by year. They come from the optional package
`chinesecalendar`, which refuses the years that are not announced; nothing is guessed here either.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from types import ModuleType

from policyrules.types.dates import NEVER

_ONE = timedelta(1)


@cache
def calendar() -> ModuleType | None:
    """The calendar, None where its package is not installed."""
    try:
        import chinese_calendar  # noqa: PLC0415 (optional, and seldom needed)
    except ImportError:
        return None
    return chinese_calendar  # type: ignore[no-any-return]  # the package has no types


@cache
def covered() -> tuple[int, int]:
    """The first and the last year whose working days are known."""
    known = calendar()
    years = {day.year for day in known.holidays} if known else {0}
    return min(years), max(years)


def add_working_days(day: date, count: int) -> date | None:
    """The working day that is the `count`-th after a day; None beyond the years that are known."""
    if day == NEVER:
        return NEVER
    known = calendar()
    first, last = covered()
    while count > 0:
        day += _ONE
        if known is None or not first <= day.year <= last:
            return None
        count -= bool(known.is_workday(day))
    return day
