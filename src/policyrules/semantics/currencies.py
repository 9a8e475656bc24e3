"""Rulesets that use each other count in one currency; words without money may be used by all."""

from __future__ import annotations

from policyrules.diagnostics import Report
from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.syntax.walk import walk
from policyrules.types.units import Unit, mentions_money, show, unit


def check_currencies(trees: tuple[ast.Ruleset, ...], report: Report) -> None:
    """Report each use of a ruleset with amounts in another currency."""
    by_id = {tree.id: tree for tree in trees}
    for tree in trees:
        for use in tree.uses:
            for found in _reach(use.ruleset, by_id):
                if found.currency != tree.currency and _has_money(found):
                    facts = {"own": _named(tree.currency), "other": _named(found.currency)}
                    report.add("PR360", use.span, facts=facts, name=found.id)
                    break


def _reach(name: str, by_id: dict[str, ast.Ruleset]) -> list[ast.Ruleset]:
    """A ruleset and all that it uses."""
    found: dict[str, ast.Ruleset] = {}
    pending = [name]
    while pending:
        name = pending.pop()
        if name in by_id and name not in found:
            found[name] = by_id[name]
            pending += [use.ruleset for use in by_id[name].uses]
    return list(found.values())


def _has_money(tree: ast.Ruleset) -> bool:
    """Whether an amount of money stands anywhere in a ruleset."""
    return any(
        mentions_money(unit(node.unit))
        for node in walk(tree)
        if isinstance(node, ast.WrittenType | ast.Quantity | ast.Rounding)
    )


def _named(currency: str) -> Text:
    return Text(show(Unit(currency), "en"), show(Unit(currency), "zh"))
