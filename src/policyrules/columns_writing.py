"""Outcomes of a population as columns: what plans worked out, and what single cases did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
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
_CODES_WITH_AMOUNT = sorted(STATUSES.index(status) for status in _WITH_AMOUNT)


@frozen
class Ends:
    """The nodes of one end of a number: so many parts, by how many; whether it is open, and fits.

    What does not `fit` the form that was asked for is more exact than that.
    """

    whole: Whole
    by: Whole
    open: Truth
    fits: Truth

    def cells(self, frame: pl.DataFrame) -> End:
        """What was worked out for it."""
        whole, by, is_open, fits = (
            column_of(frame, node) for node in (self.whole, self.by, self.open, self.fits)
        )
        return End(whole, by, is_open, fits)


@frozen
class End:
    """The cells of one end of a number, as `Ends` says."""

    whole: pl.Series
    by: pl.Series
    open: pl.Series
    fits: pl.Series

    def where(self, kept: pl.Series) -> End:
        """The same of some of the rows."""
        columns = self.whole, self.by, self.open, self.fits
        return End(*(column.filter(kept) for column in columns))


@frozen
class Answers:
    """What is told of some rows: the codes of their status, and the ends of a number or a value."""

    codes: pl.Series
    ends: tuple[End, ...]
    value: pl.Series | None

    def where(self, kept: pl.Series) -> Answers:
        """The same of some of the rows."""
        value = None if self.value is None else self.value.filter(kept)
        ends = tuple(end.where(kept) for end in self.ends)
        return Answers(self.codes.filter(kept), ends, value)


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

    def planned(self, end: End) -> list[pl.Series]:
        """The columns of an end that a plan worked out."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        whole, by = end.whole, end.by
        if self.amounts == "text":
            both = zip(whole.to_list(), by.to_list(), strict=True)
            texts = [wording.decimal_text(Fraction(top, bottom)) for top, bottom in both]
            found = [pl.Series(texts, dtype=pl.String)]
        elif self.amounts == "parts":
            found = [whole.cast(pl.Int64), by.cast(pl.Int64)]
        elif self.step == _MICRO:
            size = pl.lit(10**6, dtype=pl.Int64)
            full = (pl.lit(whole) // size).cast(pl.Decimal(38, 6))
            rest = (pl.lit(whole) % size).cast(pl.Decimal(38, 6)) * Decimal("0.000001")
            found = [pl.select((full + rest).cast(pl.Decimal(38, 6))).to_series()]
        else:
            found = [whole.cast(pl.Int64)]
        return [where(~end.open, column) for column in found]


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

    def nodes(self, planned: Planned, exact: Exact) -> tuple[list[Node], tuple[Ends, ...]]:
        """What must be worked out of a plan, and the ends of a number."""
        if planned.extent is None:
            assert planned.value is not None
            return [planned.status, planned.value], ()
        extent = planned.extent
        ends = (
            self.form.ends(exact, extent.low, extent.low_open),
            self.form.ends(exact, extent.high, extent.high_open),
        )
        inside = [node for end in ends for node in (end.whole, end.by, end.open, end.fits)]
        return [planned.status, *inside], ends

    def answers(
        self, planned: Planned, ends: tuple[Ends, ...], codes: pl.Series, frame: pl.DataFrame
    ) -> Answers:
        """What a plan says of the rows of a frame, in which its nodes were worked out."""
        value = None if planned.value is None or ends else column_of(frame, planned.value)
        cells = {end: end.cells(frame) for end in ends}
        return Answers(codes, tuple(cells[end] for end in ends), value)

    def planned(self, answers: Answers, choices: Mapping[str, int]) -> pl.DataFrame:
        """The outcomes that a plan worked out, without what they need.

        `choices` are the numbers that the plan has for them.
        """
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        codes = answers.codes
        told = codes.is_in(_CODES_WITH_AMOUNT)
        columns = {f"{self.name}: status": pl.Series(STATUSES, dtype=pl.String).gather(codes)}
        if answers.value is not None:
            columns[self.name] = where(told, self._values(answers.value, choices))
        written: dict[int, list[pl.Series]] = {}  # most numbers have one end twice
        for end, words in zip(answers.ends, ("low", "high"), strict=False):
            if id(end) not in written:
                written[id(end)] = [where(told, column) for column in self.form.planned(end)]
            names = self.form.columns(self.name, words)
            columns |= dict(zip(names, written[id(end)], strict=True))
        return pl.DataFrame(columns)

    def misfits(self, answers: Answers) -> pl.Series:
        """The rows whose numbers are more exact than the form."""
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        found = pl.repeat(value=False, n=len(answers.codes), dtype=pl.Boolean, eager=True)
        for end in answers.ends:
            if not end.fits.all():
                found = found | ~(end.fits | end.open)
        return found & answers.codes.is_in(_CODES_WITH_AMOUNT) if found.any() else found

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

    def _values(self, column: pl.Series, choices: Mapping[str, int]) -> pl.Series:
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

        match self.definition.kind:
            case "choice":
                words = {code: value for value, code in choices.items()}
                codes = column.cast(pl.Int64)
                return codes.replace_strict(words, default=None, return_dtype=pl.String)
            case "date":
                days = column.cast(pl.Int64)
                return (days - EPOCH).cast(pl.Int32).cast(pl.Date).set(days == NEVER, None)
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


def column_of(frame: pl.DataFrame, node: Node) -> pl.Series:
    """The column in which a node was worked out; a constant in every row."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    if node.operator == "constant":
        of_number = pl.Int64 if bits(node) < _NARROW else pl.Int128
        kind = pl.Boolean if isinstance(node, Truth) else of_number
        value = bool(node.low) if isinstance(node, Truth) else node.low
        return pl.repeat(value, frame.height, dtype=kind, eager=True)
    return frame[name_of(node)]


def where(kept: pl.Series, column: pl.Series) -> pl.Series:
    """A column, null where it says nothing."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    if kept.all(ignore_nulls=False):
        return column
    return pl.select(pl.when(pl.lit(kept)).then(pl.lit(column))).to_series()


def form_of(definition: Definition, amounts: Amounts) -> Form:
    """How the numbers of a definition are given back."""
    money = definition.kind == "number" and is_money(unit(definition.unit))
    return Form(amounts, money)
