"""All expressions below an expression, and what the rules of a program read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policyrules.ir.fold import operands
from policyrules.ir.nodes import Expr, Input, Program, Reference, Subject, Variable


def nodes(expr: Expr) -> Iterator[Expr]:
    """The expression and all below it, each object once."""
    seen: set[int] = set()
    pending = [expr]
    while pending:
        node = pending.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            pending.extend(operands(node))


def inputs_read(program: Program) -> tuple[Input, ...]:
    """The inputs that the ruleset's own rules read; all of them where it has no rules."""
    own = [rule.name for rule in program.definitions if rule.own]
    if not own:
        return program.inputs
    read = facts_read(program, own)
    return tuple(item for item in program.inputs if (item.subject, item.name) in read)


def facts_read(program: Program, names: Iterable[str]) -> set[tuple[Subject, str]]:
    """The facts, by whose they are, that some rules and all that these refer to may read."""
    return {
        (node.subject, node.name)
        for node in nodes_read(program, names)
        if isinstance(node, Variable)
    }


def nodes_read(program: Program, names: Iterable[str]) -> Iterator[Expr]:
    """The expressions of some rules and of all that these refer to, and all below them."""
    rules = {rule.name: rule for rule in program.definitions}
    pending = list(names)
    done: set[str] = set()
    while pending:
        name = pending.pop()
        if name in done:
            continue
        done.add(name)
        rule = rules[name]
        for expr in (rule.value, rule.holds, rule.amount, rule.due, *rule.granted()):
            for node in nodes(expr) if expr is not None else ():
                yield node
                if isinstance(node, Reference):
                    pending.append(node.name)
