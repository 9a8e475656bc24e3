"""Whether what claims to be a program is one: elaborating makes no other, reading back might.

The types of the parts are looked at where they are read (`serial.py`); here it is what a type does
not say: what operators take, what is declared (`declared.py`), days and units. A sound program has
an outcome for every case, though the figures in it may be any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from policyrules.ir.declared import is_declared
from policyrules.ir.nodes import (
    Apply,
    Check,
    Constant,
    Definition,
    Document,
    Grant,
    Input,
    Kind,
    Level,
    NotInForce,
    NotStated,
    Origin,
    Parameter,
    Program,
    Soft,
    Unsettled,
    Version,
)
from policyrules.ir.operators import FIRST_DAY, NEVER, OPERATORS, Takes
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
    match node.value:
        case NotStated(low, high):
            return low is high is None or node.kind == "number"
        case NotInForce() | Unsettled():
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
    if node.operator == "flagged" and not isinstance(node.operands[1], Constant):
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


def _is_rule(rule: Definition) -> bool:
    """Whether the parts of a definition are of its kind, which for a benefit is an amount."""
    if rule.value.kind != rule.kind or (rule.what == "benefit" and rule.kind != "number"):
        return False
    truths = (rule.holds, rule.due, *(soft.condition for soft in rule.soft))
    return (
        all(expr is None or expr.kind == "truth" for expr in truths)
        and (rule.amount is None or rule.amount.kind == "number")
        and _readable(rule.unit)
        and _days(rule.valid_from, rule.valid_to)
    )


def _is_fact(item: Input) -> bool:
    """Whether a fact can have a value, in its unit and of its list."""
    low, high = item.low, item.high
    return (
        (low is None or high is None or low <= high)
        and (item.kind != "date" or _days(*map(_whole, (low, high))))
        and (item.kind != "choice" or bool(item.values))
        and (item.collection is None or item.collection.subject == item.subject)
        and _readable(item.unit)
    )


def _whole(value: Fraction | None) -> int | Fraction | None:
    return int(value) if value is not None and value.denominator == 1 else value


_TESTS: Mapping[type, Callable[[Any], bool]] = {
    Apply: _fits,
    Constant: _constant,
    Origin: lambda origin: _readable(origin.unit) and _days(origin.start, origin.stop),
    Definition: _is_rule,
    Level: lambda level: level.above.kind == "number",
    Grant: lambda grant: (
        (grant.when is None or grant.when.kind == "truth")
        and (grant.step is None or grant.step > 0)
    ),
    Parameter: lambda parameter: _readable(parameter.unit),
    Input: _is_fact,
    Soft: lambda soft: _readable(soft.unit),
    Version: lambda version: _days(version.start),
    Check: lambda check: _days(*check.days),
    Document: lambda document: _days(document.issued, document.valid_from, document.valid_to),
    Program: is_declared,
}
