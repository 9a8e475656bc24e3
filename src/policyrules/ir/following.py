"""Expressions in whole numbers where facts are missing: each path of `backends/paths.py` is a row.

A row has the facts of one subject and what its path has decided, in the columns of the questions. A
plan says which question its path comes to next, if any; who runs it puts the row once for each
answer in its place, until no row asks. What members have in common is worked out before, in which
nothing may be missing: else the case is left open.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import define, evolve, field, frozen

from policyrules.ir.bounds import domain
from policyrules.ir.lowering import Column, Lowering
from policyrules.ir.nodes import Apply, Expr, Input, NotStated, Over, Variable
from policyrules.ir.pieces import (
    ASKED,
    OPEN,
    UNTOLD,
    Extent,
    Mark,
    Piece,
    Value,
    extent_of,
    truth_of,
)
from policyrules.ir.ranges import ends
from policyrules.ir.whole_nodes import Node, Truth, Whole

_BOTH = (1, 0)


@frozen
class Question:
    """What a path may come to, the column of its answer, and the answers in their order."""

    column: str
    answers: tuple[int, ...]
    is_truth: bool
    of_member: bool = False


@define
class Following(Lowering):
    """Lowers expressions of which the facts of the subject at hand may be missing."""

    questions: dict[object, Question] = field(factory=dict)
    _plain: Lowering = field(init=False)
    _inputs: dict[tuple[str, str], Input] = field(init=False)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self._plain = Lowering(self.program, self.columns, self.on, self.exact, self.choices)
        self._inputs = {(entry.subject, entry.name): entry for entry in self.program.inputs}

    def over(self, node: Over, body: Piece | None, condition: Piece | None) -> Piece:
        """An aggregate over the members: of what is the same for all, or with nothing missing."""
        of_all = node.collection is None and condition is None and body is not None
        if not of_all or body is None or _of_person(body):
            return self._without_gaps(node)
        if node.function == "sum":
            one = self.pieces.single(self.exact.constant(Fraction(1)))
            people = self.extents.total(self.integers.yes, one)
            value = self.extents.multiply(people, extent_of(body))
            return evolve(body, value=value)
        return body

    def _without_gaps(self, node: Over) -> Piece:
        """An aggregate in which nothing may be asked: there is no telling of whom."""
        piece, make = self._plain.piece(node), self.integers
        end = make.choose(self.pieces.asks(piece.end), make.constant(OPEN), piece.end)
        return evolve(piece, end=end)

    def _fact(self, node: Variable, column: Column | None) -> Piece:
        """An input; where it is missing its domain, or the question which of its values it has."""
        known = self.integers.no if column is None else self._known(node, column)
        if node.kind == "date":
            return super()._fact(node, column)
        assert node.subject in ("household", "person")
        mark: Mark = (node.subject, node.name)
        marks = {mark: self.integers.negation(known)}
        entry = self._inputs[node.subject, node.name]
        if node.kind == "number":
            value: Value = self._unknown(entry)
            if column is not None:
                cell = self._cell(node, column)
                assert isinstance(cell, Extent)
                assert isinstance(value, Extent)
                value = self.pieces.chosen(known, cell, value)
            return evolve(self.pieces.known(value), marks=marks)
        answers: tuple[int, ...] = _BOTH
        if node.kind == "choice":
            answers = tuple(self.choices[value] for value, _ in entry.values)
        truth = node.kind == "truth"
        decided, answer = self._answer((node.subject, node.name), answers, truth=truth)
        cell = answer if column is None else self._cell(node, column)
        value = self._one(known, cell, answer)
        end = self._asked((node.subject, node.name), self.integers.either(known, decided))
        return Piece(end, value, marks)

    def _unknown(self, entry: Input) -> Extent:
        """All that a missing number may be."""
        low, high = ends(domain(entry))
        why = NotStated(low, high)
        extent = extent_of(self._not_stated(why, "number"))
        no = self.integers.no
        if extent.exact:
            return extent
        return evolve(extent, discretion=no, unstated=no, missing=self.integers.yes)

    def _others(self, node: Apply) -> Piece:
        """What an open list leaves out: a path decides it, and there is nothing to ask for."""
        decided, answer = self._answer(node, _BOTH, truth=True)
        return Piece(self._asked(node, decided), answer, {"open list": self.integers.yes})

    def _undecided(self, node: Apply, piece: Piece, is_open: Truth) -> Piece:
        """A comparison; where it is open, a path decides it."""
        is_open = self.integers.every(self.pieces.goes_on(piece.end), is_open)
        turned = evolve(node, operands=node.operands[::-1])
        key: Expr = turned if node.operator == "equal" and turned in self.questions else node
        decided, answer = self._answer(key, _BOTH, truth=True)
        settled = self.integers.either(self.integers.negation(is_open), decided)
        value = self._one(self.integers.negation(is_open), truth_of(piece), answer)
        marks = dict(piece.marks)
        if UNTOLD in marks:  # what the document does not state may have been read, or not
            untold = self.integers.every(is_open, marks[UNTOLD])
            piece = self._ended_where(untold, OPEN, piece)
        for mark, noted in piece.marks.items():
            if isinstance(mark, tuple) and mark[0] == "silent":
                asked: Mark = ("parameters", mark[1])
                marks = self.pieces.noted(marks, {asked: noted}, is_open)
        return Piece(self.pieces.first(piece.end, self._asked(key, settled)), value, marks)

    def _answer(
        self, key: object, answers: tuple[int, ...], *, truth: bool
    ) -> tuple[Truth, Truth | Whole]:
        """Whether a question is decided, and how."""
        question = self.questions.get(key)
        if question is None:
            of_member = self._is_of_member(key)
            question = Question(f"?{len(self.questions)}", answers, truth, of_member)
            self.questions[key] = question
        column, of_member, make = question.column, question.of_member, self.integers
        decided = make.known(column, of_person=of_member)
        if truth:
            return decided, make.fact(column, of_person=of_member)
        low, high = min(answers, default=0), max(answers, default=0)
        return decided, make.column(column, low, high, of_person=of_member)

    def _is_of_member(self, key: object) -> bool:
        """Whether each member has an answer of its own; here there is one subject to be asked."""
        del key
        return False

    def _asked(self, key: object, settled: Truth) -> Whole:
        """The end of what asks a question unless that is settled."""
        number = list(self.questions).index(key)
        make = self.integers
        return make.choose(settled, make.constant(0), self._question(number, key))

    def _question(self, number: int, key: object) -> Whole:
        """The end of what asks a question."""
        del key
        return self.integers.constant(ASKED + number)

    def _one(self, condition: Truth, then: Value, otherwise: Value) -> Truth | Whole:
        if isinstance(then, Truth) and isinstance(otherwise, Truth):
            return self.integers.pick(condition, then, otherwise)
        assert isinstance(then, Whole)
        assert isinstance(otherwise, Whole)
        return self.integers.choose(condition, then, otherwise)


def _of_person(piece: Piece) -> bool:
    """Whether something of a piece differs from member to member, or who lacks it is told."""
    if any(mark[0] == "person" for mark in piece.marks if isinstance(mark, tuple)):
        return True
    found: list[Node] = [piece.end, *piece.marks.values()]
    value = piece.value
    if isinstance(value, Extent):
        for figure in (value.low, value.high):
            found += [figure.whole, *figure.by]
        found += [value.low_open, value.high_open]
        found += [value.discretion, value.unstated, value.missing]
    else:
        found.append(value)
    return any(node.of_person for node in found)
