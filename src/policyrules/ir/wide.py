"""Numbers with two ends where plans may be as long as they like: all that `ranges.py` does.

Machines with integers of one size leave these cases open instead (`extents.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from attrs import evolve, frozen

from policyrules.ir.exact import Figure, NotPlanned
from policyrules.ir.extents import Extents
from policyrules.ir.pieces import Extent
from policyrules.ir.whole_nodes import Truth

_ZERO, _ONE = Fraction(0), Fraction(1)


@frozen
class _End:
    """An end of a range, or the product of two: its figure, unless it is as far as can be."""

    figure: Figure
    far_below: Truth
    far_above: Truth


@frozen
class Wide(Extents):
    """The arithmetic of extents without exceptions."""

    def between(
        self, low: Figure, high: Figure, opens: tuple[Truth, Truth], of: tuple[Extent, Extent]
    ) -> Extent:
        """From one end to the other, for the reasons of what these are made of."""
        return self._spread(low, high, opens, self._why(*of))

    def _product(self, left: Extent, right: Extent) -> Extent:
        """From the least to the greatest product of two ends."""
        make = self.integers
        products = [
            self._of_ends(one, other) for one in self._ends(left) for other in self._ends(right)
        ]
        low = self._least(products, self.exact.least)
        high = self._least(products, self.exact.greatest)
        opens = (
            make.either(*(each.far_below for each in products)),
            make.either(*(each.far_above for each in products)),
        )
        return self._spread(low, high, opens, self._why(left, right))

    def _ends(self, value: Extent) -> tuple[_End, _End]:
        no = self.integers.no
        return _End(value.low, value.low_open, no), _End(value.high, no, value.high_open)

    def _of_ends(self, one: _End, other: _End) -> _End:
        """The product of two ends; zero times an open end is zero, for no value is infinite."""
        make, exact = self.integers, self.exact
        nothing = exact.constant(_ZERO)
        far = make.either(one.far_below, one.far_above, other.far_below, other.far_above)
        zeros = [
            make.every(
                make.negation(make.either(each.far_below, each.far_above)),
                exact.equal(each.figure, nothing),
            )
            for each in (one, other)
        ]
        negatives = [
            make.pick(
                make.either(each.far_below, each.far_above),
                each.far_below,
                exact.less(each.figure, nothing),
            )
            for each in (one, other)
        ]
        some = make.every(far, make.negation(make.either(*zeros)))
        negative = make.pick(negatives[0], make.negation(negatives[1]), negatives[1])
        figure = exact.choose(far, nothing, exact.multiply(one.figure, other.figure))
        return _End(figure, make.every(some, negative), make.every(some, make.negation(negative)))

    def _least(self, ends: Iterable[_End], better: Callable[[Figure, Figure], Figure]) -> Figure:
        """The best of the ends that are not far; any figure where all are."""
        make, exact = self.integers, self.exact
        found, known = exact.constant(_ZERO), make.no
        for each in ends:
            near = make.negation(make.either(each.far_below, each.far_above))
            both = exact.choose(known, better(found, each.figure), each.figure)
            found, known = exact.choose(near, both, found), make.either(known, near)
        return found

    def _quotient(self, left: Extent, right: Extent) -> Extent:
        """The quotient by whatever in the divisor is not zero."""
        return self.multiply(left, self._reciprocal(right))

    def _reciprocal(self, value: Extent) -> Extent:
        """One over a range; an open end comes as close to zero as can be."""
        make, exact = self.integers, self.exact
        nothing, one = exact.constant(_ZERO), exact.constant(_ONE)
        of_low, of_high = exact.divide(one, value.low), exact.divide(one, value.high)
        if value.exact:
            return self.single(of_low)
        why = value.discretion, value.unstated, value.missing
        above = make.every(
            make.negation(value.low_open), make.negation(exact.less(value.low, nothing))
        )
        below = make.every(
            make.negation(value.high_open), make.negation(exact.less(nothing, value.high))
        )
        no, yes = make.no, make.yes
        positive = self._spread(
            exact.choose(value.high_open, nothing, of_high),
            of_low,
            (no, exact.equal(value.low, nothing)),
            why,
        )
        negative = self._spread(
            of_high,
            exact.choose(value.low_open, nothing, of_low),
            (exact.equal(value.high, nothing), no),
            why,
        )
        anything = Extent(nothing, evolve(nothing), yes, yes, *why)
        chosen = self.pieces.chosen(above, positive, self.pieces.chosen(below, negative, anything))
        return self.pieces.chosen(self.is_single(value), self.single(of_low), chosen)

    def _extreme_range(self, counts: Truth, value: Extent, *, highest: bool) -> Extent:
        """The highest or lowest of ranges of which facts are missing; of none, not stated."""
        make = self.integers
        if value.discretion is not make.no or value.unstated is not make.no:
            raise NotPlanned("the highest or lowest of ranges or quotients")
        ends = []
        for figure, is_open in ((value.low, value.low_open), (value.high, value.high_open)):
            closed = make.every(counts, make.negation(is_open))
            whole = figure.whole
            if highest:
                found = make.highest(make.choose(closed, whole, make.constant(whole.low)))
            else:
                found = make.lowest(make.choose(closed, whole, make.constant(whole.high)))
            any_open = make.any_member(make.every(counts, is_open))
            all_open = make.negation(make.any_member(closed))
            ends.append((Figure(found, figure.part, figure.by), any_open, all_open))
        (low, low_any, low_all), (high, high_any, high_all) = ends
        none = make.negation(make.any_member(counts))
        low_open, high_open = (low_all, high_any) if highest else (low_any, high_all)
        opens = make.either(none, low_open), make.either(none, high_open)
        return self._spread(low, high, opens, (make.no, none, make.negation(none)))
