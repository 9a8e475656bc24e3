"""Plans in whole numbers as functions of JavaScript, each worked out when it is first read.

A function takes the cells of the household, those of a member, and what gives the values of other
nodes by their number. Integers are BigInt, what is missing is null; the functions that go over the
members are those of `javascript_engine.js`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from attrs import define, field

from policyrules.ir.whole_nodes import AGGREGATES, Node, Truth, needed

# The place of a column, by whether it is a person's and by its name.
Places = Mapping[tuple[bool, str], int]
_LEAVES = frozenset({"constant", "column", "known"})
_SIGNS: Mapping[str, str] = {
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "less": "<",
    "equal": "===",
    "and": "&&",
    "or": "||",
}
_FUNCTIONS: Mapping[str, str] = {
    "floor_divide": "div",
    "modulo": "mod",
    "least": "least",
    "greatest": "most",
}
_DEEPEST = 12  # brackets within one another


@define
class Script:
    """The functions of what must be known of a plan.

    `places` is where each cell stands, `answers` are the columns that differ from path to path.
    """

    roots: tuple[Node, ...]
    places: Places
    answers: frozenset[str]
    _order: list[Node] = field(init=False)
    _held: dict[Node, int] = field(factory=dict, init=False)
    _inside: dict[Node, str] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._order = list(needed(self.roots))
        uses = Counter(self.roots)
        of_members: set[Node] = set()
        for node in self._order:
            uses.update(node.operands)
            if node.of_person or node.operator in AGGREGATES:
                of_members.update(node.operands)
        deep: dict[Node, int] = {}
        for node in self._order:
            if node.operator in _LEAVES:
                deep[node] = 0
                continue
            deep[node] = 1 + max(deep[below] for below in node.operands)
            again = not node.of_person and node in of_members
            over_all = node.operator in AGGREGATES or node.operator == "before"
            if uses[node] > 1 or again or over_all or deep[node] > _DEEPEST:
                self._held[node], deep[node] = len(self._held), 0

    def nodes(self) -> Iterator[str]:
        """The nodes that have a number, in its order, which are those read in several places.

        Each is whether it is a person's, whether it is the same on all paths, and its function.
        """
        same: dict[Node, bool] = {}
        for node in self._order:
            asks = node.operator in ("column", "known") and node.name in self.answers
            same[node] = not asks and all(same[below] for below in node.operands)
        for node in self._held:
            yield f"[{int(node.of_person)},{int(same[node])},{_function(self._written(node))}]"

    def function(self, node: Node) -> str:
        """The function that gives the value of a node."""
        return _function(self._text(node))

    def among(self, node: Node) -> str:
        """The function that gives the places of the members of whom a truth holds."""
        return _function(f"g.who({self.function(node)})")

    def _text(self, node: Node) -> str:
        """A node where it is read."""
        if node in self._held:
            return f"g({self._held[node]})"
        if node not in self._inside:
            self._inside[node] = self._written(node)
        return self._inside[node]

    def _written(self, node: Node) -> str:
        """What a node is made of."""
        operands = [self._text(below) for below in node.operands]
        match node.operator:
            case "constant":
                return _literal(node)
            case "column":
                none = (
                    "false" if isinstance(node, Truth) else f"{min(max(node.low, 0), node.high)}n"
                )
                return f"({self._cell(node)}??{none})"
            case "known":
                return f"({self._cell(node)}!==null)"
            case "not":
                return f"!{operands[0]}"
            case "choose":
                return f"({operands[0]}?{operands[1]}:{operands[2]})"
            case "sum" | "lowest" | "highest" | "any" | "first" | "before" as name:
                return f"g.{name}({_function(operands[0])})"
            case name if name in _FUNCTIONS:
                return f"{_FUNCTIONS[name]}({','.join(operands)})"
            case name:
                return f"({_SIGNS[name].join(operands)})"

    def _cell(self, node: Node) -> str:
        letter = "p" if node.of_person else "h"
        return f"{letter}[{self.places[node.of_person, node.name]}]"


def _literal(node: Node) -> str:
    if isinstance(node, Truth):
        return "true" if node.low else "false"
    return f"{node.low}n" if node.low >= 0 else f"({node.low}n)"


def _function(text: str) -> str:
    return f"(h,p,g)=>{text}"


def listed(texts: Iterable[str]) -> str:
    """A list of JavaScript, a line for each of what is in it."""
    return "[\n" + "".join(f"{text},\n" for text in texts) + "]"
