"""Plans in whole numbers as functions of Python: straight through, no node worked out twice.

A function takes the facts of the household and of each member, in the order of the inputs, and
gives a row for each subject: the number of its status, what is noted, and the figures. A case that
the plan leaves open gives None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from attrs import define, field, frozen

from policyrules.ir.lower import STATUSES, Planned
from policyrules.ir.pieces import UNTOLD
from policyrules.ir.whole_nodes import AGGREGATES, Node, Truth, needed, stages_of

_LEAVES = frozenset({"constant", "column", "known"})
_SIGNS: Mapping[str, str] = {
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "floor_divide": "//",
    "modulo": "%",
    "less": "<",
    "equal": "==",
    "and": "and",
    "or": "or",
}
_DEEPEST = 12  # brackets within one another, of which Python's parser takes a hundred
_TOLD = {STATUSES.index(name) for name in ("eligible", "known")}
_DENIED = STATUSES.index("not eligible")


@frozen
class Function:
    """What a function is called and whose rows it gives, in which place it finds each column.

    Of a plan for complete cases, it gives to `otherwise` a case in which one of the facts that are
    `needed` is missing: more than it reads, for what can only come out in one way reads nothing.
    """

    name: str
    places: Mapping[Node, int]
    of_person: bool
    otherwise: str = ""
    needed: Collection[Node] = ()

    def text(self, planned: Planned) -> str:
        """The text of the function."""
        return "\n".join(_Writer(self, planned).lines()) + "\n"


@define
class _Writer:
    """Writes one function."""

    function: Function
    planned: Planned
    _order: list[Node] = field(init=False)
    _stages: Mapping[Node, int] = field(init=False)
    _held: dict[Node, str] = field(factory=dict, init=False)
    _inside: dict[Node, str] = field(factory=dict, init=False)
    _deep: dict[Node, int] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        read = list(self.planned.nodes())
        self._order = list(needed(read))
        self._stages = stages_of(self._order)
        uses = Counter(read)
        for node in self._order:
            uses.update(node.operands)
        later = {
            below
            for node in self._order
            for below in node.operands
            if (self._stages[below], below.of_person) != (self._stages[node], node.of_person)
        }
        last = (max(self._stages.values(), default=0), self.function.of_person)
        later |= {node for node in read if (self._stages[node], node.of_person) != last}
        for node in self._order:
            deep = 1 + max((self._deep[below] for below in node.operands), default=0)
            if node.operator not in _LEAVES:
                twice = uses[node] > 1 or (node.operator in ("least", "greatest") and deep > 1)
                if twice or node in later or node.operator in AGGREGATES or deep > _DEEPEST:
                    self._held[node], deep = f"n{node.number}", 0
            self._deep[node] = 0 if node.operator in _LEAVES else deep

    def lines(self) -> Iterator[str]:
        """The lines of the function."""
        yield f"def {self.function.name}(home: Cells, people: Sequence[Cells]) -> Rows | None:"
        yield from self._facts("    ", "h", "home", of_person=False)
        last = max(self._stages.values(), default=0)
        for stage in range(last + 1):
            for node in self._held_in(stage, of_person=False):
                if node.operator not in AGGREGATES:
                    yield f"    {self._held[node]} = {self._written(node)}"
            yield from self._members(stage, is_last=stage == last)
        if not self.function.of_person:
            yield "    found: Rows = []"
            yield from self._row("    ")
        yield "    return found"

    def _members(self, stage: int, *, is_last: bool) -> Iterator[str]:
        """The loop over the members in which what is theirs is worked out."""
        sums = [
            node
            for node in self._order
            if node.operator in AGGREGATES and self._stages[node] == stage + 1
        ]
        theirs = self._held_in(stage, of_person=True)
        rows = is_last and self.function.of_person
        looked_at = not stage and any(node.of_person for node in self.function.needed)
        if not (sums or theirs or rows or looked_at):
            return
        for node in sums:
            yield f"    {self._held[node]} = {_beginning(node)}"
        if rows:
            yield "    found: Rows = []"
        before, after = self._carried(stage), self._carried(stage + 1)
        if after:
            yield f"    c{stage + 1} = []"
        names = "".join(f"{self._held[node]}, " for node in before)
        yield (
            f"    for p, ({names}) in zip(people, c{stage}, strict=True):"
            if before
            else "    for p in people:"
        )
        yield from self._facts("        ", "p", "p", of_person=True)
        for node in theirs:
            yield f"        {self._held[node]} = {self._written(node)}"
        for node in sums:
            yield from self._counted(node)
        if after:
            names = "".join(f"{self._held[node]}, " for node in after)
            yield f"        c{stage + 1}.append(({names}))"
        if rows:
            yield from self._row("        ")

    def _carried(self, stage: int) -> list[Node]:
        """What was worked out of members before a stage and is read in it or after."""
        read = set(self.planned.nodes())
        read |= {
            below
            for node in self._order
            if self._stages[node] - (node.operator in AGGREGATES) >= stage
            for below in node.operands
        }
        return [
            node
            for node in self._held
            if node.of_person and self._stages[node] < stage and node in read
        ]

    def _counted(self, node: Node) -> Iterator[str]:
        """What a member adds to a figure over all."""
        name, body = self._held[node], self._text(node.operands[0])
        match node.operator:
            case "sum":
                yield f"        {name} += {body}"
            case "any":
                yield f"        if {body}:"
                yield f"            {name} = True"
            case extreme:
                sign = "<" if extreme == "lowest" else ">"
                yield f"        if {body} {sign} {name}:"
                yield f"            {name} = {body}"

    def _row(self, margin: str) -> Iterator[str]:
        """What is found for one subject, or that nothing is said of the case."""
        planned = self.planned
        untold = [
            self._text(node)
            for mark, node in planned.marks.items()
            if mark == UNTOLD or (isinstance(mark, tuple) and mark[0] != "silent")
        ]
        if planned.extent is not None and not planned.extent.exact:
            untold.append(self._text(planned.extent.missing))
        untold = [text for text in untold if text != "False"]
        flags = [
            f"*(({mark!r},) if {self._text(node)} else ())"
            for mark, node in planned.marks.items()
            if isinstance(mark, str) and mark != UNTOLD
        ]
        noted = f"({', '.join(flags)},)" if flags else "()"
        yield f"{margin}status = {self._text(planned.status)}"
        if untold:
            yield f"{margin}if {' or '.join(untold)}:"
            yield f"{margin}    return None"
        yield f"{margin}if status == {_DENIED}:"
        yield f"{margin}    found.append((status, {noted}))"
        yield f"{margin}elif status in {tuple(sorted(_TOLD))}:"
        yield f"{margin}    found.append((status, {noted}, {self._figures()}))"
        yield f"{margin}else:"
        yield f"{margin}    return None"

    def _figures(self) -> str:
        """The value; of a number each end as a whole number and what it is divided by."""
        extent, value = self.planned.extent, self.planned.value
        if extent is None:
            assert value is not None
            return self._text(value)
        low, high = (
            f"{self._text(end.whole)}, {' * '.join(map(self._text, end.by)) or '1'}"
            for end in (extent.low, extent.high)
        )
        if extent.exact:
            return low
        truths = extent.low_open, extent.high_open, extent.discretion
        return ", ".join([low, high, *map(self._text, truths)])

    def _facts(self, margin: str, letter: str, facts: str, *, of_person: bool) -> Iterator[str]:
        """The facts of a subject that are read, each once."""
        read = [node for node in self._order if node.operator in ("column", "known")]
        read += self.function.needed
        places = sorted(
            {self.function.places[node] for node in read if node.of_person == of_person}
        )
        for place in places:
            yield f"{margin}{letter}{place} = {facts}[{place}]"
        if places and self.function.otherwise:
            gaps = " or ".join(f"{letter}{place} is None" for place in places)
            yield f"{margin}if {gaps}:"
            yield f"{margin}    return {self.function.otherwise}(home, people)"

    def _named(self, node: Node) -> str:
        return f"{'p' if node.of_person else 'h'}{self.function.places[node]}"

    def _held_in(self, stage: int, *, of_person: bool) -> list[Node]:
        return [
            node
            for node in self._held
            if self._stages[node] == stage and node.of_person == of_person
        ]

    def _text(self, node: Node) -> str:
        """A node where it is read."""
        if node in self._held:
            return self._held[node]
        if node not in self._inside:
            self._inside[node] = self._written(node)
        return self._inside[node]

    def _written(self, node: Node) -> str:
        """What a node is made of."""
        operands = [self._text(below) for below in node.operands]
        match node.operator:
            case "constant":
                return str(bool(node.low)) if isinstance(node, Truth) else f"{node.low}"
            case "column":
                name = self._named(node)
                if self.function.otherwise:
                    return name
                harmless = min(max(node.low, 0), node.high)
                if isinstance(node, Truth) or not harmless:
                    return f"({name} or {'False' if isinstance(node, Truth) else 0})"
                return f"({harmless} if {name} is None else {name})"
            case "known":
                return f"({self._named(node)} is not None)"
            case "not":
                return f"(not {operands[0]})"
            case "choose":
                return f"({operands[1]} if {operands[0]} else {operands[2]})"
            case "least" | "greatest" as name:
                sign = "<" if name == "least" else ">"
                return f"({operands[0]} if {operands[0]} {sign} {operands[1]} else {operands[1]})"
            case name:
                return f"({f' {_SIGNS[name]} '.join(operands)})"


def _beginning(node: Node) -> str:
    """A figure over nobody; beyond it is every member's."""
    match node.operator:
        case "sum":
            return "0"
        case "any":
            return "False"
        case "lowest":
            return str(node.high)
        case _:
            return str(node.low)
