"""Numbers with two ends in whole numbers: what `ranges.py` does, for all cases of a plan at once.

What cannot be said beforehand is a truth of the plan: whether an end is open, whether the office
decides within the ends, whether the document is silent. What has no plan raises `NotPlanned`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import evolve, frozen

from policyrules.ir.exact import Exact, Figure, NotPlanned, known_value
from policyrules.ir.integers import Integers
from policyrules.ir.pieces import Extent, Pieces
from policyrules.ir.whole_nodes import Truth

# Whether the office decides, the document is silent, a fact is missing.
Why = tuple[Truth, Truth, Truth]
_RANGE_BY_RANGE = "a product or quotient of two ranges"
_EXTREME = "the highest or lowest of ranges or quotients"


@frozen
class Extents:
    """The arithmetic of extents; what is one number in every case costs nothing more."""

    pieces: Pieces

    @property
    def exact(self) -> Exact:
        """The arithmetic of single numbers."""
        return self.pieces.exact

    @property
    def integers(self) -> Integers:
        """Where the nodes are made."""
        return self.pieces.exact.integers

    def add(self, left: Extent, right: Extent) -> Extent:
        """The sum."""
        return self._by_ends(left, right, self.exact.add)

    def subtract(self, left: Extent, right: Extent) -> Extent:
        """The difference."""
        if left.exact and right.exact:
            return self.single(self.exact.subtract(left.low, right.low))
        return self.add(left, self.scaled(right, Fraction(-1)))

    def scaled(self, value: Extent, factor: Fraction) -> Extent:
        """So many times a number."""
        if not factor:
            return self.single(self.exact.constant(factor))
        if value.exact:
            return self.single(self.exact.scaled(value.low, factor))
        low, high = (self.exact.scaled(end, factor) for end in (value.low, value.high))
        if factor > 0:
            return evolve(value, low=low, high=high)
        opens = value.high_open, value.low_open
        return evolve(value, low=high, high=low, low_open=opens[0], high_open=opens[1])

    def multiply(self, left: Extent, right: Extent) -> Extent:
        """The product."""
        if left.exact and right.exact:
            return self.single(self.exact.multiply(left.low, right.low))
        for one, other in ((left, right), (right, left)):
            known = known_value(one.low) if one.exact else None
            if known is not None:
                return self.scaled(other, known)
            if one.exact and one.low.whole.low >= 0:
                return self._times(other, one.low)
        make = self.integers
        below = min(left.low.whole.low, right.low.whole.low) < 0
        if below or self._may_be_open_below(left) or self._may_be_open_below(right):
            return self._product(left, right)
        # Zero times an open end is zero.
        beyond = make.either(
            make.every(left.high_open, make.either(right.high_open, self._positive(right.high))),
            make.every(right.high_open, self._positive(left.high)),
        )
        low = self.exact.multiply(left.low, right.low)
        high = self.exact.multiply(left.high, right.high)
        return self._spread(low, high, (make.no, beyond), self._why(left, right))

    def _times(self, value: Extent, factor: Figure) -> Extent:
        """So many times a range as a number says that is never below zero."""
        low, high = (self.exact.multiply(end, factor) for end in (value.low, value.high))
        some = self._positive(factor)  # zero times an open end is zero
        low_open, high_open = (
            self.integers.every(is_open, some) for is_open in (value.low_open, value.high_open)
        )
        value = evolve(value, low=low, high=high, low_open=low_open, high_open=high_open)
        return self._respread(value)

    def divide(self, left: Extent, right: Extent) -> Extent:
        """The quotient; by zero it is 0."""
        if not right.exact:
            return self._quotient(left, right)
        if left.exact:
            return self.single(self.exact.divide(left.low, right.low))
        known = known_value(right.low)
        if known is not None:
            return self.scaled(left, 1 / known if known else known)
        if right.low.whole.low <= 0:
            return self._quotient(left, right)
        low, high = (self.exact.divide(end, right.low) for end in (left.low, left.high))
        return evolve(left, low=low, high=high)

    def _product(self, left: Extent, right: Extent) -> Extent:
        """The product of ranges that may lie below zero."""
        del left, right
        raise NotPlanned(_RANGE_BY_RANGE)

    def _quotient(self, left: Extent, right: Extent) -> Extent:
        """The quotient by a range, or by what may be zero or below."""
        del left, right
        raise NotPlanned(_RANGE_BY_RANGE)

    def least(self, left: Extent, right: Extent) -> Extent:
        """The smaller of two; one that is never larger than the other is the answer."""
        if left.exact and right.exact:
            return self.single(self.exact.least(left.low, right.low))
        make, exact = self.integers, self.exact
        high = exact.choose(left.high_open, right.high, exact.least(left.high, right.high))
        mixed = self._spread(
            exact.least(left.low, right.low),
            exact.choose(right.high_open, left.high, high),
            (
                make.either(left.low_open, right.low_open),
                make.every(left.high_open, right.high_open),
            ),
            self._why(left, right),
        )
        return self._unless_apart(
            self._below(left, right), self._below(right, left), left, right, mixed
        )

    def greatest(self, left: Extent, right: Extent) -> Extent:
        """The larger of two; one that is never smaller than the other is the answer."""
        if left.exact and right.exact:
            return self.single(self.exact.greatest(left.low, right.low))
        make, exact = self.integers, self.exact
        low = exact.choose(left.low_open, right.low, exact.greatest(left.low, right.low))
        mixed = self._spread(
            exact.choose(right.low_open, left.low, low),
            exact.greatest(left.high, right.high),
            (
                make.every(left.low_open, right.low_open),
                make.either(left.high_open, right.high_open),
            ),
            self._why(left, right),
        )
        return self._unless_apart(
            self._below(right, left), self._below(left, right), left, right, mixed
        )

    def discretion(self, low: Extent, high: Extent) -> Extent:
        """From `low` to `high` as the office decides; `high` counts as at least `low`."""
        make = self.integers
        discretion, unstated, missing = self._why(low, high)
        return self._spread(
            low.low,
            self.exact.greatest(low.high, high.high),
            (low.low_open, make.either(low.high_open, high.high_open)),
            (make.either(make.yes, discretion), unstated, missing),
        )

    def rounded(
        self, value: Extent, step: Fraction, mode: Callable[[Figure, Fraction], Figure]
    ) -> Extent:
        """A number rounded; a range of discretion alone inward, if a multiple lies inside."""
        if value.exact:
            return self.single(mode(value.low, step))
        make, exact = self.integers, self.exact
        inner_low, inner_high = exact.round_up(value.low, step), exact.round_down(value.high, step)
        closed = make.negation(make.either(value.low_open, value.high_open))
        empty = make.every(closed, exact.less(inner_high, inner_low))
        inward = self.pieces.chosen(
            empty, value, self._respread(evolve(value, low=inner_low, high=inner_high))
        )
        low, high = mode(value.low, step), mode(value.high, step)
        other = make.either(value.unstated, value.missing)
        both = make.every(value.discretion, other)
        low = exact.choose(both, exact.least(low, value.low), low)
        high = exact.choose(both, exact.greatest(high, value.high), high)
        outward = self._respread(evolve(value, low=low, high=high))
        alone = make.every(value.discretion, make.negation(other))
        return self.pieces.chosen(alone, inward, outward)

    def less(self, left: Extent, right: Extent) -> tuple[Truth, Truth]:
        """Whether the left one is smaller, and whether that is open."""
        make, exact = self.integers, self.exact
        if left.exact and right.exact:
            return exact.less(left.low, right.low), make.no
        finite = make.negation(make.either(left.high_open, right.low_open))
        surely = make.every(finite, exact.less(left.high, right.low))
        return surely, make.negation(make.either(surely, self._below(right, left)))

    def equal(self, left: Extent, right: Extent) -> tuple[Truth, Truth]:
        """Whether both are the same number, and whether that is open."""
        make, exact = self.integers, self.exact
        if left.exact and right.exact:
            return exact.equal(left.low, right.low), make.no
        single = make.every(self.is_single(left), self.is_single(right))
        apart = make.either(self.less(left, right)[0], self.less(right, left)[0])
        same = make.every(single, exact.equal(left.low, right.low))
        return same, make.negation(make.either(single, apart))

    def total(self, counts: Truth, value: Extent) -> Extent:
        """The sum over the members who count."""
        make, exact = self.integers, self.exact
        nothing = exact.constant(Fraction(0))
        low = exact.total(exact.choose(counts, value.low, nothing))
        if value.exact:
            return self.single(low)
        high = exact.total(exact.choose(counts, value.high, nothing))
        opens = value.low_open, value.high_open
        why = value.discretion, value.unstated, value.missing
        return Extent(
            low, high, *(make.any_member(make.every(counts, each)) for each in (*opens, *why))
        )

    def extreme(self, counts: Truth, value: Extent, *, highest: bool) -> Extent:
        """The highest or lowest among the members who count; of none, not stated."""
        figure, make = value.low, self.integers
        if any(each.of_person for each in (*figure.by, *value.high.by)):
            raise NotPlanned(_EXTREME)
        if not value.exact:
            return self._extreme_range(counts, value, highest=highest)
        whole = figure.whole
        if highest:
            outside = make.constant(whole.low)
            found = make.highest(make.choose(counts, whole, outside))
        else:
            outside = make.constant(whole.high)
            found = make.lowest(make.choose(counts, whole, outside))
        none = make.negation(make.any_member(counts))
        result = Figure(found, figure.part, figure.by)
        if none is make.no:
            return self.single(result)
        # Two figures, so that it is not taken for one number in every case.
        return Extent(result, evolve(result), none, none, make.no, none, make.no)

    def _extreme_range(self, counts: Truth, value: Extent, *, highest: bool) -> Extent:
        """The highest or lowest of ranges."""
        del counts, value, highest
        raise NotPlanned(_EXTREME)

    def single(self, figure: Figure) -> Extent:
        """One number."""
        return self.pieces.single(figure)

    def _by_ends(
        self, left: Extent, right: Extent, function: Callable[[Figure, Figure], Figure]
    ) -> Extent:
        if left.exact and right.exact:
            return self.single(function(left.low, right.low))
        make = self.integers
        opens = (
            make.either(left.low_open, right.low_open),
            make.either(left.high_open, right.high_open),
        )
        low, high = function(left.low, right.low), function(left.high, right.high)
        return self._spread(low, high, opens, self._why(left, right))

    def _why(self, left: Extent, right: Extent) -> Why:
        """Why what is made of both is no one number."""
        make = self.integers
        return (
            make.either(left.discretion, right.discretion),
            make.either(left.unstated, right.unstated),
            make.either(left.missing, right.missing),
        )

    def _spread(self, low: Figure, high: Figure, opens: tuple[Truth, Truth], why: Why) -> Extent:
        return self._respread(Extent(low, high, *opens, *why))

    def _respread(self, value: Extent) -> Extent:
        """A range of which both ends are one number is that number, for no reason at all."""
        make = self.integers
        several = make.negation(self.is_single(value))
        return evolve(
            value,
            discretion=make.every(value.discretion, several),
            unstated=make.every(value.unstated, several),
            missing=make.every(value.missing, several),
        )

    def is_single(self, value: Extent) -> Truth:
        """Whether it is one number."""
        make = self.integers
        closed = make.negation(make.either(value.low_open, value.high_open))
        return make.every(closed, self.exact.equal(value.low, value.high))

    def _below(self, left: Extent, right: Extent) -> Truth:
        """Whether no value on the left is larger than any on the right."""
        make = self.integers
        finite = make.negation(make.either(left.high_open, right.low_open))
        return make.every(finite, make.negation(self.exact.less(right.low, left.high)))

    def _unless_apart(
        self, first: Truth, second: Truth, left: Extent, right: Extent, mixed: Extent
    ) -> Extent:
        """The left one if the first holds, the right one if the second does, else both mixed."""
        return self.pieces.chosen(first, left, self.pieces.chosen(second, right, mixed))

    def _positive(self, figure: Figure) -> Truth:
        return self.exact.less(self.exact.constant(Fraction(0)), figure)

    def _may_be_open_below(self, value: Extent) -> bool:
        return value.low_open is not self.integers.no
