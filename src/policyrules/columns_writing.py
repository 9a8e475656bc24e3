"""Outcomes of a population as columns: what plans worked out, and what single cases did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

from policyrules import wording
from policyrules.backends.columns import name_of
from policyrules.columns_reading import EPOCH, ROW
from policyrules.ir.exact import Exact, Figure
from policyrules.ir.facts import Outcome
from policyrules.ir.lower import STATUSES, Planned
from policyrules.ir.nodes import Definition
from policyrules.ir.operators import NEVER
from policyrules.ir.whole_nodes import Node, Truth, Whole, bits
from policyrules.types.units import is_money, unit

if TYPE_CHECKING:
    import polars as pl

Amounts = Literal["decimal", "fen", "text", "parts"]
_MICRO, _FEN = Fraction(1, 10**6), Fraction(1, 100)
_WITH_AMOUNT = frozenset({"eligible", "undetermined", "known"})
_NARROW = 63
CODES_WITH_AMOUNT = sorted(STATUSES.index(status) for status in _WITH_AMOUNT)


@frozen
class Ends:
    """The nodes of one end of a number: so many parts, by how many; whether it is open, and fits.

    What does not `fit` the form that was asked for is more exact than that.
    """

    whole: Whole
    by: Whole
    open: Truth
    fits: Truth

    def cells(self) -> End:
        """What was worked out for it."""
        return End(*(cells_of(node) for node in (self.whole, self.by, self.open, self.fits)))


@frozen
class End:
    """The cells of one end of a number, as `Ends` says."""

    whole: pl.Expr
    by: pl.Expr
    open: pl.Expr
    fits: pl.Expr


@frozen
class Answers:
    """What is told of the rows of a frame: their status, and the ends of a number or a value.

    A number of which there is one end has it for both. `codes` are the numbers of the statuses.
    Where it is not `told`, there is no amount or value.
    """

    codes: pl.Expr
    told: pl.Expr
    ends: tuple[End, ...]
    value: pl.Expr | None

    @property
    def misfit(self) -> pl.Expr:
        """Whether a number is more exact than its form."""
        wrong = [~(end.fits | end.open) for end in self.ends]
        return reduce(or_, wrong, _truth(value=False)) & self.told


@frozen
class Form:
    """How numbers are given back: counted in `step`, or as numerator and denominator (None)."""

    amounts: Amounts
    money: bool

    @property
    def step(self) -> Fraction | None:
        """What is counted."""
        if self.amounts in ("text", "parts"):
            return None
        return _FEN if self.amounts == "fen" and self.money else _MICRO

    def ends(self, exact: Exact, figure: Figure, is_open: Truth) -> Ends:
        """The nodes that an end of a plan needs."""
        make = exact.integers
        if self.step is None:
            top = make.multiply(figure.whole, make.constant(figure.part.numerator))
            bottom = make.product((make.constant(figure.part.denominator), *figure.by))
            return Ends(top, bottom, is_open, make.yes)
        counted = exact.round_down(figure, self.step)
        times = counted.part / self.step
        whole = make.multiply(counted.whole, make.constant(times.numerator))
        return Ends(whole, make.constant(1), is_open, exact.equal(counted, figure))

    def columns(self, name: str, end: str) -> Iterator[str]:
        """What the columns of an end are called."""
        if self.amounts == "parts":
            yield from (f"{name}: {end} numerator", f"{name}: {end} denominator")
        else:
            yield f"{name}: {end}"

    def types(self) -> Any:  # noqa: ANN401 - a type of Polars
        """The type of each of these columns."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        if self.amounts == "text":
            return pl.String
        return pl.Decimal(38, 6) if self.step == _MICRO else pl.Int64

    def of(self, value: Fraction | None) -> tuple[Any, ...]:
        """A number in these columns; raises `ValueError` where it does not fit."""
        if self.amounts == "text":
            return (None if value is None else wording.decimal_text(value),)
        if self.amounts == "parts":
            return (None, None) if value is None else value.as_integer_ratio()
        if value is None:
            return (None,)
        assert self.step is not None
        counted = value / self.step
        if counted.denominator != 1:
            raise ValueError(value)
        if self.step == _MICRO:
            return (Decimal(counted.numerator).scaleb(-6),)
        return (counted.numerator,)

    def planned(self, end: End) -> tuple[pl.Expr, ...]:
        """The columns of an end that a plan worked out."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        found: tuple[pl.Expr, ...] = (end.whole.cast(pl.Int64),)
        if self.amounts == "text":
            both = pl.struct(end.whole.alias("top"), end.by.alias("bottom"))
            found = (both.map_batches(_texts, return_dtype=pl.String),)
        elif self.amounts == "parts":
            found = (end.whole.cast(pl.Int64), end.by.cast(pl.Int64))
        elif self.step == _MICRO:
            millionths = end.whole.cast(pl.Decimal(38, 0)) * pl.lit(Decimal("0.000001"))
            found = (millionths.cast(pl.Decimal(38, 6)),)
        return tuple(only_where(~end.open, column) for column in found)


@frozen
class Written:
    """How the outcomes of a definition are written: its name, kind and numbers."""

    definition: Definition
    form: Form

    @property
    def name(self) -> str:
        """What its columns begin with."""
        return self.definition.name

    @property
    def needs(self) -> str:
        """The column of what is missing."""
        return f"{self.name}: needs"

    def ends(self, planned: Planned, exact: Exact) -> tuple[Ends, ...]:
        """What must be worked out of the ends of a number."""
        extent = planned.extent
        if extent is None:
            return ()
        return (
            self.form.ends(exact, extent.low, extent.low_open),
            self.form.ends(exact, extent.high, extent.high_open),
        )

    def planned(self, answers: Answers, choices: Mapping[str, int]) -> list[pl.Expr]:
        """The outcomes that a plan worked out, without what they need.

        `choices` are the numbers that the plan has for them.
        """
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        statuses = pl.lit(pl.Series(STATUSES, dtype=pl.String))
        found = [statuses.gather(answers.codes).alias(f"{self.name}: status")]
        if answers.value is not None:
            values = self._values(answers.value, choices)
            found.append(only_where(answers.told, values).alias(self.name))
        for end, words in zip(answers.ends, ("low", "high"), strict=False):
            names = self.form.columns(self.name, words)
            for name, column in zip(names, self.form.planned(end), strict=True):
                found.append(only_where(answers.told, column).alias(name))
        return found

    def columns(self, found: Mapping[str, pl.Series], needs: pl.Series) -> pl.DataFrame:
        """What was `planned`; where both ends are one, the high columns are the low ones."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        ends = (self.form.columns(self.name, end) for end in ("high", "low"))
        low_of = dict(zip(*ends, strict=True))
        told = [
            found[name if name in found else low_of[name]].alias(name)
            for name in self.schema()
            if name != self.needs
        ]
        return pl.DataFrame([*told, needs.alias(self.needs)])

    def single(self, outcome: Outcome) -> dict[str, Any]:
        """The outcome of a single case without what it needs.

        Raises `ValueError` where its number does not fit.
        """
        row: dict[str, Any] = {f"{self.name}: status": outcome.status}
        told = outcome.status in _WITH_AMOUNT
        if self.definition.kind == "number":
            for end, value in (("low", outcome.low), ("high", outcome.high)):
                cells = self.form.of(value if told else None)
                row |= dict(zip(self.form.columns(self.name, end), cells, strict=True))
        else:
            row[self.name] = self._single(outcome.value) if told else None
        return row

    def schema(self) -> dict[str, Any]:
        """The columns with their types."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        of_kind = {"truth": pl.Boolean, "choice": pl.String, "date": pl.Date}
        columns: dict[str, Any] = {f"{self.name}: status": pl.String}
        if self.definition.kind == "number":
            for end in ("low", "high"):
                columns |= dict.fromkeys(self.form.columns(self.name, end), self.form.types())
        else:
            columns[self.name] = of_kind[self.definition.kind]
        return columns | {self.needs: pl.List(pl.String)}

    def _values(self, column: pl.Expr, choices: Mapping[str, int]) -> pl.Expr:
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        match self.definition.kind:
            case "choice":
                words = {code: value for value, code in choices.items()}
                codes = column.cast(pl.Int64)
                return codes.replace_strict(words, default=None, return_dtype=pl.String)
            case "date":
                days = column.cast(pl.Int64)
                date = (days - EPOCH).cast(pl.Int32).cast(pl.Date)
                return only_where(days != NEVER, date)
            case _:
                return column

    def _single(self, value: bool | str | int | None) -> object:
        if self.definition.kind == "date":
            return None if value in (None, NEVER) else date.fromordinal(int(value or 0))
        return value


def overlaid(frame: pl.DataFrame, other: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """A frame with those of another in place of some rows of its own."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    if not len(rows):
        return frame
    mine = pl.repeat(value=False, n=frame.height, eager=True).scatter(rows, values=True)
    placed = spread_over(other, rows, frame.height)
    return pl.DataFrame(
        {
            name: pl.select(
                pl.when(pl.lit(mine)).then(pl.lit(placed[name])).otherwise(pl.lit(frame[name]))
            ).to_series()
            for name in frame.columns
        }
    )


def spread_over(frame: pl.DataFrame, rows: pl.Series, height: int) -> pl.DataFrame:
    """The rows of a frame in their places among so many; null between them."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    if frame.height == height and rows.is_sorted():
        return frame
    placed = frame.with_columns(rows.cast(pl.UInt32).alias(ROW))
    places = pl.DataFrame({ROW: pl.int_range(height, dtype=pl.UInt32, eager=True)})
    return places.join(placed, on=ROW, how="left", maintain_order="left").drop(ROW)


def cells_of(node: Node) -> pl.Expr:
    """The cells of a node that was worked out; a constant is the same in every row."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    if node.operator != "constant":
        return pl.col(name_of(node))
    if isinstance(node, Truth):
        return _truth(value=bool(node.low))
    return pl.lit(node.low, dtype=pl.Int64 if bits(node) < _NARROW else pl.Int128)


def _truth(*, value: bool) -> pl.Expr:
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    return pl.lit(value)


def _texts(both: pl.Series) -> pl.Series:
    """Numerators and denominators as texts."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    pairs = zip(both.struct.field("top"), both.struct.field("bottom"), strict=True)
    texts = [wording.decimal_text(Fraction(top, bottom)) for top, bottom in pairs]
    return pl.Series(texts, dtype=pl.String)


def only_where(kept: pl.Expr, column: pl.Expr) -> pl.Expr:
    """A column, null where it says nothing."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    return pl.when(kept).then(column)


def form_of(definition: Definition, amounts: Amounts) -> Form:
    """How the numbers of a definition are given back."""
    money = definition.kind == "number" and is_money(unit(definition.unit))
    return Form(amounts, money)
