"""Every amount from 0.01 to 80,000.00 yuan at six rates, half up to the fen: not one is wrong.

What is expected comes from a formula of integers that knows nothing of plans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import polars as pl
from sql_tables import DuckDB, SQLite

from policyrules.backends.columns import HOUSEHOLD, name_of, work_out
from policyrules.backends.sql_engines import ENGINES as SQL_ENGINES
from policyrules.backends.sql_nodes import Nodes
from policyrules.ir.exact import Exact, Figure
from policyrules.ir.whole_nodes import Whole, needed

RATES = (90, 85, 75, 70, 65, 50)
LARGEST = 8_000_000  # fen
# From the node of a rounded amount, and the amounts in fen, to what an engine makes of them.
Engine = Callable[[Whole, pl.Series], pl.Series]


def in_columns(node: Whole, fen: pl.Series) -> pl.Series:
    """The amounts as frames of Polars have them."""
    persons = pl.DataFrame({HOUSEHOLD: pl.int_range(len(fen), eager=True), "cost": fen})
    return work_out([node], persons, pl.DataFrame())[0][name_of(node)]


def in_duckdb(node: Whole, fen: pl.Series) -> pl.Series:
    """The amounts as DuckDB has them."""
    store = DuckDB()
    store.connection.register("amounts", pl.DataFrame({"cost": fen}).to_arrow())
    found = store.connection.execute(f"SELECT {_written(node, store.name)} FROM amounts")  # noqa: S608
    return pl.Series(found.fetchnumpy().popitem()[1])


def in_sqlite(node: Whole, fen: pl.Series) -> pl.Series:
    """The amounts as SQLite has them."""
    store = SQLite()
    store.execute("CREATE TABLE amounts (cost INTEGER)")
    store.connection.executemany("INSERT INTO amounts VALUES (?)", ((each,) for each in fen))
    query = f"SELECT {_written(node, store.name)} FROM amounts ORDER BY rowid"  # noqa: S608
    return pl.Series((row[0] for row in store.connection.execute(query)), dtype=pl.Int64)


def _written(node: Whole, dialect: str) -> str:
    cells = {each: each.name for each in needed([node]) if each.operator == "column"}
    written = Nodes(SQL_ENGINES[dialect], cells, "amounts").written(node)
    return str(written.sql(dialect=dialect))


ENGINES: dict[str, Engine] = {"columns": in_columns, "duckdb": in_duckdb, "sqlite": in_sqlite}
# What takes a minute for all of them has every remainder many times over.
FEWER = {"sqlite": 200_000}


def rounded_share(percent: int) -> Whole:
    """So many percent of an amount in fen, half up to the fen."""
    exact = Exact()
    cost = exact.integers.column("cost", 0, 10**12, of_person=True)
    share = exact.scaled(Figure(cost, Fraction(1, 100)), Fraction(percent, 100))
    rounded = exact.round_half_up(share, Fraction(1, 100))
    assert rounded.part == Fraction(1, 100)
    return rounded.whole


def wrong(engine: Engine, percent: int, largest: int = LARGEST) -> int:
    """How many amounts up to so many fen an engine rounds to another fen."""
    rounded = rounded_share(percent)
    fen = pl.int_range(1, largest + 1, dtype=pl.Int64, eager=True)
    expected = (fen * percent + 50) // 100
    return int((engine(rounded, fen) != expected).sum())


def report() -> Iterator[tuple[str, int]]:
    """A line for each engine and rate, and how many amounts are wrong."""
    for name, engine in ENGINES.items():
        for percent in RATES:
            largest = FEWER.get(name, LARGEST)
            count = wrong(engine, percent, largest)
            yield f"{name}: {largest:,} amounts at {percent} %: {count} wrong", count
