"""When a benefit is paid: from which month, until which, and how it goes on in a grace period."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from policyrules.ir.build import (
    ZERO,
    Typed,
    all_of,
    any_of,
    apply,
    choose,
    comparison,
    figure,
    negation,
)
from policyrules.ir.nodes import Constant, Expr, Origin
from policyrules.semantics.conditions import condition
from policyrules.semantics.expressions import value
from policyrules.semantics.limits import adjoined
from policyrules.semantics.lines import Clauses
from policyrules.semantics.parameters import TODAY
from policyrules.semantics.payments import Payment
from policyrules.semantics.reading import read_fact
from policyrules.semantics.scope import Scope
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.syntax.names import failing_name, previous_name
from policyrules.types.types import DATE
from policyrules.types.units import Unit

_MONTH = Constant(Fraction(1), "number")
_LENGTHS = {"month": 1, "quarter": 3, "year": 12}
_REGULAR = Text("the regular payment", "正常发放")


def in_payment(clauses: Clauses, scope: Scope) -> list[Expr]:
    """That the first month of payment has come, and the first month without has not."""
    tests = []
    for clause in clauses:
        if isinstance(clause, ast.PaidFrom | ast.PaidUntil):
            event = scope.of_type(value(clause.event, scope, None), DATE, clause.event.span)
            if event.known:
                tests.append(_in_payment(clause, event, scope))
    return tests


def _in_payment(clause: ast.PaidFrom | ast.PaidUntil, event: Typed, scope: Scope) -> Expr:
    """That the date lies after the last day of the month of the event, or of the one before."""
    operator = "period_end" if clause.following else "previous_end"
    origin = scope.origin("month", clause.span)
    last = apply(operator, "date", event.expr, _MONTH, origin=origin)
    begun = comparison(">", TODAY, last, scope.origin("compare >", clause.span))
    return begun if isinstance(clause, ast.PaidFrom) else negation(begun)


@frozen
class _Stage:
    """One line of a grace period: its months, counted from the first, and what it pays."""

    first: int
    last: int
    payment: Payment
    line: ast.Grace


def with_grace(
    clauses: Clauses, due: Expr, paid: Typed, declared: Unit, scope: Scope
) -> tuple[Expr, Typed] | None:
    """When a benefit is due and how much, with its grace period; None where there is a mistake."""
    lines = [clause for clause in clauses if isinstance(clause, ast.Grace)]
    if not lines:
        return due, paid
    assert scope.benefit is not None
    if isinstance(due, Constant):
        scope.mistake("PR572", lines[0].span, name=scope.benefit.name.text)
        return None
    stages = _stages(clauses, declared, scope)
    if stages is None:
        return None
    *earlier, amount = stages
    going_on = amount.payment.amount
    for stage in reversed(earlier):
        test = _passed("<", stage.last, stage.line, scope)
        going_on = choose(test, stage.payment.amount, going_on, _named(stage, scope))
    floor = scope.origin("not below zero", lines[0].span, spelled=declared)
    total = figure("maximum", declared, ZERO, going_on.expr, origin=floor)
    origin = evolve(scope.origin("grace", lines[0].span, _REGULAR), unit=declared.text)
    return any_of(due, _in_grace(stages[-1], scope)), choose(due, paid, total, origin)


def _stages(clauses: Clauses, declared: Unit, scope: Scope) -> list[_Stage] | None:
    """The lines of a grace period, one after another; a rounding below them rounds them too."""
    assert scope.benefit is not None
    previous = read_fact(previous_name(scope.benefit.name).key, scope.benefit, scope)
    scope = evolve(scope, previous=previous)
    stages: list[_Stage] = []
    before = 0
    for clause in clauses:
        if isinstance(clause, ast.Grace):
            months = clause.count * _LENGTHS.get(clause.unit, 0)
            if months.denominator != 1 or months < 1:
                scope.mistake("PR571", clause.span)
                return None
            found = adjoined(clause.of, scope, declared, value) if clause.of else Payment(previous)
            met = scope.meet(found.amount, declared, clause.span)
            stages.append(_Stage(before, before + int(months), evolve(found, amount=met), clause))
            before += int(months)
        elif isinstance(clause, ast.RoundedClause):
            stages = [
                evolve(stage, payment=stage.payment.rounded(clause.rounding, scope))
                for stage in stages
            ]
    return stages if all(stage.payment.amount.known for stage in stages) else None


def _in_grace(last: _Stage, scope: Scope) -> Expr:
    """That something was paid, that the conditions fail since a day, and for few enough months."""
    assert scope.benefit is not None
    name, span = scope.benefit.name, last.line.span
    failing = ast.Reference(failing_name(name).key, span=span)
    previous = ast.Reference(previous_name(name).key, span=span)
    nothing = ast.Number(Fraction(0), span=span)
    tests = [
        ast.Compare(">", previous, nothing, span=span),
        ast.Compare("<=", failing, ast.TheDate(span=span), span=span),
    ]
    found = [condition(test, scope, value) for test in tests]
    origin = scope.origin("grace period", span)
    return all_of(*found, _passed("<", last.last, last.line, scope), origin=origin)


def _passed(operator: ast.Comparison, months: int, line: ast.Grace, scope: Scope) -> Expr:
    """How the months since the conditions fail compare with a number."""
    assert scope.benefit is not None
    failing = ast.Reference(failing_name(scope.benefit.name).key, span=line.span)
    since = ast.Elapsed("month", failing, span=line.span)
    limit = ast.Quantity(Fraction(months), "month", span=line.span)
    return condition(ast.Compare(operator, since, limit, span=line.span), scope, value)


def _named(stage: _Stage, scope: Scope) -> Origin:
    """Where the amount of a stage comes from, with its months."""
    first, last = stage.first + 1, stage.last
    english = f"month {first}" if first == last else f"months {first} to {last}"
    chinese = f"第{first}个月" if first == last else f"第{first}至{last}个月"
    name = Text(f"the payment for {english} of the grace period", f"渐退期{chinese}")
    return scope.origin("grace", stage.line.span, name)
