"""Populations as plans read them: a column of integers or truths for each input of a frame."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from policyrules.case import AGE, BIRTH_DATE, separate_cases
from policyrules.case_values import FIRST_YEAR, LAST_YEAR, YES_NO
from policyrules.diagnostics import Report, near, shown
from policyrules.ir.lowering import Column
from policyrules.ir.nodes import Input, Program
from policyrules.source import Text
from policyrules.types.units import is_money, unit

if TYPE_CHECKING:
    import polars as pl

# The column of row numbers.
ROW = "##"
TABLE_WORDS = {"persons": Text("persons", "人员"), "households": Text("households", "家庭")}
FEN = Fraction(1, 100)
_TEXT_PART = Fraction(1, 10**4)  # of numbers written as text; finer ones are read case by case
_FAR = 10**15  # no further than this from zero, in parts, are numbers worked out in columns
EPOCH = 719163  # the ordinal of 1970-01-01
_CHINESE_DAY = r"^([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日$"
_ISO_DAY = r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$"
_FIRST_DAY, _LAST_DAY = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
_NUMBER = r"^-?[0-9]{1,11}(\.[0-9]{1,4})?$"


@frozen
class Population:
    """One frame as plans read it.

    `inputs` are those of which it has a column, by the name of the column. `cells` has one under
    the canonical name of each, null where the cell is; what a plan cannot take is null there and
    the row is in `odd`.
    """

    frame: pl.DataFrame
    inputs: Mapping[str, Input]
    cells: pl.DataFrame
    parts: Mapping[str, Fraction]
    odd: pl.Series
    known: Mapping[str, Input]

    def columns(self) -> dict[str, Column]:
        """How each input is held."""
        found: dict[str, Column] = {}
        for name, part in self.parts.items():
            low, high = _ends(self.known[name], part)
            found[name] = Column(part, low, high, complete=not self.cells[name].null_count())
        return found


@frozen
class Known:
    """What may be stated of a subject, under its names in both languages; no lists.

    `together` are plain names of what was paid, of which 0 says so for every case.
    """

    names: Mapping[str, Input]
    together: Mapping[str, tuple[Input, ...]]


def declared(program: Program, subject: str) -> Known:
    """What may be stated of a subject."""
    entries = [entry for entry in program.inputs if entry.collection is None]
    known = {entry.name for entry in entries}
    entries += [entry for entry in (AGE, BIRTH_DATE) if entry.name not in known]
    names = {
        name: entry
        for entry in entries
        if entry.subject == subject
        for name in (entry.name, entry.label.en, entry.label.zh)
        if name
    }
    together = separate_cases(program.inputs)
    return Known(names, {name: each for (of, name), each in together.items() if of == subject})


def read_frame(
    frame: pl.DataFrame,
    known: Known,
    choices: Mapping[str, int],
    *,
    place: str,
    report: Report,
    notes: Report,
) -> Population:
    """A frame as plans read it; columns of a kind that cannot be exact are problems of `place`.

    `notes` are columns that are nearly called as an input, with the name that may be meant.
    """
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    inputs: dict[str, Input] = {}
    names = known.names
    for name, kind in frame.schema.items():
        entry = names.get(name)
        if kind.is_float() and (entry is not None or name in known.together):
            report.add("PR690", f"{place}.{name}", name=name)
        elif name in known.together:
            continue
        elif entry is None:
            if (hint := near(name, names)) is not None:
                notes.add("PR691", f"{place}.{name}", hint=hint, name=shown(name))
        elif entry.name in {each.name for each in inputs.values()}:
            report.add("PR606", f"{place}.{name}", name=name)
        else:
            inputs[name] = entry
    cells: dict[str, pl.Series] = {}
    parts: dict[str, Fraction] = {}
    odd = pl.repeat(value=False, n=frame.height, dtype=pl.Boolean, eager=True)
    for name, entry in inputs.items():
        read, part = _within(frame[name], entry, choices)
        if read.null_count() > frame[name].null_count():
            odd = odd | (read.is_null() & frame[name].is_not_null())
        cells[entry.name], parts[entry.name] = read, part
    for name, entries in known.together.items():
        if name in frame.columns and not frame.schema[name].is_float():
            inputs[name] = entries[0]
            odd = odd | _nothing_paid(frame[name], entries, cells, parts)
    rows = pl.int_range(frame.height, dtype=pl.UInt32, eager=True)
    held = pl.DataFrame({ROW: rows, **cells})
    return Population(frame, inputs, held, parts, odd, names)


def _within(
    column: pl.Series, entry: Input, choices: Mapping[str, int]
) -> tuple[pl.Series, Fraction]:
    """The cells of an input, null where they are beyond what plans take, and their part."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    read, part = _cells(column, entry, choices)
    if read.dtype != pl.Boolean and read.null_count() < len(read):
        low, high = _ends(entry, part)
        least, most = read.min(), read.max()
        assert isinstance(least, int)
        assert isinstance(most, int)
        if least < low or most > high:
            inside = (read >= low) & (read <= high)
            read = read.set(~inside.fill_null(value=True), None)
    if entry.whole and part < 1:
        read = read.set((read % part.denominator != 0).fill_null(value=False), None)
    return read.alias(entry.name), part


def _nothing_paid(
    column: pl.Series,
    entries: tuple[Input, ...],
    cells: dict[str, pl.Series],
    parts: dict[str, Fraction],
) -> pl.Series:
    """Fill in 0 for every case where the plain name has it; the rows in which it has not."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    read, part = _numbers(column, entries[0])
    nothing = (read == 0).fill_null(value=False)
    odd = column.is_not_null() & ~nothing
    for entry in entries:
        own = cells.get(entry.name)
        if own is None:
            cells[entry.name], parts[entry.name] = read.set(~nothing, None).alias(entry.name), part
        else:
            odd = odd | (nothing & own.is_not_null())
            zero = pl.when(pl.lit(nothing)).then(pl.lit(0, dtype=pl.Int64))
            cells[entry.name] = pl.select(zero.otherwise(pl.lit(own)).alias(entry.name)).to_series()
    return odd


def day_of(column: pl.Series) -> pl.Series:
    """The days of a column as ordinals; null where a cell is none that a case may have."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    if column.dtype == pl.String:
        written = column.str.replace(_CHINESE_DAY, "$1-$2-$3")
        written = written.set(~written.str.contains(_ISO_DAY).fill_null(value=True), None)
        column = written.str.to_date("%Y-%m-%d", strict=False)
    if column.dtype != pl.Date:
        return _nothing(column)
    days = column.to_physical().cast(pl.Int64) + EPOCH
    first, last = days.min(), days.max()
    if not isinstance(first, int) or not isinstance(last, int):
        return days  # there is none
    if first >= _FIRST_DAY and last <= _LAST_DAY:
        return days
    return days.set(~days.is_between(_FIRST_DAY, _LAST_DAY).fill_null(value=True), None)


def _nothing(column: pl.Series) -> pl.Series:
    """As many nulls."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    return pl.repeat(None, len(column), dtype=pl.Int64, eager=True)


def _cells(
    column: pl.Series, entry: Input, choices: Mapping[str, int]
) -> tuple[pl.Series, Fraction]:
    """The cells of an input and, of a number, the part of its unit that they count."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    match entry.kind:
        case "number":
            return _numbers(column, entry)
        case "truth":
            return _truths(column), Fraction(1)
        case "choice":
            if column.dtype not in (pl.String, pl.Categorical, pl.Enum):
                return _nothing(column), Fraction(1)
            codes = {
                name: choices[value]
                for value, label in entry.values
                for name in (value, label.en, label.zh)
                if name
            }
            return _choices(column, codes), Fraction(1)
        case "date":
            return day_of(column), Fraction(1)


def _choices(column: pl.Series, codes: Mapping[str, int]) -> pl.Series:
    """The numbers of the values that a column has; null for any other word."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    if column.dtype == pl.String:
        return column.replace_strict(codes, default=None, return_dtype=pl.Int64)
    words = column.unique().drop_nulls()
    numbers, places = _choices(words.cast(pl.String), codes), words.to_physical().cast(pl.Int64)
    most = places.max()
    table = _nothing(pl.int_range(most + 1 if isinstance(most, int) else 0, eager=True))
    return table.scatter(places, numbers).gather(column.to_physical())


def _truths(column: pl.Series) -> pl.Series:
    """The truths of a column, also where they are written as in a case."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    if column.dtype == pl.Boolean:
        return column
    if column.dtype != pl.String:
        return _nothing(column).cast(pl.Boolean)
    words = column.str.strip_chars().str.to_lowercase()
    return words.replace_strict(YES_NO, default=None, return_dtype=pl.Boolean)


def _numbers(column: pl.Series, entry: Input) -> tuple[pl.Series, Fraction]:
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    kind = column.dtype
    if kind.is_integer():
        part = FEN if is_money(unit(entry.unit)) else Fraction(1)
        return column.cast(pl.Int64, strict=False), part
    if isinstance(kind, pl.Decimal):
        scale = kind.scale or 0
        return column.to_physical().cast(pl.Int64, strict=False), Fraction(1, 10**scale)
    if kind == pl.String:
        plain = column.str.strip_chars()
        plain = plain.set(~plain.str.contains(_NUMBER).fill_null(value=True), None)
        exact = plain.str.to_decimal(scale=4)
        return exact.to_physical().cast(pl.Int64, strict=False), _TEXT_PART
    return _nothing(column), Fraction(1)


def _ends(entry: Input, part: Fraction) -> tuple[int, int]:
    """The lowest and highest cell that a plan takes."""
    match entry.kind:
        case "number":
            low = -_FAR if entry.low is None else -int(-entry.low // part)
            high = _FAR if entry.high is None else int(entry.high // part)
            low += entry.low_excluded and entry.low == low * part
            high -= entry.high_excluded and entry.high == high * part
            return max(low, 0 if entry.whole else -_FAR), min(high, _FAR)
        case "date":
            return _FIRST_DAY, _LAST_DAY
        case "choice" | "truth":
            return 0, 10**6
