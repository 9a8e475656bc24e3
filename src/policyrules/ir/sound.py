"""Whether what claims to be a program is one: elaborating makes no other, reading back might.

The types of the parts are looked at where they are read (`serial.py`); here it is what a type does
not say. A sound program has an outcome for every case, though the figures in it may be any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from policyrules.ir.nodes import (
    Apply,
    Check,
    Constant,
    Definition,
    Document,
    Expr,
    Grant,
    Input,
    Kind,
    Level,
    NotInForce,
    NotStated,
    Origin,
    Parameter,
    Program,
    Reference,
    Soft,
    Unsettled,
    Version,
)
from policyrules.ir.operators import FIRST_DAY, NEVER, OPERATORS, Takes
from policyrules.ir.walk import nodes
from policyrules.types.units import unit

_PLAIN: dict[Kind, type] = {"number": Fraction, "truth": bool, "choice": str, "date": int}
# For which kinds that of an operand stands: one of them throughout.
_KINDS: dict[Takes, frozenset[Kind]] = {
    "any": frozenset(_PLAIN),
    "same": frozenset({"number", "date"}),
}


def is_sound(thing: object) -> bool:
    """Whether a part of a program can be computed and told; ValueError for an unknown unit."""
    test = _TESTS.get(type(thing))
    return test is None or test(thing)


def _constant(node: Constant) -> bool:
    if isinstance(node.value, NotStated | NotInForce | Unsettled):
        return True
    return type(node.value) is _PLAIN[node.kind] and (node.kind != "date" or _days(node.value))


def _fits(node: Apply) -> bool:
    """Whether an operator is known and has the operands that it takes."""
    operator = OPERATORS.get(node.operator)
    if operator is None or not node.operands:
        return False
    takes = operator.takes * (len(node.operands) if operator.arity is None else 1)
    if len(takes) != len(node.operands):
        return False
    alike: dict[Takes, Kind] = {}
    found = [*zip(takes, (operand.kind for operand in node.operands), strict=True)]
    for taken, kind in (*found, (operator.gives, node.kind)):
        if alike.setdefault(taken, kind) != kind or kind not in _KINDS.get(taken, (taken,)):
            return False
    return True


def _readable(spelled: str) -> bool:
    unit(spelled)
    return True


def _days(*days: object) -> bool:
    """Whether these are days of the calendar, as far as they are given."""
    return all(day is None or (isinstance(day, int) and FIRST_DAY <= day <= NEVER) for day in days)


def _in_order(program: Program) -> bool:
    """Whether each definition reads only those before it, and no name stands for two."""
    known: set[str] = set()
    for rule in program.definitions:
        if rule.name in known or not known.issuperset(_read(rule)):
            return False
        known.add(rule.name)
    return all(known.issuperset(_names(check.statement)) for check in program.checks)


def _read(rule: Definition) -> Iterator[str]:
    softly = (soft.condition for soft in rule.soft)
    for expr in (rule.value, rule.holds, rule.amount, rule.due, *softly, *rule.granted()):
        if expr is not None:
            yield from _names(expr)


def _names(expr: Expr) -> Iterator[str]:
    return (node.name for node in nodes(expr) if isinstance(node, Reference))


_TESTS: Mapping[type, Callable[[Any], bool]] = {
    Apply: _fits,
    Constant: _constant,
    Origin: lambda origin: _readable(origin.unit) and _days(origin.start, origin.stop),
    Definition: lambda rule: _readable(rule.unit) and _days(rule.valid_from, rule.valid_to),
    Level: lambda level: level.above.kind == "number",
    Grant: lambda grant: (
        (grant.when is None or grant.when.kind == "truth")
        and (grant.step is None or grant.step > 0)
    ),
    Parameter: lambda parameter: _readable(parameter.unit),
    Input: lambda item: _readable(item.unit),
    Soft: lambda soft: _readable(soft.unit),
    Version: lambda version: _days(version.start),
    Check: lambda check: _days(*check.days),
    Document: lambda document: _days(document.issued, document.valid_from, document.valid_to),
    Program: _in_order,
}
