"""Figures that follow another one: in step with it, counted as it, grown from it."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from policyrules.forms.counts_as import counts_as
from policyrules.forms.in_step import growth, in_step
from policyrules.forms.rounding import rounded
from policyrules.ir.build import MISTAKE, Typed, apply, comparison, number, truth
from policyrules.ir.nodes import Constant, Expr, NotInForce
from policyrules.ir.nodes import Parameter as Described
from policyrules.ir.simplify import specialise_expression
from policyrules.semantics.conditions import Elaborate
from policyrules.semantics.parameters import TODAY
from policyrules.semantics.quotients import nonzero
from policyrules.semantics.scope import Scope
from policyrules.syntax import ast
from policyrules.types.units import Unit

Adjusted = ast.InStep | ast.CountsAs | ast.Growth


def adjusted(node: Adjusted, scope: Scope, value: Elaborate) -> Typed:
    """A figure that follows another one, or the statement how far one has grown."""
    match node:
        case ast.InStep(of, with_):
            return _in_step(of, with_, node, scope, value)
        case ast.CountsAs(of, replaced):
            return _counts_as(of, replaced, node, scope, value)
        case ast.Growth():
            return _growth(node, scope, value)
        case _:
            assert_never(node)


def _in_step(
    of: ast.Expr, with_: ast.Expr, node: ast.Node, scope: Scope, value: Elaborate
) -> Typed:
    """The last value of a parameter, and what another one was when it came into force."""
    for side in (of, with_):
        if _parameter(side, scope) is None:
            return scope.mistake("PR365", side.span)
    starts = _starts(of, scope)
    if not starts:
        return scope.mistake("PR365", of.span)
    last, now = value(of, scope, None), value(with_, scope, None)
    if not last.known or not now.known:
        return MISTAKE
    then: Expr = Constant(NotInForce(), "number")
    for start in starts:
        at_that_time = specialise_expression(now.expr, start)
        if isinstance(at_that_time, Constant) and isinstance(at_that_time.value, NotInForce):
            return scope.mistake("PR366", with_.span)
        begun = comparison(">=", TODAY, Constant(start, "date"))
        then = apply("select", "number", begun, at_that_time, then)
    if not nonzero(then, scope):
        return scope.mistake("PR307", with_.span)
    origin = scope.origin("in step", node.span, spelled=last.unit)
    return in_step(last, now, Typed(now.type, then), origin)


def _parameter(node: ast.Expr, scope: Scope) -> Described | None:
    """The parameter that an expression names; None for anything else."""
    assert scope.parameters is not None
    if not isinstance(node, ast.Reference | ast.Indexed):
        return None
    return scope.parameters.described.get(node.name)


def _starts(node: ast.Expr, scope: Scope) -> list[int]:
    """The first days of the versions of a parameter."""
    found = _parameter(node, scope)
    return [v.start for v in found.versions if v.start is not None] if found else []


def _counts_as(
    of: ast.Expr,
    replaced: tuple[ast.Counting, ...],
    node: ast.Node,
    scope: Scope,
    value: Elaborate,
) -> Typed:
    figure = scope.figure(value(of, scope, None), of.span)
    if not figure.known:
        return figure
    pairs = []
    for item in replaced:
        pair = [value(side, scope, figure.unit) for side in (item.number, item.as_)]
        if not all(scope.same(figure, side, item.span) for side in pair):
            return MISTAKE
        pairs.append((pair[0], pair[1]))
    return counts_as(figure, pairs, scope.origin("counts as", node.span, spelled=figure.unit))


def _growth(node: ast.Growth, scope: Scope, value: Elaborate) -> Typed:
    sides = (node.left, node.right)
    left, right = [scope.figure(value(side, scope, None), side.span) for side in sides]
    if not left.known or not right.known:
        return MISTAKE
    if not scope.same(left, right, node.span):
        return MISTAKE
    if not nonzero(right.expr, scope):
        return scope.mistake("PR307", node.right.span)
    grown = growth(left, right, number(Fraction(1), Unit("")), scope.origin("growth", node.span))
    if node.step is not None:
        origin = scope.origin("round half up", node.span)
        grown = rounded(grown, "half up", node.step, origin)
    origin = scope.origin("compare =", node.span)
    return truth(comparison("=", grown.expr, Constant(node.rate, "number"), origin))
