"""What a query says of each path of a row: which question it asks next, and how it ends.

The plan of `ir/following.py` has a column for the answer to each question. A row in which nothing
is asked is told at once. Any other stands in the query once for each answer to a question that it
asks, one question after the other; what all its paths are together is what `hulls.py` says of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Literal

from attrs import frozen

from policyrules.ir.integers import Integers
from policyrules.ir.lower import OPENED, STATUSES, Lowered, Planned
from policyrules.ir.pieces import Extent
from policyrules.ir.remade import remade
from policyrules.ir.whole_nodes import AGGREGATES, Node, Truth, Whole, needed

# Whose fact of what name is missing.
Need = tuple[str, str]
How = Literal["least", "most"]
# What has more questions is left open; and so is a row on a path that answers so many.
MOST_QUESTIONS, MOST_ASKED = 10, 10
_UNBOUNDED = tuple(STATUSES.index(status) for status in ("conflict", "manual"))
_OPEN = (*_UNBOUNDED, STATUSES.index("not stated"))


@frozen
class Told:
    """A figure of each path: the least or the most of those where it counts is that of the row.

    Where it does not count it is 0, as is a truth that does not hold; one that does is 1.
    """

    name: str
    value: Node
    how: How
    when: Truth | None = None


@frozen
class Split:
    """A question, where it is asked: a path goes on once with each answer, in these columns."""

    asked: Truth
    known: Truth
    answer: Node
    answers: tuple[int, ...]


def is_answer(node: Node) -> bool:
    """Whether it is the column of an answer to a question."""
    return node.operator in ("column", "known") and node.name.startswith("?")


@frozen
class Ways:
    """The paths of one outcome."""

    lowered: Lowered
    planned: Planned

    @property
    def make(self) -> Integers:
        """Where nodes are made."""
        return self.lowered.integers

    @property
    def extent(self) -> Extent:
        """The amount."""
        assert self.planned.extent is not None
        return self.planned.extent

    def can_split(self) -> bool:
        """Whether there are few questions, and no figure over the members rests on one."""
        rest: set[Node] = set()
        for node in self._all():
            if is_answer(node) or any(each in rest for each in node.operands):
                rest.add(node)
                if node.operator in AGGREGATES:
                    return False
        return len(self.lowered.questions) <= MOST_QUESTIONS

    def asks(self) -> Truth:
        """Whether a row asks anything."""
        question = self._without(self.planned.question, self._columns())
        return self.make.negation(self.make.equal(question, self.make.constant(0)))

    def splits(self) -> tuple[Split, ...]:
        """The questions in their order, each by what was answered before."""
        found: list[Split] = []
        make, asked = self.make, self.make.constant(0)
        answers = {node.name: node for node in self._all() if _is_value(node)}
        unanswered = self._columns()
        for number, question in enumerate(self.lowered.questions, 1):
            next_one = self._without(self.planned.question, unanswered)
            here = make.every(
                make.equal(next_one, make.constant(number)),
                make.less(asked, make.constant(MOST_ASKED)),
            )
            if here is make.no or question.column not in answers:
                continue
            unanswered.remove(question.column)
            known = make.known(question.column, of_person=False)
            found.append(Split(here, known, answers[question.column], question.answers))
            asked = make.add(asked, make.choose(known, make.constant(1), make.constant(0)))
        return tuple(found)

    def paths(self, splits: tuple[Split, ...]) -> tuple[Told, ...]:
        """The figures of a path that has all its answers."""
        answered = {split.known.name for split in splits}
        question = self._without(self.planned.question, self._columns() - answered)
        return self._told_without(question, self._columns() - answered)

    def rows(self) -> tuple[Told, ...]:
        """The same of a row that asks nothing."""
        return self._told_without(self.make.constant(0), self._columns())

    def _columns(self) -> set[str]:
        return {question.column for question in self.lowered.questions}

    def _all(self) -> Iterator[Node]:
        planned = self.planned
        return needed([planned.question, planned.valued, *planned.nodes()])

    def _told_without(self, question: Whole, unanswered: set[str]) -> tuple[Told, ...]:
        told = self._told(question)
        parts = [part for each in told for part in (each.value, each.when) if part is not None]
        new = remade(self.make, parts, self._settled(unanswered))
        return tuple(
            Told(each.name, new[each.value], each.how, _truth(each.when, new)) for each in told
        )

    def _without(self, node: Whole, unanswered: set[str]) -> Whole:
        """A node where some questions have no answer."""
        found = remade(self.make, [node], self._settled(unanswered))[node]
        assert isinstance(found, Whole)
        return found

    def _settled(self, unanswered: set[str]) -> Mapping[Node, Node]:
        make = self.make
        found: dict[Node, Node] = {}
        for node in self._all():
            if is_answer(node) and node.name in unanswered:
                any_value = min(max(0, node.low), node.high)
                none = make.no if isinstance(node, Truth) else make.constant(any_value)
                found[node] = none
        return found

    def _told(self, question: Whole) -> tuple[Told, ...]:
        make, planned, extent = self.make, self.planned, self.extent
        status, valued = planned.status, planned.valued
        opened = make.equal(status, make.constant(STATUSES.index(OPENED)))
        asks_on = make.negation(make.equal(question, make.constant(0)))
        unstated = make.either(*(make.equal(status, make.constant(code)) for code in _OPEN))
        found = [
            Told("first status", status, "least"),
            Told("last status", status, "most"),
            Told("lost", make.either(opened, asks_on), "most"),
            Told("unstated", unstated, "most"),
        ]
        ends = ("low", extent.low, extent.low_open), ("high", extent.high, extent.high_open)
        for name, figure, is_open in ends:
            closed = make.every(valued, make.negation(is_open))
            by = reduce(make.multiply, figure.by, make.constant(1))
            found += [
                Told(name, figure.whole, "least" if name == "low" else "most", closed),
                Told(f"{name} open", make.every(valued, is_open), "most"),
                Told(f"{name} by least", by, "least"),
                Told(f"{name} by most", by, "most"),
            ]
        return (*found, *(Told(mark_name(mark), noted, "most") for mark, noted in self.marks()))

    def marks(self) -> Iterator[tuple[Need, Truth]]:
        """What may be missing, and where it is noted."""
        for mark, noted in self.planned.marks.items():
            if isinstance(mark, tuple) and mark[0] in ("household", "person", "parameters"):
                yield mark, noted


def _is_value(node: Node) -> bool:
    return is_answer(node) and node.operator == "column"


def _truth(node: Truth | None, new: Mapping[Node, Node]) -> Truth | None:
    found = None if node is None else new[node]
    assert found is None or isinstance(found, Truth)
    return found


def mark_name(mark: Need) -> str:
    """The figure that says whether something was missing."""
    return f"missing {mark[0]} {mark[1]}"
