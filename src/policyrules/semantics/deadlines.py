"""Deadlines: the last day of a duty, worked out from an event or from the calendar."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from policyrules.ir.build import apply
from policyrules.ir.nodes import Constant, Definition, Expr
from policyrules.semantics.parameters import TODAY
from policyrules.semantics.reading import read_fact
from policyrules.semantics.scope import Scope
from policyrules.syntax import ast
from policyrules.types import workdays
from policyrules.types.dates import last_day
from policyrules.types.types import DATE

MONTHS = {"month": 1, "quarter": 3, "year": 12}
_STEPS = {
    "day": ("add_days", 1),
    "working_day": ("add_working_days", 1),
    **{unit: ("add_months", months) for unit, months in MONTHS.items()},
}
_MOST = {"add_days": 36_525, "add_working_days": 36_525, "add_months": 1_200}  # a hundred years


def elaborate_deadline(node: ast.Deadline, made: Definition, scope: Scope) -> Definition | None:
    """The last day on which the duty is done in time."""
    due = _due(node.due, scope)
    if due is None:
        return None
    return evolve(made, value=due, readings=tuple(reading.text for reading in node.readings))


def _due(due: ast.Within | ast.EachPeriod | ast.By, scope: Scope) -> Expr | None:
    match due:
        case ast.Within():
            return _within(due, scope)
        case ast.EachPeriod(month=int() as of_year):
            return _yearly(due, of_year, scope)
        case ast.EachPeriod(period, None):
            months = Constant(Fraction(MONTHS[period]), "number")
            return apply("period_end", "date", TODAY, months, origin=scope.origin("due", due.span))
        case ast.EachPeriod(_, number, included):
            origin = scope.origin("due", due.span)
            day = Constant(Fraction(number or 1), "number")
            on = apply("day_of_month", "date", TODAY, day, origin=origin)
            before = Constant(Fraction(-1), "number")
            return on if included else apply("add_days", "date", on, before, origin=origin)
        case ast.By(on, end, included):
            last = on.value
            if end:
                month = last.month if on.precision != "year" else None
                last = last_day(last.year, month)
            ordinal = last.toordinal() - (0 if included else 1)
            return Constant(ordinal, "date", scope.origin("due", due.span))


def _yearly(due: ast.EachPeriod, month: int, scope: Scope) -> Expr:
    """The end of a month of the year, or a day in it."""
    origin = scope.origin("due", due.span)
    end = apply("period_end", "date", TODAY, Constant(Fraction(12), "number"), origin=origin)
    back = Constant(Fraction(month - 12), "number")
    on = apply("add_months", "date", end, back, origin=origin)
    if due.day is None:
        return on
    number = Constant(Fraction(due.day), "number")
    on = apply("day_of_month", "date", on, number, origin=origin)
    before = Constant(Fraction(-1), "number")
    return on if due.included else apply("add_days", "date", on, before, origin=origin)


def _within(due: ast.Within, scope: Scope) -> Expr | None:
    """The last day of a span after an event; the day of the event is not counted."""
    found = scope.of_type(read_fact(due.event, due, scope), DATE, due.span)
    if not found.known:
        return None
    return counted_from(found.expr, due, scope)


def counted_from(event: Expr, node: ast.Within | ast.Later, scope: Scope) -> Expr | None:
    """The day so many days, working days, months or years after another one."""
    operator, scale = _STEPS.get(node.unit, ("", 1))
    whole = node.count.denominator == 1
    if not whole or not 1 <= node.count * scale <= _MOST.get(operator, 0):
        scope.mistake("PR403", node.span)
        return None
    if node.unit == "working_day" and workdays.calendar() is None:
        scope.mistake("PR570", node.span)
        return None
    steps = Constant(node.count * scale, "number")
    return apply(operator, "date", event, steps, origin=scope.origin("due", node.span))
