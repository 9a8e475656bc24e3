"""Figures over the records of a list, and the periods in which a record may lie."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from policyrules.ir.build import all_of, apply, comparison
from policyrules.ir.nodes import Collection, Constant, Expr, Origin, Over

_YEAR, _MONTH, _FIRST = Fraction(12), Fraction(1), Fraction(1)


def over_records(
    function: Literal["sum", "highest", "lowest", "count"],
    body: Expr | None,
    which: Expr | None,
    of: Collection,
    origin: Origin,
) -> Expr:
    """A figure of each record, counted, added up or compared."""
    return Over(function, body, which, "number", origin, of)


def in_year_of(day: Expr, on: Expr, origin: Origin) -> Expr:
    """Whether a day lies in the calendar year of another."""
    return comparison("=", _end(day, _YEAR), _end(on, _YEAR), origin)


def in_months_before(day: Expr, on: Expr, months: Fraction, origin: Origin) -> Expr:
    """Whether a day lies in so many months (whole years of them) before the month of another.

    The month of a day lies there if the years completed since its end are fewer on the first of
    the month, and the day is before that first.
    """
    first = apply("day_of_month", "date", on, Constant(_FIRST, "number"), origin=origin)
    since = apply("completed_years", "number", _end(day, _MONTH), first, origin=origin)
    years = Constant(months / _YEAR, "number")
    before = comparison("<", day, first, origin)
    return all_of(comparison("<", since, years, origin), before, origin=origin)


def _end(day: Expr, months: Fraction) -> Expr:
    return apply("period_end", "date", day, Constant(months, "number"))
