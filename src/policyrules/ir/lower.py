"""From the program to whole numbers: one plan that answers all cases in which nothing is open.

Each outcome becomes integers and truths over the columns of a population, for machines that know
nothing of fractions, units or rules. Where a fact is missing that decides, or a condition lies in a
range, the plan says so (`OPENED`), and the evaluator of single cases answers for that row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import get_args

from attrs import evolve, frozen

from policyrules.ir.exact import NotPlanned
from policyrules.ir.facts import Status
from policyrules.ir.following import Following, Question
from policyrules.ir.integers import Integers
from policyrules.ir.lowering import Columns, Lowering
from policyrules.ir.nodes import Apply, Constant, Definition, Program
from policyrules.ir.pieces import (
    ASKED,
    OPEN,
    STOPS,
    Extent,
    Marks,
    extent_of,
    stop_code,
    truth_of,
)
from policyrules.ir.whole_nodes import Node, Truth, Whole

OPENED = "open"
STATUSES: tuple[str, ...] = (OPENED, *(name for name in get_args(Status)))
_UNBOUNDED: tuple[Status, ...] = ("conflict", "manual")
_ZERO = Constant(Fraction(0), "number")


@frozen(kw_only=True)
class Planned:
    """One outcome: the number of its status in `STATUSES`, and what it has with this status.

    Where it is `valued`, an amount or number lies in the `extent`; any other kind has its `value`.
    `marks` says when each is noted. Where a path asks a `question`, it is that
    number in `Lowered.questions`, counted from 1, and the rest says nothing yet.
    """

    question: Whole
    valued: Truth
    status: Whole
    extent: Extent | None
    value: Truth | Whole | None
    marks: Marks

    def nodes(self) -> Iterator[Node]:
        """What one must know to say what the outcome is; each as often as it is read."""
        yield self.status
        yield from self.marks.values()
        if self.extent is None:
            assert self.value is not None
            yield self.value
            return
        extent = self.extent
        for end in (extent.low,) if extent.exact else (extent.low, extent.high):
            yield from (end.whole, *end.by)
        if not extent.exact:
            yield from (extent.low_open, extent.high_open)
            yield from (extent.discretion, extent.unstated, extent.missing)


@frozen
class Lowered:
    """The plan of some definitions; of those without one, why not.

    Only a plan that follows what is missing has `questions`.
    """

    integers: Integers
    outcomes: Mapping[str, Planned]
    refused: Mapping[str, str]
    choices: Mapping[str, int]
    questions: tuple[Question, ...] = ()


def lower(
    program: Program, columns: Columns, on: int | None, only: Iterable[str] | None = None
) -> Lowered:
    """The plan of a program's own definitions, for one day or (None) for a column of days.

    An input without a column has gaps everywhere.
    """
    return lowered_by(Lowering(program, columns, on), only)


def follow(
    program: Program, columns: Columns, on: int | None, only: Iterable[str] | None = None
) -> Lowered:
    """The plan of the paths of those definitions: what is missing is asked for, not left open.

    What a path assumes to be missing of the subject is in the columns of the questions.
    """
    lowering = Following(program, columns, on)
    return evolve(lowered_by(lowering, only), questions=tuple(lowering.questions.values()))


def lowered_by(lowering: Lowering, only: Iterable[str] | None) -> Lowered:
    """The plan that an algebra makes of a program's own definitions, or `only` of some."""
    definitions = lowering.program.definitions
    wanted = {entry.name for entry in definitions if entry.own} if only is None else set(only)
    outcomes: dict[str, Planned] = {}
    refused: dict[str, str] = {}
    for entry in definitions:
        if entry.name in wanted:
            try:
                outcomes[entry.name] = _outcome(lowering, entry)
            except NotPlanned as found:
                refused[entry.name] = str(found)
    return Lowered(lowering.integers, outcomes, refused, lowering.choices)


def _outcome(lowering: Lowering, entry: Definition) -> Planned:
    """The outcome of a definition."""
    if entry.what == "benefit":
        return _benefit(lowering, entry)
    piece = lowering.piece(entry.value)
    extent = piece.value if isinstance(piece.value, Extent) else None
    ended: dict[int, str] = {stop_code(stop): stop for stop in STOPS}
    if not isinstance(lowering, Following):
        # Only a payment contradicts itself, or is a person's to decide; of a path that is noted.
        ended |= {stop_code(stop): "undetermined" for stop in _UNBOUNDED}
        extent = None if extent is None else _unbounded(lowering, piece.end, extent)
    status = _status(lowering, piece.end, ended, "known", extent)
    value = None if isinstance(piece.value, Extent) else piece.value
    question = _question(lowering, piece.end)
    return Planned(
        question=question,
        valued=lowering.pieces.goes_on(piece.end),
        status=status,
        extent=extent,
        value=value,
        marks=piece.marks,
    )


def _unbounded(lowering: Lowering, end: Whole, extent: Extent) -> Extent:
    """A number that may be anything where its rules contradict each other, or a person decides."""
    make = lowering.integers
    codes = [make.constant(stop_code(stop)) for stop in _UNBOUNDED]
    stopped = make.either(*(make.equal(end, code) for code in codes))
    low_open, high_open = (
        make.either(is_open, stopped) for is_open in (extent.low_open, extent.high_open)
    )
    return evolve(extent, low_open=low_open, high_open=high_open)


def _benefit(lowering: Lowering, entry: Definition) -> Planned:
    """Whether the benefit is due, then how much; every payment has floor 0."""
    make, pieces = lowering.integers, lowering.pieces
    due = pieces.known(make.yes) if entry.holds is None else lowering.piece(entry.holds)
    amount = entry.amount or entry.value
    match amount:
        case Apply("maximum", (Constant(Fraction(numerator=0)), *_)):
            paid = lowering.piece(amount)
        case _:
            paid = lowering.piece(Apply("maximum", (_ZERO, amount), "number"))
    ended: dict[int, str] = {stop_code(stop): stop for stop in STOPS}
    extent, holds = extent_of(paid), truth_of(due)
    granted = _status(lowering, paid.end, ended, "eligible", extent)
    denied = make.constant(STATUSES.index("not eligible"))
    told = pieces.goes_on(due.end)
    status = make.choose(
        told,
        make.choose(holds, granted, denied),
        _status(lowering, due.end, ended, "eligible", None),
    )
    paying = make.every(told, holds)
    marks = pieces.noted(due.marks, paid.marks, paying)
    end = make.choose(paying, paid.end, due.end)
    question = _question(lowering, end)
    return Planned(
        question=question,
        valued=make.every(paying, pieces.goes_on(end), make.negation(extent.unstated)),
        status=status,
        extent=extent,
        value=None,
        marks=marks,
    )


def _question(lowering: Lowering, end: Whole) -> Whole:
    """The number of the question that is asked, counted from 1; 0 for none."""
    make = lowering.integers
    number = make.subtract(end, make.constant(ASKED - 1))
    return make.choose(lowering.pieces.asks(end), number, make.constant(0))


def _status(
    lowering: Lowering, end: Whole, ended: Mapping[int, str], status: str, extent: Extent | None
) -> Whole:
    """The number of a status: that of the end, else `not stated` or the one given."""
    make = lowering.integers
    found = make.constant(STATUSES.index(status))
    if extent is not None:
        silent = make.constant(STATUSES.index("not stated"))
        found = make.choose(extent.unstated, silent, found)
    for code, name in {OPEN: OPENED, **ended}.items():
        this = make.equal(end, make.constant(code))
        found = make.choose(this, make.constant(STATUSES.index(name)), found)
    if isinstance(lowering, Following):
        return found
    return make.choose(lowering.pieces.asks(end), make.constant(STATUSES.index(OPENED)), found)
