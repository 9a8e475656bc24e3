"""What an expression is in a plan: why it may have no value, else its value, in whole numbers.

A plan answers where nothing is left open; where something is, its `end` is `OPEN` and the evaluator
of single cases answers instead. In doubt a plan may always leave a case open.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from typing import Literal

from attrs import evolve, field, frozen

from policyrules.ir.exact import Exact, Figure
from policyrules.ir.facts import Status
from policyrules.ir.integers import Integers
from policyrules.ir.nodes import Kind, Subject
from policyrules.ir.whole_nodes import Truth, Whole, is_constant

# Why there is no value: 0 where there is one. What is open may have read what is missing.
OPEN = 1
STOPS: tuple[Status, ...] = ("conflict", "manual", "not stated", "not in force")
# From here on a question, by its number: nothing that was read for it counts if another decides.
ASKED = OPEN + 1 + len(STOPS)
# In place of a flag: which flags are noted is not told.
UNTOLD = "?"


@frozen
class Among:
    """That the fact of this name is missing of those members of whom that is `noted`."""

    name: str
    noted: Truth


# A flag, or whose fact of what name was read though it is missing.
Mark = str | tuple[Subject | Literal["silent"], str] | Among
Marks = Mapping[Mark, Truth]


@frozen
class Extent:
    """The numbers from `low` to `high`, of which each may be open; why it is not one number.

    The office decides (`discretion`), the document is silent (`unstated`), a fact is `missing`.
    """

    low: Figure
    high: Figure
    low_open: Truth
    high_open: Truth
    discretion: Truth
    unstated: Truth
    missing: Truth

    @property
    def exact(self) -> bool:
        """Whether it is one number in every case."""
        bounded = is_constant(self.low_open, 0) and is_constant(self.high_open, 0)
        return bounded and self.low is self.high


Value = Extent | Truth | Whole


@frozen
class Piece:
    """An expression: its `end`, its value where that is 0, and when each mark is noted."""

    end: Whole
    value: Value
    marks: Marks = field(factory=dict)


def stop_code(status: Status) -> int:
    """The end of what has no value for this reason."""
    return OPEN + 1 + STOPS.index(status)


@frozen
class Pieces:
    """Puts pieces together: conditions, choices and aggregates as the evaluator settles them."""

    exact: Exact

    @property
    def integers(self) -> Integers:
        """Where the nodes are made."""
        return self.exact.integers

    def known(self, value: Value) -> Piece:
        """What always has this value."""
        return Piece(self.integers.constant(0), value)

    def ended(self, code: int, kind: Kind) -> Piece:
        """What never has a value; one of its kind stands for it."""
        return Piece(self.integers.constant(code), self.any_value(kind))

    def any_value(self, kind: Kind) -> Value:
        """Some value of a kind."""
        match kind:
            case "number":
                return self.single(self.exact.constant(Fraction(0)))
            case "truth":
                return self.integers.no
            case "date" | "choice":
                return self.integers.constant(1)

    def single(self, figure: Figure) -> Extent:
        """One number."""
        no = self.integers.no
        return Extent(figure, figure, no, no, no, no, no)

    def goes_on(self, end: Whole) -> Truth:
        """Whether there is a value."""
        return self.integers.equal(end, self.integers.constant(0))

    def in_turn(self, pieces: tuple[Piece, ...], value: Value) -> Piece:
        """A value made of pieces that are worked out one after another."""
        end, marks, reached = self.integers.constant(0), dict[Mark, Truth](), self.integers.yes
        for piece in pieces:
            marks = self.noted(marks, piece.marks, reached)
            end = self.first(end, piece.end)
            reached = self.goes_on(end)
        return Piece(end, value, marks)

    def first(self, end: Whole, other: Whole) -> Whole:
        """The first reason of two why there is no value."""
        return self.integers.choose(self.goes_on(end), other, end)

    def noted(self, marks: Marks, more: Marks, when: Truth) -> dict[Mark, Truth]:
        """The marks together with more of them, which are noted only if something holds."""
        found = dict(marks)
        for mark, noted in more.items():
            here = self.integers.every(when, noted)
            found[mark] = self.integers.either(found[mark], here) if mark in found else here
        return found

    def negation(self, piece: Piece) -> Piece:
        """The opposite of a condition."""
        return evolve(piece, value=self.integers.negation(truth_of(piece)))

    def junction(self, pieces: tuple[Piece, ...], *, decisive: bool) -> Piece:
        """`or` if True is decisive, `and` if False is: one that decides does, whatever else ends.

        Else a question goes first, then the first reason why there is no value. What is open stays
        so, if it stands before what decides: it may have read what is missing.
        """
        if len(pieces) == 1:
            return pieces[0]
        make = self.integers
        settled, lost, marks = make.no, make.no, dict[Mark, Truth]()
        deciding = [self._decides(piece, decisive=decisive) for piece in pieces]
        decided = make.either(*deciding)
        for piece, decides in zip(pieces, deciding, strict=True):
            asked = make.negation(settled)
            lost = make.either(lost, make.every(asked, self._is_open(piece.end)))
            dropped = make.every(decided, make.negation(self.goes_on(piece.end)))
            heard = make.every(asked, make.negation(dropped))
            marks = self.noted(marks, piece.marks, heard)
            settled = make.either(settled, decides)
        value = decided if decisive else make.negation(decided)
        end = reduce(self._worse, (piece.end for piece in pieces))
        return Piece(self._settled(decided, lost, end), value, marks)

    def choice(self, condition: Piece, then: Piece, otherwise: Piece) -> Piece:
        """One of two pieces, as a condition holds or not."""
        make, holds = self.integers, truth_of(condition)
        end = self.first(condition.end, make.choose(holds, then.end, otherwise.end))
        going = self.goes_on(condition.end)
        marks = self.noted(condition.marks, then.marks, make.every(going, holds))
        unless = make.every(going, make.negation(holds))
        marks = self.noted(marks, otherwise.marks, unless)
        return Piece(end, self._one_of(holds, then, otherwise), marks)

    def decided(self, test: Piece, *, decisive: bool) -> Piece:
        """Whether one of the members decides, by a test of each."""
        make = self.integers
        settled = make.any_member(self._decides(test, decisive=decisive))
        lost = make.any_member(self._is_open(test.end))
        value = settled if decisive else make.negation(settled)
        # Of whom it depends who was asked before one decided.
        marks: Marks = {UNTOLD: make.yes} if test.marks else {}
        return Piece(self._settled(settled, lost, self._of_all(test.end)), value, marks)

    def _decides(self, piece: Piece, *, decisive: bool) -> Truth:
        holds = truth_of(piece) if decisive else self.integers.negation(truth_of(piece))
        return self.integers.every(self.goes_on(piece.end), holds)

    def _is_open(self, end: Whole) -> Truth:
        return self.integers.equal(end, self.integers.constant(OPEN))

    def _settled(self, settled: Truth, lost: Truth, end: Whole) -> Whole:
        """The end of what is decided by one of several operands, unless it is open."""
        make = self.integers
        unless = make.choose(settled, make.constant(0), end)
        return make.choose(lost, make.constant(OPEN), unless)

    def ends_of_all(self, counts: Piece, body: Piece) -> tuple[Whole, Marks]:
        """Why a figure over the members has no value, and its marks: of those who count."""
        make = self.integers
        counted = make.every(self.goes_on(counts.end), truth_of(counts))
        inside = make.choose(counted, body.end, make.constant(0))
        marks = self.noted(counts.marks, body.marks, counted)
        of_all = {mark: make.any_member(noted) for mark, noted in marks.items()}
        end = self._of_all(self.first(counts.end, inside))
        if not marks:
            return end, {}
        # Where a member has no value, those behind are not asked.
        return end, {**of_all, UNTOLD: make.negation(self.goes_on(end))}

    def _of_all(self, end: Whole) -> Whole:
        """The end that all members have who have one; open where they have several."""
        if not end.of_person:
            return end
        make = self.integers
        last = make.highest(end)
        beyond = make.constant(ASKED)
        none = self.goes_on(end)
        first = make.lowest(make.choose(none, beyond, end))
        several = make.choose(make.equal(first, last), last, make.constant(OPEN))
        return make.choose(self.goes_on(last), make.constant(0), several)

    def _worse(self, end: Whole, other: Whole) -> Whole:
        """The first question of two ends; if there is none, the first one."""
        make = self.integers
        earlier = make.either(self.asks(end), make.negation(self.asks(other)))
        return make.choose(earlier, self.first(end, other), other)

    def asks(self, end: Whole) -> Truth:
        """Whether an end is a question."""
        return self.integers.less(self.integers.constant(ASKED - 1), end)

    def _one_of(self, condition: Truth, then: Piece, otherwise: Piece) -> Value:
        """The value that is chosen; that of the other where one never has any."""
        for one, other in ((then, otherwise), (otherwise, then)):
            if one.end.low > 0:
                return other.value
        match then.value, otherwise.value:
            case Extent() as left, Extent() as right:
                return self.chosen(condition, left, right)
            case Whole() as left, Whole() as right:
                return self.integers.choose(condition, left, right)
            case Truth() as left, Truth() as right:
                return self.integers.pick(condition, left, right)
        raise AssertionError(then, otherwise)

    def chosen(self, condition: Truth, then: Extent, otherwise: Extent) -> Extent:
        """One of two extents, as a condition holds or not."""
        choose, pick = self.exact.choose, self.integers.pick
        low = choose(condition, then.low, otherwise.low)
        exact = then.exact and otherwise.exact
        return Extent(
            low,
            low if exact else choose(condition, then.high, otherwise.high),
            pick(condition, then.low_open, otherwise.low_open),
            pick(condition, then.high_open, otherwise.high_open),
            pick(condition, then.discretion, otherwise.discretion),
            pick(condition, then.unstated, otherwise.unstated),
            pick(condition, then.missing, otherwise.missing),
        )


def truth_of(piece: Piece) -> Truth:
    """The value of a condition."""
    assert isinstance(piece.value, Truth)
    return piece.value


def extent_of(piece: Piece) -> Extent:
    """The value of a number; any at all where it never has one."""
    assert isinstance(piece.value, Extent)
    return piece.value


def whole_of(piece: Piece) -> Whole:
    """The value of a day or choice."""
    assert isinstance(piece.value, Whole)
    return piece.value
