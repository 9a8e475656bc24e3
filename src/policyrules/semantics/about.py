"""What one case of a ruleset is: a household, a person, or a case that is neither."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from policyrules.ir.nodes import About, Definition, Expr, Input, Over, Reference, Variable
from policyrules.ir.walk import nodes
from policyrules.semantics.resolve import Symbols


def about(symbols: Symbols, facts: tuple[Input, ...], rules: list[Definition]) -> About:
    """A person or a case where the ruleset and what it reads are about nothing else."""
    own = [rule for rule in rules if rule.own and symbols.table[rule.name].entity is not None]
    read = _read(own, {rule.name: rule for rule in rules})
    if not own or any(isinstance(node, Over) and node.collection is None for node in read):
        return "household"
    names = {rule.name for rule in own} | {fact.name for fact in facts if fact.own}
    entities = {symbols.table[name].entity for name in names if name in symbols.table}
    if entities == {"case"}:
        return "case"
    of_household = any(isinstance(node, Variable) and node.subject == "household" for node in read)
    return "person" if entities == {"person"} and not of_household else "household"


def _read(own: list[Definition], known: Mapping[str, Definition]) -> list[Expr]:
    """All that rules read, and the rules that they read in turn."""
    found: list[Expr] = []
    names = [rule.name for rule in own]
    for name in names:
        rule = known.get(name)
        if rule is None:
            continue  # it has a mistake, which is reported
        read = [
            node
            for expr in (rule.value, rule.holds, *rule.granted())
            if expr
            for node in nodes(expr)
        ]
        names += {node.name for node in read if isinstance(node, Reference)}.difference(names)
        found += read
    return found


def of_somebody(rule: Definition, symbols: Symbols, whose: About) -> Definition:
    """A duty of an authority is shown with the household, or with the only person."""
    if whose == "person" and symbols.table[rule.name].entity is None:
        return evolve(rule, subject="person")
    return rule
