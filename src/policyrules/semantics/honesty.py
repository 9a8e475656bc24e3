"""What a rule leaves to a person, and what holds as a rule only."""

from __future__ import annotations

from attrs import evolve

from policyrules.ir.build import Typed, apply
from policyrules.ir.nodes import Constant, Soft, Unsettled
from policyrules.semantics.conditions import Elaborate, condition
from policyrules.semantics.scope import Scope
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.types import NumberType
from policyrules.types.units import Unit

Clauses = tuple[ast.Clause, ...]
_BY_A_PERSON = Text("case by case", "一事一议")


def manual(node: ast.CaseByCase, scope: Scope, expected: Unit | None) -> Typed:
    """An amount that a person decides: it has none until then."""
    value = Unsettled("manual", _BY_A_PERSON)
    origin = scope.origin("manual", node.span)
    return Typed(NumberType(expected or Unit("")), Constant(value, "number", origin))


def is_manual(found: Typed) -> bool:
    """Whether an amount is decided by a person."""
    return isinstance(found.expr, Constant) and isinstance(found.expr.value, Unsettled)


def softened(amount: Typed, clauses: Clauses) -> Typed:
    """An amount with the flag that some of its lines hold as a rule only."""
    if not any(isinstance(clause, ast.SoftRule | ast.SoftLimit) for clause in clauses):
        return amount
    flag = Constant("soft rule", "choice")
    return evolve(amount, expr=apply("flagged", "number", amount.expr, flag))


def soft_lines(clauses: Clauses, scope: Scope, value: Elaborate) -> tuple[Soft, ...]:
    """The lines that never decide, to be shown beside the reasons."""
    found: list[Soft] = []
    for clause in clauses:
        match clause:
            case ast.SoftRule(condition=test):
                found.append(Soft(condition(test, scope, value)))
            case ast.SoftLimit(operator, ast.Quantity(number, unit)):
                found.append(Soft(None, operator, number, scope.unit(unit).text))
            case _:
                pass
    return tuple(found)
