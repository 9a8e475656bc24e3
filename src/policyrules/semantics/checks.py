"""Checks: statements over parameters and statistics, tried in every period."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from policyrules.ir.nodes import Check, Expr, Variable
from policyrules.ir.walk import nodes
from policyrules.semantics.conditions import condition
from policyrules.semantics.dependencies import names_read
from policyrules.semantics.expressions import value
from policyrules.semantics.parameters import cited
from policyrules.semantics.scope import Scope
from policyrules.syntax import ast


def elaborate_check(node: ast.Check, scope: Scope) -> Iterator[Check]:
    """The statements of a check, each with the days on which it has to hold."""
    scope = evolve(scope, check=True, cites=cited(scope, node.places))
    if not node.statements:
        scope.mistake("PR511", node.span)
    for statement in node.statements:
        expr = condition(statement, scope, value)
        yield Check(
            title=node.title,
            statement=expr,
            days=_days(statement, expr, scope),
            span=statement.span,
            cites=scope.cites,
            readings=tuple(reading.text for reading in node.readings),
        )


def _days(statement: ast.Expr, expr: Expr, scope: Scope) -> tuple[int, ...]:
    """The first day of each period in which all that the statement reads is in force."""
    assert scope.parameters is not None
    dated = any(isinstance(found, Variable) and found.name == "date" for found in nodes(expr))
    if not dated:
        return (1,)
    read = {name for name, _ in names_read(statement)}
    found = [scope.parameters.starts(name) for name in sorted(read)]
    starts = [[day or 1 for day in days] for days in found if days]
    if not starts:
        return (1,)
    first = max(min(days) for days in starts)
    return tuple(sorted({day for days in starts for day in days if day >= first}))
