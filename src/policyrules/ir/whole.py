"""Whether a number is proved to be whole: a count, completed years, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from policyrules.ir.fold import fold
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Expr,
    Input,
    Over,
    Reference,
    Variable,
)

_KEEPING = frozenset({"add", "subtract", "multiply", "minimum", "maximum"})


def is_whole(expr: Expr, inputs: Iterable[Input], rules: Mapping[str, Definition]) -> bool:
    """Whether a number is whole in every case."""
    whole = frozenset((entry.subject, entry.name) for entry in inputs if entry.whole)
    return fold(expr, _Whole(whole, rules))


@frozen
class _Whole:
    """For each expression, whether it is proved to be a whole number."""

    inputs: frozenset[tuple[str, str]]
    rules: Mapping[str, Definition]

    def constant(self, node: Constant) -> bool:
        return isinstance(node.value, Fraction) and node.value.denominator == 1

    def variable(self, node: Variable) -> bool:
        return (node.subject, node.name) in self.inputs

    def reference(self, node: Reference) -> bool:
        rule = self.rules.get(node.name)
        return rule is not None and fold(rule.value, self)

    def apply(self, node: Apply, operands: tuple[bool, ...]) -> bool:
        if node.operator == "completed_years":
            return True
        if node.operator == "select":
            return operands[1] and operands[2]
        if node.operator == "flagged" or node.operator.startswith("round_"):
            return operands[-1 if node.operator != "flagged" else 0]
        return node.operator in _KEEPING and all(operands)

    def over(self, node: Over, body: bool | None, condition: bool | None) -> bool:
        del condition
        return node.function == "count" or bool(body)
