"""Benefits and definitions: conditions, cases, amounts, rounding, in the order written."""

from __future__ import annotations

from attrs import evolve

from policyrules.ir.build import ZERO, all_of, apply, figure
from policyrules.ir.nodes import Definition
from policyrules.semantics.ages import check_ages
from policyrules.semantics.branches import conditions, outcome
from policyrules.semantics.choices import choice
from policyrules.semantics.discretion import check_ranged, says_something
from policyrules.semantics.exceptions import with_exceptions
from policyrules.semantics.expressions import value
from policyrules.semantics.honesty import soft_lines
from policyrules.semantics.lines import Clauses
from policyrules.semantics.order import check_figure, check_limits, check_whole
from policyrules.semantics.payment_period import in_payment, with_grace
from policyrules.semantics.scope import Scope
from policyrules.semantics.validity import validity
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.types import ChoiceType, DateType, NumberType, Type
from policyrules.types.units import unit


def elaborate_benefit(node: ast.Benefit, made: Definition, scope: Scope) -> Definition | None:
    """A benefit: whether it is due, and how much is then paid."""
    clauses = node.clauses
    scope = evolve(scope, benefit=node)
    check_limits(node, scope)
    declared = unit(made.unit)
    tests = conditions(clauses, scope)
    general = outcome(clauses, declared, node.name, scope)
    if general is None:
        return None
    found = with_exceptions(node, clauses, general, declared, scope)
    if found is None:
        return None
    origin = scope.origin("not below zero", node.name.span, spelled=declared)
    paid = figure("maximum", declared, ZERO, found.amount.expr, origin=origin)
    whole = scope.origin("conditions", node.name.span)
    regular = all_of(*tests, *found.due, origin=whole)
    going_on = with_grace(clauses, regular, paid, declared, scope)
    if going_on is None:
        return None
    due, paid = going_on
    months = in_payment(clauses, scope)
    if due is not regular:
        due = all_of(*months, due, origin=whole)
    elif months:
        due = all_of(*months, *tests, *found.due, origin=whole)
    period = validity(clauses, scope)
    if period is not None:
        due = all_of(period, due, origin=scope.origin("in force", node.name.span))
    check_ages(scope, due, paid.expr)
    lines = _with_exceptions(node, scope)
    check_ranged(lines, paid.expr, scope)
    return evolve(
        made,
        holds=due,
        amount=paid.expr,
        value=apply("select", "number", due, paid.expr, ZERO),
        occasion=node.type.occasion,
        readings=_readings(clauses),
        soft=soft_lines(lines, scope, value),
        grants=found.grants if any(map(says_something, found.grants)) else (),
    )


def elaborate_body(
    node: ast.Definition, made: Definition, declared: Type, scope: Scope
) -> Definition | None:
    """A definition: a figure, a condition or a date, whole or by cases."""
    made = evolve(made, readings=_readings(node.clauses))
    if isinstance(declared, NumberType):
        before = len(scope.report.diagnostics)
        check_figure(node, scope)
        if len(scope.report.diagnostics) > before:
            return None
        general = outcome(node.clauses, declared.unit, node.name, scope)
        if general is None:
            return None
        if not general.whole:
            scope.mistake("PR504", node.name.span, name=node.name.text)
            return None
        found = with_exceptions(node, node.clauses, general, declared.unit, scope)
        return evolve(made, value=found.amount.expr) if found else None
    exceptions = scope.symbols.exceptions.get(node.name.key, ())
    for exception in exceptions:
        scope.mistake("PR518", exception.span, title=exception.title)
    if exceptions:
        return None
    if isinstance(declared, ChoiceType | DateType):
        chosen = choice(node, declared, scope)
        return evolve(made, value=chosen) if chosen else None
    check_whole(node.clauses, scope)
    bodies = [clause for clause in node.clauses if isinstance(clause, ast.Pays)]
    if not bodies:
        scope.mistake("PR503", node.name.span, name=node.name.text)
        return None
    if isinstance(bodies[0].of, ast.Bounded):
        scope.mistake("PR236", bodies[0].of.span)
        return None
    body = scope.of_type(value(bodies[0].of, scope, None), declared, bodies[0].of.span)
    return evolve(made, value=body.expr) if body.known else None


def _with_exceptions(node: ast.Benefit, scope: Scope) -> Clauses:
    """The lines of a benefit and those of its exceptions."""
    exceptions = scope.symbols.exceptions.get(node.name.key, ())
    return (*node.clauses, *(clause for found in exceptions for clause in found.clauses))


def _readings(clauses: Clauses) -> tuple[Text, ...]:
    return tuple(clause.text for clause in clauses if isinstance(clause, ast.Reading))
