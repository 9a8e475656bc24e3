"""The paths of a case in whole numbers, members and all: each of them may have gaps of its own.

In `following.py` only the subject at hand may have gaps, for in columns there is no telling whose
they are. Here whoever runs the plan goes through the members one by one: a question says whom it is
of, and what a member is asked after another has decided is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import define, evolve, field, frozen

from policyrules.ir.calendar import Days
from policyrules.ir.exact import Figure
from policyrules.ir.facts import MOST_MEMBERS
from policyrules.ir.fold import fold
from policyrules.ir.following import Following
from policyrules.ir.lower import Lowered, lowered_by
from policyrules.ir.lowering import Column, Columns, Lowering
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Entity,
    Kind,
    NotStated,
    Over,
    Program,
    Reference,
    Variable,
)
from policyrules.ir.pieces import (
    ASKED,
    Among,
    Extent,
    Mark,
    Marks,
    Piece,
    Pieces,
    Value,
    extent_of,
    truth_of,
)
from policyrules.ir.spans import Spans
from policyrules.ir.whole_nodes import Truth, Whole
from policyrules.ir.wide import Wide

# The end of a question is its number times this, and the number of the member that it is of.
SPAN = 128
PLACE = "#place"
_AGE, _BIRTH_DATE = "age", "birth date"


@frozen
class InOrder(Pieces):
    """Pieces over members who are asked in their order, as the evaluator asks them."""

    def decided(self, test: Piece, *, decisive: bool) -> Piece:
        """Whether one of the members decides; else the first question, or the first reason."""
        make = self.integers
        decides = self._decides(test, decisive=decisive)
        settled = make.any_member(decides)
        asked = make.negation(make.before(decides))
        dropped = make.every(settled, make.negation(self.goes_on(test.end)))
        heard = make.every(asked, make.negation(dropped))
        lost = make.any_member(make.every(asked, self._is_open(test.end)))
        nothing = make.constant(0)
        question = make.first(make.choose(self.asks(test.end), test.end, nothing))
        asking = make.less(nothing, question)
        end = make.choose(asking, question, make.first(test.end))
        value = settled if decisive else make.negation(settled)
        return Piece(self._settled(settled, lost, end), value, self._of_members(test.marks, heard))

    def ends_of_all(self, counts: Piece, body: Piece) -> tuple[Whole, Marks]:
        """The first reason why a figure over the members has no value, and its marks up to there.

        A member counts for nothing of whom it is not told whether it counts.
        """
        make = self.integers
        counted = make.every(self.goes_on(counts.end), truth_of(counts))
        inside = make.choose(counted, body.end, make.constant(0))
        end = self.first(counts.end, inside)
        marks = self.noted(counts.marks, body.marks, counted)
        heard = make.negation(make.before(make.negation(self.goes_on(end))))
        return make.first(end), self._of_members(marks, heard)

    def _one_of(self, condition: Truth, then: Piece, otherwise: Piece) -> Value:
        """The value that is chosen; of days, one that is known stands beside one that is not."""
        if isinstance(then.value, Extent) != isinstance(otherwise.value, Extent):
            then, otherwise = (
                evolve(each, value=Spans(self).spread(each.value)) for each in (then, otherwise)
            )
        return super()._one_of(condition, then, otherwise)

    def _of_members(self, marks: Marks, heard: Truth) -> Marks:
        """What is noted of the household, of what is noted of members who are heard."""
        make = self.integers
        found: dict[Mark, Truth] = {}
        for mark, noted in marks.items():
            here = make.every(heard, noted)
            match mark:
                case ("person", name):
                    if here is not make.no:
                        found[Among(name, here)] = make.yes
                case _:
                    found[mark] = make.any_member(here)
        return found


@define
class Asking(Following):
    """Lowers expressions of which the facts of any member may be missing."""

    spans: Spans = field(init=False)
    _subjects: dict[str, Entity] = field(init=False)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self._subjects = {entry.name: entry.subject for entry in self.program.definitions}
        self.pieces = InOrder(self.exact)
        self.extents = Wide(self.pieces)
        self.spans = Spans(self.pieces)
        self.operators = self.spans

    def over(self, node: Over, body: Piece | None, condition: Piece | None) -> Piece:
        """An aggregate over the members, of each of whom something may be missing."""
        if body is not None and node.kind == "date":
            body = evolve(body, value=self.spans.spread(body.value))
        return Lowering.over(self, node, body, condition)

    def apply(self, node: Apply, operands: tuple[Piece, ...]) -> Piece:
        """An operator; days are compared by both ends where something is missing."""
        compared = node.operator in ("less", "equal") and node.operands[0].kind == "date"
        if not compared or not any(isinstance(each.value, Extent) for each in operands):
            return super().apply(node, operands)
        left, right = (self.spans.spread(each.value) for each in operands)
        compare = self.spans.less if node.operator == "less" else self.spans.equal
        value, is_open = compare(left, right)
        piece = self.pieces.in_turn(operands, value)
        return piece if is_open is self.integers.no else self._undecided(node, piece, is_open)

    def _fact(self, node: Variable, column: Column | None) -> Piece:
        """An input; a day that is missing may be any, or those that go with an age."""
        if node.kind != "date":
            return super()._fact(node, column)
        make = self.integers
        known = make.no if column is None else self._known(node, column)
        value = self._any_day(node)
        if column is not None:
            cell = self.spans.spread(self._cell(node, column))
            value = self.pieces.chosen(known, cell, value)
        mark: Mark = ("person" if node.subject == "person" else "household", node.name)
        return Piece(make.constant(0), value, {mark: make.negation(known)})

    def _not_stated(self, silent: NotStated, kind: Kind) -> Piece:
        """A value that no document states: that of the case, if this supplies it."""
        piece = super()._not_stated(silent, kind)
        column = self.columns.get(("parameters", supplied(silent.name, silent.keys)))
        if column is None or kind != "number":
            return piece
        make, name = self.integers, supplied(silent.name, silent.keys)
        given = make.known(name, of_person=False)
        whole = make.column(name, column.low, column.high, of_person=False)
        number = self.pieces.single(Figure(whole, column.part))
        value = self.pieces.chosen(given, number, extent_of(piece))
        marks = {mark: make.negation(given) for mark in piece.marks}
        return Piece(piece.end, value, marks)

    def _any_day(self, node: Variable) -> Extent:
        unknown = self._unknown(self._inputs[node.subject, node.name])
        column = self.columns.get(("person", _AGE))
        if node.name != _BIRTH_DATE or column is None or column.part != 1:
            return unknown
        make, today = self.integers, self._today()
        age = make.column(_AGE, column.low, column.high, of_person=True)
        youngest = self._youngest(age, today)
        oldest = self._youngest(make.add(age, make.constant(1)), today)
        first = Days(make).add_days(oldest, make.constant(1))
        born = evolve(
            unknown,
            low=Figure(first, Fraction(1)),
            high=Figure(youngest, Fraction(1)),
            low_open=make.no,
            high_open=make.no,
        )
        return self.pieces.chosen(make.known(_AGE, of_person=True), born, unknown)

    def _youngest(self, age: Whole, on: Whole) -> Whole:
        """The last birth date with which so many years are completed on a day."""
        make = self.integers
        days = Days(make)
        born = days.add_months(on, make.multiply(make.constant(-12), age))
        later = days.add_days(born, make.constant(1))
        # On 28 February, who was born on the 29th has completed a year too.
        leap = make.equal(days.parts(later)[1], make.constant(29))
        reached = make.at_most(age, days.completed_years(later, on))
        return make.choose(make.every(leap, reached), later, born)

    def _is_of_member(self, key: object) -> bool:
        """Whether each member has an answer of its own, as in `backends/combinators.py`."""
        match key:
            case (subject, _):
                return bool(subject == "person")
            case Apply() as expr:
                return fold(expr, _Reach(self._subjects))
            case _:
                raise AssertionError(key)

    def _question(self, number: int, key: object) -> Whole:
        """The end of what asks a question, of a member or of the household."""
        make = self.integers
        code = make.constant(ASKED + number * SPAN)
        if not self.questions[key].of_member:
            return code
        place = make.column(PLACE, 1, MOST_MEMBERS, of_person=True)
        return make.add(code, place)


@frozen
class _Reach:
    """For each expression, whether it reads the facts of the member at hand."""

    subjects: Mapping[str, Entity]

    def constant(self, node: Constant) -> bool:
        del node
        return False

    def variable(self, node: Variable) -> bool:
        return node.subject == "person"

    def reference(self, node: Reference) -> bool:
        return self.subjects[node.name] == "person"

    def apply(self, node: Apply, operands: tuple[bool, ...]) -> bool:
        del node
        return any(operands)

    def over(self, node: Over, body: bool | None, condition: bool | None) -> bool:
        del node, body, condition
        return False


def supplied(name: str, keys: tuple[str, ...]) -> str:
    """The column of a value that a case may supply because no document states it."""
    return "#" + "/".join((name, *keys))


def ask(
    program: Program, columns: Columns, on: int | None, only: Iterable[str] | None = None
) -> Lowered:
    """The plan of the paths of those definitions, whosever facts are missing.

    Whom an answer is of is the member with that number, counted from 1, in the column `PLACE`.
    """
    lowering = Asking(program, columns, on)
    return evolve(lowered_by(lowering, only), questions=tuple(lowering.questions.values()))
