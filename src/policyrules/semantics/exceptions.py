"""Exceptions: lines that replace those of a rule while their condition holds.

An exception keeps the lines that it does not state. Its condition stands beside the general one.
Where two hold at once and neither overrides the other, the outcome is a conflict that names both.
"""

from __future__ import annotations

from itertools import combinations

from attrs import evolve, frozen

from policyrules.ir.build import YES, Typed, all_of, apply, choose
from policyrules.ir.nodes import Constant, Expr, Unsettled
from policyrules.semantics.branches import Result, conditions, outcome
from policyrules.semantics.lines import Clauses, replaced
from policyrules.semantics.parameters import cited
from policyrules.semantics.scope import Scope
from policyrules.semantics.validity import validity
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.types.types import NumberType
from policyrules.types.units import Unit


@frozen
class Variant:
    """A rule as an exception changes it."""

    node: ast.ExceptionRule
    clauses: Clauses
    holds: Expr
    result: Result


def with_exceptions(
    node: ast.Benefit | ast.Definition,
    clauses: Clauses,
    general: Result,
    declared: Unit,
    scope: Scope,
) -> Result | None:
    """What a rule gives with its exceptions; None where one of them has a mistake."""
    variants: list[Variant] = []
    for exception in scope.symbols.exceptions.get(node.name.key, ()):
        parent = _narrowed(exception, variants)
        found = _variant(exception, parent, clauses, general, declared, scope)
        if found is None:
            return None
        variants.append(found)
        scope = evolve(scope, applying={**scope.applying, exception.title: found.holds})
    _check_overridden(variants, scope)
    return _combined(variants, general, declared, scope)


def _narrowed(exception: ast.ExceptionRule, variants: list[Variant]) -> Variant | None:
    return next((found for found in variants if found.node.title == exception.to), None)


def _variant(
    exception: ast.ExceptionRule,
    parent: Variant | None,
    clauses: Clauses,
    general: Result,
    declared: Unit,
    scope: Scope,
) -> Variant | None:
    before = parent.result.amount if parent else general.amount
    scope = evolve(scope, general=before, cites=cited(scope, exception.places) or scope.cites)
    period = validity(exception.clauses, scope)
    own = [*([period] if period is not None else []), *conditions(exception.clauses, scope)]
    holds = all_of(*([parent.holds] if parent else []), *own)
    if not own:
        scope.mistake("PR519", exception.span, title=exception.title)
        return None
    merged = replaced(parent.clauses if parent else clauses, exception.clauses)
    own_count = any(isinstance(clause, ast.Counted) for clause in exception.clauses)
    own_lines = {id(line) for line in exception.clauses}
    kept = tuple(line for line in merged if id(line) not in own_lines)
    scope = evolve(scope, counted_above=not own_count, kept=kept)
    result = outcome(merged, declared, exception, scope)
    return Variant(exception, merged, holds, result) if result else None


def _overrides(one: Variant, other: Variant, variants: list[Variant]) -> bool:
    """Whether an exception goes before another one: it says so, or it narrows it."""
    pending, seen = [one], {one.node.title}
    while pending:
        found = pending.pop()
        below = {
            *found.node.overrides,
            *([found.node.to] if isinstance(found.node.to, Text) else []),
        }
        for candidate in variants:
            if candidate.node.title in below and candidate.node.title not in seen:
                if candidate is other:
                    return True
                seen.add(candidate.node.title)
                pending.append(candidate)
    return False


def _check_overridden(variants: list[Variant], scope: Scope) -> None:
    known = {variant.node.title for variant in variants}
    for variant in variants:
        for title in variant.node.overrides:
            if title not in known:
                scope.mistake("PR517", variant.node.span, title=title)
    for one, other in combinations(variants, 2):
        if _overrides(one, other, variants) and _overrides(other, one, variants):
            scope.mistake("PR520", other.node.span, title=other.node.title, other=one.node.title)


def _not_in_effect(variant: Variant, scope: Scope) -> Expr:
    """That an exception that goes before another one does not hold."""
    origin = scope.origin("overridden", variant.node.span, variant.node.title)
    return apply("not", "truth", variant.holds, origin=origin)


def _combined(variants: list[Variant], general: Result, declared: Unit, scope: Scope) -> Result:
    """The general amount, an exception's where it is in effect, no value where two contradict."""
    amount, due = general.amount, all_of(*general.due)
    effective: dict[Text, Expr] = {}
    for variant in variants:
        stronger = [v for v in variants if v is not variant and _overrides(v, variant, variants)]
        unless = (_not_in_effect(found, scope) for found in stronger)
        effective[variant.node.title] = all_of(variant.holds, *unless)
    for variant in reversed(variants):
        there = evolve(scope, cites=cited(scope, variant.node.places) or scope.cites)
        origin = there.origin("exception", variant.node.span, variant.node.title)
        when = effective[variant.node.title]
        amount = choose(when, variant.result.amount, amount, origin)
        due = apply("select", "truth", when, all_of(*variant.result.due), due, origin=origin)
    for one, other in combinations(variants, 2):
        if _overrides(one, other, variants) or _overrides(other, one, variants):
            continue
        both = all_of(effective[one.node.title], effective[other.node.title])
        names = Text(
            f"{one.node.title.of('en')} / {other.node.title.of('en')}",
            f"{one.node.title.of('zh')}、{other.node.title.of('zh')}",
        )
        clash = Constant(Unsettled("conflict", names), "number")
        amount = choose(both, Typed(NumberType(declared), clash), amount)
        due = apply("select", "truth", both, YES, due)
    return Result((due,), amount, general.whole) if variants else general
