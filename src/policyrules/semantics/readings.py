"""Readings: which rules can be read in another way, and a ruleset read in the way asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from policyrules.diagnostics import Diagnostic, InputError, Report, said_first, shown
from policyrules.ir.build import ZERO, apply
from policyrules.ir.nodes import Alternative, Constant, Definition, Expr
from policyrules.source import Span, Text
from policyrules.syntax import ast
from policyrules.syntax.names_written import HAN

Trees = tuple[ast.Ruleset, ...]
_NAMED = ast.Benefit | ast.Definition | ast.Parameter | ast.Deadline
_NONE = Text("the ruleset states no other readings", "规则集没有载明另解")


@frozen
class Other:
    """Another reading of a rule: the declaration that states it, and its number there."""

    declaration: ast.AnyDeclaration
    number: int


def other_readings(trees: Trees) -> dict[str, tuple[Other, ...]]:
    """The other readings of each rule, numbered from 1.

    Its own, those of what amends it, those of its exceptions, then those as a first named; of each,
    in written order.
    """
    declared = [node for tree in trees for node in tree.declarations]
    rule_of: dict[Text, str] = {}
    found: dict[str, list[Other]] = {}
    for kind in (_NAMED, ast.Amendment, ast.ExceptionRule, ast.NotTogether):
        for node in declared:
            if isinstance(node, kind):
                name = _rule(node, rule_of)
                numbers = range(1, len(node.alternatives) + 1)
                others = [Other(node, number) for number in numbers]
                if others:
                    found.setdefault(name, []).extend(others)
    return {name: tuple(others) for name, others in found.items()}


def _rule(node: ast.AnyDeclaration, rule_of: dict[Text, str]) -> str:
    """The rule to which a declaration belongs."""
    match node:
        case ast.ExceptionRule(title, to):
            rule_of[title] = rule_of.get(to, "") if isinstance(to, Text) else to
            return rule_of[title]
        case ast.NotTogether(names):
            return names[0]
        case ast.Amendment(rule=rule):
            return rule.name
        case _:
            assert isinstance(node, _NAMED)
            return node.name.key


def reread(trees: Trees, readings: Mapping[str, int]) -> Trees:
    """The trees by the readings asked for; `InputError` for one that nothing states."""
    others = other_readings(trees)
    keys = _keys(trees)
    for name, number in readings.items():
        stated = others.get(keys.get(name, name), ())
        if not 1 <= number <= len(stated):
            facts = {"name": shown(name), "number": str(number)}
            raise InputError([Diagnostic("PR564", "readings", facts, hint=_known(others, trees))])
        trees = _by(trees, stated[number - 1])
    return trees


def readings_of(example: ast.Example, others: Mapping[str, tuple[Other, ...]]) -> dict[str, int]:
    """The readings that an example takes, by rule; of one that nothing states, 0."""
    return {said.rule: _number(said, others.get(said.rule, ())) for said in example.readings}


def _number(said: ast.ChosenReading, stated: tuple[Other, ...]) -> int:
    """Which of the stated readings is meant."""
    if said.number is not None:
        within = said.number.denominator == 1 and 1 <= said.number <= len(stated)
        return int(said.number) if within else 0
    if said.text is None:
        return 1 if len(stated) == 1 else 0
    told = [other.declaration.alternatives[other.number - 1].text for other in stated]
    halves = {said.text.en, said.text.zh} - {None}
    meant = [n for n, text in enumerate(told, 1) if text and halves & {text.en, text.zh}]
    return meant[0] if len(meant) == 1 else 0


def check_readings(example: ast.Example, trees: Trees, report: Report) -> None:
    """Report a reading that the rule of an example does not state."""
    others = other_readings(trees)
    numbers = readings_of(example, others)
    first: dict[str, Span] = {}
    for said in example.readings:
        if first.setdefault(said.rule, said.span) is not said.span:
            related = [said_first(first[said.rule])]
            report.add("PR108", said.span, related=related)
        elif not numbers[said.rule]:
            name = _names(trees).get(said.rule, said.rule)
            report.add("PR413", said.span, hint=_known(others, trees), name=name)


def every_reading(trees: Trees) -> Iterator[Trees]:
    """The trees by each other reading that the last one states, one at a time."""
    own = {id(node) for node in trees[-1].declarations}
    for others in other_readings(trees).values():
        yield from (_by(trees, other) for other in others if id(other.declaration) in own)


def _by(trees: Trees, other: Other) -> Trees:
    """The trees with one declaration read in another way."""
    node = other.declaration
    read: Any = node.alternatives[other.number - 1].of
    made: ast.AnyDeclaration = evolve(read, alternatives=node.alternatives, chosen=other.number)
    return tuple(
        evolve(
            tree,
            declarations=tuple(made if each is node else each for each in tree.declarations),
        )
        for tree in trees
    )


def _keys(trees: Trees) -> dict[str, str]:
    """The canonical name of each rule, by what it is called in either language."""
    return {
        spelling: node.name.key
        for tree in trees
        for node in tree.declarations
        if isinstance(node, _NAMED)
        for spelling in (node.name.en, node.name.zh)
        if spelling
    }


def _names(trees: Trees) -> dict[str, Text]:
    """What the rules are called in both languages."""
    return {
        node.name.key: node.name.text
        for tree in trees
        for node in tree.declarations
        if isinstance(node, _NAMED)
    }


def _known(others: Mapping[str, tuple[Other, ...]], trees: Trees) -> Text:
    """The hint that lists the rules with other readings and how many each has."""
    names = _names(trees)
    if not others:
        return _NONE
    listed = [(names[name], len(found)) for name, found in others.items() if name in names]
    return Text(
        "there are other readings of "
        + ", ".join(f"`{name.of('en')}` (1{f' to {n}' if n > 1 else ''})" for name, n in listed),
        "载有另解的规则："
        + "、".join(f"“{name.of('zh')}”（1{f'至{n}' if n > 1 else ''}）" for name, n in listed),
    )


def alternatives(name: str, others: Mapping[str, tuple[Other, ...]]) -> tuple[Alternative, ...]:
    """The other readings of a rule, for describing and explaining it."""
    return tuple(
        Alternative(
            _told(other.declaration.alternatives[other.number - 1]),
            other.declaration.chosen == other.number,
        )
        for other in others.get(name, ())
    )


def _told(other: ast.Alternative) -> Text:
    """What another reading is called: the quoted text, else the line as it is written."""
    if other.text is not None:
        return other.text
    written = other.span.written
    return Text(None, written) if HAN.search(written) else Text(written, None)


def doubtful(rule: Definition) -> Definition:
    """A rule whose outcome depends on how its words are read: it says so wherever it is read."""
    if rule.holds is None:
        return evolve(rule, value=flagged(rule.value))
    holds = flagged(rule.holds)
    assert rule.amount is not None
    value = apply("select", "number", holds, rule.amount, ZERO)
    return evolve(rule, holds=holds, value=value)


def flagged(expr: Expr) -> Expr:
    """An expression that depends on how a sentence is read."""
    return apply("flagged", expr.kind, expr, Constant("reading", "choice"))
