"""Conditions: comparisons in the documents' words, categories, lists, and tests of members."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from attrs import evolve

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
from policyrules.ir.nodes import Constant, Expr, Reference
from policyrules.semantics.scope import Scope, shown, values_of
from policyrules.semantics.titles import meant
from policyrules.source import Span, Text
from policyrules.syntax import ast
from policyrules.types.dates import last_day
from policyrules.types.types import DATE, TRUTH, ChoiceType, DateType, NumberType
from policyrules.types.units import Unit

_COMPARE = Text(
    "compare the figure with another, for example `… is less than 500 yuan per month`",
    "请写明与什么比较，例如“…低于500元/月”",
)
_UNQUOTED = Text(
    "a benefit is named without quotes: `NAME applies`", "待遇的名称不加引号，例如“适用低保金”"
)
_NAME_ALONE = Text("the name alone says that it is so", "只写名称即表示符合")
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
    if isinstance(node, ast.Bounded):
        scope.mistake("PR236", node.span)
        return Constant(True, "truth")
    typed = value(node, scope, None)
    hint = _COMPARE if isinstance(typed.type, NumberType) else None
    if isinstance(node, _NAMED) and _is_benefit(node.name, scope):
        name = scope.symbols.table[node.name].name.text
        hint = Text(
            f"for whether it is due write `{name.of('en')} applies`; else {_COMPARE.of('en')}",
            f"如指是否符合其条件，请写“适用{name.of('zh')}”；否则{_COMPARE.of('zh')}",
        )
    typed = scope.of_type(typed, TRUTH, node.span, hint)
    return typed.expr if typed.known else Constant(True, "truth")


def connective(node: Condition, scope: Scope, value: Elaborate) -> Typed:
    """A condition by its form."""
    match node:
        case ast.Compare(operator, left, right):
            return compare(operator, left, right, node, scope, value)
        case ast.Between(of=ast.Number() | ast.Quantity() | ast.Rate() | ast.DateLiteral()):
            return scope.mistake("PR323", node.span)
        case ast.Between() if _is_empty(node):
            dated = isinstance(node.low, ast.DateLiteral)
            return scope.mistake("PR367" if dated else "PR237", node.span)
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
        case ast.Applies(of):
            return _due(of, scope, value) if isinstance(of, _NAMED) else _in_effect(of, node, scope)
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


_NAMED = ast.Reference | ast.HouseholdFact


def _in_effect(title: Text, node: ast.Node, scope: Scope) -> Typed:
    """Whether an exception above holds."""
    found = scope.applying.get(meant(title, scope.applying) or title)
    if found is None:
        hint = _UNQUOTED if _is_benefit(title, scope) else None
        return scope.mistake("PR517", node.span, hint=hint, title=title)
    return truth(found)


def _due(rule: ast.Reference | ast.HouseholdFact, scope: Scope, value: Elaborate) -> Typed:
    """Whether a benefit is due, whatever its amount."""
    found = value(rule, scope, None)
    if found.known and not _is_benefit(rule.name, scope):
        name = scope.symbols.table[rule.name].name.text if rule.name in scope.symbols.table else ""
        hint = _NAME_ALONE if found.type == TRUTH else None
        return scope.mistake("PR524", rule.span, hint=hint, name=name or rule.name)
    if not found.known:
        return found
    assert isinstance(found.expr, Reference)
    return truth(evolve(found.expr, kind="truth"))


def _is_benefit(name: str | Text, scope: Scope) -> bool:
    """Whether a name, or a quoted text, is that of a benefit."""
    spellings = {name} if isinstance(name, str) else {name.en, name.zh} - {None}
    return any(
        symbol.kind == "benefit" and spellings & {symbol.name.en, symbol.name.zh}
        for symbol in scope.symbols.all("benefit")
    )


def _is_empty(node: ast.Between) -> bool:
    """Whether the ends of a comparison are written so that nothing lies between them."""
    first, second = node.low, node.high
    first_operator, second_operator = node.low_operator, node.high_operator
    if first_operator in {"<", "<="}:
        first, second = second, first
        first_operator, second_operator = second_operator, first_operator
    if first_operator not in {">", ">="} or second_operator not in {"<", "<="}:
        return False
    low, high = _written(first), _written(second)
    if low is None or high is None or (low[1] != high[1] and None not in {low[1], high[1]}):
        return False
    inclusive = (first_operator, second_operator) == (">=", "<=")
    return low[0] > high[0] or (low[0] == high[0] and not inclusive)


def _written(node: ast.Expr) -> tuple[Fraction, object] | None:
    """A figure that is written out, and what it is a figure of; None of that where it is bare."""
    match node:
        case ast.Number(figure):
            return figure, None
        case ast.Rate(figure):
            return figure, "rate"
        case ast.Quantity(figure, unit):
            return figure, unit
        case ast.DateLiteral(day):
            return Fraction(day.toordinal()), "date"
        case ast.Multiple(low, high, of) if low == high:
            return low, of
        case _:
            return None


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
    known = scope.symbols.values.get(of.type.category, ())
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
