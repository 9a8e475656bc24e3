"""Expressions in whole numbers: the algebra by which `lower.py` plans outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import define, evolve, field, frozen

from policyrules.ir.exact import Exact, Figure, NotPlanned
from policyrules.ir.extents import Extents
from policyrules.ir.fold import fold
from policyrules.ir.integers import Integers
from policyrules.ir.lowered_operators import Operators
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Expr,
    Kind,
    NotInForce,
    NotStated,
    Over,
    Program,
    Reference,
    Subject,
    Unsettled,
    Variable,
)
from policyrules.ir.operators import FIRST_DAY, LAST_DAY
from policyrules.ir.pieces import (
    ASKED,
    OPEN,
    Extent,
    Marks,
    Piece,
    Pieces,
    Value,
    extent_of,
    stop_code,
    truth_of,
)
from policyrules.ir.walk import nodes
from policyrules.ir.whole_nodes import Truth, Whole

DATE = "date"


@frozen
class Column:
    """How a population holds an input: a number as so many times `part`, from `low` to `high`.

    A day is its ordinal, a choice its number in `Lowered.choices`. A `complete` column has no gaps.
    """

    part: Fraction = Fraction(1)
    low: int = 0
    high: int = 1
    complete: bool = False


Columns = Mapping[tuple[Subject, str], Column]


def choices_of(program: Program) -> dict[str, int]:
    """The numbers that the values of categories have in plans."""
    found: dict[str, int] = {}
    for entry in program.inputs:
        for value, _ in entry.values:
            found.setdefault(value, len(found))
    return found


@define
class Lowering:
    """Lowers expressions of a program for a day (None: for a column of days)."""

    program: Program
    columns: Columns
    on: int | None
    exact: Exact = field(factory=Exact)
    pieces: Pieces = field(init=False)
    extents: Extents = field(init=False)
    operators: Operators = field(init=False)
    choices: dict[str, int] = field(factory=dict)
    _read: dict[tuple[str, Kind], Piece | NotPlanned] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.pieces = Pieces(self.exact)
        self.extents = Extents(self.pieces)
        self.operators = Operators(self.pieces)
        self.choices |= choices_of(self.program) if not self.choices else {}

    @property
    def integers(self) -> Integers:
        """Where the nodes are made."""
        return self.exact.integers

    def piece(self, expr: Expr) -> Piece:
        """An expression in whole numbers, after the rules that it reads."""
        definitions = {entry.name: entry for entry in self.program.definitions}
        wanted: set[tuple[str, Kind]] = set()
        pending = [expr]
        while pending:
            for node in nodes(pending.pop()):
                if isinstance(node, Reference):
                    key = node.name, node.kind
                    if key not in wanted and key not in self._read:
                        wanted.add(key)
                        pending.append(definitions[node.name].read_as(node.kind))
        places = {entry.name: place for place, entry in enumerate(self.program.definitions)}
        for name, kind in sorted(wanted, key=lambda key: (places[key[0]], key[1])):
            try:
                self._read[name, kind] = fold(definitions[name].read_as(kind), self)
            except NotPlanned as found:
                self._read[name, kind] = found
        return fold(expr, self)

    def constant(self, node: Constant) -> Piece:
        """A value of the document, or a way of having none."""
        match node.value:
            case NotStated() as silent:
                return self._not_stated(silent, node.kind)
            case NotInForce():
                return self.pieces.ended(stop_code("not in force"), node.kind)
            case Unsettled(status):
                return self.pieces.ended(stop_code(status), node.kind)
            case bool() as truth:
                return self.pieces.known(self.integers.yes if truth else self.integers.no)
            case str() as choice:
                code = self.choices.setdefault(choice, len(self.choices))
                return self.pieces.known(self.integers.constant(code))
            case Fraction() as number:
                return self.pieces.known(self.pieces.single(self.exact.constant(number)))
            case day:
                return self.pieces.known(self.integers.constant(day))

    def variable(self, node: Variable) -> Piece:
        """The date, a fact of the household or person, or a parameter that no case supplies."""
        match node.subject:
            case "date":
                return self.pieces.known(self._today())
            case "parameters":
                return self._not_stated(NotStated(name=node.name), node.kind)
            case subject:
                return self._fact(node, self.columns.get((subject, node.name)))

    def reference(self, node: Reference) -> Piece:
        """The value of a definition, which was planned before."""
        found = self._read[node.name, node.kind]
        if isinstance(found, NotPlanned):
            raise found
        return found

    def apply(self, node: Apply, operands: tuple[Piece, ...]) -> Piece:
        """An operator."""
        match node.operator:
            case "and" | "or" as name:
                return self.pieces.junction(operands, decisive=name == "or")
            case "not":
                return self.pieces.negation(operands[0])
            case "select":
                return self.pieces.choice(*operands)
            case "others":
                return self._others(node)
            case "flagged":
                flag = node.operands[1]
                assert isinstance(flag, Constant)
                marks: Marks = {str(flag.value): self.integers.yes}
                noted = self.pieces.noted(marks, operands[0].marks, self.integers.yes)
                return evolve(operands[0], marks=noted)
            case "less" | "equal" if node.operands[0].kind == "number":
                return self._compared(node, operands)
            case _:
                return self._applied(node, operands)

    def over(self, node: Over, body: Piece | None, condition: Piece | None) -> Piece:
        """An aggregate over the members."""
        if node.collection is not None:
            raise NotPlanned("a list of records")
        yes = self.pieces.known(self.integers.yes)
        counts = condition or yes
        one = self.pieces.known(self.pieces.single(self.exact.constant(Fraction(1))))
        match node.function:
            case "any":
                both = self.pieces.junction((counts, body or yes), decisive=False)
                return self.pieces.decided(both if condition else body or yes, decisive=True)
            case "every":
                unless = self.pieces.junction(
                    (self.pieces.negation(counts), body or yes), decisive=True
                )
                return self.pieces.decided(unless if condition else body or yes, decisive=False)
            case "sum" | "count":
                figure = body or one
                end, marks = self.pieces.ends_of_all(counts, figure)
                return Piece(end, self.extents.total(truth_of(counts), extent_of(figure)), marks)
            case "highest" | "lowest" as function:
                assert body is not None
                if not isinstance(body.value, Extent):
                    raise NotPlanned("the first or last day of members")
                end, marks = self.pieces.ends_of_all(counts, body)
                extreme = self.extents.extreme(
                    truth_of(counts), body.value, highest=function == "highest"
                )
                return Piece(end, extreme, marks)

    def _today(self) -> Whole:
        if self.on is not None:
            return self.integers.constant(self.on)
        return self.integers.column(DATE, FIRST_DAY, LAST_DAY, of_person=False)

    def _fact(self, node: Variable, column: Column | None) -> Piece:
        """An input; where it is missing, the case is open, or asks for one of few answers."""
        ended = OPEN if node.kind in ("number", "date") else ASKED
        if column is None:
            return self.pieces.ended(ended, node.kind)
        known, make = self._known(node, column), self.integers
        end = make.choose(known, make.constant(0), make.constant(ended))
        return Piece(end, self._cell(node, column))

    def _known(self, node: Variable, column: Column) -> Truth:
        if column.complete:
            return self.integers.yes
        return self.integers.known(node.name, of_person=node.subject == "person")

    def _cell(self, node: Variable, column: Column) -> Value:
        of_person = node.subject == "person"
        if node.kind == "truth":
            return self.integers.fact(node.name, of_person=of_person)
        found = self.integers.column(node.name, column.low, column.high, of_person=of_person)
        return self.pieces.single(Figure(found, column.part)) if node.kind == "number" else found

    def _others(self, node: Apply) -> Piece:
        """What an open list leaves out: to be decided."""
        return self.pieces.ended(ASKED, node.kind)

    def _not_stated(self, silent: NotStated, kind: Kind) -> Piece:
        if kind in ("truth", "choice"):
            return self.pieces.ended(stop_code("not stated"), kind)
        if kind == "date":
            return self.pieces.ended(OPEN, kind)
        if silent.low is not None and silent.low == silent.high:
            return self.pieces.known(self.pieces.single(self.exact.constant(silent.low)))
        low, high = (self.exact.constant(end or Fraction(0)) for end in (silent.low, silent.high))
        # Without a name it is the open end of a payment, which leaves no amount unstated.
        unstated = self._truth(holds=bool(silent.name) or silent.payment)
        extent = Extent(
            low,
            high,
            self._truth(holds=silent.low is None),
            self._truth(holds=silent.high is None),
            self.integers.negation(unstated),
            unstated,
            self.integers.no,
        )
        # Who compares what the document is silent about, asks for it.
        marks: Marks = {("silent", silent.name): self.integers.yes} if silent.name else {}
        return evolve(self.pieces.known(extent), marks=marks)

    def _truth(self, *, holds: bool) -> Truth:
        return self.integers.yes if holds else self.integers.no

    def _compared(self, node: Apply, operands: tuple[Piece, ...]) -> Piece:
        left, right = map(extent_of, operands)
        compare = self.extents.less if node.operator == "less" else self.extents.equal
        value, is_open = compare(left, right)
        piece = self.pieces.in_turn(operands, value)
        return piece if is_open is self.integers.no else self._undecided(node, piece, is_open)

    def _undecided(self, node: Apply, piece: Piece, is_open: Truth) -> Piece:
        """A comparison where that is open."""
        del node
        return self._ended_where(is_open, ASKED, piece)

    def _ended_where(self, ended: Truth, code: int, piece: Piece) -> Piece:
        make = self.integers
        opened = make.choose(ended, make.constant(code), make.constant(0))
        return evolve(piece, end=self.pieces.first(piece.end, opened))

    def _applied(self, node: Apply, operands: tuple[Piece, ...]) -> Piece:
        """An operator; one that takes single numbers alone leaves ranges open."""
        values = tuple(operand.value for operand in operands)
        try:
            return self.pieces.in_turn(operands, self.operators.value(node.operator, values))
        except NotPlanned:
            ranges = [each for each in values if isinstance(each, Extent) and not each.exact]
            if not ranges:
                raise
        pinned = tuple(
            self.pieces.single(each.low) if isinstance(each, Extent) else each for each in values
        )
        piece = self.pieces.in_turn(operands, self.operators.value(node.operator, pinned))
        make = self.integers
        several = make.negation(make.every(*map(self.extents.is_single, ranges)))
        return self._ended_where(several, OPEN, piece)
