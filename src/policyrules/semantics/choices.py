"""Definitions of a category or a date: the value of the first case or band that holds."""

from __future__ import annotations

from itertools import pairwise

from attrs import evolve

from policyrules.ir.build import apply, kind_of
from policyrules.ir.nodes import Constant, Expr
from policyrules.semantics.bands import Ladder, ladder
from policyrules.semantics.branches import under_base
from policyrules.semantics.conditions import condition
from policyrules.semantics.expressions import value
from policyrules.semantics.order import check_clauses
from policyrules.semantics.scope import Scope, values_of
from policyrules.syntax import ast
from policyrules.types.types import ChoiceType, DateType

Chosen = ChoiceType | DateType
Line = tuple[Expr | None, Expr, ast.Node]


def choice(node: ast.Definition, declared: Chosen, scope: Scope) -> Expr | None:
    """Which value of its category or which day a definition has; None where a mistake was found."""
    before = len(scope.report.diagnostics)
    check_clauses(node.clauses, scope)
    lines, covering = _lines(node, declared, scope)
    if not lines:
        scope.mistake("PR503", node.name.span, name=node.name.text)
    elif lines[-1][0] is not None and not covering:
        scope.mistake("PR504", node.name.span, name=node.name.text)
    for (when, _, _), (_, _, later) in pairwise(lines):
        if when is None:
            scope.mistake("PR510", later.span)
    if len(scope.report.diagnostics) > before:
        return None
    found = lines[-1][1]
    for when, chosen, line in reversed(lines):
        if when is not None:
            origin = scope.origin("case", line.span)
            found = apply("select", kind_of(declared), when, chosen, found, origin=origin)
    return found


def _lines(node: ast.Definition, declared: Chosen, scope: Scope) -> tuple[list[Line], bool]:
    """The lines with their conditions, and whether bands leave nothing out."""
    lines: list[Line] = []
    bands: Ladder | None = None
    covering = False
    for index, clause in enumerate(node.clauses):
        match clause:
            case ast.Base(of):
                scope, bands = evolve(scope, base=value(of, scope, None)), None
            case ast.Case(when, of):
                lines.append((condition(when, scope, value), _value(of, declared, scope), clause))
            case ast.Band(of=of):
                bands = bands or ladder(under_base(node.clauses[index:]), scope)
                covering = covering or bands.covering
                lines.append((bands.test(clause), _value(of, declared, scope), clause))
            case ast.Pays(of) | ast.Otherwise(of):
                lines.append((None, _value(of, declared, scope), clause))
            case ast.RoundedClause() | ast.Deductible() | ast.Bracket() | ast.Limited():
                scope.mistake("PR343", clause.span)
            case _:
                pass
    return lines, covering


def _value(of: ast.Expr, declared: Chosen, scope: Scope) -> Expr:
    """One value of the category, a day, or what has one."""
    if isinstance(of, ast.Value) and isinstance(declared, ChoiceType):
        if of.name not in scope.symbols.values[declared.category]:
            hint = values_of(declared.category, scope)
            scope.mistake("PR207", of.span, hint=hint, name=of.name)
        return Constant(of.name, "choice", scope.origin("choice", of.span))
    return scope.of_type(value(of, scope, None), declared, of.span).expr
