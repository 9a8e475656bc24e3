"""Working days in China: holidays, weekends worked instead, and years that are not announced."""

import sys
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError
from policyrules.ir.operators import OPERATORS
from policyrules.ir.ranges import MISSING, Range
from policyrules.ir.ranges_time import EXTENTS
from policyrules.source import Source
from policyrules.types import workdays

RULES = """\
ruleset test.office
input acceptance of household: date
deadline visit of household: within {span} of acceptance
"""


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The calendar is not installed."""
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    workdays.calendar.cache_clear()
    workdays.covered.cache_clear()
    yield
    monkeypatch.undo()
    workdays.calendar.cache_clear()
    workdays.covered.cache_clear()


def ordinal(day: str) -> int:
    """A day as the program knows it."""
    return date.fromisoformat(day).toordinal()


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2025-01-24", 1, "2025-01-26"),  # a Sunday worked before the Spring Festival
        ("2025-01-26", 2, "2025-02-05"),  # the festival lasts until 4 February
        ("2025-09-26", 5, "2025-10-10"),
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday worked
        ("2026-02-14", 1, "2026-02-24"),
        ("2025-06-07", 0, "2025-06-07"),  # nothing is counted, so a Saturday stays
        ("2026-12-31", 1, None),
        ("2003-12-31", 1, "2004-01-02"),
        ("2003-12-30", 1, None),
        ("9999-12-30", 1, None),
        ("9999-12-31", 1, "9999-12-31"),  # what has not happened: nor has what follows it
    ],
)
def test_working_days_after_a_day(day: Any, count: int, expected: Any) -> None:
    """Holidays do not count, weekends worked instead do; beyond what is announced is no day."""
    found = workdays.add_working_days(date.fromisoformat(day), count)

    assert found == (date.fromisoformat(expected) if expected else None)


def test_the_calendar_reaches_the_present() -> None:
    """The years 2025 and 2026 are known."""
    first, last = workdays.covered()

    assert first <= 2025
    assert last >= 2026


def test_a_day_that_is_not_announced_is_open() -> None:
    """No day is guessed: the deadline is open above and not before its event."""
    later = EXTENTS["add_working_days"]
    start = ordinal("2026-12-31")

    assert OPERATORS["add_working_days"].plain is None
    assert later(start, Fraction(3)) == Range(Fraction(start), None, MISSING)
    assert later(ordinal("2025-09-26"), Fraction(5)) == ordinal("2025-10-10")


def test_missing_days_give_the_working_days_of_their_ends() -> None:
    """Of an event between two days, the deadline lies between those of the two."""
    event = Range(Fraction(ordinal("2025-09-26")), Fraction(ordinal("2025-10-08")), MISSING)
    found = EXTENTS["add_working_days"](event, Fraction(5))

    assert found.low == ordinal("2025-10-10")
    assert found.high == ordinal("2025-10-14")
    assert EXTENTS["add_working_days"](Range(None, None, MISSING), Fraction(5)).low is None


@pytest.mark.usefixtures("not_installed")
def test_without_the_calendar_a_rule_in_working_days_does_not_compile() -> None:
    """One message names the rule and what to install; deadlines in calendar days are untouched."""
    with pytest.raises(CompileError) as caught:
        compile_source(Source("office.rules", RULES.format(span="15 working days")))

    (found,) = caught.value.diagnostics
    assert found.code == "PR570"
    assert 'pip install "policyrules[workdays]"' in found.remedy("en")
    assert "法定节假日" in found.message("zh")
    assert compile_source(Source("office.rules", RULES.format(span="15 days"))).program
    assert workdays.add_working_days(date(2025, 1, 1), 1) is None
