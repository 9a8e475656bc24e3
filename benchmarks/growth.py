"""How the time of a population grows: with its rows, and with the rules that are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl

from benchmarks.measure import Row, side_by_side
from benchmarks.population import planned, population, told
from policyrules import Ruleset, load

ROWS, RULES = (10**5, 10**6, 10**7), (100, 1000)
HOMES, RUNS, TIMES = 100_000, 3, 10
ON = "2023-08-01"
HEADER = """ruleset benchmark.many
input income (收入) of household: yuan, at least 0, at most 100000
input cost (支出) of household: yuan, at least 0, at most 100000
"""
# Short, so that a thousand of them stay within what a ruleset may be.
RULE = """benefit b{0} of household: yuan, one-off
 when income is under {1} yuan
 pays 50% of cost up to {2} yuan
"""


def rows() -> Iterator[Row]:
    """Ten times the rows, and ten times the rules, beside ten times the time."""
    plan = planned()
    for persons in ROWS:
        many, few = population(persons, plan), population(persons // TIMES, plan)
        times = side_by_side(partial(told, many, plan), partial(told, few, plan), RUNS)
        what = f"dibao, medical, relief: {persons:,} persons"
        yield Row(what, times[0], f"{persons // TIMES:,} persons", times[1], "10 ×")
    frames = households(HOMES)
    for count in RULES:
        many_rules, few_rules = ruleset(count), ruleset(count // TIMES)
        times = side_by_side(
            partial(many_rules.columns, *frames, on=ON),
            partial(few_rules.columns, *frames, on=ON),
            RUNS,
        )
        what = f"{count:,} benefits of {HOMES:,} households"
        yield Row(what, times[0], f"{count // TIMES:,} benefits", times[1], "10 ×")


def ruleset(count: int) -> Ruleset:
    """So many benefits that differ in their thresholds."""
    text = HEADER + "".join(RULE.format(n, 500 + n, 1000 + n) for n in range(count))
    with TemporaryDirectory() as folder:
        file = Path(folder, "many.rules")
        file.write_text(text, "utf-8")
        return load(file)


def households(count: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Persons who live alone, and their households with both facts known."""
    drawn = np.random.default_rng(3)
    homes = pl.DataFrame(
        {
            "household": np.arange(count),
            "income": drawn.integers(0, 300_000, count),
            "cost": drawn.integers(0, 1_000_000, count),
        }
    )
    return homes.select("household"), homes
