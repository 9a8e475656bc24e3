"""In which order the nodes of a plan are computed: the stages of a query, each made of columns.

What is read more than once has a column of its own, and what is nested deeply too, so that no text
grows beyond what it says and no parser runs out of depth. Persons and households are two chains of
stages: in each round the households take over aggregates of their members, then the persons what
they read of their household. Behind them rows that ask something are split, question by question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from attrs import define, field, frozen

from policyrules.backends.sql_nodes import LEAVES, times_written
from policyrules.backends.sql_paths import Split, is_answer
from policyrules.ir.whole_nodes import AGGREGATES, Node, needed

Side = Literal["persons", "households"]
SIDES: tuple[Side, ...] = ("households", "persons")
# SQLite parses a hundred things one inside another, and a condition or choice takes several.
_DEEPEST, _SMALL = 8, 3
# Behind the splits there are few rows, and each stage is one more inside another.
_BEHIND = (8, 12)
# Of a person: whether the household has more members than there can be.
CROWDED = "!crowded"
# Of a household: whether its key stands in the table more than once.
REPEATED = "!repeated"


@frozen
class Stage:
    """One SELECT of a chain: what it keeps of the one before, and what is new.

    New is what is computed, or what is `taken` from the other chain, or the answers of a `split`.
    """

    side: Side
    kept: tuple[Node, ...]
    computed: tuple[Node, ...] = ()
    taken: tuple[Node, ...] = ()
    split: Split | None = None


@define
class Staging:
    """Puts the nodes that some roots need into stages; `only` where there is one table.

    What rests on answers to the questions of `splits`, as the `paths` do, is computed behind them,
    in the chain that comes `last`.
    """

    roots: tuple[Node, ...]
    only: Side | None
    last: Side
    splits: tuple[Split, ...] = ()
    paths: tuple[Node, ...] = ()
    staged: set[Node] = field(init=False)
    _behind: set[Node] = field(factory=set)
    _reads: dict[Node, frozenset[Node]] = field(factory=dict)
    _places: dict[Node, tuple[int, int]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        asked = [split.asked for split in self.splits]
        order = list(needed((*self.roots, *self.paths, *asked)))
        for node in order:
            if is_answer(node) or any(each in self._behind for each in node.operands):
                self._behind.add(node)
        self.staged = self._chosen(order)
        for node in order:
            self._reads[node] = self._read(node)
            if node in self.staged - self._behind:
                self._places[node] = self._place(node)

    def side(self, node: Node) -> Side:
        """In which chain a node is computed."""
        if node in self._behind:
            return self.last
        return self.only or ("persons" if node.of_person else "households")

    def stages(self) -> tuple[list[Stage], list[Stage]]:
        """The stages in an order in which each finds what it reads; the first ones are tables.

        Those of all rows, then those of the rows that ask something.
        """
        split, behind = self._split_stages()
        found: list[Stage] = []
        wanted: dict[Side, set[Node]] = {side: set() for side in SIDES}
        wanted[self.last] = behind | {root for root in self.roots if root in self.staged}
        for side, computed, taken in reversed(list(self._steps())):
            new = {*computed, *taken}
            kept = wanted[side] - new
            found.append(Stage(side, _in_order(kept), computed, taken))
            read = {each for node in computed for each in self._reads[node]}
            wanted[side] = kept | read
            for node in taken:
                other = SIDES[SIDES.index(side) - 1]
                wanted[other] |= {node} if side == "persons" else self._reads[node]
                if side == "households" and node.operator == "sum":
                    wanted["persons"] |= {each for each in self.staged if each.name == CROWDED}
        first = [Stage(side, _in_order(wanted[side])) for side in SIDES if self._is_used(side)]
        return [*first, *reversed(found)], split

    def _split_stages(self) -> tuple[list[Stage], set[Node]]:
        """The stages behind all rows, the first of them a table, and what that has of these."""
        steps: list[Split | tuple[Node, ...]] = []
        done: set[Node] = set()
        for split in self.splits:
            steps += [*self._layers([split.asked], done), split]
        steps += self._layers(self.paths, done)
        wanted = {node for node in self.paths if node in self.staged}
        found: list[Stage] = []
        for step in reversed(steps):
            if isinstance(step, Split):
                wanted -= {step.known, step.answer}
                found.append(Stage(self.last, _in_order(wanted), split=step))
                wanted |= {step.asked} & self.staged
            else:
                wanted -= {*step}
                found.append(Stage(self.last, _in_order(wanted), step))
                wanted |= {each for node in step for each in self._reads[node]}
        first = [Stage(self.last, _in_order(wanted))] if steps else []
        return [*first, *reversed(found)], wanted

    def _layers(self, roots: Iterable[Node], done: set[Node]) -> Iterator[tuple[Node, ...]]:
        """What is computed for some roots behind the splits, in stages that read those before."""
        behind = self._behind & self.staged
        levels: dict[Node, int] = {}
        for node in needed(roots):
            if node in behind - done and not is_answer(node):
                below = (levels[each] for each in self._reads[node] if each in levels)
                levels[node] = 1 + max(below, default=0)
        done.update(levels)
        for level in sorted({*levels.values()}):
            yield _in_order(node for node, which in levels.items() if which == level)

    def _is_used(self, side: Side) -> bool:
        return side == self.last or any(self.side(node) == side for node in self.staged)

    def _steps(self) -> Iterator[tuple[Side, tuple[Node, ...], tuple[Node, ...]]]:
        """What each stage computes or takes over, without what it keeps."""
        rounds = max((place[0] for place in self._places.values()), default=0)
        had: dict[Side, set[Node]] = {side: set() for side in SIDES}
        for number in range(rounds + 1):
            for side in SIDES:
                here = {
                    node: level
                    for node, (which, level) in self._places.items()
                    if which == number and self.side(node) == side and node.operator not in LEAVES
                }
                taken = self._taken(side, here, is_last=number == rounds) - had[side]
                had[side] |= taken
                if taken:
                    yield side, (), _in_order(taken)
                for level in sorted({*here.values()} - {0}):
                    yield side, _in_order(node for node in here if here[node] == level), ()

    def _taken(self, side: Side, here: Mapping[Node, int], *, is_last: bool) -> set[Node]:
        if side == "households":
            return {node for node in here if node.operator in AGGREGATES}
        read = {each for node in here for each in self._reads[node]}
        if is_last and self.last == side:
            read |= self.staged.intersection(self.roots) | self._split_stages()[1]
        return {each for each in read if self.side(each) != side}

    def _chosen(self, order: list[Node]) -> set[Node]:
        """The nodes that have a column of their own."""
        uses: Counter[Node] = Counter()
        asked = (split.asked for split in self.splits)
        roots = (*self.roots, *self.paths, *asked)
        forced = {node for node in roots if node.operator != "constant"}
        for node in order:
            for operand, times in zip(node.operands, times_written(node), strict=True):
                uses[operand] += times
                apart = self.side(operand) != self.side(node)
                if operand.operator != "constant" and (apart or node.operator in AGGREGATES):
                    forced.add(operand)
        staged: set[Node] = set()
        sizes: dict[Node, int] = {}
        depths: dict[Node, int] = {}
        for node in order:
            inside = [each for each in node.operands if each not in staged]
            sizes[node] = 1 + sum(sizes[each] for each in inside)
            depths[node] = 1 + max((_depth(node, each, depths) for each in inside), default=0)
            small, deepest = _BEHIND if node in self._behind else (_SMALL, _DEEPEST)
            repeated = uses[node] > 1 and sizes[node] > small
            own = node.operator in LEAVES | AGGREGATES or node in forced
            if own or (node.operator != "constant" and (repeated or depths[node] >= deepest)):
                staged.add(node)
        return staged

    def _read(self, node: Node) -> frozenset[Node]:
        """The columns that stand in what is written for a node."""
        found: set[Node] = set()
        for operand in node.operands:
            found |= {operand} if operand in self.staged else self._reads[operand]
        return frozenset(found)

    def _place(self, node: Node) -> tuple[int, int]:
        """The round, and the level in it, in which a column is computed; 0 for what is there."""
        side = self.side(node)
        places = [(self.side(each), self._places[each]) for each in self._reads[node]]
        number = max((which for _, (which, _) in places), default=0)
        if node.operator in AGGREGATES:
            return number + 1, 0
        own = [level for of, (which, level) in places if of == side and which == number]
        return number, 0 if node.operator in LEAVES else 1 + max(own, default=0)


def _depth(node: Node, operand: Node, depths: Mapping[Node, int]) -> int:
    """How deep an operand lies; a choice in the other branch of one stands beside it."""
    beside = node.operator == operand.operator == "choose" and operand is node.operands[2]
    return depths[operand] - 1 if beside else depths[operand]


def _in_order(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(sorted(nodes, key=lambda node: node.number))
