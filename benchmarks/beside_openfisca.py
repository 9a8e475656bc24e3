"""A million persons by the rules of OpenFisca's country template, beside openfisca-core itself."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
import polars as pl

from benchmarks.measure import Row, in_turns
from policyrules import Ruleset, load

PERSONS, RUNS = 1_000_000, 5
ON = "2016-01-01"
PEERS = Path(__file__).parent / "peers"
# Where `make bench` installs openfisca-core, apart from what this package needs.
PYTHON = Path(__file__).parents[1] / ".venv" / "peers" / "bin" / "python"
WANTED = ("total benefits", "total taxes", "parenting allowance", "disposable income")
OCCUPANCY = ("owner", "tenant", "free lodger", "homeless")
Columns = dict[str, np.ndarray[Any, Any]]


def rows() -> Iterator[Row]:
    """One row; where openfisca-core is not installed, none."""
    if not PYTHON.exists():
        print("beside OpenFisca: not run, since `make bench` did not install it")
        return
    rules = load(str(PEERS / "country.rules"))
    columns = population(PERSONS)
    with TemporaryDirectory() as folder:
        for name, values in columns.items():
            np.save(Path(folder, f"{name}.npy"), values)
        theirs(folder)
        print(f"OpenFisca: {differing(ours(rules, columns), folder):,} amounts off by half a cent")
        times = in_turns(lambda: timed(rules, columns), lambda: theirs(folder), RUNS)
        what = f"country template: {PERSONS:,} persons, inputs included"
        yield Row(what, times[0], "openfisca-core", times[1], "0.2 ×")


def population(persons: int) -> Columns:
    """Persons in households of two and a half on average: one or two adults, and children."""
    drawn = np.random.default_rng(1)
    homes = persons * 2 // 5
    of = np.sort(np.concatenate([np.arange(homes), drawn.integers(0, homes, persons - homes)]))
    first = np.concatenate([[True], of[1:] != of[:-1]])
    second = np.concatenate([[False], first[:-1]]) & ~first
    adult = first | (second & (drawn.random(persons) < 0.6))
    days = np.where(
        adult,
        drawn.integers(18 * 365, 90 * 365, persons),
        drawn.integers(0, 18 * 365, persons),
    )
    paid = np.where(adult & (drawn.random(persons) < 0.7), drawn.integers(0, 900_000, persons), 0)
    return {
        "household": of,
        "adult": adult,
        "birth": np.datetime64(ON) - days,
        "salary": np.where(drawn.random(persons) < 0.02, 4 * paid, paid),
        "capital returns": np.where(
            drawn.random(persons) < 0.1, drawn.integers(0, 50_000, persons), 0
        ),
        "rent": drawn.integers(0, 200_000, homes),
        "floor area": drawn.integers(0, 200, homes),
        "occupancy": drawn.integers(0, len(OCCUPANCY), homes),
    }


def ours(rules: Ruleset, columns: Columns) -> pl.DataFrame:
    """What each household has, exactly; quotients as numerator and denominator."""
    persons = pl.DataFrame(
        {
            "household": columns["household"],
            "adult of the household": columns["adult"],
            "birth date": columns["birth"],
            "salary": columns["salary"],
            "capital returns": columns["capital returns"],
        }
    )
    numbers = pl.Series(columns["occupancy"]).cast(pl.UInt32)
    households = pl.DataFrame(
        {
            "household": np.arange(len(columns["rent"])),
            "rent": columns["rent"],
            "floor area": columns["floor area"],
            "occupancy": numbers.cat.to(pl.Enum(OCCUPANCY)),
        }
    )
    found = rules.columns(persons, households, on=ON, only=WANTED, amounts="parts").households
    assert isinstance(found, pl.DataFrame)
    return found


def timed(rules: Ruleset, columns: Columns) -> float:
    """The seconds that ours takes the second time, as theirs is timed."""
    ours(rules, columns)
    start = perf_counter()
    ours(rules, columns)
    return perf_counter() - start


def theirs(folder: str) -> float:
    """The seconds that openfisca-core says it took."""
    command = [str(PYTHON), str(PEERS / "openfisca_template.py"), folder]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def differing(found: pl.DataFrame, folder: str) -> int:
    """How many of their amounts are off by half a cent or more; none by more than a float is."""
    wrong = 0
    for name in WANTED:
        over = found[f"{name}: low denominator"].to_numpy()
        exact = found[f"{name}: low numerator"].to_numpy() / over
        exact = np.where(found[f"{name}: status"].to_numpy() == "not eligible", 0, exact)
        floats = np.load(Path(folder, f"found {name.replace(' ', '_')}.npy")).astype(float)
        off = np.abs(floats - exact)
        assert (off <= np.abs(exact) * 1e-6 + 0.005).all(), name
        wrong += int((off >= 0.005).sum())
    return wrong
