"""Periods of validity: a rule holds from its first to its last day, and outside has no value."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from policyrules.ir.build import all_of, apply, comparison
from policyrules.ir.nodes import Constant, Definition, Expr, NotInForce
from policyrules.semantics.document_validity import days, ends_first
from policyrules.semantics.parameters import TODAY
from policyrules.semantics.scope import Scope
from policyrules.syntax import ast


def validity(clauses: Iterable[ast.Node], scope: Scope) -> Expr | None:
    """That the date lies in the period of validity; None where none is stated."""
    valid = next((clause for clause in clauses if isinstance(clause, ast.Valid)), None)
    if valid is None:
        return None
    if ends_first(valid):
        scope.mistake("PR411", valid.span)
        return None
    first, last = days(valid)
    origin = scope.origin("period", valid.span)
    since, until = (scope.origin(f"compare {sign}", valid.span) for sign in (">=", "<="))
    ends = []
    if first is not None:
        ends.append(comparison(">=", TODAY, Constant(first, "date"), since))
    if last is not None:
        ends.append(comparison("<=", TODAY, Constant(last, "date"), until))
    test = all_of(*ends, origin=origin)
    written = (valid.start, valid.end)
    if any(end is not None and end.precision == "year" for end in written):
        return apply("flagged", "truth", test, Constant("year precision", "choice"))
    return test


def in_force(rule: Definition, node: ast.AnyDeclaration | None, scope: Scope) -> Definition:
    """A rule that has no value outside its period; of a benefit, other rules then read 0 and no."""
    rule = evolve(rule, due=rule.holds)
    clauses: tuple[ast.Node, ...] = ()
    if isinstance(node, ast.Benefit | ast.Definition):
        clauses = node.clauses
    elif isinstance(node, ast.Deadline):
        clauses = (node.valid,) if node.valid else ()
    valid = next((clause for clause in clauses if isinstance(clause, ast.Valid)), None)
    test = validity(clauses, evolve(scope, cites=rule.cites))
    if valid is None or test is None:
        return rule
    first, last = days(valid)
    rule = evolve(rule, valid_from=first, valid_to=last)
    outside = NotInForce(rule.name)
    origin = scope.origin("validity", valid.span)
    if rule.holds is None:
        silent = Constant(outside, rule.kind)
        value = apply("select", rule.kind, test, rule.value, silent, origin=origin)
        return evolve(rule, value=value)
    silent = Constant(outside, "truth")
    return evolve(rule, holds=apply("select", "truth", test, rule.holds, silent, origin=origin))
