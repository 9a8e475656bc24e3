"""Of the oracle: what one ruleset changes in the rules of those it uses."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import evolve
from oracle_time import dated
from oracle_treated import treated

from policyrules.source import Text
from policyrules.syntax import ast
from policyrules.syntax.assemble import based
from policyrules.syntax.walk import walk

Declared = list[tuple[str, Any]]


def in_force(rulesets: list[ast.Ruleset]) -> tuple[list[Any], set[str]]:
    """All declarations as amended, and the names of those that the last ruleset answers for."""
    declared = dated(rulesets)
    own = {node.name.key for tree, node in declared if _is_rule(node) and tree == rulesets[-1].id}
    found: list[Any] = [node for _, node in declared]
    for tree in rulesets:
        for change in (node for node in tree.declarations if isinstance(node, ast.Amendment)):
            names = [_is_rule(node) and node.name.key for node in found]
            place = names.index(change.rule.name)
            found[place] = changed(found[place], change)
            own |= {change.rule.name} if tree is rulesets[-1] else set()
    amended = {change.rule.name for change in found if isinstance(change, ast.Amendment)}
    amended &= own
    readers = {key: _read(node, found) for node in found if _is_rule(node) for key in (_key(node),)}
    while more := {key for key, read in readers.items() if read & amended} - amended:
        amended |= more
    return treated(found), own | amended


def _key(node: Any) -> str:
    name: str = node.name.key
    return name


def _read(rule: Any, found: list[Any]) -> set[str]:
    """The names that a rule reads, of earlier values too, with those of the exceptions to it."""
    told = [node for node in found if isinstance(node, ast.ExceptionRule) and node.to == _key(rule)]
    read = {
        name
        for node in walk((rule, *told))
        for name in (getattr(node, "name", None), getattr(node, "event", None))
        if isinstance(name, str)
    }
    return {name.removeprefix("last year's ").removeprefix("last month's ") for name in read}


def _is_rule(node: Any) -> bool:
    return isinstance(node, ast.Benefit | ast.Definition | ast.Deadline | ast.Parameter)


def changed(rule: Any, change: ast.Amendment) -> Any:
    """A rule with one line replaced, or a parameter with other values from a day on."""
    if isinstance(rule, ast.Parameter):
        day = min(_first_day(version) for version in change.versions)
        older = [version for version in rule.versions if _first_day(version) < day]
        return evolve(rule, versions=(*older, *change.versions))
    lines: list[Any] = []
    for line in rule.clauses:
        if change.line is None or not _alike(getattr(line, "label", None), change.line.text):
            lines.append(line)
        elif change.of is not None:
            field = "condition" if isinstance(line, ast.When) else "of"
            lines.append(evolve(line, **{field: change.of}))
        else:
            lines += [_below(line, new) if change.refines else new for new in change.clauses]
    if isinstance(rule, ast.Benefit):
        lines = [based(line) for line in lines]
    return evolve(rule, clauses=tuple(line for line in lines if not isinstance(line, ast.Reading)))


def _below(line: Any, new: Any) -> Any:
    """A finer line of a case holds where the case does."""
    if not isinstance(line, ast.Case | ast.Band) or isinstance(new, ast.Reading | ast.Base):
        return new
    own = new.condition if isinstance(new, ast.Case | ast.Band) else None
    both = [c for c in (line.condition, own) if c is not None]
    condition = ast.And(tuple(both), span=new.span) if len(both) > 1 else next(iter(both), None)
    if isinstance(new, ast.Band):
        return evolve(new, condition=condition)
    if isinstance(line, ast.Band):
        return evolve(line, condition=condition, of=new.of)
    return ast.Case(condition, new.of, span=new.span)


def _alike(one: Text | None, other: Text) -> bool:
    if one is None:
        return False
    halves = ((one.en, other.en), (one.zh, other.zh))
    return any(mine is not None and mine == its for mine, its in halves)


def _first_day(version: ast.Version) -> date:
    return version.start.value if version.start else date.min
