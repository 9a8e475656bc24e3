"""Makes plans in whole numbers: computes beforehand what can be, and makes no node twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from attrs import define, field

from policyrules.ir.whole_nodes import Node, Operator, Truth, Whole, is_constant

# Of those of an aggregate: a household of a case has no more.
MOST = 100
# How many choices one under another are looked through.
_FOLLOWED = 20
_MERGED = frozenset({"add", "subtract", "multiply", "least", "greatest"})


@define
class Integers:
    """Makes the nodes of one plan."""

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
        then, otherwise = _branch(then, condition, 1), _branch(otherwise, condition, 2)
        if then is otherwise:
            return then
        if then.operator == "choose" and then.operands[2] is otherwise:
            both = self.every(condition, _truth_of(then.operands[0]))
            return self.choose(both, _whole_of(then.operands[1]), otherwise)
        merged = self._merged(condition, then, otherwise)
        if merged is not None:
            return merged
        low, high = min(then.low, otherwise.low), max(then.high, otherwise.high)
        return self._whole("choose", (condition, then, otherwise), low, high)

    def _merged(self, condition: Truth, then: Whole, otherwise: Whole) -> Whole | None:
        """Branches of one shape as one formula of what is chosen, else None.

        Cases of a benefit differ in a rate or a limit: the rest is worked out once for them.
        """
        places = _shared(then, otherwise)
        if places is not None:
            return self._of_shape(condition, then, otherwise, places)
        turned = self.negation(condition)
        for one, other, holds in ((then, otherwise, condition), (otherwise, then, turned)):
            if other.operator != "choose":
                continue
            second = _truth_of(other.operands[0])
            first, last = map(_whole_of, other.operands[1:])
            for like, left, also in ((first, last, second), (last, first, self.negation(second))):
                if _shared(one, like) is not None:
                    return self.choose(
                        self.either(holds, also), self.choose(holds, one, like), left
                    )
        return None

    def _of_shape(
        self, condition: Truth, then: Whole, otherwise: Whole, places: tuple[int, int]
    ) -> Whole:
        """The operation of both branches, which share the operands at two places."""
        mine, theirs = places
        one, other = _whole_of(then.operands[1 - mine]), _whole_of(otherwise.operands[1 - theirs])
        chosen, shared = self.choose(condition, one, other), _whole_of(then.operands[mine])
        left, right = (chosen, shared) if mine else (shared, chosen)
        make = {"add": self.add, "subtract": self.subtract, "multiply": self.multiply}
        make |= {"least": self.least, "greatest": self.greatest}
        return make[then.operator](left, right)

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
        for code, known in ((left, right), (right, left)):
            found = self._branches_equal(code, known, _FOLLOWED)
            if found is not None:
                return found
        return self._truth("equal", _sorted(left, right))

    def _branches_equal(self, code: Whole, known: Whole, levels: int) -> Truth | None:
        """Whether a choice among constants is this one, told by its conditions; None for others."""
        if known.operator != "constant":
            return None
        if code.operator == "constant" or not code.low <= known.low <= code.high:
            return self.yes if code.low == code.high == known.low else self.no
        if code.operator != "choose" or not levels:
            return None
        condition, *branches = code.operands
        then, otherwise = (
            self._branches_equal(_whole_of(branch), known, levels - 1) for branch in branches
        )
        if then is None or otherwise is None:
            return None
        return self.pick(_truth_of(condition), then, otherwise)

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
        unless = self.negation(condition)
        for one, other, holds in ((then, otherwise, condition), (otherwise, then, unless)):
            if one is self.yes:
                return self.either(holds, other)
            if one is self.no:
                return self.every(self.negation(holds), other)
        return self.either(self.every(condition, then), self.every(unless, otherwise))

    def total(self, body: Whole) -> Whole:
        """The sum over the members."""
        if not (body.of_person or is_constant(body, 1)):
            return self.multiply(self.total(self.constant(1)), body)
        ends = (body.low, -1), (body.high, 1)
        low, high = (end * MOST if end * sign > 0 else end for end, sign in ends)
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

    def first(self, body: Whole) -> Whole:
        """That of the first member for whom it is not 0; 0 if there is none."""
        if not body.of_person:
            return body
        return self._whole("first", (body,), min(body.low, 0), max(body.high, 0), of_person=False)

    def before(self, body: Truth) -> Truth:
        """Of each member, whether it holds for one who stands before."""
        if is_constant(body, 0):
            return body
        return self._truth("before", (body,), True)

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
        fewer = [self._beside(each, operator, found) for each in found]
        if any(new is not old for new, old in zip(fewer, found, strict=True)):
            return self._junction(operator, tuple(fewer))
        if not found:
            return self.no if decisive else self.yes
        if len(found) == 1:
            return _truth_of(next(iter(found)))
        return self._truth(operator, tuple(found))

    def _beside(
        self, truth: Node, operator: Literal["and", "or"], others: dict[Node, None]
    ) -> Truth:
        """An operand of a junction without what the other operands say of it already.

        Of `a and (a or b)` the second says nothing, of `a and (not a or b)` it says `b`.
        """
        turned: Literal["and", "or"] = "or" if operator == "and" else "and"
        if truth.operator != turned:
            return _truth_of(truth)
        if any(below in others for below in truth.operands):
            return self.no if operator == "or" else self.yes
        left = [below for below in truth.operands if self._negated(below) not in others]
        if len(left) == len(truth.operands):
            return _truth_of(truth)
        return self._junction(turned, tuple(map(_truth_of, left)))

    def _negated(self, truth: Node) -> Node | None:
        """The negation of a truth, if it was made."""
        if truth.operator == "not":
            return truth.operands[0]
        return self._made.get((Truth, "not", (truth,), "", truth.of_person, None))

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


def _shared(one: Whole, other: Whole) -> tuple[int, int] | None:
    """Where two operations of one kind have an operand that they share; None for others."""
    if one.operator != other.operator or one.operator not in _MERGED:
        return None
    places = ((0, 0), (1, 1)) if one.operator == "subtract" else ((0, 0), (1, 1), (0, 1), (1, 0))
    return next(((a, b) for a, b in places if one.operands[a] is other.operands[b]), None)


def _sorted(left: Whole, right: Whole) -> tuple[Whole, Whole]:
    """Both in the order in which they were made, so that a + b and b + a are one."""
    return (left, right) if left.number <= right.number else (right, left)


def _branch(value: Whole, condition: Truth, place: int) -> Whole:
    """What is left of a value where it is settled whether a condition holds."""
    if value.operator == "choose" and value.operands[0] is condition:
        return _whole_of(value.operands[place])
    return value


def _whole_of(node: Node) -> Whole:
    assert isinstance(node, Whole)
    return node


def _truth_of(node: Node) -> Truth:
    assert isinstance(node, Truth)
    return node
