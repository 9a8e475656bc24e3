"""A program with the least, or the most, of whatever its rules leave to discretion."""

from __future__ import annotations

from typing import Literal

from attrs import define, evolve, field, frozen

from policyrules.ir.fold import fold
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Expr,
    Over,
    Program,
    Reference,
    Variable,
)

Grants = Literal["least", "most"]
_PLACES: dict[Grants, int] = {"least": 0, "most": 1}
# What is granted is rounded inward, like the range that it is an end of.
_INWARD: dict[Grants, str] = {"least": "round_up", "most": "round_down"}


def granting(program: Program, grants: Grants) -> Program:
    """The program in which every range is one of its ends.

    Its amounts lie inside what the program itself grants for a case, if they are known at all.
    """
    chosen = _Chosen(grants)
    return evolve(program, definitions=tuple(chosen.rule(rule) for rule in program.definitions))


def granted(expr: Expr, grants: Grants) -> Expr:
    """An amount with one end of each range that stands in it."""
    return fold(expr, _Chosen(grants)).expr


@frozen
class _Made:
    """An expression, and whether it holds the end of a range."""

    expr: Expr
    granted: bool = False


@define
class _Chosen:
    """Rebuilds an expression; a rule stands after those that it reads."""

    grants: Grants
    granted: dict[str, bool] = field(factory=dict)

    def rule(self, rule: Definition) -> Definition:
        """A rule with the end of each of its ranges."""
        parts = [rule.value, rule.holds, rule.amount, rule.due]
        made = [None if part is None else fold(part, self) for part in parts]
        self.granted[rule.name] = any(part is not None and part.granted for part in made)
        value, holds, amount, due = (None if part is None else part.expr for part in made)
        assert value is not None
        return evolve(rule, value=value, holds=holds, amount=amount, due=due)

    def constant(self, node: Constant) -> _Made:
        return _Made(node)

    def variable(self, node: Variable) -> _Made:
        return _Made(node)

    def reference(self, node: Reference) -> _Made:
        return _Made(node, self.granted.get(node.name, False))

    def apply(self, node: Apply, operands: tuple[_Made, ...]) -> _Made:
        if node.operator == "range":
            return _Made(operands[_PLACES[self.grants]].expr, granted=True)
        granted = any(operand.granted for operand in operands)
        rounds = granted and node.operator.startswith("round_")
        operator = _INWARD[self.grants] if rounds else node.operator
        below = tuple(operand.expr for operand in operands)
        return _Made(evolve(node, operator=operator, operands=below), granted)

    def over(self, node: Over, body: _Made | None, condition: _Made | None) -> _Made:
        made = [part for part in (body, condition) if part is not None]
        return _Made(
            evolve(
                node,
                body=None if body is None else body.expr,
                condition=None if condition is None else condition.expr,
            ),
            any(part.granted for part in made),
        )
