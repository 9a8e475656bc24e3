"""Every amount from 0.01 to 80,000.00 yuan at six rates, half up to the fen: not one is wrong.

What is expected comes from a formula of integers that knows nothing of plans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import polars as pl

from policyrules.backends.columns import HOUSEHOLD, name_of, work_out
from policyrules.ir.exact import Exact, Figure
from policyrules.ir.whole_nodes import Whole

RATES = (90, 85, 75, 70, 65, 50)
LARGEST = 8_000_000  # fen
# From the node of a rounded amount, and the amounts in fen, to what an engine makes of them.
Engine = Callable[[Whole, pl.Series], pl.Series]


def in_columns(node: Whole, fen: pl.Series) -> pl.Series:
    """The amounts as frames of Polars have them."""
    persons = pl.DataFrame({HOUSEHOLD: pl.int_range(len(fen), eager=True), "cost": fen})
    return work_out([node], persons, pl.DataFrame())[0][name_of(node)]


ENGINES: dict[str, Engine] = {"columns": in_columns}


def wrong(engine: Engine, percent: int, largest: int = LARGEST) -> int:
    """How many amounts up to so many fen an engine rounds to another fen."""
    exact = Exact()
    cost = exact.integers.column("cost", 0, 10**12, of_person=True)
    share = exact.scaled(Figure(cost, Fraction(1, 100)), Fraction(percent, 100))
    rounded = exact.round_half_up(share, Fraction(1, 100))
    assert rounded.part == Fraction(1, 100)
    fen = pl.int_range(1, largest + 1, dtype=pl.Int64, eager=True)
    expected = (fen * percent + 50) // 100
    return int((engine(rounded.whole, fen) != expected).sum())


def report() -> Iterator[tuple[str, int]]:
    """A line for each engine and rate, and how many amounts are wrong."""
    for name, engine in ENGINES.items():
        for percent in RATES:
            count = wrong(engine, percent)
            yield f"{name}: {LARGEST:,} amounts at {percent} %: {count} wrong", count
