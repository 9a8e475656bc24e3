"""How much memory a population takes, in a process of its own: inputs, outputs and the peak."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.measure import Row

PERSONS = 5_000_000
ON = "2023-08-01"


def rows() -> Iterator[Row]:
    """No row, but a line with three sizes: bytes are measured, not times."""
    command = [sys.executable, "-m", "benchmarks.memory"]
    print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())
    yield from ()


def main() -> None:
    """Evaluate three benefits for persons in households, and print what that took."""
    import resource  # noqa: PLC0415 - here alone

    import polars as pl  # noqa: PLC0415 - in this process alone

    from benchmarks.population import DIBAO, MEDICAL, RELIEF, planned, population  # noqa: PLC0415
    from policyrules import load  # noqa: PLC0415

    rules = load("example.river_city")
    plan = planned()
    words = {code: word for word, code in plan.choices.items()}
    persons, homes = population(PERSONS, plan)
    named = pl.col("cause of stay").replace_strict(words, return_dtype=pl.String)
    persons = persons.rename({"#": "household"}).with_columns(named.cast(pl.Categorical))
    homes = homes.with_row_index("household")
    # Once for few, so that what is loaded and what threads keep is not counted.
    asked = {"on": ON, "only": [DIBAO, RELIEF, MEDICAL], "amounts": "parts"}
    rules.columns(persons.head(1000), homes.head(1000), **asked, errors="null")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    found = rules.columns(persons, homes, **asked)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    given = persons.estimated_size() + homes.estimated_size()
    told = found.persons.estimated_size() + found.households.estimated_size() - given
    share = (given + grown) / (given + told)
    print(
        f"{PERSONS:,} persons: inputs {given / 1e6:,.0f} MB, outputs {told / 1e6:,.0f} MB, "
        f"the peak grew by {grown / 1e6:,.0f} MB: {share:.2f} × both; goal: 1.5 ×"
    )


if __name__ == "__main__":
    main()
