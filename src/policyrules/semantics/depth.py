"""How many steps deep the rules of a program rest on one another."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field

from policyrules.ir.fold import fold
from policyrules.ir.nodes import Apply, Constant, Definition, Over, Reference, Variable
from policyrules.semantics.scope import Scope

# Evaluating takes about one call a step, explaining up to three: within the thousand calls that
# Python allows, a program that embeds the rules keeps hundreds of them.
DEEPEST = 200


def check_depth(rules: Iterable[Definition], scope: Scope) -> None:
    """Report the first rule that rests on too many steps; it stands after those that it reads."""
    depth = _Depth()
    for rule in rules:
        steps = max(fold(part, depth) for part in rule.parts())
        if steps > DEEPEST:
            assert rule.span is not None
            scope.mistake("PR250", rule.span, name=rule.label, most=str(DEEPEST))
            return
        depth.known[rule.name] = steps


@define
class _Depth:
    """The steps of an expression, with those of the rules that it reads; an algebra of `fold`."""

    known: dict[str, int] = field(factory=dict)

    def constant(self, node: Constant) -> int:
        del node
        return 0

    def variable(self, node: Variable) -> int:
        del node
        return 1

    def reference(self, node: Reference) -> int:
        return 1 + self.known.get(node.name, 0)  # a rule with mistakes is none

    def apply(self, node: Apply, operands: tuple[int, ...]) -> int:
        """An operator; of cases under one another, none stands inside another."""
        if node.operator == "select":
            condition, then, otherwise = operands
            return max(1 + condition, 1 + then, otherwise)
        return 1 + max(operands, default=0)

    def over(self, node: Over, body: int | None, condition: int | None) -> int:
        del node
        return 1 + max(body or 0, condition or 0)
