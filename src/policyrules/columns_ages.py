"""Ages of a population that follow from birth dates, as they do in a single case."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve

from policyrules.backends.columns import name_of, work_out
from policyrules.case import AGE, BIRTH_DATE
from policyrules.columns_reading import Population
from policyrules.ir.calendar import Days
from policyrules.ir.integers import Integers
from policyrules.ir.operators import FIRST_DAY, LAST_DAY, NEVER
from policyrules.types.dates import OLDEST, born_between

if TYPE_CHECKING:
    import polars as pl

_DAY = "day"


def with_ages(people: Population, on: pl.Series | int) -> Population:
    """The persons with the age that each has on a day, or on their own days, by the birth date.

    Who is told another age, or cannot have this one, is left to the reader of single cases.
    """
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    if BIRTH_DATE.name not in people.parts:
        return people
    born = people.cells[BIRTH_DATE.name]
    computed = _on_one_day(born, on) if isinstance(on, int) else _years(born, on)
    unknown = born.is_null() if isinstance(on, int) else born.is_null() | on.is_null()
    part = people.parts.get(AGE.name, Fraction(1))
    cells = (computed * (1 / part).numerator).set(unknown, None)
    told = people.cells[AGE.name] if AGE.name in people.parts else None
    odd = people.odd | ((computed < 0) | (computed > OLDEST)) & cells.is_not_null()
    if told is not None:
        odd = odd | (told != cells).fill_null(value=False)
        cells = pl.select(pl.coalesce(pl.lit(told), pl.lit(cells))).to_series()
    held = people.cells.with_columns(cells.alias(AGE.name))
    known = {**people.known, AGE.name: people.known.get(AGE.name, AGE)}
    return evolve(people, cells=held, odd=odd, parts={**people.parts, AGE.name: part}, known=known)


def _on_one_day(born: pl.Series, on: int) -> pl.Series:
    """The completed years of each on a day: a population has few days of birth."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    first, last = born.min(), born.max()
    if not isinstance(first, int) or not isinstance(last, int) or not _are_usual(first, last, on):
        return _years(born, pl.repeat(on, len(born), dtype=pl.Int64, eager=True))
    day, ages, counts = date.fromordinal(on), list[int](), list[int]()
    for age in range(OLDEST + 1):
        begin, end = (each.toordinal() for each in born_between(age, day))
        ages.append(age)
        counts.append(max(min(end, last) - max(begin, first) + 1, 0))
    years = pl.Series(ages[::-1]).repeat_by(pl.Series(counts[::-1])).explode(empty_as_null=False)
    return years.gather(born.fill_null(first) - first)


def _are_usual(first: int, last: int, on: int) -> bool:
    """Whether all from the first day of birth to the last have an age that persons may have."""
    oldest, _ = born_between(OLDEST, date.fromordinal(on))
    return oldest.toordinal() <= first and last <= on


def _years(born: pl.Series, on: pl.Series) -> pl.Series:
    """The completed years from each day of birth to a day."""
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    make = Integers()
    since = make.column(BIRTH_DATE.name, FIRST_DAY, NEVER, of_person=True)
    day = make.column(_DAY, FIRST_DAY, LAST_DAY, of_person=True)
    years = Days(make).completed_years(since, day)
    frame = pl.DataFrame({BIRTH_DATE.name: born, _DAY: on})
    return work_out([years], frame, pl.DataFrame())[0][name_of(years)]
