"""The paths of a case in whole numbers, members and all: each of them may have gaps of its own.

In `following.py` only the subject at hand may have gaps, for in columns there is no telling whose
they are. Here whoever runs the plan goes through the members one by one: a question says whom it is
of, and what a member is asked after another has decided is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, evolve, field, frozen

from policyrules.ir.facts import MOST_MEMBERS
from policyrules.ir.fold import fold
from policyrules.ir.following import Following
from policyrules.ir.lower import Lowered, lowered_by
from policyrules.ir.lowered_operators import Operators
from policyrules.ir.lowering import Columns, Lowering
from policyrules.ir.nodes import Apply, Constant, Entity, Over, Program, Reference, Variable
from policyrules.ir.pieces import ASKED, Among, Mark, Marks, Piece, Pieces, truth_of
from policyrules.ir.whole_nodes import Truth, Whole
from policyrules.ir.wide import Wide

# The end of a question is its number times this, and the number of the member that it is of.
SPAN = 128
PLACE = "#place"


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


@frozen
class WideOperators(Operators):
    """Operators on numbers of which both ends may be anything."""

    @property
    def extents(self) -> Wide:
        """The arithmetic of numbers with two ends."""
        return Wide(self.pieces)


@define
class Asking(Following):
    """Lowers expressions of which the facts of any member may be missing."""

    _subjects: dict[str, Entity] = field(init=False)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self._subjects = {entry.name: entry.subject for entry in self.program.definitions}
        self.pieces = InOrder(self.exact)
        self.extents = Wide(self.pieces)
        self.operators = WideOperators(self.pieces)

    def over(self, node: Over, body: Piece | None, condition: Piece | None) -> Piece:
        """An aggregate over the members, of each of whom something may be missing."""
        return Lowering.over(self, node, body, condition)

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


def ask(
    program: Program, columns: Columns, on: int | None, only: Iterable[str] | None = None
) -> Lowered:
    """The plan of the paths of those definitions, whosever facts are missing.

    Whom an answer is of is the member with that number, counted from 1, in the column `PLACE`.
    """
    lowering = Asking(program, columns, on)
    return evolve(lowered_by(lowering, only), questions=tuple(lowering.questions.values()))
