"""Completed time, and amounts for each completed step of a figure."""

from __future__ import annotations

from fractions import Fraction

from policyrules.forms.completed import each_completed, elapsed
from policyrules.ir.build import MISTAKE, Typed, all_of, apply, comparison, truth
from policyrules.ir.nodes import Constant
from policyrules.semantics.conditions import Elaborate
from policyrules.semantics.deadlines import MONTHS, counted_from
from policyrules.semantics.parameters import TODAY
from policyrules.semantics.reading import YEARS_OF_AGE, read_fact
from policyrules.semantics.scope import Scope, unit_text
from policyrules.syntax import ast
from policyrules.syntax.names_built_in import BIRTH_DATE
from policyrules.types.types import DATE
from policyrules.types.units import Unit, factor

Calendar = ast.Later | ast.PeriodEnd | ast.DayExtreme | ast.AgeDay


def completed_time(node: ast.Elapsed, scope: Scope, value: Elaborate) -> Typed:
    """The whole years, months or days from one day to another, or to the date at hand."""
    since = _day(node.since, scope, value)
    until = _day(node.until, scope, value) if node.until else Typed(DATE, TODAY)
    if not since.known or not until.known:
        return MISTAKE
    if not isinstance(until.expr, Constant) and until.expr is not TODAY:
        until = Typed(DATE, apply("so_far", "date", until.expr, TODAY))
    unit = Unit(node.unit)
    return elapsed(
        node.unit, since.expr, until.expr, scope.origin("elapsed", node.span, None, unit)
    )


def calendar_day(node: Calendar, scope: Scope, value: Elaborate) -> Typed:
    """A day counted from another one, the end of its period, the first or last of several."""
    if isinstance(node, ast.DayExtreme):
        days = [_day(item, scope, value) for item in node.items]
        operator = "earliest" if node.which == "earlier" else "latest"
        origin = scope.origin(node.which, node.span)
        made = apply(operator, "date", *(day.expr for day in days), origin=origin)
        return Typed(DATE, made) if all(day.known for day in days) else MISTAKE
    if isinstance(node, ast.AgeDay):
        return _age_day(node, scope, value)
    of = _day(node.of, scope, value)
    if not of.known:
        return MISTAKE
    if isinstance(node, ast.PeriodEnd):
        months = Constant(Fraction(MONTHS[node.period]), "number")
        origin = scope.origin("due", node.span)
        return Typed(DATE, apply("period_end", "date", of.expr, months, origin=origin))
    last = counted_from(of.expr, node, scope)
    return MISTAKE if last is None else Typed(DATE, last)


def _age_day(node: ast.AgeDay, scope: Scope, value: Elaborate) -> Typed:
    """The birthday on which an age is reached."""
    birth = read_fact(BIRTH_DATE.key, node, scope)
    age = value(node.age, scope, YEARS_OF_AGE)
    if not birth.known or not age.known:
        return MISTAKE
    written = age.expr.value if isinstance(age.expr, Constant) else None
    months = written * 12 if isinstance(written, Fraction) else Fraction(0)
    if age.unit != YEARS_OF_AGE or months.denominator != 1:
        return scope.mistake("PR420", node.age.span)
    year = Constant(Fraction(12), "number")
    span = apply("multiply", "number", age.expr, year)
    origin = scope.origin("birthday", node.span)
    return Typed(DATE, apply("add_months", "date", birth.expr, span, origin=origin))


def in_period(node: ast.InPeriod, scope: Scope, value: Elaborate) -> Typed:
    """Whether a day is in the calendar month, quarter or year of another one."""
    of, day = _day(node.of, scope, value), _day(node.day, scope, value)
    if not of.known or not day.known:
        return MISTAKE
    origin = scope.origin("same period", node.span)
    months = Constant(Fraction(MONTHS[node.period]), "number")
    before = apply("previous_end", "date", day.expr, months)
    last = apply("period_end", "date", day.expr, months)
    begun = comparison(">", of.expr, before, origin)
    going_on = comparison("<=", of.expr, last, origin)
    return truth(all_of(begun, going_on, origin=origin))


def for_each_completed(
    node: ast.EachCompleted, scope: Scope, expected: Unit | None, value: Elaborate
) -> Typed:
    """An amount for each whole step of a figure."""
    of, amount = _figure(node.of, scope, None, value), _figure(node.amount, scope, expected, value)
    if not of.known or not amount.known:
        return MISTAKE
    step = scope.unit(node.unit)
    if of.unit == YEARS_OF_AGE and step == Unit("year"):
        step = YEARS_OF_AGE
    scale = factor(step, of.unit)
    if scale is None:
        return scope.mistake("PR351", node.span, step=unit_text(step), found=unit_text(of.unit))
    if node.step <= 0:
        return scope.mistake("PR352", node.span)
    origin = scope.origin("each completed", node.span, None, amount.unit)
    return each_completed(of, node.step * scale, amount, origin)


def _day(node: ast.Expr, scope: Scope, value: Elaborate) -> Typed:
    return scope.of_type(value(node, scope, None), DATE, node.span)


def _figure(node: ast.Expr, scope: Scope, expected: Unit | None, value: Elaborate) -> Typed:
    return scope.figure(value(node, scope, expected), node.span)
