"""Builds what a ruleset changes in the rules of another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve

from policyrules.diagnostics import Report
from policyrules.syntax import ast
from policyrules.syntax.parts import Parts
from policyrules.syntax.tables import Row, heads_of, keys_of, versions_of


def _line(p: Parts) -> ast.LineLabel | None:
    return ast.LineLabel(p.first("TEXT"), span=p.place("TEXT")) if p.has("TEXT") else None


def _amendment(p: Parts) -> ast.Amendment:
    return ast.Amendment(
        ruleset=ast.Use(p.first("ID"), span=p.place("ID")),
        rule=ast.Reference(p.first("NAME"), span=p.place("NAME")),
        line=_line(p),
        refines=p.has("REFINES"),
        of=next(iter(p.nodes), None),
        span=p.span,
    )


def with_lines(made: ast.Amendment, nodes: tuple[Any, ...], report: Report) -> ast.Amendment:
    """An amendment with the lines below its header."""
    # Which categories the table is by, is written in another ruleset.
    rows = [node for node in nodes if isinstance(node, Row)]
    by = (None,) * keys_of(rows)
    heads = tuple(heads_of(rows, len(by)))
    kept = tuple(node for node in nodes if not isinstance(node, Row | ast.Version))
    return evolve(made, clauses=kept, versions=versions_of(nodes, by, report), heads=heads)


def _permission(p: Parts) -> ast.Permission:
    return ast.Permission(
        rule=ast.Reference(p.first("NAME"), span=p.place("NAME")),
        line=_line(p),
        allowed=p.values("ADJUSTS")[-1],
        span=p.span,
    )


AMENDMENTS: Mapping[str, Callable[[Parts], Any]] = {
    "amendment": _amendment,
    "permission": _permission,
}
