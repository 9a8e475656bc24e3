"""Plans of which some facts are settled: the same nodes, with others in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from policyrules.ir.integers import Integers
from policyrules.ir.whole_nodes import Node, needed

_CALLED = {
    "and": "every",
    "or": "either",
    "not": "negation",
    "sum": "total",
    "any": "any_member",
}


def remade(make: Integers, roots: Iterable[Node], settled: Mapping[Node, Node]) -> dict[Node, Node]:
    """Nodes and all that they rest on, each as it is where others are `settled` so."""
    found: dict[Node, Node] = {}
    for node in needed(roots):
        operands = [found[each] for each in node.operands]
        if node in settled:
            found[node] = settled[node]
        elif all(new is old for new, old in zip(operands, node.operands, strict=True)):
            found[node] = node
        else:
            again: Callable[..., Any] = getattr(make, _CALLED.get(node.operator, node.operator))
            found[node] = again(*operands)
    return found
