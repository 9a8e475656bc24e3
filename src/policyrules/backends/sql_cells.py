"""The columns of tables: which of their values a plan may see, and which are wrong.

A cell is looked at before anything is computed with it; one that is wrong counts as some harmless
value, and the answer of its row is thrown away.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen
from sqlglot import exp
from sqlglot.expressions import Expr

from policyrules.backends.sql_engines import (
    Engine,
    bracketed,
    column,
    joined,
    number,
    text,
    truth,
    when,
)
from policyrules.backends.sql_nodes import Nodes
from policyrules.ir.nodes import Kind
from policyrules.ir.operators import NEVER
from policyrules.ir.whole_nodes import Node

# Digits of a number with decimals, after which there is room for those of its scale.
_DIGITS = 30
# 1 January 1970 as an ordinal, and the seconds of a day.
_EPOCH, _SECONDS = 719163, 86400
# What the table of a cell is called in a query.
TABLE = "t"


@frozen
class Cell:
    """A column of a table: what it is called there, and what may stand in it.

    A number lies from `low` to `high`, in parts of which 10 to the power of `scale` are one; it is
    held as so many parts, or with `decimals`. A day lies within `low` and `high` or, if it `may be
    none`, is the last day of the calendar.
    """

    column: str
    kind: Kind
    low: int = 0
    high: int = 1
    scale: int = 0
    decimals: bool = False
    codes: Mapping[str, int] = field(factory=dict)
    may_be_none: bool = False
    required: bool = False


@frozen
class Cells:
    """Reads the cells of a row for one engine."""

    engine: Engine

    def known(self, cell: Cell) -> Expr:
        """Whether there is a value."""
        return exp.Paren(this=exp.Not(this=self._missing(cell)))

    def wrong(self, cell: Cell) -> Expr:
        """Whether there is a value that cannot be, or none where there must be one."""
        gap = truth(holds=cell.required)
        return when((self._missing(cell), gap), otherwise=exp.Not(this=self._fits(cell)))

    def value(self, cell: Cell, node: Node) -> Expr:
        """The value of a node that reads a cell."""
        raw = column(cell.column, TABLE)
        stand_in = Nodes(self.engine, {}).stands_in(node)
        match cell.kind:
            case "truth":
                fits = bracketed(exp.EQ, raw, number(1)) if self._is_sqlite else raw
                return when((self._fits(cell), fits), otherwise=stand_in)
            case "choice":
                codes: dict[int, list[str]] = {}
                for word, code in cell.codes.items():
                    codes.setdefault(code, []).append(word)
                branches = [(self._one_of(cell, words), number(c)) for c, words in codes.items()]
                return when(*branches, otherwise=stand_in)
            case "date":
                return when((self._fits(cell), self._ordinal(raw)), otherwise=stand_in)
            case "number":
                return when((self._fits(cell), self._parts(cell, raw)), otherwise=stand_in)

    @property
    def _is_sqlite(self) -> bool:
        return self.engine.name == "sqlite"

    def _missing(self, cell: Cell) -> Expr:
        return exp.Paren(this=exp.Is(this=column(cell.column, TABLE), expression=exp.Null()))

    def _fits(self, cell: Cell) -> Expr:
        """Whether a value can be; yes or no also where it is missing."""
        raw = column(cell.column, TABLE)
        match cell.kind:
            case "truth":
                fits = self._of_type("integer", raw, raw.isin(number(0), number(1)))
                return fits if self._is_sqlite else exp.Not(this=self._missing(cell))
            case "choice":
                return self._one_of(cell, list(cell.codes))
            case "date":
                return self._is_day(cell, raw)
            case "number" if self._is_sqlite:
                return self._of_type("integer", raw, _between(raw, *self._bounds(cell)))
            case "number":
                whole = self.engine.long(raw.copy())
                if cell.decimals:
                    whole = self._decimal(raw, cell.scale)
                inside = _between(raw, *self._bounds(cell))
                exact = bracketed(exp.EQ, raw.copy(), whole)
                return when((inside, exact), otherwise=truth(holds=False))

    def _bounds(self, cell: Cell) -> tuple[Expr, Expr]:
        if not cell.decimals:
            return number(cell.low), number(cell.high)
        return self._written(cell.low, cell.scale), self._written(cell.high, cell.scale)

    def _written(self, parts: int, scale: int) -> Expr:
        """So many parts as a number with decimals."""
        sign, digits = "-" if parts < 0 else "", str(abs(parts)).rjust(scale + 1, "0")
        point = len(digits) - scale
        return self._decimal(text(f"{sign}{digits[:point]}.{digits[point:]}".rstrip(".")), scale)

    def _decimal(self, value: Expr, scale: int) -> Expr:
        return exp.cast(value.copy(), f"DECIMAL({_DIGITS}, {scale})", dialect=self.engine.name)

    def _parts(self, cell: Cell, raw: Expr) -> Expr:
        if not cell.decimals:
            return self.engine.long(raw)
        value = self._decimal(raw, cell.scale)
        return self.engine.long(bracketed(exp.Mul, value, number(10**cell.scale)))

    def _one_of(self, cell: Cell, words: list[str]) -> Expr:
        """Whether a cell has one of these words; one of a type of its own is read as text."""
        raw = column(cell.column, TABLE)
        if not self._is_sqlite:
            raw = exp.cast(raw, "TEXT")
        found = raw.isin(*map(text, words))
        return when((self._missing(cell), truth(holds=False)), otherwise=found)

    def _is_day(self, cell: Cell, raw: Expr) -> Expr:
        day = text if self._is_sqlite else self._day
        low, high = (date.fromordinal(end).isoformat() for end in (cell.low, cell.high))
        inside = _between(raw, day(low), day(high))
        if cell.may_be_none:
            never = bracketed(exp.EQ, raw.copy(), day(date.fromordinal(NEVER).isoformat()))
            inside = joined(exp.Or, inside, never)
        if self._is_sqlite:
            # A day that the calendar lacks becomes another one where it is moved.
            moved = [raw.copy(), text("+0 days")]
            same = exp.Anonymous(this="DATE", expressions=moved)
            real = bracketed(exp.EQ, same, raw.copy())
            inside = self._of_type("text", raw, joined(exp.And, real, inside))
        return exp.Coalesce(this=inside, expressions=[truth(holds=False)])

    def _day(self, iso: str) -> Expr:
        return exp.cast(text(iso), "DATE")

    def _ordinal(self, raw: Expr) -> Expr:
        """A day as the number of days from the first one of the calendar on."""
        first = self._day("0001-01-01")
        match self.engine.name:
            case "sqlite":
                format_ = text("%s")
                since = exp.Anonymous(this="STRFTIME", expressions=[format_, raw.copy()])
                begins = number((_EPOCH - 1) * _SECONDS)
                seconds = bracketed(exp.Add, self.engine.long(since), begins)
                days = self.engine.quotient(seconds, number(_SECONDS), wide=False)
            case "spark":
                days = exp.Anonymous(this="DATEDIFF", expressions=[raw.copy(), first])
            case _:
                days = bracketed(exp.Sub, raw, first)
        return self.engine.long(bracketed(exp.Add, days, number(1)))

    def _of_type(self, name: str, raw: Expr, fits: Expr) -> Expr:
        """Whether a value fits that also has this type, where any column holds all of them."""
        kind = exp.Anonymous(this="TYPEOF", expressions=[raw.copy()])
        return when((bracketed(exp.EQ, kind, text(name)), fits), otherwise=truth(holds=False))


def _between(raw: Expr, low: Expr, high: Expr) -> Expr:
    return exp.Paren(this=exp.Between(this=raw.copy(), low=low, high=high))
