"""Builds groups of members and the phrases that speak of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from policyrules.syntax import ast
from policyrules.syntax.parts import Parts


def _group(p: Parts) -> ast.Group:
    name: ast.Name = p.first("DECLARED")
    (who,) = p.nodes
    return ast.Group(
        name=name,
        entity="person",
        type=ast.WrittenType("yes or no", "", None, span=p.span),
        clauses=(ast.Pays(who, span=who.span),),
        of=p.first("OF_ENTITY"),
        span=name.span,
    )


def _belonging(p: Parts, *also: ast.Expr) -> ast.Expr:
    """Whoever belongs to the group named, and meets the condition beside it."""
    group = ast.Reference(p.first("GROUP_NAME", "GROUP_COUNT"), span=p.span)
    return ast.And((group, *also), span=p.span) if also else group


def _number_of_group(p: Parts) -> ast.NumberOfMembers:
    return ast.NumberOfMembers(_belonging(p, *p.nodes), span=p.span)


def _over_group(p: Parts) -> ast.OverMembers:
    of, *who = p.nodes
    return ast.OverMembers(p.first("OVER"), of, _belonging(p, *who), span=p.span)


def _over_group_named(p: Parts) -> ast.OverMembers:
    *who, of = p.nodes
    return ast.OverMembers(p.first("OVER_END"), of, _belonging(p, *who), span=p.span)


def _group_test(p: Parts) -> ast.MemberTest:
    quantifier: Any = p.first("GROUP_QUANTIFIER") or ("any" if p.has("ANY_OF") else "every")
    (test,) = p.nodes
    test = ast.Not(test, span=test.span) if p.has("IS_NOT") else test
    return ast.MemberTest(quantifier, test, _belonging(p), span=p.span)


GROUPS: Mapping[str, Callable[[Parts], Any]] = {
    "group": _group,
    "number_of_group": _number_of_group,
    "over_group": _over_group,
    "over_group_named": _over_group_named,
    "group_test": _group_test,
    "belongs": _belonging,
    "belongs_not": lambda p: ast.Not(_belonging(p), span=p.span),
    "each_of_group": lambda p: ast.EachMember(p.nodes[0], _belonging(p), span=p.span),
}
