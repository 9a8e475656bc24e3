"""What a plan in whole numbers is made of: operations on integers that every machine has.

A node computes an integer or a truth from integers, with proved bounds: none can leave them, so a
machine whose integers wrap still computes exactly. Every node is total; division is by what is
proved to be positive and goes toward minus infinity. Operands are made before what they are
operands of: an engine writes nodes in the order of their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import frozen

Operator = Literal[
    "constant",
    "column",
    "known",
    "add",
    "subtract",
    "multiply",
    "floor_divide",
    "modulo",
    "least",
    "greatest",
    "choose",
    "less",
    "equal",
    "and",
    "or",
    "not",
    "sum",
    "lowest",
    "highest",
    "any",
    "first",
    "before",
]
# What is the household's, of what its members have.
AGGREGATES: frozenset[Operator] = frozenset({"sum", "lowest", "highest", "any", "first"})


@frozen(eq=False, repr=False)
class Node:
    """One operation; `number` is its place in the order in which they are made.

    `of_person` says that it has a value for each person, else one for the household. A `column` and
    whether it is `known` have the name and subject of an input; a `constant` its value.
    """

    number: int
    operator: Operator
    operands: tuple[Node, ...]
    low: int
    high: int
    of_person: bool = False
    name: str = ""

    def __repr__(self) -> str:
        inside = ", ".join(map(repr, self.operands))
        match self.operator:
            case "constant":
                return str(self.low)
            case "column" | "known":
                return f"{self.operator} {self.name}"
            case name:
                return f"{name}({inside})"


class Whole(Node):
    """An integer from `low` to `high`, both included."""


class Truth(Node):
    """A yes or no, which is 1 or 0 where it stands among integers."""


def is_constant(node: Node, value: int) -> bool:
    """Whether a node is this number."""
    return node.operator == "constant" and node.low == value


def needed(roots: Iterable[Node]) -> Iterator[Node]:
    """The roots and all that they rest on, operands first, each once."""
    met: dict[int, Node] = {}
    pending = list(roots)
    while pending:
        node = pending.pop()
        if node.number not in met:
            met[node.number] = node
            pending.extend(node.operands)
    for number in sorted(met):
        yield met[number]


def stages_of(order: Iterable[Node]) -> dict[Node, int]:
    """How many figures over all members stand one upon the other in each of the nodes.

    What is of a stage is worked out of the household first, then of the persons.
    """
    stages: dict[Node, int] = {}
    for node in order:
        below = max((stages[operand] for operand in node.operands), default=0)
        stages[node] = below + (node.operator in AGGREGATES)
    return stages


def bits(node: Node) -> int:
    """How many bits a machine needs for a number, its sign included."""
    return max(node.high.bit_length(), (-node.low - 1).bit_length() if node.low < 0 else 0) + 1
