"""What of an expression is a table that is looked up."""

from __future__ import annotations

from collections.abc import Iterator

from policyrules.ir.fold import operands
from policyrules.ir.nodes import Apply, Constant, Expr, NotInForce, Over


def is_further(node: Expr) -> bool:
    """Whether this is the row of a table that adds for each one beyond the last number."""
    return isinstance(node, Apply) and bool(node.origin and node.origin.role == "each further")


def is_table(node: Expr) -> bool:
    """Whether an expression does nothing but look a parameter up."""
    while isinstance(node, Apply) and node.operator in ("select", "flagged"):
        if node.operator == "select" and not is_table(node.operands[1]):
            return False
        node = node.operands[2 if node.operator == "select" else 0]
    if is_further(node):
        return True
    if not isinstance(node, Constant):
        return False
    role = node.origin.role if node.origin else ""
    return role == "parameter" or isinstance(node.value, NotInForce)


def of_the_subject(test: Expr) -> Iterator[Expr]:
    """What a condition says of the subject at hand itself, not of each of several others."""
    pending = [test]
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, Over):
            pending += operands(node)
