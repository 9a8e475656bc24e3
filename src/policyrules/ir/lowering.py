"""Expressions in whole numbers: the algebra by which `lower.py` plans outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce

from attrs import define, evolve, field, frozen

from policyrules.ir.calendar import Days
from policyrules.ir.exact import Exact, Figure, NotPlanned, known_value
from policyrules.ir.extents import Extents
from policyrules.ir.fold import fold
from policyrules.ir.integers import Integers
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
    OPEN,
    Extent,
    Piece,
    Pieces,
    Value,
    extent_of,
    stop_code,
    truth_of,
    whole_of,
)
from policyrules.ir.walk import nodes
from policyrules.ir.whole_nodes import Truth, Whole

DATE = "date"
_PERIODS = (1, 3, 12)
_ROUNDED = {
    "round_half_up": Exact.round_half_up,
    "round_up": Exact.round_up,
    "round_down": Exact.round_down,
    "round_half_even": Exact.round_half_even,
    "round_jiao_up": Exact.round_jiao_up,
}


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


@define
class Lowering:
    """Lowers expressions of a program for a day (None: for a column of days)."""

    program: Program
    columns: Columns
    on: int | None
    exact: Exact = field(factory=Exact)
    pieces: Pieces = field(init=False)
    extents: Extents = field(init=False)
    days: Days = field(init=False)
    choices: dict[str, int] = field(factory=dict)
    _read: dict[tuple[str, Kind], Piece | NotPlanned] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.pieces = Pieces(self.exact)
        self.extents = Extents(self.pieces)
        self.days = Days(self.integers)
        for entry in self.program.inputs:
            for value, _ in entry.values:
                self.choices.setdefault(value, len(self.choices))

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
                return self.pieces.known(self.days.constant(day))

    def variable(self, node: Variable) -> Piece:
        """The date, a fact of the household or person, or a parameter that no case supplies."""
        match node.subject:
            case "date":
                return self.pieces.known(self._today())
            case "parameters":
                return self._not_stated(NotStated(name=node.name), node.kind)
            case subject:
                column = self.columns.get((subject, node.name))
                if column is None:
                    return self.pieces.ended(OPEN, node.kind)
                return self._fact(node, column)

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
                return self.pieces.ended(OPEN, node.kind)
            case "flagged":
                flag = node.operands[1]
                assert isinstance(flag, Constant)
                flags = {str(flag.value): self.integers.yes}
                noted = self.pieces.noted(flags, operands[0].flags, self.integers.yes)
                return evolve(operands[0], flags=noted)
            case "less" | "equal" if node.operands[0].kind == "number":
                return self._compared(node, operands)
            case _:
                return self.pieces.in_turn(operands, self._operator(node, operands))

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
                end, flags = self.pieces.ends_of_all(counts, figure)
                return Piece(end, self.extents.total(truth_of(counts), extent_of(figure)), flags)
            case "highest" | "lowest" as function:
                assert body is not None
                if not isinstance(body.value, Extent):
                    raise NotPlanned("the first or last day of members")
                end, flags = self.pieces.ends_of_all(counts, body)
                extreme = self.extents.extreme(
                    truth_of(counts), body.value, highest=function == "highest"
                )
                return Piece(end, extreme, flags)

    def _today(self) -> Whole:
        if self.on is not None:
            return self.days.constant(self.on)
        return self.integers.column(DATE, FIRST_DAY, LAST_DAY, of_person=False)

    def _fact(self, node: Variable, column: Column) -> Piece:
        of_person = node.subject == "person"
        value: Value
        if node.kind == "truth":
            value = self.integers.fact(node.name, of_person=of_person)
        else:
            value = self.integers.column(node.name, column.low, column.high, of_person=of_person)
            if node.kind == "number":
                value = self.pieces.single(Figure(value, column.part))
        if column.complete:
            return self.pieces.known(value)
        known = self.integers.known(node.name, of_person=of_person)
        end = self.integers.choose(known, self.integers.constant(0), self.integers.constant(OPEN))
        return Piece(end, value)

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
        )
        return self.pieces.known(extent)

    def _truth(self, *, holds: bool) -> Truth:
        return self.integers.yes if holds else self.integers.no

    def _compared(self, node: Apply, operands: tuple[Piece, ...]) -> Piece:
        left, right = map(extent_of, operands)
        compare = self.extents.less if node.operator == "less" else self.extents.equal
        value, is_open = compare(left, right)
        piece = self.pieces.in_turn(operands, value)
        make = self.integers
        opened = make.choose(is_open, make.constant(OPEN), make.constant(0))
        return evolve(piece, end=self.pieces.first(piece.end, opened))

    def _operator(self, node: Apply, operands: tuple[Piece, ...]) -> Value:
        make, days = self.integers, self.days
        match node.operator:
            case "less":
                return make.less(*map(whole_of, operands))
            case "equal" | "is":
                return make.equal(*map(whole_of, operands))
            case "earliest":
                return reduce(make.least, map(whole_of, operands))
            case "latest":
                return reduce(make.greatest, map(whole_of, operands))
            case "so_far":
                return days.so_far(*map(whole_of, operands))
            case "completed_years" | "completed_months" | "completed_days" as name:
                return self._elapsed(name, *map(whole_of, operands))
            case "add_days" | "add_months" | "day_of_month" as name:
                return self._moved(name, whole_of(operands[0]), extent_of(operands[1]))
            case "period_end" | "previous_end" as name:
                months = self._number(extent_of(operands[1]))
                if months not in _PERIODS:
                    raise NotPlanned("a period of so many months")
                function = days.period_end if name == "period_end" else days.previous_end
                return function(whole_of(operands[0]), int(months))
            case "add_working_days":
                raise NotPlanned("working days")
            case name:
                return self._numeric(name, tuple(map(extent_of, operands)))

    def _elapsed(self, operator: str, since: Whole, on: Whole) -> Value:
        match operator:
            case "completed_years":
                found = self.days.completed_years(since, on)
            case "completed_months":
                found = self.days.completed_months(since, on)
            case _:
                found = self.integers.subtract(on, since)
        return self.pieces.single(Figure(found, Fraction(1)))

    def _moved(self, operator: str, day: Whole, by: Extent) -> Whole:
        """A day moved by whole days or months; part of one does not count."""
        if not by.exact:
            raise NotPlanned("a day that lies in a range")
        number = self._whole_number(by.low, down=operator == "add_days")
        match operator:
            case "add_days":
                return self.days.add_days(day, number)
            case "add_months":
                return self.days.add_months(day, number)
            case _:
                return self.days.day_of_month(day, number)

    def _whole_number(self, value: Figure, *, down: bool) -> Whole:
        """A number cut to a whole one: toward minus infinity if `down`, else toward zero."""
        if value.whole.low < 0 and not down:
            known = known_value(value)
            if known is None:
                raise NotPlanned("a number of months below zero")
            return self.integers.constant(int(known))
        number = self.exact.round_down(value, Fraction(1))
        times = self.integers.constant(number.part.numerator)
        return self.integers.multiply(number.whole, times)

    def _number(self, extent: Extent) -> Fraction:
        """A step or number of months, which must be known beforehand."""
        known = known_value(extent.low) if extent.exact else None
        if known is None:
            raise NotPlanned("a step that is not known beforehand")
        return known

    def _numeric(self, operator: str, operands: tuple[Extent, ...]) -> Value:
        extents, exact = self.extents, self.exact
        match operator:
            case "add":
                return extents.add(*operands)
            case "subtract":
                return extents.subtract(*operands)
            case "multiply":
                return extents.multiply(*operands)
            case "divide":
                return extents.divide(*operands)
            case "minimum":
                return reduce(extents.least, operands)
            case "maximum":
                return reduce(extents.greatest, operands)
            case "range":
                return extents.discretion(*operands)
            case "drop_below" | "lift_to" | "floor_divide" as name:
                if not all(operand.exact for operand in operands):
                    raise NotPlanned("small amounts of a range")
                return self.pieces.single(self._small(name, *(each.low for each in operands)))
            case name if name in _ROUNDED:
                value, step = operands
                mode = _ROUNDED[name]
                by = self._number(step)
                return extents.rounded(value, by, lambda end, step: mode(exact, end, step))
            case name:
                raise NotPlanned(name)

    def _small(self, operator: str, value: Figure, least: Figure) -> Figure:
        exact, make = self.exact, self.integers
        below = exact.less(value, least)
        nothing = exact.constant(Fraction(0))
        match operator:
            case "drop_below":
                return exact.choose(below, nothing, value)
            case "lift_to":
                small = make.every(below, exact.less(nothing, value))
                return exact.choose(small, least, value)
            case _:
                return exact.floor_divide(value, least)
