"""Expressions: names read, units checked, forms applied; from the syntax tree to the IR.

`value` elaborates any expression. A bare number takes the unit of what it meets, `expected`: the
other side of a comparison, or the declared unit where it is the whole right side.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import evolve

from policyrules.forms.bounded import at_least_only, at_most_only
from policyrules.forms.changes import changed
from policyrules.forms.difference import difference
from policyrules.forms.extremes import extreme
from policyrules.forms.members import count, over
from policyrules.forms.multiple import multiple
from policyrules.forms.parts import part, remainder
from policyrules.forms.share import share
from policyrules.ir.build import (
    MISTAKE,
    ZERO,
    Typed,
    choose,
    comparison,
    day,
    figure,
    number,
    scaled,
)
from policyrules.ir.nodes import Apply, Constant, NotInForce
from policyrules.ir.simplify import specialise_expression
from policyrules.semantics.adjustments import adjusted
from policyrules.semantics.conditions import condition, connective
from policyrules.semantics.earlier import read_earlier
from policyrules.semantics.honesty import manual
from policyrules.semantics.limits import adjoined
from policyrules.semantics.lists import of_records
from policyrules.semantics.loose_amounts import loosely_stated
from policyrules.semantics.parameters import TODAY
from policyrules.semantics.quotients import nonzero
from policyrules.semantics.reading import PERSONS, YEARS_OF_AGE, read_fact
from policyrules.semantics.scope import A_FIGURE, Scope, unit_text
from policyrules.semantics.time import calendar_day, completed_time, for_each_completed, in_period
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.types import DATE
from policyrules.types.units import Unit, factor, per, period, times, whom, with_period

_TABLE = Text("a parameter `by` a category", "按类别分列的标准")


def value(node: ast.Expr, scope: Scope, expected: Unit | None) -> Typed:
    """An expression with its type; mistakes are reported and give the unknown type."""
    if isinstance(node, ast.Limit | ast.Rounded):
        return adjoined(node, evolve(scope, counted=None), expected, value).amount
    match node:
        case ast.Number(found):
            return number(found, expected or Unit(""), scope.origin("number", node.span))
        case ast.Quantity():
            return _quantity(node, scope, expected)
        case ast.Rate(found):
            return number(found, Unit(""), scope.origin("rate", node.span))
        case ast.DateLiteral(found):
            return day(found.toordinal(), scope.origin("date", node.span))
        case ast.TheDate():
            return Typed(DATE, TODAY)
        case ast.GeneralAmount():
            return _general_amount(node, scope)
        case ast.PreviousPayment():
            return scope.previous or scope.mistake("PR573", node.span)
        case ast.Reference(name):
            return read_fact(name, node, scope)
        case ast.HouseholdFact(name):
            return read_fact(name, node, scope, of_household=True)
        case ast.Value(name) | ast.Indexed(name):
            return _table_or_value(node, scope)
        case ast.OnDate(of, on):
            return _on_date(of, on, scope)
        case ast.Elapsed():
            return completed_time(node, scope, value)
        case ast.Later() | ast.PeriodEnd() | ast.DayExtreme() | ast.AgeDay():
            return calendar_day(node, scope, value)
        case ast.InPeriod():
            return in_period(node, scope, value)
        case ast.EachCompleted():
            return for_each_completed(node, scope, expected, value)
        case ast.NumberOfMembers() | ast.OverMembers() | ast.EachMember():
            return _members(node, scope, expected)
        case ast.NumberOfRecords() | ast.OverRecords() | ast.EachRecord() | ast.RecordTest():
            return of_records(node, scope, expected, value)
        case ast.Binary():
            return _binary(node, scope)
        case ast.Difference(left, right):
            pair = _same_units((left, right), node, scope)
            if pair is None:
                return MISTAKE
            return difference(pair[0], pair[1], scope.origin("difference", node.span))
        case ast.Extreme(which, items):
            figures = _same_units(items, node, scope)
            return extreme(which, figures, scope.origin(which, node.span)) if figures else MISTAKE
        case ast.Remainder() | ast.Part() | ast.TopUp():
            return _parts(node, scope)
        case ast.Changed() | ast.SetTo():
            return _change(node, scope)
        case ast.InStep() | ast.CountsAs() | ast.Growth():
            return adjusted(node, scope, value)
        case ast.AmountRange() | ast.AmountNotStated():
            return loosely_stated(node, scope, expected, value)
        case ast.Bounded(operator, of):
            return _bounded(operator, of, node, scope, expected)
        case ast.Share(rate, of):
            return _share(rate, of, node, scope)
        case ast.Multiple(low, high) if low > high:
            return scope.mistake("PR368", node.span)
        case ast.Multiple(low, high, of):
            base = _number(of, scope)
            origin = scope.origin("multiple", node.span, spelled=base.unit)
            return multiple(low, high, base, origin) if base.known else base
        case ast.Converted(of, length):
            return _converted(of, length, scope)
        case ast.IfZero():
            return _if_zero(node, scope)
        case ast.AmountAbove():
            raise AssertionError("only a limits line means the amount above")
        case ast.Nothing():
            return number(Fraction(0), expected or Unit(""), scope.origin("nothing", node.span))
        case (
            ast.Compare()
            | ast.Between()
            | ast.IsValue()
            | ast.DateIn()
            | ast.Applies()
            | ast.Not()
            | ast.And()
            | ast.Or()
            | ast.MemberTest()
        ):
            return connective(node, scope, value)
        case ast.CaseByCase():
            return manual(node, scope, expected)
        case ast.Others():
            raise AssertionError("what a list leaves open is elaborated with its list")
        case _:
            assert_never(node)


def _general_amount(node: ast.GeneralAmount, scope: Scope) -> Typed:
    """What the rule gives without the exception: the largest of one figure, to be told by name."""
    general = scope.general
    if general is None:
        return scope.mistake("PR516", node.span)
    if not isinstance(general.expr, Apply):
        return general
    origin = scope.origin("general amount", node.span, spelled=general.unit)
    return figure("maximum", general.unit, general.expr, origin=origin)


def _quantity(node: ast.Quantity, scope: Scope, expected: Unit | None) -> Typed:
    """A number with its unit; 3人 beside a number of members, 18岁 beside an age."""
    spelled = scope.unit(node.unit)
    if expected in {PERSONS, YEARS_OF_AGE} and spelled.text in {"person", "year"}:
        spelled = expected or spelled
    return number(node.value, spelled, scope.origin("number", node.span, spelled=spelled))


def _number(node: ast.Expr, scope: Scope, expected: Unit | None = None) -> Typed:
    """An expression that must be a number."""
    return scope.figure(value(node, scope, expected), node.span)


def _table_or_value(node: ast.Value | ast.Indexed, scope: Scope) -> Typed:
    if isinstance(node, ast.Indexed) and node.name in scope.symbols.lagged:
        return read_earlier(scope.symbols.lagged[node.name], node.values, scope, node)
    symbol = scope.symbols.table.get(node.name)
    if isinstance(node, ast.Value) or symbol is None or symbol.kind != "parameter":
        name = symbol.name.text if symbol else node.name
        wanted = A_FIGURE if isinstance(node, ast.Value) else _TABLE
        return scope.mistake("PR208", node.span, name=name, wanted=wanted)
    assert scope.parameters is not None
    return scope.parameters.read(symbol, node.values, scope, node)


def _on_date(of: ast.Reference | ast.Indexed, on: ast.DateLiteral, scope: Scope) -> Typed:
    """A parameter as it was or will be on another date."""
    symbol = scope.symbols.table.get(of.name)
    if symbol is None or symbol.kind != "parameter":
        name = symbol.name.text if symbol else of.name
        return scope.mistake("PR401", of.span, name=name)
    found = value(of, scope, None)
    if not found.known:
        return found
    expr = specialise_expression(found.expr, on.value.toordinal())
    if isinstance(expr, Constant) and isinstance(expr.value, NotInForce):
        return scope.mistake("PR406", on.span, name=symbol.name.text)
    return Typed(found.type, expr)


def _members(
    node: ast.NumberOfMembers | ast.OverMembers | ast.EachMember,
    scope: Scope,
    expected: Unit | None,
) -> Typed:
    """Figures over the members; inside, the subject is each member in turn."""
    if scope.subject is None:
        return scope.mistake("PR308", node.span, name="members")
    inner = evolve(scope.of_person(), counted=None)
    if isinstance(node, ast.NumberOfMembers):
        who = condition(node.who, inner, value) if node.who else None
        return count(who, scope.origin("count", node.span))
    each = isinstance(node, ast.EachMember)
    wanted = Unit(expected.text.replace("household", "person")) if expected and each else None
    body = _number(node.of, inner, wanted)
    if not body.known:
        return body
    if whom(body.unit) == "household":
        return scope.mistake("PR306", node.of.span, found=unit_text(body.unit))
    who = condition(node.who, inner, value) if node.who else None
    if isinstance(node, ast.EachMember):
        return over("sum", body, who, scope.origin("each member", node.span, spelled=body.unit))
    return over(node.function, body, who, scope.origin(node.function, node.span))


def _binary(node: ast.Binary, scope: Scope) -> Typed:
    for side in (node.left, node.right):
        bare = isinstance(side, ast.Rate) and node.operator in "+-"
        if bare and not _is_ratio(node, side, scope):
            return scope.mistake("PR304", side.span)
    left, right = _number(node.left, scope), _number(node.right, scope)
    if not left.known or not right.known:
        return MISTAKE
    if node.operator in "+-":
        if not scope.same(left, right, node.span):
            return MISTAKE
        operator = "add" if node.operator == "+" else "subtract"
        return figure(
            operator, left.unit, left.expr, right.expr, origin=scope.origin(operator, node.span)
        )
    return _scaled_binary(node, left, right, scope)


def _if_zero(node: ast.IfZero, scope: Scope) -> Typed:
    """A quotient with what holds where its divisor is zero."""
    of = node.of
    if not isinstance(of, ast.Binary) or of.operator != "/":
        return scope.mistake("PR550", node.span)
    left, right = _number(of.left, scope), _number(of.right, scope)
    if not left.known or not right.known:
        return MISTAKE
    quotient = _quotient(of, left, right, scope)
    otherwise = _number(node.otherwise, scope, quotient.unit)
    if not otherwise.known or not scope.same(quotient, otherwise, node.otherwise.span):
        return MISTAKE
    origin = scope.origin("compare =", of.right.span, spelled=right.unit)
    zero = comparison("=", right.expr, ZERO, origin)
    return choose(zero, otherwise, quotient, scope.origin("if zero", node.span))


def _is_ratio(node: ast.Binary, side: ast.Expr, scope: Scope) -> bool:
    """Whether a percentage is added to or taken from a named rate or a quotient."""
    other = node.right if side is node.left else node.left
    return not isinstance(other, ast.Number) and value(other, scope, None).unit == Unit("")


def _scaled_binary(node: ast.Binary, left: Typed, right: Typed, scope: Scope) -> Typed:
    """A product or quotient, with the factor that joining units brings."""
    if node.operator == "/":
        if not nonzero(right.expr, scope):
            return scope.mistake("PR307", node.right.span)
        return _quotient(node, left, right, scope)
    joined, scale = times(left.unit, right.unit)
    origin = scope.origin("multiply", node.span, spelled=joined)
    made = figure("multiply", joined, left.expr, right.expr, origin=origin)
    return scaled(made, scale, joined)


def _quotient(node: ast.Binary, left: Typed, right: Typed, scope: Scope) -> Typed:
    joined, scale = per(left.unit, right.unit)
    origin = scope.origin("divide", node.span, spelled=joined)
    made = figure("divide", joined, left.expr, right.expr, origin=origin)
    return scaled(made, scale, joined)


def _same_units(items: tuple[ast.Expr, ...], node: ast.Node, scope: Scope) -> list[Typed] | None:
    """Figures of one unit; bare numbers take that of the others."""
    known = next((item for item in items if not isinstance(item, ast.Number)), items[0])
    lead = _number(known, scope)
    found = [lead if item is known else _number(item, scope, lead.unit) for item in items]
    if not all(item.known for item in found):
        return None
    return found if all(scope.same(lead, item, node.span) for item in found) else None


def _parts(node: ast.Remainder | ast.Part | ast.TopUp, scope: Scope) -> Typed:
    """What remains of an amount, a part of it, or what it lacks."""
    match node:
        case ast.Remainder(of, after):
            items = (of, *after)
        case ast.Part(of, _, threshold):
            items = (of, threshold)
        case ast.TopUp(to, of):
            items = (to, of)
        case _:
            assert_never(node)
    figures = _same_units(items, node, scope)
    if figures is None:
        return MISTAKE
    if isinstance(node, ast.Part):
        origin = scope.origin(f"part {node.side}", node.span, spelled=figures[0].unit)
        return part(figures[0], node.side, figures[1], origin)
    if isinstance(node, ast.TopUp):
        return difference(figures[0], figures[1], scope.origin("difference", node.span))
    return remainder(figures[0], figures[1:], scope.origin("remainder", node.span))


def _change(node: ast.Changed | ast.SetTo, scope: Scope) -> Typed:
    """An increase or reduction; a percentage of a rate must say points or times."""
    of = _number(node.of, scope)
    if not of.known:
        return of
    if isinstance(node, ast.SetTo):
        to = _number(node.to, scope, of.unit)
        return to if scope.same(of, to, node.span) else MISTAKE
    if node.points != (of.unit == Unit("")):
        return scope.mistake("PR320" if not node.points else "PR321", node.span)
    origin = scope.origin("changed", node.span, spelled=of.unit)
    return changed(of, node.by, origin, points=node.points)


def _bounded(
    operator: ast.Comparison, of: ast.Expr, node: ast.Node, scope: Scope, expected: Unit | None
) -> Typed:
    """A payment of which the document states one end only."""
    found = _number(of, scope, expected)
    if not found.known:
        return found
    if operator == ">=":
        return at_least_only(found, scope.origin("at least", node.span, spelled=found.unit))
    if operator == "<=":
        return at_most_only(found, scope.origin("at most", node.span, spelled=found.unit))
    return scope.mistake("PR322" if scope.benefit else "PR236", node.span)


def _share(rate: Fraction, of: ast.Expr | None, node: ast.Node, scope: Scope) -> Typed:
    if of is None:
        if scope.base is None:
            return scope.mistake("PR505", node.span)
        base = scope.base
    else:
        base = _number(of, scope)
    origin = scope.origin("share", node.span, spelled=base.unit)
    return share(rate, base, origin) if base.known else base


def _converted(of: ast.Expr, length: ast.Period, scope: Scope) -> Typed:
    """The same rate per another period, for sums and comparisons."""
    found = _number(of, scope)
    if not found.known:
        return found
    target = with_period(found.unit, length)
    scale = factor(found.unit, target) if period(found.unit) else None
    if scale is None:
        return scope.mistake(
            "PR316", of.span, found=unit_text(found.unit), declared=unit_text(target)
        )
    return scaled(found, scale, target)
