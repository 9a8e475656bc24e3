"""Rational arithmetic in whole numbers: every number as so many times a part that is known before.

A `Figure` is `whole` × `part` / the product of `by`: the part is a rational known beforehand, what
is in `by` are integers proved to be positive (income / number of members keeps the number there).
So nothing is divided until something is rounded or compared, and then once, exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import gcd

from attrs import field, frozen

from policyrules.ir.integers import Integers
from policyrules.ir.whole_nodes import Truth, Whole, is_constant

_TENTH = Fraction(1, 10)


class NotPlanned(Exception):
    """An expression that has no plan in whole numbers; the text says what it is."""


@frozen
class Figure:
    """A rational number; equal where its pieces are."""

    whole: Whole
    part: Fraction
    by: tuple[Whole, ...] = ()


@frozen
class Exact:
    """The arithmetic of figures, whose integers are made in one plan."""

    integers: Integers = field(factory=Integers)

    def constant(self, value: Fraction) -> Figure:
        """A number known beforehand."""
        return Figure(self.integers.constant(value.numerator), Fraction(1, value.denominator))

    def add(self, left: Figure, right: Figure) -> Figure:
        """The sum."""
        (one, other), part, by = self.aligned(left, right)
        return Figure(self.integers.add(one, other), part, by)

    def subtract(self, left: Figure, right: Figure) -> Figure:
        """The difference."""
        (one, other), part, by = self.aligned(left, right)
        return Figure(self.integers.subtract(one, other), part, by)

    def multiply(self, left: Figure, right: Figure) -> Figure:
        """The product; what is divided by and multiplied with goes out."""
        for one, other in ((left, right), (right, left)):
            known = known_value(one)
            if known is not None:
                return self.scaled(other, known)
        by = Counter(left.by + right.by)
        factors = [_taken(each.whole, by) for each in (left, right)]
        whole = self.integers.product(each for each in factors if each is not None)
        return Figure(whole, left.part * right.part, _in_order(by))

    def scaled(self, value: Figure, factor: Fraction) -> Figure:
        """So many times a number: nothing is computed for it but a sign."""
        if not factor:
            return self.constant(factor)
        known = known_value(value)
        if known is not None:
            return self.constant(known * factor)
        whole = value.whole if factor > 0 else self.integers.negative(value.whole)
        return Figure(whole, value.part * abs(factor), value.by)

    def divide(self, left: Figure, right: Figure) -> Figure:
        """The quotient; by zero it is 0."""
        known = known_value(right)
        if known is not None:
            return self.scaled(left, 1 / known if known else known)
        integers, divisor, whole = self.integers, right.whole, left.whole
        if divisor.low <= 0:
            zero = integers.constant(0)
            turned = integers.choose(integers.less(divisor, zero), integers.negative(whole), whole)
            whole = integers.choose(integers.equal(divisor, zero), zero, turned)
            divisor = integers.greatest(integers.size(divisor), integers.constant(1))
        by = Counter((*left.by, divisor))
        over = [each for each in (_taken(below, by) for below in right.by) if each is not None]
        first = _taken(whole, by)
        top = integers.product([*([] if first is None else [first]), *over])
        return Figure(top, left.part / right.part, _in_order(by))

    def least(self, left: Figure, right: Figure) -> Figure:
        """The smaller of two."""
        (one, other), part, by = self.aligned(left, right)
        return self._same(self.integers.least(one, other), part, by, {one: left, other: right})

    def greatest(self, left: Figure, right: Figure) -> Figure:
        """The larger of two."""
        (one, other), part, by = self.aligned(left, right)
        return self._same(self.integers.greatest(one, other), part, by, {one: left, other: right})

    def choose(self, condition: Truth, then: Figure, otherwise: Figure) -> Figure:
        """One of two, as a condition holds or not."""
        if then == otherwise:
            return then
        (one, other), part, by = self.aligned(then, otherwise)
        chosen = self.integers.choose(condition, one, other)
        return self._same(chosen, part, by, {one: then, other: otherwise})

    def less(self, left: Figure, right: Figure) -> Truth:
        """Whether the left one is smaller."""
        (one, other), _, _ = self.aligned(left, right)
        return self.integers.less(one, other)

    def equal(self, left: Figure, right: Figure) -> Truth:
        """Whether both are the same number."""
        (one, other), _, _ = self.aligned(left, right)
        return self.integers.equal(one, other)

    def round_down(self, value: Figure, step: Fraction) -> Figure:
        """The largest multiple of the step that is not above the value."""
        return self._rounded(value, step, self.integers.floor_divide)

    def round_up(self, value: Figure, step: Fraction) -> Figure:
        """The smallest multiple of the step that is not below the value."""
        return self._rounded(value, step, self._ceiling)

    def round_half_up(self, value: Figure, step: Fraction) -> Figure:
        """The nearest multiple of the step; a tie goes away from zero."""
        return self._rounded(value, step, self._nearest)

    def round_half_even(self, value: Figure, step: Fraction) -> Figure:
        """The nearest multiple of the step; a tie goes to the even multiple."""
        return self._rounded(value, step, self._nearest_even)

    def round_jiao_up(self, value: Figure, step: Fraction) -> Figure:
        """Cut to tenths of the step, then up to the step."""
        return self.round_up(self.round_down(value, step * _TENTH), step)

    def floor_divide(self, value: Figure, step: Figure) -> Figure:
        """How many whole times the step is in the value; of a step of zero, 0."""
        return self.round_down(self.divide(value, step), Fraction(1))

    def total(self, value: Figure) -> Figure:
        """The sum over the members; what it is divided by is the same for all of them."""
        if any(each.of_person for each in value.by):
            raise NotPlanned("a sum of quotients by another number for each member")
        return Figure(self.integers.total(value.whole), value.part, value.by)

    def aligned(self, *values: Figure) -> tuple[tuple[Whole, ...], Fraction, tuple[Whole, ...]]:
        """The wholes of figures in one part and over one divisor, which come with them."""
        by: Counter[Whole] = Counter()
        for value in values:
            by |= Counter(value.by)
        # Nothing at all is nothing in any part.
        parts = [value.part for value in values if not is_constant(value.whole, 0)]
        part = common_part(parts)
        wholes = tuple(self._in(value, part, by) for value in values)
        return wholes, part, _in_order(by)

    def _in(self, value: Figure, part: Fraction, by: Counter[Whole]) -> Whole:
        if is_constant(value.whole, 0):
            return value.whole
        missing = _in_order(by - Counter(value.by))
        times = value.part / part
        assert times.denominator == 1
        return self.integers.product(
            (value.whole, *missing, self.integers.constant(times.numerator))
        )

    def _same(
        self, whole: Whole, part: Fraction, by: tuple[Whole, ...], known: dict[Whole, Figure]
    ) -> Figure:
        """The figure that was chosen, as it was where it is surely one of those known."""
        return known[whole] if whole in known else Figure(whole, part, by)

    def _rounded(
        self, value: Figure, step: Fraction, quotient: Callable[[Whole, Whole], Whole]
    ) -> Figure:
        if not step:
            return value
        if step < 0:
            raise NotPlanned("rounding to a step below zero")
        times = value.part / step
        if times.denominator == 1 and not value.by:
            return value
        top = self.integers.multiply(value.whole, self.integers.constant(times.numerator))
        bottom = self.integers.product((self.integers.constant(times.denominator), *value.by))
        return Figure(quotient(top, bottom), step)

    def _ceiling(self, top: Whole, bottom: Whole) -> Whole:
        integers = self.integers
        return integers.negative(integers.floor_divide(integers.negative(top), bottom))

    def _nearest(self, top: Whole, bottom: Whole) -> Whole:
        """Half of the divisor is added before dividing: nothing needs to be doubled."""
        integers = self.integers
        half = integers.floor_divide(bottom, integers.constant(2))
        nearest = integers.floor_divide(integers.add(integers.size(top), half), bottom)
        below = integers.less(top, integers.constant(0))
        return integers.choose(below, integers.negative(nearest), nearest)

    def _nearest_even(self, top: Whole, bottom: Whole) -> Whole:
        integers = self.integers
        two, size = integers.constant(2), integers.size(top)
        half = integers.floor_divide(bottom, two)
        nearest = integers.floor_divide(integers.add(size, half), bottom)
        over = integers.multiply(integers.modulo(size, bottom), two)
        odd = integers.equal(integers.modulo(nearest, two), integers.constant(1))
        tie = integers.every(integers.equal(over, bottom), odd)
        even = integers.subtract(
            nearest, integers.choose(tie, integers.constant(1), integers.constant(0))
        )
        below = integers.less(top, integers.constant(0))
        return integers.choose(below, integers.negative(even), even)


def known_value(value: Figure) -> Fraction | None:
    """The number that a figure is whatever the case; None where that depends."""
    if value.whole.operator == "constant" and not value.by:
        return value.whole.low * value.part
    return None


def common_part(parts: Iterable[Fraction]) -> Fraction:
    """The largest part of which all of them are whole multiples; 1 where there are none."""
    found = Fraction(0)
    for part in parts:
        top = gcd(found.numerator * part.denominator, part.numerator * found.denominator)
        found = Fraction(top, found.denominator * part.denominator)
    return found or Fraction(1)


def _taken(factor: Whole, by: Counter[Whole]) -> Whole | None:
    """A factor, or None where the divisors held it and it goes out against that."""
    if by[factor]:
        by[factor] -= 1
        return None
    return factor


def _in_order(by: Counter[Whole]) -> tuple[Whole, ...]:
    return tuple(sorted(by.elements(), key=lambda each: each.number))
