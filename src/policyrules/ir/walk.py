"""All expressions below an expression, each once."""

from __future__ import annotations

from collections.abc import Iterator

from policyrules.ir.fold import operands
from policyrules.ir.nodes import Expr


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
