"""What a plan in whole numbers gives for one household: every node by its definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from policyrules.ir.whole_nodes import Node, needed

Row = Mapping[str, int | bool | None]

PLAIN: dict[str, Callable[..., Any]] = {
    "add": lambda left, right: left + right,
    "subtract": lambda left, right: left - right,
    "multiply": lambda left, right: left * right,
    "floor_divide": lambda left, right: left // right,
    "modulo": lambda left, right: left % right,
    "least": min,
    "greatest": max,
    "choose": lambda condition, then, otherwise: then if condition else otherwise,
    "less": lambda left, right: left < right,
    "equal": lambda left, right: left == right,
    "and": lambda *truths: all(truths),
    "or": lambda *truths: any(truths),
    "not": lambda truth: not truth,
}
AGGREGATES: dict[str, Callable[[list[Any]], Any]] = {
    "sum": sum,
    "lowest": min,
    "highest": max,
    "any": any,
}


def values(
    roots: Iterable[Node], household: Row, members: list[Row]
) -> dict[Node, list[int | bool]]:
    """For each node its value for every member; what is the household's is the same for all.

    Every value is asserted to be within the bounds of its node.
    """
    found: dict[Node, list[Any]] = {}
    for node in needed(roots):
        found[node] = _values(node, found, household, members)
        for value in found[node]:
            assert node.low <= value <= node.high, (node, value, node.low, node.high)
    return found


def _values(
    node: Node, found: dict[Node, list[Any]], household: Row, members: list[Row]
) -> list[Any]:
    everyone = range(len(members))
    match node.operator:
        case "constant":
            return [node.low] * len(members)
        case "column" | "known":
            rows = members if node.of_person else [household] * len(members)
            facts = [row.get(node.name) for row in rows]
            if node.operator == "known":
                return [fact is not None for fact in facts]
            return [max(node.low, 0) if fact is None else fact for fact in facts]
        case "sum" | "lowest" | "highest" | "any" as name:
            return [AGGREGATES[name](found[node.operands[0]])] * len(members)
        case name:
            plain = PLAIN[name]
            return [plain(*(found[each][who] for each in node.operands)) for who in everyone]
