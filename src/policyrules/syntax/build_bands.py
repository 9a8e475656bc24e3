"""Builds bands and brackets, one function for each rule of the grammar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve
from lark import Token

from policyrules.syntax import ast
from policyrules.syntax.build_expressions import marked
from policyrules.syntax.parts import Parts

_HALF_OPEN: Mapping[str, Any] = {">": ">", ">=": ">", "<": "<=", "<=": "<="}
_SIDES: Mapping[str, ast.Comparison] = {"above": ">", "below": "<"}


def _ends(p: Parts) -> ast.Ends:
    """Each figure with its comparison; a mark (incl.) or (excl.) wins over the word."""
    figures: list[Any] = []
    operators: list[ast.Comparison] = []
    pending: str | None = None
    for child in p.children:
        if not isinstance(child, Token):
            figures.append(child)
        elif child.type == "MARK_END":
            if len(operators) == len(figures):
                operators[-1] = marked(operators[-1], child.value)
            else:
                pending = child.value
        elif child.type != "AT":
            if child.type == "BAND_TO" and len(operators) < len(figures):
                operators.append(marked(">=", pending))
                pending = None
            operators.append(marked(_operator(child), pending))
            pending = None
    bounds = tuple(
        bound
        for operator, figure in zip(operators, figures, strict=True)
        for bound in _bounds(operator, figure)
    )
    return ast.Ends(bounds, span=p.span)


def _operator(token: Token) -> ast.Comparison:
    match token.type:
        case "SIDE":
            return _SIDES[token.value]
        case "UP_TO" | "BAND_TO":
            return "<="
        case "AGED":
            return ">="
        case _:
            found: ast.Comparison = token.value
            return found


def _bounds(operator: ast.Comparison, figure: Any) -> tuple[ast.Bound, ...]:
    if operator == "=":
        return ast.Bound(">=", figure, span=figure.span), ast.Bound("<=", figure, span=figure.span)
    return (ast.Bound(operator, figure, span=figure.span),)


def _band(p: Parts) -> ast.Band:
    *condition, ends, of = p.nodes
    label = p.first("TEXT")
    return ast.Band(condition[0] if condition else None, ends, of, label=label, span=p.span)


def _bracket(p: Parts) -> ast.Bracket:
    """At a single figure nothing lies in between, so every bracket is from above A up to B."""
    ends, rate = p.nodes
    bounds = tuple(evolve(end, operator=_HALF_OPEN[end.operator]) for end in ends.bounds)
    return ast.Bracket(evolve(ends, bounds=bounds), rate, span=p.span)


BANDS: Mapping[str, Callable[[Parts], Any]] = {"ends": _ends, "band": _band, "bracket": _bracket}
