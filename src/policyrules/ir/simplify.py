"""Computing beforehand what a day settles; no value changes by it.

Comparisons and choices that become equal also become one to whoever follows paths, so an evaluator
that follows them takes their identity from the program as it was.
"""

from __future__ import annotations

from attrs import evolve, frozen

from policyrules.ir.fold import fold
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Expr,
    Kind,
    NotInForce,
    NotStated,
    Origin,
    Over,
    Reference,
    Unsettled,
    Variable,
)
from policyrules.ir.operators import OPERATORS, Plain


def specialise_expression(expr: Expr, on: int) -> Expr:
    """An expression as it is on one day."""
    return fold(expr, _On(on))


def unflagged(expr: Expr) -> Expr:
    """An expression without the flags around it."""
    while isinstance(expr, Apply) and expr.operator == "flagged":
        expr = expr.operands[0]
    return expr


@frozen
class _On:
    """Rebuilds an expression for a day; a settled node keeps the origin of what it stood for."""

    day: int

    def constant(self, node: Constant) -> Expr:
        return node

    def variable(self, node: Variable) -> Expr:
        return _constant(self.day, node.kind, node.origin) if node.subject == "date" else node

    def reference(self, node: Reference) -> Expr:
        return node

    def apply(self, node: Apply, operands: tuple[Expr, ...]) -> Expr:
        values = [_plain(operand) for operand in operands]
        known = [value for value in values if value is not None]
        if node.operator == "select" and values[0] is not None:
            return operands[1] if values[0] else operands[2]
        plain = OPERATORS[node.operator].plain
        if plain is not None and node.operator != "flagged" and len(known) == len(values):
            return _constant(plain(*known), node.kind, node.origin)
        return evolve(node, operands=operands)

    def over(self, node: Over, body: Expr | None, condition: Expr | None) -> Expr:
        return evolve(node, body=body, condition=condition)


def _constant(value: Plain, kind: Kind, origin: Origin | None) -> Constant:
    return Constant(value, kind, origin)


def _plain(expr: Expr) -> Plain | None:
    """The value of a constant that has one."""
    if not isinstance(expr, Constant) or isinstance(expr.value, NotStated | NotInForce | Unsettled):
        return None
    return expr.value
