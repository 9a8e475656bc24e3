"""Builds spans of time and amounts for each completed span."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from policyrules.syntax import ast
from policyrules.syntax.build_expressions import dated
from policyrules.syntax.parts import Parts
from policyrules.types.dates import add_days, add_months, last_day

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_COMPLETED = ("COMPLETED_SINCE", "COMPLETED_FROM", "COMPLETED_END", "COMPLETED_SPAN")


def _elapsed(p: Parts) -> ast.Elapsed:
    since, *until = p.nodes
    return ast.Elapsed(p.first(*_COMPLETED), since, until[0] if until else None, span=p.span)


def _by_date(p: Parts) -> ast.Compare:
    """A date before, by or after another one; of a month or a year alone, its last day or first."""
    left, on = p.nodes
    operator = p.first("DAY_COMPARE")
    if p.has("BEHIND"):
        operator = ">=" if p.first("BEHIND") else ">"
    elif operator is None:
        excluded = p.first("BEFORE") is False or p.first("MARK_END") == "excluded"
        operator = "<" if excluded else "<="
    if isinstance(on, ast.DateLiteral) and operator in {"<=", ">"}:
        on = last_day_of(on)
    return ast.Compare(operator, left, on, span=p.span)


def last_day_of(on: ast.DateLiteral, *, included: bool = True) -> ast.DateLiteral:
    """The last day of a written day, month or year; without it, the day before its first."""
    last = on.value
    if not included:
        last = add_days(last, -1)
    elif on.precision != "day":
        last = last_day(last.year, last.month if on.precision == "month" else None)
    return ast.DateLiteral(last, "day", span=on.span)


def _date_within(p: Parts) -> ast.Between:
    """The date, or another one, from the day of an event to the last day of a span after it."""
    *of, event = p.nodes
    left = of[0] if of else ast.TheDate(span=p.span)
    count, unit = p.first("QUANTITY")
    last = ast.Later(count, unit, event, span=p.span)
    return ast.Between(left, ">=", event, "<=", last, span=p.span)


def _for_each(p: Parts) -> ast.EachCompleted:
    of, amount = p.nodes
    step, unit = p.first("QUANTITY")
    if p.has("SINCE", "STARTING"):
        of = ast.Elapsed("day" if unit == "day" else "month", of, span=of.span)
    return ast.EachCompleted(step, unit, of, amount, span=p.span)


def _valid(p: Parts) -> ast.Valid:
    dates = [dated(value, p.span) for value in p.values("DATE")]
    open_start = p.has("VALID") and not p.has("FROM")
    start = None if open_start else dates[0]
    end = dates[-1] if open_start or len(dates) > 1 else None
    if p.has("QUANTITY") and start:
        end = _after(start, *p.first("QUANTITY"))
    return ast.Valid(start, end, span=p.span)


def _after(start: ast.DateLiteral, count: Fraction, unit: str) -> ast.DateLiteral:
    """The last day of a period of so many years, months or days."""
    months, more = count * _MONTHS.get(unit, 0), count if unit == "day" else 0
    last = add_days(add_months(start.value, int(months)), int(more) - 1)
    return ast.DateLiteral(last, "day", span=start.span)


def _paid_from(p: Parts) -> ast.PaidFrom:
    return ast.PaidFrom(p.nodes[0], _following(p), span=p.span)


def _paid_until(p: Parts) -> ast.PaidUntil:
    """Of several days the earliest counts."""
    event = p.nodes[0]
    if len(p.nodes) > 1:
        event = ast.DayExtreme("earlier", p.nodes, span=p.span)
    return ast.PaidUntil(event, _following(p), span=p.span)


def _following(p: Parts) -> bool:
    return p.has("MONTH_AFTER", "NEXT_MONTH")


def _day_extreme(p: Parts) -> ast.DayExtreme:
    return ast.DayExtreme(p.first("DAY_EXTREME", "DAY_EXTREME_END"), p.nodes, span=p.span)


def _in_period(p: Parts) -> ast.InPeriod:
    """That a day, or the date, is in the period of another one."""
    *of, day = p.nodes
    left = of[0] if of else ast.TheDate(span=p.span)
    return ast.InPeriod(left, p.first("IN_PERIOD_OF", "IN_PERIOD"), day, span=p.span)


def _grace(p: Parts) -> ast.Grace:
    """A percentage without `of` is of the previous payment."""
    count, unit = p.first("QUANTITY")
    of = p.nodes[0] if p.nodes else None
    if isinstance(of, ast.Rate):
        of = ast.Share(of.value, ast.PreviousPayment(span=of.span), span=of.span)
    return ast.Grace(count, unit, of, span=p.span)


TIME: Mapping[str, Callable[[Parts], Any]] = {
    "elapsed": _elapsed,
    "by_date": _by_date,
    "by_date_unmarked": _by_date,
    "date_within": _date_within,
    "period_end": lambda p: ast.PeriodEnd(p.first("END_OF", "PERIOD_END"), *p.nodes, span=p.span),
    "for_each": _for_each,
    "valid": _valid,
    "day_extreme": _day_extreme,
    "age_day": lambda p: ast.AgeDay(p.nodes[0], span=p.span),
    "in_period": _in_period,
    "paid_from": _paid_from,
    "paid_from_age": lambda p: ast.PaidFromAge(_following(p), span=p.span),
    "paid_until": _paid_until,
    "grace": _grace,
    "previous_payment": lambda p: ast.PreviousPayment(span=p.span),
}
