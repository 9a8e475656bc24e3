"""Conditions: comparisons in the documents' words, categories, lists, and tests of members."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from policyrules.forms.members import test
from policyrules.ir.build import (
    MISTAKE,
    Typed,
    all_of,
    any_of,
    apply,
    comparison,
    negation,
    truth,
)
from policyrules.ir.nodes import Constant, Expr
from policyrules.semantics.scope import Scope, shown, values_of
from policyrules.source import Span, Text
from policyrules.syntax import ast
from policyrules.types.dates import last_day
from policyrules.types.types import DATE, TRUTH, ChoiceType, DateType, NumberType
from policyrules.types.units import Unit

_COMPARE = Text(
    "compare the figure with another, for example `… is less than 500 yuan per month`",
    "请写明与什么比较，例如“…低于500元/月”",
)
Elaborate = Callable[[ast.Expr, Scope, Unit | None], Typed]
Condition = (
    ast.Compare
    | ast.Between
    | ast.IsValue
    | ast.DateIn
    | ast.Applies
    | ast.Not
    | ast.And
    | ast.Or
    | ast.MemberTest
)


def condition(node: ast.Expr, scope: Scope, value: Elaborate) -> Expr:
    """An expression that must be yes or no."""
    typed = value(node, scope, None)
    hint = _COMPARE if isinstance(typed.type, NumberType) else None
    typed = scope.of_type(typed, TRUTH, node.span, hint)
    return typed.expr if typed.known else Constant(True, "truth")


def connective(node: Condition, scope: Scope, value: Elaborate) -> Typed:
    """A condition by its form."""
    match node:
        case ast.Compare(operator, left, right):
            return compare(operator, left, right, node, scope, value)
        case ast.Between(of=ast.Number() | ast.Quantity() | ast.Rate() | ast.DateLiteral()):
            return scope.mistake("PR323", node.span)
        case ast.Between(of, low_operator, low, high_operator, high):
            first = compare(low_operator, of, low, node, scope, value)
            second = compare(high_operator, of, high, node, scope, value)
            if not first.known or not second.known:
                return MISTAKE
            return truth(all_of(first.expr, second.expr, origin=scope.origin("all", node.span)))
        case ast.IsValue():
            return _is_value(node, scope, value)
        case ast.DateIn(of, period, until):
            return _date_in(of, period, until or period, scope, value)
        case ast.Applies(title):
            found = scope.applying.get(title)
            if found is None:
                return scope.mistake("PR517", node.span, title=title)
            return truth(found)
        case ast.Not(of):
            return truth(negation(condition(of, scope, value)))
        case ast.And(items):
            tests = _listed(items, scope, value)
            return truth(all_of(*tests, origin=scope.origin("all", node.span)))
        case ast.Or(items):
            tests = _listed(items, scope, value)
            return truth(any_of(*tests, origin=scope.origin("any", node.span)))
        case ast.MemberTest(quantifier, of, who):
            inner = condition(of, scope.of_person(), value)
            if who is not None:
                belongs = condition(who, scope.of_person(), value)
                origin = scope.origin(quantifier, node.span)
                inner = (
                    all_of(belongs, inner, origin=origin)
                    if quantifier == "any"
                    else any_of(negation(belongs), inner, origin=origin)
                )
            return test(quantifier, inner, scope.origin("members", node.span))
        case _:
            assert_never(node)


def _listed(items: tuple[ast.Expr, ...], scope: Scope, value: Elaborate) -> list[Expr]:
    """The items of a list; what an open one leaves out is told by those beside it."""
    tests = [condition(item, scope, value) for item in items if not isinstance(item, ast.Others)]
    origin = scope.origin("others", items[-1].span)
    left_out = [item for item in items if isinstance(item, ast.Others)]
    return [*tests, *(apply("others", "truth", *tests, origin=origin) for _ in left_out)]


def compare(
    operator: ast.Comparison,
    left: ast.Expr,
    right: ast.Expr,
    node: ast.Node,
    scope: Scope,
    value: Elaborate,
) -> Typed:
    """Two figures of the same unit, or two dates; a bare number takes the other's unit."""
    if isinstance(left, ast.Number) and not isinstance(right, ast.Number):
        second = value(right, scope, None)
        first = value(left, scope, second.unit)
    else:
        first = value(left, scope, None)
        second = value(right, scope, first.unit if isinstance(first.type, NumberType) else None)
    if not first.known or not second.known:
        return MISTAKE
    numbers = isinstance(first.type, NumberType) and isinstance(second.type, NumberType)
    dates = isinstance(first.type, DateType) and isinstance(second.type, DateType)
    if not numbers and not dates:
        return scope.mistake(
            "PR314", node.span, left=scope.shown(first.type), right=scope.shown(second.type)
        )
    if numbers and not scope.same(first, second, node.span):
        return MISTAKE
    origin = scope.origin(f"compare {operator}", node.span, spelled=first.unit)
    return truth(comparison(operator, first.expr, second.expr, origin))


def _is_value(node: ast.IsValue, scope: Scope, value: Elaborate) -> Typed:
    of = value(node.of, scope, None)
    if not of.known:
        return of
    if not isinstance(of.type, ChoiceType):
        return scope.mistake("PR315", node.of.span, found=shown(of.type))
    known = scope.symbols.values.get(of.type.category, frozenset())
    for name in node.values:
        if name not in known:
            test = Span(node.span.source, node.of.span.end + 1, node.span.end)
            return scope.mistake("PR207", test, hint=values_of(of.type.category, scope), name=name)
    origin = scope.origin("category", node.span)
    tests = [
        apply("is", "truth", of.expr, Constant(name, "choice"), origin=origin)
        for name in node.values
    ]
    found = any_of(*tests, origin=origin)
    return truth(negation(found) if node.negated else found)


def _date_in(
    of: ast.Expr, period: ast.DateLiteral, until: ast.DateLiteral, scope: Scope, value: Elaborate
) -> Typed:
    found = scope.of_type(value(of, scope, None), DATE, of.span)
    if not found.known:
        return found
    first, last = period.value, until.value
    if until.precision == "year":
        last = last_day(last.year)
    elif until.precision == "month":
        last = last_day(last.year, last.month)
    if last < first:
        return scope.mistake("PR367", until.span)
    origin = scope.origin("period", period.span)
    start = comparison(">=", found.expr, Constant(first.toordinal(), "date"), origin)
    stop = comparison("<=", found.expr, Constant(last.toordinal(), "date"), origin)
    return truth(all_of(start, stop, origin=origin))
