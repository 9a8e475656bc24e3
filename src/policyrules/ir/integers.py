"""Whole-number arithmetic that every engine has: the program as it is for machines.

A node computes an integer or a truth from integers, with proved bounds: none can leave them, so a
machine whose integers wrap still computes exactly. Every node is total; division is by what is
proved to be positive and goes toward minus infinity. A plan makes its nodes in one `Integers`,
operands before what they are operands of, equal ones once: an engine writes them in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from attrs import define, field, frozen

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
]
# Of those of an aggregate: a household of a case has no more.
MOST = 100


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


@define
class Integers:
    """Makes the nodes of a plan: what can be computed beforehand is, and nothing is made twice."""

    _made: dict[tuple[object, ...], Node] = field(factory=dict)

    @property
    def yes(self) -> Truth:
        """What always holds."""
        return self._truth("constant", (), value=1)

    @property
    def no(self) -> Truth:
        """What never holds."""
        return self._truth("constant", (), value=0)

    def constant(self, value: int) -> Whole:
        """A number known beforehand."""
        return self._whole("constant", (), value, value)

    def column(self, name: str, low: int, high: int, *, of_person: bool) -> Whole:
        """A number, day or choice that a row has; 0 or any other within bounds where missing."""
        return self._whole("column", (), low, high, of_person=of_person, name=name)

    def fact(self, name: str, *, of_person: bool) -> Truth:
        """A yes or no that a row has; no where it is missing."""
        return self._truth("column", (), of_person=of_person, name=name)

    def known(self, name: str, *, of_person: bool) -> Truth:
        """Whether a row has a fact."""
        return self._truth("known", (), of_person=of_person, name=name)

    def add(self, left: Whole, right: Whole) -> Whole:
        """The sum."""
        if is_constant(left, 0):
            return right
        if is_constant(right, 0):
            return left
        low, high = left.low + right.low, left.high + right.high
        return self._whole("add", _sorted(left, right), low, high)

    def subtract(self, left: Whole, right: Whole) -> Whole:
        """The difference."""
        if is_constant(right, 0):
            return left
        if left is right:
            return self.constant(0)
        return self._whole("subtract", (left, right), left.low - right.high, left.high - right.low)

    def negative(self, value: Whole) -> Whole:
        """The number with the other sign."""
        return self.subtract(self.constant(0), value)

    def multiply(self, left: Whole, right: Whole) -> Whole:
        """The product."""
        for one, other in ((left, right), (right, left)):
            if is_constant(one, 1):
                return other
            if is_constant(one, 0):
                return one
        ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        return self._whole("multiply", _sorted(left, right), min(ends), max(ends))

    def product(self, factors: Iterable[Whole]) -> Whole:
        """The product of any number of factors."""
        result = self.constant(1)
        for factor in factors:
            result = self.multiply(result, factor)
        return result

    def floor_divide(self, value: Whole, divisor: Whole) -> Whole:
        """How many whole times the divisor, which is proved positive, is in the value."""
        assert divisor.low > 0
        if is_constant(divisor, 1):
            return value
        ends = [a // b for a in (value.low, value.high) for b in (divisor.low, divisor.high)]
        return self._whole("floor_divide", (value, divisor), min(ends), max(ends))

    def modulo(self, value: Whole, divisor: Whole) -> Whole:
        """What `floor_divide` leaves over: at least 0, less than the divisor."""
        assert divisor.low > 0
        if value.low >= 0 and value.high < divisor.low:
            return value
        return self._whole("modulo", (value, divisor), 0, divisor.high - 1)

    def least(self, left: Whole, right: Whole) -> Whole:
        """The smaller of two."""
        if left is right or left.high <= right.low:
            return left
        if right.high <= left.low:
            return right
        low, high = min(left.low, right.low), min(left.high, right.high)
        return self._whole("least", _sorted(left, right), low, high)

    def greatest(self, left: Whole, right: Whole) -> Whole:
        """The larger of two."""
        if left is right or right.high <= left.low:
            return left
        if left.high <= right.low:
            return right
        low, high = max(left.low, right.low), max(left.high, right.high)
        return self._whole("greatest", _sorted(left, right), low, high)

    def size(self, value: Whole) -> Whole:
        """The number without its sign."""
        if value.low >= 0:
            return value
        return self.greatest(value, self.negative(value))

    def choose(self, condition: Truth, then: Whole, otherwise: Whole) -> Whole:
        """One of two, as a condition holds or not."""
        if condition.operator == "constant":
            return then if condition.low else otherwise
        if then is otherwise:
            return then
        if condition.operator == "not":
            return self.choose(_truth_of(condition.operands[0]), otherwise, then)
        low, high = min(then.low, otherwise.low), max(then.high, otherwise.high)
        return self._whole("choose", (condition, then, otherwise), low, high)

    def less(self, left: Whole, right: Whole) -> Truth:
        """Whether the left one is smaller."""
        if left.high < right.low:
            return self.yes
        if left is right or left.low >= right.high:
            return self.no
        return self._truth("less", (left, right))

    def at_most(self, left: Whole, right: Whole) -> Truth:
        """Whether the left one is not larger."""
        return self.negation(self.less(right, left))

    def equal(self, left: Whole, right: Whole) -> Truth:
        """Whether both are the same."""
        if left is right or left.low == left.high == right.low == right.high:
            return self.yes
        if left.high < right.low or right.high < left.low:
            return self.no
        return self._truth("equal", _sorted(left, right))

    def every(self, *truths: Truth) -> Truth:
        """Whether all hold."""
        return self._junction("and", truths)

    def either(self, *truths: Truth) -> Truth:
        """Whether at least one holds."""
        return self._junction("or", truths)

    def negation(self, truth: Truth) -> Truth:
        """Yes for no, no for yes."""
        if truth.operator == "constant":
            return self.no if truth.low else self.yes
        if truth.operator == "not":
            return _truth_of(truth.operands[0])
        return self._truth("not", (truth,))

    def pick(self, condition: Truth, then: Truth, otherwise: Truth) -> Truth:
        """One of two truths, as a condition holds or not."""
        if then is otherwise:
            return then
        return self.either(
            self.every(condition, then), self.every(self.negation(condition), otherwise)
        )

    def total(self, body: Whole) -> Whole:
        """The sum over the members."""
        low, high = (end * MOST if end * sign > 0 else end for end, sign in _signs(body))
        return self._whole("sum", (body,), low, high, of_person=False)

    def highest(self, body: Whole) -> Whole:
        """The highest among the members."""
        if not body.of_person:
            return body
        return self._whole("highest", (body,), body.low, body.high, of_person=False)

    def lowest(self, body: Whole) -> Whole:
        """The lowest among the members."""
        if not body.of_person:
            return body
        return self._whole("lowest", (body,), body.low, body.high, of_person=False)

    def any_member(self, body: Truth) -> Truth:
        """Whether it holds for any member."""
        return self._truth("any", (body,), False) if body.of_person else body

    def _junction(self, operator: Literal["and", "or"], truths: tuple[Truth, ...]) -> Truth:
        decisive = int(operator == "or")
        found: dict[Node, None] = {}
        for truth in truths:
            if truth.operator == "constant":
                if truth.low == decisive:
                    return truth
            else:
                found |= dict.fromkeys(truth.operands if truth.operator == operator else (truth,))
        if any(each.operator == "not" and each.operands[0] in found for each in found):
            return self.yes if decisive else self.no
        if not found:
            return self.no if decisive else self.yes
        if len(found) == 1:
            return _truth_of(next(iter(found)))
        return self._truth(operator, tuple(found))

    def _whole(
        self,
        operator: Operator,
        operands: tuple[Node, ...],
        low: int,
        high: int,
        *,
        of_person: bool | None = None,
        name: str = "",
    ) -> Whole:
        if operands and low == high:
            return self.constant(low)
        reads = any(below.of_person for below in operands) if of_person is None else of_person
        make: Callable[[int], Node] = lambda number: Whole(  # noqa: E731 - used once below
            number, operator, operands, low, high, reads, name
        )
        key = (Whole, operator, operands, name, reads, *(() if operands else (low, high)))
        found = self._kept(key, make)
        assert isinstance(found, Whole)
        return found

    def _truth(
        self,
        operator: Operator,
        operands: tuple[Node, ...],
        of_person: bool | None = None,
        *,
        name: str = "",
        value: int | None = None,
    ) -> Truth:
        reads = any(below.of_person for below in operands) if of_person is None else of_person
        low, high = (0, 1) if value is None else (value, value)
        make: Callable[[int], Node] = lambda number: Truth(  # noqa: E731 - used once below
            number, operator, operands, low, high, reads, name
        )
        return _truth_of(self._kept((Truth, operator, operands, name, reads, value), make))

    def _kept(self, key: tuple[object, ...], make: Callable[[int], Node]) -> Node:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make(len(self._made))
        return found


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


def bits(node: Node) -> int:
    """How many bits a machine needs for a number, its sign included."""
    return max(node.high.bit_length(), (-node.low - 1).bit_length() if node.low < 0 else 0) + 1


def _sorted(left: Whole, right: Whole) -> tuple[Whole, Whole]:
    """Both in the order in which they were made, so that a + b and b + a are one."""
    return (left, right) if left.number <= right.number else (right, left)


def _signs(body: Whole) -> tuple[tuple[int, int], tuple[int, int]]:
    return (body.low, -1), (body.high, 1)


def _truth_of(node: Node) -> Truth:
    assert isinstance(node, Truth)
    return node
