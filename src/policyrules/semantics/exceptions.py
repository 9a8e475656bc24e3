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

_MOST_EXCEPTIONS = 40  # each is compared with each, on every path of what is missing
_MOST_TITLES = 10


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
    exceptions = scope.symbols.exceptions.get(node.name.key, ())
    if len(exceptions) > _MOST_EXCEPTIONS:
        place, most = exceptions[_MOST_EXCEPTIONS].span, str(_MOST_EXCEPTIONS)
        scope.mistake("PR594", place, name=node.name.text, most=most)
        return None
    variants: list[Variant] = []
    for exception in exceptions:
        parent = _narrowed(exception, variants)
        found = _variant(exception, parent, clauses, general, declared, scope)
        if found is None:
            return None
        variants.append(found)
        scope = evolve(scope, applying={**scope.applying, exception.title: found.holds})
    if not variants:
        return general
    weaker = _weaker(variants)
    _check_overridden(variants, weaker, scope)
    return _combined(variants, weaker, general, declared, scope)


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


def _weaker(variants: list[Variant]) -> dict[Text, set[Text]]:
    """Of each exception, those before which it goes: it says so, or it narrows them."""
    known = {variant.node.title for variant in variants}
    said = {
        variant.node.title: known.intersection(
            (*variant.node.overrides, *([to] if isinstance(to := variant.node.to, Text) else []))
        )
        for variant in variants
    }
    found: dict[Text, set[Text]] = {}
    for title in said:
        pending = [title]
        below = found[title] = set()
        while pending:
            fresh = said[pending.pop()] - below
            below |= fresh
            pending += fresh
        below.discard(title)
    return found


def _check_overridden(variants: list[Variant], weaker: dict[Text, set[Text]], scope: Scope) -> None:
    for variant in variants:
        for title in variant.node.overrides:
            if title == variant.node.title:
                scope.mistake("PR596", variant.node.span, title=title)
            elif title not in weaker:
                others = [found.node.title for found in variants if found is not variant]
                hint = _titles(others[:_MOST_TITLES]) if others else None
                scope.mistake("PR517", variant.node.span, hint=hint, title=title)
    for one, other in combinations([variant.node for variant in variants], 2):
        if other.title in weaker[one.title] and one.title in weaker[other.title]:
            scope.mistake("PR520", other.span, title=other.title, other=one.title)


def _titles(titles: list[Text]) -> Text:
    english = "; ".join(f"`{title.of('en')}`" for title in titles)
    chinese = "；".join(f"“{title.of('zh')}”" for title in titles)
    return Text(f"the other exceptions here are {english}", f"此处的其他例外有：{chinese}")


def _not_in_effect(variant: Variant, scope: Scope) -> Expr:
    """That an exception that goes before another one does not hold."""
    origin = scope.origin("overridden", variant.node.span, variant.node.title)
    return apply("not", "truth", variant.holds, origin=origin)


def _combined(
    variants: list[Variant],
    weaker: dict[Text, set[Text]],
    general: Result,
    declared: Unit,
    scope: Scope,
) -> Result:
    """The general amount, an exception's where it is in effect, no value where two contradict."""
    amount, due = general.amount, all_of(*general.due)
    effective: dict[Text, Expr] = {}
    for variant in variants:
        title = variant.node.title
        stronger = [found for found in variants if title in weaker[found.node.title]]
        unless = (_not_in_effect(found, scope) for found in stronger)
        effective[title] = all_of(variant.holds, *unless)
    for variant in reversed(variants):
        there = evolve(scope, cites=cited(scope, variant.node.places) or scope.cites)
        origin = there.origin("exception", variant.node.span, variant.node.title)
        when = effective[variant.node.title]
        amount = choose(when, variant.result.amount, amount, origin)
        due = apply("select", "truth", when, all_of(*variant.result.due), due, origin=origin)
    for one, other in combinations(variants, 2):
        if other.node.title in weaker[one.node.title] or one.node.title in weaker[other.node.title]:
            continue
        both = all_of(effective[one.node.title], effective[other.node.title])
        names = Text(
            f"{one.node.title.of('en')} / {other.node.title.of('en')}",
            f"{one.node.title.of('zh')}、{other.node.title.of('zh')}",
        )
        clash = Constant(Unsettled("conflict", names), "number")
        amount = choose(both, Typed(NumberType(declared), clash), amount)
        due = apply("select", "truth", both, YES, due)
    grants = (
        evolve(grant, when=effective[variant.node.title])
        for variant in variants
        for grant in variant.result.grants
    )
    return Result((due,), amount, general.whole, (*grants, *general.grants))
