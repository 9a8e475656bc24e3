"""Of the oracle: who is treated as having another status, and in which benefits."""

from __future__ import annotations

from typing import Any

from attrs import evolve, fields

from policyrules.source import Text
from policyrules.syntax import ast


def treated(declarations: list[Any]) -> list[Any]:
    """The declarations, where benefits and their exceptions ask for one status or the others."""
    rule_of: dict[Text, Any] = {}
    found: list[Any] = []
    for node in declarations:
        name = None
        if isinstance(node, ast.Benefit):
            name = node.name.key
        elif isinstance(node, ast.ExceptionRule):
            name = rule_of[node.to] if isinstance(node.to, Text) else node.to
            rule_of[node.title] = name
        others: dict[str, list[str]] = {}
        for each in declarations:
            if isinstance(each, ast.AsFor) and name in each.benefits:
                others.setdefault(each.as_status, []).append(each.status)
        found.append(evolve(node, clauses=_asking(node.clauses, others)) if others else node)
    return found


def _asking(written: Any, others: dict[str, list[str]]) -> Any:
    """A piece of the tree that asks for other statuses as well."""
    match written:
        case ast.Reference(name) | ast.HouseholdFact(name) if name in others:
            also = [evolve(written, name=other) for other in others[name]]
            return ast.Or((written, *also), span=written.span)
        case ast.Node():
            changed = {
                field.name: _asking(getattr(written, field.name), others)
                for field in fields(type(written))
                if field.eq
            }
            return evolve(written, **changed)
        case tuple():
            return tuple(_asking(each, others) for each in written)
        case _:
            return written
