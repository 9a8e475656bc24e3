"""Frames of other libraries, and who belongs to which household."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from policyrules.backends.columns import HOUSEHOLD
from policyrules.diagnostics import Diagnostic, InputError, Report, shown

if TYPE_CHECKING:
    import polars as pl

Frame = Any
_LONGEST = 200  # of what another library says
Back = Callable[["pl.DataFrame"], Frame]


@frozen
class Bad:
    """A row that cannot be evaluated: of which table, and why."""

    table: str
    row: int
    problem: Diagnostic


@frozen
class Grouped:
    """Persons and households, each household with its number.

    `belongs` has for each person the row of the household, null for one without. `peopled` are the
    households that have members, in the order of their rows.
    """

    persons: pl.DataFrame
    households: pl.DataFrame
    belongs: pl.Series
    peopled: pl.Series
    bad: tuple[Bad, ...]


def moved(bad: Bad, row: int) -> Bad:
    """The same of another row, as where the rows of a block are those of a whole table."""
    before, after = f"{bad.table}[{bad.row}]", f"{bad.table}[{row}]"
    place = str(bad.problem.place).replace(before, after, 1)
    return Bad(bad.table, row, evolve(bad.problem, place=place))


def is_lazy(frame: Frame) -> bool:
    """Whether it is a query of Polars, which nobody has run yet."""
    kind = type(frame)
    return kind.__name__ == "LazyFrame" and kind.__module__.partition(".")[0] == "polars"


def taken(frame: Frame, place: str) -> tuple[pl.DataFrame, Back]:
    """A frame of Polars, pandas or Arrow as one of Polars, and the way back.

    Raises `InputError` for anything else, and where Polars is not installed.
    """
    try:
        import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used
    except ImportError as error:
        raise InputError([Diagnostic("PR692", place)]) from error
    if isinstance(frame, pl.DataFrame):
        return frame, lambda found: found
    family = type(frame).__module__.partition(".")[0]
    try:
        if family == "pandas" and hasattr(frame, "iloc"):
            return pl.from_pandas(frame), _to_pandas
        if family == "pyarrow" and hasattr(frame, "column_names"):
            found = pl.from_arrow(frame)
            assert isinstance(found, pl.DataFrame)
            return found, lambda frame: frame.to_arrow()
    except (TypeError, ValueError, pl.exceptions.PolarsError) as error:
        said = shown(" ".join(str(error).split()), _LONGEST)
        raise InputError([Diagnostic("PR655", place, {"reason": said})]) from error
    raise InputError([Diagnostic("PR693", place, {"found": type(frame).__name__})])


def _to_pandas(frame: pl.DataFrame) -> Frame:
    return frame.to_pandas(use_pyarrow_extension_array=True)


def grouped(persons: pl.DataFrame | None, households: pl.DataFrame | None, key: str) -> Grouped:
    """Who belongs to which household; where there is no frame of these, by the keys of persons.

    Raises `InputError` where a frame has no column of keys.
    """
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    frames = (("persons", persons), ("households", households))
    report = Report()
    for place, frame in frames:
        if frame is not None and key not in frame.columns:
            report.add("PR694", place, name=key)
    if report.diagnostics:
        raise InputError(report.diagnostics)
    assert persons is not None
    if households is None:
        _check_keys(persons, "persons", key)
        keys = persons[key].drop_nulls().unique(maintain_order=True)
        households = pl.DataFrame({key: keys})
    theirs, keys = _alike(persons, households, key)
    bad: list[Bad] = []
    first = _first(keys)
    kept = set(first["row"].to_list()) if first.height < households.height else None
    for row, value in enumerate(households[key].to_list()) if kept is not None else ():
        if row not in (kept or ()):
            code = "PR696" if value is not None else "PR695"
            bad.append(Bad("households", row, _problem(code, "households", row, key, value)))
    belongs = _found(theirs, first)
    for row in belongs.is_null().arg_true().to_list():
        value = persons[key][row]
        code = "PR697" if value is not None else "PR695"
        bad.append(Bad("persons", row, _problem(code, "persons", row, key, value)))
    peopled = belongs.drop_nulls().unique().sort()
    return Grouped(persons, households, belongs.alias(HOUSEHOLD), peopled, tuple(bad))


def _check_keys(frame: pl.DataFrame, place: str, key: str) -> None:
    """Raise `InputError` where households cannot be told apart by the kind of a column."""
    kind = frame.schema[key]
    if kind.is_nested() or kind.is_object():
        facts = {"name": shown(key), "found": str(kind)}
        raise InputError([Diagnostic("PR653", f"{place}.{key}", facts)])


def _alike(
    persons: pl.DataFrame, households: pl.DataFrame, key: str
) -> tuple[pl.Series, pl.Series]:
    """The keys of both frames, of one kind; raises `InputError` where they are of two.

    What `1` and `"1"`, or a whole number and a rounded one, have in common is not guessed.
    """
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    _check_keys(persons, "persons", key)
    _check_keys(households, "households", key)
    theirs, keys = persons[key], households[key]
    one, two = theirs.dtype, keys.dtype
    if one == two or (one.is_integer() and two.is_integer()):
        return theirs, keys
    if pl.Null in (one, two):
        return (theirs.cast(two), keys) if one == pl.Null else (theirs, keys.cast(one))
    words = (pl.String, pl.Categorical, pl.Enum)
    if one in words and two in words:
        return theirs.cast(pl.String), keys.cast(pl.String)
    facts = {"name": shown(key), "persons": str(one), "households": str(two)}
    raise InputError([Diagnostic("PR654", f"households.{key}", facts)])


def _first(keys: pl.Series) -> pl.DataFrame:
    """Each key with the first row that has it."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    rows = pl.DataFrame({"key": keys}).with_row_index("row")
    if _ascends(keys):
        return rows
    return rows.filter(pl.col("key").is_not_null()).unique("key", keep="first", maintain_order=True)


def _ascends(keys: pl.Series) -> bool:
    """Whether no key is null and each is above the one before."""
    return not keys.null_count() and (keys.len() < 2 or bool((keys[1:] > keys[:-1]).all()))


def _found(keys: pl.Series, first: pl.DataFrame) -> pl.Series:
    """The row of each key, null where there is none."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    if first.is_empty():
        return pl.repeat(None, len(keys), dtype=pl.UInt32, eager=True)
    if keys.dtype.is_integer() and keys.dtype == first["key"].dtype and _ascends(first["key"]):
        if not keys.null_count() and keys.is_sorted():
            group = keys.rle_id()
            starts = (group != group.shift(1)).fill_null(value=True)
            if keys.filter(starts).equals(first["key"]):
                return group.set_sorted()  # everyone stands where the household does
        # Looked up in half the time of a join.
        places = first["key"].search_sorted(keys).clip(0, first.height - 1)
        there = first["key"].gather(places) == keys
        return first["row"].gather(places).set(~there.fill_null(value=False), None)
    found = pl.DataFrame({"key": keys}).join(first, on="key", how="left", maintain_order="left")
    return found["row"]


def alone(persons: pl.DataFrame | None, households: pl.DataFrame | None) -> Grouped:
    """Persons without households, or cases without persons: each is one by itself."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    frame = households if persons is None else persons
    assert frame is not None
    numbers = pl.int_range(frame.height, eager=True, dtype=pl.UInt32).alias(HOUSEHOLD)
    empty = pl.DataFrame({"": numbers})
    if persons is None:
        return Grouped(empty, frame, numbers, numbers, ())
    return Grouped(frame, empty, numbers, numbers, ())


def _problem(code: str, table: str, row: int, key: str, value: object) -> Diagnostic:
    return Diagnostic(code, f"{table}[{row}].{key}", {"name": key, "found": str(value)})
