"""Ages of a population that follow from birth dates, as they do in a single case."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve

from policyrules.backends.columns import name_of, work_out
from policyrules.case import AGE, BIRTH_DATE
from policyrules.columns_reading import Population
from policyrules.ir.calendar import Days
from policyrules.ir.integers import Integers
from policyrules.ir.operators import FIRST_DAY, LAST_DAY, NEVER
from policyrules.types.dates import OLDEST

if TYPE_CHECKING:
    import polars as pl

_DAY = "day"


def with_ages(people: Population, days: pl.Series) -> Population:
    """The persons with the age that each has on a day, where the birth date is known.

    Who is told another age, or cannot have this one, is left to the reader of single cases.
    """
    import polars as pl  # noqa: PLC0415 - an extra, loaded when it is used

    if BIRTH_DATE.name not in people.parts:
        return people
    born = people.cells[BIRTH_DATE.name]
    make = Integers()
    since = make.column(BIRTH_DATE.name, FIRST_DAY, NEVER, of_person=True)
    on = make.column(_DAY, FIRST_DAY, LAST_DAY, of_person=True)
    years = Days(make).completed_years(since, on)
    frame = pl.DataFrame({BIRTH_DATE.name: born, _DAY: days})
    each = frame.unique()  # a population has far fewer days of birth than persons
    ages = each.hstack(work_out([years], each, pl.DataFrame())[0])
    keys = [BIRTH_DATE.name, _DAY]
    found = frame.join(ages, on=keys, how="left", maintain_order="left", nulls_equal=True)
    computed = found[name_of(years)]
    part = people.parts.get(AGE.name, Fraction(1))
    cells = (computed * (1 / part).numerator).set(born.is_null() | days.is_null(), None)
    told = people.cells[AGE.name] if AGE.name in people.parts else None
    odd = people.odd | ((computed < 0) | (computed > OLDEST)) & cells.is_not_null()
    if told is not None:
        odd = odd | (told != cells).fill_null(value=False)
        cells = pl.select(pl.coalesce(pl.lit(told), pl.lit(cells))).to_series()
    held = people.cells.with_columns(cells.alias(AGE.name))
    known = {**people.known, AGE.name: people.known.get(AGE.name, AGE)}
    return evolve(people, cells=held, odd=odd, parts={**people.parts, AGE.name: part}, known=known)
