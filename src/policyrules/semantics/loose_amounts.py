"""Amounts that a document leaves open: a range from one to another, or no amount at all."""

from __future__ import annotations

from typing import assert_never

from policyrules.forms.multiple import multiple
from policyrules.ir.build import MISTAKE, Typed, figure
from policyrules.ir.nodes import Constant, NotStated
from policyrules.semantics.conditions import Elaborate
from policyrules.semantics.scope import Scope
from policyrules.syntax import ast
from policyrules.types.types import NumberType
from policyrules.types.units import Unit


def loosely_stated(
    node: ast.AmountRange | ast.AmountNotStated,
    scope: Scope,
    expected: Unit | None,
    value: Elaborate,
) -> Typed:
    """An amount between two, or one of which the document says nothing."""
    match node:
        case ast.AmountRange():
            return _between(node, scope, expected, value)
        case ast.AmountNotStated():
            origin = scope.origin("not stated", node.span)
            silent = Constant(NotStated(payment=True), "number", origin)
            return Typed(NumberType(expected or Unit("")), silent)
        case _:
            assert_never(node)


def _between(node: ast.AmountRange, scope: Scope, expected: Unit | None, value: Elaborate) -> Typed:
    """Any amount between two; a bare figure is in the unit of the other one, or of the payment."""
    low, high = node.low, node.high
    if low.value > high.value:
        return scope.mistake("PR368", node.span)
    if isinstance(low, ast.Rate) or isinstance(high, ast.Rate):
        if scope.base is None:
            return scope.mistake("PR505", node.span)
        origin = scope.origin("multiple", node.span, spelled=scope.base.unit)
        known = scope.base.known
        return multiple(low.value, high.value, scope.base, origin) if known else scope.base
    upper = value(high, scope, expected)
    lower = value(low, scope, upper.unit)
    if not scope.same(lower, upper, node.span):
        return MISTAKE
    origin = scope.origin("range", node.span, spelled=upper.unit)
    return figure("range", upper.unit, lower.expr, upper.expr, origin=origin)
