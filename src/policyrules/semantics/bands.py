"""Bands and brackets: amounts by where the base lies, and rates by its parts.

The bands under one base must tile, those with the same condition among themselves; so must the
brackets.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from policyrules.forms.brackets import Part, brackets
from policyrules.ir.bounds import bounds
from policyrules.ir.build import MISTAKE, YES, ZERO, Typed, all_of, comparison, number
from policyrules.ir.nodes import Constant, Expr, Variable
from policyrules.ir.whole import is_whole
from policyrules.semantics.conditions import condition
from policyrules.semantics.expressions import value
from policyrules.semantics.scope import Scope
from policyrules.semantics.tiling import Edge, Rung, check_tiling
from policyrules.source import Span, Text
from policyrules.syntax import ast
from policyrules.types.types import NumberType
from policyrules.types.units import Unit


@frozen
class Ladder:
    """The bands under one base: when each holds, and whether the base always lies in one."""

    tests: dict[int, Expr]
    covering: bool

    def test(self, node: ast.Band) -> Expr:
        """When a band holds."""
        return self.tests[id(node)]


@frozen
class _Ends:
    """The ends of a band as figures in the unit of the base."""

    low: tuple[ast.Bound, Typed] | None
    high: tuple[ast.Bound, Typed] | None

    def rung(self, span: Span) -> Rung:
        """The band as it is compared with the next one."""
        return Rung(span, _edge(self.low), _edge(self.high))


def _edge(end: tuple[ast.Bound, Typed] | None) -> Edge | None:
    return Edge(end[1].expr, end[0].operator in {">=", "<="}) if end else None


def ladder(clauses: tuple[ast.Clause, ...], scope: Scope) -> Ladder:
    """The bands among lines under one base."""
    nodes = [clause for clause in clauses if isinstance(clause, ast.Band)]
    base = _base(nodes[0], scope)
    ends = [_ends(node.ends, base, scope) if base.known else None for node in nodes]
    found = [end for end in ends if end is not None]
    if len(found) < len(nodes):
        return Ladder({id(node): YES for node in nodes}, covering=True)
    whole = is_whole(base.expr, scope.inputs, scope.done)
    classes = [condition(n.condition, scope, value) if n.condition else None for n in nodes]
    covering = False
    for each in dict.fromkeys(classes):
        members = [index for index, known in enumerate(classes) if known == each]
        rungs = [found[index].rung(nodes[index].ends.span) for index in members]
        tiled = check_tiling(rungs, base.unit, scope, whole=whole)
        covering = covering or (each is None and (not tiled or _covers(rungs, base, scope)))
    if whole:
        found = _joined(found)
    return Ladder(
        {
            id(node): _test(node, end, each, base, scope)
            for node, end, each in zip(nodes, found, classes, strict=True)
        },
        covering,
    )


def _base(node: ast.Band | ast.Bracket, scope: Scope) -> Typed:
    """The figure that lies in one of the bands."""
    if scope.base is None:
        return scope.mistake("PR339", node.span)
    return scope.figure(scope.base, node.span)


def _ends(node: ast.Ends, base: Typed, scope: Scope) -> _Ends | None:
    """The lower and the upper end; None where a mistake was found."""
    low: tuple[ast.Bound, Typed] | None = None
    high: tuple[ast.Bound, Typed] | None = None
    for bound in node.bounds:
        figure = value(bound.of, scope, base.unit)
        if not figure.known or not scope.same(base, figure, bound.span):
            return None
        below = bound.operator in {">", ">="}
        if (low if below else high) is not None:
            scope.mistake("PR337", node.span, band=_words(node.span))
            return None
        low, high = ((bound, figure), high) if below else (low, (bound, figure))
    return _Ends(low, high)


def _words(span: Span) -> Text:
    words = span.source.text[span.start : span.end]
    return Text(f"`{words}`", f"“{words}”")


def _joined(ends: list[_Ends]) -> list[_Ends]:
    """Of whole numbers, `at least 7` beside `at most 6` as `more than 6`: one question, not two."""
    tops = {
        (end.high[1].expr.value): end.high[1]
        for end in ends
        if end.high and end.high[0].operator == "<=" and isinstance(end.high[1].expr, Constant)
    }
    joined: list[_Ends] = []
    for found in ends:
        end, low = found, found.low
        if low and low[0].operator == ">=" and isinstance(low[1].expr, Constant):
            start = low[1].expr.value
            below = tops.get(start - 1) if isinstance(start, Fraction) else None
            if below is not None:
                end = evolve(end, low=(evolve(low[0], operator=">"), below))
        joined.append(end)
    return joined


def _test(node: ast.Band, ends: _Ends, condition_: Expr | None, base: Typed, scope: Scope) -> Expr:
    """That the base lies in a band, and that its condition holds."""
    tests = [] if condition_ is None else [condition_]
    for end in (ends.low, ends.high):
        if end is not None:
            bound, figure = end
            origin = scope.origin(f"compare {bound.operator}", bound.span, spelled=base.unit)
            tests.append(comparison(bound.operator, base.expr, figure.expr, origin))
    return all_of(*tests, origin=scope.origin("all", node.ends.span))


def _covers(rungs: list[Rung], base: Typed, scope: Scope) -> bool:
    """Whether bands that tile leave nothing out that the base can be."""
    low, high = bounds(base.expr, scope.inputs, scope.done)
    fact = next(
        (
            found
            for found in scope.inputs
            if isinstance(base.expr, Variable)
            and (found.subject, found.name) == (base.expr.subject, base.expr.name)
        ),
        None,
    )
    return all(
        [
            any(_reaches(rung.low, low, bool(fact and fact.low_excluded), 1) for rung in rungs),
            any(_reaches(rung.high, high, bool(fact and fact.high_excluded), -1) for rung in rungs),
        ]
    )


def _reaches(edge: Edge | None, end: Fraction | None, excluded: bool, side: int) -> bool:
    """Whether a band reaches an end of what the base can be."""
    if edge is None:
        return True
    if end is None or edge.value is None:
        return False
    inside = (end - edge.value) * side
    return inside > 0 or (inside == 0 and (edge.included or excluded))


def bracketed(clauses: tuple[ast.Clause, ...], scope: Scope) -> Typed:
    """What the brackets among lines under one base give together."""
    nodes = [clause for clause in clauses if isinstance(clause, ast.Bracket)]
    base = _base(nodes[0], scope)
    if not base.known:
        return MISTAKE
    parts: list[Part] = []
    rungs: list[Rung] = []
    for node in nodes:
        ends, rate = _ends(node.ends, base, scope), _rate(node, scope)
        if ends is None or not rate.known:
            return MISTAKE
        rungs.append(ends.rung(node.ends.span))
        origin = scope.origin("bracket", node.span, spelled=base.unit)
        low, high = (end[1] if end else None for end in (ends.low, ends.high))
        parts.append(Part(low, high, rate, origin))
    if not check_tiling(rungs, base.unit, scope, whole=False):
        return MISTAKE
    return brackets(base, parts, scope.origin("brackets", nodes[0].span, spelled=base.unit))


def _rate(node: ast.Bracket, scope: Scope) -> Typed:
    if isinstance(node.rate, ast.Nothing):
        return Typed(NumberType(Unit("")), ZERO)
    if isinstance(node.rate, ast.Rate):
        return number(node.rate.value, Unit(""), scope.origin("rate", node.rate.span))
    return scope.of_type(value(node.rate, scope, Unit("")), NumberType(Unit("")), node.rate.span)
