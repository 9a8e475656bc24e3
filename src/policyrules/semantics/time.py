"""Completed time, and amounts for each completed step of a figure."""

from __future__ import annotations

from fractions import Fraction

from policyrules.forms.completed import each_completed, elapsed
from policyrules.ir.build import MISTAKE, Typed, apply
from policyrules.ir.nodes import Constant
from policyrules.semantics.conditions import Elaborate
from policyrules.semantics.deadlines import MONTHS, counted_from
from policyrules.semantics.parameters import TODAY
from policyrules.semantics.reading import YEARS_OF_AGE
from policyrules.semantics.scope import Scope, unit_text
from policyrules.syntax import ast
from policyrules.types.types import DATE
from policyrules.types.units import Unit, factor


def completed_time(node: ast.Elapsed, scope: Scope, value: Elaborate) -> Typed:
    """The whole years, months or days from one day to another, or to the date at hand."""
    since = _day(node.since, scope, value)
    until = _day(node.until, scope, value) if node.until else Typed(DATE, TODAY)
    if not since.known or not until.known:
        return MISTAKE
    unit = Unit(node.unit)
    return elapsed(
        node.unit, since.expr, until.expr, scope.origin("elapsed", node.span, None, unit)
    )


def calendar_day(node: ast.Later | ast.PeriodEnd, scope: Scope, value: Elaborate) -> Typed:
    """A day counted from another one, or the end of its month, quarter or year."""
    of = _day(node.of, scope, value)
    if not of.known:
        return MISTAKE
    if isinstance(node, ast.PeriodEnd):
        months = Constant(Fraction(MONTHS[node.period]), "number")
        origin = scope.origin("due", node.span)
        return Typed(DATE, apply("period_end", "date", of.expr, months, origin=origin))
    last = counted_from(of.expr, node, scope)
    return MISTAKE if last is None else Typed(DATE, last)


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
